"""The transposed convolution as shares: what every result gives to every pixel."""

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given, settings

from cnnmath import Convolution
from cnnmath.transposed import Transposed

LINE = Convolution([[1, 2, 3]], kernel=[[4, 5]])


@given(convolutions())
@settings(max_examples=60)
def test_shares_add_up_both_ways(conv):
    case = Transposed(conv, like_output(conv))
    output = case.output().ravel()
    matrix = case.matrix()
    np.testing.assert_allclose(matrix @ case.given.ravel(), output, atol=1e-9)
    for pixel in range(conv.counts.pixels):
        shares = case.of_pixel(pixel)
        assert [s.result for s in shares] == sorted({s.result for s in shares})
        assert sum(s.product for s in shares) == pytest.approx(output[pixel], abs=1e-9)
        assert (shares[-1].after if shares else 0.0) == pytest.approx(output[pixel], abs=1e-9)
        assert [s.before is None for s in shares] == [True] * bool(shares) + [False] * (len(shares) - 1)
    for result in range(conv.counts.results):
        column = np.zeros(conv.counts.pixels)
        for share in case.of_result(result):
            column[share.pixel] += share.product
        np.testing.assert_allclose(column, matrix[:, result] * case.given.ravel()[result], atol=1e-12)


@given(convolutions())
@settings(max_examples=20)
def test_no_pixel_gathers_from_more_than_the_fullest(conv):
    case = Transposed(conv, like_output(conv))
    most = len(case.of_pixel(case.fullest))
    assert most == max(len(case.of_pixel(pixel)) for pixel in range(conv.counts.pixels))


@pytest.mark.parametrize("wrong", [[[1, 2, 3]], [[1], [2]], [1, 2], [[[[1, 2]]]]])
def test_what_is_given_must_have_the_results_shape(wrong):
    with pytest.raises(ValueError, match="shape"):
        Transposed(LINE, wrong)


def test_what_is_given_cannot_change():
    case = Transposed(LINE, [[1, 10]])
    assert not case.given.flags.writeable
    with pytest.raises(AttributeError):
        case.given = case.given
