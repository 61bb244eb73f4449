"""Flights out of a grid, along the lanes between its rows or columns, where no text stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import VMobject

from scenes._mobjects.cells import Cell

Path = Callable[[np.ndarray, np.ndarray, float], np.ndarray]


def through(*points: np.ndarray) -> Path:
    """A `path_func` of one glyph or shape: its middle goes from point to point, equally fast all the way."""

    def path(start: np.ndarray, end: np.ndarray, alpha: float) -> np.ndarray:
        first, last = (_middle(outline) for outline in (start, end))
        place = _along([first, *points, last], alpha)
        return np.asarray((1 - alpha) * (start - first) + alpha * (end - last) + place)

    return path


def from_grid_to_grid(cell: Cell, grid: VMobject, goal: Cell, other: VMobject) -> Path:
    """The way from a cell to one of another grid: along the lane at the cell's edge, then along one at the goal's."""
    start, end = cell.middle, goal.middle
    # Across where the grids stand beside each other, else down.
    axis = 0 if _apart(grid, other, 0) >= _apart(grid, other, 1) else 1
    ahead = np.sign(end[axis] - start[axis])
    leaving, entering = _edge(grid, axis, ahead), _edge(other, axis, -ahead)
    side = np.sign(end[1 - axis] - start[1 - axis]) or 1
    lanes = start[1 - axis] + side * cell.side / 2, end[1 - axis] - side * goal.side / 2
    stops = (start[axis], lanes[0]), (leaving, lanes[0]), (entering, lanes[1]), (end[axis], lanes[1])
    return through(*(np.array([along, lane, 0] if axis == 0 else [lane, along, 0]) for along, lane in stops))


def _edge(grid: VMobject, axis: int, towards: float) -> float:
    """Where a grid ends."""
    high, low = (grid.get_right(), grid.get_left()) if axis == 0 else (grid.get_top(), grid.get_bottom())
    return float((high if towards > 0 else low)[axis])


def _apart(one: VMobject, other: VMobject, axis: int) -> float:
    """How much room is between two grids along an axis; below 0 where they stand level."""
    reach = (float(one.width + other.width), float(one.height + other.height))[axis]
    return abs(float(one.get_center()[axis] - other.get_center()[axis])) - reach / 2


def _middle(outline: np.ndarray) -> np.ndarray:
    return np.asarray((outline.min(0) + outline.max(0)) / 2)


def _along(points: Sequence[np.ndarray], share: float) -> np.ndarray:
    """The place after a share of the way."""
    steps = np.diff(np.array(points), axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    left = share * float(lengths.sum())
    for start, step, length in zip(points, steps, lengths, strict=False):
        if left <= length and length > 0:
            return np.asarray(start + step * left / length)
        left -= float(length)
    return np.asarray(points[-1])
