"""Two calls at once in one folder do not make the same files: whoever comes second is told who is at it.

Each call leaves a note of what it makes, as long as it runs. Snakemake has locks for this, but they outlive a kill.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from renders.alive import has_ended, here
from renders.making import MEDIA, write_whole

TURNS = MEDIA / "turns"
ALIVE = 20.0
"""Seconds after which a call says again that it is alive."""
GONE = 300.0
"""Seconds of silence after which a call on another machine is taken for dead."""
PAUSE = 0.02
"""Seconds until a file that somebody else is writing is looked at again."""


@contextmanager
def turn(files: Collection[Path], folder: Path = TURNS) -> Iterator[None]:
    """Have these files to oneself while the block runs.

    Raises ValueError if another call is making one of them, on this machine or another one.
    """
    note = folder / f"{here()}.json"
    mine = {path.as_posix() for path in files}
    since = time.time()
    about = {"who": _user(), "machine": socket.gethostname(), "since": since, "files": sorted(mine)}
    write_whole(note, json.dumps(about))
    over = threading.Event()
    try:
        _check(note, since, mine)
        threading.Thread(target=_live, args=(note, over), daemon=True).start()
        yield
    finally:
        over.set()
        note.unlink(missing_ok=True)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Be the only one to read a file and write it anew while the block runs; whoever comes second waits.

    A mark beside the file says who is at it, also to other machines; that of a process that was killed does not count.
    """
    mark = file.with_name(f".{file.name}.lock")
    mark.parent.mkdir(parents=True, exist_ok=True)
    while not _marked(mark):
        time.sleep(PAUSE)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def _marked(mark: Path) -> bool:
    """Leave a mark with this process's name, unless another one is there that lives."""
    try:
        with mark.open("x", encoding="utf-8") as made:
            made.write(here())
        return True
    except FileExistsError:
        with suppress(OSError):
            if has_ended(mark.read_text(encoding="utf-8"), time.time() - mark.stat().st_mtime, GONE):
                mark.unlink()
        return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name
        return "somebody"


def _check(note: Path, since: float, mine: Collection[str]) -> None:
    """Raise ValueError for a call that came first, runs, and makes one of these files; remove what dead ones left."""
    now = note.stat().st_mtime
    for other in note.parent.glob("*.json"):
        with suppress(OSError, KeyError, TypeError, json.JSONDecodeError):  # gone meanwhile, or damaged
            if other == note:
                continue
            if has_ended(other.stem, now - other.stat().st_mtime, GONE):
                other.unlink()
                continue
            says = json.loads(other.read_text(encoding="utf-8"))
            both = sorted(Path(path).name for path in says["files"] if path in mine)
            if both and (says["since"], other.name) < (since, note.name):
                began = time.strftime("%H:%M", time.localtime(says["since"]))
                files = f"{both[0]} and {len(both) - 1} more files are" if both[1:] else f"{both[0]} is"
                raise ValueError(
                    f"{files} being made from this folder by {says['who']} on {says['machine']}, since {began}; "
                    "expected files that nobody else makes now"
                )


def _live(note: Path, over: threading.Event) -> None:
    while not over.wait(ALIVE):
        with suppress(OSError):
            os.utime(note)
