"""Planning flights, beside rendering them: all symbols of an equation fly out of image and filter, past three lines.

Rendered is what `make render` makes by default, 720p30 with its encoding. A clip has other scenes than flights, too: of
its whole time planning is a smaller part than here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import manim
from manim import FadeIn, tempconfig

from benchmarks.measure import Measure, Peer, Target
from benchmarks.timing import ready, timed
from scenes._mobjects.flights import Flight, plan
from scenes._pictures.desk import Desk
from scenes._stage.viewpoint import Viewpoint
from scenes._words.subject import Subject

RUN_TIME = 2.8
SIZE = {"pixel_width": 1280, "pixel_height": 720, "frame_rate": 30}


class LastLine(Viewpoint):
    """Three equations stand, the fourth is written."""

    def construct(self) -> None:
        """Write it."""
        self.step("fly", "All symbols of a sum come out of the image and the filter.")
        desk = Desk(self.subject)
        *written, last = desk.lines
        self.add(desk.image, desk.filter, *written, last.result)
        self.play(plan(flights(desk), self.mobjects, RUN_TIME), FadeIn(last.equals), run_time=RUN_TIME)


def flights(desk: Desk) -> list[Flight]:
    """Everything that the last line takes from image and filter."""
    line = desk.lines[-1]
    found = [Flight(desk.filter.biases[line.equation.filter], line.bias, True)]
    for term, weight, pixel in zip(line.terms, line.weights, line.pixels, strict=True):
        found.append(Flight(desk.filter.grid.cells[term.weight], weight, True))
        found.append(Flight(desk.image.pixels[term.pixel], pixel, True))
    return found


def measures() -> Iterator[Measure]:
    """Plan, and render the whole scene, in turns."""
    with _own_folder():
        desk = Desk(Subject(LastLine.convolution))
        *written, last = desk.lines
        standing = [desk.image, desk.filter, *written, last.result]
        sides = {
            "plan": ready(lambda: plan(flights(desk), standing, RUN_TIME)),
            "render": ready(lambda: LastLine().render()),
        }
        seconds = timed(sides, runs=7)
    note = f"{len(flights(desk))} flights in {RUN_TIME} s of film"
    peer = Peer("rendering them at 720p30", seconds["render"])
    yield Measure("plan(), an equation from image and filter", "s", seconds["plan"], peer, Target(0.1), note)


@contextmanager
def _own_folder() -> Iterator[None]:
    level = manim.logger.level
    manim.logger.setLevel("WARNING")
    with (
        tempfile.TemporaryDirectory() as media,
        tempconfig({**SIZE, "disable_caching": True, "media_dir": media, "progress_bar": "none"}),
    ):
        yield
    manim.logger.setLevel(level)
