"""The table that a run prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from benchmarks.measure import Measure

HEADER = ("measure", "ours", "beside", "theirs", "ratio", "target", "")

_SECONDS = ((60.0, 1 / 60, "min"), (1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))


def table(groups: Mapping[str, Iterable[Measure]]) -> str:
    """Write all rows below each other, those of a group below its name.

    A figure is "median (fastest–slowest)". Notes follow below, numbered.
    """
    rows: list[Sequence[str]] = [HEADER]
    notes: list[str] = []
    for name, measures in groups.items():
        rows.append((f"[{name}]",))
        rows += [_row(measure, notes) for measure in measures]
    widths = [max(len(row[column]) for row in rows if len(row) > column) for column in range(len(HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows]
    lines.insert(1, "-" * max(map(len, lines)))
    below = [f"{number}) {note}" for number, note in enumerate(notes, 1)]
    return "\n".join([*lines, *(["", *below] if below else [])])


def figure(samples: Sequence[float], unit: str) -> str:
    """Write samples as their median and spread; seconds in the unit that suits the median.

    >>> figure([0.002, 0.0011, 0.0123], "s"), figure([14, 15], "frames/s"), figure([75.0], "s")
    ('2.00 ms (1.10–12.3)', '14.5 frames/s (14.0–15.0)', '1.25 min')
    """
    middle = median(samples)
    scale, shown = next(((s, u) for least, s, u in _SECONDS if middle >= least)) if unit == "s" else (1.0, unit)
    spread = f" ({_number(min(samples) * scale)}–{_number(max(samples) * scale)})" if len(samples) > 1 else ""
    return f"{_number(middle * scale)} {shown}{spread}"


def _row(measure: Measure, notes: list[str]) -> Sequence[str]:
    peer, target = measure.peer, ""
    if measure.target:
        aimed = measure.target
        bound = figure([aimed.limit], measure.unit) if aimed.of == "ours" else f"{aimed.limit:g}"
        target = f"{'≥' if aimed.at_least else '≤'} {bound}"
    name = measure.name
    for note in (measure.note, f"{peer.name}: skipped, {peer.skipped}" if peer and peer.skipped else ""):
        if note:
            if note not in notes:
                notes.append(note)
            name += f" {notes.index(note) + 1})"
    return (
        name,
        figure(measure.samples, measure.unit),
        peer.name if peer else "",
        figure(peer.samples, measure.unit) if peer and peer.samples else "skipped" if peer else "",
        "" if measure.ratio is None else f"{measure.ratio:.2f}",
        target,
        {True: "met", False: "MISSED", None: ""}[measure.met],
    )


def _number(value: float) -> str:
    """Write the first three digits, and all before the point.

    >>> _number(0.0123), _number(1.5), _number(99.97), _number(1234.5)
    ('0.0123', '1.50', '100', '1234')
    """
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:#.3g}".rstrip(".")
