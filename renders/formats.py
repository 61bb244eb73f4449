"""What files a clip has: those that every clip gets, and those that are made when they are asked for.

Imports no manim and nothing that decodes: the recipe reads it to plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from renders.themes import THEMES, Theme


class Format(NamedTuple):
    """A kind of file: the end of its name, what it is, and whether it lets the background through (None: either)."""

    ending: str
    words: str
    transparent: bool | None


#: By the name that asks for it.
FORMATS = {
    "mp4": Format(".mp4", "video", False),
    "still": Format("-still.png", "last still", None),
    "gif": Format(".gif", "loop", False),
    "webp": Format(".webp", "loop", False),
    "pdf": Format(".pdf", "handout", False),
    "webm": Format(".webm", "transparent video", True),
    "prores": Format(".mov", "transparent video for editing", True),
}
#: What comes with every rendered clip: captions, poster, and for a clip with a background its contact sheet.
OPAQUE = (".mp4", ".srt", ".vtt", ".png", "-still.png")
TRANSPARENT = (".webm", ".srt", ".vtt", "-still.png")
#: What is made only when it is asked for.
EXTRAS = tuple(name for name, format_ in FORMATS.items() if format_.ending not in OPAQUE)
#: The endings of what the page shows: all but contact sheets and what is for editing.
ON_PAGE = (".mp4", ".srt", ".vtt", "-still.png", ".gif", ".webp", ".pdf", ".webm")
#: Captions are the same in every theme; those of a clip with a background are enough.
TWICE = ("-transparent.srt", "-transparent.vtt")


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
    names = [*asked, *(name for name in made if (folder / name).is_file())]
    return [name for name in dict.fromkeys(names) if name.endswith(ON_PAGE) and not name.endswith(TWICE)]
