"""When nobody need be asked whether there is anything to do: all that matters is noticed, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from renders.unchanged import MET, Unchanged

FILES = (
    "cnnmath/taps.py",
    "scenes/one.py",
    "scenes/_look/theme.py",
    "scenes/light.cfg",
    "renders/Snakefile",
    "renders/templates/page.css",
    "manim.cfg",
    "requirements.txt",
    "renders/clips/One.mp4",
    "renders/clips/One-light.srt",
    "renders/clips/Two.mp4",
    "renders/media/masters/One-transparent.mov",
    "renders/media/steps/One/steps.json",
    "renders/media/One/manim.log",
    "renders/page/index.html",
    "renders/page/clips/One.mp4",
    "renders/slides/talk/index.html",
    "renders/film/talk.mp4",
)
CLIP, PAGE, SLIDES = (
    Path("renders", *name) for name in (("clips", "One.mp4"), ("page", "index.html"), ("slides", "talk"))
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one text\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(quality: str = "l", entry: str = "", made: tuple[Path, ...] = (CLIP, PAGE, SLIDES)) -> Unchanged:
    return Unchanged({"quality": quality, "clips": [("One", "one", entry)]}, ["One"], made)


def edited(file: Path, text: str = "and more\n") -> None:
    """As most editors do it: another file of the same name."""
    beside = file.with_name("beside")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def edited_without_a_trace(file: Path) -> None:
    """To the same size, and with the time of writing put back."""
    before = file.stat()
    file.write_text("two text\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    while file.stat().st_ctime_ns == before.st_ctime_ns:  # a clock may tick as rarely as a hundred times a second
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_what_was_met_is_met_until_it_changes() -> None:
    assert not asked().is_met()
    asked().met()
    assert asked().is_met()
    assert asked().is_met()


def test_another_request_is_another_one() -> None:
    asked().met()
    for other in (asked(quality="h"), asked(entry="edited"), asked(made=(CLIP,))):
        assert not other.is_met()
    assert asked().is_met()


MATTERS = [name for name in FILES if name not in ("renders/clips/Two.mp4", "renders/media/One/manim.log", FILES[-1])]


@pytest.mark.skipif(os.name == "nt", reason="there a file's time of change is that of its making")
@pytest.mark.parametrize("change", [edited, edited_without_a_trace, Path.unlink])
@pytest.mark.parametrize("name", MATTERS)
def test_a_change_is_noticed(name: str, change: Callable[[Path], None]) -> None:
    asked().met()
    change(Path(name))
    assert not asked().is_met()


@pytest.mark.parametrize("name", ["scenes/new.py", "cnnmath/new.py", "renders/clips/One.webp", "renders/page/clips/x"])
def test_what_is_new_is_noticed(name: str) -> None:
    asked().met()
    Path(name).write_text("new\n", encoding="utf-8")
    assert not asked().is_met()


@pytest.mark.parametrize("folder", ["renders/clips", "renders/slides/talk", "renders/media", "renders/page"])
def test_a_folder_that_is_gone_is_noticed(folder: str) -> None:
    asked().met()
    shutil.rmtree(folder)
    assert not asked().is_met()


def test_what_concerns_other_clips_is_no_change() -> None:
    asked().met()
    for name in {*FILES} - {*MATTERS}:
        edited(Path(name))
    compiled = Path("scenes", "__pycache__", "one.pyc")
    compiled.parent.mkdir()
    compiled.write_bytes(b"compiled")
    assert asked().is_met()


def test_an_edit_while_clips_are_rendered_is_heard_the_next_time() -> None:
    rendering = asked()
    edited(Path("scenes/one.py"))
    edited(CLIP)
    rendering.met()
    assert not asked().is_met()


def test_a_damaged_note_is_none() -> None:
    asked().met()
    (note,) = MET.iterdir()
    note.write_bytes(b"\xff\x00")
    assert not asked().is_met()
