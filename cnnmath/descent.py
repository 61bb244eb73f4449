"""One step of learning after the other, with all that can be said of each: what a clip about training shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.linear import LinearLayer
from cnnmath.losses import squared_error, squared_error_gradient
from cnnmath.values import Floats

AnyLayer = TypeVar("AnyLayer", bound=LinearLayer)


@dataclass(frozen=True, init=False, eq=False)
class Descent(Generic[AnyLayer]):
    """A linear layer, the result that it should have, and one step of gradient descent towards it.

    The loss is half the sum of the squared differences, so that its gradient at a result is the difference itself.
    The step is `LinearLayer.step`'s. Immutable, as a `Convolution` is. Raises ValueError, and TypeError for what is no
    number, if the target has not the shape of the layer's result or holds anything but finite numbers, and if the
    rate is no finite number.

    >>> from cnnmath import EXAMPLE
    >>> descent = Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005)
    >>> descent.loss, round(descent.next().loss, 2)
    (21.0, 14.03)
    """

    layer: AnyLayer
    target: Floats
    rate: float

    def __init__(self, layer: AnyLayer, target: ArrayLike, rate: float) -> None:
        """Read and check the arguments; the class says which are taken."""
        values = _read.array("target", target)
        _read.shaped("target", values, layer.output_shape, "the output's")
        object.__setattr__(self, "layer", layer)
        object.__setattr__(self, "target", _read.freeze(values))
        object.__setattr__(self, "rate", _read.number("rate", rate))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the array is read-only on the other side too."""
        return type(self), (self.layer, self.target, self.rate)

    def __deepcopy__(self, memo: object) -> Self:
        """Give the descent itself: nothing in it can change."""
        return self

    @cached_property
    def differences(self) -> Floats:
        """What the layer gives less what it should, shaped as its result: the gradient of the loss there.

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).differences.tolist()
        [[[2.0, -1.0], [1.0, -6.0]]]
        """
        return _read.freeze(squared_error_gradient(self.layer.output(), self.target))

    @property
    def loss(self) -> float:
        """Half the sum of the squared differences.

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).loss
        21.0
        """
        return squared_error(self.layer.output(), self.target)

    @cached_property
    def wishes(self) -> Floats:
        """The gradient of every matrix entry as if it were a weight of its own, (results, pixels).

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).wishes[0].tolist()
        [4.0, 14.0, 2.0, 16.0, 8.0, 18.0, 6.0, 0.0, 12.0]
        """
        return _read.freeze(self.layer.entry_gradients(self.differences))

    def wishes_of(self, weight: int) -> Floats:
        """Give the wishes of the entries of one weight, in the order of their results: they add up to its gradient.

        Raises IndexError if no entry holds such a weight.

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).wishes_of(0).tolist()
        [4.0, -7.0, 8.0, -24.0]
        """
        held = self.layer.sharing == weight if weight >= 0 else np.zeros(self.wishes.shape, bool)
        if not held.any():
            raise IndexError(f"weight must be one that stands in the matrix; got {weight}")
        wishes: Floats = self.wishes[held]
        return wishes

    @cached_property
    def gradients(self) -> Any:
        """The gradients of the layer, as its `backward` gives them.

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).gradients.kernel.tolist()
        [[[[-19.0, -37.0], [15.0, -37.0]]]]
        """
        return self.layer.backward(self.differences)

    @cached_property
    def after(self) -> AnyLayer:
        """The layer after the step.

        >>> from cnnmath import EXAMPLE
        >>> Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005).after.kernel.round(3).tolist()
        [[[[2.095, -2.815], [3.925, -1.815]]]]
        """
        return self.layer.step(self.differences, self.rate)

    def next(self) -> Self:
        """Give the step after this one.

        >>> from cnnmath import EXAMPLE
        >>> descent = Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005)
        >>> descent.next().layer is descent.after
        True
        """
        return type(self)(self.after, self.target, self.rate)

    def steps(self, count: int) -> Iterator[Self]:
        """Give this step and those after it, so many in all.

        >>> from cnnmath import EXAMPLE
        >>> descent = Descent(EXAMPLE, target=[[[10, 15], [20, -20]]], rate=0.005)
        >>> [round(step.loss, 1) for step in descent.steps(4)]
        [21.0, 14.0, 9.4, 6.3]
        """
        step = self
        for number in range(count):
            step = step.next() if number else step
            yield step
