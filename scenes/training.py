"""One step of learning, and many: why zeros stay zero, and why shared weights stay equal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, LaggedStart, VGroup, VMobject

from cnnmath.descent import Descent
from scenes._mobjects.motion import turn_over
from scenes._mobjects.plates import bright
from scenes._pictures.lesson import Errors, Falling, Wishes
from scenes._pictures.twins import Twins
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.falling import FallingLoss
from scenes._stories.wishing import Wishing
from scenes._words import training as said
from scenes._words.training import Lesson

MOST_STEPS = 40
"""Of one training: the fastest of them still takes a moment."""


class Training(Viewpoint):
    """Zeros stay zero because they are no weights; copies stay equal because one weight takes the sum of all wishes."""

    wanted: ClassVar[Any] = ((10, 15), (20, -20))
    """What the layer should give: a number for each result, in rows and columns."""
    rate: ClassVar[float] = 0.005
    """The learning rate."""
    steps: ClassVar[int] = 13
    """How many steps are taken in all; the first one slowly."""
    most_channels: ClassVar[int] = 1
    most_filters: ClassVar[int] = 1

    def construct(self) -> None:
        """Wishes, two rules, one step; then many steps, and what would be without the rules."""
        self.show_title("Training")
        self.errors()
        self.loss()
        self.wishes()
        if self.convolution.counts.zeros:
            self.zeros()
        self.shared()
        self.others()
        self.one_step()
        self.copies()
        self.better()
        if self.steps > 1:
            self.more()
        if not said.is_dense_already(self.lesson):
            self.dense()
            self.answer()

    def check(self) -> None:
        """Read what is wanted, the rate and the steps."""
        super().check()
        shape = self.convolution.output_shape
        wanted = np.asarray(self.wanted, dtype=float)
        if wanted.shape == shape[1:]:
            wanted = wanted.reshape(shape)
        if wanted.shape != shape:
            raise ValueError(
                f"{type(self).__name__} wants a number for each result, {shape[1:]} in rows and columns; "
                f"got wanted of the shape {wanted.shape}"
            )
        if not isinstance(self.steps, int) or isinstance(self.steps, bool) or not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(f"{type(self).__name__} takes from 1 to {MOST_STEPS} steps; got steps = {self.steps!r}")
        if not 0 < self.rate < np.inf:
            raise ValueError(f"{type(self).__name__} takes a rate above 0; got rate = {self.rate!r}")
        descent = Descent(self.convolution, wanted, self.rate)
        self.lessons = [Lesson(step) for step in descent.steps(self.steps + 1)]
        self.lesson = self.lessons[0]
        if not self.lesson.descent.differences.any():
            raise ValueError(f"{type(self).__name__} has nothing to learn: the results are what is wanted already")

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.start = Errors(self.lesson)
        yield self.start
        self.wished = Wishes(self.lesson)
        yield self.wished
        self.falling = Falling(self.lesson, self.lessons)
        yield self.falling
        self.twins = Twins(self.lesson)
        yield self.twins

    def errors(self) -> None:
        """What the layer gives, what it should, and the difference."""
        self.step("errors", said.errors(self.lesson))
        start = self.start
        parts, names, labels = start.parts, start.names, start.labels
        self.play(FadeIn(parts["filter"]), FadeIn(names["filter"]), *map(FadeIn, labels["filter"]), run_time=0.9)
        self.play(FadeIn(start.matrix), *map(FadeIn, start.entries.values()), run_time=0.9)
        for kind in ("result", "wanted"):
            self.play(FadeIn(parts[kind]), FadeIn(names[kind]), *map(FadeIn, labels[kind]), run_time=0.9)
        self.play(FadeIn(parts["error"]), FadeIn(names["error"]), run_time=0.5)
        self.play(LaggedStart(*(FadeIn(glyph, scale=0.6) for glyph in labels["error"]), lag_ratio=0.4), run_time=1.6)
        self.settle(start)

    def loss(self) -> None:
        """Half the sum of the squared errors."""
        self.step("loss", said.loss(self.lesson))
        frame = bright(self.start.parts["error"], 0.06)
        self.play(FadeIn(frame), run_time=0.6)
        self.play(*self.new_figure(said.loss_figure(self.lesson)), run_time=1.0)
        self.wait(1.4)
        self.play(FadeOut(frame), run_time=0.5)

    def wishes(self) -> None:
        """Every entry wishes, the zeros too."""
        self.step("wishes", said.wishes())
        self.story = Wishing(self, self.lesson, self.wished)
        self.play(
            *self.new_title("Every entry has a wish"),
            *self.new_figure(None),
            *self.story.begin(self.start),
            run_time=1.8,
        )
        self.story.settle()
        self.story.wish()
        self.play(*self.new_figure(said.wishes_figure(self.lesson)), run_time=0.6)

    def zeros(self) -> None:
        """The first rule: zeros are no weights."""
        self.step("zeros", said.zeros(self.convolution))
        self.play(*self.new_title("Zeros are no weights"), *self.new_figure(None), run_time=0.8)
        self.story.cross_out()
        self.play(*self.new_figure(said.counted_figure(self.lesson)), run_time=0.6)

    def shared(self) -> None:
        """The second rule: a weight takes the sum of the wishes of all its places."""
        self.step("shared", said.shared(self.lesson))
        title, gradient = self.new_title(said.places_title(self.lesson)), self.story.show_gradient()
        self.play(*title, *self.new_figure(None), *gradient, run_time=1.0)
        self.story.add_up(self.lesson.told, 1.5)

    def others(self) -> None:
        """The other weights, and the bias."""
        self.step("others", said.others(self.lesson))
        self.story.add_up_rest(self.lesson.told)
        self.play(*self.new_figure(said.sums_figure(self.lesson)), run_time=0.6)

    def one_step(self) -> None:
        """Every weight moves against its gradient."""
        self.step("step", said.step(self.lesson))
        self.play(*self.new_title("One step"), *self.new_figure(said.rate_figure(self.lesson)), run_time=0.8)
        self.story.step(self.lesson.told)

    def copies(self) -> None:
        """The places take their values from the filter."""
        self.step("copies", said.copies(self.lesson))
        self.play(*self.new_figure(None), run_time=0.5)
        self.story.copy(self.lesson.told)

    def better(self) -> None:
        """Results move, and the loss falls; with too large a step it would not."""
        self.step("better", said.better(self.lesson))
        self.curve = FallingLoss(self, self.lessons, self.falling)
        self.play(*self.new_title("The loss"), *self.curve.begin(self.story), run_time=1.5)
        self.curve.settle()
        self.curve.first()
        if said.is_too_large(self.lesson):
            self.curve.twice()

    def more(self) -> None:
        """Many steps."""
        self.step("more", said.more(self.lessons))
        self.play(*self.new_title("Step by step"), *self.new_figure(None), *self.curve.forget(), run_time=0.8)
        self.curve.more()
        self.play(*self.new_figure(said.end_figure(self.lessons)), run_time=0.6)

    def dense(self) -> None:
        """A dense layer has no such rules."""
        self.step("dense", said.dense(self.lesson))
        twins = self.twins
        before = twins.before
        bodies = VGroup(*twins.plates.values(), twins.names, twins.dots)
        gone = [*map(FadeOut, self.curve.standing()), *self.curve.forget()]
        self.play(*self.new_title("Without the rules"), *self.new_figure(None), *gone, run_time=1.0)
        self.play(FadeIn(bodies), *(FadeIn(glyph) for labels in before.values() for glyph in labels.values()))
        for kind in before:
            turns = [turn_over(before[kind][place], twins.after[kind][place]) for place in twins.turning(kind)]
            self.play(*twins.fill(kind), LaggedStart(*turns, lag_ratio=0.06), run_time=1.8)
        self.settle(twins)

    def answer(self) -> None:
        """The clip in one line."""
        self.step("answer", said.answer(self.lesson))
        twins, weight = self.twins, self.lesson.told
        frames = VGroup(*(bright(twins.plates[k].at(*p)) for k in twins.plates for p in twins.copies(k, weight)))
        title, figure = said.answer_title(self.lesson), said.answer_figure(self.lesson)
        self.play(*self.new_title(title), *self.new_figure(figure), run_time=1.0)
        self.play(LaggedStart(*map(FadeIn, frames), lag_ratio=0.15), run_time=1.2)
