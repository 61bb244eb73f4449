"""Finds the sizes of a picture and the places of its blocks, for a room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scenes._layout.choosing import blocks_in, chosen, first_choice
from scenes._layout.filling import Limit, fill
from scenes._layout.lengths import Length, Size, as_length
from scenes._layout.measuring import extent
from scenes._layout.parts import ACROSS, DOWN, Block, FirstOf, Part
from scenes._layout.placing import Place, Placing
from scenes._layout.refusing import DoesNotFitError, needs, refusal
from scenes._layout.room import Box, Room


@dataclass(frozen=True)
class Layout:
    """A picture whose sizes are known: where each block stands, by its name."""

    boxes: Mapping[str, Box]
    sizes: Mapping[Size, float]
    level: float | None
    """The size that all had come to when the first of them found no more room; None where none can grow."""

    def __getitem__(self, name: str) -> Box:
        """Where a block stands."""
        return self.boxes[name]

    def __contains__(self, name: object) -> bool:
        """Whether a block stands here: it may be missing in the alternative that was taken."""
        return name in self.boxes

    def __iter__(self) -> Iterator[str]:
        """The names of the blocks, in the order of the description."""
        return iter(self.boxes)

    def size(self, size: Size | Length) -> float:
        """How large a size has become, or a length made of sizes; raises KeyError for one that is in no block."""
        return as_length(size).at(self.sizes)


def solve(part: Part, room: Room, readable: float = 0.0) -> Layout:
    """Lay a picture out as large as the room allows; of alternatives, the first that is nearly as large as the best.

    All sizes grow together, from their least on; one stops at its largest, or when its room is used up, and the others
    grow on. Texts are written at `readable` em at least. Only + − × ÷ and comparisons of numbers decide, so a picture
    is the same on every machine. In a larger room `level` is never smaller, or with alternatives never smaller than
    `near` times as large, as a better liked one may then be large enough.

    Raises DoesNotFitError when there is no room for the least sizes, and ValueError for a description that is none.
    """
    found = _best(part, room, readable)
    if isinstance(found, DoesNotFitError):
        raise found
    boxes = _places(found.part, room, found.sizes)
    return Layout(boxes, found.sizes, found.level)


class _Sized(NamedTuple):
    """A picture without alternatives, and its sizes."""

    part: Part
    sizes: Mapping[Size, float]
    level: float | None


def _best(part: Part, room: Room, readable: float) -> _Sized | DoesNotFitError:
    """The alternative to take; the outer ones are chosen first."""
    choice = first_choice(part)
    if choice is None:
        return _sized(part, room, readable)
    options = choice.tall if room.tall > room.wide else choice.options
    tried: list[_Sized | DoesNotFitError] = []
    for option in options:
        tried.append(_best(chosen(part, choice, option), room, readable))
        if choice.near <= 0 and isinstance(tried[-1], _Sized):
            break
    return _first_near(choice, [one for one in tried if isinstance(one, _Sized)]) or min(
        (one for one in tried if isinstance(one, DoesNotFitError)), key=lambda refused: -refused.share
    )


def _first_near(choice: FirstOf, fitting: list[_Sized]) -> _Sized | None:
    """The first that is nearly as large as the largest."""
    largest = max((one.level for one in fitting if one.level is not None), default=0.0)
    return next((one for one in fitting if one.level is None or one.level >= choice.near * largest), None)


def _sized(part: Part, room: Room, readable: float) -> _Sized | DoesNotFitError:
    """The sizes of a picture without alternatives, or why there are none."""
    blocks = blocks_in(part)
    _check_names(blocks)
    forms = [(axis, form) for axis in (ACROSS, DOWN) for form in extent(part, axis).whole.forms]
    try:
        least = _least(blocks, readable)
    except DoesNotFitError as refused:
        return refused
    limits = [Limit(form.fixed, [form.per.get(size, 0.0) for size in least], room[axis]) for axis, form in forms]
    # What cannot be read otherwise may be larger than anything need be.
    filled = fill(limits, [*least.values()], [max(size.most, low) for size, low in least.items()])
    if filled is None:
        return refusal(part, room, [axis for axis, _ in forms], limits, least, readable)
    return _Sized(part, dict(zip(least, filled.sizes, strict=True)), filled.level)


def _least(blocks: list[Block], readable: float) -> dict[Size, float]:
    """The least of each size, with which all that must be read can be."""
    extents = (span.least for block in blocks for span in block.extent)
    least = {size: size.least for length in extents for form in length.forms for size in form.per}
    for block in blocks:
        for size, needed, _ in needs(block, readable):
            least[size] = max(least.get(size, size.least), needed)
    return least


def _check_names(blocks: list[Block]) -> None:
    """Raise ValueError when two blocks have the same name."""
    names = [block.name for block in blocks if block.name is not None]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two blocks of a picture are called {twice[0]!r}; expected names of their own")


def _places(part: Part, room: Room, sizes: Mapping[Size, float]) -> dict[str, Box]:
    """Where each block stands, in the middle of the room."""
    across, down = (Placing(axis, sizes) for axis in (ACROSS, DOWN))
    for placing, long in ((across, room.wide), (down, room.tall)):
        before, after = placing.words(part)
        placing.put(part, Place(before, long - after))
    upright = dict(down.found)
    boxes = {}
    for block, (left, right) in across.found:
        top, bottom = upright[block]
        if block.name is not None:
            x, y = room.x - room.wide / 2 + (left + right) / 2, room.y + room.tall / 2 - (top + bottom) / 2
            boxes[block.name] = Box(x, y, right - left, bottom - top, block.look)
    return boxes
