"""A matrix in labelled cells as far as they can be read, and in coloured pixels beyond that."""

from functools import cache

import numpy as np
import pytest
from markers import SEARCH
from matrix_pages import ZERO, entries, in_pixels
from page_faults import colour_faults, figure_faults, layout_faults, reading_faults
from screen import Run, scene_class, shoot
from test_scene_channels import COLOURS, TWO_FILTERS
from test_scene_photo import PHOTO

from cnnmath import Convolution

RANDOM = np.random.default_rng(5)
THREE = [[2, -3, 4], [5, -2, 3], [-4, 6, 7]]
ROWS, COLUMNS = np.mgrid[0:28, 0:28]
DIGIT = np.clip(255 - 18 * np.hypot(ROWS - 13, COLUMNS - 14), 0, 255).round()
CASES = {
    "four": Convolution(RANDOM.integers(0, 10, (4, 4)), THREE, bias=1),
    "strided": Convolution(RANDOM.integers(0, 10, (5, 5)), THREE, bias=-1, stride=2, padding=1),
    "upright": Convolution(RANDOM.integers(0, 10, (6, 4)), [[2, -3, 4], [5, -2, 3]], bias=2),
    "dilated": Convolution(RANDOM.integers(0, 10, (5, 5)), [[2, -3], [4, 5]], dilation=2),
    "photo": PHOTO,
    "padded photo": Convolution(PHOTO.image, PHOTO.kernel, padding=1),
    "digit": Convolution(DIGIT, THREE),
    "padded digit": Convolution(DIGIT, THREE, padding=1),
    "colours": COLOURS,
    "padded colours": Convolution(COLOURS.image, COLOURS.kernel, bias=COLOURS.bias, padding=1),
    "two filters": TWO_FILTERS,
}
FAST = [("MatrixView", "four", "letters"), ("MatrixView", "photo", "numbers"), ("MatrixToNetwork", "photo", "numbers"),
        ("ZeroPadding", "strided", "numbers"), ("MatrixView", "two filters", "numbers")]  # fmt: skip
CI = [("MatrixView", "colours", "letters"), ("MatrixToNetwork", "four", "letters"),
      ("MatrixToNetwork", "two filters", "numbers"), ("MatrixView", "strided", "numbers"),
      ("ZeroPadding", "padded colours", "numbers"), ("MatrixToNetwork", "dilated", "letters")]  # fmt: skip
LONG = [
    *(
        (name, which, notation)
        for name in ("MatrixView", "MatrixToNetwork")
        for which, notation in (
            ("four", "letters"), ("four", "numbers"), ("strided", "numbers"), ("upright", "letters"),
            ("dilated", "letters"), ("photo", "letters"), ("digit", "numbers"), ("colours", "letters"),
            ("colours", "numbers"), ("two filters", "letters"), ("two filters", "numbers"))
    ),
    *(
        ("ZeroPadding", which, notation)
        for which, notation in (
            ("strided", "letters"), ("padded photo", "numbers"), ("padded photo", "letters"),
            ("padded digit", "numbers"), ("padded colours", "letters"), ("padded colours", "numbers"))
    ),
]  # fmt: skip
IN_CELLS = {("MatrixView", "four", "letters"), ("MatrixView", "two filters", "letters"),
            ("MatrixView", "two filters", "numbers"), ("MatrixView", "four", "numbers")}  # fmt: skip
LONGEST = 18
"""Seconds of a step."""


@cache
def shown(name: str, which: str, notation: str, theme: str = "dark") -> Run:
    return shoot(type(name, (scene_class(name),), {"convolution": CASES[which], "notation": notation}), theme)


@pytest.mark.parametrize(
    ("name", "which", "notation"),
    [
        *(pytest.param(*case, marks=pytest.mark.slow) for case in [*FAST, *CI]),
        *(pytest.param(*case, marks=SEARCH) for case in LONG if case not in [*FAST, *CI]),
    ],
)
def test_a_matrix_of_any_size_is_shown_soundly(name: str, which: str, notation: str) -> None:
    done = shown(name, which, notation)
    assert reading_faults(done) + figure_faults(done) + colour_faults(done) + layout_faults(done) == []
    assert [str(shot) for shot in done.shots if shot.end - shot.start > LONGEST] == []


@pytest.mark.slow
def test_cells_are_kept_as_long_as_they_can_be_read() -> None:
    modes = {case: in_pixels(shown(*case)) for case in FAST if case[0] == "MatrixView"}
    assert {case for case, pixels in modes.items() if not pixels} == IN_CELLS & set(modes)


def test_every_entry_of_the_pixels_is_that_of_the_core() -> None:
    read = entries(shown("MatrixView", "photo", "numbers").shot("zeros"), PHOTO)
    assert read is not None
    np.testing.assert_array_equal(read, np.where(PHOTO.sharing >= 0, PHOTO.sharing, ZERO))


def test_a_matrix_read_back_would_show_a_wrong_entry() -> None:
    other = Convolution(PHOTO.image[:, ::-1], PHOTO.kernel, dilation=2)
    read = entries(shown("MatrixView", "photo", "numbers").shot("zeros"), PHOTO)
    assert read is not None
    assert (read[: other.counts.results] != np.where(other.sharing >= 0, other.sharing, ZERO)).any()
