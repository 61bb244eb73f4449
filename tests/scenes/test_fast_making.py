"""Mobjects that are made with less work are those that manim makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    DL,
    ORIGIN,
    UP,
    UR,
    Circle,
    DashedVMobject,
    Dot,
    ManimColor,
    Mobject,
    Square,
    VGroup,
    VMobject,
    config,
)

from scenes._fast.making import quick_making

shared = Square()
MADE: dict[str, Callable[[], Mobject]] = {
    "empty": VMobject,
    "a plain one": Mobject,
    "square": lambda: Square(fill_color=ManimColor("#123456"), fill_opacity=0.3),
    "group": lambda: VGroup(Square(), VGroup(Circle().shift(UP), Dot()), Square().shift(UR)),
    "the same part twice": lambda: VGroup(VGroup(shared), VGroup(shared)),
    "dashes": lambda: DashedVMobject(Circle(), num_dashes=7),
    "two colours": lambda: Square().set_fill([BLUE, "#ff0000"], opacity=[0.2, 0.4]),
    "sheen": lambda: Square(fill_opacity=1).set_sheen(0.4, UP),
    "one point": lambda: VMobject().set_points(np.array([[1.0, 2.0, 0.0]])),
    "an open path": lambda: VMobject().set_points(np.arange(15.0).reshape(5, 3)),
}


@pytest.fixture(autouse=True)
def stock_afterwards() -> Iterator[None]:
    """Other tests take what their scenes turn on."""
    yield
    quick_making(False)


def seen(mobject: Mobject) -> list[Any]:
    """All that is made otherwise: family, colours, bounds."""
    family = mobject.get_family()
    family = mobject.get_family()
    names = [type(part).__name__ for part in family]
    colours = [part.generate_rgbas_array(c, o) for part in family[:1] if isinstance(part, VMobject) for c, o in COLOURS]
    own = [getattr(part, name, None) for part in family for name in ("fill_rgbas", "stroke_rgbas")]
    bounds = [mobject.get_critical_point(direction) for direction in (ORIGIN, UP, DL)]
    return [names, *colours, *own, *bounds, _boundary(mobject)]


COLOURS = [(None, None), (BLUE, 0.5), (BLUE, None), ("#00ff00", 1), ([BLUE, "#ff0000"], 0.5), (BLUE, np.float64(0.25))]


def _boundary(mobject: Mobject) -> Any:
    try:
        return mobject.get_points_defining_boundary()
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("what", MADE)
def test_made_and_placed_as_by_manim(what: str) -> None:
    assert config.renderer.value == "cairo"

    def all_seen() -> list[Any]:
        try:
            return seen(MADE[what]())
        except ValueError as error:
            return [str(error)]

    quick_making(False)
    expected = all_seen()
    quick_making(True)
    got = all_seen()
    assert len(got) == len(expected)
    for one, other in zip(got, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_circle_of_parts_ends() -> None:
    quick_making(True)
    one, other = VGroup(), VGroup()
    one.submobjects, other.submobjects = [other], [one]
    assert one.get_family() == [one, other]
