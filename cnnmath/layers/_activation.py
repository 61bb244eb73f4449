"""The activation that waits for its input."""

from collections.abc import Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.activations import CURVES, Activated, Kind
from cnnmath.layers._layer import Layer, Shape
from cnnmath.values import ActivationGradients, Floats


@dataclass(frozen=True, repr=False)
class Activation(Layer):
    """An activation that waits for its input: "relu", "leaky_relu" (slope 0.01 below zero), "sigmoid" or "tanh".

    Called with an input of any shape, it gives the `Activated`. Raises ValueError for another kind.

    >>> Activation("relu")([12, -26]).output().tolist()
    [12.0, 0.0]
    """

    kind: Kind

    def __post_init__(self) -> None:
        """Refuse an unknown kind."""
        _read.choice("kind", self.kind, tuple(CURVES))

    def __call__(self, input: ArrayLike) -> Activated:
        """Give the activation of an input of any shape."""
        return Activated(input, self.kind)

    def __repr__(self) -> str:
        """Name the layer with its kind."""
        return f"Activation({self.kind!r})"

    def output_shape(self, shape: Shape | None) -> Shape | None:
        """Give the shape that it gets.

        >>> Activation("tanh").output_shape((4, 6, 6))
        (4, 6, 6)
        """
        return shape

    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch (…, N), in its shape."""
        return CURVES[self.kind].value(values)

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (…, N) from that at its outputs."""
        return upstream * CURVES[self.kind].slope(values)

    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> ActivationGradients:
        """Put gradients together as `Activated.backward` does."""
        return ActivationGradients(at_input)
