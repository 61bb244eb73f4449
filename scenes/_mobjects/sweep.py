"""The filter goes over an image: stop by stop, or in a run over many of them."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    Animation,
    FadeIn,
    FadeOut,
    Mobject,
    Transform,
    VGroup,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)

from scenes._mobjects.cells import Cell, Grid, Patch
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.grids import ImageGrid
from scenes._mobjects.motion import Moves, swap
from scenes._mobjects.text import Glyph


def move_labels(image: ImageGrid, old: int | None, new: int | None) -> Moves:
    """Pixels that the filter leaves take their place again; those that it comes to lie on make room."""
    before, after = image.covered(old), image.covered(new)
    moves: Moves = [cell.symbol.animate.centre_on(cell.middle) for cell in before if cell not in after]
    return moves + [cell.symbol.animate.centre_on(image.aside(cell)) for cell in after if cell not in before]


class Slip(Transform):
    """A thing that lies below texts becomes another one. On the way it is a tint alone, or almost: borders would cross
    what it slips under, and symbols would stand on it."""

    _EDGE, _FAINT = 0.1, 0.3
    """On which share of the way, at both ends, they go and come back; and what is left of symbols between."""

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        share = self.rate_func(alpha)
        there = max(0.0, 1 - min(share, 1 - share) / self._EDGE)
        if there == 1:
            return
        for part in cast(VMobject, self.mobject).family_members_with_points():
            if isinstance(part, Glyph):
                part.set_fill(opacity=max(there, self._FAINT), family=False)
            else:
                part.set_stroke(opacity=there, family=False)


def drop_into(results: Grid, result: int, patch: Patch) -> Moves:
    """What the filter covers shrinks into one result."""
    cell, late = results.cells[result], squish_rate_func(smooth, 0.5, 1)
    drops: Moves = [
        FadeOut(
            part[0].copy().set_stroke(width=0),
            target_position=cell.middle,
            scale=0.25,
            rate_func=squish_rate_func(smooth, 0, 0.7),
        )
        for part in patch
    ]
    if results.shaded:
        shading: Any = cell.box.animate(rate_func=late)  # type: ignore[operator]
        return [*drops, shading.set_fill(results.shades[id(cell)])]
    return [*drops, FadeIn(cell.symbol, scale=0.4, rate_func=late)]


class Sweep:
    """The filter going over an image, stop by stop; without `weights` to come from it just appears."""

    def __init__(self, image: ImageGrid, weights: Grid | None) -> None:
        self._image, self._weights = image, weights
        self._stop: int | None = None
        self.patch = Patch([], [], 0)

    def to(self, stop: int, standing: list[Mobject] | None = None, run_time: float = 1.0) -> Moves:
        """Lay the filter on the image, or slide it on. Afterwards `patch` belongs into the scene.

        With what is `standing`, the weights come on planned ways: else they would cross what lies between.
        """
        goal, moves = self._image.patch(stop), move_labels(self._image, self._stop, stop)
        if self._stop is not None and not self._same_filter(stop):
            moves += [FadeOut(self.patch)]
        if self._stop is None or not self._same_filter(stop):
            if standing is None or self._weights is None:
                moves += self._come(stop, goal)
            else:
                moves.append(self._flown(self._weights, stop, goal, standing, run_time))
            self.patch = goal
        else:
            moves.append(Slip(self.patch, goal))
        self._stop = stop
        return moves

    def _come(self, stop: int, goal: Patch) -> Moves:
        """A filter's weights come to lie on the image."""
        if self._weights is None:
            return [FadeIn(goal)]
        # Below the pixels' symbols all the way, so that one sees them being covered. Where there is no room for the
        # weights' symbols they stay behind: nothing of them may turn into a square.
        weights = [self._weights.cells[weight] for weight, _ in self._image.under(stop)]
        return [
            Slip(
                VGroup(*a.copy().submobjects[: len(b.submobjects)]),
                b,
                path_arc=0.5,
                replace_mobject_with_target_in_scene=True,
            )
            for a, b in zip(weights, goal, strict=True)
        ]

    def _flown(self, weights: Grid, stop: int, goal: Patch, standing: list[Mobject], run_time: float) -> Animation:
        """The same on ways among what stands."""
        cells = [weights.cells[weight] for weight, _ in self._image.under(stop)]
        parts = zip(cells, goal, strict=True)
        flights = [Flight(VGroup(*a.submobjects[: len(b.submobjects)]), b, True) for a, b in parts]
        return plan(flights, standing, run_time)

    def _same_filter(self, stop: int) -> bool:
        """Whether the filter that lies on the image is the one for that stop."""
        return self._image.filter_at(self._stop or 0) == self._image.filter_at(stop)

    def start_at(self, stop: int, patch: Patch) -> None:
        """Take over a filter that lies on the image already."""
        self._stop, self.patch = stop, patch

    def on_to(self, stop: int) -> Moves:
        """Slide on along a row of stops, or hop to the next one: on the way back it would cross all of the image."""
        assert self._stop is not None
        rows = [_middle(self._image.under(one))[1] for one in (self._stop, stop)]
        return self.to(stop) if np.isclose(*rows) else self.hop(stop)

    def hop(self, stop: int) -> Moves:
        """The filter leaves its place and is there at the next one: on its way it would cross many numbers."""
        old, self.patch = self.patch, self._image.patch(stop)
        moves = [*swap(old, self.patch), *move_labels(self._image, self._stop, stop)]
        self._stop = stop
        return moves

    def away(self) -> Moves:
        """Take the filter off the image."""
        moves = [FadeOut(self.patch), *move_labels(self._image, self._stop, None)]
        self._stop = None
        return moves

    def drop(self, results: Grid, result: int) -> Moves:
        """What the filter covers shrinks into one result."""
        return drop_into(results, result, self.patch)

    def run(self, stops: range, results: Grid | None = None, frame: VMobject | None = None) -> FastSweep:
        """Many stops in one movement; without `results` the filter only passes over them."""
        self._stop = stops[-1]
        return FastSweep(self._image, self.patch, stops, results, frame)


class FastRun(Animation):
    """The filter runs over many stops; `parts` are what changes with it when it has reached one."""

    def __init__(self, image: ImageGrid, patch: Patch, stops: range, *parts: VMobject) -> None:
        self._image, self._patch, self._stops = image, patch, stops
        self._before, self.reached = stops[0] - 1, stops[0] - 1
        self._places = {stop: _middle(image.under(stop)) for stop in range(self._before, stops[-1] + 1)}
        moved = {id(c): c.symbol for stop in self._places for c in image.covered(stop)}
        self._borders = [part[0].get_stroke_width() for part in patch]
        super().__init__(VGroup(patch, *parts, *moved.values()), introducer=True, rate_func=linear)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand between two stops, or at one; without borders, which would cross what stands there."""
        for part, width in zip(self._patch, self._borders, strict=True):
            part[0].set_stroke(width=width if alpha in (0, 1) else 0)
        progress = alpha * len(self._stops)
        done = min(int(progress), len(self._stops) - 1)
        stop = self._stops[done]
        while self.reached < stop or (alpha == 1 and self.reached < self._stops[-1]):
            self.arrive(self.reached + 1)
        share = smooth(min((progress - done) * 2, 1.0))
        self._patch.move_to(self._places[stop - 1] + share * (self._places[stop] - self._places[stop - 1]))

    def arrive(self, stop: int) -> None:
        """Come to a stop: pixels make room."""
        for cell in self._image.covered(stop - 1):
            cell.symbol.centre_on(cell.middle)
        for cell in self._image.covered(stop):
            cell.symbol.centre_on(self._image.aside(cell))
        self.reached = stop


class FastSweep(FastRun):
    """The filter runs over many stops; every result (if there are any) appears when it has reached its place."""

    def __init__(
        self, image: ImageGrid, patch: Patch, stops: range, results: Grid | None, frame: VMobject | None
    ) -> None:
        self._results, self._frame = results, frame
        shown = [results.cells[stop].symbol for stop in stops] if results and not results.shaded else []
        for glyph in shown:
            glyph.set_opacity(0)
        boxes = [results.cells[stop].box for stop in stops] if results and results.shaded else []
        super().__init__(image, patch, stops, *([frame] if frame else []), *boxes, *shown)

    def arrive(self, stop: int) -> None:
        """Come to a stop: the result is there."""
        super().arrive(stop)
        if self._results is None:
            return
        cell = self._results.cells[stop]
        if self._frame:
            self._frame.move_to(cell.middle)
        if cell.label:
            cell.label.set_opacity(1)
        self._results.shade([cell])


def _middle(under: list[tuple[int, Cell]]) -> np.ndarray:
    return np.asarray(VGroup(*(cell.box for _, cell in under)).get_center())
