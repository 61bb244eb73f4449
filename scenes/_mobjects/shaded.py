"""Values as shades: planes of small squares, below each other or in a column of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Rectangle, Square, VGroup, VMobject, linear

from cnnmath.values import Floats
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER


class Shade(Square):
    """One value as a shade; `key` says which one."""

    def __init__(self, key: tuple[Any, ...], side: float, color: Any) -> None:
        # Squares meet; a hair of overlap keeps the ground from shining through.
        super().__init__(side * 1.02, fill_color=color, fill_opacity=1, stroke_width=0)
        self.key = key
        self.set_z_index(BOX_LAYER)


class Shaded(VGroup):
    """The planes of an array, (planes, rows, columns), below each other, all on one scale; `cells[i]` in C order.

    `border` is a line around each plane.
    """

    def __init__(self, kind: str, values: Floats, side: float, apart: float) -> None:
        self.kind, self.side = kind, side
        planes, rows, columns = values.shape
        self.cells = [Shade((kind, i), side, shade) for i, shade in enumerate(theme().shades(values.ravel().tolist()))]
        self.borders: list[Rectangle] = []
        for i, (plane, row, column) in enumerate(np.ndindex(planes, rows, columns)):
            down = plane * (rows * side + apart) + row * side
            self.cells[i].move_to((column * side, -down, 0))
        for plane in range(planes):
            mine = self.plane_of(plane, rows * columns)
            border = Rectangle(width=columns * side, height=rows * side, stroke_color=theme().line, stroke_width=1.5)
            self.borders.append(border.move_to(VGroup(*mine)).set_z_index(FRAME_LAYER))
        super().__init__(*self.cells, *self.borders)
        self.center()

    def plane_of(self, plane: int, size: int) -> list[Shade]:
        """The cells of one plane of so many."""
        return self.cells[plane * size : (plane + 1) * size]

    def recolour(self, values: Floats) -> None:
        """Show other values, on a scale of their own."""
        for cell, shade in zip(self.cells, theme().shades(values.ravel().tolist()), strict=True):
            cell.set_fill(shade)


class Reveal(Animation):
    """A frame runs over an image, place by place, and the cells of each place appear in the maps."""

    def __init__(
        self, frame: VMobject, places: Sequence[np.ndarray], cells: Sequence[Sequence[VMobject]], **kwargs: Any
    ) -> None:
        self._frame, self._places, self._cells, self._shown = frame, places, cells, 0
        for group in cells:
            for cell in group:
                cell.set_opacity(0)
        super().__init__(
            VGroup(frame, *(cell for group in cells for cell in group)),
            introducer=True,
            rate_func=linear,
            **kwargs,
        )

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand at one of the places; all cells before it are there."""
        reached = min(int(alpha * len(self._places)) + 1, len(self._places)) if alpha < 1 else len(self._places)
        self._frame.move_to(self._places[reached - 1])
        for group in self._cells[self._shown : reached]:
            for cell in group:
                cell.set_fill(opacity=1)
        self._shown = max(self._shown, reached)
