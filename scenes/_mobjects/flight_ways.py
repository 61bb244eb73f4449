"""The ways that a flight can take: straight, arcs of several heights, and lanes between what stands.

A way is a table of shifts from the straight line, at equal steps of the way: (STEPS, 2), zero at both ends.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim.utils.bezier import interpolate

from scenes._look.frame import frame

STEPS = 41
_HEIGHTS = (0.12, -0.12, 0.25, -0.25, 0.45, -0.45)
"""How far arcs swing out, in parts of their length; a positive one swings to the left of who flies."""
_LANES, _BENT_LANES = 4, 2
"""So many of the nearest gaps between rows are tried, and between columns; fewer where a way bends three times."""
_ROUND = 9
"""Over so many steps a corner is rounded."""
_LEAST_GAP = 0.08
"""What is narrower is no gap between rows."""
WAYS = 1 + len(_HEIGHTS) + 2 * _LANES + 2 * _BENT_LANES**2

Bend = np.ndarray
Path = Callable[[np.ndarray, np.ndarray, float], np.ndarray]


def straight() -> np.ndarray:
    """The straight way alone: (1, STEPS, 2)."""
    return np.zeros((1, STEPS, 2))


def ways(start: np.ndarray, goal: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """All ways from one point to another between texts with these `boxes` (left, bottom, right, top): (WAYS, STEPS, 2).

    Each kind keeps its place in the table, so that flights beside each other can take the same.
    """
    low, high = np.minimum(start, goal), np.maximum(start, goal)
    columns = _gaps(boxes, 0, low, high)
    rows = _gaps(boxes, 1, low, high)
    corners = [
        *([(start[0], y), (goal[0], y)] for y in _nearest(rows, _LANES, start[1], goal[1])),
        *([(x, start[1]), (x, goal[1])] for x in _nearest(columns, _LANES, start[0], goal[0])),
    ]
    for x in _nearest(columns, _BENT_LANES, start[0]):
        corners += [[(x, start[1]), (x, y), (goal[0], y)] for y in _nearest(rows, _BENT_LANES, goal[1])]
    for x in _nearest(columns, _BENT_LANES, goal[0]):
        corners += [[(start[0], y), (x, y), (x, goal[1])] for y in _nearest(rows, _BENT_LANES, start[1])]
    return np.concatenate([straight(), _arcs(start, goal), _round(start, goal, corners)])


def bent(bend: Bend) -> Path:
    """Return what manim calls a path function, for a way: all points of a mobject take the same shift."""

    def path(start: np.ndarray, end: np.ndarray, alpha: float) -> np.ndarray:
        at = min(max(alpha, 0.0), 1.0) * (STEPS - 1)
        before = min(int(at), STEPS - 2)
        x, y = bend[before] + (at - before) * (bend[before + 1] - bend[before])
        return np.asarray(interpolate(start, end, alpha) + np.array([x, y, 0.0]))

    return path


def _arcs(start: np.ndarray, goal: np.ndarray) -> np.ndarray:
    across = np.array([start[1] - goal[1], goal[0] - start[0]])
    share = np.linspace(0, 1, STEPS)
    return np.asarray([height * np.outer(4 * share * (1 - share), across) for height in _HEIGHTS])


def _gaps(boxes: np.ndarray, axis: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The middles of the gaps between columns (axis 0) or rows (axis 1) of the texts that a flight may meet.

    Around them all there is room, too.
    """
    other = 1 - axis
    near = boxes[(boxes[:, other] < high[other]) & (boxes[:, other + 2] > low[other])]
    near = near if len(near) else boxes
    if not len(near):
        return np.array([(low[axis] + high[axis]) / 2])
    order = np.argsort(near[:, axis], kind="stable")
    begins, ends = near[order, axis], np.maximum.accumulate(near[order, axis + 2])
    wide = begins[1:] - ends[:-1] > _LEAST_GAP
    safe = (frame().safe_x, frame().safe_y)[axis]
    before, after = max(-safe, begins[0] - 0.5), min(safe, ends[-1] + 0.5)
    return np.array([before, *((begins[1:] + ends[:-1]) / 2)[wide], after])


def _nearest(gaps: np.ndarray, count: int, *to: float) -> np.ndarray:
    """So many of the gaps, the nearest to these places first; the last one again and again if there are fewer."""
    away = sum(np.abs(gaps - place) for place in to)
    order = np.argsort(away, kind="stable")[:count]
    return np.asarray(gaps[np.pad(order, (0, count - len(order)), mode="edge")])


def _round(start: np.ndarray, goal: np.ndarray, corners: list[list[tuple[float, float]]]) -> np.ndarray:
    """Ways with these corners, at an even pace, with each corner rounded; as shifts from the straight line."""
    half, share = _ROUND // 2, np.linspace(0, 1, STEPS)
    found = np.empty((len(corners), STEPS, 2))
    for way, turns in zip(found, corners, strict=True):
        points = np.array([start, *turns, goal])
        run = np.append(0.0, np.cumsum(np.abs(np.diff(points, axis=0)).sum(1)))
        for axis in (0, 1):
            way[:, axis] = np.interp(share * run[-1], run, points[:, axis])
    # Mirrored about its ends, so that the mean of a stretch leaves them where they are.
    before, after = 2 * found[:, :1] - found[:, half:0:-1], 2 * found[:, -1:] - found[:, -2 : -half - 2 : -1]
    sums = np.cumsum(np.concatenate([np.zeros_like(found[:, :1]), before, found, after], axis=1), axis=1)
    return np.asarray((sums[:, _ROUND:] - sums[:, :-_ROUND]) / _ROUND - start - share[:, None] * (goal - start))
