"""Why a picture does not fit: which block takes the room, and what has too little of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from scenes._layout.choosing import blocks_in
from scenes._layout.filling import Limit, share_of_least
from scenes._layout.lengths import Form, Length, Size
from scenes._layout.measuring import axis_of, columns_of, extent
from scenes._layout.parts import Block, Label, Line, Part, Stack, Table
from scenes._layout.room import Room

WORDS = ("width", "height")


class DoesNotFitError(ValueError):
    """A picture does not fit.

    `block` is the one that takes most of the room `along` "width" or "height"; `size` names what it is measured in.
    That would have to be `needed`, and would be `got` if all that must have a least size shrank alike. What needs it is
    the text `label` in the block `reader`, or else the size's own least; both are then None. Without a `size` it is
    what is fixed that does not fit: `needed` is its length, and `got` the room for it.
    """

    def __init__(
        self,
        block: str,
        along: str,
        got: float,
        needed: float,
        size: str | None = None,
        label: str | None = None,
        reader: str | None = None,
        share: float = 0.0,
    ) -> None:
        self.block, self.along, self.got, self.needed = block, along, got, needed
        self.size, self.label, self.reader, self.share = size, label, reader, share
        super().__init__(self._said())

    def _said(self) -> str:
        if self.along == "text":
            return (
                f"{self.label!r} in {self.block!r} is {self.got:.3f} em large; at least {self.needed:.3f} can be read"
            )
        if self.size is None:
            return f"the {self.along} is {self.got:.2f}; {self.block!r} and what stands with it take {self.needed:.2f}"
        reason = f" for {self.label!r} in {self.reader!r} to be read" if self.label else ""
        return (
            f"{self.block!r} takes the {self.along}: {self.size} would be {self.got:.3f}, "
            f"and must be at least {self.needed:.3f}{reason}"
        )

    @classmethod
    def of_text(cls, block: Block, label: str, em: float, readable: float) -> Self:
        """A text of a fixed size is too small."""
        return cls(str(block.name), "text", em, readable, None, label, block.name, em / readable)


def needs(block: Block, readable: float) -> list[tuple[Size, float, str]]:
    """How large which size must be for each text of a block to be read.

    Raises DoesNotFitError for a text of a fixed size that cannot be read, and ValueError for one whose size is a sum.
    """
    found = []
    for label, em in block.reads.items():
        fixed = max((form.fixed for form in em.forms if not form.per), default=0.0)
        sized = [form for form in em.forms if form.per]
        if len(sized) > 1 or any(form.fixed or len(form.per) > 1 for form in sized):
            raise ValueError(f"{label!r} in {block.name!r} is written in a sum; expected a multiple of one size")
        if fixed >= readable:
            continue
        if not sized:
            raise DoesNotFitError.of_text(block, label, fixed, readable)
        found += [(size, readable / many, label) for form in sized for size, many in form.per.items()]
    return found


def refusal(
    part: Part, room: Room, axes: Sequence[int], limits: Sequence[Limit], least: Mapping[Size, float], readable: float
) -> DoesNotFitError:
    """Why the least sizes have no room."""
    share, which = share_of_least(limits, [*least.values()])
    axis, limit = axes[which], limits[which]
    sizes = {size: max(share, 0.0) * side for size, side in least.items()}
    taking = [(block, length) for block, length in _taking(part, axis, sizes) if block.name is not None]
    # A size that may be nothing at all takes no room from any other.
    measured = {block: _size_in(block, axis, sizes, least) for block, _ in taking}
    if share < 0 or not any(measured.values()):
        block = max(taking, key=lambda one: one[1], default=(None, 0.0))[0]
        needed = limit.room - limit.slack([*sizes.values()])
        return DoesNotFitError(str(block.name) if block else "space", WORDS[axis], limit.room, needed, share=share)
    block = max((one for one in taking if measured[one[0]]), key=lambda one: one[1])[0]
    size = measured[block]
    assert size is not None
    reader, label = _reader(part, size, least[size], readable)
    return DoesNotFitError(
        str(block.name), WORDS[axis], share * least[size], least[size], size.name, label, reader, share
    )


def _reader(part: Part, size: Size, least: float, readable: float) -> tuple[str | None, str | None]:
    """The block and the text in it that need a size to be so large."""
    for block in blocks_in(part):
        for one, needed, label in needs(block, readable):
            if one is size and needed >= least:
                return block.name, label
    return None, None


def _size_in(block: Block, axis: int, sizes: Mapping[Size, float], least: Mapping[Size, float]) -> Size | None:
    """What a block is measured in, or most of it, of what must have a `least` size."""
    form = _longest_form(block.extent[axis].least, sizes)
    needed = [size for size in form.per if least[size] > 0]
    return max(needed, key=lambda size: form.per[size] * sizes[size], default=None)


def _longest_form(length: Length, sizes: Mapping[Size, float]) -> Form:
    return max(length.forms, key=lambda form: form.at(sizes))


def _taking(part: Part, axis: int, sizes: Mapping[Size, float]) -> list[tuple[Block, float]]:
    """The blocks that make a part as long as it is along an axis, and how long each of them is."""

    def long(one: Part) -> float:
        return extent(one, axis).whole.at(sizes)

    match part:
        case Block():
            return [(part, long(part))]
        case Line() if part.axis == axis:
            one_by_one = list(part.parts)
        case Line() | Stack():
            one_by_one = [max(part.parts, key=long)] if part.parts else []
        case Table():
            one_by_one = [max(column, key=long) for column in columns_of(part, axis) if column]
        case Label():
            both = [part.part, part.word]
            one_by_one = both if axis_of(part) == axis else [max(both, key=long)]
        case _:
            one_by_one = []
    return [found for one in one_by_one for found in _taking(one, axis, sizes)]
