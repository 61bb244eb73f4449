"""Dense layers, poolings, activations and losses against JAX, forward and backward."""

import os

import numpy as np
import pytest
from core_strategies import like_output
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_strategies import dense_layers, poolings

from cnnmath import Activated, Pooling, cross_entropy, cross_entropy_gradient, softmax, squared_error
from cnnmath import squared_error_gradient as error_gradient

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

pytestmark = pytest.mark.slow
compiled = settings(max_examples=60 if os.environ.get("SEARCH") == "long" else 15)  # JAX compiles for every layout


def close(ours, theirs):
    assert np.shape(ours) == theirs.shape
    np.testing.assert_allclose(ours, np.asarray(theirs), rtol=1e-10, atol=1e-10)


def by_jax(pool: Pooling):
    """Give JAX's pooling of this layout, a function of the image."""
    window, strides = (1, *pool.size), (1, *pool.stride)
    # What hangs out in ceil_mode is padding too, but never counted.
    asked = [(0, 0), *((pad, pad) for pad in pool.padding)]
    hanging = [(0, 0), *((0, pads[1] - pad) for pad, pads in zip(pool.padding, pool.pads, strict=True))]

    def sums(values):
        return jax.lax.reduce_window(values, 0.0, jax.lax.add, window, strides, [(0, 0), *pool.pads])

    def layer(image):
        if pool.kind == "max":
            return jax.lax.reduce_window(image, -np.inf, jax.lax.max, window, strides, [(0, 0), *pool.pads])
        counted = np.pad(np.ones(image.shape), asked, constant_values=float(pool.count_include_pad))
        divisors = jax.lax.reduce_window(np.pad(counted, hanging), 0.0, jax.lax.add, window, strides, "VALID")
        return sums(image) / divisors

    return layer


# Equal pixels in a maximum, too: JAX gives the gradient to the first of them, as PyTorch does.
@given(poolings(ties=False) | poolings(kinds=("max",)))
@compiled
def test_pooling_is_jaxs(pool):
    output, vjp = jax.vjp(by_jax(pool), pool.image)
    close(pool.output(), output)
    upstream = like_output(pool)
    close(pool.backward(upstream).image, vjp(upstream)[0])


@given(dense_layers())
@compiled
def test_dense_is_jaxs(layer):
    output, vjp = jax.vjp(lambda x, w, b: w @ x.ravel() + b, layer.input, layer.weights, layer.bias)
    close(layer.output(), output)
    upstream = like_output(layer)
    for ours, theirs in zip(layer.backward(upstream), vjp(upstream), strict=True):
        close(ours, theirs)


THEIRS = {
    "relu": jax.nn.relu,
    "leaky_relu": jax.nn.leaky_relu,
    "sigmoid": jax.nn.sigmoid,
    "tanh": jax.nn.tanh,
}


@pytest.mark.parametrize("kind", THEIRS)
@given(
    seed=st.integers(0, 2**32 - 1), scale=st.sampled_from([1, 30, 1000]), shape=st.sampled_from([(), (3,), (2, 3, 2)])
)
@compiled
def test_activations_are_jaxs(kind, seed, scale, shape):
    x, upstream = np.random.default_rng(seed).normal(scale=scale, size=(2, *shape))
    output, vjp = jax.vjp(THEIRS[kind], x)
    layer = Activated(x, kind)
    close(layer.output(), output)
    close(layer.backward(upstream).input, vjp(upstream)[0])


@given(
    seed=st.integers(0, 2**32 - 1),
    scale=st.sampled_from([1, 30, 1000]),
    shape=st.sampled_from([(1,), (10,), (4, 3), (2, 2, 5)]),
)
@compiled
def test_losses_are_jaxs(seed, scale, shape):
    random = np.random.default_rng(seed)
    logits, labels = random.normal(scale=scale, size=shape), random.integers(0, shape[-1], size=shape[:-1])
    close(softmax(logits), jax.nn.softmax(logits))

    def losses(x):
        return -jax.numpy.take_along_axis(jax.nn.log_softmax(x), labels[..., None], axis=-1)[..., 0]

    output, vjp = jax.vjp(losses, logits)
    close(cross_entropy(logits, labels), output)
    close(cross_entropy_gradient(logits, labels), vjp(np.ones(shape[:-1]))[0])

    target = random.normal(size=shape)
    value, gradient = jax.value_and_grad(lambda x: ((x - target) ** 2).sum() / 2)(logits)
    np.testing.assert_allclose(squared_error(logits, target), value, rtol=1e-10)
    close(error_gradient(logits, target), gradient)
