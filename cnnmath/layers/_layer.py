"""What every layer without its input can do."""

from abc import ABC, abstractmethod
from dataclasses import fields
from typing import Any, ClassVar, Self

from cnnmath.values import Floats

Shape = tuple[int | None, ...]
"""Of an input or an output, without the batch's axis. None stands for a length that is not known yet."""


class Layer(ABC):
    """A layer that waits for its input. Values are immutable: `dataclasses.replace` makes a variant."""

    learns: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that a training changes."""

    @abstractmethod
    def output_shape(self, shape: Shape | None) -> Shape | None:
        """Give the shape that comes out for an input of this shape; None is a shape of which nothing is known.

        Raises ValueError, with what it takes and what it got, if the layer takes no such input.
        """

    @property
    def parameters(self) -> dict[str, Floats]:
        """What a training changes, by name: read-only arrays."""
        return {name: getattr(self, name) for name in self.learns}

    def count_params(self) -> int:
        """Count the numbers that a training changes."""
        return sum(values.size for values in self.parameters.values())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the arrays are read-only on the other side too."""
        return type(self), tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]

    def __deepcopy__(self, memo: object) -> Self:
        """Give the layer itself: nothing in it can change."""
        return self

    def _keep(self, **values: object) -> None:
        """Set the fields of a frozen value, once, as it is made."""
        for name, value in values.items():
            object.__setattr__(self, name, value)


def image_shape(shape: Shape | None) -> Shape:
    """Give the shape of an image, (C, H, W); raises ValueError for what is none."""
    if shape is None:
        return None, None, None
    if len(shape) != 3:
        raise ValueError(f"it takes an image (C, H, W); got {written(shape)}")
    return shape


def written(shape: Shape) -> str:
    """Write a shape, with a question mark for what is not known.

    >>> written((4, None, None)), written((10,))
    ('(4, ?, ?)', '(10,)')
    """
    lengths = ["?" if length is None else str(length) for length in shape]
    return f"({', '.join(lengths)}{',' * (len(lengths) == 1)})"
