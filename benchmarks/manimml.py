"""Drawing a convolution beside ManimML, a public library for it: a 3×3 filter over 7×7, at 480p and 15 frames a second.

Each side is a process of manim's, from its start to the finished file, with one manim, one configuration and nothing
kept from earlier runs. What they show is not the same, and the figures should be read with that in mind. ManimML draws
outlines, its filter goes at one pace, and nothing is written or worked out. Ours has cells that fill with results, and
the stops in the middle pass quickly: therefore seconds for each of the 25 positions and frames drawn a second stand
beside each other. Without numbers comes nearest to what ManimML shows; with numbers is what the film does.

ManimML's own forward pass stops under manim 0.22, at a group without animations. What is timed here is the part of it
that makes the filter go.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import av

from benchmarks.environment import UnavailableError, environment, run
from benchmarks.measure import Measure, Peer
from benchmarks.timing import in_turns

PEER, VERSION = "ManimML", "0.0.24"
POSITIONS = 25
RUNS = 3

OURS = {"without numbers": "WithoutNumbers", "with numbers": "WithNumbers"}


def measures() -> Iterator[Measure]:
    """Measure both, ours with and without numbers."""
    sides = {name: Side(sys.executable, "sliding_worker.py", scene) for name, scene in OURS.items()}
    skipped = ""
    try:
        theirs = Side(
            str(environment("manimml", [f"manim-ml=={VERSION}"], ours_too=True)), "manimml_worker.py", "Sliding"
        )
        theirs.render()
        sides[PEER] = theirs
    except UnavailableError as error:
        skipped = str(error)
    seconds = in_turns({name: side.render for name, side in sides.items()}, RUNS)
    for name in OURS:
        for what, unit in (("wall for each position", "s"), ("frames drawn", "frames/s")):
            ours = sides[name].samples(seconds[name], unit)
            if skipped:
                peer, note = Peer(PEER, skipped=skipped), ""
            else:
                peer = Peer(f"{PEER} {VERSION}", sides[PEER].samples(seconds[PEER], unit))
                note = f"{sides[name].frames} frames, {PEER}'s {sides[PEER].frames}; each with the start of its process"
            yield Measure(f"3×3 over 7×7, {name}: {what}", unit, ours, peer, note=note)


class Side:
    """A scene in a file of this folder, and the Python that has what it needs."""

    def __init__(self, python: str, file: str, scene: str) -> None:
        """Nothing is rendered yet."""
        self.command = [python, "-m", "manim", "render", "-ql", "--disable_caching", "-v", "WARNING"]
        self.scene = [str(Path(__file__).with_name(file)), scene]
        self.frames = 0

    def render(self) -> float:
        """Render it into a folder of its own, and give the seconds that it took."""
        with tempfile.TemporaryDirectory() as media:
            start = time.perf_counter()
            run([*self.command, "--media_dir", media, *self.scene])
            seconds = time.perf_counter() - start
            (video,) = Path(media, "videos").glob(f"*/480p15/{self.scene[-1]}.mp4")
            with av.open(video) as container:
                self.frames = sum(1 for _ in container.decode(video=0))
        return seconds

    def samples(self, seconds: Sequence[float], unit: str) -> list[float]:
        """Give wall seconds for each position, or frames for each second."""
        return [self.frames / run if unit == "frames/s" else run / POSITIONS for run in seconds]
