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
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from renders.finish import facts
from renders.formats import FORMATS, check_formats, files, is_folder, too_long
from renders.making import CLIPS, MEDIA, counted, full, has_room, reason, say
from renders.request import (
    EVERY_CLASSIC,
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
from renders.starting import check_folders, in_utf8, own_file
from renders.themes import DARK, SHAPES, THEMES, check_shapes, check_themes, in_shapes
from renders.unchanged import Unchanged

#: The exit code after Ctrl-C, as shells have it.
STOPPED = 130

#: What can be made of the clips: the folder where it lands, and how the names of its files end.
PRODUCTS = {"film": (Path("renders", "film"), FILM_ENDINGS), "slides": (Path("renders", "slides"), ())}

#: What is written to, whatever is made: Snakemake keeps its records in the project's folder.
FOLDERS = (Path(), MEDIA, CLIPS)

#: The gallery of clips for the browser.
PAGE = Path("renders", "page", "index.html")

#: The endings of files that come with every clip and need no line of their own.
ALWAYS = (".srt", ".vtt", ".png")

#: The endings of loops.
LOOPS = (".gif", ".webp")

#: How the lines of Snakemake begin that tell a lecturer nothing.
BOOKKEEPING = re.compile(
    r"\s*$|Assuming unrestricted|Building DAG|Using shell|Provided cores|Rules claiming|Job stats|job +count|-----"
    r"|(?:clip|transparent|encoded|loops?|handout|page|film|steps|deck\w*|powerpoint|all|total) +\d|Select jobs"
    r"|Execute \d|\[.*\d\d:\d\d:\d\d|Finished jobid|Exiting because|RuleException|CalledProcessError|Command 'set"
    r"|Complete log|Elapsed time|WorkflowError|At least one job"
)

#: How Snakemake counts its jobs.
STEPS = re.compile(r"(\d+) steps \(")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is asked for, let Snakemake render it, name what there is. Returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        quality = check_quality(given.quality)
        decks = check_slides(given.slides)
        jobs = _jobs(given.jobs)
        themes, formats = check_themes(given.theme), check_formats(given.formats)
        names = given.scenes.split()
        own = own_file(given.lecture)
        clips = _lecture(own, names) if own else own_jobs(names)
        shapes = _shapes(given.shape, given.what, clips)
        lecture = str(own.resolve()) if own else ""
        os.chdir(Path(__file__).resolve().parent.parent)
        of_clips = [CLIPS / file for clip in clips for file in files(clip.scene, in_shapes(themes, shapes), formats)]
        ground = themes[0].twin(transparent=False)
        made = of_clips if given.what == "clips" else _products(given.what, called(lecture) + ground.suffix, decks)
        check_folders([*FOLDERS, *dict.fromkeys(path.parent for path in made)])
        if lecture and given.what in PRODUCTS:
            _take(Path(lecture), made, clips)
    except (ValueError, OSError) as error:
        print(f"render: {error if isinstance(error, ValueError) else reason(error)}", file=sys.stderr)
        return 2
    config = {"quality": quality, "scenes": " ".join(clip.scene for clip in clips)}
    config |= {"theme": given.theme, "shape": given.shape, "formats": given.formats, "lecture": quote(lecture)}
    thing = "job" if formats or given.what != "clips" else "clip"
    rendered = clips if lecture or given.what not in PRODUCTS else (opening_job(), *clips)
    if given.what not in PRODUCTS and (loops := [file for file in of_clips if file.suffix in LOOPS]):
        short = [file.with_suffix(".mp4") for file in loops]
        code = _made(short, config, rendered, jobs, "clip")
        if code:
            return code if code == STOPPED else _report(short, code)
        if said := too_long(formats, {file.stem: facts(file).seconds for file in short}):
            print(f"render: {said}", file=sys.stderr)
            return 2
    _clear_parts([file for file in of_clips if is_folder(file.name)])
    code = _made(made, config, rendered, jobs, thing)
    if code is None:
        say("Nothing to be done (all requested files are present and up to date).")
        code = 0
    if code == STOPPED:
        return code
    if given.what == "clips":
        return _report(of_clips, code)
    parts = [CLIPS / file for clip in rendered for file in files(clip.scene, [ground], ())]
    return _report_products(given.what, made, code or _report(parts, code))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m renders", description="Render clips into renders/clips.")
    parser.add_argument(
        "what", nargs="?", default="clips", choices=["clips", "page", *PRODUCTS], help="what to make of them"
    )
    parser.add_argument("--quality", default="m", help=f"one of {', '.join(QUALITIES)} (default: m)")
    parser.add_argument("--scenes", default="", help="names of scenes with blanks between (default: all)")
    parser.add_argument("--theme", default="", help=f"any of {', '.join(THEMES)} (default: dark)")
    parser.add_argument("--shape", default="", help=f"any of {', '.join(SHAPES)} (default: wide)")
    parser.add_argument("--formats", default="", help=f"what else to make of each clip: {', '.join(FORMATS)}")
    parser.add_argument("--lecture", default="", help="a lecture file in YAML, whose clips are rendered instead")
    parser.add_argument("--slides", default="", help=f"which decks, of {', '.join(SLIDES)} (default: html pptx)")
    parser.add_argument("--jobs", default="", help="clips to render at once (default: one for each core)")
    return parser


def _lecture(file: Path, names: Sequence[str]) -> tuple[Job, ...]:
    """Return the named clips of a lecture file; raises ValueError with all its mistakes."""
    say(f"Checking {file}.")
    from renders.lecture import LectureError, lecture_jobs
    from renders.owners import check

    try:
        jobs = lecture_jobs(file)
        picked = pick(names, jobs)
        check(file, picked, jobs)
        return picked
    except LectureError as error:
        raise ValueError(f"nothing is rendered; correct these in the lecture file:\n{error}") from error


def _take(lecture: Path, made: Sequence[Path], clips: Sequence[Job]) -> None:
    """Have a film or slides belong to a lecture file; raises ValueError if they are those of another one."""
    from renders.owners import take

    take(lecture, made, clips)


def _shapes(given: str, what: str, clips: Sequence[Job]) -> tuple[str, ...]:
    """Return the shapes of the clips; raises ValueError for an unknown one, and for what is only made wide."""
    shapes = check_shapes(given)
    classics = [clip.scene for clip in clips if clip.module == EVERY_CLASSIC]
    if classics and shapes != (DARK.shape,):
        raise ValueError(f"the classics have a layout for the shape {DARK.shape} only; got {given} for {classics[0]}")
    if what != "clips" and shapes != (DARK.shape,):
        raise ValueError(f"{what} is made in the shape {DARK.shape} only; got {given}, which single clips take")
    return shapes


def _jobs(given: str) -> int:
    """Return how many clips to render at once; raises ValueError for anything but a whole number from 1."""
    if not given:
        return max(1, os.cpu_count() or 1)
    if not given.isdecimal() or int(given) < 1:
        raise ValueError(f"unknown number of jobs {given!r}; expected a whole number from 1")
    return int(given)


def _products(what: str, name: str, decks: Sequence[str]) -> list[Path]:
    """Return the files of what is made of the clips and called `name`; of slides, these decks."""
    if what == "page":
        return [PAGE]
    folder, endings = PRODUCTS[what]
    return [folder / (name + ending) for ending in endings or [SLIDES[deck] for deck in decks]]


def _clear_parts(folders: Sequence[Path]) -> None:
    """Delete folders of loops in which one is missing: Snakemake only sees whether there is a folder."""
    if any(folder.is_dir() for folder in folders):
        from renders.loop import clear_parts

        clear_parts(folders)


def _made(
    targets: Sequence[Path], config: Mapping[str, str], clips: Sequence[Job], jobs: int, thing: str
) -> int | None:
    """Have Snakemake make what is missing or older than its sources; return its exit code.

    It is not asked where nothing has changed since it did that: then there is none.
    """
    request = {**config, "clips": clips}
    unchanged = Unchanged(request, [clip.scene for clip in clips], targets)
    if unchanged.is_met():
        return None
    say("Looking for what is missing or has changed.")
    code = _follow(_snakemake([file.as_posix() for file in targets], config, jobs), thing)
    if code == 0:
        unchanged.met()
    return code


def _snakemake(targets: Sequence[str], config: Mapping[str, str], jobs: int) -> list[str]:
    """Return Snakemake's command line: go on after a failure and after an interrupt, no lock that outlives a kill."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", "renders/Snakefile", "--cores", str(jobs)]
    options = ["--nolock", "--rerun-incomplete", "--keep-going", "--quiet", "rules", "host", "reason"]
    # Snakemake takes quotes off and reads the rest as YAML: nothing gets through as it is but a plain word.
    given = [f"{key}={value}" for key, value in config.items() if value]
    return [*command, *options, "--config", *given, "--", *targets]


def _follow(command: Sequence[str], thing: str) -> int:
    """Run Snakemake and show what it says, less its bookkeeping, its jobs counted as `thing`; return its exit code.

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
                    print(STEPS.sub(lambda steps: f"{counted(int(steps[1]), thing)} (", line), end="", flush=True)
        except KeyboardInterrupt:  # Snakemake got it as well and stops its jobs
            process.communicate()
            print("\nStopped. The same command goes on with the clips that are missing.", file=sys.stderr)
            return STOPPED
    return process.returncode


def _report(files: Sequence[Path], code: int) -> int:
    """Name the folder and its clips, and what is missing; return the exit code to end with."""
    print(f"\nIn {CLIPS}, each with its captions (.srt, .vtt), last still (-still.png) and contact sheet (.png):")
    for file in files:
        if file.is_file() and file.suffix in (".mp4", ".webm", ".mov"):
            film = facts(file)
            print(f"  {file.name:<32} {film.seconds:5.0f} s  {film.size[0]}x{film.size[1]}")
        elif file.is_file() and file.suffix not in ALWAYS:
            print(f"  {file.name:<32} {file.stat().st_size / 1e6:5.1f} MB")
        elif file.is_dir():
            print(f"  {file.name + '/':<32} {counted(len([*file.glob('[!.]*')]), 'loop')}")
    missing = [file for file in files if not file.exists() and file.suffix not in ALWAYS]
    if missing:
        wanted = sum(file.suffix not in ALWAYS for file in files)
        names = ", ".join(file.stem if file.suffix == ".mp4" else file.name for file in missing)
        print(f"render: {len(missing)} of {counted(wanted, 'clip')} missing: {names}", file=sys.stderr)
        print(f"What manim said is above and in {MEDIA / '<scene>' / 'manim.log'}", file=sys.stderr)
    for folder in FOLDERS if missing or code else ():
        if not has_room(folder):
            print(f"render: {full(folder)}", file=sys.stderr)
    return code or bool(missing)


def _report_products(what: str, files: Sequence[Path], code: int) -> int:
    """Name the files that were made of the clips; return the exit code to end with."""
    missing = [file.as_posix() for file in files if not file.exists()]
    for file in files:
        if file.exists():
            print(f"{what}: {file.as_posix()}")
    if missing and not code:
        print(f"render: missing: {', '.join(missing)}", file=sys.stderr)
    return code or bool(missing)


if __name__ == "__main__":
    in_utf8()
    sys.exit(main())
