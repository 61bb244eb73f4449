"""A matrix in labelled cells as far as they can be read, and in coloured pixels beyond that."""

from dataclasses import replace

import numpy as np
import pytest
from cases import COLOURS, DIGIT, LARGE, PHOTO, TWO_FILTERS
from markers import SEARCH
from matrix_pages import ZERO, entries, in_pixels
from page_faults import all_faults
from screen import Run, own_run

from cnnmath import Convolution

CASES = LARGE | {
    "padded photo": replace(PHOTO, padding=1),
    "padded digit": replace(DIGIT, padding=1),
    "padded colours": replace(COLOURS, padding=1),
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


def shown(name: str, which: str, notation: str) -> Run:
    return own_run(name, CASES[which], notation)


@pytest.mark.parametrize(
    ("name", "which", "notation"),
    [
        *(pytest.param(*case, marks=pytest.mark.slow) for case in [*FAST, *CI]),
        *(pytest.param(*case, marks=SEARCH) for case in LONG if case not in [*FAST, *CI]),
    ],
)
def test_a_matrix_of_any_size_is_shown_soundly(name: str, which: str, notation: str) -> None:
    done = shown(name, which, notation)
    assert all_faults(done) == []
    assert [str(shot) for shot in done.shots if shot.end - shot.start > LONGEST] == []


@pytest.mark.slow
@pytest.mark.xdist_group("MatrixView")
def test_cells_are_kept_as_long_as_they_can_be_read() -> None:
    modes = {case: in_pixels(shown(*case)) for case in FAST if case[0] == "MatrixView"}
    assert {case for case, pixels in modes.items() if not pixels} == IN_CELLS & set(modes)


@pytest.mark.xdist_group("MatrixView")
def test_every_entry_of_the_pixels_is_that_of_the_core() -> None:
    read = entries(shown("MatrixView", "photo", "numbers").shot("zeros"), PHOTO)
    assert read is not None
    np.testing.assert_array_equal(read, np.where(PHOTO.sharing >= 0, PHOTO.sharing, ZERO))


@pytest.mark.xdist_group("MatrixView")
def test_a_matrix_read_back_would_show_a_wrong_entry() -> None:
    other = Convolution(PHOTO.image[:, ::-1], PHOTO.kernel, dilation=2)
    read = entries(shown("MatrixView", "photo", "numbers").shot("zeros"), PHOTO)
    assert read is not None
    assert (read[: other.counts.results] != np.where(other.sharing >= 0, other.sharing, ZERO)).any()
