"""Convolutions drawn at random: every scene shows them soundly, or refuses them before anything is drawn.

The same few every time, so that CI is quick and steady; `make test-long` searches for more.
"""

from typing import Any

import numpy as np
import pytest
from books import POST_SCENES
from hypothesis import example, given
from hypothesis import strategies as st
from markers import search
from page_faults import all_faults
from screen import outcome

from cnnmath import Convolution

LETTERS, NUMBERS = "letters", "numbers"


@st.composite
def drawn(draw: st.DrawFn, padded: bool = False) -> tuple[Convolution, str]:
    """A convolution of the size that a lecturer would show, and a notation; `padded`: with padding, but fit without."""
    channels, filters = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (3, 2)]))
    most = 8 if channels == filters == 1 else 4
    image = draw(st.tuples(st.integers(2, most), st.integers(2, most)))
    padding = draw(st.sampled_from([(1, 1), (1, 1), (0, 1)] if padded else [(0, 0), (0, 0), (1, 1), (0, 1)]))
    dilation = draw(st.sampled_from([(1, 1), (1, 1), (2, 2), (1, 2)]))
    extra = (0, 0) if padded else padding
    room = [(n + 2 * pad - 1) // gap + 1 for n, pad, gap in zip(image, extra, dilation, strict=True)]
    kernel = [draw(st.integers(1, min(3, length))) for length in room]
    seed = draw(st.integers(0, 2**16))
    random, shape = np.random.default_rng(seed), (filters, channels, *kernel)
    whole = draw(st.booleans())
    weights: Any = random.integers(-9, 10, shape)
    return Convolution(
        random.integers(0, 10, (channels, *image)),
        kernel=weights if whole else np.round(weights / 8, 2),
        bias=random.integers(-3, 4, filters),
        stride=draw(st.sampled_from([(1, 1), (1, 1), (2, 2), (2, 1)])),
        padding=padding,
        dilation=dilation,
    ), draw(st.sampled_from([LETTERS, NUMBERS]))


ONCE_WRONG = (
    (Convolution([[5, 2], [3, 0]], kernel=[[7]]), LETTERS),
    (Convolution([[5, 2], [3, 0]], kernel=[[0.88, 0.38]], bias=-3, padding=1, dilation=2), LETTERS),
    (Convolution([[5, 2], [3, 0]], kernel=[[[[4, 2]]], [[[3, -1]]]], bias=[1, 2]), NUMBERS),
)
"""A filter of one cell; one that only padding makes fit; results in planes of one row."""


@pytest.mark.slow
@pytest.mark.parametrize("name", POST_SCENES)
def test_a_drawn_convolution_is_shown_soundly_or_refused(name: str) -> None:
    shown, refused = [], []

    @search(brief=3, long=150)
    @given(drawn(padded=name == "ZeroPadding"))
    @example(ONCE_WRONG[0])
    @example(ONCE_WRONG[1])
    @example(ONCE_WRONG[2])
    def check(case: tuple[Convolution, str]) -> None:
        done = outcome(name, *case)
        if isinstance(done, str):
            refused.append(done)
            assert name in done
            assert any(character.isdigit() for character in done)
            return
        shown.append(done)
        assert all_faults(done) == []

    check()
    assert len(shown) >= len(refused) - len(ONCE_WRONG), f"mostly refused: {refused}"
