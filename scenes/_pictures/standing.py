"""From a description to what is drawn: the rooms of the picture, words below blocks, and mobjects at their places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from manim import DOWN, RIGHT, UP, VGroup, VMobject

from cnnmath import Convolution
from scenes._layout import Layout, Part, Room, block, column, label
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.grids import Filter
from scenes._mobjects.text import CAPTION_SIZE, Glyph, words

_MARGIN = 0.05
"""At each side of the stage."""
RISES, DROPS = 0.74, 0.26
"""How far letters reach above and below their line, in em."""
_BELOW, _LEADING = 0.16, 0.08
"""From a block to its name, and between two lines of it."""


def stage_room() -> Room:
    """The room between title and key figure."""
    shape = frame()
    return Room(shape.stage_width, shape.stage_height, 0.0, shape.stage_middle).inset(_MARGIN, 0.0)


def page_room() -> Room:
    """The same with the band of the key figure, for a picture that has none."""
    shape = frame()
    return Room(shape.stage_width, shape.page_height, 0.0, shape.page_middle).inset(_MARGIN, 2 * _MARGIN)


def picture_room(figure: bool) -> Room:
    """The room of a picture with a key figure below it, or without one."""
    shape = frame()
    low = shape.floor(figure)
    return Room(shape.stage_width, shape.stage_top - low, 0.0, (shape.stage_top + low) / 2).inset(_MARGIN, 0.0)


FRAME_ROOM = 0.36
"""What the frame of a filter reaches around it, in sides of a cell."""


def filter_extent(conv: Convolution, bias_at: Any = DOWN) -> tuple[float, float]:
    """Width and height of a filter with its biases and its frame, in sides of a cell."""
    wide, tall = Filter.extent(conv, bias_at)
    return wide + FRAME_ROOM, tall + FRAME_ROOM


def card_room() -> Room:
    """All of the safe area, for a card without a title of a step."""
    shape = frame()
    return Room(2 * shape.safe_x, 2 * shape.safe_y, 0.0, 0.0)


def name_word(text: str) -> Glyph:
    """The muted word that names a block."""
    return words(text, CAPTION_SIZE, theme().muted, key=("caption",))


@cache
def em_width(text: str) -> float:
    """How wide a word is, in em."""
    return float(words(text, 1.0).width)


def word_block(name: str, text: str, em: float, wide: float = 0.0, look: Any = None) -> Part:
    """Room for a word of this size, at least so wide."""
    return block(name, max(wide, em_width(text) * em), (RISES * em, DROPS * em), {text: em}, look)


def named(name: str, part: Part, word: Glyph) -> Part:
    """A part with its word below it; the words of a row stand on one line."""
    return label(part, word_block(_word_of(name), word.says, CAPTION_SIZE), "below", gap=_BELOW)


def named_in_lines(name: str, part: Part, lines: Sequence[str]) -> Part:
    """A part with several lines of words below it."""
    made = [word_block(_line_of(name, i), line, CAPTION_SIZE) for i, line in enumerate(lines)]
    return label(part, column(*made, gap=_LEADING), "below", gap=_BELOW)


def write_lines_below(layout: Layout, name: str, lines: Sequence[str]) -> VGroup:
    """Write lines of words below the part of that name."""
    return VGroup(*(write(layout, _line_of(name, i), name_word(line)) for i, line in enumerate(lines)))


def put(layout: Layout, **mobjects: VMobject) -> None:
    """Move mobjects to the middles of the blocks with their names."""
    for name, mobject in mobjects.items():
        mobject.move_to(RIGHT * layout[name].x + UP * layout[name].y)


def write(layout: Layout, name: str, word: Glyph) -> Glyph:
    """Put a word on its line, in the middle of its block."""
    box = layout[name]
    return word.set_x(box.x).shift(UP * (box.top - RISES * word.em - word.baseline))


def write_below(layout: Layout, name: str, word: Glyph) -> Glyph:
    """Put a word at its place below the part of that name."""
    return write(layout, _word_of(name), word)


def is_named(layout: Layout, name: str) -> bool:
    """Whether there is a place for a word below the part of that name."""
    return _word_of(name) in layout


def _word_of(name: str) -> str:
    return f"name of {name}"


def _line_of(name: str, line: int) -> str:
    return f"line {line + 1} below {name}"
