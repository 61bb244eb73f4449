"""Learning: wishes of entries add up to gradients, and a step keeps what a convolution holds its weights to."""

import copy
import pickle

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given
from layer_strategies import linear_layers

from cnnmath import EXAMPLE, Dense, Descent, Pooling, squared_error

TARGET = [[[10, 15], [20, -20]]]
LEARNED = {"Convolution": "kernel", "Dense": "weights"}


@given(linear_layers())
def test_wishes_masked_and_added_up_are_the_gradient(layer):
    upstream = like_output(layer)
    wishes = layer.entry_gradients(upstream)
    np.testing.assert_array_equal(wishes, np.outer(upstream.ravel(), layer.inputs))
    name = LEARNED.get(type(layer).__name__)
    if name is None:
        assert not wishes[layer.trainable].size
        return
    gradient = getattr(layer.backward(upstream), name)
    summed = np.bincount(layer.sharing[layer.trainable], wishes[layer.trainable], minlength=gradient.size)
    np.testing.assert_allclose(gradient.ravel(), summed, rtol=1e-10, atol=1e-10)


@given(convolutions())
def test_a_step_keeps_zeros_zero_and_copies_equal(conv):
    upstream = like_output(conv)
    stepped = conv.step(upstream, rate=0.1)
    matrix = stepped.weight_matrix()
    assert (matrix[~conv.trainable] == 0).all()
    np.testing.assert_array_equal(stepped.sharing, conv.sharing)
    for weight in range(conv.kernel.size):
        assert len(set(matrix[conv.sharing == weight].tolist())) <= 1
    gradients = conv.backward(upstream)
    np.testing.assert_array_equal(stepped.kernel, conv.kernel - 0.1 * gradients.kernel)
    np.testing.assert_array_equal(stepped.bias, conv.bias - 0.1 * gradients.bias)
    assert (stepped.stride, stepped.padding, stepped.dilation) == (conv.stride, conv.padding, conv.dilation)


def test_its_dense_twin_fills_zeros_and_lets_copies_drift_apart():
    twin = Descent(Dense.twin(EXAMPLE), np.ravel(TARGET), rate=0.005).after
    zeros = twin.weights[~EXAMPLE.trainable]
    # Only where the pixel is 0 has a zero nothing to wish for: H in the first two rows.
    assert np.count_nonzero(zeros) == 18
    assert zeros.size == 20
    for weight in range(4):
        assert len(set(twin.weights[EXAMPLE.sharing == weight].tolist())) == 4
    np.testing.assert_allclose(twin.weights[EXAMPLE.sharing == 0], [1.98, 2.035, 1.96, 2.12], rtol=1e-12)


def test_the_posts_example_worked_out_by_hand():
    # 12 − 10, 14 − 15, 21 − 20, −26 + 20; half of 4 + 1 + 1 + 36.
    descent = Descent(EXAMPLE, TARGET, rate=0.005)
    assert descent.differences.tolist() == [[[2, -1], [1, -6]]]
    assert descent.loss == 21
    assert descent.wishes.shape == (4, 9)
    # α meets A, B, D, E: 2·2, −1·7, 1·8, −6·4; β meets B, C, E, F; and so on.
    assert [descent.wishes_of(weight).tolist() for weight in range(4)] == [
        [4, -7, 8, -24],
        [14, -1, 4, -54],
        [16, -4, 3, 0],
        [8, -9, 0, -36],
    ]
    assert descent.gradients.kernel.tolist() == [[[[-19, -37], [15, -37]]]]
    assert descent.gradients.bias.tolist() == [-4]
    np.testing.assert_allclose(descent.after.kernel, [[[[2.095, -2.815], [3.925, -1.815]]]], rtol=1e-12)
    assert descent.after.bias.tolist() == [5.02]
    assert round(descent.next().loss, 2) == 14.03
    assert round(Descent(EXAMPLE, TARGET, rate=0.01).next().loss, 1) == 26.5


def test_many_small_steps_go_down():
    steps = list(Descent(EXAMPLE, TARGET, rate=0.005).steps(40))
    losses = [step.loss for step in steps]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.1
    assert [step.layer for step in steps[1:]] == [step.after for step in steps[:-1]]
    assert list(steps[0].steps(0)) == []
    assert losses[3] == squared_error(steps[3].layer.output(), TARGET)


def test_a_descent_does_not_change():
    descent = Descent(EXAMPLE, np.array(TARGET), rate=0.005)
    assert copy.deepcopy(descent) is descent
    for other in (descent, pickle.loads(pickle.dumps(descent))):
        for values in (other.target, other.differences, other.wishes):
            assert not values.flags.writeable
        assert (other.loss, other.rate) == (21, 0.005)


@pytest.mark.parametrize("weight", [-1, 4])
def test_a_weight_that_is_not_there_is_refused(weight):
    with pytest.raises(IndexError, match=f"weight must be one that stands in the matrix; got {weight}"):
        Descent(EXAMPLE, TARGET, rate=1).wishes_of(weight)


@pytest.mark.parametrize("rate", [np.nan, np.inf, [0.1, 0.2], 1j])
def test_a_rate_that_is_no_number_is_refused(rate):
    for call in (lambda: EXAMPLE.step(TARGET, rate), lambda: Descent(EXAMPLE, TARGET, rate)):
        with pytest.raises(ValueError, match="rate"):
            call()
    with pytest.raises(TypeError, match="rate"):
        EXAMPLE.step(TARGET, "fast")


def test_a_target_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"target must have the output's shape \(1, 2, 2\); got \(4,\)"):
        Descent(EXAMPLE, [10, 15, 20, -20], rate=0.005)
    with pytest.raises(ValueError, match="finite"):
        Descent(Pooling([[1, 2]], size=1), [[[1, np.nan]]], rate=1)
