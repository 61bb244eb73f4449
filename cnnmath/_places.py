"""Flat C-order indices and the places that they stand for."""

import math
import operator
from typing import TypeVar, cast

import numpy as np

Shape = TypeVar("Shape", bound=tuple[int, ...])


def place(kind: str, index: int, shape: Shape) -> Shape:
    """Give the coordinates of a flat index in an array of this shape; raises IndexError if it has none.

    >>> place("pixel", 5, (1, 2, 3))
    (0, 1, 2)
    """
    return cast(Shape, tuple(int(part) for part in np.unravel_index(flat(kind, index, shape), shape)))


def flat(kind: str, index: int, shape: tuple[int, ...]) -> int:
    """Give a flat index as a plain int; raises IndexError if it is none of an array of this shape.

    >>> flat("pixel", np.int64(5), (1, 2, 3))
    5
    """
    size = math.prod(shape)
    if not 0 <= operator.index(index) < size:
        raise IndexError(f"{kind} must be from 0 to {size - 1} in the shape {shape}; got {index}")
    return operator.index(index)


def run(names: tuple[str, ...], place: tuple[int, ...], shape: tuple[int, ...]) -> range:
    """Give the flat indices of an array of this shape that begin with a place; the names are those of its axes.

    Raises IndexError if there is no such place.

    >>> run(("row", "column"), (1,), (2, 3))
    range(3, 6)
    """
    if len(place) > len(shape):
        raise IndexError(f"a place must be at most {', '.join(names)} in the shape {shape}; got {place}")
    start, size = 0, math.prod(shape)
    for name, index, length in zip(names, place, shape, strict=False):
        if not 0 <= operator.index(index) < length:
            raise IndexError(f"{name} must be from 0 to {length - 1} in the shape {shape}; got {index}")
        size //= length
        start += operator.index(index) * size
    return range(start, start + size)
