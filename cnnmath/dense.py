"""The dense layer: every number of the input has a weight of its own for every result."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _dense, _read
from cnnmath._places import flat, place
from cnnmath._taps import PADDING_TAP, TAP
from cnnmath.linear import LinearLayer
from cnnmath.values import Counts, DenseGradients, Floats, Ints, Records, Window

_NO_PADDING = _read.freeze(np.empty(0, PADDING_TAP))


@dataclass(frozen=True, init=False, eq=False)
class Dense(LinearLayer):
    """A dense, or fully connected, layer over an input of any shape, before any activation.

    | argument | shapes taken                   | kept as            |
    |----------|--------------------------------|--------------------|
    | input    | any, flattened in C order to N | as it is, float64  |
    | weights  | (M, N)                         | (M, N), float64    |
    | bias     | a number or (M,)               | (M,), float64      |

    The weights are PyTorch's nn.Linear.weight, and the transpose of Keras's kernel. Everything that is said of a
    `Convolution`'s values holds of these; each result is a filter of its own, as large as the input.

    Raises ValueError, and TypeError for what is no number, if an argument is not as the table says, empty or not
    finite.

    >>> Dense([[1, 2], [3, 4]], weights=[[1, 0, 0, -1], [2, 2, 2, 2]], bias=[10, 0]).output().tolist()
    [7.0, 20.0]
    """

    input: Floats
    weights: Floats
    bias: Floats

    _learned: ClassVar = ("weights", "bias")

    def __init__(self, input: ArrayLike, weights: ArrayLike, bias: ArrayLike = 0.0) -> None:
        """Read and check the arguments; the class says which are taken."""
        values, matrix = _read.array("input", input), _read.weights(weights)
        if matrix.shape[1] != values.size:
            raise ValueError(
                f"weights must have a column for each of the input's {values.size} numbers; got the weights "
                f"{matrix.shape} (M, N) and the input {values.shape}"
            )
        object.__setattr__(self, "input", _read.freeze(values))
        object.__setattr__(self, "weights", matrix)
        object.__setattr__(self, "bias", _read.bias(bias, matrix, "one number a row of the weights"))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the arrays are read-only on the other side too."""
        return type(self), (self.input, self.weights, self.bias)

    @classmethod
    def twin(cls, layer: LinearLayer) -> Self:
        """Give the dense layer that does the same as another layer, until it learns: its matrix, in weights of its own.

        What was an untrainable zero is then a weight of value 0, and copies of one weight are weights apart.

        >>> from cnnmath import EXAMPLE
        >>> twin = Dense.twin(EXAMPLE)
        >>> twin.weights.shape, twin.output().tolist(), twin.counts.zeros
        ((4, 9), [12.0, 14.0, 21.0, -26.0], 0)
        """
        return cls(layer.inputs.reshape(layer.input_shape), layer.weight_matrix(), layer.biases)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of the input.

        >>> Dense([[1, 2]], weights=[[3, 4]]).input_shape
        (1, 2)
        """
        return self.input.shape

    @property
    def output_shape(self) -> tuple[int]:
        """The shape of the result, (M,).

        >>> Dense([1, 2], weights=[[3, 4]]).output_shape
        (1,)
        """
        return (len(self.weights),)

    @property
    def inputs(self) -> Floats:
        """The input's numbers in a row, (pixels,), read-only.

        >>> Dense([[1, 2], [3, 4]], weights=[[5, 6, 7, 8]]).inputs.tolist()
        [1.0, 2.0, 3.0, 4.0]
        """
        return self.input.ravel()

    def output(self) -> Floats:
        """Give the layer's result before activation, (M,).

        >>> Dense([1, 2], weights=[[3, 4]], bias=5).output().tolist()
        [16.0]
        """
        return _dense.results(self.inputs, self.weights, self.bias)

    @cached_property
    def taps(self) -> Records:
        """The (result, pixel, weight) triples: every pair of result and pixel, each with a weight of its own.

        >>> Dense([1, 2], weights=[[3, 4], [5, 6]]).taps.tolist()
        [(0, 0, 0), (0, 1, 1), (1, 0, 2), (1, 1, 3)]
        """
        taps = np.empty(self.weights.size, TAP)
        taps["weight"] = np.arange(self.weights.size)
        taps["result"], taps["pixel"] = np.divmod(taps["weight"], self.input.size)
        return _read.freeze(taps)

    @property
    def counts(self) -> Counts:
        """The key figures.

        >>> Dense([1, 2, 3], weights=[[3, 4, 5], [6, 7, 8]]).counts
        Counts(weights=6, taps=6, entries=6, zeros=0, pixels=3, results=2)
        """
        size = self.weights.size
        return Counts(size, size, size, 0, self.input.size, len(self.weights))

    def window(self, result: int) -> Window:
        """Give what one result looks at: all of the input, whose last two axes are the rows and columns.

        Raises IndexError if there is no such result.

        >>> window = Dense([[1, 2], [3, 4]], weights=[[5, 6, 7, 8]]).window(0)
        >>> window.rows, window.columns, window.taps["pixel"].tolist()
        (slice(0, 2, 1), slice(0, 2, 1), [0, 1, 2, 3])
        """
        index = flat("result", result, self.output_shape)
        *_, rows, columns = 1, 1, *self.input.shape
        taps = self.taps[self._starts[index] : self._starts[index + 1]]
        return Window(index, index, slice(0, rows, 1), slice(0, columns, 1), taps, _NO_PADDING)

    def pixels_seen(self, result: int) -> Ints:
        """Give the pixels that one result looks at: all. Raises IndexError if there is no such result.

        >>> Dense([1, 2], weights=[[3, 4]]).pixels_seen(0).tolist()
        [0, 1]
        """
        flat("result", result, self.output_shape)
        return np.arange(self.input.size)

    def backward(self, upstream: ArrayLike) -> DenseGradients:
        """Give the gradients of a loss from its gradient at the result, upstream, (M,).

        A weight's is its pixel's value times its result's upstream, a pixel's the sum of weight times upstream over
        the results: the chain rule's, see Goodfellow et al., Deep Learning (2016), algorithm 6.4. Raises as the
        constructor does if upstream holds anything but finite numbers, and ValueError if its shape is another one.

        >>> Dense([1, 2], weights=[[3, 4]]).backward([10])
        DenseGradients(input=array([30., 40.]), weights=array([[10., 20.]]), bias=array([10.]))
        """
        given = self._like_output("upstream", upstream)
        pixels = _dense.given_to_inputs(given, self.weights).reshape(self.input.shape)
        return DenseGradients(pixels, _dense.weight_sums(self.inputs, given), given.copy())

    # Inside

    @property
    def _weights(self) -> Floats:
        return self.weights.ravel()

    @property
    def _biases(self) -> Floats:
        return self.bias

    @property
    def _filters(self) -> Ints:
        return np.arange(len(self.weights))

    # Places of flat indices

    def pixel_place(self, pixel: int) -> tuple[int, ...]:
        """Give the place of a pixel in the input; raises IndexError if there is none.

        >>> Dense([[1, 2], [3, 4]], weights=[[5, 6, 7, 8]]).pixel_place(2)
        (1, 0)
        """
        return place("pixel", pixel, self.input.shape)

    def weight_place(self, weight: int) -> tuple[int, int]:
        """Give the (result, pixel) of a weight; raises IndexError if there is none.

        >>> Dense([1, 2], weights=[[3, 4], [5, 6]]).weight_place(2)
        (1, 0)
        """
        return place("weight", weight, self.weights.shape)
