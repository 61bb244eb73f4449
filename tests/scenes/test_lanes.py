"""Flights from grid to grid keep to the lanes; a window of pooling goes around its cells and no others."""

import numpy as np
import pytest
from manim import RIGHT, UP, VGroup

from cnnmath import Pooling
from scenes._mobjects.cells import Grid
from scenes._mobjects.lanes import from_grid_to_grid, through
from scenes._mobjects.text import symbol
from scenes._pictures.pooled import PoolingDesk
from scenes._words.digits import number
from scenes._words.piece import Piece
from scenes._words.pooling import Pooled

NUMBERS = np.random.default_rng(3).integers(0, 10, (7, 7))


def test_a_flight_starts_and_ends_where_it_should() -> None:
    start, end = np.array([[0.0, 0, 0], [1, 1, 0]]), np.array([[4.0, 2, 0], [6, 4, 0]])
    path = through(np.array([0.5, 3, 0]), np.array([5, 0.5, 0]))
    assert path(start, end, 0) == pytest.approx(start)
    assert path(start, end, 1) == pytest.approx(end)


@pytest.mark.parametrize("away", [6 * RIGHT, 6 * RIGHT + 2 * UP, -6 * RIGHT, 6 * UP, -6 * UP + RIGHT])
def test_on_its_way_it_meets_no_number_of_either_grid(away: np.ndarray) -> None:
    grids = [Grid((1, 1, 4, 4), [Piece(number(i % 10)) for i in range(16)], 1.0) for _ in "ab"]
    grids[1].shift(away)
    for start, end in ((0, 15), (5, 10), (12, 3), (6, 6)):
        cell, goal = grids[0].cells[start], grids[1].cells[end]
        path = from_grid_to_grid(cell, grids[0], goal, grids[1])
        mover = symbol("8", size=cell.symbol.em).move_to(cell.symbol)
        for share in np.linspace(0, 1, 60):
            box = path(mover.points, mover.copy().move_to(goal.symbol).points, share)
            for other in VGroup(*grids[0].cells, *grids[1].cells):
                if other in (cell, goal):
                    continue
                low, high = other.symbol.points.min(0)[:2], other.symbol.points.max(0)[:2]
                apart = (box.min(0)[:2] > high - 0.02).any() or (box.max(0)[:2] < low + 0.02).any()
                assert apart, f"from {start} to {end} it strikes {other.key} after {share:.2f} of its way"


@pytest.mark.parametrize(("size", "stride"), [(2, None), (3, 2), ((2, 3), (3, 1)), (7, None)])
def test_every_window_covers_its_cells(size: int, stride: int | None) -> None:
    pooled = Pooled(Pooling(NUMBERS, size, stride=stride))
    desk = PoolingDesk(pooled, ("max", "average"))
    for result in range(pooled.layer.counts.results):
        window = pooled.layer.window(result)
        there = np.arange(49).reshape(7, 7)[window.rows, window.columns].ravel()
        frame = desk.window(result)
        (left, bottom, _), (right, top, _) = frame.get_corner(-RIGHT - UP), frame.get_corner(RIGHT + UP)
        inside = [i for i, c in enumerate(desk.map.cells) if left < c.middle[0] < right and bottom < c.middle[1] < top]
        assert inside == sorted(there)
