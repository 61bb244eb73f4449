"""Networks drawn at random, with images that fit, for the properties that hold of every one."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from layer_strategies import sides

from cnnmath.layers import (
    Activation,
    AveragePooling2D,
    Conv2D,
    Dense,
    Flatten,
    Layer,
    MaxPooling2D,
    Sequential,
)

KINDS = ("relu", "leaky_relu", "sigmoid", "tanh")


class Case(NamedTuple):
    """A network, and images with their labels."""

    network: Sequential
    images: np.ndarray
    labels: np.ndarray


@st.composite
def cases(draw: st.DrawFn, images: int = 4) -> Case:
    """Draw a network of two to five layers of any kinds, a dense one at the end, and images that it takes."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = first = draw(st.tuples(st.integers(1, 2), st.integers(1, 7), st.integers(1, 7)))
    layers: list[Layer] = []
    for _ in range(draw(st.integers(1, 4))):
        layers.append(draw(layers_on(shape, random)))
        (shape,) = Sequential(layers[-1:]).output_shapes(shape)
    classes = draw(st.integers(2, 4))
    layers.append(Dense(random.normal(size=(classes, int(np.prod(shape)))), random.normal(size=classes)))
    count = draw(st.integers(1, images))
    return Case(Sequential(layers), random.normal(size=(count, *first)), random.integers(classes, size=count))


@st.composite
def layers_on(draw: st.DrawFn, shape: tuple[int, ...], random: np.random.Generator) -> Layer:
    """Draw a layer that takes an input of this shape."""
    anywhere = st.sampled_from(KINDS).map(Activation) | st.just(Flatten()) | denses(shape, random)
    if len(shape) == 1:
        return draw(anywhere)
    return draw(anywhere | convolutional(shape, random) | poolings(shape))


@st.composite
def denses(draw: st.DrawFn, shape: tuple[int, ...], random: np.random.Generator) -> Layer:
    outputs = draw(st.integers(1, 5))
    return Dense(random.normal(size=(outputs, int(np.prod(shape)))), random.normal(size=outputs))


@st.composite
def convolutional(draw: st.DrawFn, shape: tuple[int, ...], random: np.random.Generator) -> Layer:
    filters, padding = draw(st.integers(1, 3)), draw(st.tuples(st.integers(0, 2), st.integers(0, 1)))
    dilation, stride = (draw(st.tuples(st.integers(1, 2), st.integers(1, 2))) for _ in range(2))
    kernel = [
        draw(st.integers(1, min(3, (length + 2 * pad - 1) // gap + 1)))
        for length, pad, gap in zip(shape[1:], padding, dilation, strict=True)
    ]
    weights = random.normal(size=(filters, shape[0], *kernel))
    return Conv2D(weights, random.normal(size=filters), stride, padding, dilation)


@st.composite
def poolings(draw: st.DrawFn, shape: tuple[int, ...]) -> Layer:
    size, padding = zip(*(draw(sides(length)) for length in shape[1:]), strict=True)
    stride, ceil_mode = draw(st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3))), draw(st.booleans())
    if draw(st.booleans()):
        return MaxPooling2D(size, stride, padding, ceil_mode)
    return AveragePooling2D(size, stride, padding, draw(st.booleans()), ceil_mode)
