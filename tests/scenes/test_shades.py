"""The brighter, the larger: zero is black, or mid-grey where there are numbers of both signs, whatever is around it."""

from itertools import pairwise

import numpy as np
import pytest
from manim import tempconfig
from screen import BACKGROUNDS, Shot, own_run
from test_scene_photo import fills_of_the_grid

from cnnmath import Convolution
from scenes._look.theme import DARK, LIGHT, theme

LAPLACE = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
ZEROS = Convolution(np.zeros((3, 3)), [[2, 3], [4, 5]])
GREY = 0x80 / 255


def greys(shot: Shot) -> np.ndarray:
    """How bright the squares of a picture are, from black, 0, to white, 1; raises AssertionError if one is no grey."""
    fills = np.array([d.fill[:3] for d in shot.drawn if d.is_square and d.filled])
    assert np.ptp(fills, axis=1).max() < 0.01
    return np.asarray(fills[:, 0])


@pytest.mark.parametrize("background", ["dark", "light"])
@pytest.mark.parametrize("slug", ["brightness", "numbers"])
def test_an_image_of_zeros_is_black(background: str, slug: str) -> None:
    shot = own_run("TheImage", ZEROS, "numbers", background).shot(slug)
    assert len(greys(shot)) == 9
    assert greys(shot).max() < 0.01
    # What is written on black is white.
    assert all(text.fill[:3].min() > 0.99 for text in shot.of_kind("pixel"))


@pytest.mark.parametrize("pixel", [5, 0.1])
def test_results_of_nothing_are_black_beside_a_bright_image(pixel: float) -> None:
    """Sums of 0.1 leave a float's noise, which is nothing too."""
    run = own_run("FilterSliding", Convolution(np.full((12, 12), pixel), LAPLACE), "numbers")
    assert fills_of_the_grid(run, -1, 12, 12, left=True).min() > 0.99
    assert fills_of_the_grid(run, -1, 10, 10, left=False).max() < 0.01


@pytest.mark.parametrize("background", ["dark", "light"])
def test_the_matrix_in_pixels_has_black_strips_for_zeros(background: str) -> None:
    run = own_run("MatrixView", Convolution(np.full((6, 6), 3), LAPLACE), "numbers", background)
    strips = [
        d for d in run.shot("first-row").drawn if d.filled and d.fill[3] == 1 and not d.is_square and not d.is_text
    ]
    fills = [tuple(np.round(d.fill[:3], 2)) for d in strips]
    assert fills.count((1.0, 1.0, 1.0)) == 36
    assert fills.count((0.0, 0.0, 0.0)) == 16


SHADED = [
    ([0, 0, 0], [0, 0, 0]),
    ([5, 5], [1, 1]),
    ([0, 5, 10], [0, 0.5, 1]),
    ([2, 4], [0.5, 1]),
    ([1e-9, 2e-9], [0.5, 1]),
]


@pytest.mark.parametrize(("values", "expected"), SHADED)
def test_numbers_of_one_sign_go_from_black_to_white(values: list[float], expected: list[float]) -> None:
    for look in (DARK, LIGHT):
        shades = np.array([shade.to_rgb() for shade in look.shades(values)])
        np.testing.assert_allclose(shades, np.repeat(np.array(expected)[:, None], 3, axis=1), atol=0.01)


@pytest.mark.parametrize("values", [[-3, 0, 3], [-1, 0, 9], [-4, 0], [-1e-9, 0]])
def test_zero_among_signed_numbers_is_mid_grey(values: list[float]) -> None:
    for name in BACKGROUNDS:
        with tempconfig({"background_color": BACKGROUNDS[name]}):
            shades = dict(zip(values, (shade.to_rgb() for shade in theme().shades(values)), strict=True))
        np.testing.assert_allclose(shades[0], GREY, atol=0.01)
        for low, high in pairwise(sorted(values)):
            assert np.abs(shades[low] - shades[high]).max() > 0.02
