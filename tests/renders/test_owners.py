"""Whose clip a file in renders/clips is, without rendering any."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from renders import making, owners
from renders.lecture import LectureError
from renders.request import Job

Lecture = Callable[..., tuple[Path, tuple[Job, ...]]]


@pytest.fixture
def lecture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lecture:
    """Write a lecture file with clips of these names and entries; all their clips are there already."""
    monkeypatch.setattr(owners, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / making.CLIPS).mkdir(parents=True)

    def written(name: str, **entries: str) -> tuple[Path, tuple[Job, ...]]:
        path = tmp_path / name
        path.write_text("".join(f"- name: {clip}\n  entry: {entry}\n" for clip, entry in entries.items()))
        for clip in entries:
            (tmp_path / making.CLIPS / f"{clip}-light.mp4").touch()
        return path, tuple(Job(clip, "module", "file.py", entry) for clip, entry in entries.items())

    return written


def taken(path: Path, jobs: tuple[Job, ...]) -> list[str]:
    """The clips that a lecture may not render."""
    try:
        owners.check(path, jobs, jobs)
    except LectureError as error:
        return [fault.clip for fault in error.faults]
    return []


def test_a_name_is_taken_by_the_first_lecture(lecture: Lecture) -> None:
    first, second = lecture("a.yaml", One="1", Two="2"), lecture("b.yaml", one="other", Three="3")
    assert taken(*first) == taken(*second) == []
    owners.claim(*first)
    assert taken(*first) == []
    assert taken(*second) == ["clip one"], "file systems may not tell capitals from small letters"
    with pytest.raises(LectureError, match=r"b\.yaml:1: clip one: name: .*a\.yaml:1, which would be overwritten"):
        owners.check(*second, second[1])


def test_an_edited_lecture_keeps_its_clips(lecture: Lecture) -> None:
    owners.claim(*lecture("a.yaml", One="1"))
    assert taken(*lecture("a.yaml", One="edited")) == []


def test_the_same_entry_makes_the_same_clip_until_one_of_them_is_edited(lecture: Lecture) -> None:
    for name in ("a.yaml", "copy.yaml"):
        done = lecture(name, One="1")
        assert taken(*done) == []
        owners.claim(*done)
    assert taken(*lecture("a.yaml", One="edited")) == ["clip One"]


def test_a_moved_lecture_is_known_by_a_clip_that_is_as_it_was(lecture: Lecture) -> None:
    path, jobs = lecture("a.yaml", One="1", Two="2")
    owners.claim(path, jobs)
    path.unlink()
    assert taken(*lecture("b.yaml", One="another")) == ["clip One"]
    moved = lecture("moved.yaml", One="edited", Two="2")
    assert taken(*moved) == []
    owners.claim(*moved)
    assert taken(*lecture("moved.yaml", One="edited again", Two="3")) == []


@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_a_name_is_free_again(lecture: Lecture, tmp_path: Path, how: str) -> None:
    owners.claim(*lecture("a.yaml", One="1"))
    second = lecture("b.yaml", One="other")
    assert taken(*second) == ["clip One"]
    if how == "renamed":
        lecture("a.yaml", Uno="1")
    else:
        (tmp_path / making.CLIPS / "One-light.mp4").unlink()
    assert taken(*second) == []


def test_the_film_of_a_lecture_of_the_same_name_is_kept(lecture: Lecture, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old, new = lecture("old/talk.yaml", One="1"), lecture("talk.yaml", One="2")
    film = Path("renders", "film", "talk.mp4")
    for path, jobs in (old, new):  # as long as there is no film, nobody has one
        owners.take(path, [film], jobs)
    owners.take(old[0], [film], old[1])
    film.parent.mkdir(parents=True)
    film.touch()
    with pytest.raises(ValueError, match=r"film/talk\.mp4 was made for .*old/talk\.yaml and would be overwritten"):
        owners.take(new[0], [film], new[1])
    owners.take(old[0], [film], old[1])
    owners.claim(*old)
    moved = old[0].rename(tmp_path / "moved.yaml")
    with pytest.raises(ValueError, match="would be overwritten"):
        owners.take(new[0], [film], new[1])
    owners.take(moved, [film], old[1])


def test_a_film_is_not_called_as_the_projects(lecture: Lecture) -> None:
    path, jobs = lecture("cnn-viewpoints.yaml", One="1")
    with pytest.raises(ValueError, match="the project's own film"):
        owners.take(path, [], jobs)


def test_a_lecture_that_is_being_edited_keeps_its_names(lecture: Lecture) -> None:
    path, jobs = lecture("a.yaml", One="1")
    owners.claim(path, jobs)
    path.write_text("- name: [")
    assert taken(*lecture("b.yaml", One="other")) == ["clip One"]


def test_a_damaged_register_stops_nobody(lecture: Lecture, tmp_path: Path) -> None:
    done = lecture("a.yaml", One="1")
    owners.claim(*done)
    (tmp_path / owners.OWNERS).write_text("{")
    assert taken(*done) == []
    owners.claim(*done)
    assert list(owners.owners()) == ["one"]


def test_two_that_write_at_once_lose_nothing(lecture: Lecture, tmp_path: Path) -> None:
    """Each process claims a clip of its own a hundred times, while the other one does."""
    files = [lecture(f"{name}.yaml", **{name: "1"})[0] for name in ("a", "b")]
    code = """
import sys
from pathlib import Path
from renders import owners
from renders.request import Job
owners.ROOT = Path.cwd()
for number in range(100):
    owners.claim(Path(sys.argv[1]), [Job(f"{sys.argv[2]}{number}", "module", "file.py", "1")])
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(owners.__file__).parents[1])}
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(file), file.stem], cwd=tmp_path, env=environment)
        for file in files
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    assert sorted(owners.owners()) == sorted(f"{name}{number}" for name in "ab" for number in range(100))
    assert not list((tmp_path / owners.OWNERS).parent.glob(".*lock*"))


def test_a_mark_of_a_process_that_was_killed_keeps_nobody_waiting(lecture: Lecture, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mark = (tmp_path / owners.OWNERS).with_name(f".{owners.OWNERS.name}.lock")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{socket.gethostname()}-{gone.pid}")
    owners.claim(*lecture("a.yaml", One="1"))
    assert not mark.exists()
