"""Measure and print one table: `python -m benchmarks [names of groups]`. Writes renders/media/bench.json as well."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.groups import GROUPS, chosen
from benchmarks.machine import busy, facts, words
from benchmarks.measure import Measure
from benchmarks.table import table
from renders.making import MEDIA, whole

REPORT = MEDIA / "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen groups and report them; what is measured is kept as soon as its group is done."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    takes = "; ".join(
        f"{name}: {group.takes}{'' if group.usual else ', only by name'}" for name, group in GROUPS.items()
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"all the usual ones, if none is named ({takes})")
    try:
        groups = chosen(parser.parse_args(arguments).groups)
    except ValueError as error:
        parser.error(str(error))
    machine, measured = facts(), dict[str, list[Measure]]()
    warning = busy()
    print(f"{words(machine)}\n")
    if warning:
        progress(f"warning: {warning}")
    for name, group in groups.items():
        progress(f"{name}: takes about {group.takes}")
        measured[name] = []
        for measure in group.measures():
            progress(f"{name}: {measure.name}")
            measured[name].append(measure)
        write(REPORT, report(machine, measured))
    print(table(measured))
    if warning:
        print(f"\nThe machine was busy: {warning}.")
    print(f"\nA figure is the median (least–most) of several runs; every run is in {REPORT.as_posix()}.")
    return 0


def report(machine: Mapping[str, Any], measured: Mapping[str, Sequence[Measure]]) -> dict[str, Any]:
    """Give all that was measured as JSON keeps it."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": dict(machine),
        "groups": {name: [measure.record() for measure in measures] for name, measures in measured.items()},
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file whole or not at all."""
    with whole(path) as (unfinished,):
        unfinished.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def progress(line: str) -> None:
    """Say on the error stream what is done, apart from the table."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
