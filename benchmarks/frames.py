"""What manim's main thread does for the twelve scenes, and how close a render comes to encoding alone.

The main thread's time is the processor time of a dry run: all frames are laid out and drawn, none is encoded. Each side
is a process of its own for each scene; manim's SVG files of texts are on disk already (we keep none): this is what an
edit costs. Encoding alone pushes the frames of a scene, taken from a dry run, through PyAV with our
settings; a render is timed beside it in the same process, after imports.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.film import ROOT
from benchmarks.measure import Measure, Peer, Target
from scenes._fast import STOCK
from scenes._film import FILM

RUNS = 2
ENCODED = "CompactEquationView"


def measures() -> Iterator[Measure]:
    """Measure the main thread at 1080p30, then a render at 1080p60."""
    with tempfile.TemporaryDirectory() as media:
        sums: dict[bool, list[float]] = {False: [], True: []}
        for stock in sums:
            for clip in FILM:
                worker("warm", clip.scene, media, stock)
        for _ in range(RUNS):
            for stock, sum_of in sums.items():
                sum_of.append(sum(worker("dry", clip.scene, media, stock)[0] for clip in FILM))
        peer = Peer("manim as it comes", sums[True])
        yield Measure("main thread, twelve scenes at 1080p30", "s", sums[False], peer, Target(0.4))
        encoded = [worker("encode", ENCODED, media, stock=False) for _ in range(RUNS)]
        render, alone = zip(*encoded, strict=True)
        yield Measure(f"{ENCODED} at 1080p60", "s", list(render), Peer("encoding alone", list(alone)), Target(1.4))


def worker(task: str, scene: str, media: str, stock: bool) -> list[float]:
    """Run a task of `frames_worker` in a process of its own, and give its figures."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.frames_worker", task, scene, media],
        cwd=ROOT,
        env={**os.environ, STOCK: "1" if stock else ""},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [float(figure) for figure in done.stdout.split()[-1].split(",")]


def module_of(scene: str) -> str:
    """Give the module of one of the film's scenes."""
    return next(f"scenes.{clip.module}" for clip in FILM if clip.scene == scene)


def file_of(scene: str) -> str:
    """Give the file of one of the film's scenes, from the project's folder."""
    return f"{Path(*module_of(scene).split('.'))}.py"
