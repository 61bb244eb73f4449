"""All that flies and all that stands, and which ways of all are the best for given times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

import numpy as np
from manim import Mobject, VMobject, smooth

from scenes._look.frame import frame
from scenes._mobjects.flight_strikes import (
    Mover,
    around,
    boxes,
    covered,
    meet,
    moved,
    mover,
    names_of,
    texts,
    written_over,
)
from scenes._mobjects.flight_ways import STEPS, Bend, straight, ways
from scenes._mobjects.text import Glyph

_MOMENTS = 20
"""So often a flight is looked at, at even times."""
_CANNOT_PASS = 0.3
"""What strikes more than this (text-seconds) on its best way fades instead."""
_OUTSIDE = 10.0
"""A way out of the frame costs so much for each second out there."""
_GHOST = 0.05
"""A second in which shapes must be faint, so as not to cover texts, counts as much as so many text-seconds."""
_BENT, _RANK = 0.01, 0.002
"""A bent way is taken only if it gains this, and one that serves fewer of the flights only if it gains that."""
_JOSTLE = 0.2
"""A second in which two of them fly over each other counts as much as so many text-seconds."""
_CROWD = 80
"""In a larger crowd nobody looks at who flies over whom."""


class Flight(NamedTuple):
    """What becomes what. The source of a `copied` one stays where it is; otherwise it leaves."""

    source: VMobject
    goal: VMobject
    copied: bool = False


class Times(NamedTuple):
    """When each flight starts and ends, in parts of the time."""

    starts: np.ndarray
    ends: np.ndarray


class Course(NamedTuple):
    """The way of a flight; and from which share of it to which its shapes would cover texts, if ever."""

    bend: Bend
    faint: tuple[float, float] | None


class Choice(NamedTuple):
    """Times, with a course for each flight, or None for what fades and grows; what is struck, in text-seconds, and what
    speaks against it in all."""

    times: Times
    courses: list[Course | None]
    strikes: float
    cost: float


@dataclass(frozen=True)
class _View:
    """What there is to one flight: its ways, and which texts it would meet on them."""

    flying: Mover
    shifts: np.ndarray
    """(ways, STEPS, 2)."""
    places: np.ndarray
    """Its whole box: (ways, moments, 4)."""
    met: np.ndarray
    """Which texts these are; the next two are (ways, moments, texts met)."""
    written: np.ndarray
    covered: np.ndarray
    outside: np.ndarray
    """The share of the time out of the frame, for each way, beyond that of the straight one."""


@cache
def _shares() -> np.ndarray:
    """How much of its way is done at the moments at which a flight is looked at."""
    return np.array([smooth(time) for time in _times()])


@cache
def _times() -> np.ndarray:
    """These moments, in parts of its time."""
    return (np.arange(_MOMENTS) + 0.5) / _MOMENTS


class Sky:
    """All that flies and all that stands, and who would strike whom."""

    def __init__(self, flights: Sequence[Flight], standing: Sequence[Mobject]) -> None:
        self.flights = flights
        self._texts: list[Glyph] = []
        leaves: list[int] = []
        comes: list[int] = []
        for text, leaving, coming in _standing(flights, standing):
            self._texts.append(text)
            leaves.append(leaving)
            comes.append(coming)
        self._leaves, self._comes = np.array(leaves, dtype=int), np.array(comes, dtype=int)
        """With which flight a text leaves or comes, or −1."""
        self._boxes = boxes(self._texts)
        self._views = [self._look(flight) for flight in flights]
        self._against = self._preferences()

    def _look(self, flight: Flight) -> _View:
        """See what a flight would meet: on all ways, unless the straight one is free."""
        flying = mover(flight.source, flight.goal)
        others = np.array([not names_of(text) & flying.stands_for for text in self._texts], dtype=bool)
        left = [] if flight.copied else flight.source.get_family()
        own = set(map(id, (*left, *flight.goal.get_family())))
        mine = np.array([id(text) in own for text in self._texts], dtype=bool)
        view = self._on(flying, straight(), others, mine)
        if not len(view.met):
            return view
        start, goal = ((end[:2] + end[2:]) / 2 for end in flying.whole)
        return self._on(flying, ways(start, goal, self._boxes[~mine]), others, mine)

    def _on(self, flying: Mover, shifts: np.ndarray, others: np.ndarray, mine: np.ndarray) -> _View:
        at = _shares() * (STEPS - 1)
        before = np.minimum(at.astype(int), STEPS - 2)
        here = shifts[:, before] + (at - before)[:, None] * (shifts[:, before + 1] - shifts[:, before])
        places = moved(flying.whole, _shares(), here)
        wide, tall = meet(around(places.reshape(-1, 4)), self._boxes)
        near = np.flatnonzero((wide > 0) & (tall > 0) & ~mine)
        written = written_over(flying, _shares(), here, self._boxes[near], others[near])
        over = covered(flying, _shares(), here, self._boxes[near])
        struck = (written | over).any((0, 1))
        met, written, over = near[struck], written[..., struck], over[..., struck]
        safe = np.array([frame().safe_x, frame().safe_y]) + 0.01
        out = ((places[..., :2] < -safe) | (places[..., 2:] > safe)).any(-1).mean(-1)
        return _View(flying, shifts, places, met, written, over, (out - out[0]).clip(0))

    def _preferences(self) -> np.ndarray:
        """What speaks against each way besides: nothing against the straight one, and of the others least against those
        that serve most flights."""
        struck = [view.written.sum((1, 2)) for view in self._views if len(view.shifts) > 1]
        if not struck:
            return np.zeros(1)
        ranks = np.argsort(np.argsort(np.sum(struck, axis=0)[1:], kind="stable"), kind="stable")
        return np.append(0.0, _BENT + _RANK * ranks)

    def orders(self) -> list[np.ndarray]:
        """The orders that are tried: as given, the nearest first, the foremost first, and as given from the end."""
        ends = np.array([[(end[:2] + end[2:]) / 2 for end in view.flying.whole] for view in self._views])
        along = ends[:, 1] - ends[:, 0]
        given = np.arange(len(ends))
        nearest = np.argsort(np.linalg.norm(along, axis=1), kind="stable")
        foremost = np.argsort(-(ends[:, 0] @ along.mean(0)), kind="stable")
        return [given, nearest, foremost, given[::-1]]

    def straight(self, times: Times, run_time: float) -> float:
        """What straight flights strike, with shapes that hide what they cover, in text-seconds."""
        total = 0.0
        for k, view in enumerate(self._views):
            struck = (view.written[0] | view.covered[0]) & self._stands(k, times)
            total += float(struck.sum()) * self._moment(k, times, run_time)
        return total

    def _stands(self, k: int, times: Times) -> np.ndarray:
        """Which of the texts that a flight may meet are there: (moments, texts met)."""
        at = (times.starts[k] + _times() * (times.ends[k] - times.starts[k]))[:, None]
        leaves, comes = self._leaves[self._views[k].met], self._comes[self._views[k].met]
        return np.asarray(((leaves < 0) | (at < times.starts[leaves])) & ((comes < 0) | (at > times.ends[comes])))

    @staticmethod
    def _moment(k: int, times: Times, run_time: float) -> float:
        return float(times.ends[k] - times.starts[k]) * run_time / _MOMENTS

    def choose(self, times: Times, run_time: float, strict: bool = False) -> Choice:
        """Give each flight the best way, one after the other as they start; if `strict`, nothing but strikes counts."""
        courses: list[Course | None] = [None] * len(self.flights)
        flown: list[tuple[int, np.ndarray]] = []
        strikes = cost = 0.0
        for k in np.argsort(times.starts, kind="stable").tolist():
            view, stands, moment = self._views[k], self._stands(k, times), self._moment(k, times, run_time)
            struck = (view.written & stands).sum((1, 2)) * moment
            hiding = (view.covered & stands).any(-1)
            total = struck + _GHOST * moment * hiding.sum(-1) + self._against[: len(struck)]
            total += _OUTSIDE * moment * _MOMENTS * view.outside
            total += _JOSTLE * moment * self._jostling(k, flown, times)
            best = int(np.argmin(struck if strict else total))
            if struck[best] > _CANNOT_PASS:
                cost += _CANNOT_PASS
                continue
            courses[k] = Course(view.shifts[best], _faint(hiding[best]))
            strikes += float(struck[best])
            cost += float(total[best])
            if len(self.flights) <= _CROWD:
                flown.append((k, view.places[best]))
        return Choice(times, courses, strikes, cost)

    def _jostling(self, k: int, flown: list[tuple[int, np.ndarray]], times: Times) -> np.ndarray | float:
        """In how many moments a flight is over one that has started before, for each way."""
        if not flown:
            return 0.0
        at = times.starts[k] + _times() * (times.ends[k] - times.starts[k])
        earlier = np.array([j for j, _ in flown])
        local = (at - times.starts[earlier, None]) / (times.ends - times.starts)[earlier, None]
        flies = (local > 0) & (local < 1)
        moment = np.clip((local * _MOMENTS).astype(int), 0, _MOMENTS - 1)
        others = np.array([places for _, places in flown])[np.arange(len(earlier))[:, None], moment]
        wide, tall = meet(self._views[k].places[:, None], others)
        return np.asarray(((wide > 0) & (tall > 0) & flies).sum((1, 2)))


def _standing(flights: Sequence[Flight], standing: Sequence[Mobject]) -> list[tuple[Glyph, int, int]]:
    """All texts, each with the flight with which it leaves, and that with which it comes; −1 where there is none."""
    found: dict[int, tuple[Glyph, int, int]] = {}
    for k, flight in enumerate(flights):
        found.update((id(text), (text, -1, k)) for text in texts([flight.goal]))
        if not flight.copied:
            found.update((id(text), (text, k, -1)) for text in texts([flight.source]))
    stay = [*standing, *(cast(Mobject, flight.source) for flight in flights if flight.copied)]
    for text in texts(stay):
        found.setdefault(id(text), (text, -1, -1))
    return list(found.values())


def _faint(hiding: np.ndarray) -> tuple[float, float] | None:
    """From which share of the way to which something would be hidden."""
    at = np.flatnonzero(hiding)
    if not len(at):
        return None
    edges = np.concatenate([[0.0], (_shares()[:-1] + _shares()[1:]) / 2, [1.0]])
    return float(edges[at[0]]), float(edges[at[-1] + 1])
