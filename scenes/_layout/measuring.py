"""How much room a part of a picture takes along an axis, as a length in the sizes that are to be found."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from scenes._layout.lengths import Length, as_length, longest, total
from scenes._layout.parts import ACROSS, DOWN, Block, FirstOf, Label, Line, Part, Stack, Table

NONE = as_length(0.0)


class Extent(NamedTuple):
    """What a part takes along an axis: its body, and the words before and after it, which do not count in aligning."""

    before: Length
    body: Length
    after: Length
    line: tuple[Length, Length] | None = None
    """Where it has one, how much of the body is before and behind the line that it is aligned by."""

    @property
    def whole(self) -> Length:
        """All of it."""
        return self.before + self.body + self.after


_KNOWN: WeakKeyDictionary[Part, dict[int, Extent]] = WeakKeyDictionary()
"""Parts do not change, and alternatives have many of them in common."""


def extent(part: Part, axis: int) -> Extent:
    """How much room a part takes along an axis; its alternatives must have been chosen."""
    known = _KNOWN.setdefault(part, {})
    if axis not in known:
        known[axis] = _measured(part, axis)
    return known[axis]


def _measured(part: Part, axis: int) -> Extent:
    match part:
        case Block():
            return Extent(NONE, part.extent[axis].least, NONE, part.line if axis == DOWN else None)
        case Line() if part.axis == axis:
            return _along(part, [extent(one, axis) for one in part.parts])
        case Line():
            return _beside([extent(one, axis) for one in part.parts], part.align == "line")
        case Stack():
            return _beside([extent(one, axis) for one in part.parts], part.align[axis] == "line")
        case Table():
            return Extent(NONE, _table(part, axis), NONE)
        case Label():
            return _labelled(part, axis)
        case FirstOf():
            raise ValueError("an alternative has no extent before one is chosen")


def _along(line: Line, extents: list[Extent]) -> Extent:
    """Parts one after the other: the first one's word before all, the last one's after all."""
    if not extents:
        return Extent(NONE, NONE, NONE)
    between = [gap.least for gap in line.gaps]
    inner = [one.after + other.before for one, other in pairwise(extents)]
    body = total([*(one.body for one in extents), *inner, *between])
    return Extent(extents[0].before, body, extents[-1].after)


def _beside(extents: list[Extent], level: bool) -> Extent:
    """Parts next to each other across the axis: the longest counts, or what is longest on both sides of their line."""
    before, after = longest(NONE, *(one.before for one in extents)), longest(NONE, *(one.after for one in extents))
    if not level:
        return Extent(before, longest(NONE, *(one.body for one in extents)), after)
    halves = [lines_of(one) for one in extents]
    up, down = (longest(NONE, *(half[k] for half in halves)) for k in (0, 1))
    return Extent(before, up + down, after, (up, down))


def lines_of(one: Extent) -> tuple[Length, Length]:
    """How far a part reaches before and behind its line, which is its middle unless it has one of its own."""
    return one.line or (one.body * 0.5, one.body * 0.5)


def columns_of(grid: Table, axis: int) -> list[list[Part]]:
    """What stands in each column, or for the other axis in each row."""
    lines = zip(*grid.rows, strict=True) if axis == ACROSS else grid.rows
    return [[one for one in line if one is not None] for line in lines]


def _table(grid: Table, axis: int) -> Length:
    columns = columns_of(grid, axis)
    longs = [longest(NONE, *(extent(one, axis).whole for one in column)) for column in columns]
    return total([*longs, *(grid.gaps[axis].least for _ in columns[1:])])


def is_before(label: Label) -> bool:
    """Whether a word stands left of or above what it belongs to."""
    return label.side in ("left", "above")


def axis_of(label: Label) -> int:
    """The axis along which a word and what it belongs to follow each other."""
    return ACROSS if label.side in ("left", "right") else DOWN


def _labelled(label: Label, axis: int) -> Extent:
    part, word = extent(label.part, axis), extent(label.word, axis).whole
    if axis != axis_of(label):
        return part._replace(body=longest(part.body, word), line=None)
    if is_before(label):
        return part._replace(before=part.before + label.gap + word)
    return part._replace(after=part.after + label.gap + word)
