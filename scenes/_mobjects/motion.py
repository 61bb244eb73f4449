"""How things turn into things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    ReplacementTransform,
    Scene,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)

FLIGHT = 10
"""How much z_index is added to what flies."""

Rate = Callable[[float], float]
FIRST_HALF: Rate = squish_rate_func(smooth, 0, 0.5)
SECOND_HALF: Rate = squish_rate_func(smooth, 0.5, 1)


def swap(old: Mobject | None, new: Mobject | None, shift: Any = 0) -> list[Animation]:
    """The old one leaves, then the new one comes: two texts never stand on each other."""
    leaving = [FadeOut(old, shift=shift, rate_func=FIRST_HALF)] if old is not None else []
    return [*leaving, *([FadeIn(new, shift=shift, rate_func=SECOND_HALF)] if new is not None else [])]


class Fly(ReplacementTransform):
    """A thing becomes another one, in front of everything that stands.

    It rises only when it starts: before, it lies exactly on its source, however long it waits for its turn.
    """

    def __init__(self, mobject: Mobject, goal: Mobject, **kwargs: Any) -> None:
        self._heights: list[tuple[Mobject, float]] = []
        super().__init__(mobject, goal, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        # Not before: the first call comes when both families have been given equally many parts.
        self._heights = self._heights or [(part, part.z_index) for part in self.mobject.get_family()]
        lift = FLIGHT if 0 < self.rate_func(alpha) < 1 else 0
        for part, height in self._heights:
            part.z_index = height + lift


def fly(source: Mobject, goal: Mobject, **kwargs: Any) -> Animation:
    """A copy of `source` becomes `goal`; the source stays."""
    return Fly(source.copy(), goal, **kwargs)


class _Fold(Animation):
    """Fold a flat thing about its upright middle axis, shut or open."""

    def __init__(self, mobject: VMobject, opening: bool, **kwargs: Any) -> None:
        self._opening = opening
        super().__init__(mobject, introducer=opening, remover=not opening, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        width = max(share if self._opening else 1 - share, 1e-3)
        for part, start in zip(
            self.mobject.family_members_with_points(),
            self.starting_mobject.family_members_with_points(),
            strict=True,
        ):
            points = start.points.copy()
            middle = self.starting_mobject.get_center()[0]
            points[:, 0] = middle + (points[:, 0] - middle) * width
            part.points = points


def shrink_to(part: VMobject, point: np.ndarray, scale: float = 0.4) -> Animation:
    """A thing moves into a point and is gone."""
    return FadeOut(part, target_position=point, scale=scale)


def grow_from(part: VMobject, point: np.ndarray, scale: float = 0.4) -> Animation:
    """A thing comes out of a point."""
    return FadeIn(part, target_position=point, scale=scale, rate_func=SECOND_HALF)


def turn_over(old: VMobject, new: VMobject) -> AnimationGroup:
    """Like a card: the old face folds shut, the new one opens in its place."""
    return AnimationGroup(
        _Fold(old, opening=False, rate_func=FIRST_HALF),
        _Fold(new, opening=True, rate_func=SECOND_HALF),
    )


RIDE: Rate = squish_rate_func(smooth, 0.3, 1)
"""How a symbol moves that rides on its entry while it becomes an edge: only when the square has thinned."""


def bar(start: np.ndarray, end: np.ndarray, thickness: float) -> np.ndarray:
    """The four corners of a bar from `start` to `end`."""
    along = end - start
    across = np.array([-along[1], along[0], 0.0]) / np.linalg.norm(along) * thickness / 2
    return np.array([start + across, end + across, end - across, start - across])


class BecomeEdge(Animation):
    """A matrix entry becomes its edge: it thins into a bar, then the bar turns and stretches into place.

    `box` is the entry's square and is taken away in the end; `edge` is a bar with `start_point`, `end_point` and
    `thickness`, and stays.
    """

    _THIN = 0.3
    """The share of the time in which the square thins."""
    _LANDING = 0.55
    """The share of its way after which the bar passes behind the nodes."""

    def __init__(self, box: VMobject, edge: VMobject, **kwargs: Any) -> None:
        self._middle, self._side = np.array(box.get_center()), float(box.width)
        self._box_fill, self._box_line = box.get_fill_color(), box.get_stroke_color()
        self._goal = edge.copy()
        start, end = edge.start_point, edge.end_point
        self._goal_middle, self._along = (start + end) / 2, end - start
        self._length = float(np.linalg.norm(self._along))
        self._angle = float(np.arctan2(self._along[1], self._along[0]))
        self._thickness = edge.thickness
        self._box = box
        super().__init__(edge, introducer=True, rate_func=linear, **kwargs)

    def _setup_scene(self, scene: Scene) -> None:
        scene.remove(self._box)
        super()._setup_scene(scene)

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        thinned = smooth(min(share / self._THIN, 1.0))
        moved = smooth(max(share - self._THIN, 0.0) / (1 - self._THIN))
        thickness = self._side + (self._thickness - self._side) * thinned
        length = self._side + (self._length - self._side) * moved
        middle = self._middle + (self._goal_middle - self._middle) * moved
        angle = self._angle * moved
        half = length / 2 * np.array([np.cos(angle), np.sin(angle), 0.0])
        corners = bar(middle - half, middle + half, thickness)
        self.mobject.set_points_as_corners([*corners, corners[0]])
        self.mobject.set_fill(self._box_fill.interpolate(self._goal.get_fill_color(), thinned), opacity=1)
        self.mobject.set_stroke(self._box_line, width=2 * (1 - thinned))
        waiting, landing = share == 0, moved >= self._LANDING
        self.mobject.z_index = self._box.z_index if waiting else self._goal.z_index if landing else FLIGHT
        if share == 1:
            self.mobject.points = self._goal.points.copy()


class GrowEdge(Animation):
    """An edge grows from its pixel's node to its result's node, as thick all the way as in the end."""

    def __init__(self, edge: VMobject, **kwargs: Any) -> None:
        super().__init__(edge, introducer=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        edge = self.mobject
        reach = edge.start_point + max(self.rate_func(alpha), 1e-3) * (edge.end_point - edge.start_point)
        corners = bar(edge.start_point, reach, edge.thickness)
        edge.set_points_as_corners([*corners, corners[0]])


class ShrinkEdge(GrowEdge):
    """An edge draws back into its pixel's node and is gone."""

    def __init__(self, edge: VMobject, **kwargs: Any) -> None:
        Animation.__init__(self, edge, remover=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        edge = self.mobject
        reach = edge.end_point + min(self.rate_func(alpha), 1 - 1e-3) * (edge.start_point - edge.end_point)
        corners = bar(edge.start_point, reach, edge.thickness)
        edge.set_points_as_corners([*corners, corners[0]])
