"""Which numbers stand at an axis: a few round ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

_ROUND = (1, 2, 5, 10)
"""Steps between ticks, times a power of ten (Heckbert, Nice Numbers for Graph Labels, in Graphics Gems, 1990)."""


@dataclass(frozen=True)
class Axis:
    """The numbers from `low` to `high`, with labelled ticks at some of them, in their order.

    Raises ValueError unless low is below high and all ticks lie between them.
    """

    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"an axis goes from {self.low:g} to {self.high:g}; expected the first to be smaller")
        beyond = [tick for tick in self.ticks if not self.low <= tick <= self.high]
        if beyond:
            raise ValueError(f"a tick at {beyond[0]:g} is outside of its axis from {self.low:g} to {self.high:g}")

    @property
    def span(self) -> float:
        """How far it goes."""
        return self.high - self.low

    def share(self, value: float) -> float:
        """Where a number stands: 0 at the low end, 1 at the high end.

        >>> Axis(-10, 30).share(0)
        0.25
        """
        return (value - self.low) / self.span


def axis_over(values: Iterable[float], most: int = 5, margin: float = 0.0) -> Axis:
    """An axis over some numbers and 0, with at most so many ticks, which are round; 0 is one of them.

    `margin` is room beyond the numbers at each end that is not 0, in parts of the span. Where all numbers are 0 it
    goes from −1 to 1.

    >>> axis_over([12, 14, 21, -26])
    Axis(low=-26.0, high=21.0, ticks=(-20.0, -10.0, 0.0, 10.0, 20.0))
    >>> axis_over([0.5], margin=0.1), axis_over([0], most=3).ticks
    (Axis(low=0, high=0.55, ticks=(0.0, 0.2, 0.4)), (-1.0, 0.0, 1.0))
    """
    given = [0, *values]
    low, high = min(given), max(given)
    if low == high:
        low, high = -1, 1
    room = margin * (high - low)
    low, high = low - (room if low else 0), high + (room if high else 0)
    return Axis(low, high, ticks_between(low, high, most))


def ticks_between(low: float, high: float, most: int) -> tuple[float, ...]:
    """All multiples of a round step that lie between two numbers: the smallest step that gives at most so many.

    >>> ticks_between(0, 1, 5), ticks_between(0, 1, 6)
    ((0.0, 0.5, 1.0), (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    """
    power = math.floor(math.log10((high - low) / most)) - 1
    steps = (Fraction(factor) * Fraction(10) ** (power + up) for up in range(4) for factor in _ROUND[:3])
    for step in steps:
        first, last = math.ceil(Fraction(low) / step), math.floor(Fraction(high) / step)
        if last - first + 1 <= most:
            return tuple(float(k * step) for k in range(first, last + 1))
    raise AssertionError("a step a thousand times as long as needed leaves few ticks")
