"""Themes, formats and the page through the recipe, on a copy of the project with two small scenes."""

import re
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from stub_film import Done, clip_files, rendered, run, stub_project

from renders.finish import facts
from renders.formats import page_files
from renders.themes import DARK

pytestmark = pytest.mark.slow

SCENE = '''
from manim import RIGHT, WHITE, Scene, Square, config
class NAME(Scene):
    """What NAME teaches."""
    def construct(self):
        square = Square(fill_color="#F5A623", fill_opacity=0.5, stroke_width=0)
        self.next_section("first-step")
        self.add_subcaption("A square.", duration=0.9)
        self.play(square.animate.shift(RIGHT), run_time=1)
        self.next_section("last-step")
        self.wait(1)
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return stub_project(tmp_path, SCENE)


def make(project: Path, *options: str) -> Done:
    """Run the recipe."""
    done = run(project, "renders", *options, "--quality", "l")
    assert done.returncode == 0, said(done)
    return done


def said(done: Done) -> str:
    return done.stdout + done.stderr


def corner(picture: Path) -> tuple[int, ...]:
    with Image.open(picture) as still:
        return tuple(int(value) for value in np.asarray(still)[5, 5])


def test_themes_formats_and_the_page(project: Path) -> None:
    clips, page = project / "renders" / "clips", project / "renders" / "page"

    # One scene in all its forms. Nothing is encoded that was not asked for.
    asked = ("--scenes", "One", "--theme", "dark light", "--formats", "webp webp-steps pdf webm")
    done = make(project, *asked)
    assert rendered(done) == ["One", "One-light", "One-light-transparent", "One-transparent"]
    more = ["One.webp", "One-webp", "One.pdf", "One-light.webp", "One-light-webp", "One-light.pdf"]
    for twin in ("One-transparent", "One-light-transparent"):
        more += [f"{twin}{ending}" for ending in (".webm", ".srt", ".vtt", "-still.png")]
    assert sorted(path.name for path in clips.iterdir()) == sorted(clip_files("One", "One-light") + more)
    assert all(name in said(done) for name in ("One.webp", "One-light.pdf", "One-transparent.webm"))

    # Each in its theme's colours, and without a background none at all: not even at a half covered place.
    assert max(abs(a - b) for a, b in zip(corner(clips / "One-still.png"), (16, 19, 26), strict=True)) <= 3
    assert max(abs(a - b) for a, b in zip(corner(clips / "One-light-still.png"), (250, 250, 247), strict=True)) <= 3
    for twin in ("One-transparent", "One-light-transparent"):
        with Image.open(clips / f"{twin}-still.png") as still:
            pixels = np.asarray(still).astype(int)
        assert pixels[5, 5, 3] == 0
        inside = pixels[240, 427 + 60]
        assert abs(inside - (245, 166, 35, 128)).max() <= 3
        assert facts(clips / f"{twin}.webm").frames == 30
        with av.open(clips / f"{twin}.webm") as container:
            assert container.streams.video[0].metadata["alpha_mode"] == "1"

    assert "Nothing to be done" in said(make(project, *asked))

    # The page takes what is there, and makes what is not.
    done = make(project, "page")
    assert rendered(done) == ["Two"]
    assert "page: renders/page/index.html" in said(done)
    shown = [name for scene in ("One", "Two") for name in page_files(scene, [DARK], [], clips)]
    assert "One-light-transparent.webm" in shown
    assert sorted(path.name for path in (page / "clips").iterdir()) == sorted(shown)
    text = (page / "index.html").read_text(encoding="utf-8")
    assert "What One teaches." in text
    assert "First step" in text
    assert "Nothing to be done" in said(make(project, "page"))

    # One changed scene re-makes what holds it: its clip and the page.
    before = {path.name: path.stat().st_mtime_ns for path in clips.iterdir()}
    two = project / "scenes" / "two.py"
    # It says more than the operating system takes as a part of a command.
    more = "What else Two teaches." + " Really." * 20_000
    two.write_text(two.read_text(encoding="utf-8").replace("What Two teaches.", more), encoding="utf-8")
    assert rendered(make(project, "page")) == ["Two"]
    after = {path.name: path.stat().st_mtime_ns for path in clips.iterdir()}
    assert {name for name in before if before[name] != after[name]} == set(clip_files("Two"))
    assert "What else Two teaches." in (page / "index.html").read_text(encoding="utf-8")

    # A file that somebody deleted is laid there again; one that is no longer shown goes.
    (page / "clips" / "One.mp4").unlink()
    (clips / "One.webp").unlink()
    assert rendered(make(project, "page")) == []
    assert (page / "clips" / "One.mp4").read_bytes() == (clips / "One.mp4").read_bytes()
    assert not (page / "clips" / "One.webp").exists()


def test_a_long_clip_as_one_loop_is_to_be_asked_for_by_name(project: Path) -> None:
    two = project / "scenes" / "two.py"
    two.write_text(two.read_text(encoding="utf-8").replace("self.wait(1)", "self.wait(20)"), encoding="utf-8")
    clips = project / "renders" / "clips"
    done = run(project, "renders", "--formats", "webp", "--quality", "l")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "render: longer than 20 s are Two 21 s; ask for FORMATS=webp-steps, a loop for each step, or for "
        "FORMATS=webp-whole if it is to be one loop all the same"
    )
    assert sorted(path.name for path in clips.iterdir()) == clip_files("One", "Two")
    assert rendered(make(project, "--formats", "webp-whole", "--scenes", "Two")) == []
    assert (clips / "Two.webp").is_file()
    assert rendered(make(project, "--formats", "webp", "--scenes", "One")) == []
    assert (clips / "One.webp").is_file()

    # A loop of a step that is missing is made again.
    make(project, "--formats", "gif-steps", "--scenes", "One")
    names = ["One-01-first-step.gif", "One-02-last-step.gif"]
    assert sorted(path.name for path in (clips / "One-gif").glob("[!.]*")) == names
    assert "Nothing to be done" in said(make(project, "--formats", "gif-steps", "--scenes", "One"))
    (clips / "One-gif" / names[0]).unlink()
    done = make(project, "--formats", "gif-steps", "--scenes", "One")
    assert rendered(done) == []
    assert "One-gif/                         2 loops" in done.stdout
    assert sorted(path.name for path in (clips / "One-gif").glob("[!.]*")) == names


def test_killed_in_the_middle_the_page_is_not_half_there(project: Path) -> None:
    """Dies as by SIGKILL, without any cleaning up, at the second file; the same command then finishes."""
    page = project / "renders" / "page"
    make(project, "page", "--scenes", "Two")
    index = (page / "index.html").read_text(encoding="utf-8")
    assert "What Two teaches." in index
    kept = (page / "clips" / "Two.mp4").read_bytes()
    code = project / "renders" / "page.py"
    whole = code.read_text(encoding="utf-8")
    dying = "            _copy(CLIPS / name, copied)\n"
    assert dying in whole
    half = "            copied.write_bytes(b'half')\n            import os\n            os._exit(9)\n"
    code.write_text(whole.replace(dying, half), encoding="utf-8")
    with pytest.raises(AssertionError):
        make(project, "page", "--scenes", "Two")
    assert not any(path.read_bytes() == b"half" for path in page.rglob("*") if path.is_file())
    code.write_text(whole, encoding="utf-8")
    make(project, "page", "--scenes", "Two")
    assert (page / "clips" / "Two.mp4").read_bytes() == kept
    assert (page / "index.html").read_text(encoding="utf-8") == index


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--theme", "pink"),
            "render: unknown theme pink; expected any of dark, light, transparent",
        ),
        (
            ("--formats", "gif mpg"),
            "render: unknown format mpg; expected any of mp4, still, gif, webp, pdf",
        ),
    ],
)
def test_what_is_unknown_renders_nothing(project: Path, options: tuple[str, str], message: str) -> None:
    with pytest.raises(AssertionError, match=re.escape(message)):
        make(project, "--scenes", "Two", *options)
