"""The page: a gallery of clips that works from disk and hosted. `make page` runs it through `page_of_clips.py`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypedDict
from urllib.parse import quote

import av
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from renders.captions import as_srt, as_vtt, narration, read_captions
from renders.coded import whole_rate
from renders.explore.page import write_page as write_explore
from renders.finish import facts
from renders.making import CLIPS, counted, reported, whole
from renders.places import Offer, Told, kind, offers
from renders.steps import clip_steps, spoken
from renders.themes import THEMES, Theme, background

TEMPLATES = Path(__file__).parent / "templates"
MEDIA_FOLDER = "clips"
"""Where the files lie beside the page."""
EXPLORE = "explore.html"
"""The page with all views of one convolution, alive, beside it."""
CAPTIONS = {".srt": as_srt, ".vtt": as_vtt}


class Given(TypedDict):
    """What the recipe says of a clip."""

    lesson: str
    part: str
    """What the part of the film or the lecture is called that it is in, or nothing."""
    files: list[str]


class Chapter(NamedTuple):
    """A step as the page shows it: its name, from when to when it runs in seconds, and what is said there."""

    title: str
    start: float
    end: float
    says: str


class Shown(NamedTuple):
    """A clip as the page shows it."""

    scene: str
    title: str
    part: str
    lesson: str
    seconds: float
    rate: int
    size: tuple[int, int]
    chapters: tuple[Chapter, ...]
    captions: str
    """WebVTT as an address of its own: a page that is opened from disk may load no such file."""
    themes: tuple[Theme, ...]
    """With a background, the default first."""
    offers: tuple[tuple[str, tuple[Offer, ...]], ...]
    """By place: what there is for it in each theme."""


def shown(scene: str, given: Given) -> Shown:
    """Gather what the page shows of a clip. Raises ValueError if it has no video with a background."""
    files = given["files"]
    themes = tuple(theme for theme in THEMES.values() if f"{scene}{theme.suffix}.mp4" in files)
    if not themes:
        raise ValueError(f"{scene} has {', '.join(files) or 'no file'}; expected an .mp4")
    clip = CLIPS / f"{scene}{themes[0].suffix}.mp4"
    captions = read_captions(clip.with_suffix(".srt"))
    _, _, size, _, seconds = facts(clip)
    with av.open(clip) as container:
        rate = whole_rate(container.streams.video[0])
    chapters, told, start = [], [], 0.0
    for slug, last in clip_steps(clip):
        end = (last + 1) / rate
        chapters.append(Chapter(spoken(slug), start, end, narration(captions, start, end)))
        told.append(Told(slug, chapters[-1].title, chapters[-1].says))
        start = end
    title = spoken(scene)
    by_place = groupby(offers(scene, title, given["lesson"], files, told), lambda offer: offer.place.name)
    return Shown(
        scene,
        title,
        given["part"],
        given["lesson"],
        seconds,
        rate,
        size,
        tuple(chapters),
        f"data:text/vtt;charset=utf-8,{quote(as_vtt(captions))}",
        themes,
        tuple((place, tuple(group)) for place, group in by_place),
    )


def write_page(target: Path, title: str, clips: Mapping[str, Given]) -> None:
    """Write the page and lay the files beside it; files of an older page that it does not name are deleted.

    The page itself comes last: what it names is there.
    """
    folder = target.parent / MEDIA_FOLDER
    names = [name for given in clips.values() for name in given["files"]]
    laid = [file.relative_to(CLIPS) for name in names for file in _files(CLIPS / name)]
    text = _text(title, [shown(scene, given) for scene, given in clips.items()])
    for name in laid:
        with whole(folder / name) as (copied,):
            _copy(CLIPS / name, copied)
    for old in list(folder.rglob("*")):
        if old.is_file() and old.relative_to(folder) not in laid:
            old.unlink()
    for empty in list(folder.iterdir()):
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()
    write_explore(target.parent / EXPLORE)
    with whole(target) as (unfinished,):
        unfinished.write_text(text, encoding="utf-8")


def _copy(file: Path, target: Path) -> None:
    """Copy a file of a clip. Captions of both kinds are those of the .srt, which somebody may have edited."""
    written = CAPTIONS.get(file.suffix)
    if written is None:
        shutil.copyfile(file, target)
    else:
        target.write_text(written(read_captions(file.with_suffix(".srt"))), encoding="utf-8", newline="\n")


def _files(path: Path) -> list[Path]:
    """Return a file, or the files of a folder; what begins with a dot is Snakemake's."""
    return sorted(path.glob("[!.]*")) if path.is_dir() else [path]


def _text(title: str, clips: Sequence[Shown]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clock": clock, "kind": kind, "weight": _weight}
    grounds = {theme.name: background(theme) for theme in THEMES.values() if not theme.transparent}
    template = environment.get_template("page.html.j2")
    parts = [(name, list(group)) for name, group in groupby(clips, lambda clip: clip.part)]
    return template.render(
        title=title,
        clips=clips,
        parts=parts,
        grounds=grounds,
        media=MEDIA_FOLDER,
        explore=EXPLORE,
        light=THEMES["light"],
    )


def clock(seconds: float) -> str:
    """Say a time as players do."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes}:{rest:02d}"


def _weight(name: str) -> str:
    """Say how large a clip's file is."""
    size = (CLIPS / name).stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _page_of(target: str, title: str, clips: str) -> Iterator[str]:
    shown_clips = json.loads(clips)
    write_page(Path(target), title, shown_clips)
    yield f"page: {counted(len(shown_clips), 'clip')}"


def main(target: str, title: str, clips: str) -> int:
    """Make the page, and say so; `clips` is JSON: each scene's lesson and the names of its files."""
    return reported("page", _page_of(target, title, clips))
