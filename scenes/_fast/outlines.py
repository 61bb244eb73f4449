"""Paths as cairo keeps them, with the boxes around them."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in units of the scene."""
Pen = tuple[float, cairo.LineJoin, cairo.LineCap]
"""The width of a line, in units of the scene, how it turns corners and how it ends."""

_EXACT = 1e-6
"""Of a 256th of a pixel, which is what cairo rounds to."""


class Outline:
    """The path of a mobject as cairo keeps it, the box around its points, and (once stroked) if it is `_straight`."""

    __slots__ = ("box", "extents", "path", "points", "straight")

    def __init__(self, path: cairo.Path, box: Box, points: np.ndarray) -> None:
        self.path, self.box, self.points = path, box, points
        self.straight: bool | None = None
        self.extents: dict[Pen, Box] = {}
        """Boxes around its strokes, for each pen that has been asked for."""

    def stroked(self, pen: Pen, context: cairo.Context[Any]) -> Box:
        """The box around its stroke."""
        if self.straight is None:
            self.straight = _straight(self.points, context)
        if self.straight:
            # Corners are right angles, or caps squares: neither reaches further than the half of a diagonal.
            reach = 0.75 * pen[0]
            left, low, right, high = self.box
            return (left - reach, low - reach, right + reach, high + reach)
        if pen not in self.extents:
            context.new_path()
            context.append_path(self.path)
            take(pen, context)
            self.extents[pen] = context.stroke_extents()
        return self.extents[pen]


def take(pen: Pen, context: cairo.Context[Any]) -> None:
    width, join, cap = pen
    context.set_line_width(width)
    context.set_line_join(join)
    context.set_line_cap(cap)


def _straight(points: np.ndarray, context: cairo.Context[Any]) -> bool:
    """Whether an outline is a single line, or has only upright and level ones, also when cairo has rounded it."""
    curves = points[: len(points) // 4 * 4, :2].reshape(-1, 4, 2)
    if len(curves) == 1:
        across, along = curves[0] - curves[0, 0], curves[0, 3] - curves[0, 0]
        return bool(np.abs(across[:, 0] * along[1] - across[:, 1] * along[0]).max() < _EXACT)
    matrix = context.get_matrix()
    fixed = (curves * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)) * 256
    level = np.ptp(fixed, axis=1) < _EXACT
    # A coordinate halfway between two of cairo's could be rounded to either.
    sure = np.abs(fixed % 1 - 0.5).min(axis=1) > _EXACT
    return bool((level & sure).any(axis=1).all())


def close(x: float, y: float, next_x: float, next_y: float, tolerance: float) -> bool:
    """Whether two points are one, as manim has it (`VMobject.consider_points_equals_2d`, for finite numbers)."""
    if x == next_x and y == next_y:
        return True
    return abs(x - next_x) <= tolerance + 1e-5 * abs(next_x) and abs(y - next_y) <= tolerance + 1e-5 * abs(next_y)
