"""What is seen to before anything is drawn: the names of files can be read, folders can be written, disks have room."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category

from renders.making import full, has_room, is_full, why_full

UTF8 = "PYTHONUTF8"
UNPRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters, as Unicode has them: those that control, halves of one, those that end a line."""


def in_utf8() -> None:
    """Start this program anew in Python's UTF-8 mode where names of files would be read as something else.

    So it is with the locale C or with that of an older system, if the mode was turned off. What this program starts
    has the mode, too.
    """
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get(UTF8) != "1":
        os.environ[UTF8] = "1"
        os.execv(sys.executable, sys.orig_argv)


def own_file(given: str) -> Path | None:
    """Return the file that is asked for, None for blanks; ~ is the home folder, whether or not a shell has said so.

    Raises ValueError for the home of somebody who is not known, and for a name that cannot be printed.
    """
    if not given.strip():
        return None
    try:
        file = Path(given.strip()).expanduser()
    except RuntimeError as error:
        raise ValueError(f"{given}: {error}") from error
    _check_name(file)
    return file


def _check_name(path: Path) -> None:
    """Raise ValueError for a name that neither a list of files nor a line on the screen can hold."""
    if UNPRINTED & {category(letter) for letter in str(path.absolute())}:
        raise ValueError(f"{str(path.absolute())!r} has a name that cannot be printed; rename it")


def check_folders(folders: Iterable[Path]) -> None:
    """Make folders to write to where there are none; raises ValueError for one that cannot be written to.

    Any of them may be a link to another disk, which may not be there now.
    """
    for folder in folders:
        _check_name(folder)
        if folder.is_symlink() and not folder.exists():
            raise ValueError(f"{folder.as_posix()} leads to {os.readlink(folder)}, which is not there")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            if is_full(error):
                raise ValueError(full(folder, why_full(error))) from error
            raise ValueError(f"{folder.as_posix()} cannot be written to: {error.strerror}") from error
        if not has_room(folder):
            raise ValueError(full(folder))
