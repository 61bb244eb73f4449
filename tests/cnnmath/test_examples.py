"""The two examples against the post's own letters, written out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Counts, symbols

EQUATIONS = ["αA+βB+γD+δE+b=P", "αB+βC+γE+δF+b=Q", "αD+βE+γG+δH+b=R", "αE+βF+γH+δJ+b=S"]

MATRIX = """
α β · γ δ · · · ·
· α β · γ δ · · ·
· · · α β · γ δ ·
· · · · α β · γ δ
"""

# Row A′: the filter stands on A, so ε meets A, ζ meets B, θ meets D, κ meets E; and so on.
PADDED_MATRIX = """
ε ζ · θ κ · · · ·
δ ε ζ η θ κ · · ·
· δ ε · η θ · · ·
β γ · ε ζ · θ κ ·
α β γ δ ε ζ η θ κ
· α β · δ ε · η θ
· · · β γ · ε ζ ·
· · · α β γ δ ε ζ
· · · · α β · δ ε
"""


def written(conv) -> list[str]:
    return [
        "".join(f"{symbols.weight(t.weight)}{symbols.pixel(t.pixel)}+" for t in equation.terms)
        + f"{symbols.bias(equation.filter)}={symbols.result(equation.result)}"
        for equation in conv.equations()
    ]


def letters(picture: str) -> np.ndarray:
    return np.array([line.split() for line in picture.split("\n") if line])


def matrix_letters(conv) -> np.ndarray:
    return np.array([["·" if w < 0 else symbols.weight(w) for w in row] for row in conv.sharing.tolist()])


def test_the_four_equations():
    assert written(EXAMPLE) == EQUATIONS


def test_the_4_by_9_matrix():
    np.testing.assert_array_equal(matrix_letters(EXAMPLE), letters(MATRIX))
    assert EXAMPLE.counts == Counts(weights=4, taps=16, entries=36, zeros=20, pixels=9, results=4)


def test_the_padded_9_by_9_matrix():
    np.testing.assert_array_equal(matrix_letters(PADDED_EXAMPLE), letters(PADDED_MATRIX))
    assert PADDED_EXAMPLE.counts == Counts(weights=9, taps=49, entries=81, zeros=32, pixels=9, results=9)
    assert len(PADDED_EXAMPLE.padding_taps) == 81 - 49


def test_the_numbers_worked_out_by_hand():
    # 2·2 − 3·7 + 4·8 − 2·4 + 5 = 12, and so on.
    assert EXAMPLE.output().tolist() == [[[12, 14], [21, -26]]]
    # A′: −2·2 − 3·7 + 4·8 + 6·4 − 5 = 26; E′: 5·2 + 3·7 + 2·1 − 4·8 − 2·4 − 3·9 − 1·3 + 4·0 + 6·6 − 5 = −6.
    assert PADDED_EXAMPLE.output().tolist() == [[[26, 32, -3], [-1, -6, 23], [21, 35, 30]]]


@pytest.mark.parametrize(("conv", "size"), [(EXAMPLE, 2), (PADDED_EXAMPLE, 3)])
def test_the_numbers_are_fit_to_be_shown(conv, size):
    weights = conv.kernel.ravel().tolist()
    assert conv.kernel.shape == (1, 1, size, size)
    assert len(set(weights)) == len(weights)
    assert not {0, 1} & set(weights)
    assert min(weights) < 0
    assert (conv.bias != 0).all()
    assert sorted(set(conv.image.ravel().tolist())) == sorted(conv.image.ravel().tolist())
    assert conv.image.min() >= 0
    assert conv.image.max() <= 9
    assert np.abs(conv.output()).max() < 100
    for values in (conv.image, conv.kernel, conv.bias):
        assert (values == np.round(values)).all()
    np.testing.assert_array_equal(conv.image, EXAMPLE.image)


@pytest.mark.parametrize("conv", [EXAMPLE, PADDED_EXAMPLE])
def test_no_flip_or_transpose_goes_unseen(conv):
    kernel = conv.kernel[0, 0]
    for turned in (kernel[::-1], kernel[:, ::-1], kernel[::-1, ::-1], kernel.T, np.rot90(kernel), np.rot90(kernel, 3)):
        assert (replace(conv, kernel=turned).output() != conv.output()).any()


def test_padding_lets_the_filter_stand_on_every_pixel():
    assert PADDED_EXAMPLE.output_shape == PADDED_EXAMPLE.image.shape
    for result in range(9):
        window = PADDED_EXAMPLE.window(result)
        centre = window.rows.start + 1, window.columns.start + 1
        assert PADDED_EXAMPLE.padded_position(result)[1:] == centre
