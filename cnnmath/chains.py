"""Layers in a row: what two of them do at once, and how far back a result reaches through any number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, Protocol, overload

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cnnmath._places import flat
from cnnmath.convolution import Convolution
from cnnmath.linear import LinearLayer
from cnnmath.values import Floats, Ints


class Layer(Protocol):
    """What can stand in a row: it says how large its input and its result are, and what a result sees."""

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of the input."""

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the result."""

    def pixels_seen(self, result: int) -> Ints:
        """Give the numbers of the input that a result looks at, as flat C-order indices."""


def receptive_field(layers: Sequence[Layer], result: int) -> Ints:
    """Give the pixels of the first layer's input that a result of the last layer reaches, in their order.

    Layers are any that say their `pixels_seen`: convolutions, poolings, dense layers, activations. All that a window
    covers counts, whatever the weights are, and the losers of max pooling too. Between two layers only the number of
    values must be the same, so that nothing special is to be done where an image is flattened.

    Raises ValueError if there are no layers or two do not follow each other, and IndexError if there is no such
    result.

    >>> first = Convolution([[1, 2, 3, 4]], kernel=[[5, 6]])
    >>> second = Convolution(first.output(), kernel=[[7, 8]])
    >>> receptive_field([first, second], 1).tolist()
    [1, 2, 3]
    """
    if not layers:
        raise ValueError("a receptive field needs at least one layer; got none")
    for before, after in pairwise(layers):
        _check_follow(before, after)
    seen: NDArray[np.int64] = np.array([flat("result", result, layers[-1].output_shape)])
    for layer in reversed(layers):
        reached = np.zeros(math.prod(layer.input_shape), bool)
        for index in seen.tolist():
            reached[layer.pixels_seen(index)] = True
        seen = np.flatnonzero(reached)
    return seen


@dataclass(frozen=True, eq=False)
class Composition:
    """Two linear layers in a row, the first one's result the second one's input: a linear layer again.

    `compose` makes and checks it.
    """

    first: LinearLayer
    second: LinearLayer

    @overload
    def weight_matrix(self, sparse: Literal[False] = False) -> Floats: ...
    @overload
    def weight_matrix(self, sparse: Literal[True]) -> csr_array: ...

    def weight_matrix(self, sparse: bool = False) -> Floats | csr_array:
        """Give the product of both matrices, (results of the second, pixels of the first).

        >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> compose(first, Convolution(first.output(), kernel=[[6, 7]])).weight_matrix()
        array([[24., 58., 35.]])
        """
        if sparse:
            return csr_array(self.second.weight_matrix(sparse=True) @ self.first.weight_matrix(sparse=True))
        return self.second.weight_matrix() @ self.first.weight_matrix()

    @property
    def biases(self) -> Floats:
        """What is added to the product, for each result of the second: its bias, and what it makes of the first one's.

        >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1)
        >>> compose(first, Convolution(first.output(), kernel=[[6, 7]], bias=2)).biases.tolist()
        [15.0]
        """
        biases: Floats = self.second.weight_matrix(sparse=True) @ self.first.biases + self.second.biases
        return biases

    def output(self) -> Floats:
        """Give the result of both, shaped as the second one's.

        >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> compose(first, Convolution(first.output(), kernel=[[6, 7]])).output()
        array([[[245.]]])
        """
        return self.second.output()

    def pixels_seen(self, result: int) -> Ints:
        """Give the pixels of the first layer that a result of the second reaches; raises IndexError beyond it.

        >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> compose(first, Convolution(first.output(), kernel=[[6, 7]])).pixels_seen(0).tolist()
        [0, 1, 2]
        """
        return receptive_field((self.first, self.second), result)

    @cached_property
    def convolution(self) -> Convolution | None:
        """The one convolution that does what both do, or None if there is none.

        There is one for two convolutions whose second one has no padding: on what is padded between them the first
        filter would have left more than zeros. Its kernel is the sum, over the filters between them, of the second
        kernel's weights times the first kernel, moved on by the first one's stride with every step: full convolution
        of the two, where strides are 1 (convolution is associative: Goodfellow et al., Deep Learning, 2016, section
        9.1, has the sums). Strides multiply; the first one's padding stays.

        >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1)
        >>> both = compose(first, Convolution(first.output(), kernel=[[6, 7]], bias=2)).convolution
        >>> both.kernel.tolist(), both.bias.tolist(), both.output().tolist()
        ([[[[24.0, 58.0, 35.0]]]], [15.0], [[[260.0]]])
        """
        first, second = self.first, self.second
        if not isinstance(first, Convolution) or not isinstance(second, Convolution):
            return None
        (top, bottom), (left, right) = first.pads
        if any(map(any, second.pads)) or (top, left) != (bottom, right):
            return None
        kernel, dilation = _full(first, second)
        return Convolution(
            first.image,
            kernel,
            bias=second.bias + second.kernel.sum(axis=(2, 3)) @ first.bias,
            stride=(first.stride[0] * second.stride[0], first.stride[1] * second.stride[1]),
            padding=(top, left),
            dilation=dilation,
        )


def compose(first: LinearLayer, second: LinearLayer) -> Composition:
    """Put two linear layers together, the second of which takes what the first one gives.

    Raises ValueError if the second one's input is not the first one's result: with an activation between them they
    are no linear layer together.

    >>> first = Convolution([[1, 2, 3]], kernel=[[4, 5]])
    >>> second = Convolution(first.output(), kernel=[[6, 7]])
    >>> compose(first, second).convolution.kernel.tolist()
    [[[[24.0, 58.0, 35.0]]]]
    """
    _check_follow(first, second)
    between = first.output().ravel()
    if not np.allclose(second.inputs, between, rtol=1e-9, atol=1e-9 * np.abs(between).max()):
        raise ValueError(
            f"the input of the second layer, a {type(second).__name__}, must be the result of the first, a "
            f"{type(first).__name__}, with nothing between; got other numbers"
        )
    return Composition(first, second)


def _check_follow(before: Layer, after: Layer) -> None:
    given, taken = before.output_shape, after.input_shape
    if math.prod(given) != math.prod(taken):
        raise ValueError(
            f"layers must follow each other; got a {type(before).__name__} that gives the shape {given} before a "
            f"{type(after).__name__} that takes the shape {taken}"
        )


def _full(first: Convolution, second: Convolution) -> tuple[Floats, tuple[int, int]]:
    """Give the kernel that does both, and its dilation: the largest on which all products of weights lie."""
    axes = [_spread(first, second, axis) for axis in (0, 1)]
    (rows, row_gaps, down), (columns, column_gaps, across) = axes
    kernel = np.zeros((len(second.kernel), first.kernel.shape[1], rows, columns))
    for row, column in np.ndindex(second.kernel.shape[2:]):
        shares = np.einsum("gf,fcij->gcij", second.kernel[:, :, row, column], first.kernel)
        rows_met = row * row_gaps[1] + row_gaps[0] * np.arange(first.kernel.shape[2])
        columns_met = column * column_gaps[1] + column_gaps[0] * np.arange(first.kernel.shape[3])
        kernel[:, :, rows_met[:, None], columns_met] += shares
    return kernel, (down, across)


def _spread(first: Convolution, second: Convolution, axis: int) -> tuple[int, tuple[int, int], int]:
    """Along an axis of the kernel that does both: its cells, how far each layer's weights lie apart, its dilation."""
    sizes = first.kernel.shape[2 + axis], second.kernel.shape[2 + axis]
    gaps = first.dilation[axis], second.dilation[axis] * first.stride[axis]
    # The gap of a single weight leads nowhere.
    near, far = (gap if size > 1 else 0 for gap, size in zip(gaps, sizes, strict=True))
    dilation = math.gcd(near, far) or 1
    near, far = near // dilation, far // dilation
    return near * (sizes[0] - 1) + far * (sizes[1] - 1) + 1, (near, far), dilation
