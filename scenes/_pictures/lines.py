"""Which results have a line where not all do, and where dots stand for the others."""

from __future__ import annotations

from collections.abc import Sequence

from cnnmath import Convolution

MOST_LINES, FEW_LINES = 9, 5
"""Up to so many results all have a line; of more, so many: the first ones, and the last one below dots."""
END_DOTS = 0.75
"""How much of a line's room dots above the first line and below the last one take."""


def shown_results(results: int, slots: int = MOST_LINES) -> list[int]:
    """Which results have a line: all of few, of many the first ones and the last one, below dots.

    >>> shown_results(4), shown_results(36), shown_results(9, slots=4)
    ([0, 1, 2, 3], [0, 1, 2, 3, 35], [0, 1, 8])
    """
    if results <= min(slots, MOST_LINES):
        return list(range(results))
    few = max(2, min(FEW_LINES, slots - 1))
    return [*range(few - 1), results - 1]


def told_results(conv: Convolution, slots: int = MOST_LINES) -> list[int]:
    """The same, but of an image that begins with darkness, where all products are 0, results that tell more.

    >>> dark = Convolution([[0.0] * 4] * 3 + [[0, 0, 5, 7]] * 9, kernel=[[1, 2], [3, 4]])
    >>> told_results(dark)
    [11, 12, 13, 14, 32]
    """
    results = shown_results(conv.counts.results, slots)
    if len(results) == conv.counts.results or _telling(conv, 0):
        return results
    run, last = len(results) - 1, results[-1]
    telling = [_telling(conv, result) for result in range(conv.positions)]
    best = [sum(telling[start : start + run]) for start in range(conv.positions - run)]
    if not any(best):
        return results
    start = best.index(max(best))
    if not _telling(conv, last):
        later = range(last, start + run - 1, -1)
        last = max(later, key=lambda result: _telling(conv, result))
    return [*range(start, start + run), last]


def _telling(conv: Convolution, result: int) -> int:
    """How many different products make a result, other than 0."""
    return len({*conv.products(result).round(6).tolist()} - {0.0})


def line_slots(results: Sequence[int], count: int) -> list[tuple[int | None, float]]:
    """What stands below each other, and how many lines' room it takes: the places of lines, and None for dots.

    >>> line_slots([4, 5, 8], 9), line_slots([0, 1, 8], 10)[-2:]
    ([(None, 0.75), (0, 1.0), (1, 1.0), (None, 1.0), (2, 1.0)], [(2, 1.0), (None, 0.75)])
    """
    slots: list[tuple[int | None, float]] = [(None, END_DOTS)] if results[0] > 0 else []
    for place, result in enumerate(results):
        slots += [(None, 1.0)] if place and result > results[place - 1] + 1 else []
        slots.append((place, 1.0))
    return [*slots, *([(None, END_DOTS)] if results[-1] < count - 1 else [])]
