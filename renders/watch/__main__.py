"""Watch a scene: python -m renders.watch SCENE. Every save of a source file shows its new last still."""

from __future__ import annotations

import argparse
import os
import queue
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from renders.making import MEDIA, say
from renders.request import own_jobs
from renders.starting import check_folders, in_utf8, own_file
from renders.themes import DARK, LIGHT, SHAPES
from renders.watch.asked import Answer, Asked, Failed, Made, Steps
from renders.watch.page import Page, Shown
from renders.watch.saves import Saves, forget_compiled
from renders.watch.workers import Workers

ROOT = Path(__file__).resolve().parents[2]
SETTLED = 0.03
"""Seconds without another save after which one is taken for done: editors write in pieces, and several files."""
OPENED = 1.5
"""Seconds that a page of an earlier run has to come back before another one is opened."""


class Wanted(NamedTuple):
    """Something that is asked for on the page or in the terminal: a clip, or the still of a step."""

    what: str
    which: str = ""


Event = Path | Wanted | Answer


class Watch:
    """Has the scene drawn whenever a source is saved, and shows what comes of it."""

    def __init__(self, asked: Asked, films: bool, fork: bool, poll: bool, port: int | None) -> None:
        """Start everything that it takes."""
        self.asked, self.films = asked, films
        self._events: queue.Queue[Event] = queue.Queue()
        self._saved: set[Path] = set()
        self._since = time.monotonic()
        self.page = Page(Shown(asked.name, step=asked.step), self._want, port)
        self._saves = Saves(ROOT, asked.folder, self._events.put, poll)
        self._workers = Workers(self._events.put, fork)

    @property
    def forks(self) -> bool:
        """Whether drawing needs no fresh process."""
        return self._workers.forks

    def _want(self, what: str, which: str = "") -> None:
        self._events.put(Wanted(what, which))

    def read_keys(self) -> None:
        """Take c and Enter for a clip, in a thread, for as long as there is a terminal."""

        def read() -> None:
            # Without a buffer: one that waits for a line would hold up the end.
            with open(0, "rb", buffering=0, closefd=False) as keys:
                while line := keys.readline():
                    if line.strip().lower() == b"c":
                        self._want("clip")

        if sys.stdin and sys.stdin.isatty():
            threading.Thread(target=read, daemon=True).start()

    def run(self) -> None:
        """Draw, and draw again after each save, until Ctrl-C."""
        self._since = time.monotonic()
        self._draw(False)
        while True:
            try:
                event = self._events.get(timeout=SETTLED if self._saved else 1)
            except queue.Empty:
                if self._saved:
                    self._draw_saved()
                continue
            if isinstance(event, Path):
                if not self._saved:
                    self._since = time.monotonic()
                self._saved.add(event)
            elif isinstance(event, Wanted):
                self._take(event)
            else:
                self._show(event)

    def _draw_saved(self) -> None:
        self._workers.stop()
        for path in self._saved:
            forget_compiled(path)
        self._saved.clear()
        self._draw(False)

    def _take(self, wanted: Wanted) -> None:
        self._since = time.monotonic()
        if wanted.what == "step":
            self.asked = self.asked._replace(step=wanted.which)
            self.page.show(step=wanted.which)
        self._draw(wanted.what == "clip")

    def _draw(self, clip: bool) -> None:
        self.page.show(busy="filming" if clip else "drawing")
        self._workers.ask(self.asked._replace(clip=clip))

    def _show(self, answer: Answer) -> None:
        """Show what has come of it, on the page and in the terminal."""
        seconds = f"{time.monotonic() - self._since:.2f} s"
        if isinstance(answer, Made):
            say(f"{answer.path.as_posix()}  {seconds}")
            line = f"{'clip' if answer.clip else 'still'} after {seconds}, at {time.strftime('%H:%M:%S')}"
            made = {"clip": answer.path} if answer.clip else {"still": answer.path, "clip": None}
            # A still of one step knows of none after it.
            steps = (self.asked.step and self.page.shown.steps) or answer.steps
            self.page.show(busy="", line=line, failed=None, steps=steps, **made)
            if self.films and not answer.clip:
                self._draw(True)
        elif isinstance(answer, Steps):
            if answer.names != self.page.shown.steps:
                self.page.show(steps=answer.names)
        elif isinstance(answer, Failed):
            _print(answer)
            self.page.show(busy="", line=f"broken after {seconds}", failed=answer, clip=None)

    def close(self) -> None:
        """End everything."""
        self._saves.close()
        self._workers.close()
        self.page.close()


def _print(failed: Failed) -> None:
    """Print a failure: the whole of it first, so that what matters stands last, where one looks."""
    from rich.console import Console
    from rich.syntax import Syntax

    console = Console(stderr=True)
    for part in (failed.whole, failed.own):
        if part:
            console.print(Syntax(part.rstrip(), "pytb", theme="ansi_dark", background_color="default", word_wrap=True))
            console.print()
    console.print(failed.error, style="bold red", markup=False, highlight=False)


def _open(page: Page) -> None:
    """Open the page in the browser, unless one is open."""
    has_screen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if os.environ.get("CI") or not has_screen:
        return
    opening = threading.Timer(OPENED, lambda: page.readers or webbrowser.open(page.address))
    opening.daemon = True
    opening.start()


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m renders.watch", description=__doc__)
    parser.add_argument("scene", help="a scene of the film, a classic, or a scene of your own file")
    parser.add_argument("--file", default="", help="the Python file of your own that has the scene")
    parser.add_argument("--lecture", default="", help="the lecture file that has the clip")
    parser.add_argument("--theme", default=DARK.name, choices=["", DARK.name, LIGHT.name])
    parser.add_argument("--shape", default="", choices=["", *SHAPES])
    parser.add_argument("--step", default="", help="the step whose last still is shown (default: the scene's last)")
    parser.add_argument("--clip", default="", nargs="?", const="1", help="film the clip, too, after each still")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--no-fork", action="store_true", help="a fresh process for each save, as without forks")
    parser.add_argument(
        "--poll",
        default="",
        nargs="?",
        const="1",
        help="look for saves again and again, where the system tells of none",
    )
    parser.add_argument("--port", type=int, help="the port of the page")
    given = parser.parse_args(arguments)
    try:
        given.file, given.lecture = (str(own_file(name) or "") for name in (given.file, given.lecture))
        _check(given)
        check_folders([ROOT / MEDIA])
    except ValueError as error:
        parser.error(str(error))
    return given


def _check(given: argparse.Namespace) -> None:
    """Raise ValueError for a scene that there is not, and say which there are."""
    if given.file and given.lecture:
        raise ValueError("a scene comes from a Python file or from a lecture file; got both")
    if given.file or given.lecture:
        if not Path(given.file or given.lecture).is_file():
            raise ValueError(f"{given.file or given.lecture}: there is no such file")
        if not given.scene:
            raise ValueError(f"expected one scene of {given.file or given.lecture}; got none{_clips(given.lecture)}")
    elif len(own_jobs([given.scene] if given.scene else [])) != 1:
        known = ", ".join(job.scene for job in own_jobs([]))
        raise ValueError(f"expected one scene; got {given.scene!r}. The film's are {known}")


def _clips(lecture: str) -> str:
    """Say which clips a lecture file has."""
    from renders.lecture import LectureError, lines_of_names

    with suppress(LectureError):
        if lecture:
            return f". Its clips are {', '.join(lines_of_names(Path(lecture)))}"
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Watch until Ctrl-C."""
    given = _arguments(arguments)
    poll = given.poll not in ("", "0")
    asked = Asked(
        given.scene, given.file, given.lecture, given.theme or DARK.name, given.shape or DARK.shape, given.step
    )
    # A shell that starts it in the background has it ignore Ctrl-C, and with that the signals that end here as one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in {"SIGTERM", "SIGHUP"} & set(signal.Signals.__members__):
        signal.signal(signal.Signals[name], lambda *_: signal.raise_signal(signal.SIGINT))
    watch = None
    try:
        watch = Watch(asked, given.clip not in ("", "0"), not given.no_fork, poll, given.port)
        say(f"{asked.name}: saves are shown at {watch.page.address} (c and Enter: film the clip; Ctrl-C: end)")
        if not watch.forks:
            say("Without forks each save takes a fresh process: two saves in a row take some seconds.")
        if not given.no_browser:
            _open(watch.page)
        watch.read_keys()
        watch.run()
    except KeyboardInterrupt:
        # The terminal itself may be gone.
        with suppress(OSError):
            say("")
    finally:
        if watch:
            watch.close()
    return 0


if __name__ == "__main__":
    in_utf8()
    sys.exit(main())
