"""What is asked of a process that draws, and what it answers. Imports no manim."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from renders.making import MEDIA
from renders.themes import DARK, THEMES, Theme

FOLDER = MEDIA / "watch"
"""Where stills and clips land, and what is kept between them."""
COMPILED = FOLDER / "compiled"
"""What Python compiles of the sources, apart from what other programs keep of them."""


class Asked(NamedTuple):
    """One still, or one clip: of which scene, from which file, in which look, and at the end of which step.

    Without a file the scene is one of the film's or the classics'. Without a step the still is the last one.
    """

    scene: str
    file: str = ""
    lecture: str = ""
    theme: str = DARK.name
    shape: str = DARK.shape
    step: str = ""
    clip: bool = False
    work: str = ""
    """A folder for what is needed while it is drawn."""

    @property
    def name(self) -> str:
        """How the files are called."""
        return f"{self.scene}{self.look.suffix}"

    @property
    def look(self) -> Theme:
        """The theme in its shape."""
        return THEMES[self.theme]._replace(shape=self.shape)

    @property
    def folder(self) -> Path | None:
        """The folder of the user's own file, if there is one."""
        own = self.lecture or self.file
        return Path(own).resolve().parent if own else None


class Made(NamedTuple):
    """A still or a clip that has been made, whole, and the steps of the scene as far as it was drawn."""

    path: Path
    steps: tuple[str, ...]
    clip: bool = False


class Steps(NamedTuple):
    """All steps that the scene has, where a still or a clip ends with one of them."""

    names: tuple[str, ...]


class Failed(NamedTuple):
    """What a broken edit says: the error, the lines of the user's own that led to it, and the whole traceback."""

    error: str
    own: str = ""
    whole: str = ""


class Ended(NamedTuple):
    """A process has ended, well or not."""


Answer = Made | Steps | Failed | Ended
