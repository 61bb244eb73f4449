"""The longest of many texts is found without typesetting all, and a sum has room for any result's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import tempconfig
from markers import search

from cnnmath import Convolution
from scenes._look.frame import frame
from scenes._look.theme import colour
from scenes._mobjects.cells import label_width
from scenes._mobjects.shares import Shares, least_room, total_line
from scenes._mobjects.text import LEAST, symbol_width, too_small
from scenes._pictures.trio import Trio
from scenes._words.piece import Piece
from scenes._words.subject import Subject

NAMES = st.builds(
    lambda letter, index: letter + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(index or "")),
    st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"),
    st.integers(0, 99),
)
ONCE_WRONG = (
    ["Q₁₀", *(str(number) for number in range(200, 210))],
    ["977", "580", "694", "381", "403", "714", "900", "844"],
)
"""A name that is wider than numbers of more characters; a number whose last digit reaches farther."""


@search(brief=60, long=2000)
@given(st.lists(st.one_of(NAMES, st.integers(100, 999).map(str)), min_size=1, max_size=30))
def test_the_longest_label_is_found(texts: list[str]) -> None:
    assert label_width([Piece(text) for text in texts]) >= max(map(symbol_width, texts)) - 1e-6


@pytest.mark.parametrize("texts", ONCE_WRONG)
def test_what_was_once_missed_is_found(texts: list[str]) -> None:
    assert label_width([Piece(text) for text in texts]) >= max(map(symbol_width, texts)) - 1e-6


PADDED = Convolution(
    np.arange(168).reshape(2, 7, 12) % 10, np.arange(40).reshape(4, 2, 1, 5) % 9 + 1, padding=2, bias=[0, 0, 0, 0]
)
"""Its first result is zero, and its lines are short; others are not."""


def test_any_results_shares_can_be_read_in_the_least_room() -> None:
    colour(PADDED)
    subject = Subject(PADDED, "numbers")
    planes = Trio(subject, sums=True).image.channels
    room = least_room(subject)
    for result in range(PADDED.counts.results):
        shares = Shares(subject, result, planes, room, 0.0)
        assert not too_small(shares), result
        assert max(float(line.width) for line in shares.lines) <= room + 1e-6


def test_a_sum_of_channels_that_could_not_be_read_breaks_in_two_lines() -> None:
    random = np.random.default_rng(2)
    conv = Convolution(random.integers(0, 10, (4, 28, 2)), random.integers(1, 10, (2, 4, 4, 2)), padding=1)
    colour(conv)
    subject = Subject(conv, "letters")
    with tempconfig({"pixel_width": 720, "pixel_height": 720}):
        room = frame().stage_width - 0.4
        for result in (0, 30, conv.counts.results - 1):
            line = total_line(subject, result, room)
            low, high = (round(float(glyph.baseline), 3) for glyph in (line[-1], line[0]))
            assert low < high
            assert line.width <= room + 1e-6
            assert min(glyph.em for glyph in line) >= LEAST
            # No bracket is torn apart.
            first = [glyph.says for glyph in line if round(float(glyph.baseline), 3) == high]
            assert first.count("(") == first.count(")")
