"""Cells and grids: image, filter, result, matrix entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, DashedVMobject, ManimColor, Square, VGroup, VMobject

from scenes._look.theme import theme
from scenes._mobjects.text import CAPITAL, CAPTION_SIZE, READABLE, Glyph, can_be_read, symbol, symbol_width, words
from scenes._words.piece import Key, Piece

BOX_LAYER, WINDOW_LAYER, FRAME_LAYER = 1, 2, 3
"""z_index of cells, of the filter that slides over them, and of frames around them."""
LABEL_SHARE, LARGEST_SHARE, CORNER_SHARE, _LARGEST_CORNER = 0.56, 0.8, 0.44, 0.52
"""Size of a cell's label in parts of its side, the same in a small cell; and those of a symbol in a cell's corner."""
_CORNER_MARGIN = 0.07
"""Between a symbol in a corner and its cell's border."""
WIDEST = 0.92
"""A label takes at most this part of its cell's width."""


_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ADVANCE = {
    **dict.fromkeys(_SUBSCRIPTS + _RAISED, 0.4),
    **dict.fromkeys("HKX", 0.88),
    **dict.fromkeys("ADN", 0.845),
    **dict.fromkeys("BEQR", 0.82),
    **dict.fromkeys("CFGLPSTUVYZ", 0.75),
    **dict.fromkeys("ψω", 0.62),
    **{"−": 0.78, "⁻": 0.6, ".": 0.28, "·": 0.28, "′": 0.3},
    **{"J": 0.57, "M": 1.0, "W": 1.0, "α": 0.57, "φ": 0.57, "χ": 0.57},
}
"""Widths of characters in em, rounded up, of capitals before an index; digits take about 0.5."""


def batched_list(cells: Sequence[Cell], size: int) -> list[Sequence[Cell]]:
    """Cut a sequence into runs of `size`."""
    return [cells[i : i + size] for i in range(0, len(cells), size)]


def label_size(side: float) -> float:
    """Size of a cell's label in em. In a small cell it takes more of the room, to stay readable."""
    return min(LARGEST_SHARE * side, max(LABEL_SHARE * side, READABLE))


def fitted(glyph: Glyph, side: float) -> Glyph:
    """Shrink a wide label until it fits its cell."""
    room = WIDEST * side
    return glyph.scale(room / glyph.width) if glyph.width > room else glyph


class Labelled(VGroup):
    """Something with a `label`, or none where it could not be read."""

    label: Glyph | None

    @property
    def symbol(self) -> Glyph:
        """The label; raises ValueError where there is none."""
        if self.label is None:
            raise ValueError(f"a blank {type(self).__name__.lower()} has no symbol")
        return self.label

    def unlabel(self) -> Self:
        """Take the label away, where it cannot be read."""
        if self.label is not None:
            self.remove(self.label)
            self.label = None
        return self


def _rounded(box: Square, key: Key | None, side: float) -> Square:
    """Round the corners of what a bias stands in."""
    return box.round_corners(ROUND * side) if key and key[0] == "bias" else box


ROUND = 0.42
"""How round a bias is, in parts of its cell: it is no pixel, no weight of the filter, and no neuron."""


class Cell(Labelled):
    """A square, or a wider box, with at most one symbol in its middle. `key` says what it stands for."""

    def __init__(
        self, piece: Piece | None, side: float, elastic: bool = False, labelled: bool = True, width: float = 0.0
    ) -> None:
        super().__init__()
        look = theme()
        self.side, self.key = side, piece.key if piece else None
        color = look.weight(self.key[1]) if self.key and self.key[0] == "weight" else None
        self.box = Square(
            side,
            fill_color=look.tint(color) if color else look.panel,
            fill_opacity=1,
            stroke_color=color or look.line,
            stroke_width=2,
        ).set_z_index(BOX_LAYER)
        _rounded(self.box, self.key, side)
        if width > side:
            self.box.stretch_to_fit_width(width)
        self.add(self.box)
        self.label = None
        if piece and labelled:
            self.label = symbol(piece.says, piece.key, label_size(side))
            if elastic:
                self.box.stretch_to_fit_width(max(side, self.label.width / WIDEST))
            self.label = fitted(self.label, float(self.box.width))
            self.label.centre_on(self.box.get_center())
            self.add(self.label)

    @property
    def middle(self) -> np.ndarray:
        """The centre of the square."""
        return np.asarray(self.box.get_center())

    def dashed(self) -> Self:
        """Make this a cell of the padding: a dashed border around nothing."""
        look = theme()
        self.box.set_stroke(look.muted, 2).set_fill(opacity=0)
        dashes = DashedVMobject(self.box, num_dashes=20, dashed_ratio=0.5)
        # One shape with many parts: a wide ring of them is drawn and copied many times faster.
        outline = VMobject(stroke_color=look.muted, stroke_width=2, fill_opacity=0).set_z_index(BOX_LAYER)
        outline.points = np.concatenate([dash.points for dash in dashes])
        self.box.set_stroke(width=0).set_fill(look.background, opacity=1)
        self.add(outline)
        return self


def label_share(pieces: Sequence[Piece | None]) -> float:
    """How large the longest of these labels can be written in a cell, in parts of its side."""
    return min(LARGEST_SHARE, WIDEST / label_width(pieces))


def labels_fit(pieces: Sequence[Piece | None], side: float) -> bool:
    """Whether the longest label is readable in a cell."""
    return can_be_read(label_share(pieces) * side)


SEEN = 0.03
"""No cell is smaller than this: of smaller ones not even the shade can be seen. A strip's may be narrower."""
LEAST_SIDE = READABLE / LARGEST_SHARE
"""A cell of this side has room for a letter that can be read."""


def least_width(pieces: Sequence[Piece | None]) -> float:
    """How wide a cell must be for the longest of these labels to be read."""
    return READABLE / label_share(pieces)


_MEASURED = 4
"""So many of the names and of the numbers that should be the longest are typeset; hundreds would take long."""


def label_width(pieces: Sequence[Piece | None]) -> float:
    """The width of the longest text, in em."""
    return max(map(symbol_width, longest_texts(pieces)), default=0.5)


def longest_texts(pieces: Sequence[Piece | None]) -> list[str]:
    """The texts among which the longest is."""
    said = {piece.says for piece in pieces if piece}

    # Digits take equal room, but where they begin and end a text some reach farther. Beyond that the order of the texts
    # decides: that of a set is another one in every run.
    def rank(says: str) -> tuple[float, float, str]:
        return _estimate(says), _ends(says), says

    # An estimate of names and one of numbers cannot be compared to a hair.
    kinds = ([says for says in said if says[:1].isalpha() == named] for named in (False, True))
    return sorted((says for kind in kinds for says in sorted(kind, key=rank)[-_MEASURED:]), key=rank)


def _ends(says: str) -> float:
    """How far a text reaches at both ends, in em: to be compared with others of the same characters between."""
    first, last = says[:1], says[-1:]
    start = symbol_width(first + "0" if first.isdecimal() else first)
    return start + symbol_width("0" + last if last.isdecimal() else last)


def _widest(pieces: Sequence[Piece | None]) -> float:
    """About the width of the longest text, in em."""
    return max((_estimate(piece.says) for piece in pieces if piece), default=0.5)


def _estimate(says: str) -> float:
    return sum(_ADVANCE.get(character, 0.55) for character in says)


Planes = tuple[int, int, int, int]
"""Stacks side by side, planes in each stack, rows and columns of a plane."""
Shape = tuple[int, ...]
"""Planes, rows and columns."""
BESIDE, _BELOW, _OFFSET = 0.9, 0.4, 0.35
"""Between stacks, between the planes of a stack, and how far each is shifted to the right; in sides of a cell."""


def in_stacks(shape: Shape, stacks: int = 1) -> Planes:
    """Planes below each other, or in several stacks of equal height."""
    planes, rows, columns = shape
    return stacks, planes // stacks, rows, columns


def extent(planes: Planes, beside: float = BESIDE) -> tuple[float, float]:
    """Width and height of a grid, in sides of a cell; `beside` is the room between stacks."""
    across, down, rows, columns = planes
    wide = columns + (down - 1) * _OFFSET
    return across * wide + (across - 1) * beside, down * rows + (down - 1) * _BELOW


class Grid(VGroup):
    """Cells in rows, touching; `grid.cells[i]` in C order. A None in `pieces` leaves that cell blank.

    Several planes are stacked below each other, each shifted a little, so that all their cells can be seen.
    Where the labels could not be read, cells show the `shades` of their values instead, if there are any. Those of a
    single column may be wider than high.
    """

    def __init__(
        self,
        planes: Planes,
        pieces: Sequence[Piece | None],
        side: float,
        gap: float = 0.0,
        shades: Sequence[ManimColor] = (),
        beside: float = BESIDE,
        width: float = 0.0,
    ) -> None:
        self.side, self._columns = side, planes[3]
        self.shaded = bool(shades) and not labels_fit(pieces, side)
        self.cells = [Cell(piece, side, labelled=not self.shaded, width=width) for piece in pieces]
        super().__init__(*self.cells)
        for cell, place in zip(self.cells, _places(planes, side, gap, beside), strict=True):
            cell.shift(place)
        self.shades = dict(zip(map(id, self.cells), shades, strict=True)) if self.shaded else {}
        self.shade(self.cells)
        for cell in self.cells if self.shaded else ():
            cell.box.set_stroke(width=min(2.0, 4 * side))

    def shade(self, cells: Iterable[Cell]) -> None:
        """Give cells the shades of their values, where the grid shows shades."""
        for cell in cells if self.shaded else ():
            cell.box.set_fill(self.shades[id(cell)])

    def blank(self) -> None:
        """Take the shades away again."""
        for cell in self.cells if self.shaded else ():
            cell.box.set_fill(theme().panel)

    @property
    def rows(self) -> list[VGroup]:
        """The squares, row by row."""
        return [VGroup(*(c.box for c in row)) for row in batched_list(self.cells, self._columns)]

    @property
    def boxes(self) -> VGroup:
        """The squares alone."""
        return VGroup(*(cell.box for cell in self.cells))

    @property
    def labels(self) -> VGroup:
        """The symbols alone."""
        return VGroup(*(cell.label for cell in self.cells if cell.label))


def _places(planes: Planes, side: float, gap: float, beside: float) -> np.ndarray:
    """The middles of all cells, around the origin, in C order of stack, plane, row, column."""
    stack, plane, row, column = np.indices(planes).reshape(4, -1)
    wide, tall = extent((1, *planes[1:]))[0] + beside, planes[2] + _BELOW
    x = (stack * wide + plane * _OFFSET + column) * side + column * gap
    y = -(plane * tall + row) * side - row * gap
    places = np.stack([x, y, np.zeros(len(x))], axis=1)
    return np.asarray(places - (places.min(0) + places.max(0)) / 2)


def mark_share(weights: Sequence[Piece]) -> float:
    """How large the weights' symbols can be written in the corners of cells, in parts of their side."""
    return min(_LARGEST_CORNER, (1 - 2 * _CORNER_MARGIN) / _widest(weights))


def mark_size(weights: Sequence[Piece], side: float) -> float:
    """Size in em of the weights' symbols in the corners of covered cells; 0 where they could not be read."""
    size = min(max(CORNER_SHARE * side, READABLE), mark_share(weights) * side)
    return size if can_be_read(size) else 0.0


def corner_of(cell: Cell) -> np.ndarray:
    """Where a weight's symbol stands in a covered cell: upper left."""
    return cell.middle + cell.side * (0.26 * LEFT + 0.25 * UP)


def marks_are_wide(weights: Sequence[Piece], side: float) -> bool:
    """Whether a weight's symbol in a corner reaches over the pixel's, as that of a negative number does."""
    return mark_size(weights, side) * _widest(weights) > 0.5 * side


def aside_of(cell: Cell, mark: float = 0.0) -> np.ndarray:
    """Where a covered pixel's own symbol makes room to: lower right; all the way below a wide `mark` of that size."""
    room = 0.5 - _CORNER_MARGIN / 2 - float(cell.symbol.width) / (2 * cell.side)
    down = 0.12
    if mark and cell.symbol.says[-1] not in _SUBSCRIPTS:
        down = 0.125 + CAPITAL / 4 * mark / cell.side
    return cell.middle + cell.side * (max(0.0, min(0.14, room)) * RIGHT + down * DOWN)


class Patch(VGroup):
    """The filter as it lies on an image: tinted cells below the pixels, with the weights in their corners.

    `size` is that of the weights' symbols; with 0 they are left out.
    """

    def __init__(self, weights: Iterable[Piece], cells: Iterable[Cell], size: float) -> None:
        super().__init__()
        look = theme()
        for piece, cell in zip(weights, cells, strict=True):
            color = look.weight(piece.key[1]) if piece.key else look.line
            box = Square(
                cell.side, fill_color=look.tint(color), fill_opacity=1, stroke_color=color, stroke_width=3
            ).move_to(cell.middle)
            part = VGroup(box.set_z_index(WINDOW_LAYER))
            self.add(part)
            if not size:
                continue
            mark = symbol(piece.says, piece.key, size)
            mark.centre_on(corner_of(cell))
            mark.shift(RIGHT * max(0.0, float(box.get_left()[0] - mark.get_left()[0]) + _CORNER_MARGIN * cell.side))
            part.add(mark)


def caption(text: str, above: VMobject, baseline: float | None = None) -> Glyph:
    """A muted word below what it names; words side by side take a common `baseline` (y)."""
    word = words(text, CAPTION_SIZE, theme().muted, key=("caption",)).next_to(above, DOWN, buff=0.22)
    return word if baseline is None else word.shift(UP * (baseline - word.baseline))


def focus(cell: Cell) -> Square:
    """A bright frame around the cell that matters now."""
    frame = Square(cell.side, stroke_color=theme().accent, stroke_width=5, fill_opacity=0)
    _rounded(frame, cell.key, cell.side)
    return frame.move_to(cell.middle).set_z_index(FRAME_LAYER)
