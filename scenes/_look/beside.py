"""Files that are named in a file of one's own: they stand where a program is started, or beside the file itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def found(path: str | os.PathLike[str]) -> Path:
    """Return where a picture is that a lecturer's file asks one of our functions for, which asks here.

    A relative path counts from the current folder; if there is nothing, from the folder of the lecturer's file.
    Raises FileNotFoundError with the folders that were searched.
    """
    file = Path(path)
    # The file that called what called this. A notebook's cells are none.
    asker = sys._getframe(2).f_globals.get("__file__")
    folders = [Path.cwd(), *([Path(asker).resolve().parent] if asker else [])]
    for folder in folders:
        if (folder / file).exists():
            return folder / file
    searched = "" if file.is_absolute() else f" in {' or '.join(dict.fromkeys(map(str, folders)))}"
    raise FileNotFoundError(f"{file}: there is no such file{searched}; expected a picture")
