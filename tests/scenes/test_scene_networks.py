"""Networks of convolutions with more pixels than have a node: a neighbourhood of nodes, dots, and the true counts."""

from functools import cache

import numpy as np
import pytest
from page_faults import colour_faults, figure_faults, layout_faults, reading_faults
from screen import Run, scene_class, shoot
from test_scene_channels import COLOURS
from test_scene_photo import PHOTO

from cnnmath import Convolution

RANDOM = np.random.default_rng(5)
THREE = [[2, -3, 4], [5, -2, 3], [-4, 6, 7]]
ROWS, COLUMNS = np.mgrid[0:28, 0:28]
CASES = {
    "four": Convolution(RANDOM.integers(0, 10, (4, 4)), THREE, bias=1),
    "strided": Convolution(RANDOM.integers(0, 10, (5, 5)), THREE, bias=-1, stride=2, padding=1),
    "upright": Convolution(RANDOM.integers(0, 10, (6, 4)), [[2, -3, 4], [5, -2, 3]], bias=2),
    "dilated": Convolution(RANDOM.integers(0, 10, (5, 5)), [[2, -3], [4, 5]], dilation=2),
    "photo": PHOTO,
    "digit": Convolution(np.clip(255 - 18 * np.hypot(ROWS - 13, COLUMNS - 14), 0, 255).round(), THREE),
    "colours": COLOURS,
}
FAST = (("four", "letters"), ("photo", "numbers"))
SHOWN = (*FAST, ("strided", "numbers"), ("upright", "numbers"), ("dilated", "letters"), ("photo", "letters"),
         ("digit", "numbers"), ("colours", "letters"), ("colours", "numbers"))  # fmt: skip


@cache
def shown(name: str, which: str, notation: str, theme: str = "dark") -> Run:
    return shoot(type(name, (scene_class(name),), {"convolution": CASES[which], "notation": notation}), theme)


@pytest.mark.parametrize(
    ("which", "notation"), [pytest.param(*s, marks=[] if s in FAST else pytest.mark.slow) for s in SHOWN]
)
@pytest.mark.parametrize("name", ["NeuralNetworkView", "DenseNetworkView", "FamiliarDiagram"])
def test_a_large_network_is_shown_soundly_in_part(name: str, which: str, notation: str) -> None:
    done = shown(name, which, notation)
    assert reading_faults(done) + figure_faults(done) + colour_faults(done) + layout_faults(done) == []
    assert all(shot.end - shot.start < 20 for shot in done.shots)
