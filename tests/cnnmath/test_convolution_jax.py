"""The result and the way back against JAX's convolution and its gradients."""

import os

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given, settings

from cnnmath import PADDED_EXAMPLE, Convolution

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)


def by_jax(conv: Convolution):
    """Give JAX's convolution of this layout, a function of image, kernel and bias."""
    padding = "SAME" if conv.padding == "same" else conv.pads

    def layer(image, kernel, bias):
        batch = jax.lax.conv_general_dilated(
            image[None],
            kernel,
            window_strides=conv.stride,
            padding=padding,
            rhs_dilation=conv.dilation,
            precision=jax.lax.Precision.HIGHEST,
        )
        return batch[0] + bias[:, None, None]

    return layer


def close(ours, theirs):
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, np.asarray(theirs), rtol=1e-10, atol=1e-10)


@given(convolutions())
@settings(max_examples=60 if os.environ.get("SEARCH") == "long" else 15)  # JAX compiles for every layout
@pytest.mark.slow
def test_output_and_gradients_are_jaxs(conv):
    output, vjp = jax.vjp(by_jax(conv), conv.image, conv.kernel, conv.bias)
    close(conv.output(), output)
    upstream = like_output(conv)
    image, kernel, bias = vjp(upstream)
    gradients = conv.backward(upstream)
    close(gradients.image, image)
    close(gradients.kernel, kernel)
    close(gradients.bias, bias)
    close(conv.transpose(upstream), image)


def test_the_gradient_of_a_loss_is_jaxs():
    conv = PADDED_EXAMPLE
    layer = by_jax(conv)

    def loss(image, kernel, bias):
        return (layer(image, kernel, bias) ** 2).sum() / 2

    theirs = jax.grad(loss, argnums=(0, 1, 2))(conv.image, conv.kernel, conv.bias)
    for ours, gradient in zip(conv.backward(conv.output()), theirs, strict=True):
        close(ours, gradient)
