"""Timing calls that take turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping

Call = Callable[[], object]

RUNS = 15


def ready(call: Call) -> Callable[[], Call]:
    """Wrap a call that has nothing to make anew before each run."""
    return lambda: call


def timed(sides: Mapping[str, Callable[[], Call]], runs: int = RUNS, calls: int = 1) -> dict[str, list[float]]:
    """Time several runs of each side, in seconds a call, after one run of each that is not counted.

    A side makes the call that is timed, anew for each run and outside the time: `ready` is for what needs no making.
    The sides take turns. A run is `calls` calls in a row, for what is too short to be timed once.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(1 + runs):
        for name, make in sides.items():
            seconds[name].append(_once(make(), calls))
    return {name: counted for name, (_, *counted) in seconds.items()}


def _once(call: Call, calls: int) -> float:
    """Time one run, with the garbage collected before it and not during it."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        return (time.perf_counter() - start) / calls
    finally:
        if was_on:
            gc.enable()
