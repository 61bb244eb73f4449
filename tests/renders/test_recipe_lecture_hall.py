"""Film and slides by the recipe, on a copy of the project with three small scenes."""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from dying import killed
from stub_film import Done, dry_run, environment, run, stub_project

from renders.film import film_of

pytestmark = pytest.mark.slow

SCENE = """
from manim import RIGHT, Scene, Square
class NAME(Scene):
    def construct(self):
        square = Square()
        self.next_section("show")
        self.add_subcaption("A square.", duration=0.4)
        self.add(square)
        self.wait(0.4)
        self.next_section("move-it")
        self.add_subcaption("It moves.", duration=0.6)
        self.play(square.animate.shift(RIGHT), run_time=0.4)
        self.wait(0.2)
"""
FILM_FILES = [f"film/cnn-viewpoints{end}" for end in (".mp4", ".srt", ".vtt", "-chapters.txt")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stub project, in which film and all slides are made once."""
    root = stub_project(tmp_path_factory.mktemp("project"), SCENE, ("Opening", "One", "Two"))
    for what in (["film"], ["slides", "--slides", "html file pptx"]):
        done = make(root, *what)
        assert done.returncode == 0, done.stdout + done.stderr
    return root


def command(*options: str) -> list[str]:
    return ["renders", *options, "--quality", "l", "--jobs", "2"]


def make(project: Path, *options: str) -> Done:
    return run(project, *command(*options))


def planned(project: Path, *targets: str) -> list[str]:
    """Return what Snakemake would run, by a dry run: rules, with their scenes."""
    said = dry_run(project, "scenes=One Two", targets=tuple(f"renders/{target}" for target in targets))
    jobs = re.findall(r"^(?:local)?rule (\w+):\n((?: .*\n)*)", said, re.MULTILINE)
    scenes = [(rule, re.search(r"wildcards: scene=(\w+)", about)) for rule, about in jobs]
    return sorted(f"{rule} {scene[1]}" if scene else rule for rule, scene in scenes)


ALL = [*FILM_FILES, "slides/cnn-viewpoints", "slides/cnn-viewpoints.html", "slides/cnn-viewpoints.pptx"]


def contents(project: Path) -> dict[str, str]:
    """Return a hash of every file of film and slides, by its path."""
    roots = [project / "renders" / "film", project / "renders" / "slides"]
    # Snakemake's own file comes a moment after the folder.
    files = [path for root in roots for path in root.rglob("[!.]*") if path.is_file()]
    return {path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_film_and_slides_are_made_in_the_films_order(project: Path) -> None:
    clips = {scene: project / "renders" / "clips" / f"{scene}.mp4" for scene in ("Opening", "One", "Two")}
    film = film_of({"": project / "renders" / "film" / "cnn-viewpoints.mp4"})
    assert (film.frames, film.rate) == (film_of(clips).frames, 15)
    assert (project / "renders" / "film" / "cnn-viewpoints-chapters.txt").read_text() == "0:00 Opening\n"
    page = (project / "renders" / "slides" / "cnn-viewpoints" / "index.html").read_text(encoding="utf-8")
    steps = [f"{scene}-{slug}" for scene in clips for slug in ("show", "move-it")]
    assert re.findall(r'<section id="([\w-]+)"', page) == steps
    assert "<title>A stub of a film</title>" in page
    assert not (project / "renders" / "clips" / "index.html").exists()


def test_nothing_is_done_twice_and_a_change_makes_only_what_holds_it(project: Path) -> None:
    assert planned(project, *ALL) == []
    before = contents(project)
    again = make(project, "slides")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "rendering" not in again.stdout
    assert "slides for the browser" not in again.stdout
    assert contents(project) == before
    scene = project / "scenes" / "one.py"
    kept = scene.read_bytes()
    try:
        scene.write_bytes(kept + b"# edited\n")
        made = ["clip One", "deck", "deck_in_one_file", "film", "powerpoint", "steps One"]
        assert planned(project, *ALL) == made
    finally:
        scene.unlink()
        scene.write_bytes(kept)
        os.utime(scene, (1, 1))
    style = project / "renders" / "templates" / "deck.css"
    style.write_text(style.read_text(encoding="utf-8") + "/* edited */\n", encoding="utf-8")
    assert planned(project, *ALL) == ["deck", "deck_in_one_file"]
    assert make(project, "slides", "--slides", "html file").returncode == 0
    assert planned(project, *ALL) == []


def test_only_the_scenes_that_are_asked_for(project: Path) -> None:
    wrong = make(project, "slides", "--slides", "html odp")
    assert wrong.returncode == 2
    assert wrong.stderr == "render: unknown slides odp; expected any of html, file, pptx\n"
    before = contents(project)
    part = make(project, "film", "--scenes", "Two")
    assert part.returncode == 0, part.stdout + part.stderr
    assert "joined 2 clips" in part.stdout
    whole = make(project, "film")
    assert "joined 3 clips" in whole.stdout
    assert contents(project) == before


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_killed_at_any_moment_it_leaves_nothing_half(project: Path, tmp_path: Path) -> None:
    before = contents(project)
    deck = {name for name in before if name.startswith("renders/slides/cnn-viewpoints/")}
    slides = [sys.executable, "-m", *command("slides", "--slides", "html file pptx")]
    points = [
        ("after", "media/steps/One"),
        ("before", "slides/cnn-viewpoints"),
        ("after", "slides/cnn-viewpoints"),
        ("before", "slides/cnn-viewpoints.html"),
        ("before", "slides/cnn-viewpoints.pptx"),
    ]
    for when, made in points:
        for name in ("film", "slides", "media/steps"):
            shutil.rmtree(project / "renders" / name, ignore_errors=True)
        killed(slides, project, environment(project), when, project / "renders" / made, tmp_path)
        left = contents(project)
        assert left.items() <= before.items()
        assert not deck & {*left} or deck <= {*left}, "the folder is whole or not there"
        assert (deck <= {*left}) >= ((when, made) == ("after", "slides/cnn-viewpoints"))
    for what in (["film"], ["slides", "--slides", "html file pptx"]):
        done = make(project, *what)
        assert done.returncode == 0, done.stdout + done.stderr
    assert contents(project) == before
