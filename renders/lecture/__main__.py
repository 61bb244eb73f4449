"""Check a lecture file: `python -m renders.lecture FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from renders.lecture import LectureError, lecture_jobs, scene_file
from renders.making import counted, reason
from renders.starting import in_utf8, own_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a lecture file and write its scenes; print how each is previewed, or every mistake."""
    parser = argparse.ArgumentParser(prog="python -m renders.lecture", description="Check a lecture file.")
    parser.add_argument("file", help="the lecture file, in YAML")
    given = parser.parse_args(arguments).file
    try:
        path = own_file(given)
        if path is None:
            raise ValueError("expected a lecture file: make lecture LECTURE=my_lecture.yaml")
        jobs = lecture_jobs(path)
    except LectureError as error:
        print(error, file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"lecture: {reason(error)}", file=sys.stderr)
        return 2
    print(f"{path}: {counted(len(jobs), 'clip')}, no mistake. Preview one from the project's folder:")
    for job in jobs:
        print(f"  manim -pql {scene_file(path).as_posix()} {job.scene}")
    return 0


if __name__ == "__main__":
    in_utf8()
    sys.exit(main())
