"""What a transform moves by one sum is what manim moves piece by piece, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    BLUE,
    RED,
    RIGHT,
    UP,
    Animation,
    Circle,
    FadeIn,
    FadeOut,
    ImageMobject,
    Mobject,
    Rotate,
    Square,
    Star,
    Transform,
    VGroup,
    VMobject,
    there_and_back,
)

from scenes._fast.animations import keep_families
from scenes._fast.moves import Move

ALPHAS = (0.0, 0.1, 1 / 3, 0.5, 0.77, 1.0)
LOOK = (
    "points",
    "fill_rgbas",
    "stroke_rgbas",
    "background_stroke_rgbas",
    "sheen_direction",
    "stroke_width",
    "background_stroke_width",
    "sheen_factor",
)


def seen(animation: Animation, quick: bool) -> list[list[Any]]:
    """How all parts look at some moments of an animation."""
    animation.begin()
    if quick:
        keep_families([animation])
        assert isinstance(vars(animation).get("interpolate_mobject"), Move)
    looks = []
    for alpha in ALPHAS:
        animation.interpolate(alpha)
        looks.append([np.array(getattr(part, name)) for part in animation.mobject.get_family() for name in LOOK])
    animation.finish()
    looks.append([np.array(getattr(part, name)) for part in animation.mobject.get_family() for name in LOOK])
    return looks


def same(make: Callable[[], Animation]) -> bool:
    """Whether it looks the same by us as by manim."""
    sides = zip(seen(make(), True), seen(make(), False), strict=True)
    return all(np.array_equal(a, b) for ours, stock in sides for a, b in zip(ours, stock, strict=True))


def group() -> VGroup:
    """Parts of several kinds and colours."""
    gradient = Square().set_fill([RED, BLUE], opacity=[0.2, 0.9]).set_sheen(0.3, UP)
    return VGroup(Square(stroke_width=3), VGroup(Circle(fill_opacity=0.4).shift(RIGHT), gradient), Star())


@pytest.mark.parametrize(
    "make",
    [
        lambda: Transform(group(), group().scale(0.3).set_color(RED).shift(UP)),
        lambda: Transform(Square(), VGroup(Circle(), Star())),
        lambda: FadeIn(VGroup(Square(stroke_width=3), Star()), shift=UP),
        lambda: FadeOut(group()),
        lambda: Transform(group(), group().shift(UP), rate_func=there_and_back),
        lambda: group().animate.scale(2).set_opacity(0.1).build(),
        lambda: Transform(Square(), Circle(), reverse_rate_function=True),
    ],
)
def test_the_same_to_the_last_bit(make: Callable[[], Animation]) -> None:
    assert same(make)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=4),
    st.floats(0.01, 50),
    st.floats(0, 1),
    st.integers(0, 40),
)
def test_the_same_for_any_numbers(corners: list[float], scale: float, opacity: float, width: int) -> None:
    low, high = np.array([*corners[:2], 0]), np.array([*corners[2:], 0])

    def make() -> Animation:
        square = VGroup(Square(fill_opacity=opacity), Square()).shift(low)
        return Transform(square, VGroup(Square(stroke_width=width), Circle()).scale(scale).shift(high))

    assert same(make)


class _Swelling(VMobject):
    def interpolate_color(self, mobject1: VMobject, mobject2: VMobject, alpha: float) -> _Swelling:
        super().interpolate_color(mobject1, mobject2, alpha)
        self.stroke_width = 40 * alpha
        return self


def _updated() -> Mobject:
    return Square().add_updater(lambda square: square.shift(0.01 * UP))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Transform(group(), group(), lag_ratio=0.2),
        lambda: Transform(Square(), Circle(), path_arc=1),
        lambda: Transform(_Swelling(), _Swelling()),
        lambda: Transform(Square(), _updated()),
        lambda: Transform(ImageMobject(np.zeros((2, 2), np.uint8)), ImageMobject(np.ones((2, 2), np.uint8))),
        lambda: Rotate(Square()),
        lambda: Transform(VGroup(), VGroup()),
    ],
)
def test_what_manim_moves_otherwise_is_left_to_it(make: Callable[[], Animation]) -> None:
    animation = make()
    animation.begin()
    keep_families([animation])
    assert "interpolate_mobject" not in vars(animation)
