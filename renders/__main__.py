"""Render the clips: `make render`, or by hand `python -m renders [--quality h] [--scenes "MatrixView …"]`.

`python -m renders film` joins them to one film, `python -m renders slides` makes decks of their steps. With
`--lecture my_lecture.yaml`, or `make render LECTURE=my_lecture.yaml`, the clips are those of a lecture file.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from renders.clip import CLIPS, MEDIA
from renders.finish import facts
from renders.request import (
    FILM_ENDINGS,
    QUALITIES,
    SLIDES,
    Job,
    called,
    check_quality,
    check_slides,
    opening_job,
    own_jobs,
    pick,
)

#: The exit code after Ctrl-C, as shells have it.
STOPPED = 130

#: What can be made of the clips: the folder where it lands, and how the names of its files end.
PRODUCTS = {"film": (Path("renders", "film"), FILM_ENDINGS), "slides": (Path("renders", "slides"), ())}

#: How the lines of Snakemake begin that tell a lecturer nothing.
BOOKKEEPING = re.compile(
    r"\s*$|Assuming unrestricted|Building DAG|Using shell|Provided cores|Rules claiming|Job stats|job +count|-----"
    r"|(?:clip|film|steps|deck\w*|powerpoint|all|total) +\d|Select jobs|Execute \d|\[.*\d\d:\d\d:\d\d"
    r"|Finished jobid|Exiting because|RuleException|CalledProcessError|Command 'set|Complete log|Elapsed time"
    r"|WorkflowError|At least one job"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is asked for, let Snakemake render it, name what there is. Returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        quality = check_quality(given.quality)
        decks = check_slides(given.slides)
        jobs = _jobs(given.jobs)
        names = given.scenes.split()
        clips = pick(names, _lecture(given.lecture)) if given.lecture else own_jobs(names)
    except ValueError as error:
        print(f"render: {error}", file=sys.stderr)
        return 2
    lecture = str(Path(given.lecture).resolve()) if given.lecture else ""
    root = Path(__file__).resolve().parent.parent
    os.chdir(root)
    files = [file.as_posix() for file in _products(given.what, clips, called(lecture), decks)]
    counted = "clips" if given.what == "clips" else "jobs"
    code = _follow(_snakemake(clips, files, quality, jobs, lecture), counted)
    if code == STOPPED:
        return code
    if given.what == "clips":
        return _report(clips, code)
    rendered = clips if lecture else (opening_job(), *clips)
    return _report_products(given.what, files, code or _report(rendered, code))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m renders", description="Render clips into renders/clips.")
    parser.add_argument("what", nargs="?", default="clips", choices=["clips", *PRODUCTS], help="what to make of them")
    parser.add_argument("--quality", default="m", help=f"one of {', '.join(QUALITIES)} (default: m)")
    parser.add_argument("--scenes", default="", help="names of scenes with blanks between (default: all)")
    parser.add_argument("--lecture", default="", help="a lecture file in YAML, whose clips are rendered instead")
    parser.add_argument("--slides", default="", help=f"which decks, of {', '.join(SLIDES)} (default: html pptx)")
    parser.add_argument("--jobs", default="", help="clips to render at once (default: one for each core)")
    return parser


def _lecture(given: str) -> tuple[Job, ...]:
    """Return the clips of a lecture file; raises ValueError with all its mistakes."""
    from renders.lecture import LectureError, lecture_jobs

    try:
        return lecture_jobs(Path(given))
    except LectureError as error:
        raise ValueError(f"nothing is rendered; correct these in the lecture file:\n{error}") from error


def _jobs(given: str) -> int:
    """Return how many clips to render at once; raises ValueError for anything but a whole number from 1."""
    if not given:
        return max(1, os.cpu_count() or 1)
    if not given.isdecimal() or int(given) < 1:
        raise ValueError(f"unknown number of jobs {given!r}; expected a whole number from 1")
    return int(given)


def _products(what: str, clips: Sequence[Job], name: str, decks: Sequence[str]) -> list[Path]:
    """Return the files to make: the clips, or what is made of them and called `name`; of slides, these decks."""
    if what == "clips":
        return [CLIPS / f"{clip.scene}.mp4" for clip in clips]
    folder, endings = PRODUCTS[what]
    return [folder / (name + ending) for ending in endings or [SLIDES[deck] for deck in decks]]


def _snakemake(clips: Sequence[Job], files: Sequence[str], quality: str, jobs: int, lecture: str = "") -> list[str]:
    """Return Snakemake's command line: go on after a failure and after an interrupt, no lock that outlives a kill."""
    names = " ".join(clip.scene for clip in clips)
    command = [sys.executable, "-m", "snakemake", "--snakefile", "renders/Snakefile", "--cores", str(jobs)]
    options = ["--nolock", "--rerun-incomplete", "--keep-going", "--quiet", "rules", "host", "reason"]
    config = [f"quality={quality}", f"scenes={names}"]
    if lecture:  # Snakemake takes quotes off and reads the rest as YAML: a path gets through only without either
        config.append(f"lecture={quote(lecture)}")
    return [*command, *options, "--config", *config, "--", *files]


def _follow(command: Sequence[str], counted: str) -> int:
    """Run Snakemake and show what it says, less its bookkeeping and with its jobs `counted`; return its exit code.

    It speaks on stderr alone. Its jobs speak on stdout, which passes by here: mixed into one pipe, a job's line could
    end up behind half a line of bookkeeping.
    """
    sys.stdout.flush()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if not BOOKKEEPING.match(line):
                    print(line.replace(" steps (", f" {counted} ("), end="", flush=True)
        except KeyboardInterrupt:  # Snakemake got it as well and stops its jobs
            process.communicate()
            print("\nStopped. The same command goes on with the clips that are missing.", file=sys.stderr)
            return STOPPED
    return process.returncode


def _report(clips: Sequence[Job], code: int) -> int:
    """Name the folder and its clips, and the scenes without one; return the exit code to end with."""
    videos = {clip.scene: CLIPS / f"{clip.scene}.mp4" for clip in clips}
    print(f"\nIn {CLIPS}, each with its captions (.srt) and contact sheet (.png):")
    for video in videos.values():
        if video.is_file():
            film = facts(video)
            print(f"  {video.name:<26} {film.seconds:5.0f} s  {film.size[0]}x{film.size[1]}")
    missing = [scene for scene, video in videos.items() if not video.is_file()]
    if missing or code:
        print(f"render: {len(missing)} of {len(clips)} clips missing: {', '.join(missing)}", file=sys.stderr)
        print(f"What manim said is above and in {MEDIA / '<scene>' / 'manim.log'}", file=sys.stderr)
    return code or bool(missing)


def _report_products(what: str, files: Sequence[str], code: int) -> int:
    """Name the files that were made of the clips; return the exit code to end with."""
    missing = [file for file in files if not Path(file).exists()]
    for file in files:
        if file not in missing:
            print(f"{what}: {file}")
    if missing and not code:
        print(f"render: missing: {', '.join(missing)}", file=sys.stderr)
    return code or bool(missing)


if __name__ == "__main__":
    sys.exit(main())
