"""What each channel adds to a result, a line each, and below them their sum with the bias."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from manim import DOWN, LEFT, VGroup

from scenes._mobjects.shares import share_pieces, total_pieces
from scenes._mobjects.text import Glyph, Line
from scenes._words.piece import Piece
from scenes._words.subject import Subject

PITCH = 1.6
"""From line to line, in em."""
Pieces = list[Piece | str]


class ChannelLines(VGroup):
    """`shares[channel]` and `total` below each other, of at most so many terms in a line, around the origin.

    In letters they are one sum, broken into lines; in numbers each line has its value.
    """

    def __init__(self, subject: Subject, result: int, most: int, size: float) -> None:
        lines = [Line(pieces, size) for pieces in line_pieces(subject, result, most)]
        for k, line in enumerate(lines):
            line.shift(DOWN * (PITCH * size * k + line[0].baseline)).align_to(lines[0], LEFT)
        super().__init__(*lines)
        self.center()
        self.shares, self.total = lines[:-1], lines[-1]

    @property
    def result(self) -> Glyph:
        """What comes out."""
        return self.total[-1]


def line_pieces(subject: Subject, result: int, most: int) -> list[Pieces]:
    """The lines, as pieces."""
    shares = subject.conv.channel_shares(result)
    lines = [share_pieces(subject, result, share, most) for share in shares]
    if subject.numeric:
        return [*lines, total_pieces(subject, result, most)]
    filter_ = subject.conv.window(result).filter
    summed = [lines[0], *(["+", *line] for line in lines[1:])]
    return [*summed, ["+", subject.bias(filter_), "=", subject.result(result)]]


def extent(subject: Subject, results: Sequence[int], most: int) -> tuple[float, float]:
    """Width and height of the largest of them, in em."""
    lines = [line_pieces(subject, result, most) for result in results]
    widths = [_wide(tuple(str(getattr(one, "says", one)) for one in pieces)) for made in lines for pieces in made]
    return max(widths), PITCH * (1 + len(subject.conv.image))


@cache
def _wide(says: tuple[str, ...]) -> float:
    """The width of a line, in em."""
    return float(Line(says, 1.0).width)
