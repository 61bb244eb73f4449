"""Descriptions of pictures as Hypothesis makes them up, and what holds of all pictures."""

from __future__ import annotations

from itertools import combinations, count

from hypothesis import strategies as st

from scenes._layout import (
    Layout,
    Part,
    Room,
    Size,
    between,
    block,
    column,
    first_of,
    label,
    longest,
    row,
    space,
    table,
)
from scenes._layout.choosing import blocks_in
from scenes._layout.measuring import extent

HAIR = 1e-6


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 100), round(high * 100)).map(lambda hundredths: hundredths / 100)


@st.composite
def sizes(draw: st.DrawFn) -> list[Size]:
    made = []
    for name in "abc"[: draw(st.integers(1, 3))]:
        least = draw(st.one_of(st.just(0.0), numbers(0.0, 0.4)))
        made.append(Size(name, least, least + draw(numbers(0.0, 1.5))))
    return made


@st.composite
def measures(draw: st.DrawFn, pool: list[Size]) -> object:
    size, many = draw(st.sampled_from(pool)), draw(st.integers(1, 6))
    fixed = draw(st.one_of(st.just(0.0), numbers(0.0, 0.3)))
    made = many * size + fixed
    return longest(made, draw(numbers(0.0, 1.0))) if draw(st.integers(0, 4)) == 0 else made


@st.composite
def gaps(draw: st.DrawFn) -> object:
    least = draw(numbers(0.0, 0.4))
    return between(least, least + draw(numbers(0.0, 1.0))) if draw(st.booleans()) else least


@st.composite
def pictures(draw: st.DrawFn, alternatives: bool = False) -> Part:
    """Rows, columns and tables of blocks and words, three deep."""
    return draw(_parts(draw(sizes()), count(), 2, alternatives))


@st.composite
def _parts(draw: st.DrawFn, pool: list[Size], names: count[int], deep: int, alternatives: bool) -> Part:
    kinds = ["block", "words"] if deep == 0 else ["row", "column", "table", "label", "row", "column"]
    kind = draw(st.sampled_from([*kinds, *(["first_of"] if alternatives and deep else [])]))
    inner = _parts(pool, names, deep - 1, alternatives)
    if kind == "block":
        wide, tall = draw(measures(pool)), draw(measures(pool))
        return block(f"block {next(names)}", between(wide, 9.0) if draw(st.integers(0, 5)) == 0 else wide, tall)
    if kind == "words":
        em = draw(st.sampled_from(pool))
        return block(f"words {next(names)}", 2 * em, (0.7 * em, 0.2 * em))
    if kind == "label":
        word = block(f"label {next(names)}", draw(numbers(0.0, 1.0)), draw(numbers(0.0, 0.4)))
        return label(draw(inner), word, draw(st.sampled_from(["above", "below", "left", "right"])), 0.1)
    if kind == "first_of":
        return first_of(*draw(st.lists(inner, min_size=1, max_size=2)), near=draw(st.sampled_from([0.0, 0.8, 1.0])))
    if kind == "table":
        columns = draw(st.integers(1, 2))
        places = st.one_of(inner, st.none(), st.just(space(0.1, 0.1)))
        lines = draw(st.lists(st.lists(places, min_size=columns, max_size=columns), min_size=1, max_size=2))
        return table(*lines, apart=draw(gaps()), below=draw(gaps()))
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    gap, align = draw(gaps()), draw(st.sampled_from(["start", "centre", "end"]))
    if kind == "column":
        return column(*parts, gap=gap, align=align)
    return row(*parts, gap=gap, align=draw(st.sampled_from([align, "line"])))


rooms = st.builds(Room, numbers(0.5, 14.0), numbers(0.5, 14.0), numbers(-2.0, 2.0), numbers(-2.0, 2.0))


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    """The blocks that lie on each other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(layout.boxes.items(), 2)
        if min(a.right, b.right) - max(a.left, b.left) > HAIR and min(a.top, b.top) - max(a.bottom, b.bottom) > HAIR
    ]


def outside(layout: Layout, room: Room) -> list[str]:
    """The blocks that leave the room."""
    return [
        name
        for name, box in layout.boxes.items()
        if abs(box.x - room.x) + box.wide / 2 > room.wide / 2 + HAIR
        or abs(box.y - room.y) + box.tall / 2 > room.tall / 2 + HAIR
    ]


def misfits(part: Part, layout: Layout) -> list[str]:
    """The blocks that are not as large as the sizes make them."""
    found = []
    for one in blocks_in(part):
        if one.name is None:
            continue
        box = layout[one.name]
        for long, span in zip((box.wide, box.tall), one.extent, strict=True):
            least = span.least.at(layout.sizes)
            if not least - HAIR <= long <= max(least, span.most) + HAIR:
                found.append(f"{one.name}: {long} for {least} to {span.most}")
    return found


def fits(part: Part, room: Room, layout_sizes: dict[Size, float]) -> bool:
    """Whether a picture with these sizes has room."""
    return all(extent(part, axis).whole.at(layout_sizes) <= room[axis] + HAIR / 10 for axis in (0, 1))


def sizes_of(part: Part) -> list[Size]:
    """All sizes of a picture without alternatives."""
    extents = (span.least for one in blocks_in(part) for span in one.extent)
    return list(dict.fromkeys(size for length in extents for form in length.forms for size in form.per))
