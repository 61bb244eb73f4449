"""One line of working: numbers fly into it, and what it comes to flies on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, Mobject

from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import FIRST_HALF, LATE, SECOND_HALF, Moves
from scenes._mobjects.text import Glyph
from scenes._mobjects.wish_sums import Sum
from scenes._stage.viewpoint import TICK, Viewpoint


class Working:
    """The line at its place, and the frames around what it is about."""

    def __init__(self, scene: Viewpoint, place: np.ndarray) -> None:
        self._scene, self._place = scene, place
        self._line: Sum | None = None
        self.frames: list[Mobject] = []

    def standing(self) -> list[Mobject]:
        """What of it is there."""
        return [*([self._line] if self._line else []), *self.frames]

    def clear(self) -> Moves:
        """It leaves, with its frames."""
        gone, self._line, self.frames = self.standing(), None, []
        return [FadeOut(part, rate_func=FIRST_HALF) for part in gone]

    def frame(self, frames: Sequence[Mobject], run_time: float) -> None:
        """Frames light up, and what stood on the line leaves."""
        gone = self.clear()
        self.frames = [*frames]
        self._scene.play(*gone, *(FadeIn(frame, rate_func=SECOND_HALF) for frame in frames), run_time=run_time)

    def write(self, line: Sum, sources: Sequence[Glyph | None], run_time: float, then: float) -> None:
        """A line comes: copies of its sources fly into it, what has none appears; then what it comes to.

        What stood on the line must have left. The flights take `run_time` seconds, the end of the line `then`.
        """
        scene, self._line = self._scene, line
        line.move_to(self._place)
        pairs = [*zip(sources, line.terms, strict=True)]
        flights = [Flight(source, goal, True) for source, goal in pairs if source is not None]
        others = [*line.signs, *(goal for source, goal in pairs if source is None)]
        scene.play(
            plan(flights, scene.mobjects, run_time),
            *(FadeIn(part, rate_func=LATE) for part in others),
            run_time=run_time,
        )
        scene.play(FadeIn(line[-2]), FadeIn(line.total), run_time=then)

    def land(self, goal: Glyph, *others: Any, run_time: float) -> None:
        """A copy of what the line comes to flies to its place; the line stays until the next one comes."""
        assert self._line is not None
        flight = plan([Flight(self._line.total, goal, True)], self._scene.mobjects, run_time)
        self._scene.play(*others, flight, run_time=run_time)
        self._scene.wait(2 * TICK)
