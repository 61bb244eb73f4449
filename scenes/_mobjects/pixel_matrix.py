"""A whole weight matrix as a small picture: a coloured pixel for each weight, a grey dot for each untrainable zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Animation, Rectangle, Square, VGroup, VMobject

from cnnmath.values import Ints
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER, WINDOW_LAYER

_FILLED, _DOT = 0.84, 0.34
"""Side of a weight's pixel and of a zero's dot, in parts of its cell."""
_CORNERS = np.array([[-1, 1], [1, 1], [1, -1], [-1, -1], [-1, 1]]) / 2
_LONGEST, _LARGEST = 2.5, 0.34
"""A cell's sides differ at most by this factor; the longer one is at most so long."""
MARGIN = 0.06
"""From the entries to the border."""
_FINE, _THINNEST = 0.06, 0.009
"""Cells smaller than the first have neither gaps nor dots: zeros are one grey ground, and a weight's pixel is at least
as large as the second, so that no band falls between the pixels of the screen."""


class PixelMatrix(VGroup):
    """The matrix: equal weights are one shape with many parts, so that even a large matrix is drawn fast.

    `shown` says which entries are there; `reveal` changes it. `fine` is for pictures that turn into each other.
    """

    def __init__(self, sharing: Ints, cell: tuple[float, float], fine: bool | None = None) -> None:
        self.sharing, self.cell = sharing, cell
        self.fine = min(cell) < _FINE if fine is None else fine
        self.shown = np.ones(sharing.shape, dtype=bool)
        rows, columns = sharing.shape
        wide, tall = columns * cell[0], rows * cell[1]
        look = theme()
        self.border = Rectangle(
            width=wide + 2 * MARGIN, height=tall + 2 * MARGIN, stroke_color=look.line, stroke_width=2
        )
        self.weights = [int(weight) for weight in np.unique(sharing)]
        self.shapes = [self._shape(weight) for weight in self.weights]
        super().__init__(self.border, *self.shapes)

    def _shape(self, weight: int) -> VMobject:
        """All entries of one weight; −1 gives the zeros."""
        look = theme()
        color = look.weight(weight) if weight >= 0 else look.tint(look.zero) if self.fine else look.zero
        shape = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        shape.points = self._outlines(weight, self.shown)
        return shape

    def _outlines(self, weight: int, shown: Any) -> np.ndarray:
        """The outlines of those entries of a weight that are shown, around the matrix's middle."""
        there = shown & (self.sharing == weight)
        if weight < 0 and self.fine:
            places, sides = self._ground(shown.any(axis=1))
        else:
            places, sides = self._middle(*np.nonzero(there)), np.array([self._side(weight)])
        outlines = places[:, None, :] + _CORNERS[None] * sides[:, None, :]
        starts, ends = outlines[:, :-1, None], outlines[:, 1:, None]
        curves = starts + (ends - starts) * np.linspace(0, 1, 4)[:, None]
        points = np.zeros((curves.size // 2, 3))
        points[:, :2] = curves.reshape(-1, 2)
        points += self.border.get_center()
        return points

    def _side(self, weight: int) -> np.ndarray:
        """Width and height of a weight's pixel, or of a zero's dot."""
        if weight < 0:
            return np.full(2, _DOT * min(self.cell))
        return np.maximum(np.array(self.cell) * (1 if self.fine else _FILLED), _THINNEST)

    def _ground(self, rows: Any) -> tuple[np.ndarray, np.ndarray]:
        """Middles and sizes of the blocks of rows that are there."""
        steps = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(int))).reshape(-1, 2)
        columns = self.sharing.shape[1]
        middles = self._middle((steps.sum(axis=1) - 1) / 2, np.full(len(steps), (columns - 1) / 2))
        tall = (steps[:, 1] - steps[:, 0]) * self.cell[1]
        return middles, np.stack([np.full(len(steps), columns * self.cell[0]), tall], axis=1)

    def reveal(self, shown: Any) -> PixelMatrix:
        """Leave only these entries there, as a mask."""
        self.shown = np.array(np.broadcast_to(shown, self.sharing.shape))
        for weight, shape in zip(self.weights, self.shapes, strict=True):
            shape.points = self._outlines(weight, self.shown)
        return self

    def reveal_rows(self, count: int) -> PixelMatrix:
        """Leave only so many rows there."""
        return self.reveal(np.arange(len(self.sharing))[:, None] < count)

    def part(self, shown: Any) -> VGroup:
        """Some entries as shapes of their own, one a weight."""
        part = VGroup()
        for weight, shape in zip(self.weights, self.shapes, strict=True):
            points = self._outlines(weight, np.broadcast_to(shown, self.sharing.shape))
            if len(points):
                copy = shape.copy()
                copy.points = points
                part.add(copy)
        return part

    def of_weights(self, weights: Iterable[int]) -> list[VMobject]:
        """The shapes of some weights; −1 is that of the zeros."""
        return [shape for weight, shape in zip(self.weights, self.shapes, strict=True) if weight in set(weights)]

    def square(self, row: int, column: int) -> Square:
        """An entry as a square of its own, where it stands; a zero's is as large as its dot."""
        weight, look = int(self.sharing[row, column]), theme()
        color = look.weight(weight) if weight >= 0 else look.zero
        square = Square(float(min(self._side(weight))), fill_color=color, fill_opacity=1, stroke_width=0)
        return square.move_to(self.place(row, column)).set_z_index(BOX_LAYER)

    def place(self, row: float, column: float) -> np.ndarray:
        """The middle of an entry."""
        x, y = self._middle(np.array(row), np.array(column))
        return np.asarray(self.border.get_center() + np.array([x, y, 0.0]))

    def _middle(self, rows: Any, columns: Any) -> np.ndarray:
        """The middles of cells in a matrix around the origin."""
        size = np.array(self.sharing.shape)
        x = (columns + 0.5 - size[1] / 2) * self.cell[0]
        y = (size[0] / 2 - rows - 0.5) * self.cell[1]
        return np.stack([x, y], axis=-1)

    def _block(self, top: int, bottom: int, left: int, right: int, **looks: Any) -> Rectangle:
        """A rectangle over some rows and columns."""
        corners = self._middle(np.array([top, bottom - 1]), np.array([left, right - 1]))
        wide, tall = np.abs(corners[1] - corners[0]) + self.cell
        block = Rectangle(width=wide + MARGIN, height=tall + MARGIN, **looks)
        return block.move_to(self.border.get_center() + np.array([*corners.mean(0), 0.0]))

    def row_mark(self, row: int) -> Rectangle:
        """A bright frame around one row."""
        return self._block(row, row + 1, 0, self.sharing.shape[1], **_mark())

    def column_mark(self, column: int) -> Rectangle:
        """A bright frame around one column."""
        return self._block(0, self.sharing.shape[0], column, column + 1, **_mark())

    def curtain(self, done: int) -> VMobject:
        """What hides the rows that are not there yet."""
        rows, columns = self.sharing.shape
        if done >= rows:
            return VMobject()
        look = theme()
        cover = self._block(done, rows, 0, columns, fill_color=look.background, fill_opacity=1, stroke_width=0)
        return cover.stretch_to_fit_width(cover.width + 0.01).set_z_index(WINDOW_LAYER - 0.5)

    def turned(self) -> PixelMatrix:
        """The transposed matrix around the same middle, as `TurnAboutDiagonal` leaves this one."""
        return PixelMatrix(self.sharing.T, (self.cell[1], self.cell[0])).move_to(self.border.get_center())


def _mark() -> dict[str, Any]:
    return {"stroke_color": theme().accent, "stroke_width": 3, "fill_opacity": 0, "z_index": FRAME_LAYER}


def cell_for(sharing: Ints, wide: float, tall: float, turning: bool) -> tuple[float, float]:
    """Width and height of a cell, such that the matrix fits; `turning`, that its transpose fits too."""
    rows, columns = sharing.shape
    width = min(_LARGEST, wide / columns, tall / columns if turning else _LARGEST)
    height = min(_LARGEST, tall / rows, wide / rows if turning else _LARGEST)
    return min(width, _LONGEST * height), min(height, _LONGEST * width)


class TurnAboutDiagonal(Animation):
    """Turn a flat thing over about its falling diagonal: what was a row becomes a column."""

    def interpolate_mobject(self, alpha: float) -> None:
        """Points keep their place along the diagonal; across it they come to the other side."""
        across = np.cos(np.pi * self.rate_func(alpha))
        middle = self.starting_mobject.get_center()
        pairs = zip(
            self.mobject.family_members_with_points(),
            self.starting_mobject.family_members_with_points(),
            strict=True,
        )
        for part, start in pairs:
            x, y, z = (start.points - middle).T
            along, off = (x - y) / 2, across * (x + y) / 2
            part.points = np.stack([along + off, off - along, z], axis=1) + middle
