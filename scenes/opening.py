"""The title card."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from manim import DOWN, RIGHT, UP, AnimationGroup, FadeIn, LaggedStart, VGroup, VMobject

from scenes._film import TITLE
from scenes._look.frame import frame
from scenes._mobjects.edges import GrowEdge
from scenes._mobjects.equations import compact_equation, fitting
from scenes._mobjects.grids import ImageGrid
from scenes._mobjects.matrix import GAP, Matrix
from scenes._mobjects.motion import fly
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.text import TEXT_SIZE, TITLE_SIZE, Glyph, Line, words
from scenes._stage.viewpoint import Viewpoint, shows_rounded
from scenes._words.subject import Subject


class Card(NamedTuple):
    """How the card is laid out: the title, the three pictures, and the room between two of them."""

    line: int
    """Characters in a line of the title's first half, and its size and height."""
    size: float
    title_y: float
    tall: float
    wide: tuple[float, float, float]
    between: float
    middle: float


CARDS = {
    "wide": Card(32, 1.5 * TITLE_SIZE, 2.45, 2.9, (3.2, 4.6, 3.0), 0.8, -0.75),
    "square": Card(16, 0.68, 2.5, 2.5, (2.2, 2.65, 1.5), 0.22, -0.75),
    "tall": Card(16, 0.7, 5.3, 2.5, (3.0, 6.0, 4.4), 0.55, -0.75),
}
"""By the shape of the picture; in a tall one the pictures stand below each other."""


def title_lines(most: int) -> list[str]:
    """Break the title where its sense does.

    >>> title_lines(16)
    ['Convolutional', 'neural networks', 'from different viewpoints']
    """
    what, how = TITLE.split(" from ")
    return [*wrap(what, most), f"from {how}"]


def bare(picture: VMobject) -> VMobject:
    """Take all text out of a picture: here it is an emblem, too small to be read."""
    for part in picture.get_family():
        part.remove(*(text for text in part.submobjects if isinstance(text, Glyph)))
    return picture


class Opening(Viewpoint):
    """One convolution can be seen as a filter, as a sum, as a matrix and as a network."""

    most_channels = most_filters = 1

    def construct(self) -> None:
        """The title with its emblems."""
        self.build()
        self.title()

    def pictures(self) -> Iterator[VMobject]:
        """The still that must be readable."""
        self.build()
        yield self.card

    def check(self) -> None:
        """So many that the emblems can be told apart."""
        super().check()
        self.limit("pixels", self.convolution.counts.pixels, 36)
        self.limit("results", self.convolution.counts.results, 16)

    def build(self) -> None:
        """Lay the card out: title, the three emblems, the first sum."""
        conv, subject, card = self.convolution, self.subject, CARDS[frame().name]
        self.lines = VGroup(*(words(line, card.size, key=("title",)) for line in title_lines(card.line)))
        self.lines.arrange(DOWN, buff=0.3 if frame().wide else 0.24).move_to(UP * card.title_y)
        rows, columns = conv.padded_shape[1:]
        results, pixels = conv.sharing.shape
        self.image = ImageGrid(subject, min(card.tall / rows, card.wide[0] / columns))
        self.patch = self.image.patch(0)
        self.matrix = Matrix(subject, min(card.tall / results, card.wide[1] / pixels) / (1 + GAP), named=False)
        self.graph = NetworkGraph(subject, card.wide[2], card.tall)
        emblems = VGroup(bare(VGroup(self.image, self.patch)), bare(self.matrix), bare(self.graph))
        emblems.arrange(DOWN if frame().tall else RIGHT, buff=card.between).move_to(UP * card.middle)
        self.graph.draw_edges()
        self.sum = self.first_sum(subject)
        if shows_rounded([self.sum]):
            # There is no other title here that could say so.
            self.sum = self.first_sum(Subject(conv))
        self.sum.move_to(UP * frame().figure_y)
        self.card = VGroup(self.lines, emblems, self.sum)

    def first_sum(self, subject: Subject) -> Line:
        """The first sum, as large as fits."""
        first = self.convolution.equations()[0]
        return fitting(lambda size: compact_equation(first, subject, size), 1.4 * TEXT_SIZE, frame().stage_width)

    def title(self) -> None:
        """The film's title; the filter unrolls into the matrix, and the network grows its edges."""
        self.step("title", "One small convolution from different viewpoints: a filter, a sum, a matrix, a network.")
        self.play(FadeIn(self.lines, shift=0.2 * UP), run_time=1.2)
        self.play(FadeIn(self.image), run_time=0.6)
        self.play(FadeIn(self.patch), FadeIn(self.sum), run_time=0.8)
        shares = [fly(part[0], cell.box) for w, part in enumerate(self.patch) for cell in self.matrix.of_weight(w)]
        self.play(
            LaggedStart(*shares, lag_ratio=0.08),
            FadeIn(VGroup(*self.matrix.zeros)),
            run_time=1.6,
        )
        self.play(FadeIn(VGroup(*self.graph.inputs, *self.graph.outputs)), run_time=0.6)
        self.play(AnimationGroup(*(GrowEdge(edge) for edge in self.graph.edges)), run_time=1)
