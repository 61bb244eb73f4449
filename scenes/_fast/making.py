"""Less work to make mobjects: what most of them have, one colour and no parts, is asked for most often."""

from __future__ import annotations

from types import NoneType
from typing import Any

import numpy as np
from manim import BLACK, ManimColor, Mobject, VMobject
from manim.utils.iterables import remove_list_redundancies

_STOCK_FAMILY: Any = Mobject.get_family
_STOCK_RGBAS: Any = VMobject.generate_rgbas_array
_NUMBERS = frozenset({NoneType, int, float, np.float64})


def quick_making(on: bool) -> None:
    """Collect families by `_family` and make colours by `_rgbas`, or again as manim does."""
    setattr(Mobject, "get_family", _family if on else _STOCK_FAMILY)  # noqa: B010
    setattr(VMobject, "generate_rgbas_array", _rgbas if on else _STOCK_RGBAS)  # noqa: B010


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
