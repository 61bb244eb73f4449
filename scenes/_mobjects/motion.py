"""How things turn into things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    ReplacementTransform,
    VMobject,
    smooth,
    squish_rate_func,
)

FLIGHT, DIVE = 10, -20
"""What is added to the z_index of what flies in front of everything, or passes behind it."""

Rate = Callable[[float], float]
FIRST_HALF: Rate = squish_rate_func(smooth, 0, 0.5)
SECOND_HALF: Rate = squish_rate_func(smooth, 0.5, 1)
LATE: Rate = squish_rate_func(smooth, 0.8, 1)
SOON: Rate = squish_rate_func(smooth, 0, 0.2)


Moves = list[Any]
"""Animations, and `mobject.animate` chains, which manim does not type as such."""


def swap(old: Mobject | None, new: Mobject | None, shift: Any = 0) -> list[Animation]:
    """The old one leaves, then the new one comes: two texts never stand on each other."""
    leaving = [FadeOut(old, shift=shift, rate_func=FIRST_HALF)] if old is not None else []
    return [*leaving, *([FadeIn(new, shift=shift, rate_func=SECOND_HALF)] if new is not None else [])]


class Fly(ReplacementTransform):
    """A thing becomes another one, in front of everything that stands.

    It rises only when it starts: before, it lies exactly on its source, however long it waits for its turn.
    """

    def __init__(
        self, mobject: Mobject, goal: Mobject, lift: float = FLIGHT, copied: bool = False, **kwargs: Any
    ) -> None:
        """Take what becomes and what it becomes. A negative `lift` dives below; what is `copied` waits unseen."""
        self._lift, self._copied = lift, copied
        self._heights: list[tuple[Any, float]] = []
        super().__init__(mobject, goal, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        # Not before: the first call comes when both families have been given equally many parts.
        self._heights = self._heights or [(part, part.z_index) for part in cast(Mobject, self.mobject).get_family()]
        share = self.rate_func(alpha)
        lift = self._lift if 0 < share < 1 else 0
        if self._copied and share == 0:
            # Two equal glyphs on each other would look bolder than one.
            cast(VMobject, self.mobject).set_opacity(0)
        for part, height in self._heights:
            part.z_index = height + lift


def fly(source: Mobject, goal: Mobject, **kwargs: Any) -> Animation:
    """A copy of `source` becomes `goal`; the source stays."""
    return Fly(source.copy(), goal, copied=True, **kwargs)


class Hop(Animation):
    """An outline lifts off, and comes down as another one: on its way it is too faint to cross what it passes."""

    _AWAY = 0.12
    """How faint it is on its way."""
    _LIFT = 0.12
    """How much larger it is there."""

    def __init__(self, mobject: VMobject, goal: VMobject, **kwargs: Any) -> None:
        self._goal = goal.copy()
        super().__init__(mobject, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        away = min(1.0, 4 * min(alpha, 1 - alpha))
        outline, start = cast(VMobject, self.mobject), cast(VMobject, self.starting_mobject)
        outline.points = (1 - share) * start.points + share * self._goal.points
        outline.scale(1 + self._LIFT * away).set_stroke(opacity=1 - (1 - self._AWAY) * away)


_SHUT = 1e-3
"""How wide a thing is at least: manim cannot open what has no width."""


class _Fold(Animation):
    """Fold a flat thing about its upright middle axis, shut or open."""

    def __init__(self, mobject: VMobject, opening: bool, **kwargs: Any) -> None:
        self._opening = opening
        super().__init__(mobject, introducer=opening, remover=not opening, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        width = max(share if self._opening else 1 - share, _SHUT)
        # A hair of what waits for its turn would stand in the middle of what it will take the place of.
        seen = np.array([1, 1, 1, float(width > _SHUT)])
        for part, start in zip(
            self.mobject.family_members_with_points(),
            self.starting_mobject.family_members_with_points(),
            strict=True,
        ):
            points = start.points.copy()
            middle = self.starting_mobject.get_center()[0]
            points[:, 0] = middle + (points[:, 0] - middle) * width
            part.points = points
            if isinstance(part, VMobject) and isinstance(start, VMobject):
                part.fill_rgbas, part.stroke_rgbas = start.fill_rgbas * seen, start.stroke_rgbas * seen


def shrink_to(part: VMobject, point: np.ndarray, scale: float = 0.4) -> Animation:
    """A thing moves into a point and is gone."""
    return FadeOut(part, target_position=point, scale=scale)


def grow_from(part: VMobject, point: np.ndarray, scale: float = 0.4) -> Animation:
    """A thing comes out of a point, soon enough to meet what leaves it in the first half."""
    return FadeIn(part, target_position=point, scale=scale, rate_func=squish_rate_func(smooth, 0.25, 1))


def turn_over(old: VMobject, new: VMobject) -> AnimationGroup:
    """Like a card: the old face folds shut, the new one opens in its place."""
    return AnimationGroup(
        _Fold(old, opening=False, rate_func=FIRST_HALF),
        _Fold(new, opening=True, rate_func=SECOND_HALF),
    )
