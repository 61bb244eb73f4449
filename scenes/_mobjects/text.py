"""Typeset symbols and lines. All text is Typst; each piece is one VMobject that knows what it says.

manim's own Typst mobjects keep their SVG source and a dictionary of groups, which makes every copy of a formula
slow. Here the outlines are taken once for each source and kept as bare points; copies cost almost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from textwrap import wrap
from typing import Self, cast

import numpy as np
from manim import DOWN, ManimColor, Typst, VGroup, VMobject

from scenes import _fast
from scenes._look.theme import theme
from scenes._words.piece import Key, Piece

# Only families that the typst package carries: system fonts differ from machine to machine.
PREAMBLE = """\
#set text(font: "Libertinus Serif", fallback: false)
#show math.equation: set text(font: "New Computer Modern Math", fallback: false)
#show raw: set text(font: "DejaVu Sans Mono", fallback: false, size: 1.25em)
#let lbl(name, body) = [#box(body)#label(name)]
"""
# manim's font size at which one em is one unit of the scene.
_EM = 96
_DIGITS = 12
"""After the point of an outline's coordinates, in em: far below what any picture shows."""

TITLE_SIZE, TEXT_SIZE, CAPTION_SIZE = 0.64, 0.5, 0.42
"""Sizes of text in em, in units of the scene (the frame's shorter side is 8)."""
READABLE = 0.33
"""What is written small is written in this size (em)."""
LEAST = 0.3254
"""No text is smaller than this (em): its capitals are 1/36 of the frame's shorter side, as the last row needs them."""
SYMBOL_LAYER = 5
"""z_index of all text: above cells, nodes and edges."""

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_POWER = re.compile(r"^(?P<sign>−?)(?:(?P<factor>[0-9.]+)·)?10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SYMBOL = re.compile(r"^(?P<base>.)(?P<index>[₀-₉]*)(?P<prime>′?)$")
_FORMULAS = {"1/(1 + e⁻ˣ)": "1/(1 + e^(-x))"}
"""What Typst takes for a formula that is written otherwise."""
_OPERATORS = {"+": "med", "=": "thick", "∗": "med", "·": "thin", "≈": "thick", "−": "med"}


def _math_source(says: str) -> str:
    """Typst math for a symbol ("A₁′"), a number ("−2.5", "1.2·10⁻⁶"), an operator ("+"), or e to a power ("e^2")."""
    if power := _POWER.match(says):
        factor = f'{power["factor"]} class("normal", dot.op) ' if power["factor"] else ""
        return f"{power['sign']}{factor}10^({power['power'].translate(_RAISED)})".replace("−", "-")
    if says.startswith("e^"):
        return f"e^({says[2:]})".replace("−", "-")
    match = _SYMBOL.match(says)
    if match and match["base"].isalpha():
        index, prime = match["index"].translate(_SUBSCRIPTS), match["prime"]
        return match["base"] + ("'" if prime else "") + (f"_({index})" if index else "")
    # A slash alone would ask for a fraction.
    return _FORMULAS.get(says, says).replace("−", "-").replace("/", r"\/")


def _math_line(pieces: Sequence[str]) -> str:
    """A formula. A box has no spacing of its own in Typst's math, so operators get theirs here."""
    parts = []
    for i, says in enumerate(pieces):
        boxed = f'#lbl("p{i}", ${_math_source(says)}$)'
        space = _OPERATORS.get(says)
        before = f"{space} " if i else ""
        parts.append(f"{before}{boxed} {space}" if space else boxed)
    return f'${"".join(parts)}#lbl("ref", $upright(H)$)$'


def _words_line(pieces: Sequence[str]) -> str:
    """Plain words; quotes and backslashes are escaped, nothing in them is markup."""
    parts = []
    for i, says in enumerate(pieces):
        escaped = says.replace("\\", "\\\\").replace('"', '\\"')
        parts.append(f'#lbl("p{i}", "{escaped}")')
    return " ".join(parts) + '#lbl("ref", "H")'


@cache
def _outlines(pieces: tuple[str, ...], math: bool) -> tuple[np.ndarray, ...]:
    """Outlines of the pieces set side by side, in em; the baseline is y = 0 and the line starts at x = 0."""
    source = _math_line(pieces) if math else _words_line(pieces)
    labels = [f"p{i}" for i in range(len(pieces))]
    found = outlines_of(source, [*labels, "ref"])
    start = min(_anchors(found[label])[:, 0].min() for label in labels)
    origin = np.array([start, _anchors(found["ref"])[:, 1].min(), 0.0])
    # Rounded, so that it does not matter in which order they were added up.
    return tuple(np.round(found[label] - origin, _DIGITS) for label in labels)


def _anchors(curves: np.ndarray) -> np.ndarray:
    """Where curves start and end: what manim takes for the bounds of an outline."""
    return curves.reshape(-1, 4, 3)[:, ::3].reshape(-1, 3)


def outlines_of(source: str, labels: Sequence[str]) -> dict[str, np.ndarray]:
    """Set a source; gives the outlines of what has these labels, in em."""
    if _fast.measures():
        # What cannot be read the short way is left to manim.
        with suppress(_fast.UnreadableError):
            return _fast.outlines(source, PREAMBLE)
    typeset = Typst(source, typst_preamble=PREAMBLE, font_size=_EM, use_svg_cache=False)
    return {label: np.concatenate([glyph.points for glyph in typeset.select(label)]) for label in labels}


class Glyph(VMobject):
    """One piece of text as a single filled shape: `says` is its text, `key` what it stands for."""

    def __init__(self, piece: Piece, outline: np.ndarray, size: float, color: str | ManimColor) -> None:
        super().__init__(fill_opacity=1, stroke_width=0, fill_color=ManimColor(color))
        self.says, self.key = piece
        self.points = outline * size
        self._drop = float(outline[:, 1].min())
        self._reach = float(np.ptp(outline[:, :2], axis=0).max())
        self.set_z_index(SYMBOL_LAYER)

    @property
    def em(self) -> float:
        """The size of the text now, in units of the scene."""
        return max(self.width, self.height) / self._reach

    @property
    def baseline(self) -> float:
        """Where the line that the text stands on is now (y)."""
        return float(self.get_bottom()[1]) - self._drop * self.em

    def centre_on(self, point: np.ndarray) -> Self:
        """Stand at the middle of a cell: centred sideways, on the baseline of a capital centred in height."""
        middle = float(self.get_center()[0])
        return self.shift(np.array([point[0] - middle, point[1] - CAPITAL / 2 * self.em - self.baseline, 0.0]))


CAPITAL = 0.683
"""Height of a capital letter in em (New Computer Modern Math)."""


class Line(VGroup):
    """A line of text whose pieces stay separate: `line[i]` is the glyph of the i-th piece."""

    def __init__(self, pieces: Iterable[Piece | str], size: float = TEXT_SIZE) -> None:
        named = [Piece(p) if isinstance(p, str) else p for p in pieces]
        outlines, look = _outlines(tuple(p.says for p in named), True), theme()
        super().__init__(
            *(Glyph(p, outline, size, look.ink(p.key, look.text)) for p, outline in zip(named, outlines, strict=True))
        )

    def __iter__(self) -> Iterator[Glyph]:
        return iter(cast(list[Glyph], self.submobjects))

    def __getitem__(self, index: int) -> Glyph:  # type: ignore[override]
        return cast(Glyph, self.submobjects[index])

    def find(self, key: Key) -> Glyph:
        """The first glyph that stands for `key`."""
        return next(glyph for glyph in self if glyph.key == key)


def symbol(says: str, key: Key | None = None, size: float = TEXT_SIZE, color: str | ManimColor | None = None) -> Glyph:
    """One mathematical symbol or number. A weight takes its own colour unless `color` is given."""
    (outline,) = _outlines((says,), True)
    return Glyph(Piece(says, key), outline, size, color or theme().ink(key, theme().text))


@cache
def symbol_width(says: str) -> float:
    """The width of a symbol or number, in em: layouts ask for those of hundreds, again and again."""
    return float(symbol(says, size=1.0).width)


def words(text: str, size: float = TEXT_SIZE, color: str | ManimColor | None = None, key: Key | None = None) -> Glyph:
    """A line of plain words as one shape."""
    (outline,) = _outlines((text,), False)
    return Glyph(Piece(text, key), outline, size, color or theme().text)


_LEADING = 1.15
"""From line to line, in em."""


def text_block(text: str, size: float, room: float, most: int, key: Key | None = None) -> VGroup:
    """Plain words in up to `most` lines of about the same length, no wider than `room`: else they are smaller."""
    for count in range(1, most + 1):
        lines = [words(line, size, key=key) for line in _broken(text, count)]
        wide = max(float(line.width) for line in lines)
        if wide <= room:
            break
    else:
        size *= room / wide
        lines = [words(line.says, size, key=key) for line in lines]
    for i, line in enumerate(lines[1:], start=1):
        line.shift(DOWN * (i * _LEADING * size + line.baseline - lines[0].baseline))
        line.set_x(lines[0].get_x())
    return VGroup(*lines)


def _broken(text: str, count: int) -> list[str]:
    """A text in up to so many lines, as even as can be; a number stays with what it counts, a sign with what follows.

    >>> _broken("36 entries = 16 copies of 4 weights + 20 untrainable zeros", 2)
    ['36 entries = 16 copies of', '4 weights + 20 untrainable zeros']
    """
    glued = re.sub(r"(?<=[\d=+×]) ", "\u00a0", text)
    width = len(text) // count
    while len(lines := wrap(glued, width, break_long_words=False, break_on_hyphens=False)) > count:
        width += 1
    return [line.replace("\u00a0", " ") for line in lines]


def can_be_read(em: float) -> bool:
    """Whether a text of this size can be read from the last row: the one threshold for all."""
    return em >= LEAST - 1e-6


def too_small(*pictures: VMobject) -> list[Glyph]:
    """The texts of some pictures that cannot be read."""
    glyphs = (part for picture in pictures for part in picture.get_family() if isinstance(part, Glyph))
    return [glyph for glyph in glyphs if not can_be_read(glyph.em)]
