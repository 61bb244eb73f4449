"""Bright frames around what matters now."""

from __future__ import annotations

from collections.abc import Iterable

from manim import RoundedRectangle, VGroup

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell

_AROUND = 0.1
"""From the cells to their frame."""


def frame_around(cells: Iterable[Cell], around: float = _AROUND) -> RoundedRectangle:
    """A bright frame around some cells; those of a larger grid leave little room `around` them."""
    boxes = VGroup(*(cell.box for cell in cells))
    frame = RoundedRectangle(
        corner_radius=0.1,
        width=boxes.width + 2 * around,
        height=boxes.height + 2 * around,
        stroke_color=theme().accent,
        stroke_width=4,
    )
    return frame.move_to(boxes).set_z_index(FRAME_LAYER + 1)
