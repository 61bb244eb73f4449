"""Which source files were saved. However an editor writes, in place, by renaming or in pieces: a save is told once."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from renders.watch.asked import COMPILED

SOURCES = frozenset({".py", ".cfg"})
_DATA = {".yaml", ".yml", ".json", ".csv", ".txt", ".npy", ".npz"}
MATERIAL = _DATA | {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"}
"""What a lecturer's own clips may read; it counts in the folder of their file alone."""
SAVING = frozenset({"created", "modified", "moved", "deleted"})
POLLING = 0.2
"""Seconds between two looks where the system tells nothing of its own accord."""


class Saves(FileSystemEventHandler):
    """Tells each source file that is saved below the project's folders of sources, or in the folder of one's own."""

    def __init__(self, root: Path, own: Path | None, tell: Callable[[Path], None], poll: bool = False) -> None:
        """Look from now on, in a thread; `tell` is called there."""
        self.tell = tell
        self.trees = [(root / name).resolve() for name in ("cnnmath", "scenes")]
        self.files = {(root / "manim.cfg").resolve()}
        self.own = own and own.resolve()
        folders = {root.resolve(), *([self.own] if self.own else [])}
        self._observer = self._started(folders, PollingObserver(timeout=POLLING) if poll else Observer())

    def _started(self, folders: Iterable[Path], observer: BaseObserver) -> BaseObserver:
        """Start to look; by looking again and again where the system has no more watches to give."""
        try:
            for tree in self.trees:
                observer.schedule(self, str(tree), recursive=True)
            for folder in folders:
                observer.schedule(self, str(folder), recursive=False)
            observer.start()
        except OSError:
            if isinstance(observer, PollingObserver):
                raise
            return self._started(folders, PollingObserver(timeout=POLLING))
        return observer

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell what is a source; reading a file is an event, too, and so is what Python keeps of it."""
        if event.is_directory or event.event_type not in SAVING:
            return
        for name in (event.src_path, event.dest_path):
            path = Path(str(name))
            if name and self.is_source(path):
                self.tell(path)

    def is_source(self, path: Path) -> bool:
        """Whether a file is one that the picture may depend on."""
        if path.name.startswith("."):
            return False
        if path in self.files or (path.suffix in SOURCES and any(tree in path.parents for tree in self.trees)):
            return True
        return path.parent == self.own and path.suffix.lower() in SOURCES | MATERIAL

    def close(self) -> None:
        """Look no longer."""
        self._observer.stop()
        self._observer.join()


def forget_compiled(path: Path) -> None:
    """Take away what Python has compiled of a file.

    It holds that for valid by the second and the size of the source, and two saves may fall into one second.
    """
    if path.suffix != ".py":
        return
    before, sys.pycache_prefix = sys.pycache_prefix, str(COMPILED.resolve())
    compiled = Path(importlib.util.cache_from_source(path.resolve()))
    sys.pycache_prefix = before
    compiled.unlink(missing_ok=True)
