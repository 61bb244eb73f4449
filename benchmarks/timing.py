"""Timing calls that take turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping

Call = Callable[[], object]

RUNS = 31

_REST = 0.05
"""Seconds between runs. The threads of a matrix product wait busily for a while, which would slow the other side."""


def ready(call: Call) -> Callable[[], Call]:
    """Wrap a call that has nothing to make anew before each run."""
    return lambda: call


def timed(sides: Mapping[str, Callable[[], Call]], runs: int = RUNS, calls: int = 1) -> dict[str, list[float]]:
    """Time several runs of each side, in seconds a call, after one run of each that is not counted.

    A side makes the call that is timed, anew for each run and outside the time: `ready` is for what needs no making.
    The sides take turns. A run is `calls` calls in a row, for what is too short to be timed once.
    """
    return in_turns({name: run_of(make, calls) for name, make in sides.items()}, runs)


def in_turns(sides: Mapping[str, Callable[[], float]], runs: int = RUNS) -> dict[str, list[float]]:
    """Let sides that time themselves take turns: each is a function that does one run and gives its seconds a call.

    The first run of each is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for turn in range(1 + runs):
        first = turn % len(names)
        # Another one begins each time: what one side leaves behind, in caches and in freed memory, meets every other.
        for name in names[first:] + names[:first]:
            time.sleep(_REST)
            seconds[name].append(sides[name]())
    return {name: counted for name, (_, *counted) in seconds.items()}


def run_of(make: Callable[[], Call], calls: int = 1) -> Callable[[], float]:
    """Give a side of `in_turns` that makes a call and times it, as `timed` says."""
    return lambda: _once(make(), calls)


def _once(call: Call, calls: int) -> float:
    """Time one run, with the garbage collected before it and not during it."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    # A busy machine interrupts first who has just worked; a peer in a process of its own has rested.
    time.sleep(_REST)
    try:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        return (time.perf_counter() - start) / calls
    finally:
        if was_on:
            gc.enable()
