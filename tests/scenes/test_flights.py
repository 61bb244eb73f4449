"""Flights: never worse than straight ones, by their own count and by that of tests/scenes/motion.py; all ends well."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manim import LEFT, ORIGIN, RIGHT, UP, Animation, AnimationGroup, Mobject, Square, VMobject
from motion import watch

from scenes._mobjects.cells import Cell
from scenes._mobjects.flights import Flight, Planned, plan
from scenes._mobjects.motion import Fly
from scenes._mobjects.text import symbol
from scenes._stage.viewpoint import Viewpoint
from scenes._words.piece import Piece

LETTERS = "ABCDEFGHJPQRS"
PLACES = [(x, y) for y in (-2, -1, 0, 1, 2) for x in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]


def letter(k: int, place: Sequence[float], boxed: bool) -> VMobject:
    """A letter, or a cell with it."""
    key = ("pixel", k)
    made: VMobject = Cell(Piece(LETTERS[k], key), 0.8) if boxed else symbol(LETTERS[k], key, 0.6)
    return made.move_to([*place, 0])


@st.composite
def skies(draw: st.DrawFn) -> tuple[list[Flight], list[Mobject]]:
    """Up to four flights among up to five letters that stand; no two things in one place."""
    flying, others = draw(st.integers(1, 4)), draw(st.integers(0, 5))
    places = draw(
        st.lists(st.sampled_from(PLACES), min_size=2 * flying + others, max_size=2 * flying + others, unique=True)
    )
    flights = []
    for k in range(flying):
        boxed, copied = draw(st.booleans()), draw(st.booleans())
        flights.append(Flight(letter(k, places[2 * k], boxed), letter(k, places[2 * k + 1], boxed), copied))
    standing = [letter(k, places[flying + k], draw(st.booleans())) for k in range(flying, flying + others)]
    return flights, standing


def moments(planned: Planned) -> list[np.ndarray]:
    """All points of all flights, at some moments."""
    planned.begin()
    found = []
    for alpha in np.linspace(0, 1, 9):
        planned.interpolate(alpha)
        found.append(np.concatenate([part.points for one in leaves(planned) for part in one.mobject.get_family()]))
    return found


def leaves(animation: Animation) -> list[Animation]:
    """The animations of a group, and of groups in it."""
    if not isinstance(animation, AnimationGroup):
        return [animation]
    return [leaf for one in animation.animations for leaf in leaves(one)]


@settings(deadline=None, max_examples=100)
@given(skies(), st.sampled_from([0.6, 1.0, 2.0]), st.booleans())
def test_no_plan_is_worse_than_straight_flights(sky, run_time, in_order):
    flights, standing = sky
    planned = plan(flights, standing, run_time, in_order)
    assert planned.run_time == run_time
    assert 0 <= planned.strikes <= planned.straight + 1e-9


@settings(deadline=None, max_examples=30)
@given(skies())
def test_the_same_is_planned_again(sky):
    flights, standing = sky
    copies = [Flight(one.source.copy(), one.goal.copy(), one.copied) for one in flights]
    first, second = moments(plan(flights, standing, 1.0)), moments(plan(copies, [one.copy() for one in standing], 1.0))
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, other)


def outlines(mobjects: Sequence[Mobject]) -> list[tuple[float, ...]]:
    """The boxes of all parts of some mobjects, in order."""
    parts = (part for one in mobjects for part in one.get_family() if len(part.points))
    return sorted((*np.round(part.points.min(0), 6), *np.round(part.points.max(0), 6)) for part in parts)


class Sky(Viewpoint):
    """Flights among letters."""

    sky: tuple[list[Flight], list[Mobject]]
    planned = True

    def construct(self) -> None:
        """Play them."""
        self.step("fly", "Something flies.")
        flights = [Flight(one.source.copy(), one.goal.copy(), one.copied) for one in self.sky[0]]
        self.add(*(one.copy() for one in self.sky[1]), *(one.source for one in flights))
        if self.planned:
            self.play(plan(flights, self.mobjects, 2.0), run_time=2.0)
        else:
            self.play(
                *(Fly(one.source.copy() if one.copied else one.source, one.goal, copied=one.copied) for one in flights),
                run_time=2.0,
            )
        stands = [*self.sky[1], *(one.source for one in flights if one.copied), *(one.goal for one in flights)]
        assert outlines(self.mobjects) == outlines(stands)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(skies())
def test_the_measure_of_films_agrees(sky):
    ours, straight = (watch(type("Sky", (Sky,), {"sky": sky, "planned": planned})) for planned in (True, False))
    # A sample more or less: boxes are no outlines, and other times are other samples.
    assert ours.seconds <= straight.seconds + 0.1 + 1e-9, f"{ours.report()}\n{straight.report()}"


def test_what_stands_between_is_gone_round():
    flight = Flight(letter(0, (-3, 0), True), letter(0, (3, 0), True))
    planned = plan([flight], [letter(1, (0, 0), False)], 1.0)
    assert planned.straight > 0
    assert planned.strikes == 0
    planned.begin()
    planned.interpolate(0.5)
    assert abs(flight.source.get_y()) > 0.5


def test_what_is_free_flies_straight():
    flight = Flight(letter(0, (-3, 0), True), letter(0, (3, 0), True))
    planned = plan([flight], [letter(1, (0, 1.2), False)], 1.0)
    planned.begin()
    planned.interpolate(0.5)
    np.testing.assert_allclose(flight.source.get_center(), ORIGIN, atol=1e-9)


def test_a_text_that_stands_for_the_same_is_no_hindrance():
    flight = Flight(letter(0, (-3, 0), False), letter(0, (3, 0), False))
    planned = plan([flight], [letter(0, (0, 0), False)], 1.0)
    assert planned.straight == planned.strikes == 0


def test_what_cannot_pass_fades_and_grows():
    walls = [letter(1 + k % 12, (x, y), False).scale(1.6) for k, (x, y) in enumerate(
        (x, y) for x in np.arange(-1.6, 1.7, 0.45) for y in np.arange(-3.6, 3.7, 0.4)
    )]  # fmt: skip
    flight = Flight(letter(0, (-4, 0), False), letter(0, (4, 0), False))
    planned = plan([flight], walls, 1.0)
    assert planned.straight > 0.3
    assert planned.strikes == 0
    assert not any(isinstance(one, Fly) for one in leaves(planned))


def test_a_cell_is_faint_where_it_would_hide_a_text():
    """A copy leaves its own cell, whose letter must stay readable, and is whole when it arrives."""
    cell = letter(0, (0, 0), True)
    planned = plan([(cell, letter(0, (4, 0), True), True)], [cell], 1.0)
    (flight,) = leaves(planned)
    planned.begin()
    seen = []
    for alpha in np.linspace(0.02, 1, 50):
        planned.interpolate(alpha)
        box = next(part for part in flight.mobject.get_family() if isinstance(part, Square))
        over = abs(box.get_x()) < 0.5
        seen.append((over, box.get_fill_opacity()))
    assert all(opaque < 0.5 for over, opaque in seen if over)
    assert any(over for over, _ in seen)
    assert seen[-1][1] == 1


def test_nothing_leaves_the_frame():
    """Round a wall that is nearly as high as the picture there is no way within it."""
    wall = [letter(1 + k % 12, (0, y), False).scale(2) for k, y in enumerate(np.arange(-3.5, 3.6, 0.25))]
    flight = Flight(letter(0, (-4, 3), True), letter(0, (4, 3), True))
    planned = plan([flight], wall, 1.0)
    planned.begin()
    for alpha in np.linspace(0, 1, 21):
        planned.interpolate(alpha)
        assert all(one.mobject.get_top()[1] <= 3.71 for one in leaves(planned))


def test_those_in_front_make_room():
    """Two in a row to the right: the foremost first, so that the other does not fly over what has arrived."""
    flights = [Flight(letter(k, (-5 + k, 0), False), letter(k, (3 + k, 0), False)) for k in (0, 1)]
    planned = plan(flights, [], 2.0)
    assert planned.strikes == 0


def test_in_order_is_as_given():
    flights = [Flight(letter(k, (-5, k - 1), False), letter(k, (4, k - 1), False), True) for k in (0, 1, 2)]
    planned = plan(flights, [], 3.0, in_order=True)
    planned.begin()
    planned.interpolate(0.5)
    first, second, third = (one.mobject.get_x() for one in leaves(planned))
    assert first > second > third == -5


@pytest.mark.parametrize(("flights", "run_time", "said"), [([], 1.0, "got none"), ("one", 0.0, "above 0 s; got 0")])
def test_what_cannot_be_planned_is_refused(flights, run_time, said):
    asked = [(letter(0, LEFT[:2], False), letter(0, RIGHT[:2], False))] if flights else []
    with pytest.raises(ValueError, match=said):
        plan(asked, [Square().shift(UP)], run_time)
