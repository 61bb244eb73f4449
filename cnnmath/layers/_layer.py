"""What every layer without its input can do."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import fields
from typing import Any, ClassVar, Self

from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath._geometry import Geometry
from cnnmath.values import Floats

Shape = tuple[int | None, ...]
"""Of an input or an output, without the batch's axis. None stands for a length that is not known yet."""

_FITTING = 1 << 62
"""Stands for the length of a side that is not known yet: any window fits."""


class Layer(ABC):
    """A layer that waits for its input. Values are immutable: `dataclasses.replace` makes a variant.

    Inside, batches have their axis last, (C, H, W, N) or (K, N): what is done to one number of all images is then one
    run through memory.
    """

    learned: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that a training changes."""

    @abstractmethod
    def __call__(self, input: ArrayLike) -> Any:
        """Give the layer bound to one input, with all its views."""

    @abstractmethod
    def output_shape(self, shape: Shape | None) -> Shape | None:
        """Give the shape that comes out for an input of this shape; None is a shape of which nothing is known.

        Raises ValueError, with what it takes and what it got, if the layer takes no such input.
        """

    @property
    def parameters(self) -> dict[str, Floats]:
        """What a training changes, by name: read-only arrays.

        >>> from cnnmath.layers import Conv2D
        >>> Conv2D([[4, 5]], bias=1).parameters
        {'kernel': array([[[[4., 5.]]]]), 'bias': array([1.])}
        """
        return {name: getattr(self, name) for name in self.learned}

    def count_params(self) -> int:
        """Count the numbers that a training changes.

        >>> from cnnmath.layers import Conv2D
        >>> Conv2D([[4, 5]], bias=1).count_params()
        3
        """
        return sum(values.size for values in self.parameters.values())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the arrays are read-only on the other side too."""
        return type(self), tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]

    def __deepcopy__(self, memo: object) -> Self:
        """Give the layer itself: nothing in it can change."""
        return self

    # Batches, their axis last

    @abstractmethod
    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch whose axis is the last one."""

    @abstractmethod
    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch from the outputs for it and the gradient at them."""

    def _parameter_gradients(self, values: Floats, upstream: Floats) -> dict[str, Floats]:
        """Give a loss's gradient at each of the parameters, by name: the sum over the batch."""
        return {}

    @abstractmethod
    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> Any:
        """Put gradients together as the bound layer's `backward` does."""

    def _stepped(self, gradients: Mapping[str, Floats], rate: float) -> Self:
        """Give the layer after a step of gradient descent: each parameter less the rate times its gradient."""
        if not gradients:
            return self
        moved = copy(self)
        for name, gradient in gradients.items():
            moved._keep(**{name: _read.freeze(getattr(self, name) - rate * gradient)})
        return moved

    def __copy__(self) -> Self:
        """Give another one with the same fields; they are checked already."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def _keep(self, **values: object) -> None:
        """Set the fields of a frozen value, once, as it is made."""
        for name, value in values.items():
            object.__setattr__(self, name, value)


def image_shape(shape: Shape | None) -> Shape:
    """Give the shape of an image, (C, H, W); raises ValueError for what is none.

    >>> image_shape(None)
    (None, None, None)
    """
    if shape is None:
        return None, None, None
    if len(shape) != 3:
        raise ValueError(f"it takes an image (C, H, W); got {written(shape)}")
    return shape


def windows_shape(shape: Shape | None, geometry: Callable[[tuple[int, int, int]], Geometry]) -> Shape:
    """Give the shape of what windows make of an image of this shape; what is not known stays so.

    >>> from cnnmath._geometry import pooled
    >>> windows_shape((4, 7, None), lambda image: pooled(image, (2, 2), (2, 2), (0, 0), False))
    (4, 3, None)
    """
    channels, height, width = image_shape(shape)
    made = geometry((channels or 1, height or _FITTING, width or _FITTING)).output
    return made[0], made[1] if height else None, made[2] if width else None


def written(shape: Shape) -> str:
    """Write a shape, with a question mark for what is not known.

    >>> written((4, None, None)), written((10,))
    ('(4, ?, ?)', '(10,)')
    """
    lengths = ["?" if length is None else str(length) for length in shape]
    return f"({', '.join(lengths)}{',' * (len(lengths) == 1)})"
