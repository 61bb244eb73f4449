"""Cells and grids turn into others, whether they show their labels or only shades of their values."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, AnimationGroup, FadeIn, FadeOut, ReplacementTransform, VGroup

from scenes._mobjects.cells import Cell, Grid
from scenes._mobjects.motion import LATE, Fly, Moves, fly, turn_over


def come_out(source: Cell, goal: Cell, path_arc: float = 0.0) -> Animation:
    """A copy of a cell becomes another one; where the cell has no label, it comes out of the cell's place."""
    if source.label or not goal.label:
        return fly(source, goal, path_arc=path_arc)
    seed = goal.symbol.copy().scale(source.side / goal.side).set_opacity(0)
    seed.centre_on(source.middle)
    return AnimationGroup(fly(source.box, goal.box, path_arc=path_arc), Fly(seed, goal.symbol, path_arc=path_arc))


def become(old: Cell, new: Cell) -> Moves:
    """A cell becomes another one; a label that only one of them has comes late, or fades on its way."""
    if bool(old.label) == bool(new.label):
        return [ReplacementTransform(old, new)]
    bare = (VGroup(*(part for part in cell.submobjects if part is not cell.label)) for cell in (old, new))
    moves: Moves = [ReplacementTransform(*bare)]
    if new.label:
        return [*moves, FadeIn(new.symbol, rate_func=LATE)]
    # It stays on its cell all the way.
    return [*moves, FadeOut(old.symbol, target_position=new.middle, scale=new.side / old.side)]


def grid_becomes(old: Grid, new: Grid) -> Moves:
    """A grid becomes another one of as many cells."""
    if old.shaded == new.shaded:
        return [ReplacementTransform(old, new)]
    return [move for pair in zip(old.cells, new.cells, strict=True) for move in become(*pair)]


def turn_label(old: Cell, new: Cell) -> Moves:
    """A cell's symbol turns over, if it then says something else; where only one shows a label, the cell follows."""
    if old.label and new.label:
        return [turn_over(old.symbol, new.symbol)] if old.symbol.says != new.symbol.says else []
    return become(old, new) if old.label or new.label else []


def turn_labels(old: Sequence[Cell], new: Sequence[Cell]) -> Moves:
    """Turn the symbols of cells over; the cells themselves stay."""
    return [move for pair in zip(old, new, strict=True) for move in turn_label(*pair)]
