"""The dense layer that waits for its input."""

import math
from dataclasses import dataclass
from typing import ClassVar

from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.layers._layer import Layer, Shape, written
from cnnmath.values import Floats


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Dense(Layer):
    """A dense layer that waits for its input: weights (M, N) of M outputs and N inputs, bias a number or (M,).

    An input of any shape is flattened in C order. Raises ValueError, and TypeError for what is no number, if an
    argument is not so, if it is empty or not finite.
    """

    weights: Floats
    bias: Floats

    learns: ClassVar[tuple[str, ...]] = ("weights", "bias")

    def __init__(self, weights: ArrayLike, bias: ArrayLike = 0.0) -> None:
        """Read and check the arguments; the class says which are taken."""
        read = _read.weights(weights)
        self._keep(weights=read, bias=_read.bias(bias, read, "one number a row of the weights"))

    def __repr__(self) -> str:
        """Name the layer with the shape of its weights."""
        return f"Dense(weights {self.weights.shape})"

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (M,). Raises ValueError if the input has not N numbers.

        >>> Dense([[4, 5, 6]]).output_shape((1, 1, 3))
        (1,)
        """
        outputs, inputs = self.weights.shape
        lengths = [length for length in shape or () if length is not None]
        if shape is not None and len(lengths) == len(shape) and math.prod(lengths) != inputs:
            raise ValueError(f"it takes {inputs} numbers; got {math.prod(lengths)}, in the shape {written(shape)}")
        return (outputs,)
