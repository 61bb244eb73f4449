"""Activations against their definitions, finite differences and numbers that are too large for a naive formula."""

import copy
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnmath import Activated, activation, activation_slope

KINDS = ["relu", "leaky_relu", "sigmoid", "tanh"]
DEFINITIONS = {
    "relu": lambda x: max(x, 0.0),
    "leaky_relu": lambda x: x if x > 0 else 0.01 * x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}
numbers = st.floats(-20, 20).filter(lambda x: abs(x) > 1e-3)  # Two of them bend at zero.


@pytest.mark.parametrize("kind", KINDS)
@given(x=numbers)
def test_values_are_as_defined_and_slopes_are_finite_differences(kind, x):
    assert activation(kind, x) == pytest.approx(DEFINITIONS[kind](x), rel=1e-12)
    step = 1e-5
    difference = (DEFINITIONS[kind](x + step) - DEFINITIONS[kind](x - step)) / (2 * step)
    assert activation_slope(kind, x) == pytest.approx(difference, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_is_too_large(kind):
    x = np.array([-1e308, -1000.0, 0.0, 1000.0, 1e308])
    assert np.isfinite(activation(kind, x)).all()
    assert np.isfinite(activation_slope(kind, x)).all()


def test_slopes_far_from_zero_keep_their_digits():
    """Where 1 − tanh² and s·(1 − s) would be zero: e^−|x|, and 4·e^−2|x|."""
    for x in (-50.0, 50.0):
        assert activation_slope("sigmoid", x) == pytest.approx(math.exp(-50), rel=1e-12)
        assert activation_slope("tanh", x) == pytest.approx(4 * math.exp(-100), rel=1e-12)


def test_at_zero_the_slope_is_that_of_the_left():
    assert activation_slope("relu", [-0.0, 0.0]).tolist() == [0, 0]
    assert activation_slope("leaky_relu", [-0.0, 0.0]).tolist() == [0.01, 0.01]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(), (3,), (2, 1, 3, 2)])
def test_shapes_stay(kind, shape):
    x = np.random.default_rng(0).normal(size=shape)
    layer = Activated(x, kind)
    for values in (
        activation(kind, x),
        activation_slope(kind, x),
        layer.output(),
        layer.slope(),
        layer.backward(x).input,
    ):
        assert values.shape == shape
    assert layer.input_shape == layer.output_shape == shape


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_back_is_upstream_times_the_slope(kind):
    x, upstream = np.random.default_rng(1).normal(size=(2, 2, 3, 3))
    np.testing.assert_array_equal(Activated(x, kind).backward(upstream).input, upstream * activation_slope(kind, x))


def test_an_activated_layer_does_not_change():
    x = np.array([1.0, -2.0])
    layer = Activated(x, "relu")
    x += 1
    layer.output()[0] = 7
    assert copy.deepcopy(layer) is layer
    for other in (layer, pickle.loads(pickle.dumps(layer))):
        assert other.input.tolist() == [1, -2]
        assert not other.input.flags.writeable
        assert other.output().tolist() == [1, 0]


def test_a_result_sees_its_own_pixel():
    layer = Activated(np.ones((2, 3)), "tanh")
    assert [layer.pixels_seen(result).tolist() for result in range(6)] == [[0], [1], [2], [3], [4], [5]]
    with pytest.raises(IndexError, match=r"result must be from 0 to 5 .*got 6"):
        layer.pixels_seen(6)


@pytest.mark.parametrize("call", [activation, activation_slope, lambda kind, x: Activated(x, kind)])
def test_bad_arguments_are_refused(call):
    with pytest.raises(ValueError, match='kind must be "relu", "leaky_relu", "sigmoid" or "tanh"; got \'gelu\''):
        call("gelu", 1)
    with pytest.raises(ValueError, match="finite"):
        call("relu", [1, np.nan])
    with pytest.raises(ValueError, match="at least one"):
        call("relu", [])
    with pytest.raises(TypeError, match="numbers"):
        call("relu", "1")


def test_upstream_must_have_the_inputs_shape():
    with pytest.raises(ValueError, match=r"upstream must have the input's shape \(2,\); got \(1, 2\)"):
        Activated([1, 2], "relu").backward([[1, 2]])
