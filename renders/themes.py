"""The themes of a clip: on a dark or a light background, or with nothing behind it; and its shapes, 16:9, 1:1 or 9:16.

Imports no manim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from configparser import ConfigParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Theme(NamedTuple):
    """One look of a clip: its name, manim's configuration that gives it its colours, and whether the background goes.

    A transparent theme keeps the colours that read on the background that it leaves out. Each comes in every shape.
    """

    name: str
    config: str
    transparent: bool = False
    shape: str = "wide"

    @property
    def suffix(self) -> str:
        """What its files have behind the scene's name: nothing for dark and wide, the defaults."""
        return "".join(f"-{said}" for said in (self.name, self.shape) if said not in (DARK.name, DARK.shape))

    @property
    def ground(self) -> str:
        """The name of the background that its colours are for: dark or light."""
        return "light" if self.config == LIGHT.config else "dark"

    def twin(self, transparent: bool) -> Theme:
        """Return the theme of the same colours with or without a background."""
        same = (theme for theme in THEMES.values() if theme.config == self.config)
        return next(theme for theme in same if theme.transparent == transparent)._replace(shape=self.shape)

    def pixels(self, lines: int) -> tuple[int, int]:
        """Return width and height of a clip whose shorter side has so many pixels."""
        longer = -(-lines * 16 // 9 // 2) * 2
        return {"wide": (longer, lines), "square": (lines, lines), "tall": (lines, longer)}[self.shape]


SHAPES = ("wide", "square", "tall")
"""16:9, 1:1 and 9:16; the scenes lay themselves out for each (scenes/_look/frame.py)."""
DARK = Theme("dark", "manim.cfg")
LIGHT = Theme("light", "scenes/light.cfg")
THEMES = {
    theme.name: theme
    for theme in (
        DARK,
        LIGHT,
        Theme("transparent", "manim.cfg", transparent=True),
        Theme("light-transparent", "scenes/light.cfg", transparent=True),
    )
}


def check_themes(names: str) -> tuple[Theme, ...]:
    """Return the themes named, with blanks between; dark for no name. Raises ValueError for an unknown one."""
    unknown = [name for name in names.split() if name not in THEMES]
    if unknown:
        raise ValueError(f"unknown theme {', '.join(unknown)}; expected any of {', '.join(THEMES)}")
    return tuple(THEMES[name] for name in dict.fromkeys(names.split())) or (DARK,)


def check_shapes(names: str) -> tuple[str, ...]:
    """Return the shapes named, with blanks between; wide for no name. Raises ValueError for an unknown one."""
    unknown = [name for name in names.split() if name not in SHAPES]
    if unknown:
        raise ValueError(f"unknown shape {', '.join(unknown)}; expected any of {', '.join(SHAPES)}")
    return tuple(dict.fromkeys(names.split())) or SHAPES[:1]


def in_shapes(themes: Iterable[Theme], shapes: Sequence[str]) -> tuple[Theme, ...]:
    """Return themes in all of these shapes, one theme after the other."""
    return tuple(theme._replace(shape=shape) for theme in themes for shape in shapes)


def of_suffix(suffix: str) -> Theme:
    """Return the theme, in its shape, whose files have this behind the scene's name."""
    return next(theme for theme in in_shapes(THEMES.values(), SHAPES) if theme.suffix == suffix)


def background(theme: Theme, root: Path = ROOT) -> str:
    """Return the colour that a theme's clips have, or leave out, behind everything, as manim's configuration says."""
    parser = ConfigParser(interpolation=None)
    parser.read_string((root / theme.config).read_text(encoding="utf-8"))
    return parser["CLI"]["background_color"]


def endings(themes: Iterable[Theme]) -> str:
    """Return a regular expression of these themes' suffixes in all shapes, for Snakemake's wildcards."""
    return "|".join(theme.suffix for theme in in_shapes(themes, SHAPES))
