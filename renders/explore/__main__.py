"""Write the page: `python -m renders.explore [TARGET] [--lecture my.yaml]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from renders.course import lecture_files
from renders.explore.page import MOST_BYTES, TARGET, write_page
from renders.explore.presets import ROOT, Preset, of_lecture
from renders.lecture import LectureError, read
from renders.making import counted, reason
from renders.starting import in_utf8


def write(target: Path, lecture: str = "") -> int:
    """Write the page with the convolutions of lecture files, if some are named; say so, and give the exit code."""
    try:
        own, left = _own(lecture)
        size = write_page(ROOT / target if target == TARGET else target, own)
    except LectureError as error:
        print(f"explore: nothing is written; correct these in the lecture file:\n{error}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"explore: {error if isinstance(error, ValueError) else reason(error)}", file=sys.stderr)
        return 2
    for clip, too_large in left.items():
        print(f"explore: left out {clip}: {too_large}", file=sys.stderr)
    offered = f", {counted(len(own), 'convolution')} of the lecture in it" if lecture.strip() else ""
    print(f"explore: {target.as_posix()} ({size / 1e3:.0f} of {MOST_BYTES // 1000} kB{offered}); open it in a browser")
    return 0


def _own(lecture: str) -> tuple[list[Preset], dict[str, str]]:
    """Read the lecture files that are named; their scenes are not asked, for no scene is drawn."""
    own: list[Preset] = []
    left: dict[str, str] = {}
    for file in lecture_files(lecture) if lecture.strip() else []:
        taken, too_large = of_lecture(read(file, ask_scenes=False), file.stem)
        own += taken
        left |= too_large
    return own, left


def main(arguments: Sequence[str] | None = None) -> int:
    """Read what is asked for, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m renders.explore", description="Write the page to explore with.")
    parser.add_argument("target", nargs="?", default=TARGET, type=Path, help=f"where to (default: {TARGET.as_posix()})")
    parser.add_argument("--lecture", default="", help="lecture files in YAML, whose convolutions are offered first")
    given = parser.parse_args(arguments)
    return write(given.target, given.lecture)


if __name__ == "__main__":
    in_utf8()
    sys.exit(main())
