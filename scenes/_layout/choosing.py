"""Which of the alternatives in a picture stand: a picture without alternatives for each choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenes._layout.parts import Block, FirstOf, Label, Line, Part, Stack, Table


def parts_in(part: Part) -> Iterator[Part]:
    """The parts that a part is made of."""
    match part:
        case Line() | Stack():
            yield from part.parts
        case Table():
            yield from (one for line in part.rows for one in line if one is not None)
        case Label():
            yield from (part.part, part.word)
        case FirstOf():
            yield from part.options


def first_choice(part: Part) -> FirstOf | None:
    """The first alternatives that one meets, reading a picture from outside to inside."""
    if isinstance(part, FirstOf):
        return part
    return next((found for one in parts_in(part) if (found := first_choice(one))), None)


def chosen(part: Part, choice: FirstOf, option: Part) -> Part:
    """The picture with one of the alternatives in the place, or places, of them all."""
    if part is choice:
        return option
    match part:
        case Line() | Stack():
            return replace(part, parts=tuple(chosen(one, choice, option) for one in part.parts))
        case Table():
            rows = (tuple(one and chosen(one, choice, option) for one in line) for line in part.rows)
            return replace(part, rows=tuple(rows))
        case Label():
            made = chosen(part.part, choice, option), chosen(part.word, choice, option)
            return replace(part, part=made[0], word=made[1])
        case FirstOf():
            options, tall = (tuple(chosen(one, choice, option) for one in some) for some in (part.options, part.tall))
            return replace(part, options=options, tall=tall)
        case _:
            return part


def blocks_in(part: Part) -> list[Block]:
    """All blocks of a picture without alternatives."""
    if isinstance(part, Block):
        return [part]
    return [block for one in parts_in(part) for block in blocks_in(one)]
