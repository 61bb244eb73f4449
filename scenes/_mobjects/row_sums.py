"""From the sums with zero terms, as the matrix works them out, to those without."""

from __future__ import annotations

from manim import FadeIn, FadeOut, ReplacementTransform

from scenes._mobjects.equations import terms_of
from scenes._mobjects.motion import SECOND_HALF, Moves
from scenes._mobjects.text import Glyph, Line


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
    return flat[1:] if flat[0].says == "+" else flat
