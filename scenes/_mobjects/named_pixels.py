"""A matrix that is too large for labelled cells: coloured pixels between strips of shades, with its true counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    FadeIn,
    LaggedStart,
    Rectangle,
    ReplacementTransform,
    Scene,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from cnnmath import Convolution
from scenes._look.theme import theme
from scenes._mobjects.cells import Cell
from scenes._mobjects.matrix_picture import MatrixPicture, Place
from scenes._mobjects.motion import DIVE, Moves, fly
from scenes._mobjects.pixel_matrix import PixelMatrix
from scenes._mobjects.shades import Shade, Strip
from scenes._mobjects.text import Glyph, words
from scenes._words.digits import result_values

STRIP, GAP, BETWEEN = 0.26, 0.14, 0.16
"""Thickness of the strips beside the matrix, their distance from it, and that of the captions."""
COUNT_SIZE = 0.38
"""Of the captions that say how many there are, in em."""


def is_fine(conv: Convolution) -> bool:
    """Whether the entries stand without gaps and dots: the same in all pictures, as they turn into each other."""
    results, pixels = conv.sharing.shape
    return bool(results > 70 or pixels > 90)


def count_caption(text: str) -> Glyph:
    """A muted text that says how many there are."""
    return words(text, COUNT_SIZE, theme().muted, key=("count",))


class NamedPixels(MatrixPicture):
    """The matrix as pixels of a `side`; `named`: with strips for pixels and results, and captions with their counts."""

    few_rows = 3

    def __init__(self, conv: Convolution, side: float, named: bool = True) -> None:
        self.conv, self.side = conv, side
        self.pixels = PixelMatrix(conv.sharing, (side, side), is_fine(conv))
        self.sharing = conv.sharing
        self.body = VGroup(*self.pixels.shapes)
        self.outline, self.counts = VGroup(self.pixels.border), VGroup()
        self.header, self.rows = [], []
        self.strips: tuple[Strip, ...] = ()
        if named:
            self._name()
        super().__init__(self.body, *self.header, *self.rows, *self.outline, *self.counts)

    def _name(self) -> None:
        """The strips and the captions."""
        conv, look, border = self.conv, theme(), self.pixels.border
        header = Strip(look.shades(conv.image.ravel().tolist()), self.side, STRIP, down=False)
        rows = Strip(look.shades(result_values(conv)), self.side, STRIP, down=True)
        header.next_to(border, UP, buff=GAP)
        rows.next_to(border, RIGHT, buff=GAP)
        self.header, self.rows, self.strips = header.cells, rows.cells, (header, rows)
        self.outline.add(header.border, rows.border)
        columns, lines = map(count_caption, names_of(conv))
        self.counts.add(columns.next_to(header, UP, buff=BETWEEN), lines.next_to(border, DOWN, buff=BETWEEN))

    def place(self, result: int, pixel: int) -> np.ndarray:
        """The middle of an entry."""
        return self.pixels.place(result, pixel)

    def reveal(self, mask: Any) -> Self:
        """Leave only the entries of the mask there."""
        self.pixels.reveal(mask)
        return self

    def parted(self, mask: Any) -> tuple[VGroup, VGroup]:
        """Copies of those of the mask that are there, and of the others."""
        there = self.pixels.shown
        return self.pixels.part(there & mask), self.pixels.part(there & ~np.asarray(mask))

    def take(self, places: Iterable[Place]) -> dict[Place, Cell]:
        """Squares of their own where these entries are."""
        taken: dict[Place, Cell] = {place: Shade(self.pixels.square(*place), self.side) for place in places}
        shown = self.pixels.shown.copy()
        for place in taken:
            shown[place] = False
        self.reveal(shown)
        return taken

    def turn_into(self, other: MatrixPicture) -> Moves:
        """Shape by shape."""
        if not isinstance(other, NamedPixels):
            raise ValueError(f"a matrix of pixels cannot become a {type(other).__name__}; expected one of pixels")
        moves: Moves = [ReplacementTransform(a, b) for a, b in zip(self.body, other.body, strict=True)]
        return [*moves, *(ReplacementTransform(a, b) for a, b in zip(self.outline, other.outline, strict=False))]

    def unroll(self, scene: Scene, result: int, parts: Mapping[int, VMobject], run_time: float) -> None:
        """The covered pixels' squares fly to their columns, from under the image; zeros appear in all others."""
        own = self.pixels.sharing[result]
        flights: Moves = [fly(part[0], self.pixels.square(result, pixel), lift=DIVE) for pixel, part in parts.items()]
        zeros = self.pixels.part(self.of_rows([result]) & (self.sharing < 0))
        scene.play(
            # Where the filter lies on padding alone, nothing flies.
            *([LaggedStart(*flights, lag_ratio=0.3)] if flights else []),
            *([FadeIn(zeros, rate_func=squish_rate_func(smooth, 0.3, 1))] if (own < 0).any() else []),
            run_time=run_time,
        )
        scene.remove(zeros, *(flight.mobject for flight in flights), *(f.target_mobject for f in flights))
        self.reveal_rows(result + 1)
        scene.add(self.body)

    def reveal_rows(self, count: int) -> Self:
        """Leave only so many rows there."""
        return self.reveal(self.of_rows(range(count)))

    def frame_of(self, result: int) -> Rectangle:
        """A bright frame around one row."""
        return self.pixels.row_mark(result)


def names_of(conv: Convolution) -> tuple[str, str]:
    """What the captions say of columns and rows."""
    return f"{conv.counts.pixels} columns: pixels", f"{conv.counts.results} rows: results"
