"""Layers in a row: against the product of their matrices, and the receptive field against closed forms."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layer_strategies import rows_of_two

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Activated, Convolution, Dense, Pooling, compose, receptive_field

slow_draws = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@given(rows_of_two(padding=True))
@slow_draws
def test_two_layers_are_the_product_of_their_matrices(pair):
    first, second = pair
    both = compose(first, second)
    product = second.weight_matrix() @ first.weight_matrix()
    for matrix in (both.weight_matrix(), both.weight_matrix(sparse=True).toarray()):
        np.testing.assert_allclose(matrix, product, rtol=1e-10, atol=1e-10)
    results = (product @ first.inputs + both.biases).reshape(both.output().shape)
    np.testing.assert_allclose(both.output(), results, rtol=1e-9, atol=1e-9)
    # Weights are random: an entry of the product is zero only where no way leads.
    for result, row in enumerate(product):
        assert set(np.flatnonzero(row)) <= set(both.pixels_seen(result).tolist())


@given(rows_of_two())
@slow_draws
def test_two_convolutions_are_one_filter(pair):
    first, second = pair
    both = compose(first, second)
    one = both.convolution
    assert one.output_shape == second.output_shape
    np.testing.assert_allclose(one.weight_matrix(), both.weight_matrix(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one.biases, both.biases, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one.output(), second.output(), rtol=1e-9, atol=1e-9)


def test_two_2_by_2_filters_are_one_3_by_3_filter():
    second = Convolution(EXAMPLE.output(), [[3, -1], [2, 4]], bias=-7)
    one = compose(EXAMPLE, second).convolution
    # αγ of both layers and so on, by hand: the corners are single products.
    assert one.kernel.tolist() == [[[[6, -11, 3], [16, -8, -10], [8, 12, -8]]]]
    assert one.bias.tolist() == [5 * (3 - 1 + 2 + 4) - 7]
    assert one.output().tolist() == second.output().tolist() == [[[-47]]]


def test_what_is_no_convolution_has_no_one_filter():
    output = EXAMPLE.output()
    for second in (
        Convolution(output, [[1, 2], [3, 4]], padding=1),
        Dense(output, np.ones((1, 4))),
        Pooling(output, size=2, kind="average"),
    ):
        assert compose(EXAMPLE, second).convolution is None
    same = Convolution(EXAMPLE.image, [[1, 2], [3, 4]], padding="same")  # pads on one side only
    assert compose(same, Convolution(same.output(), [[1]])).convolution is None
    assert compose(PADDED_EXAMPLE, Convolution(PADDED_EXAMPLE.output(), [[2]])).convolution.padding == (1, 1)


def test_with_an_activation_between_they_are_no_linear_layer():
    activated = Activated(EXAMPLE.output(), "relu").output()
    with pytest.raises(ValueError, match="second layer, a Convolution, must be the result of the first, a Convolution"):
        compose(EXAMPLE, Convolution(activated, [[1]]))


def test_layers_that_do_not_follow_each_other_are_named():
    pool = Pooling(np.ones((1, 4, 4)), size=2)
    for call in (lambda: compose(EXAMPLE, pool), lambda: receptive_field([EXAMPLE, pool], 0)):
        with pytest.raises(
            ValueError,
            match=r"a Convolution that gives the shape \(1, 2, 2\) before a Pooling that takes .*\(1, 4, 4\)",
        ):
            call()
    with pytest.raises(ValueError, match="at least one layer"):
        receptive_field([], 0)


@st.composite
def towers(draw):
    """Draw convolutions and poolings in a row, over a line of pixels long enough."""
    sizes = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=4))
    layers, values = [], np.random.default_rng(0).normal(size=(1, 1, 200))
    for size, stride, dilation in sizes:
        if draw(st.booleans()):
            layers.append(Convolution(values, np.ones((1, size)), stride=(1, stride), dilation=(1, dilation)))
        else:
            layers.append(Pooling(values, (1, size), stride=(1, stride)))
        values = layers[-1].output()
        if draw(st.booleans()):
            layers.append(Activated(values, "relu"))
            values = layers[-1].output()
    return layers


@given(towers())
def test_the_receptive_field_reaches_as_far_as_the_closed_form(layers):
    """1 + Σ (span − 1)·(product of the strides before): Araujo et al., Computing Receptive Fields, 2019, eq. 2."""
    reach, jump = 1, 1
    for layer in layers:
        if not isinstance(layer, Activated):
            gap = layer.dilation[1] if isinstance(layer, Convolution) else 1
            size = layer.kernel.shape[3] if isinstance(layer, Convolution) else layer.size[1]
            reach += gap * (size - 1) * jump
            jump *= layer.stride[1]
    for result in (0, layers[-1].output().size - 1):
        field = receptive_field(layers, result)
        assert (field[0], field[-1]) == (result * jump, result * jump + reach - 1)


@given(towers())
def test_the_receptive_field_is_the_one_seen_layer_by_layer(layers):
    assert all(a.output_shape == b.input_shape for a, b in pairwise(layers))
    seen = {0}
    for layer in reversed(layers):
        seen = {pixel for result in seen for pixel in layer.pixels_seen(result).tolist()}
    assert receptive_field(layers, 0).tolist() == sorted(seen)


def test_it_goes_through_a_whole_network():
    image = np.random.default_rng(0).normal(size=(1, 8, 8))
    conv = Convolution(image, np.ones((4, 1, 3, 3)))
    relu = Activated(conv.output(), "relu")
    pool = Pooling(relu.output(), size=2)
    dense = Dense(pool.output(), np.ones((10, 36)))
    assert receptive_field([conv, relu, pool], 0).tolist() == [
        8 * row + column for row in range(4) for column in range(4)
    ]
    assert receptive_field([conv, relu, pool], 9).tolist() == receptive_field([conv, relu, pool], 0).tolist()
    assert receptive_field([conv, relu, pool, dense], 7).tolist() == list(range(64))
    with pytest.raises(IndexError, match=r"result must be from 0 to 9 .*got 10"):
        receptive_field([conv, relu, pool, dense], 10)


@pytest.mark.parametrize(("depth", "side"), [(1, 3), (2, 5), (3, 7)])
def test_three_by_three_filters_in_a_row_see_more_and_more(depth, side):
    layers, values = [], np.ones((1, 7, 7))
    for _ in range(depth):
        layers.append(Convolution(values, np.ones((3, 3)), padding=1))
        values = layers[-1].output()
    assert len(receptive_field(layers, 24)) == side**2
