"""From a description to what is drawn: the rooms of the picture, words below blocks, and mobjects at their places."""

from __future__ import annotations

from manim import RIGHT, UP, VMobject

from scenes._layout import Layout, Part, Room, block, label
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.text import CAPTION_SIZE, Glyph, words

_MARGIN = 0.05
"""At each side of the stage."""
_RISES, _DROPS, _BELOW = 0.31, 0.11, 0.16
"""How far the letters of a word reach above and below its line, and from there to what it names."""


def stage_room() -> Room:
    """The room between title and key figure."""
    shape = frame()
    return Room(shape.stage_width, shape.stage_height, 0.0, shape.stage_middle).inset(_MARGIN, 0.0)


def page_room() -> Room:
    """The same with the band of the key figure, for a picture that has none."""
    shape = frame()
    return Room(shape.stage_width, shape.page_height, 0.0, shape.page_middle).inset(_MARGIN, 2 * _MARGIN)


def name_word(text: str) -> Glyph:
    """The muted word that names a block."""
    return words(text, CAPTION_SIZE, theme().muted, key=("caption",))


def named(name: str, part: Part, word: Glyph) -> Part:
    """A part with its word below it; the words of a row stand on one line."""
    return label(part, block(_word_of(name), float(word.width), (_RISES, _DROPS)), "below", gap=_BELOW)


def put(layout: Layout, **mobjects: VMobject) -> None:
    """Move mobjects to the middles of the blocks with their names."""
    for name, mobject in mobjects.items():
        mobject.move_to(RIGHT * layout[name].x + UP * layout[name].y)


def write_below(layout: Layout, name: str, word: Glyph) -> Glyph:
    """Put a word at its place below the part of that name."""
    box = layout[_word_of(name)]
    return word.set_x(box.x).shift(UP * (box.top - _RISES - word.baseline))


def _word_of(name: str) -> str:
    return f"name of {name}"
