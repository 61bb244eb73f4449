"""Every view is the same convolution: equations, matrix, shared weights, network, key figures."""

import tracemalloc

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution


@given(convolutions())
def test_the_transpose_is_the_matrix_transposed(conv):
    result = like_output(conv)
    image = (conv.weight_matrix().T @ result.ravel()).reshape(conv.image.shape)
    np.testing.assert_allclose(conv.transpose(result), image, rtol=1e-10, atol=1e-10)


@given(convolutions())
def test_every_row_is_one_application_of_the_filter(conv):
    for result, row in enumerate(conv.sharing):
        filter_, *_ = conv.result_place(result)
        used = row[row >= 0].tolist()
        lost = conv.window(result).padding_taps["weight"].tolist()
        size = conv.kernel[0].size
        assert sorted(used + lost) == list(range(filter_ * size, (filter_ + 1) * size))


@given(convolutions(channels=2, filters=2))
def test_equations_are_the_rows_written_out(conv):
    equations = conv.equations()
    output = conv.output().ravel()
    assert [equation.result for equation in equations] == list(range(output.size))
    for equation in equations:
        taps = conv.taps[conv.taps["result"] == equation.result]
        assert [(term.pixel, term.weight) for term in equation.terms] == taps[["pixel", "weight"]].tolist()
        assert equation.filter == conv.result_place(equation.result)[0]
        assert equation.bias == conv.bias[equation.filter]
        assert equation.value == output[equation.result]
        total = sum(term.product for term in equation.terms) + equation.bias
        assert total == pytest.approx(equation.value, rel=1e-10, abs=1e-10)
        for term in equation.terms:
            assert term.weight_value == conv.kernel.ravel()[term.weight]
            assert term.pixel_value == conv.image.ravel()[term.pixel]


def test_equations_hold_plain_numbers():
    equation = EXAMPLE.equations()[0]
    for index in (equation.result, equation.filter, equation.terms[0].weight, equation.terms[0].pixel):
        assert type(index) is int
    for value in (equation.bias, equation.value, equation.terms[0].weight_value, equation.terms[0].pixel_value):
        assert type(value) is float
    assert type(equation.terms) is tuple


def test_a_result_that_sees_only_padding_is_its_bias():
    conv = Convolution([[5]], kernel=[[2]], bias=3, padding=1)
    corner = conv.equations()[0]
    assert (corner.terms, corner.value) == ((), 3.0)
    assert len(conv.window(0).taps) == 0
    assert conv.weight_matrix(sparse=True).toarray().ravel().tolist() == [0, 0, 0, 0, 2, 0, 0, 0, 0]


def test_a_weight_of_value_zero_is_still_trainable():
    conv = Convolution([[1, 2, 3]], kernel=[[0, 5]])
    assert conv.weight_matrix(sparse=True).nnz == 4
    assert conv.trainable.sum() == 4


def test_the_sparse_matrix_takes_memory_linear_in_the_taps():
    conv = Convolution(np.ones((224, 224)), np.ones((3, 3)), padding=1)
    tracemalloc.start()
    try:
        matrix = conv.weight_matrix(sparse=True)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert matrix.shape == (224**2, 224**2)
    assert peak < 300 * len(conv.taps)


def test_the_middle_of_the_padded_filter_visits_every_pixel_once():
    assert [PADDED_EXAMPLE.middle(result) for result in range(9)] == list(range(9))
    assert Convolution(PADDED_EXAMPLE.image, PADDED_EXAMPLE.kernel).middle(0) == 4  # stuck on E
    assert Convolution([[1.0]], np.ones((3, 3)), padding=2).middle(0) is None  # on the padding
    assert EXAMPLE.middle(0) is None
