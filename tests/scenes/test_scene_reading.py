"""What is on screen at the end of every step is what the core says."""

from collections.abc import Callable

import pytest
from page_faults import colour_faults, figure_faults, reading_faults
from screen import FILM_SCENES, Run

BOTH = pytest.mark.parametrize("theme", ["dark", "light"])
ALL = pytest.mark.parametrize("name", FILM_SCENES)
Film = Callable[[str, str], Run]


@pytest.mark.slow
@ALL
def test_symbols_grids_matrices_and_networks(name: str, run: Film) -> None:
    """In the dark theme: the light one draws the same shapes in the same places (test_scene_layout.py)."""
    assert reading_faults(run(name, "dark")) == []


@ALL
def test_figures_and_narration(name: str, run: Film) -> None:
    assert figure_faults(run(name, "dark")) == []


@pytest.mark.slow
@ALL
@BOTH
def test_a_weight_keeps_its_colour(name: str, theme: str, run: Film) -> None:
    assert colour_faults(run(name, theme)) == []
