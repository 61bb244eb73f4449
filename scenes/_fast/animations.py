"""Less work for copies of mobjects, and for the families that an animation moves."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import partial
from types import FunctionType, NoneType
from typing import Any, TypeGuard

import numpy as np
from manim import Animation, AnimationGroup, ManimColor, Mobject, Succession, Transform
from manim.constants import CapStyleType, LineJointType

from scenes._fast.moves import move

_STOCK_COPY: Any = Mobject.__deepcopy__
# What a copy may share: nobody changes these in place.
_VALUES = frozenset(
    {NoneType, bool, int, float, str, np.float64, FunctionType, ManimColor, LineJointType, CapStyleType}
)
_METHODS = ("get_all_families_zipped", "interpolate_submobject")


def quick_copies(on: bool) -> None:
    """Copy mobjects by `_copy`, or again as manim does. manim has no other place to say so than its class."""
    setattr(Mobject, "__deepcopy__", _copy if on else _STOCK_COPY)  # noqa: B010


def _copy(mobject: Mobject, memo: dict[int, Any]) -> Mobject:
    """Copy a mobject as `Mobject.__deepcopy__` does; plain values are shared, arrays copied without asking."""
    result = mobject.__class__.__new__(mobject.__class__)
    memo[id(mobject)] = result
    attributes = result.__dict__
    for name, value in mobject.__dict__.items():
        kind = type(value)
        if kind in _VALUES:
            attributes[name] = value
        elif kind is np.ndarray and value.dtype != object:
            known = memo.get(id(value))
            attributes[name] = memo[id(value)] = value.copy() if known is None else known
        elif kind is tuple and all(type(part) in _VALUES for part in value):
            attributes[name] = value
        else:
            attributes[name] = copy.deepcopy(value, memo)
    result.original_id = str(id(mobject))
    return result


def keep_families(animations: Iterable[Animation]) -> None:
    """Let animations that have begun, and only move what they have, collect their families once.

    Only transforms: they give both sides equally many points, and keep their number.
    """
    for animation in animations:
        if isinstance(animation, AnimationGroup):
            # A succession begins its animations one by one, and they change their families when they begin.
            if not isinstance(animation, Succession):
                keep_families(animation.animations)
        elif _only_moves(animation):
            families = list(animation.get_all_families_zipped())
            vars(animation)["get_all_families_zipped"] = partial(list, families)
            if quick := move(animation, families):
                vars(animation)["interpolate_mobject"] = quick


def _only_moves(animation: Animation) -> TypeGuard[Transform]:
    """Whether this is a transform that collects its families and moves their members as `Transform` does."""
    kind: Any = type(animation)
    if not isinstance(animation, Transform) or any(getattr(kind, n) is not getattr(Transform, n) for n in _METHODS):
        return False
    sides: list[Any] = [animation.mobject, animation.starting_mobject, animation.target_copy]
    return not any(part.updaters for side in sides for part in side.get_family())
