"""All numbers in a row: bound to its input, and waiting for it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath._places import flat
from cnnmath.layers._layer import Layer, Shape
from cnnmath.values import FlattenGradients, Floats, Ints


@dataclass(frozen=True, init=False, eq=False)
class Flattened:
    """An input of any shape, which it keeps, laid out in a row: result i is the pixel with the flat C-order index i.

    Immutable, as a `Convolution` is. Raises ValueError if the input is empty or not finite, and TypeError if it holds
    no numbers.

    >>> Flattened([[12, 14], [21, -26]]).output().tolist()
    [12.0, 14.0, 21.0, -26.0]
    """

    input: Floats

    def __init__(self, input: ArrayLike) -> None:
        """Read and check the input."""
        object.__setattr__(self, "input", _read.freeze(_read.array("input", input)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the array is read-only on the other side too."""
        return type(self), (self.input,)

    def __deepcopy__(self, memo: object) -> Self:
        """Give the layer itself: nothing in it can change."""
        return self

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of the input.

        >>> Flattened([[12, 14], [21, -26]]).input_shape
        (2, 2)
        """
        return self.input.shape

    @property
    def output_shape(self) -> tuple[int]:
        """The shape of the result, (N,).

        >>> Flattened([[12, 14], [21, -26]]).output_shape
        (4,)
        """
        return (self.input.size,)

    def output(self) -> Floats:
        """Give the input's numbers in a row, (N,).

        >>> Flattened([[12, 14], [21, -26]]).output().shape
        (4,)
        """
        return self.input.flatten()

    def backward(self, upstream: ArrayLike) -> FlattenGradients:
        """Give the gradient of a loss at the input from that at the result, (N,): the same numbers, laid out again.

        Raises ValueError if upstream has not the result's shape or is not finite, and TypeError for no numbers.

        >>> Flattened([[12, 14]]).backward([3, 4]).input.tolist()
        [[3.0, 4.0]]
        """
        read = _read.shaped("upstream", upstream, self.output_shape, "the output's")
        return FlattenGradients(read.reshape(self.input.shape).copy())

    def pixels_seen(self, result: int) -> Ints:
        """Give the one number of the input that a result is; raises IndexError if there is no such result.

        >>> Flattened([[12, 14], [21, -26]]).pixels_seen(2).tolist()
        [2]
        """
        return np.array([flat("result", result, self.output_shape)])


@dataclass(frozen=True)
class Flatten(Layer):
    """All numbers in a row, in C order: channel by channel, row by row. Called with an input, it gives the `Flattened`.

    >>> Flatten()([[12, 14], [21, -26]]).output().tolist()
    [12.0, 14.0, 21.0, -26.0]
    """

    def __call__(self, input: ArrayLike) -> Flattened:
        """Give an input of any shape, flattened."""
        return Flattened(input)

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (N,) for N numbers.

        >>> Flatten().output_shape((4, 3, 3)), Flatten().output_shape((4, None, None))
        ((36,), (None,))
        """
        known = [length for length in shape or (None,) if length is not None]
        return (math.prod(known) if shape is not None and len(known) == len(shape) else None,)

    def _outputs(self, values: Floats) -> Floats:
        """Give each input of a batch (…, images) in a row: (N, images)."""
        return values.reshape(-1, values.shape[-1])

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (…, images) from that at its outputs, (N, images)."""
        return upstream.reshape(values.shape)

    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> FlattenGradients:
        """Put gradients together as `Flattened.backward` does."""
        return FlattenGradients(at_input)
