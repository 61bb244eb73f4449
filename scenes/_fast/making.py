"""Less work to make mobjects and to place them: their families, colours and bounds are asked for most often."""

from __future__ import annotations

from types import NoneType
from typing import Any

import numpy as np
from manim import BLACK, ManimColor, Mobject, VMobject
from manim.utils.iterables import remove_list_redundancies

_STOCK_FAMILY: Any = Mobject.get_family
_STOCK_RGBAS: Any = VMobject.generate_rgbas_array
_STOCK_BOUNDARY: Any = VMobject.get_points_defining_boundary
_STOCK_CRITICAL: Any = Mobject.get_critical_point
_STOCK_ANCHORS: Any = VMobject.get_anchors
_NUMBERS = frozenset({NoneType, int, float, np.float64})


def quick_making(on: bool) -> None:
    """Collect families, make colours and find bounds by the functions below, or again as manim does."""
    setattr(Mobject, "get_family", _family if on else _STOCK_FAMILY)  # noqa: B010
    setattr(VMobject, "generate_rgbas_array", _rgbas if on else _STOCK_RGBAS)  # noqa: B010
    setattr(VMobject, "get_points_defining_boundary", _boundary if on else _STOCK_BOUNDARY)  # noqa: B010
    setattr(Mobject, "get_critical_point", _critical if on else _STOCK_CRITICAL)  # noqa: B010


def _family(mobject: Mobject, recurse: bool = True) -> list[Mobject]:
    """List a mobject and all below it as `Mobject.get_family` does, without guarding each one against circles."""
    if not mobject.submobjects:
        return [mobject]
    found: list[Mobject] = []
    try:
        _collect(mobject, found.append)
    except RecursionError:
        family: list[Mobject] = _STOCK_FAMILY(mobject)
        return family
    return found if len(set(found)) == len(found) else remove_list_redundancies(found)


def _collect(mobject: Mobject, take: Any) -> None:
    take(mobject)
    for part in mobject.submobjects:
        if part.submobjects:
            _collect(part, take)
        else:
            take(part)


def _rgbas(mobject: VMobject, color: Any, opacity: Any) -> np.ndarray:
    """Give colours as `VMobject.generate_rgbas_array` does; a single one without lists of it."""
    if type(color) in (ManimColor, NoneType) and type(opacity) in _NUMBERS and not mobject.get_sheen_factor():
        rgbas = np.empty((1, 4))
        rgbas[0] = (color or BLACK).to_rgba()
        rgbas[0, 3] = opacity or 0.0
        return rgbas
    made: np.ndarray = _STOCK_RGBAS(mobject, color, opacity)
    return made


def _boundary(mobject: VMobject) -> np.ndarray:
    """Give the anchors of a family as `VMobject.get_points_defining_boundary` does, without taking each by itself."""
    anchors: list[np.ndarray] = []
    for part in mobject.get_family():
        points = part.points
        whole = len(points) % 4 == 0 and points.ndim == 2
        if not whole or getattr(type(part), "get_anchors", None) is not _STOCK_ANCHORS:
            made: np.ndarray = _STOCK_BOUNDARY(mobject)
            return made
        if len(points):
            # Of the four points of each curve the first and the last.
            anchors.append(points.reshape(-1, 4, points.shape[1])[:, ::3].reshape(-1, points.shape[1]))
    return np.concatenate(anchors) if anchors else np.array(())


def _critical(mobject: Mobject, direction: Any) -> np.ndarray:
    """Give a point of the box around a mobject as `Mobject.get_critical_point` does, all dimensions at once."""
    points = mobject.get_points_defining_boundary()
    result = np.zeros(mobject.dim)
    if len(points):
        low, high = points.min(axis=0), points.max(axis=0)
        for dim in range(mobject.dim):
            key = direction[dim]
            result[dim] = low[dim] if key < 0 else high[dim] if key > 0 else (low[dim] + high[dim]) / 2
    return result
