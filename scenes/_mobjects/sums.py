"""A sum of products in numbers, worked out on one line; a long one is shown in part, with its number of terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from manim import RIGHT, UP, VGroup

from scenes._look.theme import theme
from scenes._mobjects.equations import factor
from scenes._mobjects.text import READABLE, Glyph, symbol, words
from scenes._words.digits import Number, relation
from scenes._words.piece import Piece

LARGEST = 0.48
"""Size of a sum that has room, in em."""
_ROOM = {"+": 0.24, "=": 0.3, "≈": 0.3, "·": 0.13, "…": 0.24}
"""Left and right of an operator, in em."""
_BRACKET, _NOTE = 0.05, 1.1


class Product(NamedTuple):
    """One term: two factors, in numbers."""

    weight: Piece
    value: Piece

    @property
    def numbers(self) -> tuple[Number, Number]:
        """The factors as numbers."""
        return _number(self.weight), _number(self.value)


def _number(piece: Piece) -> Number:
    return cast(Number, piece.says)


class SumLine(VGroup):
    """`before` (if there is any) plus weight times value plus … equals `total`, as large as fits in `room`.

    Terms that do not fit are left out before the last one: dots stand there, and the line ends with the number of all.
    `shown` are the terms that stand there, `glyphs` everything but that number, which is in `notes`.
    """

    def __init__(
        self, terms: Sequence[Product], total: Piece, room: float, before: Piece | None = None, size: float = LARGEST
    ) -> None:
        self.terms, self.shown = list(terms), list(terms)
        self.glyphs = self._typeset(total, before, size)
        wide = VGroup(*self.glyphs).width
        if wide > room and READABLE * wide / size > room:
            self._cut(room / READABLE * size, total, before, size)
            wide = VGroup(*self.glyphs, *self._notes(size)).width
        self.notes = self._notes(size)
        super().__init__(*self.glyphs, *self.notes)
        self.scale(min(1.0, room / wide)).set_x(0)

    def _cut(self, room: float, total: Piece, before: Piece | None, size: float) -> None:
        """Leave terms out before the last one, until the line fits."""
        while len(self.shown) > 2 and VGroup(*self.glyphs, *self._notes(size)).width > room:
            over = VGroup(*self.glyphs, *self._notes(size)).width / room
            fewer = min(len(self.shown) - 1, max(2, int(len(self.shown) / over) + 1))
            self.shown = [*self.shown[: fewer - 1], self.shown[-1]]
            self.glyphs = self._typeset(total, before, size)

    def _typeset(self, total: Piece, before: Piece | None, size: float) -> list[Glyph]:
        """The glyphs of a line that starts at x = 0, on the baseline y = 0; dots before its last term if it is cut."""
        summands: list[list[Piece | str]] = [] if before is None else [factor(before)]
        summands += [[*factor(term.weight), "·", *factor(term.value)] for term in self.shown]
        hidden = self.terms[len(self.shown) - 1 : -1]
        if hidden:
            summands.insert(-1, ["…"])
        pieces: list[Piece | str] = []
        for summand in summands:
            pieces += [*(["+"] if pieces else []), *summand]
        there = [term.numbers for term in self.shown] + ([] if before is None else [(_number(before),)])
        sign = relation(there, _number(total), [term.numbers for term in hidden])
        return _set([*pieces, sign, total], size)

    def _notes(self, size: float) -> list[Glyph]:
        """How many terms there are, where some are left out."""
        if len(self.shown) == len(self.terms):
            return []
        note = words(f"{len(self.terms)} terms", size, theme().muted, key=("terms", len(self.terms)))
        note.shift(RIGHT * (self.glyphs[-1].get_right()[0] + _NOTE * size - note.get_left()[0]))
        return [note.shift(UP * (self.glyphs[-1].baseline - note.baseline))]

    @property
    def total(self) -> Glyph:
        """The value of the sum."""
        return self.glyphs[-1]

    @property
    def open(self) -> list[Glyph]:
        """The line up to its = sign."""
        return self.glyphs[:-2]


def _set(pieces: Sequence[Piece | str], size: float) -> list[Glyph]:
    glyphs: list[Glyph] = []
    x, room = 0.0, 0.0
    for piece in pieces:
        says, key = piece if isinstance(piece, Piece) else (piece, ("operator",))
        glyph = symbol(says, key, size)
        around = _ROOM.get(says, _BRACKET) if key == ("operator",) else 0.0
        if glyphs:
            x += max(room, around) * size
        glyph.shift(RIGHT * (x - glyph.get_left()[0]))
        x, room = float(glyph.get_right()[0]), around
        glyphs.append(glyph)
    return glyphs
