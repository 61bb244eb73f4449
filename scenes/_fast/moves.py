"""The mobjects that a transform moves, all of them by one sum instead of eight for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import Animation, Mobject, Transform, VMobject
from manim.utils.bezier import interpolate

Family = tuple[Mobject, Mobject, Mobject]
"""A mobject, what it was, and what it becomes."""

_ARRAYS = ("points", "fill_rgbas", "stroke_rgbas", "background_stroke_rgbas", "sheen_direction")
_NUMBERS = ("stroke_width", "background_stroke_width", "sheen_factor")
"""What `VMobject.interpolate_color` mixes, and the points."""
Place = tuple[str, slice, tuple[int, ...]]
"""An array by its name: where it stands in a row, and its shape."""


class Move:
    """What a transform does to its families in a frame, as `Animation.interpolate_mobject` does it.

    To mix a and b, manim takes (1 - alpha) a + alpha b of each array and number. This takes it of all in a row: to the
    last bit the same.
    """

    def __init__(self, animation: Transform, families: Sequence[Family]) -> None:
        self._animation, self._count = animation, len(families)
        self._stock: Callable[[float], None] = animation.interpolate_mobject
        self._start, self._end = (np.concatenate([_row(family[side]) for family in families]) for side in (1, 2))
        self._places: list[tuple[dict[str, Any], list[Place], int]] = []
        at = 0
        for mobject, start, _ in families:
            arrays: list[Place] = []
            for name in _ARRAYS:
                array = getattr(start, name)
                arrays.append((name, slice(at, at + array.size), array.shape))
                at += array.size
            self._places.append((vars(mobject), arrays, at))
            at += len(_NUMBERS)

    def __call__(self, alpha: float) -> None:
        """Move to a moment, as `Animation.interpolate_mobject` does."""
        mixed = self._animation.get_sub_alpha(alpha, 0, self._count)
        if mixed == 1.0:
            # The last colours are copies of what was asked for.
            self._stock(alpha)
            return
        row = interpolate(self._start, self._end, mixed)
        for attributes, arrays, at in self._places:
            for name, place, shape in arrays:
                attributes[name] = row[place].reshape(shape)
            for name, number in zip(_NUMBERS, row[at : at + len(_NUMBERS)].tolist(), strict=True):
                attributes[name] = number


def move(animation: Transform, families: Sequence[Family]) -> Move | None:
    """One sum for an animation that moves all its parts at the same pace, in straight lines; None for any other."""
    kind: Any = type(animation)
    same_pace = animation.lag_ratio == 0 and kind.interpolate_mobject is Animation.interpolate_mobject
    straight = animation.path_func is interpolate
    return Move(animation, families) if families and same_pace and straight and all(map(_plain, families)) else None


def _row(mobject: Any) -> np.ndarray:
    arrays = [getattr(mobject, name).ravel() for name in _ARRAYS]
    return np.concatenate([*arrays, [getattr(mobject, name) for name in _NUMBERS]])


def _plain(family: Family) -> bool:
    """Whether a mobject is mixed as `VMobject` does it, of arrays of the same size."""
    mobject, start, end = family
    kind: Any = type(mobject)
    if kind.interpolate is not VMobject.interpolate or kind.interpolate_color is not VMobject.interpolate_color:
        return False
    for name in _ARRAYS:
        a, b = start.__dict__.get(name), end.__dict__.get(name)
        if type(a) is not np.ndarray or type(b) is not np.ndarray or a.shape != b.shape:
            return False
        if a.dtype != np.float64 or b.dtype != np.float64:
            return False
    # A width or a sheen may have been given as a whole number.
    return all(isinstance(end.__dict__.get(name), int | float) for end in (start, end) for name in _NUMBERS)
