"""What happens to each result by itself: activations, and their slopes, which gradients are multiplied by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from cnnmath import _read
from cnnmath._places import flat
from cnnmath.values import ActivationGradients, Floats, Ints

Kind = Literal["relu", "leaky_relu", "sigmoid", "tanh"]

LEAK = 0.01
"""What the leaky ReLU lets through of a negative number: PyTorch's `negative_slope`."""


class Curve(NamedTuple):
    """An activation as a function of an array, and its slope as another one."""

    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def _above(x: Floats, otherwise: float) -> Floats:
    """Give 1 where x is above zero; at zero itself PyTorch takes the slope of the left."""
    return np.where(x > 0, 1.0, otherwise)


def _logistic_slope(x: Floats) -> Floats:
    """Give s·(1 − s) as s(x)·s(−x), which keeps its digits far from zero."""
    slope: Floats = expit(x) * expit(-x)
    return slope


def _tanh_slope(x: Floats) -> Floats:
    """Give 1 − tanh² as four times the logistic slope at 2x. Beyond 400 it is 0, and 2x could be too large a number."""
    return 4 * _logistic_slope(2 * np.clip(x, -400, 400))


CURVES: dict[str, Curve] = {
    "relu": Curve(lambda x: np.where(x > 0, x, 0.0), lambda x: _above(x, 0.0)),
    "leaky_relu": Curve(lambda x: np.where(x > 0, x, LEAK * x), lambda x: _above(x, LEAK)),
    "sigmoid": Curve(expit, _logistic_slope),
    "tanh": Curve(np.tanh, _tanh_slope),
}


def activation(kind: Kind, x: ArrayLike) -> Floats:
    """Apply an activation to every number of x, in the shape of x.

    | kind         | value                           | PyTorch's      |
    |--------------|---------------------------------|----------------|
    | "relu"       | x, and 0 below zero             | nn.ReLU        |
    | "leaky_relu" | x, and 0.01 · x below zero      | nn.LeakyReLU   |
    | "sigmoid"    | 1 / (1 + e^−x)                  | nn.Sigmoid     |
    | "tanh"       | (e^x − e^−x) / (e^x + e^−x)     | nn.Tanh        |

    Goodfellow et al., Deep Learning (2016), section 6.3, tells them apart. No number is too large. Raises ValueError
    if there is no such kind or x is empty or not finite, and TypeError if it holds no numbers.

    >>> activation("relu", [-26, 12]).tolist(), activation("leaky_relu", [-26, 12]).tolist()
    ([0.0, 12.0], [-0.26, 12.0])
    >>> activation("sigmoid", [-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    return _curve(kind).value(_read.array("x", x, copy=False))


def activation_slope(kind: Kind, x: ArrayLike) -> Floats:
    """Give the slope of an activation at every number of x, in the shape of x.

    At zero itself, where they bend, the slope of "relu" is 0 and that of "leaky_relu" 0.01, as in PyTorch. The
    slope of "sigmoid" is s · (1 − s), that of "tanh" 1 − t², both worked out so that far from zero they keep their
    digits. Raises as `activation` does.

    >>> activation_slope("relu", [-26, 0, 12]).tolist(), activation_slope("sigmoid", 0).tolist()
    ([0.0, 0.0, 1.0], 0.25)
    """
    return _curve(kind).slope(_read.array("x", x, copy=False))


@dataclass(frozen=True, init=False, eq=False)
class Activated:
    """An activation applied to an input of any shape, which it keeps. It has no weights: each result sees one pixel.

    Immutable, as a `Convolution` is. Raises as `activation` does.

    >>> Activated([[12, 14], [21, -26]], "relu").output().tolist()
    [[12.0, 14.0], [21.0, 0.0]]
    """

    input: Floats
    kind: Kind

    def __init__(self, input: ArrayLike, kind: Kind) -> None:
        """Read and check the arguments; the class says which are taken."""
        _curve(kind)
        object.__setattr__(self, "input", _read.freeze(_read.array("input", input)))
        object.__setattr__(self, "kind", kind)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the array is read-only on the other side too."""
        return type(self), (self.input, self.kind)

    def __deepcopy__(self, memo: object) -> Self:
        """Give the layer itself: nothing in it can change."""
        return self

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of the input.

        >>> Activated([[12, 14], [21, -26]], "relu").input_shape
        (2, 2)
        """
        return self.input.shape

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the result, which is the input's.

        >>> Activated([[12, 14], [21, -26]], "relu").output_shape
        (2, 2)
        """
        return self.input.shape

    def output(self) -> Floats:
        """Give the activated numbers, shaped as the input.

        >>> Activated([12, -26], "leaky_relu").output().tolist()
        [12.0, -0.26]
        """
        return CURVES[self.kind].value(self.input)

    def slope(self) -> Floats:
        """Give the slope of the activation at every number of the input, shaped as it.

        >>> Activated([12, -26], "leaky_relu").slope().tolist()
        [1.0, 0.01]
        """
        return CURVES[self.kind].slope(self.input)

    def backward(self, upstream: ArrayLike) -> ActivationGradients:
        """Give the gradient of a loss at the input from its gradient at the result: upstream times the slope.

        The chain rule, number by number. Raises ValueError if upstream has not the input's shape, and as
        `activation` does.

        >>> Activated([12, -26], "relu").backward([3, 4]).input.tolist()
        [3.0, 0.0]
        """
        return ActivationGradients(_read.shaped("upstream", upstream, self.input.shape, "the input's") * self.slope())

    def pixels_seen(self, result: int) -> Ints:
        """Give the one number of the input that a result is made of; raises IndexError if there is no such result.

        >>> Activated([12, -26], "relu").pixels_seen(1).tolist()
        [1]
        """
        return np.array([flat("result", result, self.input.shape)])


def _curve(kind: str) -> Curve:
    return CURVES[_read.choice("kind", kind, tuple(CURVES))]
