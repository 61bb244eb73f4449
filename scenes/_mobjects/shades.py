"""A long vector as a strip of shades, where its cells are too small for labels; and a strip of biases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import DOWN, RIGHT, ManimColor, Rectangle, VGroup

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER, Cell, label_size
from scenes._mobjects.text import can_be_read, symbol
from scenes._words.piece import Piece

_LINED = 0.1
"""Shorter cells have no lines between them, and reach below each other, so that no gap shines through."""


class Shade(Cell):
    """A cell without a symbol that need not be a square."""

    def __init__(self, box: Rectangle, side: float) -> None:
        VGroup.__init__(self, box.set_z_index(BOX_LAYER))
        self.box = box  # type: ignore[assignment]
        self.side, self.key, self.label = side, None, None


class Strip(VGroup):
    """`cells[i]` side by side (or with `down` below each other), each in its shade, in one border."""

    def __init__(self, shades: Sequence[ManimColor], pitch: float, width: float, down: bool) -> None:
        look = theme()
        lined = pitch >= _LINED
        step = pitch * (DOWN if down else RIGHT)
        self.cells: list[Cell] = []
        for i, shade in enumerate(shades):
            long = pitch if lined or i == len(shades) - 1 else 1.4 * pitch
            cell = Rectangle(
                width=width if down else long,
                height=long if down else width,
                fill_color=shade,
                fill_opacity=1,
                stroke_color=look.line,
                stroke_width=1.2 if lined else 0,
            )
            self.cells.append(Shade(cell.shift(step * (i + (long / pitch - 1) / 2)), pitch))
        whole = len(shades) * pitch
        self.border = Rectangle(
            width=width if down else whole, height=whole if down else width, stroke_color=look.line, stroke_width=2
        )
        self.border.shift(step * (len(shades) - 1) / 2).set_z_index(FRAME_LAYER)
        super().__init__(*self.cells, self.border)
        self.center()

    def runs(self, runs: Iterable[Iterable[int]]) -> list[VGroup]:
        """The cells in runs of these indices."""
        return [VGroup(*(self.cells[i].box for i in run)) for run in runs]

    def middle(self, index: int) -> np.ndarray:
        """Where a cell stands."""
        return self.cells[index].middle


class BiasStrip(VGroup):
    """The bias of every result: a long cell for each filter, as high as its rows, with the bias in its middle."""

    def __init__(self, pieces: Sequence[Piece], pitch: float, rows: int) -> None:
        look = theme()
        tall = rows * pitch
        size = label_size(min(tall, 0.75))
        symbols = [symbol(piece.says, piece.key, size) for piece in pieces]
        width = max(0.45, *(glyph.width / 0.9 for glyph in symbols))
        self.cells: list[Cell] = []
        for i, glyph in enumerate(symbols):
            box = Rectangle(
                width=width, height=tall, fill_color=look.panel, fill_opacity=1, stroke_color=look.line, stroke_width=2
            )
            cell = Shade(box.shift(DOWN * i * tall), tall)
            if can_be_read(size):
                cell.label = glyph.centre_on(box.get_center())
                cell.add(glyph)
            self.cells.append(cell)
        super().__init__(*self.cells)
        self.center()
