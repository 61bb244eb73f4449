"""Rows of the matrix times the column of pixels, written out; what would be too long to read is shown in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from manim import FadeIn, FadeOut, ReplacementTransform

from cnnmath import Convolution, Equation
from scenes._mobjects.equations import aligned, equals, factor, product, terms_of
from scenes._mobjects.motion import SECOND_HALF, Moves
from scenes._mobjects.text import READABLE, Glyph, Line, Piece
from scenes._names import Names
from scenes._theme import theme

_MOST = 40
"""More terms than this are never readable in one line."""


def row_sum(conv: Convolution, equation: Equation, names: Names, zeros: bool, most: int, size: float) -> Line:
    """One sum with or without its grey zero terms; of more than `most` terms the first ones, dots, and the last."""
    factors = row_factors(conv, equation, names, zeros)
    terms: list[list[Piece | str]] = [product(names, weight, pixel) for weight, pixel in factors]
    if len(terms) > most:
        terms = [*terms[: most - 1], ["…"], terms[-1]]
    terms.append(factor(names.bias(equation.filter)))
    joined = [piece for k, term in enumerate(terms) for piece in (*(["+"] if k else []), *term)]
    line = Line([*joined, equals(equation, names), names.result(equation.result)], size)
    for term in terms_of(line):
        if any(glyph.key and glyph.key[0] == "zero" for glyph in term):
            for glyph in term:
                glyph.set_fill(theme().muted)
    return line


def row_factors(conv: Convolution, equation: Equation, names: Names, zeros: bool) -> list[tuple[Piece, Piece]]:
    """The factors of each term: a weight or an untrainable zero, and a pixel."""
    if not zeros:
        return [(names.weight(term.weight), names.pixel(term.pixel)) for term in equation.terms]
    row = conv.sharing[equation.result]
    return [
        (names.weight(int(w)) if w >= 0 else names.zero(equation.result, p), names.pixel(p)) for p, w in enumerate(row)
    ]


def row_sums(
    conv: Convolution, equations: Sequence[Equation], names: Names, zeros: bool, size: float, room: float
) -> list[Line]:
    """Sums of one size, with their = below each other, and with as many terms as can be read in the room."""
    longest = max(conv.counts.pixels if zeros else len(equation.terms) for equation in equations)
    most = min(longest, _MOST)
    while True:
        makes = [partial(row_sum, conv, equation, names, zeros, most) for equation in equations]
        lines = aligned(makes, size, room)
        em = min(glyph.em for glyph in lines[0])
        if em >= READABLE - 0.003 or most <= 2:
            return lines
        most = max(2, min(most - 1, int(most * em / READABLE) + 1))


def is_cut(line: Line) -> bool:
    """Whether terms are left out."""
    return any(glyph.says == "…" for glyph in line)


def condense(long: Line, short: Line) -> tuple[Moves, Moves]:
    """From the sum with its zero terms to the one without: what leaves, then what moves into place."""
    if is_cut(long) or is_cut(short):
        there, stays = {glyph.key for glyph in short if glyph.key}, {glyph.key: glyph for glyph in long if glyph.key}
        leaving: Moves = [FadeOut(glyph) for glyph in long if glyph.key not in there]
        moves: Moves = [
            ReplacementTransform(stays[glyph.key], glyph)
            if glyph.key in stays
            else FadeIn(glyph, rate_func=SECOND_HALF)
            for glyph in short
        ]
        return leaving, moves
    kept = _kept(long)
    leaving = [FadeOut(glyph) for glyph in long if all(glyph is not k for k in kept)]
    return leaving, [ReplacementTransform(old, new) for old, new in zip(kept, short, strict=True)]


def _kept(long: Line) -> list[Glyph]:
    """The glyphs of the long sum that stand in the compact one too."""
    kept = [term for term in terms_of(long) if not any(glyph.key and glyph.key[0] == "zero" for glyph in term)]
    flat = [glyph for term in kept for glyph in term]
    return flat[1:] if flat[0].key is None else flat
