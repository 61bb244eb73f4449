"""Planes stand in as many stacks as make their cells largest."""

import numpy as np
import pytest
from manim import VGroup, tempconfig

from cnnmath import Convolution
from scenes._layout import Room, Size, solve
from scenes._look.theme import colour
from scenes._mobjects.cells import Grid, in_stacks
from scenes._pictures.network_stages import SparseNetwork
from scenes._pictures.stacked import least_side, plane_block, stacked
from scenes._words.subject import Subject


@pytest.mark.parametrize(
    ("room", "stacks"), [(Room(2.0, 9.0), 1), (Room(4.0, 4.0), 2), (Room(12.0, 3.0), 4)], ids=["high", "square", "wide"]
)
def test_the_room_decides_in_how_many_stacks_planes_stand(room: Room, stacks: int) -> None:
    shape, cell = (4, 5, 5), Size("cells", most=9.0)
    layout = solve(plane_block("planes", shape, cell), room)
    side, found = stacked(layout, "planes")
    assert found == stacks
    grid = Grid(in_stacks(shape, found), [None] * 100, side)
    assert np.isclose([grid.width, grid.height], [layout["planes"].wide, layout["planes"].tall]).all()
    assert grid.width <= room.wide + 1e-6
    assert grid.height <= room.tall + 1e-6


def test_planes_read_down_one_stack_before_the_next() -> None:
    first, second, third, fourth = (cell.middle for cell in Grid(in_stacks((4, 1, 1), 2), [None] * 4, 1.0).cells)
    assert second[1] < first[1]
    assert fourth[1] < third[1]
    assert third[0] > first[0] + 1
    assert np.isclose(third[1], first[1])


def test_three_planes_have_no_two_stacks_of_equal_height() -> None:
    layout = solve(plane_block("planes", (3, 4, 4), Size("cells", most=9.0)), Room(4.0, 4.0))
    assert stacked(layout, "planes")[1] in (1, 3)


def test_cells_are_never_planned_too_small_to_be_seen() -> None:
    assert least_side((4, 36, 36), smallest=0.1, largest=1.0) == 0.03
    assert np.isclose(least_side((1, 5, 4), smallest=1.0, largest=1.0), 0.2)
    assert least_side((1, 2, 2), smallest=4.0, largest=1.0) == 1.0


def boxes_meet(one: VGroup, other: VGroup) -> bool:
    """Whether two things overlap."""
    apart = np.abs(one.get_center() - other.get_center())[:2]
    return bool((apart < [(one.width + other.width) / 2, (one.height + other.height) / 2]).all())


@pytest.mark.parametrize("size", [(4, 6, 15), (1, 8, 8), (1, 3, 3)], ids=["crowded", "usual", "small"])
def test_biases_of_crowded_neurons_touch_no_name(size: tuple[int, ...]) -> None:
    filters, side = (2, 6) if size[0] == 4 else (1, 2)
    random = np.random.default_rng(1)
    kernel = random.integers(1, 10, (filters, size[0], side, side))
    conv = Convolution(random.integers(0, 10, size), kernel, padding=2 if size[0] == 4 else 0)
    colour(conv)
    with tempconfig({"pixel_width": 720, "pixel_height": 720}):
        graph = SparseNetwork(Subject(conv, "letters")).graph
    names = [node.label for node in graph.outputs if node.label]
    for k, bias in enumerate(graph.biases):
        assert not any(boxes_meet(bias.cell, name) for name in names), k
        assert not any(boxes_meet(bias.cell, other.cell) for other in graph.biases if other is not bias), k
    assert all((bias.cell.label is None) == (size[0] == 4) for bias in graph.biases)
