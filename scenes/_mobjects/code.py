"""Code in a fixed-width font: lines of tokens that keep their columns, and marks around some of it."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Sequence
from functools import cache

import numpy as np
from manim import DOWN, RIGHT, Rectangle, RoundedRectangle, VGroup

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER
from scenes._mobjects.text import Glyph, outlines_of
from scenes._words.piece import Piece

PITCH = 1.3
"""From line to line, in em."""
_REFERENCE = "H"


@cache
def advance() -> float:
    """The width of every character, in em."""
    first, second = _outlines((_REFERENCE, _REFERENCE))
    return float(second[:, 0].min() - first[:, 0].min())


@cache
def _outlines(tokens: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Outlines of tokens and blanks side by side, in em: the line starts at x = 0, and its baseline is y = 0."""
    quoted = [token.replace("\\", "\\\\").replace('"', '\\"') for token in tokens]
    parts = [f'#lbl("p{i}", raw("{text}"))' if text.strip() else f'#raw("{text}")' for i, text in enumerate(quoted)]
    named = [f"p{i}" for i, text in enumerate(quoted) if text.strip()]
    found = outlines_of(f'#lbl("ref", raw("{_REFERENCE}"))' + "".join(parts), ["ref", *named])
    reference = found["ref"]
    origin = np.array([reference[:, 0].min(), reference[:, 1].min(), 0.0])
    return tuple(found[name] - origin for name in named)


def tokens_of(line: str) -> list[str]:
    """A line of Python cut into tokens and the blanks between them; what is no whole statement is cut, too.

    >>> tokens_of("    y = x[r, 1:3]")
    ['    ', 'y', ' ', '=', ' ', 'x', '[', 'r', ',', ' ', '1', ':', '3', ']']
    """
    found, column = [], 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip() + "\n").readline):
            if token.start[0] == 1 and token.string.strip():
                found.append((token.start[1], token.string))
    except tokenize.TokenError:
        # A bracket that stays open: what stands before its end has been seen.
        pass
    made, indent = [line[: len(line) - len(line.lstrip())]], len(line) - len(line.lstrip())
    for start, text in found:
        made += [" " * (start - column), text]
        column = start + len(text)
    assert indent + column == len(line.rstrip()), line
    return [text for text in made if text]


class CodeLine(VGroup):
    """A line of code; `says` is its text."""

    def __init__(self, text: str, em: float, kind: str, line: int) -> None:
        self.says, self.em = text, em
        tokens = tokens_of(text)
        outlines = iter(_outlines(tuple(tokens)))
        written = [token for token in tokens if token.strip()]
        super().__init__(*(_token(text, next(outlines), em, (kind, line, n)) for n, text in enumerate(written)))


def _token(token: str, outline: np.ndarray, em: float, key: tuple[str, int, int]) -> Glyph:
    look = theme()
    quiet = keyword.iskeyword(token) or token.startswith("#")
    return Glyph(Piece(token, key), outline, em, look.muted if quiet else look.text)


class Code(VGroup):
    """Lines of code below each other, all from one left end: `lines[i]`. The keys of tokens are (kind, line, token)."""

    def __init__(self, kind: str, texts: Sequence[str], em: float) -> None:
        self.em, self.texts = em, list(texts)
        self.lines = [CodeLine(text, em, kind, i) for i, text in enumerate(texts)]
        # Columns are counted from where the lines' reference character stood, one character further left.
        for i, line in enumerate(self.lines):
            line.shift(DOWN * i * PITCH * em)
        self.ground = Rectangle(
            width=self.columns * advance() * em, height=len(texts) * PITCH * em, stroke_width=0, fill_opacity=0
        )
        self.ground.move_to((self.ground.width / 2 + advance() * em, (0.35 - PITCH * (len(texts) - 1) / 2) * em, 0))
        super().__init__(self.ground, *self.lines)

    @property
    def columns(self) -> int:
        """The length of the longest line."""
        return max(map(len, self.texts))

    def mark(self, first: int, last: int) -> RoundedRectangle:
        """A bright frame around some lines."""
        lengths = [(len(t) - len(t.lstrip()), len(t)) for t in self.texts[first : last + 1]]
        return self._frame(first, last, min(a for a, _ in lengths), max(b for _, b in lengths))

    def find(self, text: str) -> RoundedRectangle:
        """A bright frame around a part of a line. Raises ValueError where it is not there."""
        for i, line in enumerate(self.texts):
            if (at := line.find(text)) >= 0:
                return self._frame(i, i, at, at + len(text))
        raise ValueError(f"no line has {text!r}; expected it in {self.texts}")

    def _frame(self, first: int, last: int, start: int, end: int) -> RoundedRectangle:
        step, left, top = advance() * self.em, float(self.ground.get_left()[0]), float(self.ground.get_top()[1])
        wide, tall = (end - start) * step + 0.04, (last - first + 1) * PITCH * self.em - 0.04
        frame = RoundedRectangle(
            corner_radius=0.06, width=wide, height=tall, stroke_color=theme().accent, stroke_width=3, fill_opacity=0
        )
        frame.move_to((left + (start + end) / 2 * step, top - (first + last + 1) / 2 * PITCH * self.em, 0))
        return frame.set_z_index(FRAME_LAYER)


class Listing(VGroup):
    """Code as an emblem: a bar for each line, as long as it is."""

    def __init__(self, texts: Sequence[str], em: float) -> None:
        bars = []
        for i, text in enumerate(texts):
            indent, step = len(text) - len(text.lstrip()), advance() * em
            bar = Rectangle(
                width=(len(text) - indent) * step,
                height=0.5 * em,
                fill_color=theme().muted,
                fill_opacity=1,
                stroke_width=0,
            )
            bar.move_to(RIGHT * (indent * step + bar.width / 2) + DOWN * i * PITCH * em)
            bars.append(bar.set_z_index(BOX_LAYER))
        super().__init__(*bars)
