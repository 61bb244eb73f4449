"""The largest sizes for which all inequalities hold: they grow together, and each stops when its room is used up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

HAIR = 1e-9
"""Lengths that differ by less are equal: sums of the same numbers in another order may differ by as much."""


class Limit(NamedTuple):
    """A form of the picture's width or height: with the sizes it must come to no more than the room."""

    fixed: float
    per: Sequence[float]
    room: float

    def slack(self, sizes: Sequence[float]) -> float:
        """How much room is left over."""
        return self.room - self.fixed - sum(many * size for many, size in zip(self.per, sizes, strict=True))


class Filled(NamedTuple):
    """The sizes, and the one that all had come to when the first of them found no more room.

    `level` is None where no size can grow, and the largest that any of them may be where there is room for all.
    """

    sizes: list[float]
    level: float | None


def fill(limits: Sequence[Limit], least: Sequence[float], most: Sequence[float]) -> Filled | None:
    """Sizes that are as equal as can be, and then as large as can be; None if not even the least have room.

    This is max-min fairness by progressive filling (Bertsekas and Gallager, Data Networks, 6.5.2), with a least and a
    largest value for each: no size could be larger without making one smaller that is no larger than it.

    >>> fill([Limit(0.0, (2, 3), 10.0)], (0.0, 0.0), (1.5, 9.0))
    Filled(sizes=[1.5, 2.3333333333333335], level=2.3333333333333335)
    """
    sizes = list(least)
    if any(limit.slack(sizes) < -HAIR for limit in limits):
        return None
    free = {k for k in range(len(sizes)) if least[k] < most[k]}
    level = max((most[k] for k in free), default=None)
    blocked = False
    while free:
        reached = min(sizes[k] for k in free)
        growing = {k for k in free if sizes[k] <= reached}
        goal, full = _next_stop(limits, sizes, growing, free, most)
        for k in growing:
            sizes[k] = goal
        stopped = {k for k in growing if any(limit.per[k] > 0 for limit in full)}
        if stopped and not blocked:
            blocked, level = True, goal
        free -= stopped | {k for k in growing if sizes[k] >= most[k]}
    return Filled(sizes, level)


def _next_stop(
    limits: Sequence[Limit], sizes: Sequence[float], growing: set[int], free: set[int], most: Sequence[float]
) -> tuple[float, list[Limit]]:
    """How far some equal sizes can grow together, and which limits are then used up."""
    reached = sizes[next(iter(growing))]
    stop = min([*(most[k] for k in growing), *(sizes[k] for k in free - growing)])
    ends = [(max(0.0, limit.slack(sizes)) / slope, limit) for limit in limits if (slope := _slope(limit, growing)) > 0]
    nearest = min((end for end, _ in ends), default=math.inf)
    if reached + nearest > stop:
        return stop, []
    return reached + nearest, [limit for end, limit in ends if end <= nearest + HAIR]


def _slope(limit: Limit, growing: set[int]) -> float:
    return sum(limit.per[k] for k in sorted(growing))


def share_of_least(limits: Sequence[Limit], least: Sequence[float]) -> tuple[float, int]:
    """To what part of their least all sizes must shrink to have room, and which limit asks for that.

    The part is negative where there is not even room for what is fixed.
    """
    shares = []
    for which, limit in enumerate(limits):
        taken = sum(many * size for many, size in zip(limit.per, least, strict=True))
        free = limit.room - limit.fixed
        shares.append((min(1.0, free / taken) if taken > 0 and free >= 0 else (1.0 if free >= 0 else free), which))
    return min(shares)
