"""Whether a request was met before and nothing has changed since. Then nothing is to be done, and nobody need be asked.

Snakemake takes more than a second to say so. This looks at sizes and times alone, of all that Snakemake looks at and
more: every file of the project that can decide what a clip looks like, and every file that there is of its clips. At
the least difference Snakemake is asked, which decides as ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from renders.making import CLIPS, MEDIA, whole

SOURCES = tuple(Path(name) for name in ("cnnmath", "scenes", "renders", "manim.cfg", "requirements.txt"))
MADE = tuple(Path("renders", name) for name in ("media", "clips", "film", "page", "slides"))
"""Folders among the sources that hold what is made."""
OF_SCENES = (CLIPS, MEDIA / "masters", MEDIA / "steps")
"""Where all that is made of a scene begins with its name."""
MET = MEDIA / "met"
"""What was asked for and is done: a file for each request."""

Request = Mapping[str, object]
"""All that tells one request from another, as JSON takes it."""


class Unchanged:
    """A request, and the sources as they are before it is met.

    `scenes` are those that it needs, `made` the files and folders that it asks for. Paths count from the project's
    folder, which is the current one.
    """

    def __init__(self, request: Request, scenes: Iterable[str], made: Sequence[Path]) -> None:
        """Look at the sources: whoever edits one while clips are rendered is to be heard the next time."""
        self._scenes, self._made = tuple(scenes), tuple(made)
        self._asked = _digest([request, self._scenes, [path.as_posix() for path in made]])
        self._sources = state_of_sources()

    def is_met(self) -> bool:
        """Whether the request was met, and sources and results are what they were then."""
        try:
            return self._note.read_text(encoding="utf-8") == self._state()
        except (OSError, UnicodeDecodeError):
            return False

    def met(self) -> None:
        """Write down that the request is met now; if that cannot be, Snakemake is asked the next time."""
        with suppress(OSError), whole(self._note) as (note,):
            note.write_text(self._state(), encoding="utf-8")

    @property
    def _note(self) -> Path:
        return MET / self._asked[:32]

    def _state(self) -> str:
        there = sorted(_results(self._scenes, self._made))
        return _digest([self._sources, there, [path.exists() for path in self._made]])


Seen = tuple[str, int, int, int, int]
"""A file's path, and what changes with it: its size, its times of writing and of any change, which file it is."""


def state_of_sources(root: Path = Path()) -> str:
    """Return what changes with any file of the project in `root` that may decide what is made, and with the Python."""
    files = sorted(file for path in SOURCES for file in _seen(root / path, [root / made for made in MADE]))
    return _digest([sys.executable, platform.python_version(), files])


def _results(scenes: tuple[str, ...], made: Sequence[Path]) -> Iterator[Seen]:
    """Yield every file that there is of these scenes, and of what is made of them."""
    for folder in OF_SCENES:
        for name in os.listdir(folder) if folder.is_dir() else ():
            if name.startswith(scenes):
                yield from _seen(folder / name)
    # A page lies among files of its own.
    for path in made:
        if path.parent not in OF_SCENES:
            yield from _seen(path.parent if path.name == "index.html" else path)


def _seen(path: Path, without: Collection[Path] = ()) -> Iterator[Seen]:
    """Yield a file, or all files of a folder `without` those in these folders and without what is compiled."""
    try:
        found = path.stat()
        names = sorted(os.listdir(path)) if path.is_dir() else None
    except FileNotFoundError:
        return
    if names is None:
        yield path.as_posix(), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        return
    for name in names:
        if name != "__pycache__" and path / name not in without:
            yield from _seen(path / name, without)


def _digest(seen: object) -> str:
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
