"""What holds of every picture, whatever is described."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markers import search
from pictures import HAIR, fits, misfits, numbers, outside, overlapping, pictures, rooms, sizes_of
from scipy.optimize import linprog

from scenes._layout import DoesNotFitError, Layout, Part, Room, column, first_of, solve
from scenes._layout.choosing import blocks_in
from scenes._layout.measuring import extent

quick = search(brief=60, long=600)


def found(part: Part, room: Room) -> Layout:
    """The picture, where there is room for it."""
    try:
        return solve(part, room)
    except DoesNotFitError:
        assume(False)
        raise


@quick
@given(pictures(alternatives=True), rooms)
def test_nothing_overlaps_or_leaves_the_room_and_it_is_the_same_every_time(part: Part, room: Room) -> None:
    layout = found(part, room)
    assert overlapping(layout) == []
    assert outside(layout, room) == []
    assert solve(part, room) == layout


@quick
@given(pictures(), rooms)
def test_sizes_are_tied_and_none_can_be_larger(part: Part, room: Room) -> None:
    """Not without making one smaller that is no larger than it."""
    layout = found(part, room)
    assert misfits(part, layout) == []
    for size, side in layout.sizes.items():
        assert size.least <= side <= size.most
        if side < size.most - 1e-3:
            others = {s: one if one <= side else max(s.least, side) for s, one in layout.sizes.items()}
            assert not fits(part, room, others | {size: side + 1e-3})


@quick
@given(pictures(), rooms)
def test_the_first_that_stops_stops_where_a_linear_program_does(part: Part, room: Room) -> None:
    layout, order = found(part, room), sizes_of(part)
    assume(order and all(size.least == 0 for size in order))
    forms = [(form, room[axis]) for axis in (0, 1) for form in extent(part, axis).whole.forms]
    # All as large as one number, up to the smallest of what they may be at most.
    rows = np.array([[sum(form.per.values())] for form, _ in forms])
    bounds = (0.0, min(size.most for size in order))
    best = linprog([-1.0], rows, [long - form.fixed for form, long in forms], bounds=[bounds]).x[0]
    assert min(layout.sizes.values()) == pytest.approx(best, abs=1e-6)


@quick
@given(pictures(), rooms, numbers(0.0, 3.0), numbers(0.0, 3.0))
def test_a_larger_room_never_gives_smaller_cells(part: Part, room: Room, wider: float, taller: float) -> None:
    before = found(part, room)
    after = solve(part, Room(room.wide + wider, room.tall + taller))
    assert (after.level or 0.0) >= (before.level or 0.0) - HAIR
    assert min(after.sizes.values(), default=0.0) >= min(before.sizes.values(), default=0.0) - HAIR


@quick
@given(st.lists(pictures(), min_size=2, max_size=3), st.sampled_from([0.0, 0.8, 1.0]), rooms, numbers(0.0, 3.0))
def test_of_alternatives_the_first_that_is_nearly_as_large_stands(
    options: list[Part], near: float, room: Room, wider: float
) -> None:
    layouts = []
    for option in options:
        try:
            layouts.append(solve(option, room))
        except DoesNotFitError:
            continue
    part = column(first_of(*options, near=near, tall=options))
    layout = found(part, room)
    best = max((one.level for one in layouts if one.level is not None), default=0.0)
    first = next(one for one in layouts if one.level is None or one.level >= near * best)
    assert (list(layout), layout.sizes, layout.level) == (list(first), first.sizes, first.level)
    # Where one fits, it fits in a larger room; and a better liked one is at most that much smaller.
    larger = solve(part, Room(room.wide + wider, room.tall))
    assert larger.level is None or larger.level >= near * (layout.level or 0.0) - HAIR


@quick
@given(pictures(), rooms)
def test_what_does_not_fit_says_what_takes_the_room(part: Part, room: Room) -> None:
    least = {size: size.least for size in sizes_of(part)}
    if fits(part, room, least):
        solve(part, room)
        return
    with pytest.raises(DoesNotFitError) as refused:
        solve(part, room)
    error = refused.value
    names = [block.name for block in blocks_in(part) if block.name is not None]
    # What has no name may take all of it.
    assert error.block in [*names, "space"]
    if error.size is None:
        assert error.needed > error.got
        return
    assert 0 <= error.got < error.needed
    # If all were so much smaller, there would be room.
    share = error.got / error.needed
    assert fits(part, room, {size: share * side for size, side in least.items()})
