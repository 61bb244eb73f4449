"""Render the clips: `make render`, or by hand `python -m renders [--quality h] [--scenes "MatrixView …"]`.

`python -m renders film` joins them to one film, `python -m renders slides` makes decks of their steps. With
`--lecture my_lecture.yaml`, or `make render LECTURE=my_lecture.yaml`, the clips are those of a lecture file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from renders.course import Lecture, as_word, check_names, jobs_of, lecture_files
from renders.finish import facts
from renders.following import STOPPED, Where, follow, snakemake
from renders.formats import FORMATS, check_formats, files, is_folder, too_long
from renders.making import CLIPS, MEDIA, counted, full, has_room, reason, say
from renders.request import (
    EVERY_CLASSIC,
    FILM_ENDINGS,
    QUALITIES,
    SLIDES,
    Job,
    check_part,
    check_quality,
    check_slides,
    own_jobs,
    project_name,
    story_jobs,
)
from renders.starting import check_folders, in_utf8
from renders.themes import DARK, SHAPES, THEMES, check_shapes, check_themes, in_shapes
from renders.turns import turn
from renders.unchanged import Unchanged

if TYPE_CHECKING:
    from renders.cluster import Profile

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is asked for, let Snakemake render it, name what there is. Returns the exit code."""
    given = _parser().parse_args(arguments)
    if given.what == "explore":
        return _explore(given.lecture)
    try:
        quality = check_quality(given.quality)
        decks = check_slides(given.slides)
        jobs = _jobs(given.jobs)
        profile = _profile(given.profile, quality)
        themes, formats = check_themes(given.theme), check_formats(given.formats)
        names = given.scenes.split()
        lectures = _lectures(given.lecture, names, given.what) if given.lecture.strip() else []
        part = _part(given.part, lectures)
        clips = jobs_of(lectures) if lectures else own_jobs(names, part)
        shapes = _shapes(given.shape, given.what, clips)
        os.chdir(Path(__file__).resolve().parent.parent)
        of_clips = [CLIPS / file for clip in clips for file in files(clip.scene, in_shapes(themes, shapes), formats)]
        ground = themes[0].twin(transparent=False)
        named = [lecture.name for lecture in lectures] or [project_name(part)]
        products = [_products(given.what, name + ground.suffix, decks) for name in named]
        made = of_clips if given.what == "clips" else list(dict.fromkeys(file for each in products for file in each))
        check_folders([*FOLDERS, *dict.fromkeys(path.parent for path in made)])
        if lectures and given.what in PRODUCTS:
            _take(lectures, products)
    except (ValueError, OSError) as error:
        print(f"render: {error if isinstance(error, ValueError) else reason(error)}", file=sys.stderr)
        return 2
    config = {"quality": quality, "scenes": " ".join(clip.scene for clip in clips)}
    config |= {"part": str(part or "")}
    config |= {"theme": given.theme, "shape": given.shape, "formats": given.formats, "lecture": as_word(lectures)}
    thing = "job" if formats or given.what != "clips" else "clip"
    rendered = clips if lectures or given.what not in PRODUCTS else story_jobs(clips, part)
    parts = [CLIPS / file for clip in rendered for file in files(clip.scene, [ground], ())]
    where = _where(profile, quality, jobs)
    try:
        if given.what not in PRODUCTS and (loops := [file for file in of_clips if file.suffix in LOOPS]):
            short = [file.with_suffix(".mp4") for file in loops]
            code = _made(short, of_clips, config, rendered, where, "clip")
            if code:
                return code if code == STOPPED else _report(short, code)
            if said := too_long(formats, {file.stem: facts(file).seconds for file in short}):
                raise ValueError(said)
        _clear_parts([file for file in of_clips if is_folder(file.name)])
        code = _made(made, parts if given.what != "clips" else of_clips, config, rendered, where, thing)
    except ValueError as error:
        print(f"render: {error}", file=sys.stderr)
        return 2
    if code is None:
        say("Nothing to be done (all requested files are present and up to date).")
        code = 0
    if code == STOPPED:
        return code
    if code == 0:
        _claim(lectures)
    if given.what == "clips":
        return _report(of_clips, code)
    return _report_products(given.what, made, code or _report(parts, code))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m renders", description="Render clips into renders/clips.")
    parser.add_argument(
        "what", nargs="?", default="clips", choices=["clips", "page", "explore", *PRODUCTS], help="what to make of them"
    )
    parser.add_argument("--quality", default="m", help=f"one of {', '.join(QUALITIES)} (default: m)")
    parser.add_argument("--scenes", default="", help="names of scenes with blanks between (default: all)")
    parser.add_argument("--part", default="", help="the number of a part of the film (default: all)")
    parser.add_argument("--theme", default="", help=f"any of {', '.join(THEMES)} (default: dark)")
    parser.add_argument("--shape", default="", help=f"any of {', '.join(SHAPES)} (default: wide)")
    parser.add_argument("--formats", default="", help=f"what else to make of each clip: {', '.join(FORMATS)}")
    parser.add_argument("--lecture", default="", help="lecture files in YAML, whose clips are rendered instead")
    parser.add_argument("--slides", default="", help=f"which decks, of {', '.join(SLIDES)} (default: html pptx)")
    parser.add_argument("--jobs", default="", help="clips to render at once (default: one for each core)")
    parser.add_argument("--profile", default="", help="where jobs run: slurm, or a folder with Snakemake's config.yaml")
    return parser


def _explore(lecture: str) -> int:
    """Write the page to explore with. It is no clip: Snakemake has no part in it."""
    from renders.explore.__main__ import main as write_page

    return write_page(["--lecture", lecture])


def _lectures(given: str, names: Sequence[str], what: str) -> Sequence[Lecture]:
    """Return lectures with their named clips; raises ValueError with all their mistakes."""
    from renders.together import CourseError, read_course

    files = lecture_files(given)
    say(f"Checking {files[0] if len(files) == 1 else counted(len(files), 'lecture file')}.")
    try:
        lectures = read_course(files, names)
    except CourseError as error:
        which = "file" if len(files) == 1 else "files"
        raise ValueError(f"nothing is rendered; correct these in the lecture {which}:\n{error}") from error
    if what in PRODUCTS:
        check_names(lectures, what)
    return [lecture._replace(file=lecture.file.resolve()) for lecture in lectures]


def _part(given: str, lectures: Sequence[Lecture]) -> int:
    """Return the number of the part of the film that is asked for, 0 for all; raises ValueError for another one."""
    if given.strip() and lectures:
        raise ValueError(f"a lecture has no parts; got part {given} and {lectures[0].file}, expected one of the two")
    return check_part(given)


def _take(lectures: Sequence[Lecture], products: Sequence[Sequence[Path]]) -> None:
    """Have films or slides belong to their lecture files; raises ValueError if they are those of another one."""
    from renders.owners import take

    for lecture, made in zip(lectures, products, strict=True):
        take(lecture.file, made, lecture.jobs)


def _claim(lectures: Sequence[Lecture]) -> None:
    """Have clips belong to their lecture files, also those for which nothing was to be done: a file may have moved."""
    for lecture in lectures:
        from renders.owners import claim

        claim(lecture.file, lecture.jobs)


def _shapes(given: str, what: str, clips: Sequence[Job]) -> tuple[str, ...]:
    """Return the shapes of the clips; raises ValueError for an unknown one, and for what is only made wide."""
    shapes = check_shapes(given)
    classics = [clip.scene for clip in clips if clip.module == EVERY_CLASSIC]
    if classics and shapes != (DARK.shape,):
        raise ValueError(f"the classics have a layout for the shape {DARK.shape} only; got {given} for {classics[0]}")
    if what != "clips" and shapes != (DARK.shape,):
        raise ValueError(f"{what} is made in the shape {DARK.shape} only; got {given}, which single clips take")
    return shapes


def _jobs(given: str) -> str:
    """Return how many clips to render at once, if that is given; raises ValueError if it is no whole number from 1."""
    if given and (not given.isdecimal() or int(given) < 1):
        raise ValueError(f"unknown number of jobs {given!r}; expected a whole number from 1")
    return given


def _profile(given: str, quality: str) -> Profile | None:
    """Return the profile that says where jobs run; None for this machine.

    Raises ValueError for one that there is not or that cannot be used, and if its queue takes no job.
    """
    if not given.strip():
        return None
    from renders.cluster import check_queue, read_profile

    profile = read_profile(given.strip())
    check_queue(profile, quality)
    return profile


def _where(profile: Profile | None, quality: str, jobs: str) -> Where:
    """Return where jobs run, and how many at once."""
    return profile.where(quality, jobs) if profile else Where(["--cores", jobs or str(max(1, os.cpu_count() or 1))])


def _products(what: str, name: str, decks: Sequence[str]) -> list[Path]:
    """Return the files of what is made of the clips and called `name`; of slides, these decks."""
    if what not in PRODUCTS:
        return [PAGE]
    folder, endings = PRODUCTS[what]
    return [folder / (name + ending) for ending in endings or [SLIDES[deck] for deck in decks]]


def _clear_parts(folders: Sequence[Path]) -> None:
    """Delete folders of loops in which one is missing: Snakemake only sees whether there is a folder."""
    if any(folder.is_dir() for folder in folders):
        from renders.loop import clear_parts

        clear_parts(folders)


def _made(
    targets: Sequence[Path],
    parts: Sequence[Path],
    config: Mapping[str, str],
    clips: Sequence[Job],
    where: Where,
    thing: str,
) -> int | None:
    """Have Snakemake make what is missing or older than its sources; return its exit code.

    It is not asked where nothing has changed since it did that: then there is none. `parts` are what targets are made
    of. Raises ValueError if another call is making any of these files.
    """
    request = {**config, "clips": clips}
    unchanged = Unchanged(request, [clip.scene for clip in clips], targets)
    if unchanged.is_met():
        return None
    say("Looking for what is missing or has changed.")
    with turn([*targets, *parts]):
        code = _follow(targets, config, where, thing)
    if code == 0:
        unchanged.met()
    return code


def _follow(targets: Sequence[Path], config: Mapping[str, str], where: Where, thing: str) -> int:
    if not where.is_far:
        return follow(snakemake([file.as_posix() for file in targets], config, where), thing)
    from renders.far import follow_far

    def command(attempt: int, failed: frozenset[str]) -> list[str]:
        left = [file.as_posix() for file in targets if file.stem.removesuffix("-still") not in failed]
        return snakemake(left, {**config, "attempt": str(attempt)}, where)

    return follow_far(command, thing, where.retries)


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
