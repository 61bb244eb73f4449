"""Check a lecture file: `python -m renders.lecture FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from renders.lecture import LectureError, lecture_jobs


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a lecture file and write its scenes; print how each is previewed, or every mistake."""
    parser = argparse.ArgumentParser(prog="python -m renders.lecture", description="Check a lecture file.")
    parser.add_argument("file", type=Path, help="the lecture file, in YAML")
    path = parser.parse_args(arguments).file
    try:
        jobs = lecture_jobs(path)
    except LectureError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path}: {len(jobs)} clips, no mistake. Preview one from the project's folder:")
    for job in jobs:
        print(f"  manim -pql {job.file} {job.scene}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
