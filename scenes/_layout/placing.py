"""Where the parts of a picture stand, along one axis, once all sizes are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scenes._layout.lengths import Size
from scenes._layout.measuring import axis_of, columns_of, extent, is_before, lines_of
from scenes._layout.parts import Block, FirstOf, Label, Line, Part, Stack, Table

Interval = tuple[float, float]
"""From where to where a part reaches: from left to right, or from top to bottom, both counted upwards."""


class Place(NamedTuple):
    """The room for a part's body; and where the words before and after it stand, if a row has said so."""

    start: float
    end: float
    before: float | None = None
    after: float | None = None


class Placing:
    """Puts parts to their places along an axis; `found` is where each block has come to stand."""

    def __init__(self, axis: int, sizes: Mapping[Size, float]) -> None:
        self.axis, self.sizes = axis, sizes
        self.found: list[tuple[Block, Interval]] = []

    def put(self, part: Part, place: Place) -> Interval:
        """Put a part into its room, in the middle if it does not need all of it. Returns where its body stands."""
        match part:
            case Block():
                stands = _middle(place.start, place.end, min(place.end - place.start, self.reach(part)))
                self.found.append((part, stands))
                return stands
            case Line() if part.axis == self.axis:
                return self._along(part, place)
            case Line():
                return self._beside(part.parts, part.align, place)
            case Stack():
                return self._beside(part.parts, part.align[self.axis], place)
            case Table():
                return self._table(part, place)
            case Label():
                return self._labelled(part, place)
            case FirstOf():
                raise ValueError("an alternative cannot be placed before one is chosen")

    def body(self, part: Part) -> float:
        """How long a part's body is at least."""
        return extent(part, self.axis).body.at(self.sizes)

    def words(self, part: Part) -> tuple[float, float]:
        """How long the words before and after a part are."""
        one = extent(part, self.axis)
        return one.before.at(self.sizes), one.after.at(self.sizes)

    def reach(self, part: Part) -> float:
        """How much room a part's body can take."""
        least = self.body(part)
        match part:
            case Block():
                return max(least, part.extent[self.axis].most)
            case Line() if part.axis == self.axis:
                gaps = (max(0.0, gap.most - gap.least.at(self.sizes)) for gap in part.gaps)
                return least + sum(gaps) + sum(self.reach(one) - self.body(one) for one in part.parts)
            case Line() | Stack():
                return max([least, *map(self.reach, part.parts)])
            case Label() if axis_of(part) == self.axis:
                return self.reach(part.part)
            case _:
                return least

    def _beside(self, parts: Sequence[Part], align: str, place: Place) -> Interval:
        """Across the axis all parts have the same room, and their words stand on the same lines."""
        if not parts:
            return _middle(place.start, place.end, 0.0)
        room = min(place.end - place.start, max(map(self.reach, parts)))
        start, end = _middle(place.start, place.end, room)
        before = start if place.before is None else place.before
        after = end if place.after is None else place.after
        if align == "line":
            lines = [[half.at(self.sizes) for half in lines_of(extent(one, self.axis))] for one in parts]
            up, down = (max(line[k] for line in lines) for k in (0, 1))
            level = _middle(place.start, place.end, up + down)[0] + up
            rooms = [(level - line[0], level + line[1]) for line in lines]
        else:
            rooms = [_aligned((start, end), self.body(one), align) for one in parts]
        stands = [self.put(one, Place(*room, before, after)) for one, room in zip(parts, rooms, strict=True)]
        return min(one[0] for one in stands), max(one[1] for one in stands)

    def _along(self, line: Line, place: Place) -> Interval:
        """One after the other. What can take more room has what is left, and then the gaps have it."""
        if not line.parts:
            return _middle(place.start, place.end, 0.0)
        bodies = [self.body(one) for one in line.parts]
        words = [self.words(one) for one in line.parts]
        inner = sum(before for before, _ in words[1:]) + sum(after for _, after in words[:-1])
        gaps = [gap.least.at(self.sizes) for gap in line.gaps]
        room = place.end - place.start - inner
        bodies = share(room - sum(gaps), bodies, [self.reach(one) for one in line.parts])
        most = [max(gap.most, least) for gap, least in zip(line.gaps, gaps, strict=True)]
        gaps = share(room - sum(bodies), gaps, most, margins=2)
        at = start = _middle(place.start, place.end, sum(bodies) + sum(gaps) + inner)[0]
        last = len(bodies) - 1
        for k, one in enumerate(line.parts):
            at += words[k][0] if k else 0.0
            before, after = place.before if k == 0 else None, place.after if k == last else None
            self.put(one, Place(at, at + bodies[k], before, after))
            at += bodies[k] + (words[k][1] + gaps[k] if k < last else 0.0)
        return start, at

    def _table(self, grid: Table, place: Place) -> Interval:
        columns = columns_of(grid, self.axis)
        longs = [
            max((extent(one, self.axis).whole.at(self.sizes) for one in column), default=0.0) for column in columns
        ]
        gap, room = grid.gaps[self.axis], place.end - place.start
        least = gap.least.at(self.sizes)
        gaps = share(
            room - sum(longs), [least] * (len(longs) - 1), [max(gap.most, least)] * (len(longs) - 1), margins=2
        )
        at = start = _middle(place.start, place.end, sum(longs) + sum(gaps))[0]
        for k, column in enumerate(columns):
            for one in column:
                before, after = self.words(one)
                self.put(one, Place(*_middle(at + before, at + longs[k] - after, self.body(one))))
            at += longs[k] + (gaps[k] if k < len(gaps) else 0.0)
        return start, at

    def _labelled(self, label: Label, place: Place) -> Interval:
        stands = self.put(label.part, place)
        (lead, trail), body = self.words(label.word), self.body(label.word)
        if axis_of(label) != self.axis:
            start, end = _middle(*stands, lead + body + trail)
            self.put(label.word, Place(start + lead, end - trail))
            return min(stands[0], start), max(stands[1], end)
        gap, (before, after) = label.gap.at(self.sizes), self.words(label.part)
        if is_before(label):
            end = (stands[0] if place.before is None else place.before) - before - gap - trail
            self.put(label.word, Place(end - body, end))
        else:
            start = (stands[1] if place.after is None else place.after) + after + gap + lead
            self.put(label.word, Place(start, start + body))
        return stands


def share(room: float, least: Sequence[float], most: Sequence[float], margins: int = 0) -> list[float]:
    """Lengths between their least and most that fill a room as evenly as can be; so many margins get as much as they.

    >>> share(10.0, [1.0, 4.0], [2.0, 9.0])
    [2.0, 8.0]
    >>> share(9.0, [1.0, 1.0], [5.0, 5.0], margins=1)
    [3.0, 3.0]
    """
    stops = sorted({*least, *most})
    level, taken = 0.0, sum(least)
    for stop in [*(stop for stop in stops if stop > 0), None]:
        growing = margins + sum(low <= level < high for low, high in zip(least, most, strict=True))
        free = room - taken
        if free <= 0 or (stop is None and not growing):
            break
        step = free / growing if growing else free
        if stop is None or (growing and level + step < stop):
            level += step
            break
        taken += growing * (stop - level)
        level = stop
    return [max(low, min(level, high)) for low, high in zip(least, most, strict=True)]


def _middle(start: float, end: float, long: float) -> Interval:
    """What is so long, in the middle of a room."""
    return (start + end - long) / 2, (start + end + long) / 2


def _aligned(room: Interval, body: float, align: str) -> Interval:
    """The room of a part that is aligned at an end; in the middle it has all."""
    if align == "start":
        return room[0], room[0] + body
    return (room[1] - body, room[1]) if align == "end" else room
