"""What networks refuse, and that they say what they were given and what they expected."""

import numpy as np
import pytest
from test_networks import small

from cnnmath.layers import Activation, AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D, Sequential

NETWORK, IMAGES, LABELS = small()


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            [Conv2D(np.ones((4, 1, 3, 3))), MaxPooling2D(2), Conv2D(np.ones((2, 3, 3, 3)))],
            r"layer 2, Conv2D\(kernel \(2, 3, 3, 3\)\), cannot follow layer 1, MaxPooling2D\(size \(2, 2\)\), which "
            r"gives \(4, \?, \?\): its kernel takes 3 channels; got 4",
        ),
        (
            [Dense(np.ones((3, 4))), Activation("relu"), Dense(np.ones((2, 4)))],
            r"layer 2, Dense\(weights \(2, 4\)\), cannot follow layer 1, Activation\('relu'\), which gives \(3,\): it "
            r"takes 4 numbers; got 3",
        ),
        (
            [Flatten(), MaxPooling2D(2)],
            r"layer 1, MaxPooling2D\(size \(2, 2\)\), cannot follow layer 0, Flatten\(\), .*it takes an image",
        ),
    ],
)
def test_layers_that_cannot_follow_each_other(layers, message):
    with pytest.raises(ValueError, match=message):
        Sequential(layers)


def test_what_only_an_image_shows_names_both_layers_too():
    network = Sequential([Conv2D(np.ones((4, 1, 3, 3))), MaxPooling2D(2), Dense(np.ones((2, 36)))])
    message = r"layer 2, Dense\(weights \(2, 36\)\), cannot follow layer 1, MaxPooling2D\(size \(2, 2\)\), which gives "
    for call in (network, lambda image: network.logits([image]), lambda image: network.output_shapes((1, 7, 12))):
        with pytest.raises(ValueError, match=message + r"\(4, 2, 5\): it takes 36 numbers; got 40"):
            call(np.zeros((7, 12)))
    with pytest.raises(ValueError, match=r"layer 1, MaxPooling2D.* cannot follow layer 0, Conv2D.*size must fit"):
        network(np.zeros((3, 3)))
    with pytest.raises(ValueError, match=r"layer 0, Conv2D.* cannot follow an input of \(3, 8, 8\): .* 1 channels"):
        network(np.zeros((3, 8, 8)))


@pytest.mark.parametrize(
    ("layers", "error", "message"),
    [
        ([], ValueError, "at least one layer; got none"),
        ([np.ones(3)], TypeError, "layers of cnnmath.layers; got array"),
    ],
)
def test_layers_that_are_none(layers, error, message):
    with pytest.raises(error, match=message):
        Sequential(layers)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Activation("softplus"), ValueError, "\"tanh\"; got 'softplus'"),
        (lambda: MaxPooling2D(2, padding=2), ValueError, "at most half the size"),
        (lambda: MaxPooling2D(0), ValueError, "size must be a whole number of at least 1"),
        (lambda: AveragePooling2D(2, count_include_pad=1), TypeError, "True or False; got 1"),
        (lambda: Conv2D(np.ones((2, 1, 3, 3)), bias=[1, 2, 3]), ValueError, "bias must be"),
        (lambda: Dense([1, 2]), ValueError, r"weights must have the shape .*; got \(2,\)"),
        (lambda: Dense([[1, np.nan]]), ValueError, "weights must be finite"),
        (lambda: Dense([[1, 2]], bias=[1, 2]), ValueError, "bias must be"),
        (lambda: Conv2D.create(0, 1, 3, seed=0), ValueError, "filters must be a whole number of at least 1; got 0"),
        (lambda: Dense.create(2, 3, seed=-1), ValueError, "seed must be a whole number of at least 0; got -1"),
    ],
)
def test_layers_with_wrong_arguments(make, error, message):
    with pytest.raises(error, match=message):
        make()


@pytest.mark.parametrize(
    "call",
    [NETWORK.evaluate, NETWORK.gradients, NETWORK.mistakes, lambda *data: NETWORK.fit(*data, 1, 0.1)],
    ids=["evaluate", "gradients", "mistakes", "fit"],
)
@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (IMAGES, [*LABELS[:-1], 4], "label must be a whole number from 0 to 3.*got 4"),
        (IMAGES, [*LABELS[:-1], -1], "label must be a whole number from 0 to 3.*got -1"),
        (IMAGES, [*LABELS[:-1], 0.5], "label must be a whole number from 0 to 3.*got 0.5"),
        (IMAGES, LABELS[:-1], r"label must have .*\(7,\); got \(6,\)"),
        (np.where(IMAGES > 1, np.nan, IMAGES), LABELS, "images must be finite; got nan at"),
        (np.zeros((0, 1, 4, 4)), np.zeros(0, int), r"images must hold at least one number.*\(0, 1, 4, 4\)"),
        (np.zeros((7, 1, 1, 4, 4)), LABELS, r"images must have the shape .* got \(7, 1, 1, 4, 4\)"),
        (np.zeros((7, 1, 5, 9)), LABELS, "layer 4, Dense.* cannot follow layer 3, Flatten"),
    ],
    ids=["too large", "negative", "fraction", "too few", "nan", "empty", "axes", "size"],
)
def test_examples_that_are_none(call, images, labels, message):
    with pytest.raises(ValueError, match=message):
        call(images, labels)


def test_a_single_label_out_of_range():
    with pytest.raises(ValueError, match=r"from 0 to 3.*got 4"):
        NETWORK.gradients(IMAGES[0], 4)


def test_a_network_that_ends_in_an_image_has_no_logits():
    network = Sequential([Conv2D(np.ones((2, 1, 2, 2)))])
    assert network(np.ones((3, 3))).outputs[0].shape == (2, 2, 2)
    with pytest.raises(ValueError, match=r"logits must be a vector.*\(2, 2, 2\)"):
        _ = network(np.ones((3, 3))).logits
    with pytest.raises(ValueError, match=r"the last layer must give a vector.*layer 0, Conv2D.*\(2, 2, 2\)"):
        network.evaluate(np.ones((1, 3, 3)), [0])


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"epochs": 0}, ValueError, "epochs must be a whole number of at least 1; got 0"),
        ({"epochs": 1.5}, ValueError, "epochs must be a whole number"),
        ({"epochs": "3"}, TypeError, "epochs must be a whole number"),
        ({"batch_size": 0}, ValueError, "batch_size must be a whole number of at least 1; got 0"),
        ({"seed": -1}, ValueError, "seed must be a whole number of at least 0; got -1"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be above 0; got 0"),
        ({"learning_rate": np.inf}, ValueError, "learning_rate must be finite"),
        ({"validation": (IMAGES, LABELS + 4)}, ValueError, "from 0 to 3"),
    ],
)
def test_a_training_that_is_none(changed, error, message):
    with pytest.raises(error, match=message):
        NETWORK.fit(IMAGES, LABELS, **{"epochs": 1, "learning_rate": 0.1, **changed})


@pytest.mark.parametrize("rate", [1.0, 1e3, 1e200, 1e308])
def test_weights_that_grow_without_end(rate):
    contradiction = [[1, 2, 3], [1, 2, 3]], [0, 1]
    with pytest.raises(ValueError, match=r"learning_rate is too large: in epoch \d+ the weights grew"):
        Sequential([Dense(np.eye(3))] * 3).fit(*contradiction, epochs=300, learning_rate=rate, batch_size=1)
