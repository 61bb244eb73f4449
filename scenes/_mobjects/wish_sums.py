"""The sums of training on one line: wishes added up, one product of two, and a step of a weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenes._look.theme import theme
from scenes._mobjects.equations import factor, shown_terms
from scenes._mobjects.text import READABLE, Glyph, Line
from scenes._words.piece import Piece
from scenes._words.training import Lesson, product_sign, step_sign, sum_sign

_LEAST_TERMS = 2
"""So many terms stand in a sum at least, dots for the others between them."""


class Sum(Line):
    """A line in one colour: `terms` are the glyphs of its numbers before the sign, `total` that behind it."""

    def __init__(self, pieces: Sequence[Piece | str], total: Piece, sign: str, em: float, weight: int | None) -> None:
        super().__init__([*pieces, sign, total], em)
        self.set_fill(theme().text if weight is None else theme().weight(weight))
        self.terms = [glyph for glyph in self if glyph.key][:-1]

    @property
    def total(self) -> Glyph:
        """What it comes to."""
        return self[-1]

    @property
    def signs(self) -> list[Glyph]:
        """All that is no number, but the sign before the total."""
        return [glyph for glyph in self if not glyph.key and glyph is not self[-2]]


def wishes_line(lesson: Lesson, weight: int | None, em: float, room: float) -> Sum:
    """The wishes of a weight, or with None those of the bias, and their sum; of very many the first and the last."""
    terms, total = lesson.gradient_sum(weight)
    sign = sum_sign(terms, total)

    def make(most: int) -> Sum:
        pieces: list[Piece | str] = []
        for which in shown_terms(len(terms), most):
            pieces += [*(["+"] if pieces else []), *(["…"] if which is None else factor(terms[which]))]
        return Sum(pieces, total, sign, em, weight)

    return _fitting(make, len(terms), room)


def _fitting(make: Callable[[int], Sum], most: int, room: float) -> Sum:
    """A line with as many terms as can be read in the room, as large as it is made or as fits."""
    while True:
        made = make(most)
        share = room / float(made.width)
        if share >= 1:
            return made
        if share * made.total.em >= READABLE or most <= _LEAST_TERMS:
            made.scale(share)
            return made
        most -= 1


def wish_line(lesson: Lesson, result: int, pixel: int, em: float) -> Sum:
    """One wish: the error of its row times the pixel of its column."""
    factors, total = [lesson.error(result), lesson.pixel(pixel)], lesson.wish(result, pixel)
    weight = int(lesson.conv.sharing[result, pixel])
    pieces = [*factor(factors[0]), "·", *factor(factors[1])]
    return Sum(pieces, total, product_sign(factors, total), em, weight if weight >= 0 else None)


def step_line(lesson: Lesson, weight: int, em: float, room: float) -> Sum:
    """A weight less the rate times its gradient."""
    parts, after = lesson.step_of(weight)
    before, rate, gradient = parts
    pieces = [before, "−", rate, "·", *factor(gradient)]
    made = Sum(pieces, after, step_sign(parts, after), em, weight)
    if made.width > room:
        made.scale(room / float(made.width))
    return made
