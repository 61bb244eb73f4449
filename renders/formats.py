"""What files a clip has: those that every clip gets, and those that are made when they are asked for.

Imports no manim and nothing that decodes: the recipe reads it to plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from pathlib import Path
from typing import NamedTuple

from renders.themes import THEMES, Theme


class Format(NamedTuple):
    """A kind of file: the end of its name, what it is, and whether it lets the background through (None: either).

    A clip that is longer than so many `seconds` is not made into one.
    """

    ending: str
    words: str
    transparent: bool | None
    seconds: float = inf


LONGEST_LOOP = 20
"""Seconds. Whoever wants a longer clip as one loop asks for just that: it can have only few, small pictures."""


#: By the name that asks for it.
FORMATS = {
    "mp4": Format(".mp4", "video", False),
    "still": Format("-still.png", "last still", None),
    "gif": Format(".gif", "loop", False, LONGEST_LOOP),
    "webp": Format(".webp", "loop", False, LONGEST_LOOP),
    "pdf": Format(".pdf", "handout", False),
    "webm": Format(".webm", "transparent video", True),
    "prores": Format(".mov", "transparent video for editing", True),
    "gif-steps": Format("-gif", "folder with a loop of each step", False),
    "webp-steps": Format("-webp", "folder with a loop of each step", False),
    "gif-whole": Format(".gif", "loop of a long clip", False),
    "webp-whole": Format(".webp", "loop of a long clip", False),
}
#: What comes with every rendered clip: captions, poster, and for a clip with a background its contact sheet.
OPAQUE = (".mp4", ".srt", ".vtt", ".png", "-still.png")
TRANSPARENT = (".webm", ".srt", ".vtt", "-still.png")
#: What is made only when it is asked for.
EXTRAS = tuple(name for name, format_ in FORMATS.items() if format_.ending not in OPAQUE)
#: The endings of what the page shows: all but contact sheets and what is for editing.
ON_PAGE = (".mp4", ".srt", ".vtt", "-still.png", ".gif", ".webp", "-gif", "-webp", ".pdf", ".webm")
#: Captions are the same in every theme; those of a clip with a background are enough.
TWICE = ("-transparent.srt", "-transparent.vtt")


class LoopFolder(NamedTuple):
    """A folder with a loop of each step of a clip, and the ending of these."""

    stem: str
    ending: str

    @classmethod
    def called(cls, name: str) -> LoopFolder:
        """Return the folder of this name."""
        stem, _, kind = name.rpartition("-")
        return cls(stem, f".{kind}")

    def files(self, slugs: Iterable[str]) -> list[str]:
        """Return the names of the loops of these steps."""
        return [f"{self.stem}-{number:02d}-{slug}{self.ending}" for number, slug in enumerate(slugs, 1)]


def is_folder(name: str) -> bool:
    """Whether what has this name among a clip's files is a folder."""
    return name.endswith(("-gif", "-webp"))


def too_long(formats: Iterable[str], seconds: Mapping[str, float]) -> str:
    """Say which clips of this length are too long for these formats, and what to ask for; nothing if none is."""
    for name in formats:
        long = [f"{clip} {length:.0f} s" for clip, length in seconds.items() if length > FORMATS[name].seconds]
        if long:
            return (
                f"longer than {FORMATS[name].seconds:g} s are {', '.join(long)}; ask for FORMATS={name}-steps, a loop "
                f"for each step, or for FORMATS={name}-whole if it is to be one loop all the same"
            )
    return ""


def check_formats(names: str) -> tuple[str, ...]:
    """Return the formats named, with blanks between. Raises ValueError for an unknown one."""
    unknown = [name for name in names.split() if name not in FORMATS]
    if unknown:
        raise ValueError(f"unknown format {', '.join(unknown)}; expected any of {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(names.split()))


def files(scene: str, themes: Sequence[Theme], formats: Sequence[str]) -> list[str]:
    """Return the names of a scene's files in these themes: the default ones, and those of the formats.

    A format that needs a background, or none, is made in the twin of the theme that has it so: `webm` asked for in
    the dark theme is the transparent one's.
    """
    names: dict[str, None] = {}
    for theme in themes:
        for ending in TRANSPARENT if theme.transparent else OPAQUE:
            names[f"{scene}{theme.suffix}{ending}"] = None
        for format_ in (FORMATS[name] for name in formats):
            fitting = theme if format_.transparent is None else theme.twin(format_.transparent)
            names[f"{scene}{fitting.suffix}{format_.ending}"] = None
    return list(names)


def page_files(scene: str, themes: Sequence[Theme], formats: Sequence[str], folder: Path) -> list[str]:
    """Return the names of a scene's files that the page shows: those asked for, and those already in `folder`.

    A video with a background is always among them. ProRes is for editing, and too large for a page.
    """
    grounds = {theme.twin(transparent=False): None for theme in themes}
    there = [theme for theme in THEMES.values() if (folder / f"{scene}{theme.suffix}.mp4").is_file()]
    every = [theme for theme in THEMES.values() if theme in grounds or theme in there or theme in themes]
    asked = files(scene, every, formats)
    made = [f"{scene}{theme.suffix}{FORMATS[name].ending}" for theme in THEMES.values() for name in (*EXTRAS, "still")]
    names = [*asked, *(name for name in made if (folder / name).exists())]
    return [name for name in dict.fromkeys(names) if name.endswith(ON_PAGE) and not name.endswith(TWICE)]
