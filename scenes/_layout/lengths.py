"""Lengths in a picture: so many cells of a size that is to be found, and so much that is fixed.

All lengths are convex in the sizes, and none falls when a size grows. So a picture is a list of inequalities, and its
sizes can be found exactly, by a few divisions (`filling`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Form(NamedTuple):
    """A linear length: what is fixed, and how many of each size."""

    fixed: float
    per: Mapping[Size, float]

    def at(self, sizes: Mapping[Size, float]) -> float:
        """How long it is when the sizes are these."""
        return self.fixed + sum(many * sizes[size] for size, many in self.per.items())

    def covers(self, other: Form) -> bool:
        """Whether it is at least as long as another one, whatever the sizes are."""
        return self.fixed >= other.fixed and all(self.per.get(s, 0.0) >= many for s, many in other.per.items())


class _Sums:
    """What lengths and sizes have in common: they can be added and multiplied."""

    @property
    def forms(self) -> tuple[Form, ...]:
        """The length is the longest of these."""
        raise NotImplementedError

    def __add__(self, other: Measure) -> Length:
        """One behind the other."""
        one, two = self.forms, as_length(other).forms
        sums = [_plus(a, b) for a in one for b in two]
        # Where one of them has a single form, no sum covers another one.
        return Length(tuple(sums) if len(one) == 1 or len(two) == 1 else _longest_of(sums))

    def __mul__(self, times: float) -> Length:
        """So many of them."""
        if not (math.isfinite(times) and times >= 0):
            raise ValueError(f"a length is taken {times} times; expected a number that is not negative")
        return Length(tuple(Form(f.fixed * times, {s: k * times for s, k in f.per.items()}) for f in self.forms))

    __radd__ = __add__
    __rmul__ = __mul__


@dataclass(frozen=True, eq=False)
class Size(_Sums):
    """A size that the solver finds, such as the side of an image's cells: at least `least`, at most `most`.

    Blocks that are measured in the same size are tied: their cells are equally large. `3 * cell + 0.2` is a length.

    Raises ValueError when there is no size between the two.
    """

    name: str
    least: float = 0.0
    most: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most < math.inf:
            raise ValueError(f"size {self.name!r} is at least {self.least} and at most {self.most}; there is none such")

    @property
    def forms(self) -> tuple[Form, ...]:
        """One of it."""
        return (Form(0.0, {self: 1.0}),)


@dataclass(frozen=True)
class Length(_Sums):
    """The longest of some linear forms. Written as sums and multiples of sizes, or by `longest`."""

    parts: tuple[Form, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The length is the longest of these."""
        return self.parts

    def at(self, sizes: Mapping[Size, float]) -> float:
        """How long it is when the sizes are these."""
        return max(form.at(sizes) for form in self.parts)


Measure = float | Size | Length
"""How long something is: a number of the scene's units, a size, or a sum of multiples of such."""


def as_length(measure: Measure) -> Length:
    """A measure as a length; raises ValueError for a negative or infinite number.

    >>> cell = Size("cell", most=2.0)
    >>> as_length(3 * cell + 0.2).at({cell: 0.5})
    1.7
    """
    if isinstance(measure, Length):
        return measure
    if isinstance(measure, Size):
        return Length(measure.forms)
    if not (math.isfinite(measure) and measure >= 0):
        raise ValueError(f"a length is {measure}; expected a number that is not negative")
    return Length((Form(float(measure), {}),))


def longest(*measures: Measure) -> Length:
    """The longest of some lengths, such as a cell that must have room for its text.

    >>> cell = Size("cell", most=2.0)
    >>> boxes = 4 * longest(cell, 0.7)
    >>> boxes.at({cell: 0.5}), boxes.at({cell: 1.5})
    (2.8, 6.0)
    """
    return Length(_longest_of(form for measure in measures for form in as_length(measure).forms))


def total(measures: Iterable[Measure]) -> Length:
    """The sum of some lengths."""
    whole = as_length(0.0)
    for measure in measures:
        whole = whole + measure
    return whole


class Between(NamedTuple):
    """A length that takes what room is left: at least `least`, at most `most`."""

    least: Length
    most: float


def between(least: Measure, most: float = math.inf) -> Between:
    """A gap, or a block's extent, that takes what room is left when all sizes are found."""
    return Between(as_length(least), most)


def as_between(measure: Measure | Between) -> Between:
    """A measure that takes no more than it needs."""
    return measure if isinstance(measure, Between) else Between(as_length(measure), 0.0)


def _plus(one: Form, other: Form) -> Form:
    if not other.per:
        return Form(one.fixed + other.fixed, one.per)
    per = dict(one.per)
    for size, many in other.per.items():
        per[size] = per.get(size, 0.0) + many
    return Form(one.fixed + other.fixed, per)


def _longest_of(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Without those that are never the longest, in their order."""
    kept: list[Form] = []
    for form in forms:
        if not any(other.covers(form) for other in kept):
            kept = [other for other in kept if not form.covers(other)]
            kept.append(form)
    return tuple(kept)
