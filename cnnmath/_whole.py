"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into, which takes the place of `path` when the block has ended well.

    Raises OSError if it cannot be written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole(Path(folder, "new")) as file:
    ...         count = file.write(b"all of it")
    ...     Path(folder, "new").read_bytes()
    b'all of it'
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unfinished-") as folder:
        unfinished = Path(folder, "file")
        with unfinished.open("wb") as file:
            yield file
        os.replace(unfinished, path)
