"""The weight matrix as labelled cells: one row for each result, one column for each pixel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Rectangle,
    ReplacementTransform,
    Scene,
    VGroup,
    VMobject,
)

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell, Grid
from scenes._mobjects.matrix_picture import MatrixPicture, Place
from scenes._mobjects.matrix_picture import become as turn
from scenes._mobjects.motion import DIVE, FIRST_HALF, LATE, SECOND_HALF, Fly, Moves, fly
from scenes._words.piece import Piece
from scenes._words.subject import Subject

GAP = 0.08
"""Between the entries, in sides of an entry."""
HEADER_GAP, ROWS_GAP = 3 * GAP, 5 * GAP
"""From the entries to the header and to the rows' names."""
FRAME = 0.12
"""What a frame around a row adds to its width and height, in units."""


class ZeroCell(Cell):
    """An entry that is an untrainable zero: no colour, a thin grey border."""

    def __init__(self, subject: Subject, result: int, pixel: int, side: float) -> None:
        super().__init__(subject.zero(result, pixel), side)
        look = theme()
        self.box.set_fill(look.background).set_stroke(look.zero, 1.2)


class Matrix(MatrixPicture):
    """A matrix of labelled cells; `named` says whether pixels stand above its columns and results beside its rows."""

    few_rows = 1000

    def __init__(self, subject: Subject, side: float, named: bool = True) -> None:
        self.sharing = sharing = subject.conv.sharing
        results, pixels = sharing.shape
        self.side = side
        self._entries = {
            (r, p): Cell(subject.weight(int(w)), side) if w >= 0 else ZeroCell(subject, r, p, side)
            for (r, p), w in np.ndenumerate(sharing)
        }
        self.cells = list(self._entries.values())
        self.body = VGroup(*self.cells)
        self.body.arrange_in_grid(cols=pixels, buff=GAP * side)
        self.header = [Cell(subject.pixel(p), side) for p in range(pixels)] if named else []
        for cell, below in zip(self.header, self.row(0), strict=False):
            cell.next_to(below, UP, buff=HEADER_GAP * side)
        self.rows = [Cell(subject.result(r), side, elastic=True) for r in range(results)] if named else []
        for r, cell in enumerate(self.rows):
            cell.next_to(self.entry(r, pixels - 1), RIGHT, buff=ROWS_GAP * side)
        self.outline, self.counts = VGroup(), VGroup()
        super().__init__(self.body, *self.header, *self.rows)

    @property
    def parts(self) -> list[Cell]:
        """Entries, header and row names."""
        return [*self.cells, *self.header, *self.rows]

    def entry(self, result: int, pixel: int) -> Cell:
        """The entry in the row of a result and the column of a pixel."""
        return self._entries[result, pixel]

    def place(self, result: int, pixel: int) -> np.ndarray:
        """The middle of an entry."""
        return self.entry(result, pixel).middle

    def row(self, result: int) -> list[Cell]:
        """All entries of one result."""
        return self._of(np.arange(len(self.sharing))[:, None] == result)

    @property
    def zeros(self) -> list[Cell]:
        """The untrainable zeros."""
        return self._of(self.sharing < 0)

    def of_weight(self, weight: int) -> list[Cell]:
        """The entries that share a weight."""
        return self._of(self.sharing == weight)

    def _of(self, mask: Any) -> list[Cell]:
        there = np.broadcast_to(mask, self.sharing.shape)
        return [cell for place, cell in self._entries.items() if there[place]]

    def reveal(self, mask: Any) -> Self:
        """Leave only the entries of the mask there."""
        self.body.submobjects = [*self._of(mask)]
        return self

    def parted(self, mask: Any) -> tuple[VGroup, VGroup]:
        """Those of the mask, and the others."""
        return VGroup(*self._of(mask)), VGroup(*self._of(~np.asarray(mask)))

    def take(self, places: Iterable[Place]) -> dict[Place, Cell]:
        """Take these cells out."""
        taken = {place: self._entries[place] for place in places}
        gone = set(map(id, taken.values()))
        self.body.submobjects = [cell for cell in self.body.submobjects if id(cell) not in gone]
        return taken

    def turn_into(self, other: MatrixPicture) -> Moves:
        """Cell by cell; to become a pixel a cell loses its symbol, and the zeros' dots appear."""
        if isinstance(other, Matrix):
            return [ReplacementTransform(old, new) for old, new in zip(self.cells, other.cells, strict=True)]
        places = [place for place, cell in self._entries.items() if not isinstance(cell, ZeroCell)]
        goals = other.take(places)
        other.reveal(True)
        moves = [move for place in places for move in turn(self._entries[place], goals[place])]
        moves += [FadeOut(cell, scale=0.4, rate_func=FIRST_HALF) for cell in self.zeros]
        moves.append(FadeIn(other.parted(other.sharing < 0)[0], rate_func=SECOND_HALF))
        return [*moves, *(FadeIn(border, rate_func=SECOND_HALF) for border in other.outline)]

    def unroll(self, scene: Scene, result: int, parts: Mapping[int, VMobject], run_time: float) -> None:
        """Each column in turn gets its weight, from under the image, or its zero."""
        flights: Moves = []
        for pixel, entry in enumerate(self.row(result)):
            if isinstance(entry, ZeroCell):
                flights.append(FadeIn(entry, scale=0.6))
                continue
            slides = fly(parts[pixel][0], entry.box, lift=DIVE)
            flights.append(AnimationGroup(slides, FadeIn(entry.symbol, rate_func=LATE)))
        scene.play(LaggedStart(*flights, lag_ratio=0.25), run_time=run_time)
        scene.remove(*self.row(result))
        self.reveal(self.of_rows(range(result + 1)))
        scene.add(self.body)

    def frame_of(self, result: int) -> Rectangle:
        """A bright frame around one row."""
        row = VGroup(*self.row(result))
        return (
            Rectangle(width=row.width + FRAME, height=row.height + FRAME, stroke_color=theme().accent, stroke_width=3)
            .move_to(row)
            .set_z_index(FRAME_LAYER)
        )


def column(pieces: Sequence[Piece], side: float, shades: Sequence[ManimColor] = (), elastic: bool = False) -> Grid:
    """A vector as a column of cells; too small for labels, they show the `shades` of their values.

    With `elastic` all cells are as wide as the longest label needs to be as large as one letter is.
    """
    wide = max(float(Cell(piece, side, elastic=True).box.width) for piece in pieces) if elastic else 0.0
    return Grid((1, 1, len(pieces), 1), pieces, side, gap=GAP * side, shades=shades, width=wide)


def fly_into(old: Cell, new: Cell) -> Animation:
    """A cell becomes another one, which may be too small for its symbol."""
    if new.label:
        return Fly(old, new)
    return AnimationGroup(Fly(old.box, new.box), FadeOut(old.symbol, rate_func=FIRST_HALF))


def become(old: Cell, new: Cell) -> Animation:
    """A cell becomes another one in its own layer, which may be too small for its symbol."""
    return AnimationGroup(*turn(old, new))


def become_blank(cell: Cell, shape: VMobject) -> Animation:
    """A cell becomes a shape without a symbol."""
    fading = [FadeOut(cell.label, rate_func=FIRST_HALF)] if cell.label else []
    return AnimationGroup(ReplacementTransform(cell.box, shape), *fading)
