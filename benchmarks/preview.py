"""What one waits for while one edits: from a save to the new still, and for a cold `manim -ql`.

The first is timed from the moment at which a source is in its place to that at which the browser is told of the new
still. The saved source is a subclass in a file of its own, so that nothing of the project is touched; all other sources
are imported anew all the same. The second is a process of manim's from its start to its end, with nothing kept from
earlier runs, beside the same for one square that stands for a second, and for one that turns for as long as the scene
plays: both are manim's own renderer with the settings of our manim.cfg.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.environment import run
from benchmarks.film import seconds as seconds_of
from benchmarks.measure import Measure, Peer, Target
from benchmarks.timing import in_turns
from benchmarks.trivial_worker import LENGTH
from scenes._film import FILM, Clip

RUNS, COLD_RUNS = 5, 3
ROOT = Path(__file__).resolve().parents[1]
SOURCE = "from scenes import {scene}\n\n\nclass Mine({scene}):\n    pass\n\n\n# Saved for the {number}. time.\n"
PATIENCE = 60
"""Seconds after which nothing more is expected of a page."""


def measures() -> Iterator[Measure]:
    """Measure all scenes of the film."""
    for clip in FILM:
        yield Measure(f"save to still, {clip.scene}", "s", save_to_still(clip), None, Target(1, "ours"))
    for clip in FILM:
        yield from cold(clip)


def save_to_still(clip: Clip) -> list[float]:
    """Watch a scene and save it several times; gives the seconds until the page is told of each new still."""
    with tempfile.TemporaryDirectory() as folder, watching(Path(folder), clip.scene) as news:
        _next_still(news)
        seconds = []
        for number in range(1 + RUNS):
            # What the last save still has to do, such as the check of its pictures, is done by then.
            time.sleep(1)
            started = time.perf_counter()
            _save(Path(folder), clip.scene, number)
            _next_still(news)
            seconds.append(time.perf_counter() - started)
        return seconds[1:]


@contextmanager
def watching(folder: Path, scene: str) -> Iterator[Iterator[bytes]]:
    """Watch a subclass of a scene, and give what its page is told, line by line."""
    file = _save(folder, scene, 0)
    command = [sys.executable, "-u", "-m", "renders.watch", "Mine", "--file", str(file), "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as watch:
        try:
            assert watch.stdout
            address = next(word for word in watch.stdout.readline().split() if word.startswith("http:"))
            with urllib.request.urlopen(f"{address}news", timeout=PATIENCE) as news:
                yield iter(news)
        finally:
            watch.send_signal(signal.SIGINT)
            watch.wait(PATIENCE)


def _save(folder: Path, scene: str, number: int) -> Path:
    beside, file = folder / "mine.swp", folder / "mine.py"
    beside.write_text(SOURCE.format(scene=scene, number=number), encoding="utf-8")
    os.replace(beside, file)
    return file


def _next_still(news: Iterator[bytes]) -> None:
    """Wait until a still is shown and nothing is being drawn; raises RuntimeError if drawing fails."""
    drawing = False
    for line in news:
        if line.startswith(b"data: "):
            told = json.loads(line.removeprefix(b"data: "))
            if told["failed"]:
                raise RuntimeError(f"{told['scene']}: {told['failed']['error']}")
            drawing = drawing or bool(told["busy"]) or not told["still"]
            if drawing and not told["busy"] and told["still"]:
                return
    raise RuntimeError("the page is told nothing more")


def cold(clip: Clip) -> Iterator[Measure]:
    """Hold `manim -ql` of a scene against that of two trivial ones: a short one, and one of the same length."""
    trivial = Path(__file__).with_name("trivial_worker.py")
    length = 0.0

    def ours() -> float:
        nonlocal length
        took, length = _manim(ROOT / "scenes" / f"{clip.module}.py", clip.scene)
        return took

    sides = {
        "ours": ours,
        "trivial": lambda: _manim(trivial, "Trivial")[0],
        "turning": lambda: _manim(trivial, "Turning", length)[0],
    }
    seconds = in_turns(sides, COLD_RUNS)
    peer = Peer("one square for 1 s", seconds["trivial"])
    yield Measure(f"cold manim -ql {clip.scene} over trivial scene", "s", seconds["ours"], peer, Target(2.5))
    peer = Peer("one square that turns as long", seconds["turning"])
    note = f"{length:.0f} s of film"
    yield Measure(f"cold manim -ql {clip.scene} over its length", "s", seconds["ours"], peer, Target(2.5), note)


def _manim(file: Path, scene: str, length: float = 0) -> tuple[float, float]:
    """Render a scene into an empty folder, and give the seconds that it took and those that it plays."""
    with tempfile.TemporaryDirectory() as media:
        command = [sys.executable, "-m", "manim", "render", "-ql", "-v", "WARNING", "--progress_bar", "none"]
        started = time.perf_counter()
        run([*command, "--media_dir", media, str(file), scene], variables={LENGTH: str(length)})
        took = time.perf_counter() - started
        (video,) = Path(media).glob(f"videos/*/*/{scene}.mp4")
        return took, seconds_of(video)
