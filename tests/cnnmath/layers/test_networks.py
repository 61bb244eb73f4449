"""Networks: one image is a batch of one, the way back is the chain of the layers' own, and nothing can be changed."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given, settings
from network_strategies import Case, cases

from cnnmath import EXAMPLE, Activated, Convolution, Pooling, cross_entropy, cross_entropy_gradient, softmax
from cnnmath import Dense as BoundDense
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, Flattened, MaxPooling2D, Sequential, _batches

some = settings(max_examples=60)


def small() -> Case:
    """A network with a layer of each kind, and images."""
    random = np.random.default_rng(0)
    network = Sequential(
        [
            Conv2D.create(3, channels=1, size=3, seed=random, padding=1),
            Activation("tanh"),
            MaxPooling2D(2),
            Flatten(),
            Dense.create(4, inputs=12, seed=random),
        ]
    )
    return Case(network, random.normal(size=(7, 1, 4, 4)), random.integers(4, size=7))


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-12)


def test_a_pass_has_every_bound_layer():
    network, images, _ = small()
    passed = network(images[0])
    assert [type(layer) for layer in passed.layers] == [Convolution, Activated, Pooling, Flattened, BoundDense]
    for layer, output, shape in zip(passed.layers, passed.outputs, network.output_shapes((1, 4, 4)), strict=True):
        np.testing.assert_array_equal(layer.output(), output)
        assert layer.output_shape == output.shape == shape
    np.testing.assert_array_equal(passed.probabilities, softmax(passed.logits))
    assert passed.label == network.classify(images)[0] == np.argmax(passed.logits)
    np.testing.assert_array_equal(network(images[0, 0]).logits, passed.logits)


@given(cases())
@some
def test_one_image_is_a_batch_of_one(case):
    network, images, labels = case
    logits = network.logits(images)
    for image, label, row in zip(images, labels, logits, strict=True):
        close(network(image).logits, row)
        close(network.gradients(image, label).loss, cross_entropy(row, label))
    assert network.mistakes(images, labels).tolist() == np.flatnonzero(np.argmax(logits, axis=1) != labels).tolist()


@given(cases())
@some
def test_the_gradients_are_those_of_the_bound_layers_in_a_chain(case):
    network, images, labels = case
    passed = network(images[0])
    upstream = cross_entropy_gradient(passed.logits, labels[0])
    ours = network.gradients(images[0], labels[0])
    for layer, gradients in zip(passed.layers[::-1], ours.layers[::-1], strict=True):
        theirs = layer.backward(upstream)
        assert type(gradients) is type(theirs)
        for one, other in zip(gradients, theirs, strict=True):
            assert one.shape == other.shape
            close(one, other)
        upstream = theirs[0]
    close(ours.input, upstream)


@given(cases())
@some
def test_the_gradients_of_a_batch_are_the_mean_of_its_images(case):
    network, images, labels = case
    batch = network.gradients(images, labels)
    singles = [network.gradients(image, label) for image, label in zip(images, labels, strict=True)]
    close(batch.loss, np.mean([single.loss for single in singles]))
    close(batch.input, np.stack([single.input for single in singles]) / len(images))
    for number, layer in enumerate(network.layers):
        for name in layer.parameters:
            parts = [getattr(single.layers[number], name) for single in singles]
            close(getattr(batch.layers[number], name), np.mean(parts, axis=0))


@given(cases())
@some
def test_the_gradients_are_finite_differences(case):
    network, images, labels = case
    gradients, step = network.gradients(images, labels), 1e-6
    random = np.random.default_rng(0)
    for number, layer in enumerate(network.layers):
        for name, values in layer.parameters.items():
            place = tuple(random.integers(length) for length in values.shape)
            losses = []
            for sign in (1, -1):
                moved = values.copy()
                moved[place] += sign * step
                layers = [*network.layers[:number], replace(layer, **{name: moved}), *network.layers[number + 1 :]]
                losses.append(Sequential(layers).evaluate(images, labels).loss)
            expected = (losses[0] - losses[1]) / (2 * step)
            np.testing.assert_allclose(getattr(gradients.layers[number], name)[place], expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("at_once", [1, 3, 7])
def test_images_go_through_in_pieces(at_once, monkeypatch):
    network, images, labels = small()
    expected, evaluation = network.logits(images), network.evaluate(images, labels)
    monkeypatch.setattr(_batches, "_AT_ONCE", at_once)
    close(network.logits(images), expected)
    close(network.evaluate(images, labels), evaluation)


def test_vectors_and_planes_make_batches_too():
    dense = Sequential([Dense([[1, 2], [3, 4]])])
    assert dense.logits([[1, 0], [0, 1], [1, 1]]).tolist() == [[1, 3], [2, 4], [3, 7]]
    network, images, _ = small()
    np.testing.assert_array_equal(network.logits(images[:, 0]), network.logits(images))


def test_one_layer_is_called_as_the_film_s():
    layer = Conv2D(EXAMPLE.kernel, EXAMPLE.bias)
    np.testing.assert_array_equal(layer(EXAMPLE.image).output(), EXAMPLE.output())
    assert layer.count_params() == 5


def test_nothing_can_be_changed():
    network, images, _ = small()
    with pytest.raises(FrozenInstanceError):
        network.layers = ()
    for layer in network.layers:
        with pytest.raises(FrozenInstanceError):
            layer.kernel = None
        for values in layer.parameters.values():
            with pytest.raises(ValueError, match="read-only"):
                values[0] = 0
    for output in network(images[0]).outputs:
        with pytest.raises(ValueError, match="read-only"):
            output[0] = 0
    kernel = np.ones((2, 2))
    layer = Conv2D(kernel)
    kernel += 1
    assert layer.kernel.tolist() == [[[[1, 1], [1, 1]]]]


def test_copies_and_pickles_are_as_fixed_as_the_original():
    network, images, _ = small()
    assert copy.deepcopy(network) is network
    other = pickle.loads(pickle.dumps(network))
    np.testing.assert_array_equal(other.logits(images), network.logits(images))
    assert not any(values.flags.writeable for layer in other.layers for values in layer.parameters.values())
    for layer in network.layers:
        assert copy.deepcopy(layer) is layer
        assert repr(copy.copy(layer)) == repr(layer)
