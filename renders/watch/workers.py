"""Processes that have the libraries imported and wait. Each draws once what it is asked, with our modules as they are.

Where the platform can fork, they come from one process that only imports the libraries and forks (multiprocessing's
fork server): it has no threads, which a fork would leave in pieces. Elsewhere each is a fresh process, which imports
the libraries by itself, and is started ahead.
"""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from renders.making import MEDIA
from renders.watch.asked import Answer, Asked, Ended, Failed

WARM = "renders.watch.warm"


def can_fork() -> bool:
    """Whether this platform can fork."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def wait_and_draw(mine: Connection) -> None:
    """Be one of the processes: have the libraries ready, wait until something is asked, and answer it."""
    # Ctrl-C ends the process in front, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError):
        __import__(WARM)
        asked: Asked = mine.recv()

        from renders.watch.drawing import answer

        answer(asked, mine.send)


class Worker:
    """One process, and the connection to it."""

    def __init__(self, context: Any, work: Path) -> None:
        """Start it."""
        self.work = work
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=wait_and_draw, args=(theirs,), daemon=True)
        with _undisturbed():
            self.process.start()
        theirs.close()

    def ask(self, asked: Asked, tell: Callable[[Answer], None]) -> None:
        """Ask it, and have a thread tell its answers; `Ended` is the last."""
        self.work.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            self.connection.send(asked._replace(work=str(self.work)))
        threading.Thread(target=self._listen, args=(tell,), daemon=True).start()

    def _listen(self, tell: Callable[[Answer], None]) -> None:
        with suppress(EOFError, OSError):
            while True:
                tell(self.connection.recv())
        tell(Ended())

    def end(self) -> None:
        """End it at once, if it has not ended, and clear away what it needed."""
        self.process.kill()
        self.process.join()
        shutil.rmtree(self.work, ignore_errors=True)


class Workers:
    """One process that draws, at most, and one that waits for the next thing to draw."""

    def __init__(self, tell: Callable[[Answer], None], fork: bool = True) -> None:
        """Start the first. `tell` is called in a thread of its own for each answer to the latest question."""
        self.tell = tell
        self.forks = fork and can_fork()
        self._context = multiprocessing.get_context("forkserver" if self.forks else "spawn")
        if self.forks:
            self._context.set_forkserver_preload([WARM])
        MEDIA.mkdir(parents=True, exist_ok=True)
        self._work = tempfile.TemporaryDirectory(dir=MEDIA, prefix=".unfinished-", ignore_cleanup_errors=True)
        self._number = 0
        self._busy: Worker | None = None
        self._waiting: Worker | None = self._start()

    def _start(self) -> Worker:
        return Worker(self._context, Path(self._work.name, f"{self._number}"))

    def ask(self, asked: Asked) -> None:
        """Have something drawn. What is still being drawn is given up: nobody wants to see it any more."""
        self.stop()
        worker = self._waiting or self._start()
        self._waiting, self._busy = None, worker
        self._number += 1
        number = self._number
        answered: list[Answer] = []

        def tell(answer: Answer) -> None:
            if self._number != number:
                return
            if isinstance(answer, Ended) and not answered:
                answer = Failed("the process that draws ended without an answer")
            answered.append(answer)
            self.tell(answer)

        worker.ask(asked, tell)
        self._waiting = self._start()

    def stop(self) -> None:
        """Give up what is being drawn, if anything is."""
        self._number += 1
        if self._busy:
            self._busy.end()
        self._busy = None

    def close(self) -> None:
        """End all processes."""
        self.stop()
        if self._waiting:
            self._waiting.end()
        self._waiting = None
        self._work.cleanup()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C from a process that is being started, and cannot yet leave it to the one in front."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
