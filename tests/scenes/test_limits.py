"""docs/limits.md says how much a scene shows, with the numbers that the scenes hold themselves to."""

import re
from pathlib import Path

import numpy as np
import pytest
from screen import own, shoot

from cnnmath import Convolution
from scenes._mobjects.excerpt import WHOLE_PIXELS, WHOLE_RESULTS
from scenes._pictures.lines import MOST_LINES
from scenes._stage.viewpoint import MOST_CELLS, MOST_PIXELS, MOST_PLANES, MOST_WEIGHTS

PAGE = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")


def test_it_says_how_much_a_scene_shows():
    (row,) = re.findall(r"^\| all \| (.+) \|$", PAGE, re.MULTILINE)
    for what in (
        f"{MOST_PLANES} channels, {MOST_PLANES} filters",
        f"{MOST_PIXELS} pixels",
        f"{MOST_CELLS} cells with the padding",
        f"{MOST_PIXELS} results and {MOST_WEIGHTS} weights",
    ):
        assert what in row
    assert f"up to {MOST_LINES} results one line each" in PAGE
    assert f"up to {WHOLE_PIXELS} pixels and {WHOLE_RESULTS} results whole" in PAGE


def accepted(name: str, conv: Convolution) -> bool:
    """Whether a scene takes a convolution; nothing is drawn."""
    made = own(name, convolution=conv, construct=lambda self: None)
    try:
        shoot(made)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", ["NeuralNetworkView", "FamiliarDiagram"])
def test_it_says_which_windows_a_network_shows(name: str) -> None:
    image = np.arange(100).reshape(10, 10) % 10
    assert accepted(name, Convolution(image, np.ones((4, 4))))
    assert not accepted(name, Convolution(image, np.ones((5, 5))))
    assert accepted(name, Convolution([image[:3, :3]] * 3, np.ones((1, 3, 2, 2))))
    assert not accepted(name, Convolution([image[:5, :5]] * 3, np.ones((1, 3, 3, 3))))
