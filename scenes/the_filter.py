"""The filter: weights and their bias."""

from __future__ import annotations

from collections.abc import Iterator

from manim import DOWN, Create, FadeIn, LaggedStart, ReplacementTransform, VMobject

from scenes._mobjects.motion import SECOND_HALF
from scenes._pictures.trio import ImageAlone, Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._words import grids as said
from scenes._words.figures import filter_figure, image_figure


class TheFilter(Viewpoint):
    """A filter is a small grid of weights and one bias: the numbers that a network learns."""

    def construct(self) -> None:
        """Weights beside the image, then the bias."""
        self.open()
        self.weights()
        self.bias()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Trio(self.subject, result=False)

    def open(self) -> None:
        """The last still of TheImage."""
        self.show_title("The image")
        self.start = ImageAlone(self.subject)
        self.show_figure(image_figure(self.convolution))
        self.add(self.start)

    def weights(self) -> None:
        """The image makes room; the weights appear one by one, each in its colour."""
        self.step("weights", said.weights(self.convolution, self.theme.palette))
        self.end = Trio(self.subject, result=False)
        image_caption = self.end.captions[1]
        self.play(
            *self.new_title("The filter"),
            *self.new_figure(None),
            ReplacementTransform(self.start.image, self.end.image),
            FadeIn(image_caption, rate_func=SECOND_HALF),
            run_time=1.4,
        )
        cells = self.end.filter.grid.cells
        self.play(LaggedStart(*(FadeIn(cell, scale=0.6) for cell in cells), lag_ratio=0.35), run_time=2.2)

    def bias(self) -> None:
        """The bias joins the weights in one frame."""
        self.step("bias", said.bias(self.convolution))
        filter_ = self.end.filter
        self.play(FadeIn(filter_.bias, shift=0.4 * DOWN), run_time=0.8)
        self.play(Create(filter_.frame), run_time=1.2)
        self.play(FadeIn(self.end.captions[0]), run_time=0.6)
        self.play(*self.new_figure(filter_figure(self.convolution)), run_time=0.8)
