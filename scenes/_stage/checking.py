"""Whether a picture can be shown: all of it in the frame, its texts readable, its cells seen."""

from __future__ import annotations

import math

from manim import VMobject

from scenes._look.frame import frame
from scenes._mobjects.cells import SEEN, Cell
from scenes._mobjects.text import LEAST, too_small
from scenes._words.piece import Key

_HAIR = 1e-6
"""Sizes that differ by less are equal."""


def check_picture(picture: VMobject, shown: str, numeric: bool) -> None:
    """Raise ValueError for a picture that leaves the safe area, or whose texts or cells are too small.

    `shown` begins the message: what cannot be shown. Shorter numbers are proposed for a `numeric` picture only.
    """
    if small := too_small(picture):
        least = min(small, key=lambda glyph: glyph.em)
        share = math.floor(100 * least.em / LEAST)
        raise ValueError(
            f"{shown}: {least.says!r} would have {share} % of the least size that the last row can read; "
            f"{_advice(least.key, numeric)}"
        )
    cells = (part for part in picture.get_family() if isinstance(part, Cell))
    if unseen := next((one for one in cells if max(one.box.width, one.box.height) < SEEN - _HAIR), None):
        advice = _advice(unseen.key, numeric)
        raise ValueError(f"{shown}: cells would be too small to be seen, at least {SEEN} units; {advice}")
    wide = max(abs(float(picture.get_left()[0])), float(picture.get_right()[0]))
    tall = max(abs(float(picture.get_bottom()[1])), float(picture.get_top()[1]))
    if wide > frame().safe_x + 0.01 or tall > frame().safe_y:
        raise ValueError(f"{shown}: it would leave the frame; {_advice(None, False)}")


_TO_BLAME = {"weight": "filter", "pixel": "image", "padding": "image"}


def _advice(key: Key | None, numeric: bool) -> str:
    """What a lecturer can do about something that is too small: what `key` belongs to is to blame."""
    smaller = _TO_BLAME.get(str(key[0]) if key else "", "image or filter")
    return f"take a smaller {smaller}{', or shorter numbers' if numeric else ''}"
