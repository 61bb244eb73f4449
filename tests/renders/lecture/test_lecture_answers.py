"""Scenes are asked once whether they can show a clip, and again when anything has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lecture_files import clip

from renders.lecture import LectureError, lecture_jobs, scene_files
from scenes.filter_sliding import FilterSliding
from scenes.the_image import TheImage


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The clips whose scenes are asked, in a project of one source file. Those called Large are refused."""
    names: list[str] = []

    def setup(scene: object) -> None:
        names.append(type(scene).__name__)
        if names[-1] == "Large":
            raise ValueError("shows at most 5 pixels; got 6")

    for scene in (FilterSliding, TheImage):
        monkeypatch.setattr(scene, "setup", setup)
    monkeypatch.setattr(scene_files, "ROOT", tmp_path)
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "one.py").write_text("", encoding="utf-8")
    return names


@pytest.fixture
def check(tmp_path: Path, asked: list[str]) -> Callable[..., list[str]]:
    """Check a lecture of these entries; return the clips whose scenes are asked."""

    def check(*entries: str) -> list[str]:
        asked.clear()
        path = tmp_path / "my.yaml"
        path.write_text("".join(entries), encoding="utf-8")
        lecture_jobs(path)
        return list(asked)

    return check


def test_what_has_been_answered_is_not_asked_again(check: Callable[..., list[str]], tmp_path: Path) -> None:
    assert check(clip(), clip(name="Other")) == ["Edges", "Other"]
    assert check(clip(), clip(name="Other")) == []
    assert check(clip(), "# a remark\n", clip(name="Other", bias=1)) == ["Other"]
    assert check(clip(scene="TheImage"), clip(name="Other", notation="numbers")) == ["Edges", "Other"]
    assert check(clip()) == [], "what another version of the file held is still known"


def test_with_other_sources_all_are_asked_again(check: Callable[..., list[str]], tmp_path: Path) -> None:
    check(clip())
    (tmp_path / "scenes" / "one.py").write_text("SIZE = 1\n", encoding="utf-8")
    assert check(clip()) == ["Edges"]
    assert check(clip()) == []
    (tmp_path / "scenes" / "two.py").write_text("", encoding="utf-8")
    assert check(clip()) == ["Edges"]


def test_a_refusal_is_said_every_time(check: Callable[..., list[str]], asked: list[str]) -> None:
    for others in (["Edges"], []):
        with pytest.raises(LectureError, match="at most 5 pixels"):
            check(clip(), clip(name="Large"))
        assert asked == [*others, "Large"]


def test_a_damaged_note_is_none(check: Callable[..., list[str]], tmp_path: Path) -> None:
    check(clip())
    note = tmp_path / "renders" / "media" / "lectures" / "shown.json"
    for damage in (b"\xff", b"[]", b"{", b'{"sources": 1}', os.urandom(20)):
        note.write_bytes(damage)
        assert check(clip()) == ["Edges"]
    assert check(clip()) == []
