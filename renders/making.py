"""What all that make files share: a file appears whole or not at all, and a line is said in one piece."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from renders.journal import is_far, note

MEDIA, CLIPS = Path("renders", "media"), Path("renders", "clips")
LEAST_ROOM = 1_000_000
"""With fewer bytes than this a disk is as good as full."""

Item = TypeVar("Item")
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@contextmanager
def whole(*targets: Path) -> Iterator[list[Path]]:
    """Give a path to write for each target, and move them all there when the block has ended well.

    They lie in a hidden folder of manim's media: what a kill leaves there is in nobody's way.
    """
    with scratch() as folder:
        unfinished = [folder / target.name for target in targets]
        yield unfinished
        for made, target in zip(unfinished, targets, strict=True):
            put(made, target)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a hidden folder of manim's media for as long as the block takes."""
    MEDIA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MEDIA, prefix=".unfinished-") as folder:
        yield Path(folder)


def put(made: Path, target: Path) -> None:
    """Move a finished file or folder to its place and over what is there: whole or not at all, to any disk.

    A job of a cluster has its bytes written down first: only that tells whether a network file system had room.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_far():
        _write_down(made)
    try:
        _replace(made, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as beside:
            _replace(Path(shutil.move(made, Path(beside, target.name))), target)


def _write_down(made: Path) -> None:
    for file in [made] if made.is_file() else filter(Path.is_file, made.rglob("*")):
        with file.open("rb+") as opened:
            os.fsync(opened)


def _replace(made: Path, target: Path) -> None:
    try:
        os.replace(made, target)
    except OSError as error:
        # No system moves a folder over one that is not empty. What cannot be moved at all must not cost the old one.
        if error.errno == errno.EXDEV or not (made.is_dir() and target.is_dir()):
            raise
        shutil.rmtree(target)
        os.replace(made, target)


def write_whole(target: Path, text: str) -> None:
    """Write a text file, whole or not at all; until it is whole it lies in a hidden folder beside its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as unfinished:
        made = Path(unfinished, target.name)
        made.write_text(text, encoding="utf-8")
        os.replace(made, target)


def say(line: str) -> None:
    """Write a line in one piece: two jobs at once share the screen. A job on another machine leaves it there, too."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    note(line)


def counted(number: int, thing: str) -> str:
    """Say how many there are of a thing.

    >>> counted(1, "clip"), counted(12, "clip")
    ('1 clip', '12 clips')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def reported(program: str, lines: Iterable[str]) -> int:
    """Say the lines of a job as it makes them. A mistake is one line, too; returns the exit code."""
    try:
        for line in lines:
            say(line)
    except (ValueError, OSError) as error:
        print(f"{program}: {reason(error)}", file=sys.stderr, flush=True)
        note(f"{program}: {reason(error)}")
        return 1
    return 0


def reason(error: BaseException) -> str:
    """Say an error in one line; of a full disk that it is full, whoever found out."""
    return full(disk_of(error), why_full(error)) if is_full(error) else " ".join(str(error).split())


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, is that a disk has no room left, or its user no right to more."""
    return why_full(error) is not None


def why_full(error: BaseException | None) -> int | None:
    """Return which of the two it is, `errno.ENOSPC` or `errno.EDQUOT`; None for any other error."""
    while error is not None:
        if (number := getattr(error, "errno", None)) in (errno.ENOSPC, errno.EDQUOT):
            return int(number)
        error = error.__cause__ or error.__context__
    return None


def disk_of(error: BaseException) -> Path | None:
    """Tell which file an error is about, if it says so."""
    name = getattr(error, "filename", None)
    return Path(name).parent if isinstance(name, str) and Path(name).parent.is_dir() else None


def has_room(folder: Path) -> bool:
    """Whether there is room on the disk of a folder; as long as nobody can tell, there is."""
    with suppress(OSError):
        return shutil.disk_usage(folder).free >= LEAST_ROOM
    return True


def full(folder: Path | None = None, why: int | None = errno.ENOSPC) -> str:
    """Say that the disk of a folder is full, or its user's share of it (EDQUOT), and what to do."""
    what, left = ("your quota", "nothing") if why == errno.EDQUOT else ("the disk", "no room")
    where = f": there is {left} left in {folder.resolve()}" if folder else ""
    return f"{what} is full{where}. Make some room; the same command then goes on from here."


def told(items: Iterable[Item], count: int, name: str) -> Iterator[Item]:
    """Pass items on, and say after each quarter of them how far the file `name` is."""
    quarters = {round(count * share / 4): 25 * share for share in (1, 2, 3)} if count >= 100 else {}
    for number, item in enumerate(items, 1):
        yield item
        if number in quarters:
            say(f"{name}: {quarters[number]} %")
