"""Whatever is not refused before the first picture plays to its end: with numbers of any length, in any shape."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markers import search
from page_faults import all_faults
from refusals import CONVOLUTION_SCENES
from screen import PIXELS, Run, outcome, refusal

from cnnmath import Convolution

SCENES = ["Opening", *CONVOLUTION_SCENES]
LETTERS, NUMBERS = "letters", "numbers"
Case = tuple[Convolution, str, str]

DIGITS = st.integers(-9, 9).map(float)
KINDS = (
    DIGITS,
    st.integers(0, 9).map(float),
    st.integers(-9_999_999, 9_999_999).map(float),
    st.builds(lambda whole, places: whole / 10**places, st.integers(-99_999, 99_999), st.integers(1, 4)),
    st.builds(lambda digit, places: digit / 10**places, DIGITS, st.integers(3, 12)),
    DIGITS.map(lambda digit: digit / 3),
    st.sampled_from([0.0, 1e-9, -0.0004, 1e12, 7.0]),
)
"""Of one to seven characters and more: digits, signed ones, long ones, decimals, tiny ones, and what has no end."""


def block(draw: st.DrawFn, *shape: int) -> np.ndarray:
    """Numbers of one kind."""
    kind, size = draw(st.sampled_from(KINDS)), int(np.prod(shape))
    return np.array(draw(st.lists(kind, min_size=size, max_size=size))).reshape(shape)


@st.composite
def drawn(draw: st.DrawFn) -> Case:
    """A convolution whose numbers are of any length, a notation and a shape of the picture."""
    channels, filters = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (1, 2), (2, 1)]))
    image = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    kernel = [draw(st.integers(1, min(3, length))) for length in image]
    conv = Convolution(
        block(draw, channels, *image),
        block(draw, filters, channels, *kernel),
        bias=block(draw, filters),
        padding=draw(st.sampled_from([0, 0, 1])),
        stride=draw(st.sampled_from([1, 1, 2])),
    )
    return conv, draw(st.sampled_from([NUMBERS, NUMBERS, LETTERS])), draw(st.sampled_from([*PIXELS]))


B = [[3, 1, 4], [1, 5, 9], [2, 6, 5]]
NEGATIVE = Convolution(B, [[-9, -8], [-7, -6]])
ALONE = Convolution([[3, 4], [5, 6]], [[2]], bias=1, padding=(1, 0), stride=(3, 1))
"""Every result lies on padding alone, so that no line of it changes."""


CROWDED = Convolution([[0]], np.zeros((2, 1, 1, 1)), bias=[0, -1_000_000])


@pytest.mark.slow
@pytest.mark.parametrize("shape", [*PIXELS])
@pytest.mark.parametrize("name", ["FilterSliding", "EquationView"])
def test_results_of_four_characters_play_to_the_end(name: str, shape: str) -> None:
    assert refusal(name, NEGATIVE, NUMBERS, shape) is None


def test_lines_in_which_nothing_changes_play_to_the_end() -> None:
    assert refusal("EquationView", ALONE, NUMBERS) is None


def test_where_long_numbers_leave_no_room_shades_and_colours_are_left() -> None:
    done = outcome("NeuralNetworkView", CROWDED, NUMBERS, "square")
    assert isinstance(done, Run), done
    assert all_faults(done) == []


@pytest.mark.slow
@search(brief=8, long=2500)
@given(st.sampled_from(SCENES), drawn())
@example("FilterSliding", (NEGATIVE, NUMBERS, "square"))
@example("EquationView", (NEGATIVE, NUMBERS, "tall"))
def test_what_is_not_refused_plays_to_its_end(name: str, case: Case) -> None:
    said = refusal(name, *case)
    assert said is None or name in said


@search(brief=4, long=200)
@given(drawn())
@example((NEGATIVE, NUMBERS, "wide"))
def test_a_classic_plays_to_its_end_too(case: Case) -> None:
    conv = replace(case[0], bias=np.zeros(len(case[0].bias)))
    said = refusal("NoPadding", conv, NUMBERS)
    assert said is None or "NoPadding" in said
