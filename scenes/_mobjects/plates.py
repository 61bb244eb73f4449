"""Plates: cells as wide as their numbers need, in rows and columns. What stands on them comes and goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manim import DOWN, RIGHT, Rectangle, RoundedRectangle, VGroup, VMobject

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER, ROUND
from scenes._mobjects.text import READABLE, Glyph, symbol, symbol_width
from scenes._words.piece import Key, Piece

WIDEST, TALLEST, USUAL = 0.9, 0.76, 0.54
"""A label takes at most so much of its plate's width and height, and usually so much of the height."""


def em_for(texts: Iterable[str], wide: float, tall: float) -> float:
    """How large all of these are written on plates of this size, in em."""
    return min(max(USUAL * tall, min(READABLE, TALLEST * tall)), WIDEST * wide / widest(texts))


def widest(texts: Iterable[str]) -> float:
    """The width of the longest text, in em."""
    return max(map(symbol_width, set(texts)), default=0.5)


class Plate(Rectangle):
    """The ground of one number, in the colours of what stands there: a weight's, a zero's, or neutral."""

    def __init__(self, key: Key | None, wide: float, tall: float) -> None:
        look = theme()
        fill, line, width = look.panel, look.line, 2.0
        if key and key[0] == "weight":
            color = look.weight(int(key[1]))
            fill, line = str(look.tint(color)), str(color)
        elif key and key[0] == "zero":
            fill, line, width = look.background, look.zero, 1.2
        super().__init__(
            width=wide, height=tall, fill_color=fill, fill_opacity=1, stroke_color=line, stroke_width=width
        )
        self.set_z_index(BOX_LAYER)


class Plates(VGroup):
    """Plates in rows and columns around the origin: `at(row, column)`, and `flat`, all of them row by row."""

    def __init__(
        self, keys: Sequence[Sequence[Key | None]], wide: float, tall: float, apart: float = 0.0, below: float = 0.0
    ) -> None:
        self._rows = [[Plate(key, wide, tall) for key in row] for row in keys]
        self.flat = [plate for row in self._rows for plate in row]
        for down, row in enumerate(self._rows):
            for across, plate in enumerate(row):
                plate.shift(RIGHT * across * (wide + apart) + DOWN * down * (tall + below))
        super().__init__(*self.flat)
        self.center()

    def at(self, row: int, column: int) -> Plate:
        """One of them."""
        return self._rows[row][column]


def on_plate(piece: Piece, plate: VMobject, em: float) -> Glyph:
    """A number in the middle of its plate."""
    return symbol(piece.says, piece.key, em).centre_on(plate.get_center())


class BiasPlate(RoundedRectangle):
    """The ground of a bias: round, unlike any pixel's or weight's."""

    def __init__(self, wide: float, tall: float) -> None:
        look = theme()
        super().__init__(
            corner_radius=ROUND * min(wide, tall),
            width=wide,
            height=tall,
            fill_color=look.panel,
            fill_opacity=1,
            stroke_color=look.line,
            stroke_width=2,
        )
        self.set_z_index(BOX_LAYER)


def bright(ground: VMobject, around: float = 0.0) -> Rectangle:
    """A bright frame around what matters now."""
    frame = Rectangle(
        width=ground.width + 2 * around, height=ground.height + 2 * around, stroke_color=theme().accent, stroke_width=4
    )
    return frame.move_to(ground).set_z_index(FRAME_LAYER)
