"""Things fly to where they become others, round what stands: a scene says what becomes what, and `plan` finds how.

    flights = [Flight(cell, entry, copied=True) for cell, entry in zip(filter.cells, row, strict=True)]
    self.play(plan(flights, self.mobjects, 1.8), FadeIn(sign), run_time=1.8)

For each flight ways are tried (straight, arcs, lanes between rows and columns), for all of them orders (as given, the
nearest first, the foremost first, from the end) and delays. What strikes least is taken, counted in text-seconds as
tests/scenes/motion.py does, with boxes instead of outlines. Where a shape would hide a text it is faint: a cell leaves
its square behind, as it were, and finds it again. What still cannot pass fades, and grows at its goal. Of equal plans
the first one is taken: nothing is left to chance.

What a scene does besides: let source and goal light up before anything flies, and keep to two flights at once where
they are to be followed (`in_order`, and time enough). Afterwards the goals stand in the scene, sources that were not
copied are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, FadeOut, Mobject, VMobject, smooth, squish_rate_func

from scenes._mobjects.flight_sky import Choice, Course, Flight, Sky, Times
from scenes._mobjects.flight_ways import bent
from scenes._mobjects.motion import LATE, Fly
from scenes._mobjects.text import Glyph
from scenes._words.piece import Key

__all__ = ["Flight", "Planned", "gather", "plan"]

_SHARES = (0.55, 0.35)
"""How much of the time one flight takes, where they start one after the other."""
_LEAST_FLIGHT = 0.5
"""Then no flight is shorter (s): nobody could follow it."""
_OTHER_ORDER = 0.15
"""Another order than that in which the flights are given, or another delay, must gain so many text-seconds."""


class Planned(AnimationGroup):
    """All flights; `strikes` is what they cost, in text-seconds, and `straight` what straight ones at once would."""

    def __init__(self, animations: Sequence[Animation], run_time: float, strikes: float, straight: float) -> None:
        super().__init__(*animations, run_time=run_time)
        self.strikes, self.straight = strikes, straight


def plan(
    flights: Iterable[Flight | tuple[Any, ...]], standing: Iterable[Mobject], run_time: float, in_order: bool = False
) -> Planned:
    """Plan flights of `run_time` seconds in all, among what stands: `self.mobjects`, or less of them.

    A flight is (source, goal) or (source, goal, copied). `standing` may hold sources and goals; what is not written is
    no hindrance. With `in_order` they start one after the other as given, as long as there is time. Raises ValueError
    without flights or time.
    """
    asked = [Flight(*one) for one in flights]
    if not asked:
        raise ValueError("expected at least one flight; got none")
    if not run_time > 0:
        raise ValueError(f"expected a run time above 0 s; got {run_time:g}")
    sky = Sky(asked, list(standing))
    tried = list(_schedules(sky, run_time, in_order))
    straight = sky.straight(tried[-1], run_time)
    found = [sky.choose(times, run_time) for times in tried]
    # Never worse than straight flights, whatever else speaks for it.
    fair = [one for one in found if one.strikes <= straight + 1e-9] or [sky.choose(tried[-1], run_time, strict=True)]
    best = min(fair, key=lambda one: one.cost + (0.0 if one is found[0] else _OTHER_ORDER))
    return Planned(_animations(asked, best, run_time), run_time, best.strikes, straight)


def gather(
    glyphs: Iterable[Glyph], sources: Mapping[Key | None, VMobject], standing: list[Mobject], run_time: float
) -> list[Animation]:
    """Glyphs of a line come out of what has their key, one after the other; what stands between them appears late."""
    line = [(glyph, sources.get(glyph.key) if glyph.key else None) for glyph in glyphs]
    flights = [Flight(source, glyph, True) for glyph, source in line if source is not None]
    signs = [FadeIn(glyph, rate_func=LATE) for glyph, source in line if source is None]
    return [*([plan(flights, standing, run_time, in_order=True)] if flights else []), *signs]


def _schedules(sky: Sky, run_time: float, in_order: bool) -> Iterator[Times]:
    """The times that are tried, those that are simplest last."""
    count = len(sky.flights)
    orders = sky.orders()[: 1 if in_order else None]
    shares = [share for share in _SHARES if share * run_time >= _LEAST_FLIGHT and count > 1]
    for share in reversed(shares) if in_order else shares:
        for order in orders:
            starts = np.empty(count)
            starts[order] = np.linspace(0, 1 - share, count)
            yield Times(starts, starts + share)
    if not (in_order and shares):
        yield Times(np.zeros(count), np.ones(count))


def _animations(flights: Sequence[Flight], choice: Choice, run_time: float) -> list[Animation]:
    made: list[Animation] = []
    for flight, start, end, course in zip(flights, *choice.times, choice.courses, strict=True):
        if course is None:
            made.append(_grow(flight, float(start), float(end), run_time))
        else:
            made.append(_Flown(flight, course, (float(start), float(end)), run_time))
    return made


class _Flown(Fly):
    """A flight on its course. Its shapes are faint where they would hide a text; a copy's come out of nothing."""

    _FAINT, _RAMP = 0.3, 0.15
    """How opaque they are there, and on which share of the way they become so."""

    def __init__(self, flight: Flight, course: Course, window: tuple[float, float], run_time: float) -> None:
        source, goal, copied = flight
        self._opaque = self._ramps(course.faint, copied) if course.faint else None
        super().__init__(
            source.copy() if copied else source,
            goal,
            copied=copied,
            path_func=bent(course.bend),
            rate_func=squish_rate_func(smooth, *window),
            run_time=run_time,
        )

    def _ramps(self, faint: tuple[float, float], copied: bool) -> tuple[np.ndarray, np.ndarray]:
        """Shares of the way, and how opaque shapes are there."""
        start, end = faint
        if start == 0 and copied:
            return np.array([0, end, end + self._RAMP]), np.array([0, self._FAINT, 1])
        before = min(start, self._RAMP)
        shares = np.array([start - before, start or self._RAMP / 3, end, end + self._RAMP])
        return np.maximum.accumulate(shares), np.array([1, self._FAINT, self._FAINT, 1])

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        share = self.rate_func(alpha)
        if self._opaque is None or not 0 < share < 1:
            return
        mask = np.array([1, 1, 1, np.interp(share, *self._opaque)])
        for part in cast(Mobject, self.mobject).get_family():
            if isinstance(part, VMobject) and not isinstance(part, Glyph):
                part.fill_rgbas = part.fill_rgbas * mask
                part.stroke_rgbas = part.stroke_rgbas * mask


def _grow(flight: Flight, start: float, end: float, run_time: float) -> Animation:
    """What cannot pass fades where it is, and grows at its goal; a copy only grows."""
    middle = start if flight.copied else (start + end) / 2
    grows = FadeIn(flight.goal, scale=0.5, rate_func=squish_rate_func(smooth, middle, end), run_time=run_time)
    if flight.copied:
        return grows
    fades = FadeOut(flight.source, rate_func=squish_rate_func(smooth, start, middle), run_time=run_time)
    return AnimationGroup(fades, grows)
