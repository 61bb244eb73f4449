"""Two calls at once in one folder."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from renders import alive, turns
from renders.turns import turn

ONE, TWO, THREE = (Path("renders", "clips", f"{name}.mp4") for name in ("One", "Two", "Three"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    turns.TURNS.mkdir(parents=True)
    return turns.TURNS


def left(folder: Path, machine: str, number: int, *files: Path, since: float = 1.0) -> Path:
    """Leave the note of another call."""
    note = folder / f"{machine}-{number}.json"
    about = {"who": "anna", "machine": machine, "since": since, "files": [file.as_posix() for file in files]}
    note.write_text(json.dumps(about), encoding="utf-8")
    return note


def test_the_second_call_is_told_who_makes_the_same(folder: Path) -> None:
    note = left(folder, "login2", 7, ONE, TWO, THREE)
    with (
        pytest.raises(
            ValueError, match=r"One\.mp4 and 1 more files are being made .* by anna on login2, since \d\d:\d\d"
        ),
        turn([ONE, TWO]),
    ):
        pytest.fail("it has begun")
    assert list(folder.iterdir()) == [note]


def test_other_files_are_made_at_the_same_time(folder: Path) -> None:
    left(folder, "login2", 7, THREE)
    with turn([ONE, TWO]):
        assert len(list(folder.iterdir())) == 2
    assert len(list(folder.iterdir())) == 1


def test_of_two_that_begin_at_once_one_goes_on(folder: Path) -> None:
    left(folder, "login2", 7, ONE, since=1e12)
    with turn([ONE]):
        pass


def test_a_call_that_was_killed_is_in_nobodys_way(folder: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left(folder, alive.socket.gethostname(), ended.pid, ONE)
    os.utime(left(folder, "login2", 7, ONE), (1, 1))
    (folder / "damaged-1.json").write_text("{", encoding="utf-8")
    with turn([ONE]):
        assert sorted(path.name for path in folder.iterdir()) == sorted(["damaged-1.json", f"{alive.here()}.json"])


def test_a_call_that_runs_is_alive(folder: Path) -> None:
    left(folder, alive.socket.gethostname(), os.getppid(), ONE)
    with pytest.raises(ValueError, match="by anna"), turn([ONE]):
        pytest.fail("it has begun")
