"""The words that describe a picture: blocks, and how they stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from scenes._layout.lengths import Between, Length, Measure, Size, as_between, as_length

Align = Literal["start", "centre", "end", "line"]
"""Across a row, its parts stand at its top, in its middle, at its bottom, or with their lines level."""
Side = Literal["above", "below", "left", "right"]
ACROSS, DOWN = 0, 1
"""The two axes: from left to right, and from top to bottom."""


@dataclass(frozen=True, eq=False)
class Block:
    """A thing of a known extent; without a name it is only room."""

    name: str | None
    extent: tuple[Between, Between]
    line: tuple[Length, Length] | None = None
    """How far it reaches above and below its line, where it has one."""
    reads: Mapping[str, Length] = field(default_factory=dict)
    look: Any = None


@dataclass(frozen=True, eq=False)
class Line:
    """Parts one after the other along an axis."""

    axis: int
    parts: tuple[Part, ...]
    gaps: tuple[Between, ...]
    align: Align


@dataclass(frozen=True, eq=False)
class Stack:
    """Parts on top of each other."""

    parts: tuple[Part, ...]
    align: tuple[Align, Align]


@dataclass(frozen=True, eq=False)
class Table:
    """Parts in rows and columns; None leaves a place empty."""

    rows: tuple[tuple[Part | None, ...], ...]
    gaps: tuple[Between, Between]
    """Between columns, and between rows."""


@dataclass(frozen=True, eq=False)
class Label:
    """A part with another one at one of its sides, which does not count when parts are aligned."""

    part: Part
    word: Part
    side: Side
    gap: Length


@dataclass(frozen=True, eq=False)
class FirstOf:
    """Alternatives in order of preference."""

    options: tuple[Part, ...]
    near: float
    tall: tuple[Part, ...]
    """The order of preference in a room that is higher than wide."""


Part = Block | Line | Stack | Table | Label | FirstOf


def block(
    name: str,
    wide: Measure | Between,
    tall: Measure | Between | tuple[Measure, Measure],
    reads: Mapping[str, Measure] | None = None,
    look: Any = None,
) -> Block:
    """A thing with a name, so wide and so tall: `block("image", 3 * cell, 3 * cell)` has three rows of three cells.

    `tall` may be a pair: how far it reaches above and below the line that it is aligned by, such as a text's baseline.
    `reads` says what must be readable in it, and how large it is written: `{"−12": 0.41 * cell}` is a label whose em
    is 0.41 sides of a cell. `look` is handed back with the block that stands, for alternatives that differ in it.
    """
    line = None
    if isinstance(tall, tuple) and not isinstance(tall, Between):
        line = (as_length(tall[0]), as_length(tall[1]))
        tall = line[0] + line[1]
    sized = {label: as_length(em) for label, em in (reads or {}).items()}
    return Block(name, (as_between(wide), as_between(tall)), line, sized, look)


def space(wide: Measure | Between = 0.0, tall: Measure | Between = 0.0) -> Block:
    """Room in which nothing stands."""
    return Block(None, (as_between(wide), as_between(tall)))


Gaps = Measure | Between | Sequence[Measure | Between]
"""One for all, or one each, between the first and the second, the second and the third, …"""


def row(*parts: Part, gap: Gaps = 0.0, align: Align = "centre") -> Line:
    """Parts side by side, from left to right, with at least these gaps between them."""
    return Line(ACROSS, parts, _gaps(gap, len(parts)), align)


def column(*parts: Part, gap: Gaps = 0.0, align: Align = "centre") -> Line:
    """Parts below each other, from top to bottom, with at least these gaps between them; `align` "start" is left."""
    if align == "line":
        raise ValueError("a column is aligned at its start, centre or end: lines are level in a row")
    return Line(DOWN, parts, _gaps(gap, len(parts)), align)


def stack(*parts: Part, across: Align = "centre", down: Align = "centre") -> Stack:
    """Parts on top of each other, the first one at the bottom."""
    return Stack(parts, (across, down))


def table(*rows: Sequence[Part | None], apart: Measure | Between = 0.0, below: Measure | Between = 0.0) -> Table:
    """Parts in rows and columns, each in the middle of its place; None leaves a place empty.

    `apart` is the gap between columns, `below` that between rows. Raises ValueError for rows of unequal length.
    """
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"the rows of a table have {[len(row) for row in rows]} places; expected equally many")
    return Table(tuple(map(tuple, rows)), (as_between(apart), as_between(below)))


def label(part: Part, word: Part, side: Side = "below", gap: Measure = 0.0) -> Label:
    """A part with a word at one of its sides. Parts of a row stand level without their words, and these on one line."""
    return Label(part, word, side, as_length(gap))


def first_of(*options: Part, near: float = 0.94, tall: Sequence[Part] = ()) -> FirstOf:
    """Alternatives in order of preference: the first in which sizes come to `near` times what they come to in the best.

    With `near` 0 it is the first one that fits. `tall` is the order in a room that is higher than wide; one that is
    not in it is never taken there. The same alternatives in several places of a picture are chosen once for all.
    """
    if not options:
        raise ValueError("there are no alternatives; expected at least one")
    return FirstOf(options, near, tuple(tall) or options)


def _gaps(gap: Gaps, parts: int) -> tuple[Between, ...]:
    """One gap for each pair of neighbours."""
    count = max(0, parts - 1)
    if isinstance(gap, Between | Size | Length | int | float):
        return (as_between(gap),) * count
    if len(gap) != count:
        raise ValueError(f"there are {len(gap)} gaps between {parts} parts; expected {count}")
    return tuple(map(as_between, gap))
