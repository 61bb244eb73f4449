"""How results move and the loss falls, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Create, FadeIn, FadeOut, LaggedStart, Mobject, ReplacementTransform, VMobject

from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, turn_over
from scenes._mobjects.text import Glyph
from scenes._pictures.lesson import KINDS, Falling
from scenes._pictures.loss_plot import LossPlot
from scenes._stage.viewpoint import TICK, Viewpoint
from scenes._stories.wishing import Wishing
from scenes._words.training import Lesson, falling_figure, loss_figure_after

_CHANGING = ("result", "error")
_PACE, _LEAST_PACE, _WHOLE = 0.4, 4 / 15, 3.6
"""Seconds of a fast step, at most and at least, and of all of them."""


class FallingLoss:
    """The filter and the results after the first step, and the curve of the loss."""

    def __init__(self, scene: Viewpoint, lessons: Sequence[Lesson], picture: Falling) -> None:
        self.scene, self.lessons, self.picture = scene, lessons, picture
        twice = lessons[0].twice.descent.loss
        self.plot = LossPlot([lesson.descent.loss for lesson in lessons], [twice], picture.layout["plot"])
        self.labels = {**picture.labels, "filter": self._made("filter", lessons[1])}
        self.curve: list[VMobject] = [self.plot.dot(0)]
        self.hollow: VMobject | None = None

    def _made(self, kind: str, lesson: Lesson) -> list[Glyph]:
        """The numbers of a part at a step."""
        pieces = lesson.parameters
        if kind in KINDS:
            pieces = [KINDS[kind](lesson, result) for result in range(lesson.conv.counts.results)]
        part = self.picture.parts[kind]
        return [part.label(which, piece) for which, piece in enumerate(pieces)]

    def standing(self) -> list[Mobject]:
        """All of it, as it is now."""
        written = [glyph for labels in self.labels.values() for glyph in labels]
        return [*self.picture.parts.values(), *self.picture.names.values(), *written, self.plot, *self.curve]

    def begin(self, old: Wishing) -> Moves:
        """The matrix has done its work; results stand beside the filter again, and the plot comes."""
        new = self.picture
        moves: Moves = []
        for kind in ("filter", "error"):
            moves.append(ReplacementTransform(old.picture.parts[kind], new.parts[kind]))
            moves.append(ReplacementTransform(old.picture.names[kind], new.names[kind]))
            moves += [ReplacementTransform(a, b) for a, b in zip(old.labels[kind], self.labels[kind], strict=True)]
        gone = [old.picture.parts["gradient"], old.picture.names["gradient"], *old.sums.values()]
        gone += [old.matrix, *old.entries.values()]
        moves += [FadeOut(part, rate_func=FIRST_HALF) for part in gone]
        for kind in ("result", "wanted"):
            coming = [new.parts[kind], new.names[kind], *self.labels[kind]]
            moves += [FadeIn(part, rate_func=SECOND_HALF) for part in coming]
        return [*moves, *(FadeIn(part, rate_func=SECOND_HALF) for part in (self.plot, *self.curve))]

    def first(self) -> None:
        """The first step: results and errors turn over, and the loss falls, or does not."""
        scene, lesson = self.scene, self.lessons[1]
        for kind in _CHANGING:
            new = self._made(kind, lesson)
            turns = [turn_over(a, b) for a, b in zip(self.labels[kind], new, strict=True)]
            scene.play(LaggedStart(*turns, lag_ratio=0.2), run_time=0.9)
            self.labels[kind] = new
            scene.wait(2 * TICK)
        self._grow(1, 0.8)
        scene.play(*scene.new_figure(loss_figure_after(self.lessons[0])), run_time=0.8)
        self.settle()

    def twice(self) -> None:
        """Where the loss would be after a step that is twice as large."""
        scene, lesson = self.scene, self.lessons[0]
        self.hollow = self.plot.dot(1, lesson.twice.descent.loss)
        scene.play(FadeIn(self.hollow, scale=2), *scene.new_figure(falling_figure(lesson)), run_time=0.8)
        self.settle(self.hollow)

    def _grow(self, step: int, run_time: float) -> None:
        piece, dot = self.plot.piece(step), self.plot.dot(step)
        self.scene.play(Create(piece), FadeIn(dot, rate_func=SECOND_HALF), run_time=run_time)
        self.curve += [piece, dot]

    def more(self) -> None:
        """All other steps, fast: the numbers change at once, and the curve grows."""
        count = len(self.lessons) - 2
        pace = max(_LEAST_PACE, min(_PACE, _WHOLE / count))
        for step, lesson in enumerate(self.lessons[2:], start=2):
            for kind in ("filter", *_CHANGING):
                new = self._made(kind, lesson)
                self.scene.remove(*self.labels[kind])
                self.scene.add(*new)
                self.labels[kind] = new
            self._grow(step, pace - 2 * TICK)
            # Long enough to be read, and between movements manim's times come out even.
            self.scene.wait(2 * TICK)
        self.settle()

    def forget(self) -> Moves:
        """The hollow point leaves."""
        gone, self.hollow = self.hollow, None
        return [FadeOut(gone)] if gone else []

    def settle(self, *others: Mobject) -> None:
        """Leave nothing but this in the scene."""
        self.scene.settle(*self.standing(), *others)
