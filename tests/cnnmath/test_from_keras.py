"""Layers and models of Keras, on JAX: what ours give is what theirs predict."""

import os
from typing import Any

import numpy as np
import pytest

from cnnmath import layers
from cnnmath.layers import Sequential

pytestmark = pytest.mark.slow

pytest.importorskip("jax", reason="Keras computes with JAX here, which this machine has no wheel for")
os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
keras = pytest.importorskip("keras")
kl = keras.layers


@pytest.fixture(autouse=True)
def float64():
    """Keras in float64, so that only a real difference is one; and the same weights each time."""
    import jax

    jax.config.update("jax_enable_x64", True)
    keras.config.set_floatx("float64")
    keras.utils.set_random_seed(3)
    yield
    keras.config.set_floatx("float32")


def shaken(model: Any) -> Any:
    """Give every weight of a model, zeros of biases and ones of normalisations included, a value of its own."""
    random = np.random.default_rng(5)
    for weight in model.weights:
        weight.assign(random.uniform(0.3, 1.3, weight.shape) * random.choice([-1, 1], weight.shape))
        if "variance" in weight.path:
            weight.assign(np.abs(weight.value))
    return model


def images_for(model: Any, number: int = 3) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(number, *model.input_shape[1:]))


def ours(images: np.ndarray) -> np.ndarray:
    """Put the channels first, if there are any."""
    return np.moveaxis(images, -1, 1) if images.ndim == 4 else images


def same_logits(model: Any, tolerance: float = 1e-10) -> Sequential:
    """Hold our logits, image by image and as a batch, to what Keras predicts."""
    images = images_for(model)
    predicted = np.asarray(model(images, training=False))
    net = Sequential.from_keras(model)
    np.testing.assert_allclose(net.logits(ours(images)), predicted, rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(net(ours(images)[0]).logits, predicted[0], rtol=tolerance, atol=tolerance)
    return net


def sequential(*parts: Any, shape: tuple[int | None, ...] = (7, 8, 2)) -> Any:
    return shaken(keras.Sequential([keras.Input(shape), *parts]))


FLOAT32 = 1e-5
"""How close ours come where Keras works in float32 whatever it is given: tanh, and normalisations."""


# One layer


@pytest.mark.parametrize("size", [1, 2, (3, 5)])
@pytest.mark.parametrize(
    "how",
    [
        {"padding": "valid"},
        {"padding": "same"},
        {"padding": "same", "strides": 2},
        {"padding": "same", "strides": (2, 3)},
        {"padding": "same", "strides": (3, 2)},
        {"padding": "valid", "strides": (2, 1)},
        {"padding": "valid", "dilation_rate": (1, 2)},
        {"padding": "same", "dilation_rate": 2},
    ],
)
def test_a_convolution(size: Any, how: dict[str, Any]) -> None:
    sides = 9, 10
    layer = kl.Conv2D(3, size, **how)
    layer.build((None, *sides, 2))
    shaken(layer)
    images = np.random.default_rng(1).normal(size=(1, *sides, 2))
    made = layers.from_keras(layer)
    assert isinstance(made, layers.Conv2D)
    theirs = np.moveaxis(np.asarray(layer(images)), -1, 1)[0]
    np.testing.assert_allclose(made(ours(images)[0]).output(), theirs, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("kind", ["MaxPooling2D", "AveragePooling2D"])
@pytest.mark.parametrize("how", [{}, {"strides": 1}, {"strides": (2, 3)}])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("size", [2, (2, 3)])
def test_a_pooling(kind: str, how: dict[str, Any], padding: str, size: Any) -> None:
    layer = getattr(kl, kind)(size, padding=padding, **how)
    # All below zero: a padding of zeros would win.
    images = -np.random.default_rng(1).uniform(1, 2, size=(1, 7, 8, 2))
    theirs = np.moveaxis(np.asarray(layer(images)), -1, 1)[0]
    np.testing.assert_allclose(layers.from_keras(layer)(ours(images)[0]).output(), theirs, rtol=1e-12)


def test_a_kernel_is_turned_and_a_missing_bias_is_none() -> None:
    layer = kl.Conv2D(4, (2, 3), use_bias=False)
    layer.build((None, 5, 5, 2))
    made = layers.from_keras(layer)
    assert made.kernel.shape == (4, 2, 2, 3)
    assert made.kernel[3, 1, 0, 2] == layer.kernel.value[0, 2, 1, 3]
    assert made.bias.tolist() == [0, 0, 0, 0]
    dense = kl.Dense(3, use_bias=False)
    dense.build((None, 4))
    assert layers.from_keras(dense).weights.tolist() == dense.kernel.value.T.tolist()


def test_an_activation_in_a_layer_stands_behind_it() -> None:
    layer = kl.Conv2D(2, 2, activation="relu")
    layer.build((None, 4, 4, 1))
    assert isinstance(layers.from_keras(layer), layers.Conv2D)
    net = same_logits(
        sequential(kl.Conv2D(2, 2, activation="tanh"), kl.Flatten(), kl.Dense(3, activation="sigmoid")), FLOAT32
    )
    assert [type(layer).__name__ for layer in net.layers] == ["Conv2D", "Activation", "Flatten", "Dense", "Activation"]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: kl.ReLU(), "relu"),
        (lambda: kl.ReLU(negative_slope=0.01), "leaky_relu"),
        (lambda: kl.LeakyReLU(negative_slope=0.01), "leaky_relu"),
        (lambda: kl.Activation("tanh"), "tanh"),
        (lambda: kl.Activation(kl.LeakyReLU(negative_slope=0.01)), "leaky_relu"),
        (lambda: kl.Activation(keras.activations.sigmoid), "sigmoid"),
    ],
)
def test_activations(make: Any, kind: str) -> None:
    assert layers.from_keras(make()) == layers.Activation(kind)
    same_logits(sequential(kl.Conv2D(2, 2), make(), kl.Flatten(), kl.Dense(3)), FLOAT32 if kind == "tanh" else 1e-10)


# Whole models


def lenet(*ends: Any, **dense: Any) -> tuple[Any, ...]:
    return (
        kl.Conv2D(4, 3, padding="same", strides=2, activation="relu"),
        kl.MaxPooling2D(2, padding="same", strides=1),
        kl.Dropout(0.5),
        kl.Conv2D(3, (2, 1), use_bias=False),
        kl.Flatten(),
        kl.Dense(6, activation=kl.LeakyReLU(negative_slope=0.01)),
        kl.Dense(5, **dense),
        *ends,
    )


def test_a_sequential_and_where_its_flatten_puts_channels() -> None:
    net = same_logits(sequential(*lenet()))
    assert net.output_shapes((2, 7, 8))[-1] == (5,)


@pytest.mark.parametrize("how", ["inside", "layer", "activation", "log"])
def test_a_softmax_at_the_end_is_left_out(how: str) -> None:
    parts = {
        "inside": lenet(activation="softmax"),
        "layer": lenet(kl.Softmax()),
        "activation": lenet(kl.Activation("softmax")),
        "log": lenet(kl.Activation("log_softmax")),
    }[how]
    model = sequential(*parts)
    images = images_for(model)
    predicted = np.asarray(model(images, training=False))
    predicted = np.exp(predicted) if how == "log" else predicted
    np.testing.assert_allclose(
        Sequential.from_keras(model)(ours(images)[0]).probabilities, predicted[0], rtol=1e-10, atol=1e-12
    )


def test_a_functional_model_also_of_layers_that_another_one_uses() -> None:
    image = keras.Input((7, 8, 2))
    at = image
    for part in lenet():
        at = part(at)
    model = shaken(keras.Model(image, at))
    assert same_logits(model).output_shapes((2, 7, 8))[-1] == (5,)
    again = keras.Input((9, 8, 2))
    features = keras.Model(again, model.layers[2](model.layers[1](again)))
    images = images_for(features)
    theirs = np.moveaxis(np.asarray(features(images)), -1, 1)
    seen = Sequential.from_keras(features)(ours(images)[0])
    np.testing.assert_allclose(seen.layers[-1].output(), theirs[0], rtol=1e-10)


def test_a_model_in_a_model() -> None:
    inner = keras.Sequential([keras.Input((7, 8, 2)), kl.Conv2D(3, 2, activation="relu"), kl.MaxPooling2D(2)])
    same_logits(sequential(inner, kl.Flatten(), kl.Dense(4)))


def test_what_becomes_part_of_the_layer_before_or_behind() -> None:
    net = same_logits(
        sequential(
            kl.ZeroPadding2D(((1, 0), (2, 1))),
            kl.Conv2D(3, 3, strides=2, use_bias=False),
            kl.BatchNormalization(epsilon=0.01),
            kl.ReLU(),
            kl.GlobalAveragePooling2D(),
            kl.Dense(4),
            kl.BatchNormalization(scale=False),
            kl.Dense(2),
        ),
        FLOAT32,
    )
    assert [type(layer).__name__ for layer in net.layers] == [
        *("Conv2D", "Activation", "AveragePooling2D", "Flatten", "Dense", "Dense")
    ]
    assert net.layers[0].padding == ((1, 0), (2, 1))
    same_logits(sequential(kl.Conv2D(3, 3), kl.GlobalMaxPooling2D(keepdims=True), kl.Flatten(), kl.Dense(2)))


@pytest.mark.parametrize("shape", [(6, 5), (6, 5, 1), (30,)])
def test_a_network_without_convolutions(shape: tuple[int, ...]) -> None:
    model = sequential(kl.Flatten(), kl.Dense(4, activation="relu"), kl.Dense(3), shape=shape)
    net = same_logits(model)
    assert len(net.layers) == 4


def test_a_grey_picture_that_gets_its_axis() -> None:
    model = sequential(kl.Reshape((6, 5, 1)), kl.Conv2D(2, 2), kl.Reshape((-1,)), kl.Dense(3), shape=(6, 5))
    same_logits(model)


def test_channels_first() -> None:
    first = {"data_format": "channels_first"}
    for flatten in ({}, first):
        model = sequential(
            kl.Conv2D(3, 2, padding="same", strides=2, **first), kl.MaxPooling2D(2, **first), kl.Flatten(**flatten),
            kl.Dense(4), shape=(2, 7, 8),
        )  # fmt: skip
        images = images_for(model)
        np.testing.assert_allclose(Sequential.from_keras(model).logits(images), np.asarray(model(images)), rtol=1e-10)


def test_an_image_of_unknown_size() -> None:
    model = sequential(kl.Conv2D(3, 3, padding="same", strides=2), shape=(None, None, 2))
    net = Sequential.from_keras(model)
    for sides in ((7, 8), (6, 5)):
        images = np.random.default_rng(0).normal(size=(1, *sides, 2))
        theirs = np.moveaxis(np.asarray(model(images)), -1, 1)
        np.testing.assert_allclose(net(ours(images)[0]).layers[0].output(), theirs[0], rtol=1e-10)


def test_float32_to_1e_5() -> None:
    keras.config.set_floatx("float32")
    model = keras.Sequential([keras.Input((7, 8, 2)), *lenet()])
    images = images_for(model)
    np.testing.assert_allclose(
        Sequential.from_keras(model).logits(ours(images)), model.predict(images, verbose=0), atol=1e-5
    )


# What has no meaning here is refused by name.


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: kl.Conv2D(4, 2, groups=2, name="c"), "c has groups=2; expected groups=1"),
        (
            lambda: kl.DepthwiseConv2D(2, name="c"),
            "c is a layer DepthwiseConv2D, which has no counterpart here; expected ",
        ),
        (lambda: kl.Conv2DTranspose(2, 2, name="c"), "c is a layer Conv2DTranspose, which has no counterpart here"),
        (lambda: kl.SeparableConv2D(2, 2, name="c"), "c is a layer SeparableConv2D, which has no counterpart here"),
        (lambda: kl.ReLU(max_value=6, name="r"), "r has max_value=6; expected max_value=None"),
        (lambda: kl.ReLU(threshold=1, name="r"), "r has threshold=1.0; expected threshold=0.0"),
        (lambda: kl.LeakyReLU(name="r"), "r has the slope 0.3 below zero; expected 0.01"),
        (lambda: kl.Activation("leaky_relu", name="r"), "r has the slope 0.2 below zero; expected 0.01"),
        (lambda: kl.Activation("gelu", name="r"), "r has the activation gelu; expected any of linear, relu, "),
        (lambda: kl.Conv2D(1, 1, activation="swish", name="r"), "r has the activation silu; expected any of "),
        (lambda: kl.Softmax(axis=1, name="r"), "r has axis=1; expected axis=-1"),
        (lambda: kl.BatchNormalization(name="b"), "b must follow a convolution or a dense layer"),
        (lambda: kl.Rescaling(1 / 255, name="s"), "s is a layer Rescaling, which has no counterpart here"),
        (lambda: kl.Reshape((8, 7, 2), name="s"), "s reshapes to (8, 7, 2), which has no counterpart here"),
        (lambda: kl.ZeroPadding2D(1, name="z"), "flatten: z pads, so a convolution must follow"),
        (lambda: kl.Dense(3, name="d"), "d takes images pixel by pixel, (C, H, W) = (2, 7, 8)"),
    ],
)
def test_a_layer_that_has_no_counterpart(make: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Sequential.from_keras(sequential(make(), kl.Flatten(name="flatten"), kl.Dense(2)))
    assert str(caught.value).startswith(said)


def test_padding_and_order_that_nothing_takes_up() -> None:
    with pytest.raises(ValueError, match="flat flattens channels-last images, so a dense layer must follow"):
        Sequential.from_keras(sequential(kl.Conv2D(2, 2), kl.Flatten(name="flat")))
    with pytest.raises(ValueError, match="z pads, so a convolution must follow; nothing follows"):
        Sequential.from_keras(sequential(kl.Conv2D(2, 2), kl.ZeroPadding2D(1, name="z")))
    with pytest.raises(ValueError, match="s must be the last layer, since networks end in logits here; d follows"):
        Sequential.from_keras(sequential(kl.Flatten(), kl.Softmax(name="s"), kl.Dense(2, name="d")))


def test_a_model_that_is_no_chain() -> None:
    image = keras.Input((7, 8, 2))
    one, two = kl.Conv2D(2, 1, name="one")(image), kl.Conv2D(2, 1, name="two")(image)
    with pytest.raises(ValueError, match="no chain of layers: two must take what one gives, alone"):
        Sequential.from_keras(keras.Model(image, kl.Add()([one, two])))
    with pytest.raises(ValueError, match="has 1 inputs and 2 outputs; expected one of each"):
        Sequential.from_keras(keras.Model(image, [one, two]))


def test_a_class_of_ones_own() -> None:
    class Mine(keras.Model):
        pass

    class Doubled(kl.Conv2D):
        def call(self, inputs):
            return 2 * super().call(inputs)

    class Renamed(kl.Conv2D):
        pass

    with pytest.raises(ValueError, match="is a Mine, which says only in its call what follows what"):
        Sequential.from_keras(Mine())
    with pytest.raises(ValueError, match="c is a Doubled, a Conv2D with a call of its own, which says what it does"):
        Sequential.from_keras(sequential(Doubled(2, 1, name="c")))
    assert Sequential.from_keras(sequential(Renamed(2, 1))).count_params() == 6


def test_what_is_not_built_and_what_is_no_keras() -> None:
    with pytest.raises(ValueError, match="c has no weights yet; build the model"):
        layers.from_keras(kl.Conv2D(2, 2, name="c"))
    with pytest.raises(ValueError, match="c has no weights yet; build the model"):
        Sequential.from_keras(keras.Sequential([kl.Conv2D(2, 2, name="c")]))
    for thing in (3, None, np.ones(3), keras.initializers.Zeros()):
        with pytest.raises(TypeError, match="must be one of Keras; got"):
            layers.from_keras(thing)
        with pytest.raises(TypeError, match="must be a model of Keras; got"):
            Sequential.from_keras(thing)
