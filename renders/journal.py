"""What jobs say on other machines: each leaves its lines in a folder, where whoever waits for them reads them.

The folder is that of one run and lies with all that is made. On one machine there is none: jobs share the screen.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

VARIABLE = "RENDERS_JOURNAL"
"""Where jobs find the folder of their run; queues pass the environment on."""
FAILED = ".failed"
SPOKEN = re.compile(r"\s*([\w-]+)(: rendering|: done| FAILED)")
"""How a job's line begins that says how far a clip is."""


def folder() -> Path | None:
    """Return the folder of this job's run, None if it was not started from another machine."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else None


def is_far() -> bool:
    """Whether this job was started from another machine."""
    return VARIABLE in os.environ


def note(text: str) -> None:
    """Leave some lines, in one piece, for whoever waits for this job."""
    run = folder()
    if run is not None:
        with suppress(OSError), (run / f"{socket.gethostname()}.{os.getpid()}").open("a", encoding="utf-8") as file:
            file.write(json.dumps(text) + "\n")


def has_failed(name: str) -> bool:
    """Whether this run has found a clip to fail by its own fault: then it need not be tried again."""
    run = folder()
    return run is not None and (run / f"{name}{FAILED}").exists()


def fail(name: str) -> None:
    """Write down that a clip failed by its own fault."""
    run = folder()
    if run is not None:
        with suppress(OSError):
            (run / f"{name}{FAILED}").touch()


class Said(NamedTuple):
    """What a job has said, and the name of the machine where it runs."""

    node: str
    text: str


class Journal:
    """Reads what the jobs of a run say.

    `node_of` tells where a clip was rendered last; `done` and `failed` which clips have been said to be.
    """

    def __init__(self, run: Path) -> None:
        """Begin with an empty folder."""
        run.mkdir(parents=True)
        self._run = run
        self._read: dict[str, int] = {}
        self.node_of: dict[str, str] = {}
        self.done: set[str] = set()
        self.failed: set[str] = set()

    def new(self) -> Iterator[Said]:
        """Yield what has been said since the last time. A line that is still being written comes the next time."""
        for entry in sorted(os.scandir(self._run), key=lambda entry: entry.name):
            if not entry.name.endswith(FAILED) and entry.stat().st_size > self._read.get(entry.name, 0):
                for text in self._texts(Path(entry.path)):
                    said = Said(entry.name.rpartition(".")[0], text)
                    self._keep(said)
                    yield said

    def _texts(self, file: Path) -> Iterator[str]:
        with file.open("rb") as opened:
            opened.seek(self._read.get(file.name, 0))
            whole, end, _ = opened.read().rpartition(b"\n")
        self._read[file.name] = self._read.get(file.name, 0) + len(whole) + len(end)
        yield from map(json.loads, whole.splitlines())

    def _keep(self, said: Said) -> None:
        if told := SPOKEN.match(said.text):
            name, what = told.groups()
            self.node_of[name] = said.node
            {" FAILED": self.failed, ": done": self.done}.get(what, set()).add(name)
