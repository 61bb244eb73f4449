"""A file or folder gets to its place whole, whatever disk that is on; and a full disk is said to be one."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import pytest

from renders import making
from renders.clip import RenderError, render
from renders.making import MEDIA, counted, full, has_room, is_full, put, reason, reported
from renders.themes import DARK


@pytest.fixture(params=["near", "another disk", "as if"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for clips; or a link to one on another disk, where there is one, or to which nothing can be moved."""
    clips = tmp_path / "clips"
    memory = Path("/dev/shm")
    if request.param == "near":
        yield clips
    elif request.param == "as if":
        folder = tmp_path / "far"
        folder.mkdir()
        clips.symlink_to("far")
        monkeypatch.setattr(os, "replace", only_within(clips, os.replace))
        monkeypatch.setattr(os, "rename", only_within(clips, os.rename))
        yield clips
    elif not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system")
    else:
        with tempfile.TemporaryDirectory(dir=memory) as elsewhere:
            clips.symlink_to(elsewhere)
            yield clips


def only_within(folder: Path, moves: Callable[..., None]) -> Callable[..., None]:
    """What moves files, but neither into a folder nor out of it."""

    def move(made: str | Path, target: str | Path) -> None:
        if (folder in Path(made).parents) != (folder in Path(target).parents):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(made))
        moves(made, target)

    return move


def filled(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"{folder.name}/{name}")
    return folder


def test_a_file_gets_to_its_place_over_what_is_there(place: Path, tmp_path: Path) -> None:
    for text in ("one", "two"):
        made = tmp_path / "made.txt"
        made.write_text(text)
        put(made, place / "a.txt")
        assert (place / "a.txt").read_text() == text
        assert not made.exists()
    assert os.listdir(place) == ["a.txt"]


def test_a_folder_gets_to_its_place_over_what_is_there(place: Path, tmp_path: Path) -> None:
    for names in (["a", "b"], ["c"]):
        put(filled(tmp_path / "made", *names), place / "deck")
        assert sorted(os.listdir(place / "deck")) == names
    assert os.listdir(place) == ["deck"]


def test_what_cannot_be_moved_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = filled(tmp_path / "deck", "old")

    def fails(made: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "another disk")

    def is_full(made: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "replace", fails)
    monkeypatch.setattr(shutil, "move", is_full)
    with pytest.raises(OSError, match="full"):
        put(filled(tmp_path / "made", "new"), target)
    assert sorted(os.listdir(tmp_path)) == ["deck", "made"]
    assert os.listdir(target) == ["old"]


# A full disk

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_known_by_whoever_found_out() -> None:
    assert is_full(FULL)
    assert is_full(av.error.FFmpegError(errno.ENOSPC, "", "a.mp4"))
    led_to = RuntimeError("Failed to encode")
    led_to.__cause__ = FULL
    assert is_full(led_to)
    assert not is_full(OSError(errno.EACCES, "no"))
    assert not is_full(ValueError("the disk is full of pictures"))


def test_dev_full_is_said_to_be_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("needs Linux")

    def lines() -> object:
        yield "started"
        device.write_text("something")

    assert reported("film", lines()) == 1  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert said.out == "started\n"
    assert said.err == "film: the disk is full. Make some room; the same command then goes on from here.\n"


def test_an_error_is_one_line_and_a_full_disk_names_the_folder(tmp_path: Path) -> None:
    assert reason(ValueError("one\n  two")) == "one two"
    about = OSError(errno.ENOSPC, "", str(tmp_path / "a.mp4"))
    assert reason(about) == full(tmp_path)
    assert str(tmp_path) in full(tmp_path)


def test_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_room(tmp_path)
    assert has_room(tmp_path / "not there"), "nobody can tell"
    used = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: used._replace(free=making.LEAST_ROOM - 1))
    assert not has_room(tmp_path)


@pytest.mark.parametrize(
    ("says", "error", "message"),
    [
        ("print('│ OSError: [Errno 28] No space left │'); print('│ on device: a.mp4')", OSError, "No space left"),
        ("print('ValueError: got 3'); print('Traceback (most recent call last):'); print('more')", RenderError, "more"),
        ("pass", RenderError, "^nothing, and ended with exit code 1$"),
    ],
)
def test_manim_that_has_no_room_is_told_from_manim_that_fails(
    says: str, error: type[Exception], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-c", f"import sys; {says}; sys.exit(1)"]
    monkeypatch.setattr("renders.clip._manim", lambda *_: command)
    with pytest.raises(error, match=message) as failed:
        render("One", Path("one.py"), "l", DARK, tmp_path)
    assert is_full(failed.value) is (error is OSError)


def test_manim_that_could_say_nothing_for_want_of_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("renders.clip._manim", lambda *_: ["false"])
    monkeypatch.setattr("renders.clip.has_room", lambda folder: False)
    media = MEDIA / "One" / ".job-here"
    media.mkdir(parents=True)
    with pytest.raises(OSError, match="No space left") as failed:
        render("One", Path("one.py"), "l", DARK, media)
    assert reason(failed.value) == full(MEDIA / "One")


def test_one_is_one() -> None:
    assert [counted(number, "clip") for number in (0, 1, 2)] == ["0 clips", "1 clip", "2 clips"]
