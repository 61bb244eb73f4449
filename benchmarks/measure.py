"""One row of the table: what is measured, ours and the other side's samples, and what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Target:
    """What a measure should reach: a limit on the ratio or on our own median, by default from above.

    >>> str(Target(1.5)), str(Target(15, "ours", at_least=True))
    ('ratio ≤ 1.5', '≥ 15')
    """

    limit: float
    of: Literal["ratio", "ours"] = "ratio"
    at_least: bool = False

    def __str__(self) -> str:
        """Write the target as the table does where it has no unit."""
        return ("ratio " if self.of == "ratio" else "") + ("≥" if self.at_least else "≤") + f" {self.limit:g}"

    def met(self, value: float) -> bool:
        """Tell whether a value reaches the target.

        >>> Target(1.5).met(1.5), Target(15, at_least=True).met(14)
        (True, False)
        """
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True)
class Peer:
    """What does the same work: its name with its version, and its samples. Without samples, `skipped` says why."""

    name: str
    samples: Sequence[float] = ()
    skipped: str = ""

    def __post_init__(self) -> None:
        """Refuse a peer that neither ran nor was skipped."""
        if bool(self.samples) == bool(self.skipped):
            raise ValueError(f"a peer has samples or says why it was skipped; got {self!r}")


@dataclass(frozen=True)
class Measure:
    """A row: samples in one unit of ours and of a peer, where there is one, and the target, where there is one.

    >>> row = Measure("output()", "s", [1, 3, 2], Peer("SciPy 1.17", [4, 4, 5]), Target(1.5))
    >>> row.ours, row.ratio, row.met
    (2, 0.5, True)
    """

    name: str
    unit: str
    samples: Sequence[float]
    peer: Peer | None = None
    target: Target | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a measure that was not measured."""
        if not self.samples:
            raise ValueError(f"a measure needs at least one sample; got none for {self.name!r}")

    @property
    def ours(self) -> float:
        """The median of our samples."""
        return median(self.samples)

    @property
    def ratio(self) -> float | None:
        """Our median over the peer's: below 1 ours takes less. None without a peer's samples."""
        return self.ours / median(self.peer.samples) if self.peer and self.peer.samples else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none, or where there is nothing to hold it against."""
        value = self.ours if self.target and self.target.of == "ours" else self.ratio
        return None if self.target is None or value is None else self.target.met(value)

    def record(self) -> dict[str, Any]:
        """Give the row as JSON keeps it: every sample, and what follows from them."""
        return {
            "measure": self.name,
            "unit": self.unit,
            "ours": _side(self.samples),
            "peer": self.peer and {"name": self.peer.name, "skipped": self.peer.skipped, **_side(self.peer.samples)},
            "ratio": self.ratio,
            "target": self.target and str(self.target),
            "met": self.met,
            "note": self.note,
        }


def _side(samples: Sequence[float]) -> dict[str, Any]:
    if not samples:
        return {}
    return {"median": median(samples), "least": min(samples), "most": max(samples), "samples": list(samples)}
