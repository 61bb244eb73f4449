"""What an activation makes of the results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from manim import Create, FadeIn, FadeOut, LaggedStart, VMobject

from cnnmath.activations import CURVES, Kind
from scenes._mobjects.grids import result_grid
from scenes._mobjects.handing import grid_becomes, turn_label
from scenes._mobjects.motion import SECOND_HALF, Moves
from scenes._pictures.activation_stage import ActivationStage
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.to_the_curve import ToTheCurve
from scenes._words import activations as said


class Activation(Viewpoint):
    """An activation changes each result by itself: ReLU lets what is above zero pass and makes zero of the rest."""

    activation: ClassVar[Kind] = "relu"
    """Which one: "relu", "leaky_relu", "sigmoid" or "tanh"."""

    def construct(self) -> None:
        """Take the results of a convolution to the curve one by one, and see what becomes of them."""
        self.results()
        self.curve()
        self.first()
        if self.acts.others:
            self.others()
        if self.acts.telling is not None:
            self.below()
        self.as_map()

    def check(self) -> None:
        """Refuse an activation that there is none of."""
        super().check()
        if self.activation not in CURVES:
            known = ", ".join(map(repr, CURVES))
            raise ValueError(f"{type(self).__name__}.activation is {self.activation!r}; expected any of {known}")

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.acts = said.Activations(self.convolution, self.activation)
        self.stage = ActivationStage(self.acts)
        yield Trio(self.subject)
        yield self.stage

    def results(self) -> None:
        """The results stand there, as their filter has left them."""
        stage, trio = self.stage, Trio(self.subject)
        self.show_title("The activation")
        self.step("results", said.results_seen(self.acts))
        self.play(FadeIn(trio), run_time=1.0)
        lettered = result_grid(self.subject, stage.result.side, stage.stacks).move_to(stage.result)
        self.play(*(FadeOut(part) for part in (trio.filter, trio.image, *trio.captions)), run_time=0.8)
        here = stage.result if self.subject.numeric or lettered.shaded or stage.result.shaded else lettered
        self.play(*grid_becomes(trio.result, here), FadeIn(stage.captions[0], rate_func=SECOND_HALF), run_time=1.2)
        if here is lettered:
            pairs = zip(lettered.cells, stage.result.cells, strict=True)
            turns = [move for pair in pairs for move in turn_label(*pair)]
            self.play(LaggedStart(*turns, lag_ratio=0.1), run_time=1.2)
        self.settle(stage.result, stage.captions[0])

    def curve(self) -> None:
        """Two rulers, and the curve over them."""
        self.step("curve", said.curve(self.acts))
        stage = self.stage
        self.play(FadeIn(stage.plot), run_time=0.8)
        self.play(Create(stage.curve), FadeIn(stage.formula, rate_func=SECOND_HALF), run_time=1.6)
        self.story = ToTheCurve(self, stage)

    def first(self) -> None:
        """The first result goes its way, slowly."""
        self.step("first", said.first(self.acts))
        stage = self.stage
        stage.activation.blank()
        self.play(FadeIn(stage.activation.boxes), FadeIn(stage.captions[1]), run_time=0.6)
        self.story.go(0, 1.0)

    def others(self) -> None:
        """The others, faster; where they are many, most of them in a sweep."""
        self.step("others", said.others(self.acts))
        one_by_one, rest = said.sequence(self.acts, self.story.FEW)
        for index in one_by_one:
            self.story.go(index, 0.45)
        if rest:
            self.story.run(rest)

    def below(self) -> None:
        """The one on the other side of zero."""
        self.step("below", said.below(self.acts))
        assert self.acts.telling is not None, "there is one on the other side of zero"
        self.story.go(self.acts.telling, 0.9)

    def as_map(self) -> None:
        """Both grids in shades: what was found where."""
        self.step("map", said.as_map(self.acts))
        stage = self.stage
        shading: Moves = []
        for grid, values in ((stage.result, self.acts.before), (stage.activation, self.acts.after)):
            for cell, shade in zip(grid.cells, self.theme.shades(values), strict=True):
                shading.append(cell.box.animate.set_fill(shade))
                if cell.label:
                    shading.append(cell.label.animate.set_fill(self.theme.text_on(shade)))
        self.play(*self.story.leave(), run_time=0.5)
        self.play(*shading, *self.new_figure(said.fates_figure(self.acts)), run_time=1.4)
        self.settle(stage, *self.story.marks)
