"""The weight matrix: one row for each result, one column for each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from manim import (
    LEFT,
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
from scenes._mobjects.cells import BOX_LAYER, Cell, Grid
from scenes._mobjects.grids import ImageGrid, Sweep
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Fly, Moves, fly
from scenes._words.piece import Piece
from scenes._words.subject import Subject

GAP = 0.08
"""Between the entries, in sides of an entry."""


class ZeroCell(Cell):
    """An entry that is an untrainable zero: no colour, a thin grey border."""

    def __init__(self, subject: Subject, result: int, pixel: int, side: float) -> None:
        super().__init__(subject.zero(result, pixel), side)
        look = theme()
        self.box.set_fill(look.background).set_stroke(look.zero, 1.2)


class Matrix(VGroup):
    """Entries as cells: `entry(result, pixel)`; `header[pixel]` above the columns, `rows[result]` left of the rows."""

    def __init__(self, subject: Subject, side: float) -> None:
        sharing = subject.conv.sharing
        results, pixels = sharing.shape
        self.side = side
        self.weight_of = sharing
        self._entries = {
            (r, p): Cell(subject.weight(int(w)), side) if w >= 0 else ZeroCell(subject, r, p, side)
            for (r, p), w in np.ndenumerate(sharing)
        }
        self.cells = list(self._entries.values())
        self.body = VGroup(*self.cells)
        self.body.arrange_in_grid(cols=pixels, buff=GAP * side)
        self.header = [Cell(subject.pixel(p), side) for p in range(pixels)]
        for cell, below in zip(self.header, self.row(0), strict=True):
            cell.next_to(below, UP, buff=3 * GAP * side)
        self.rows = [Cell(subject.result(r), side, elastic=True) for r in range(results)]
        for r, cell in enumerate(self.rows):
            cell.next_to(self.entry(r, 0), LEFT, buff=5 * GAP * side)
        super().__init__(self.body)

    @property
    def parts(self) -> list[Cell]:
        """Entries, header and row names."""
        return [*self.cells, *self.header, *self.rows]

    def entry(self, result: int, pixel: int) -> Cell:
        """The entry in the row of a result and the column of a pixel."""
        return self._entries[result, pixel]

    def row(self, result: int) -> list[Cell]:
        """All entries of one result."""
        return [cell for (r, _), cell in self._entries.items() if r == result]

    @property
    def zeros(self) -> list[Cell]:
        """The untrainable zeros."""
        return [cell for cell in self.cells if isinstance(cell, ZeroCell)]

    def of_weight(self, weight: int) -> list[Cell]:
        """The entries that share a weight."""
        return [cell for cell, w in zip(self.cells, self.weight_of.ravel(), strict=True) if w == weight]

    def frame_of(self, result: int) -> Rectangle:
        """A bright frame around one row."""
        row = VGroup(*self.row(result))
        return (
            Rectangle(width=row.width + 0.12, height=row.height + 0.12, stroke_color=theme().accent, stroke_width=3)
            .move_to(row)
            .set_z_index(BOX_LAYER + 1)
        )


def column(pieces: Sequence[Piece], side: float, shades: Sequence[ManimColor] = ()) -> Grid:
    """A vector as a column of cells; too small for labels, they show the `shades` of their values."""
    return Grid((1, 1, len(pieces), 1), pieces, side, gap=GAP * side, shades=shades)


def fly_into(old: Cell, new: Cell) -> Animation:
    """A cell becomes another one, which may be too small for its symbol."""
    if new.label:
        return Fly(old, new)
    return AnimationGroup(Fly(old.box, new.box), FadeOut(old.symbol, rate_func=FIRST_HALF))


def become(old: Cell, new: Cell) -> Animation:
    """A cell becomes another one in its own layer, which may be too small for its symbol."""
    if bool(old.label) == bool(new.label):
        return ReplacementTransform(old, new)
    return become_blank(old, new.box)


def become_blank(cell: Cell, shape: VMobject) -> Animation:
    """A cell becomes a shape without a symbol."""
    fading = [FadeOut(cell.label, rate_func=FIRST_HALF)] if cell.label else []
    return AnimationGroup(ReplacementTransform(cell.box, shape), *fading)


class MatrixStage(Protocol):
    """A picture with an image and its matrix."""

    image: ImageGrid
    matrix: Matrix


def unroll(scene: Scene, stage: MatrixStage, sweep: Sweep, result: int, run_time: float) -> None:
    """One position of the filter becomes one row: covered pixels bring their weight, the other columns get zeros."""
    part_on = {id(cell): part for (_, cell), part in zip(stage.image.under(result), sweep.patch, strict=True)}
    flights: Moves = []
    for pixel, entry in zip(stage.image.pixels, stage.matrix.row(result), strict=True):
        if isinstance(entry, ZeroCell):
            flights.append(FadeIn(entry, scale=0.6))
        else:
            box, *marks = part_on[id(pixel)]
            symbol = fly(marks[0], entry.symbol) if marks else FadeIn(entry.symbol, rate_func=SECOND_HALF)
            flights.append(AnimationGroup(fly(box, entry.box), symbol))
    scene.play(LaggedStart(*flights, lag_ratio=0.25), run_time=run_time)
    scene.add(*stage.matrix.row(result))
