"""What is seen to before anything is drawn; and what `make` hands on, whatever is in a name."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from renders.making import full
from renders.starting import check_folders, own_file

ROOT = Path(__file__).resolve().parents[2]
AWKWARD = 'l\'été {x} "🎬" `id` #;&|\\ *.yaml'


def test_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME" if os.name != "nt" else "USERPROFILE", str(tmp_path))
    assert own_file("~/talk.yaml") == tmp_path / "talk.yaml"
    assert own_file(f"talks/{AWKWARD}") == Path("talks", AWKWARD)
    assert own_file("") is own_file("  ") is None
    assert own_file("👨\u200d👩\u200d👧.yaml") == Path("👨\u200d👩\u200d👧.yaml")
    with pytest.raises(ValueError, match=r"^'.*/a\\nb.yaml' has a name that cannot be printed; rename it$"):
        own_file("a\nb.yaml")
    with pytest.raises(ValueError, match=r"a\\udce9.yaml' has a name that cannot be printed"):
        own_file(os.fsdecode(b"a\xe9.yaml"))
    with pytest.raises(ValueError, match=r"^~nobody-of-that-name/a\.yaml: "):
        own_file("~nobody-of-that-name/a.yaml")


def test_folders_that_can_be_written_to_are_made(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "linked").symlink_to(elsewhere)
    check_folders([tmp_path / AWKWARD / "clips", tmp_path / "linked"])
    assert (tmp_path / AWKWARD / "clips").is_dir()
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "clips").symlink_to("/nowhere/at/all")
    with pytest.raises(ValueError, match=r"clips leads to /nowhere/at/all, which is not there$"):
        check_folders([tmp_path / "clips"])
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match=r"file/media cannot be written to: Not a directory$"):
        check_folders([tmp_path / "file" / "media"])


def test_a_full_disk_is_found_before_anything_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(**given: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", no_room)
        with pytest.raises(ValueError, match="the disk is full") as refused:
            check_folders([tmp_path])
    assert str(refused.value) == full(tmp_path)
    used = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: used._replace(free=4096))
    with pytest.raises(ValueError, match="the disk is full"):
        check_folders([tmp_path])


@pytest.mark.skipif(os.name == "nt", reason="Windows has names in UTF-8 in any language")
def test_names_are_utf_8_in_any_language(tmp_path: Path) -> None:
    shown = "import os, sys; from renders.starting import in_utf8; in_utf8(); print(sys.argv[1], sys.flags.utf8_mode)"
    program = tmp_path / "show.py"
    program.write_text(shown, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program), AWKWARD],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"{AWKWARD} 1\n"


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Call `make` where Python only shows what it is called with."""
    if not shutil.which("make"):
        pytest.skip("needs make")
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "renders").mkdir()
    (tmp_path / "renders" / "setup.sh").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "utf8=$PYTHONUTF8"\nfor word in "$@"; do printf "%s\\n" "$word"; done\n')
    python.chmod(0o755)

    def make(*words: str) -> list[str]:
        command = ["make", "--silent", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
        utf8, *lines = done.stdout.splitlines()
        assert utf8 == "utf8=1"
        return lines

    return make


def test_make_hands_on_what_it_is_given(told: Any) -> None:
    film = told("film", f"LECTURE={AWKWARD}", "SCENES=One Two", "QUALITY=h")
    assert film[:3] == ["-m", "renders", "film"]
    assert {f"--lecture={AWKWARD}", "--scenes=One Two", "--quality=h", "--theme=", "--jobs="} < set(film)
    assert "--slides=pptx" in told("slides", "SLIDES=pptx")
    assert told("lecture", f"LECTURE={AWKWARD}")[-1] == AWKWARD
    assert "--quality=m" in told("render")


def test_make_watch_polls_when_it_is_asked_to(told: Any) -> None:
    assert "--poll=" in told("watch", "SCENE=TheFilter")
    watch = told("watch", "SCENE=Own", f"FILE={AWKWARD}", "POLL=1")
    assert {"--poll=1", f"--file={AWKWARD}"} < set(watch)
    assert watch[-1] == "Own"
