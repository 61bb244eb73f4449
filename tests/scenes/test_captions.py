"""How narration is cut into captions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes._stage.captions import LINE_LENGTH, captions

WORDS = st.text("abcdefgh", min_size=1, max_size=12) | st.sampled_from(["the", "of", "a", "it,", "there."])


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_captions_are_the_narration_in_as_few_pieces_as_fit(narration: str) -> None:
    pieces = captions(narration)
    assert " ".join(pieces) == narration
    assert max(map(len, pieces)) <= LINE_LENGTH
    filled, fewest = 0, 1
    for word in narration.split():
        filled += len(word) + bool(filled)
        if filled > LINE_LENGTH:
            filled, fewest = len(word), fewest + 1
    assert len(pieces) == fewest


@pytest.mark.parametrize(
    ("narration", "pieces"),
    [
        ("A square.", ["A square."]),
        (
            "The filter slides on, and every stop gives another sum: other pixels, but the same weights of before.",
            [
                "The filter slides on, and every stop gives another sum:",
                "other pixels, but the same weights of before.",
            ],
        ),
        (
            "Row by row all of the weights in the matrix become connections and then all the zeros of it stay behind",
            [
                "Row by row all of the weights in the matrix become",
                "connections and then all the zeros of it stay behind",
            ],
        ),
        ("x" * 90 + " and " + "y" * 90, ["x" * 90, "and", "y" * 90]),
    ],
    ids=["short", "at a colon", "not after an article", "words that are too long"],
)
def test_where_it_is_cut(narration: str, pieces: list[str]) -> None:
    assert captions(narration) == pieces
