"""Pictures that are not wide: blocks in rows below each other, as large as the stage allows.

A block is measured in sides of its cells. The same blocks may stand in one row, or one below the other, or in rows of
some of them; `best` takes the arrangement in which the cells are largest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from manim import DOWN, RIGHT, UP, VGroup, VMobject

from scenes._look.frame import frame

CAPTION_ROOM = 0.58
"""Below a block, for its name."""
_APART, BELOW = 0.42, 0.35
"""Between blocks in a row, and between rows, at least."""
_FARTHEST = 1.3
"""Between blocks, at most."""

Arrangement = Sequence[Sequence[int]]
"""Rows of blocks, by their numbers."""


class Block(NamedTuple):
    """Width and height of a block, in sides of its cells."""

    wide: float
    tall: float


class Room(NamedTuple):
    """The room for all rows, and what of it is not there for cells: between blocks, between rows, below each row."""

    wide: float
    tall: float
    apart: float = _APART
    below: float = BELOW
    caption: float = CAPTION_ROOM

    def holds(self, blocks: Sequence[Block], rows: Arrangement, sides: Sequence[float]) -> bool:
        """Whether the blocks in these rows, with cells of these sides, have room."""
        tall = len(rows) * self.caption + (len(rows) - 1) * self.below
        for row in rows:
            if sum(blocks[k].wide * sides[k] for k in row) + (len(row) - 1) * self.apart > self.wide + 1e-9:
                return False
            tall += max(blocks[k].tall * sides[k] for k in row)
        return tall <= self.tall + 1e-9


def stage(caption: float = CAPTION_ROOM) -> Room:
    """The whole stage."""
    return Room(frame().stage_width - 0.1, frame().stage_height, caption=caption)


def page(caption: float = CAPTION_ROOM) -> Room:
    """The stage and the band of the key figure, for a picture that has none."""
    return Room(frame().stage_width - 0.1, frame().page_height - 0.2, caption=caption)


def largest(holds: Callable[[float], bool], most: float) -> float:
    """The largest number up to `most` that holds; 0 if none does."""
    if holds(most):
        return most
    low, high = 0.0, most
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def best(
    arrangements: Sequence[Arrangement], side: Callable[[Arrangement], float], near: float = 0.94
) -> tuple[Arrangement, float]:
    """Of the arrangements the first in which cells are (nearly) as large as in any, and their side."""
    sides = [side(rows) for rows in arrangements]
    return next((rows, one) for rows, one in zip(arrangements, sides, strict=True) if one >= near * max(sides))


def stand(blocks: Sequence[VMobject], rows: Arrangement, room: Room, middle: float | None = None) -> VGroup:
    """Put blocks into their rows in the middle of the stage, with what room is left over between them."""
    groups = []
    for row in rows:
        group = VGroup(*(blocks[k] for k in row))
        wide = sum(blocks[k].width for k in row)
        free = (room.wide - wide) / max(1, len(row) + 1)
        groups.append(group.arrange(RIGHT, buff=max(room.apart, min(_FARTHEST, free))).set_x(0))
    tall = sum(float(group.height) for group in groups) + len(groups) * room.caption
    free = (room.tall - tall) / (len(groups) + 1)
    below = max(room.below, min(_FARTHEST, free))
    whole = VGroup(*groups).arrange(DOWN, buff=below + room.caption).set_x(0)
    height = frame().stage_middle if middle is None else middle
    return whole.move_to(UP * (height + room.caption / 2))
