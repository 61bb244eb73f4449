"""docs/limits.md says how much a scene shows, with the numbers that the scenes hold themselves to."""

import re
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from screen import PIXELS

from cnnmath import Convolution
from scenes._look.frame import frame
from scenes._mobjects.excerpt import BARE_ROWS, MOST_ROWS, WHOLE_PIXELS, WHOLE_RESULTS
from scenes._mobjects.network import NetworkGraph
from scenes._pictures.lines import MOST_LINES
from scenes._stage.viewpoint import MOST_CELLS, MOST_IN_LAYER, MOST_PIXELS, MOST_PLANES, MOST_WEIGHTS
from scenes._words.subject import Subject

PAGE = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")


def test_it_says_how_much_a_scene_shows():
    (row,) = re.findall(r"^\| all \| (.+) \|$", PAGE, re.MULTILINE)
    for what in (
        f"{MOST_PLANES} channels, {MOST_PLANES} filters",
        f"{MOST_PIXELS} pixels a channel",
        f"{MOST_CELLS} with the padding",
        f"{MOST_CELLS} results a filter",
        f"{MOST_IN_LAYER} weights for each channel of a filter and {MOST_WEIGHTS} in all",
    ):
        assert what in row
    assert f"up to {MOST_LINES} results one line each" in PAGE
    assert f"up to {WHOLE_PIXELS} pixels and {WHOLE_RESULTS} results whole" in PAGE


@pytest.mark.parametrize("shape", ["wide", "square", "tall"])
def test_it_says_which_windows_a_network_shows(shape: str) -> None:
    image = np.arange(100).reshape(10, 10) % 10
    rows, most, bare, cut = re.findall(r"more than (\d+) rows of pixels and dots \((\d+) × \2.*more than (\d+) rows "
                                       r"\((\d+) × \4 in 3 channels\)", PAGE)[0]  # fmt: skip
    assert (int(rows), int(bare)) == (int(MOST_ROWS), BARE_ROWS)
    with tempconfig({"pixel_width": PIXELS[shape][0], "pixel_height": PIXELS[shape][1]}):
        for channels, side, named, complete in (
            (1, int(most) - 1, True, True),
            (3, 2, True, True),
            (1, int(most), False, True),
            (3, 3, False, True),
            (1, 7, False, True),
            (3, int(cut), True, False),
        ):
            conv = Convolution([image[: side + 1, : side + 1]] * channels, np.ones((1, channels, side, side)))
            graph = NetworkGraph(Subject(conv), 6.0, frame().stage_height)
            # In a tall picture there is room for more names.
            assert all(node.label for node in graph.inputs) >= named
            assert graph.shown.complete == complete
            assert (side * side * channels == len(graph.of_result(0))) == complete
            assert all(node.circle.width > 0.05 for node in graph.inputs)
