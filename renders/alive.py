"""Whether a process has ended that left something behind, on this machine or on another one that shares the folder."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import suppress
from pathlib import Path

JOB = ".job-"
DAY = 86_400.0


def here() -> str:
    """Return the name of this machine and the number of this process, as part of the name of a file."""
    return f"{socket.gethostname()}-{os.getpid()}"


def has_ended(name: str, silent: float, most: float) -> bool:
    """Whether a process that called itself as `here` does has ended, as far as anybody can tell.

    On this machine its number tells. Elsewhere it has if it has left no trace for `most` seconds; `silent` is for how
    long it has left none.
    """
    machine, _, number = name.rpartition("-")
    # On Windows asking would end it.
    if machine != socket.gethostname() or not number.isdecimal() or os.name == "nt":
        return silent > most
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is somebody else's
        return False
    return _is_zombie(int(number))


def _is_zombie(number: int) -> bool:
    """Whether a process has ended and nobody has asked yet how, so that its number is still taken; Linux tells."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[:1] == ["Z"]


def job_prefix() -> str:
    """Return how the folder of this process begins, among those of other processes on this and other machines."""
    return f"{JOB}{here()}-"


def remove_dead(folder: Path) -> None:
    """Remove the folders in `folder` of processes that have ended and could not do it themselves."""
    now = _now(folder)
    for left in folder.glob(f"{JOB}*"):
        with suppress(OSError):
            newest = max(path.stat().st_mtime for path in (left, *left.rglob("*")))
            if has_ended(left.name.removeprefix(JOB).rpartition("-")[0], now - newest, 2 * DAY):
                shutil.rmtree(left, ignore_errors=True)


def _now(folder: Path) -> float:
    """Return the time on the clock of a folder's disk, which may be another machine's."""
    mark = folder / f".now-{here()}"
    try:
        mark.touch()
        return mark.stat().st_mtime
    finally:
        mark.unlink(missing_ok=True)
