"""The dense layer that waits for its input."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from numpy.typing import ArrayLike

from cnnmath import _dense, _read, dense
from cnnmath.layers._initial import Seed, he_uniform
from cnnmath.layers._layer import Layer, Shape, written
from cnnmath.values import DenseGradients, Floats


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Dense(Layer):
    """A dense layer that waits for its input: weights (M, N) of M outputs and N inputs, bias a number or (M,).

    An input of any shape is flattened in C order. Raises ValueError, and TypeError for what is no number, if an
    argument is not so, if it is empty or not finite.

    >>> Dense([[4, 5, 6]], bias=1)([1, 2, 3]).output()
    array([33.])
    """

    weights: Floats
    bias: Floats

    learned: ClassVar[tuple[str, ...]] = ("weights", "bias")

    def __init__(self, weights: ArrayLike, bias: ArrayLike = 0.0) -> None:
        """Read and check the arguments; the class says which are taken."""
        read = _read.weights(weights)
        self._keep(weights=read, bias=_read.bias(bias, read, "one number a row of the weights"))

    @classmethod
    def create(cls, outputs: int, inputs: int, seed: Seed) -> Self:
        """Give a layer that has learned nothing yet; weights, biases and seed are as those of `Conv2D.create`.

        Raises TypeError for what is no number, and ValueError for a number that is too small.

        >>> Dense.create(10, inputs=36, seed=0)
        Dense(weights (10, 36))
        """
        shape = _read.whole("outputs", outputs, least=1), _read.whole("inputs", inputs, least=1)
        return cls(he_uniform(shape, shape[1], seed))

    def __call__(self, input: ArrayLike) -> dense.Dense:
        """Give the dense layer over an input of any shape."""
        return dense.Dense(input, self.weights, self.bias)

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

    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch (…, images): (M, images)."""
        return _dense.results(_rows(values), self.weights, self.bias)

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (…, images) from that at its outputs, (M, images)."""
        return _dense.given_to_inputs(upstream, self.weights).reshape(values.shape)

    def _parameter_gradients(self, values: Floats, upstream: Floats) -> dict[str, Floats]:
        """Give a loss's gradient at the weights and at the bias, summed over a batch (…, images)."""
        return {"weights": _dense.weight_sums(_rows(values), upstream), "bias": upstream.sum(axis=1)}

    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> DenseGradients:
        """Put gradients together as the bound layer's `backward` does."""
        return DenseGradients(at_input, **at_parameters)


def _rows(values: Floats) -> Floats:
    """Flatten each input of a batch, (…, images) to (N, images)."""
    return values.reshape(-1, values.shape[-1])
