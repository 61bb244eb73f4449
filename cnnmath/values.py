"""The small frozen values that layers hand out."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = NDArray[Any]
"""A structured array; which fields it has is said where it is made."""


@dataclass(frozen=True, eq=False)
class Window:
    """Where the filter, or the window of a pooling, stands for one result.

    `rows` and `columns` are slices of the padded image (their step is the dilation). `taps` and `padding_taps` are
    the (result, pixel, weight) and (result, position, weight) triples of what it covers: the rows of the layer's
    tables that belong to this result. In a pooling a weight of −1 says that the pixel does not win.
    """

    result: int
    filter: int
    rows: slice
    columns: slice
    taps: Records
    padding_taps: Records


@dataclass(frozen=True)
class Term:
    """One product of an equation: which weight times which pixel, and their values."""

    weight: int
    pixel: int
    weight_value: float
    pixel_value: float

    @property
    def product(self) -> float:
        """The weight's value times the pixel's.

        >>> Term(weight=0, pixel=4, weight_value=3.0, pixel_value=-2.0).product
        -6.0
        """
        return self.weight_value * self.pixel_value


@dataclass(frozen=True)
class Equation:
    """One result as a sum: its terms, in the order of their weights, plus the bias, gives the value.

    `filter` is the filter's index, in a dense layer the result's own, in a pooling the channel's; `bias` is the value
    of its bias. Products with padding are no terms.
    """

    result: int
    filter: int
    terms: tuple[Term, ...]
    bias: float
    value: float


@dataclass(frozen=True)
class ChannelShare:
    """What one channel of the image adds to a result: the terms on it, in the order of their weights, and their sum."""

    channel: int
    terms: tuple[Term, ...]
    value: float


@dataclass(frozen=True, eq=False)
class Network:
    """A layer as a graph: `inputs` pixel nodes, `outputs` result nodes and the edges between them.

    `edges` is a structured array with the fields `pixel`, `result` and `weight`, ordered by result, then
    pixel. Its weight is −1 where the edge is an untrainable zero.
    """

    inputs: int
    outputs: int
    edges: Records


@dataclass(frozen=True)
class Counts:
    """The key figures: weights to learn, connections, matrix entries and untrainable zeros, and the nodes."""

    weights: int
    taps: int
    entries: int
    zeros: int
    pixels: int
    results: int


class Gradients(NamedTuple):
    """The gradients of a loss at a convolution, each named and shaped as what it belongs to."""

    image: Floats
    kernel: Floats
    bias: Floats


class DenseGradients(NamedTuple):
    """The gradients of a loss at a dense layer, each named and shaped as what it belongs to."""

    input: Floats
    weights: Floats
    bias: Floats


class PoolingGradients(NamedTuple):
    """The gradient of a loss at what is pooled, shaped as it. Of every layer's gradients the first is its input's."""

    image: Floats


class ActivationGradients(NamedTuple):
    """The gradient of a loss at what is activated, shaped as it."""

    input: Floats


class FlattenGradients(NamedTuple):
    """The gradient of a loss at what is flattened, shaped as it."""

    input: Floats


class SoftmaxSteps(NamedTuple):
    """e to the power of each logit, their sum, and each divided by it: the probabilities."""

    powers: Floats
    total: float
    probabilities: Floats
