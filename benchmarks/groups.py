"""The groups of measures, by name."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.measure import Measure


class Group(NamedTuple):
    """A module with a function `measures()`; how long it takes on two cores; whether a run without names has it."""

    module: str
    takes: str
    usual: bool = True

    def measures(self) -> Iterable[Measure]:
        """Measure it. The module is imported only now: some bring manim along."""
        found: Iterable[Measure] = importlib.import_module(self.module).measures()
        return found


GROUPS = {
    "core": Group("benchmarks.core", "1 min"),
    "film": Group("benchmarks.film", "20 min", usual=False),
    "frames": Group("benchmarks.frames", "10 min", usual=False),
    "flights": Group("benchmarks.flights", "1 min"),
    "size": Group("benchmarks.size", "8 min", usual=False),
    "manimml": Group("benchmarks.manimml", "2 min"),
    "preview": Group("benchmarks.preview", "8 min", usual=False),
    "explore": Group("benchmarks.explore", "20 s"),
    "pytorch": Group("benchmarks.pytorch", "20 s, and once some minutes to install PyTorch", usual=False),
}


def chosen(names: Iterable[str]) -> dict[str, Group]:
    """Give the groups of these names, or the usual ones if there are none; raises ValueError for an unknown name."""
    wanted = list(dict.fromkeys(names)) or [name for name, group in GROUPS.items() if group.usual]
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        raise ValueError(f"no group named {', '.join(unknown)}; expected some of: {', '.join(GROUPS)}")
    return {name: GROUPS[name] for name in wanted}
