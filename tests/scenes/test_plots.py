"""A curve is the function that it says, a tick stands at its number, and a bar is as long as its share."""

from collections.abc import Callable

import numpy as np
import pytest
from layout_faults import CHECKS
from manim import RIGHT, UP
from numerals import value_of
from screen import look_at

from cnnmath.activations import CURVES
from scenes._mobjects.bars import Bar
from scenes._mobjects.plots import Plot
from scenes._mobjects.ticks import Axis, axis_over, ticks_between

WIDE, TALL = 6.0, 3.0


def plot(values: list[float], heights: list[float]) -> Plot:
    made = Plot(axis_over(values), axis_over(heights), WIDE, TALL)
    return made.scale(0.8).shift(RIGHT + 0.5 * UP)


def numbers(made: Plot, points: np.ndarray) -> np.ndarray:
    """What points on the screen mean, by the rulers' ends alone."""
    points = np.asarray(points)
    start, right, top = made.floor.get_start(), made.floor.get_end(), made.wall.get_end()
    x = made.x.low + (points[:, 0] - start[0]) / (right - start)[0] * (made.x.high - made.x.low)
    y = made.y.low + (points[:, 1] - start[1]) / (top - start)[1] * (made.y.high - made.y.low)
    return np.stack([x, y])


@pytest.mark.parametrize("kind", list(CURVES))
def test_a_curve_is_its_function(kind: str) -> None:
    function: Callable[[np.ndarray], np.ndarray] = CURVES[kind].value
    made = plot([-26, 21], [*function(np.array([-26.0, 21.0]))])
    curve = made.curve(function)
    x, y = numbers(made, curve.get_anchors())
    assert x.min() == pytest.approx(-26)
    assert x.max() == pytest.approx(21)
    assert y == pytest.approx(function(x), abs=1e-6)


def test_the_curve_bends_where_the_function_does() -> None:
    made = plot([-26, 21], [0, 21])
    x, y = numbers(made, made.curve(CURVES["relu"].value).get_anchors())
    assert np.abs(x).min() == pytest.approx(0, abs=1e-9)
    assert y[x < -1e-9] == pytest.approx(0, abs=1e-6)
    assert (np.diff(y[x > 0]) >= -1e-9).all()


def test_a_part_of_a_curve_and_a_line_through_points() -> None:
    made = plot([0, 10], [0, 100])
    x, _ = numbers(made, made.curve(np.square, low=2, high=5).get_anchors())
    assert (x.min(), x.max()) == pytest.approx((2, 5))
    x, y = numbers(made, made.through([0, 1, 4], [50, 20, 10]).get_anchors())
    assert set(zip(x.round(6), y.round(6), strict=True)) == {(0, 50), (1, 20), (4, 10)}


def test_ticks_stand_at_their_numbers() -> None:
    made = plot([-26, 21], [0, 1])
    for name, axis in (("x", 0), ("y", 1)):
        assert made.ticks[name]
        for label in made.ticks[name]:
            middle = numbers(made, np.array([label.get_center()]))[axis][0]
            span = (made.x, made.y)[axis].span
            assert middle == pytest.approx(float(value_of(label.says)), abs=0.02 * span)


def test_a_plot_is_sound() -> None:
    shot = look_at(
        lambda: [(made := Plot(axis_over([-26, 21]), axis_over([0, 21]), WIDE, TALL)), made.curve(CURVES["relu"].value)]
    )
    assert [fault for check in CHECKS for fault in check(shot)] == []


def test_what_would_crowd_a_label() -> None:
    made = Plot(axis_over([-26, 21]), axis_over([0, 21]), WIDE, TALL)
    label = made.ticks["x"][0].copy()
    assert made.crowding(made.below(label, 19), "x") == [made.ticks["x"][-1]]
    assert made.crowding(made.below(label, 15), "x") == []


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-26, 21), (0, 0.034), (-1e6, 3), (5, 7)])
@pytest.mark.parametrize("most", [2, 3, 5, 8])
def test_ticks_are_round_and_few(low: float, high: float, most: int) -> None:
    ticks = ticks_between(low, high, most)
    assert len(ticks) <= most
    assert all(low <= tick <= high for tick in ticks)
    for step in np.diff(ticks):
        assert step / 10.0 ** np.floor(np.log10(step) + 1e-9) == pytest.approx(round(step / 10.0 ** np.floor(
            np.log10(step) + 1e-9)))  # fmt: skip


def test_axes_that_are_none() -> None:
    with pytest.raises(ValueError, match="from 2 to 2; expected the first to be smaller"):
        Axis(2, 2)
    with pytest.raises(ValueError, match="tick at 5 is outside of its axis from 0 to 4"):
        Axis(0, 4, (0, 5))


# Bars


@pytest.mark.parametrize("share", [0, 0.245, 0.665, 1])
def test_a_bar_is_as_long_as_its_share(share: float) -> None:
    bar = Bar(share, 4.0, 0.3).shift(2 * RIGHT)
    assert bar.filled.width / bar.track.width == pytest.approx(share, abs=1e-3)
    assert bar.filled.get_left()[0] == pytest.approx(bar.track.get_left()[0])


def test_a_bar_grows_to_another_share() -> None:
    bar = Bar(0.25, 4.0, 0.3).scale(0.5)
    move = bar.grow(0.75)
    move.begin()
    move.finish()
    assert bar.share == 0.75
    assert bar.filled.width / bar.track.width == pytest.approx(0.75)


@pytest.mark.parametrize("share", [-0.1, 1.5])
def test_no_bar_is_longer_than_its_track(share: float) -> None:
    with pytest.raises(ValueError, match=f"a share from 0 to 1; got {share:g}"):
        Bar(share, 4.0, 0.3)
