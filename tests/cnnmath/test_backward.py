"""The gradients against finite differences of the output."""

from dataclasses import replace

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given, settings

from cnnmath import EXAMPLE, Convolution


@given(convolutions(channels=2, filters=2, size=5))
@settings(max_examples=25)
def test_gradients_are_finite_differences(conv):
    upstream = like_output(conv)
    for name, gradient in conv.backward(upstream)._asdict().items():
        assert gradient.shape == getattr(conv, name).shape
        np.testing.assert_allclose(gradient, differences(conv, name, upstream), rtol=1e-6, atol=1e-6)


def differences(conv: Convolution, name: str, upstream: np.ndarray) -> np.ndarray:
    """Move every number of one field a little up and down, and see what the loss does."""
    values = getattr(conv, name)
    slopes = np.empty(values.shape)
    step = 1e-4
    for place in np.ndindex(values.shape):
        losses = []
        for sign in (1, -1):
            moved = values.copy()
            moved[place] += sign * step
            losses.append((replace(conv, **{name: moved}).output() * upstream).sum())
        slopes[place] = (losses[0] - losses[1]) / (2 * step)
    return slopes


@given(convolutions())
def test_transpose_is_the_adjoint(conv):
    result = like_output(conv)
    linear = conv.output() - conv.bias[:, None, None]
    assert (linear * result).sum() == pytest.approx((conv.image * conv.transpose(result)).sum(), abs=1e-9)


@pytest.mark.parametrize("name", ["backward", "transpose"])
def test_what_is_not_shaped_like_the_output_is_refused(name):
    for wrong in (np.ones((2, 2)), np.ones((1, 3, 3)), 1.0):
        shape = np.shape(wrong)
        with pytest.raises(ValueError, match="must have the output's shape") as caught:
            getattr(EXAMPLE, name)(wrong)
        assert "(1, 2, 2)" in str(caught.value)
        assert str(shape) in str(caught.value)


@pytest.mark.parametrize("name", ["backward", "transpose"])
def test_what_is_no_finite_number_is_refused(name):
    with pytest.raises(ValueError, match="finite"):
        getattr(EXAMPLE, name)([[[1, 2], [3, np.nan]]])
    with pytest.raises(TypeError, match="numbers"):
        getattr(EXAMPLE, name)([[["P", "Q"], ["R", "S"]]])
