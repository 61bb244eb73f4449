"""The sums that a matrix works out, one a row, their terms in columns: each entry beside the pixel of its column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, UP, Rectangle, VGroup

from cnnmath import Equation
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER
from scenes._mobjects.equations import long_equation, shown_terms, terms_of
from scenes._mobjects.text import Glyph, Line
from scenes._words.subject import Subject

_PAD, _SIGN, _TALL = 0.12, 1.0, 1.42
"""Left and right in a box, room for a sign between two boxes, and the height of a box; in em."""
Term = list[Glyph]


class Columns:
    """How wide the columns of a table are, in em: those of the terms, of the biases and of the results."""

    def __init__(self, subject: Subject, equations: Sequence[Equation]) -> None:
        lines = [bodies(long_equation(equation, subject, 1.0)) for equation in equations]
        wide = np.array([[VGroup(*body).width for body in line] for line in lines]).max(0)
        self.wide = [float(one) + 2 * _PAD for one in wide]
        self.terms = len(self.wide) - 2

    def total(self, most: int) -> float:
        """How wide the table is with at most so many terms, and dots in the place of others."""
        shown = shown_terms(self.terms, most)
        return sum(self.of(slot) for slot in [*shown, -2, -1]) + (len(shown) + 1) * _SIGN

    def of(self, slot: int | None) -> float:
        """How wide a column is; None is that of the dots."""
        return _SIGN if slot is None else self.wide[slot]


def bodies(line: Line) -> list[Term]:
    """The terms of a sum, its bias and its result, without the signs between them."""
    return [term if k == 0 else term[1:] for k, term in enumerate(terms_of(line))]


class SumTable(VGroup):
    """`lines[i]` is the i-th sum, `slots` the pixels of its terms, None for dots; `boxes[i][k]` that of the k-th.

    Behind the terms come the bias and the result. All lines have `most` terms at most, at a size of `em`, with a
    distance of `pitch` from each other; their middle is the origin.
    """

    def __init__(
        self, subject: Subject, equations: Sequence[Equation], columns: Columns, most: int, em: float, pitch: float
    ) -> None:
        self.slots = shown_terms(columns.terms, most)
        self.em, self.pitch = em, pitch
        self.lines = [long_equation(equation, subject, em, most) for equation in equations]
        self.boxes: list[list[Rectangle | None]] = []
        places = self._places(columns)
        for i, line in enumerate(self.lines):
            height = ((len(self.lines) - 1) / 2 - i) * pitch
            line.shift(UP * (height - line[-2].get_y()))
            self.boxes.append(self._boxed(line, places, columns, height))
        super().__init__(*(box for row in self.boxes for box in row if box), *self.lines)

    def _places(self, columns: Columns) -> list[float]:
        """The middles of the columns."""
        em, x, places = self.em, -columns.total(sum(1 for s in self.slots if s is not None)) * self.em / 2, []
        for slot in [*self.slots, -2, -1]:
            places.append(x + columns.of(slot) * em / 2)
            x += (columns.of(slot) + _SIGN) * em
        return places

    def _boxed(self, line: Line, places: list[float], columns: Columns, height: float) -> list[Rectangle | None]:
        """Put the terms of a line into their columns, the signs between them."""
        made: list[Rectangle | None] = []
        kinds = [*self.slots, -2, -1]
        for k, (term, slot) in enumerate(zip(terms_of(line), kinds, strict=True)):
            body = term[1:] if k else term
            group = VGroup(*body)
            group.shift(RIGHT * (places[k] - group.get_x()))
            if k:
                before = places[k] - columns.of(slot) * self.em / 2
                term[0].set_x(before - _SIGN * self.em / 2)
            made.append(None if slot is None else self._box(body, places[k], height, columns.of(slot) * self.em))
        return made

    def _box(self, body: Term, x: float, y: float, wide: float) -> Rectangle:
        """What a cell of the matrix becomes."""
        look = theme()
        key = next(glyph.key for glyph in body if glyph.key)
        kind = key[0]
        color = look.weight(int(key[1])) if kind == "weight" else None
        fill = look.tint(color) if color else look.background if kind == "zero" else look.panel
        line = color or (look.zero if kind == "zero" else look.line)
        box = Rectangle(
            width=wide,
            height=min(_TALL * self.em, 0.94 * self.pitch),
            fill_color=fill,
            fill_opacity=1,
            stroke_color=line,
            stroke_width=1.2 if kind == "zero" else 2,
        )
        return box.move_to((x, y, 0)).set_z_index(BOX_LAYER)
