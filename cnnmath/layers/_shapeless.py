"""Layers that take inputs of any shape, and learn nothing."""

import math
from dataclasses import dataclass

from cnnmath.layers._layer import Layer, Shape

KINDS = ("relu", "leaky_relu", "sigmoid", "tanh")


@dataclass(frozen=True, repr=False)
class Activation(Layer):
    """An activation, number by number: "relu", "leaky_relu" (slope 0.01 below zero), "sigmoid" or "tanh".

    Raises ValueError for another kind.

    >>> Activation("relu")
    Activation('relu')
    """

    kind: str

    def __post_init__(self) -> None:
        """Refuse an unknown kind."""
        if self.kind not in KINDS:
            raise ValueError(f"an activation must be one of {', '.join(KINDS)}; got {self.kind!r}")

    def __repr__(self) -> str:
        """Name the layer with its kind."""
        return f"Activation({self.kind!r})"

    def output_shape(self, shape: Shape | None) -> Shape | None:
        """Give the shape that it gets.

        >>> Activation("tanh").output_shape((4, 6, 6))
        (4, 6, 6)
        """
        return shape


@dataclass(frozen=True)
class Flatten(Layer):
    """All numbers in a row, in C order: channel by channel, row by row.

    >>> Flatten()
    Flatten()
    """

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (N,) for N numbers.

        >>> Flatten().output_shape((4, 3, 3)), Flatten().output_shape((4, None, None))
        ((36,), (None,))
        """
        lengths = [length for length in shape or (None,) if length is not None]
        return (math.prod(lengths) if shape is not None and len(lengths) == len(shape) else None,)
