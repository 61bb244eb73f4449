"""The layers against PyTorch, whose names and conventions they take, where it is installed."""

import numpy as np
import pytest
from core_strategies import like_output
from hypothesis import given
from layer_strategies import dense_layers, poolings

from cnnmath import Activated, Pooling, cross_entropy, cross_entropy_gradient, softmax

torch = pytest.importorskip("torch", reason="PyTorch is not installed; JAX stands for it")


def close(ours, theirs):
    theirs = theirs.detach().numpy()
    assert np.shape(ours) == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10)


def leaf(values):
    return torch.tensor(np.array(values), requires_grad=True)


def by_torch(pool: Pooling, image):
    keywords = {"stride": pool.stride, "padding": pool.padding, "ceil_mode": pool.ceil_mode}
    if pool.kind == "max":
        return torch.nn.functional.max_pool2d(image, pool.size, **keywords, return_indices=True)
    return torch.nn.functional.avg_pool2d(image, pool.size, **keywords, count_include_pad=pool.count_include_pad), None


@given(poolings())
def test_pooling_is_pytorchs(pool):
    image = leaf(pool.image)
    output, indices = by_torch(pool, image)
    close(pool.output(), output)
    if indices is not None:
        _, height, width = pool.image.shape
        np.testing.assert_array_equal(pool.winners % (height * width), indices.numpy())
    upstream = like_output(pool)
    output.backward(torch.tensor(upstream))
    close(pool.backward(upstream).image, image.grad)


@given(dense_layers())
def test_dense_is_pytorchs(layer):
    input_, weights, bias = (leaf(values) for values in (layer.input, layer.weights, layer.bias))
    output = torch.nn.functional.linear(input_.flatten(), weights, bias)
    close(layer.output(), output)
    upstream = like_output(layer)
    output.backward(torch.tensor(upstream))
    for ours, theirs in zip(layer.backward(upstream), (input_, weights, bias), strict=True):
        close(ours, theirs.grad)


@pytest.mark.parametrize("kind", ["relu", "leaky_relu", "sigmoid", "tanh"])
def test_activations_are_pytorchs_at_zero_too(kind):
    x = np.array([-1000.0, -3.0, -0.0, 0.0, 0.5, 3.0, 1000.0])
    theirs = leaf(x)
    output = getattr(torch.nn.functional, kind)(theirs)
    output.sum().backward()
    close(Activated(x, kind).output(), output)
    close(Activated(x, kind).slope(), theirs.grad)


@pytest.mark.parametrize("scale", [1, 1000])
def test_losses_are_pytorchs(scale):
    random = np.random.default_rng(scale)
    logits, labels = random.normal(scale=scale, size=(6, 4)), random.integers(0, 4, size=6)
    theirs = leaf(logits)
    losses = torch.nn.functional.cross_entropy(theirs, torch.tensor(labels), reduction="none")
    losses.sum().backward()
    close(softmax(logits), theirs.softmax(-1))
    close(cross_entropy(logits, labels), losses)
    close(cross_entropy_gradient(logits, labels), theirs.grad)
