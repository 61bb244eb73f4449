"""The recipe itself, on a copy of the project with two small scenes in place of the film's."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image
from stub_film import Done, clip_files, environment, interruptible, planned, rendered, run, stub_project

from renders.finish import COLOURS, colours, facts, top_atoms
from renders.steps import clip_steps

pytestmark = pytest.mark.slow

SCENE = """
from manim import DOWN, RIGHT, Create, Scene, Square
from scenes import _shared
class NAME(Scene):
    def construct(self):
        square = Square()
        self.next_section("draw")
        self.add_subcaption("A square.", duration=1)
        self.play(Create(square))
        self.next_section("move-it")
        self.play(square.animate.shift(RIGHT), run_time=_shared.SECONDS)
        self.wait(1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return stub_project(tmp_path, SCENE, _shared="SECONDS = 1\n")


def render(project: Path, *options: str) -> Done:
    return run(project, "renders", "--quality", "l", *options)


def add_line(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")


def test_a_dry_run_lists_one_job_for_each_scene(project: Path) -> None:
    assert planned(project) == ["One", "Two"]
    assert planned(project, "scenes=Two") == ["Two"]
    assert not (project / "renders" / "clips").exists()


def test_what_is_rendered_again_and_what_is_not(project: Path) -> None:
    first = render(project)
    assert first.returncode == 0, first.stdout + first.stderr
    assert rendered(first) == ["One", "Two"]
    assert "2 of 2 clips (100%) done" in first.stdout
    clips = project / "renders" / "clips"
    assert sorted(path.name for path in clips.iterdir()) == clip_files("One", "Two")
    clip = clips / "One.mp4"
    assert facts(clip) == ("h264", "yuv420p", (854, 480), 45, 3.0)
    assert colours(clip) == COLOURS
    assert top_atoms(clip).index("moov") < top_atoms(clip).index("mdat")
    assert "A square." in (clips / "One.srt").read_text(encoding="utf-8")
    assert clip_steps(clip) == [("draw", 14), ("move-it", 44)]
    assert [path.name for path in (project / "renders" / "media" / "One").iterdir()] == ["manim.log"]

    assert planned(project) == []
    add_line(project / "scenes" / "one.py")
    assert planned(project) == ["One"]
    again = render(project, "--scenes", "One", "--shape", "wide tall")
    assert rendered(again) == ["One", "One-tall"]
    assert "One-tall.mp4" in again.stdout
    made = {path.name for path in clips.iterdir()}
    assert made == {*clip_files("One", "Two"), *(name.replace("One", "One-tall") for name in clip_files("One"))}
    assert facts(clips / "One-tall.mp4") == ("h264", "yuv420p", (480, 854), 45, 3.0)
    with Image.open(clips / "One-tall-still.png") as still:
        assert still.size == (480, 854)

    assert planned(project) == []
    assert planned(project, "quality=h", "scenes=Two") == ["Two"]
    for name in ("scenes/_shared.py", "manim.cfg"):  # test_sources knows of the others
        original = (project / name).read_bytes()
        add_line(project / name)
        assert planned(project) == ["One", "Two"], name
        (project / name).write_bytes(original)
    add_line(project / "scenes" / "_film.py")
    assert planned(project) == [], "a new line in the film is no reason to render its other scenes"
    (clips / "Two.png").unlink()
    assert rendered(render(project)) == ["Two"]
    done = render(project)
    assert "Nothing to be done" in done.stdout
    assert "Looking for" not in done.stdout, "Snakemake need not be asked"
    assert "One.mp4" in done.stdout
    (clips / "Two.png").unlink()
    assert rendered(render(project)) == ["Two"]


def test_a_failing_scene_shows_its_traceback_and_spoils_no_other(project: Path) -> None:
    broken = SCENE.replace("NAME", "One").replace("square = Square()", "raise ValueError('got 3, expected 4')")
    (project / "scenes" / "one.py").write_text(broken, encoding="utf-8")
    done = render(project, "--jobs", "1")
    assert done.returncode != 0
    assert "One FAILED" in done.stdout
    assert "ValueError: got 3, expected 4" in done.stdout
    assert "1 of 2 clips missing: One" in done.stderr
    names = [path.name for path in (project / "renders" / "clips").iterdir()]
    assert sorted(names) == clip_files("Two")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--quality", "x"), "render: unknown quality 'x'; expected one of l (480p15)"),
        (("--scenes", "Two Nine"), "render: unknown scene Nine; expected any of One, Two"),
        (("--shape", "tall oval"), "render: unknown shape oval; expected any of wide, square, tall"),
        (("--jobs", "0"), "render: unknown number of jobs '0'; expected a whole number from 1"),
    ],
)
def test_an_unknown_request_is_one_error_before_anything_renders(
    project: Path, options: tuple[str, ...], message: str
) -> None:
    done = render(project, *options)
    assert done.returncode == 2
    assert done.stderr.startswith(message)
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert not (project / "renders" / "media").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGKILL"])
def test_interrupted_it_leaves_no_half_clip_and_goes_on(project: Path, sent: str) -> None:
    (project / "scenes" / "_shared.py").write_text("SECONDS = 600\n", encoding="utf-8")
    with subprocess.Popen(
        interruptible("renders", "--quality", "l", "--scenes", "One"),
        cwd=project,
        env=environment(project),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        media = project / "renders" / "media" / "One"
        while not list(media.glob(".job-*/videos")):
            assert running.poll() is None, "it is to be in the middle of a clip of ten minutes"
            time.sleep(0.1)
        os.killpg(running.pid, getattr(signal, sent))
    assert running.returncode != 0
    clips = project / "renders" / "clips"
    assert not clips.exists() or list(clips.iterdir()) == []
    (project / "scenes" / "_shared.py").write_text("SECONDS = 1\n", encoding="utf-8")
    done = render(project, "--scenes", "One")
    assert done.returncode == 0, done.stdout + done.stderr
    assert facts(clips / "One.mp4").seconds == 3.0
    assert [path.name for path in media.iterdir()] == ["manim.log"], "what was left is gone"


FORMULAS = """
from manim import MathTypst, Scene, VGroup
class NAME(Scene):
    def construct(self):
        self.next_section("all")
        self.add_subcaption("Formulas.", duration=1)
        self.add(*(MathTypst(f"alpha_{i} + {len('NAME') * i}").shift([0, i - 3.5, 0]) for i in range(7)))
        self.wait(1)
"""


def test_two_jobs_at_once_make_the_files_that_one_makes(tmp_path: Path) -> None:
    """Processes that typeset in one folder at a time have been seen to get each other's formulas."""
    made = []
    for jobs in ("1", "2"):
        (tmp_path / jobs / "scenes").mkdir(parents=True)
        project = stub_project(tmp_path / jobs, FORMULAS)
        done = render(project, "--jobs", jobs)
        assert done.returncode == 0, done.stdout + done.stderr
        clips = project / "renders" / "clips"
        made.append({path.name: path.read_bytes() for path in clips.iterdir()})
    assert made[0] == made[1]
    assert sorted(made[0]) == clip_files("One", "Two")
