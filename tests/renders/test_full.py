"""A disk that is full, or a user's share of it: said as that, by whoever finds out."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from renders import alive, clip, journal, making, starting


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "your quota is full")]
)
def test_what_manim_says_of_a_full_disk_is_said_in_one_line(
    number: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(command: list[str], **given: object) -> subprocess.CompletedProcess[bytes]:
        given["stdout"].write(f"Traceback\n│ OSError: [Errno {number}] {os.strerror(number)} │\n".encode())  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(clip.subprocess, "run", full)
    assert clip.main(["TheFilter", "scenes/the_filter.py", "l"]) == 1
    said = capsys.readouterr().out
    assert f"TheFilter FAILED: {words}: there is no" in said
    assert "the same command then goes on from here" in said
    assert [path.name for path in Path("renders/media/TheFilter").iterdir()] == ["manim.log"]


def test_a_quota_is_found_before_anything_begins(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def full(**given: object) -> object:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(starting.tempfile, "TemporaryFile", full)
    with pytest.raises(ValueError, match=f"your quota is full: there is nothing left in {folder}"):
        starting.check_folders([folder])


def test_a_cluster_says_that_there_is_no_room_before_a_file_has_its_name(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def full(file: object) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(making.os, "fsync", full)
    made = folder / "made"
    made.write_text("new", encoding="utf-8")
    making.put(made, folder / "here")
    monkeypatch.setenv(journal.VARIABLE, str(folder))
    (folder / "far").write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="quota"):
        making.put(folder / "here", folder / "far")
    assert (folder / "far").read_text(encoding="utf-8") == "old"


def test_what_killed_jobs_leave_is_removed_and_nothing_else(folder: Path) -> None:
    host = alive.socket.gethostname()
    ended = subprocess.Popen(["true"])
    ended.wait()
    names = [f".job-{host}-{ended.pid}-x", f".job-{host}-{os.getpid()}-x", ".job-other-9-x", ".job-other-8-x", "videos"]
    for name in names:
        (folder / name / "deep").mkdir(parents=True)
    old = 0.0
    for path in (folder / names[2], folder / names[2] / "deep"):
        os.utime(path, (old, old))
    alive.remove_dead(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([names[1], names[3], names[4]])
