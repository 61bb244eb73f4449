"""Whole networks against JAX: logits, loss and every gradient of a batch; and a training against its gradients."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from network_strategies import cases

from cnnmath import Activated, Convolution, Pooling
from cnnmath import Dense as BoundDense

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

from test_convolution_jax import by_jax as convolution_by_jax  # noqa: E402
from test_layers_jax import by_jax as pooling_by_jax  # noqa: E402

ACTIVATIONS = {
    "relu": jax.nn.relu,
    "leaky_relu": lambda x: jax.nn.leaky_relu(x, 0.01),
    "sigmoid": jax.nn.sigmoid,
    "tanh": jax.numpy.tanh,
}


def layer_by_jax(bound):
    """Give JAX's function of one input and the layer's parameters."""
    match bound:
        case Convolution():
            return lambda image, parameters: convolution_by_jax(bound)(image, parameters["kernel"], parameters["bias"])
        case Pooling():
            return lambda image, _: pooling_by_jax(bound)(image)
        case BoundDense():
            return lambda values, parameters: parameters["weights"] @ values.ravel() + parameters["bias"]
        case Activated():
            return lambda values, _: ACTIVATIONS[bound.kind](values)
    return lambda values, _: values.ravel()


def network_by_jax(network, image):
    """Give JAX's functions of a batch and the parameters of all layers: the logits, and the mean loss for labels."""
    layers = [layer_by_jax(bound) for bound in network(image).layers]

    def one(values, parameters):
        for layer, own in zip(layers, parameters, strict=True):
            values = layer(values, own)
        return values

    def logits(images, parameters):
        return jax.vmap(lambda values: one(values, parameters))(images)

    def loss(images, parameters, labels):
        logarithms = jax.nn.log_softmax(logits(images, parameters))
        return -logarithms[np.arange(len(labels)), labels].mean()

    return logits, loss


def close(ours, theirs):
    assert np.shape(ours) == theirs.shape
    np.testing.assert_allclose(ours, np.asarray(theirs), rtol=1e-10, atol=1e-10)


@given(cases())
@settings(max_examples=60 if os.environ.get("SEARCH") == "long" else 15)  # JAX compiles for every network
@pytest.mark.slow
def test_logits_loss_and_gradients_are_jaxs(case):
    network, images, labels = case
    logits, loss = network_by_jax(network, images[0])
    parameters = [layer.parameters for layer in network.layers]
    close(network.logits(images), logits(images, parameters))
    value, (at_images, at_parameters) = jax.value_and_grad(loss, argnums=(0, 1))(images, parameters, labels)
    ours = network.gradients(images, labels)
    close(ours.loss, value)
    close(ours.input, at_images)
    for gradients, theirs in zip(ours.layers, at_parameters, strict=True):
        for name, gradient in theirs.items():
            close(getattr(gradients, name), gradient)
    evaluation = network.evaluate(images, labels)
    close(evaluation.loss, value)
    assert evaluation.accuracy == (np.argmax(logits(images, parameters), axis=1) == labels).mean()


@given(cases())
@settings(max_examples=5)
@pytest.mark.slow
def test_training_follows_jaxs_gradients(case):
    network, images, labels = case
    _, loss = network_by_jax(network, images[0])
    theirs = [layer.parameters for layer in network.layers]
    for _ in range(3):
        steps = jax.grad(loss, argnums=1)(images, theirs, labels)
        theirs = jax.tree.map(lambda values, step: values - 0.01 * step, theirs, steps)
    trained, _ = network.fit(images, labels, epochs=3, learning_rate=0.01, batch_size=len(images))
    for layer, parameters in zip(trained.layers, theirs, strict=True):
        for name, values in parameters.items():
            close(layer.parameters[name], values)
