"""What each channel adds to a result: a line beside every channel, then all of them in one sum."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, UP, VGroup

from cnnmath import ChannelShare, Term
from scenes._mobjects.cells import Cell, longest_texts
from scenes._mobjects.equations import factor, factors_of, product, sum_of
from scenes._mobjects.text import READABLE, Line, too_small
from scenes._words.digits import Number, number, relation
from scenes._words.piece import Piece
from scenes._words.subject import Subject

LARGEST, _IN_TWO, _LEADING = 0.46, 0.37, 1.25
"""Size of a line where it has room, and if it is one of two; and from the first of two to the second, all in em."""
Pieces = list[Piece | str]


def value_of(share: ChannelShare) -> Number:
    """The value of a share, as a number."""
    return number(share.value, sum(abs(term.product) for term in share.terms))


def share_piece(subject: Subject, result: int, share: ChannelShare) -> Piece:
    """The value of a share."""
    return Piece(value_of(share), ("share", result, share.channel))


def _shown(terms: Sequence[Term], most: int) -> list[Term | None]:
    """Of more than `most` terms the first ones, dots (None), and the last one, or the first one and dots."""
    if len(terms) <= most:
        return [*terms]
    return [*terms[: most - 1], None, terms[-1]] if most > 1 else [terms[0], None]


def _terms(subject: Subject, terms: Sequence[Term], most: int) -> list[Pieces]:
    """The products of a sum, as many of them as are shown."""
    return [
        product(subject, subject.weight(t.weight), subject.pixel(t.pixel)) if t else ["…"] for t in _shown(terms, most)
    ]


def _joined(summands: Sequence[Pieces]) -> Pieces:
    return [piece for k, term in enumerate(summands) for piece in (*(["+"] if k else []), *term)]


def share_pieces(subject: Subject, result: int, share: ChannelShare, most: int) -> Pieces:
    """αA + βB + … in letters; the same and its value in numbers; where a channel meets only padding, a zero."""
    if not share.terms:
        return [share_piece(subject, result, share)]
    line = _joined(_terms(subject, share.terms, most))
    if not subject.numeric:
        return line
    value = share_piece(subject, result, share)
    there = _shown(share.terms, most)
    hidden = [factors_of(term) for term in share.terms if term not in there]
    sign = relation([factors_of(term) for term in there if term], value_of(share), hidden)
    return [*line, sign, value]


def total_pieces(subject: Subject, result: int, most: int) -> Pieces:
    """All shares in one sum: their values in numbers, their products in brackets in letters; plus the bias."""
    equation = subject.conv.equations()[result]
    shares = subject.conv.channel_shares(result)
    summands: list[Pieces] = []
    for share in shares:
        if subject.numeric or not share.terms:
            summands.append(factor(share_piece(subject, result, share)))
        else:
            summands.append(["(", *_joined(_terms(subject, share.terms, most)), ")"])
    summands.append(factor(subject.bias(equation.filter)))
    values = [[value_of(share)] for share in shares] + [[number(equation.bias)]]
    sign = relation(values, sum_of(equation)) if subject.numeric else "="
    return [*_joined(summands), sign, subject.result(result)]


def widest(makes: Sequence[Sequence[Pieces]], room: float, size: float = LARGEST) -> list[Line]:
    """Of several choices of lines, from long to short, the first that can be read in `room`; else the last one."""
    for lines in makes:
        made = [Line(pieces, size) for pieces in lines]
        wide = max(float(line.width) for line in made)
        if wide <= room or lines is makes[-1] or size * room / wide >= READABLE:
            break
    return made if wide <= room else [Line(pieces, size * room / wide) for pieces in lines]


class Shares(VGroup):
    """A line beside each channel, `start` right of it, with a + before all but the first."""

    def __init__(
        self,
        subject: Subject,
        result: int,
        planes: Sequence[Sequence[Cell]],
        room: float,
        start: float,
    ) -> None:
        self.lines = widest(_lines(subject, result), room)
        right = max(cell.box.get_right()[0] for cell in planes[0])
        right = max(right, max(cell.box.get_right()[0] for cell in planes[-1]))
        indent = float(self.lines[1][0].width) + 0.12 if len(self.lines) > 1 else 0.0
        for k, (line, plane) in enumerate(zip(self.lines, planes, strict=True)):
            y = float(VGroup(*(cell.box for cell in plane)).get_y())
            line.align_to((right + start + (0 if k else indent), 0, 0), LEFT).shift(UP * (y - line[-1].get_y()))
        super().__init__(*self.lines)


def _lines(subject: Subject, result: int) -> list[list[Pieces]]:
    """The lines of all channels, with all their products, or ever fewer."""
    shares = subject.conv.channel_shares(result)
    return [
        [[*(["+"] if s.channel else []), *share_pieces(subject, result, s, most)] for s in shares]
        for most in _choices(shares)
    ]


def least_room(subject: Subject) -> float:
    """How wide the room must be in which any result's shares can be read, with as few products as can be."""
    conv = subject.conv
    shares = [share for result in range(conv.counts.results) for share in conv.channel_shares(result)]
    weights, pixels = (
        _widest_factor([piece(i) for i in range(count)])
        for piece, count in ((subject.weight, conv.counts.weights), (subject.pixel, conv.counts.pixels))
    )
    line: Pieces = ["+", *product(subject, weights, pixels)]
    line += ["+", "…"] if any(len(share.terms) > 1 for share in shares) else []
    line += ["≈", _widest_factor([Piece(value_of(share)) for share in shares])] if subject.numeric else []
    return float(Line(line, READABLE).width)


def _widest_factor(pieces: Sequence[Piece]) -> Piece:
    """The one that is widest as a factor: a negative number has brackets."""
    said = {"".join(p if isinstance(p, str) else p.says for p in factor(piece)): piece for piece in pieces}
    return said[longest_texts([Piece(text) for text in said])[-1]]


def _choices(shares: Sequence[ChannelShare]) -> list[int]:
    """How many products a line may show: all of them, or ever fewer."""
    longest = max(1, *(len(share.terms) for share in shares))
    return list(range(longest, 0, -1))


def total_line(subject: Subject, result: int, room: float) -> Line:
    """The shares and the bias in one line, broken in two where it could not be read otherwise."""
    sums = [total_pieces(subject, result, most) for most in _choices(subject.conv.channel_shares(result))]
    (line,) = widest([[pieces] for pieces in sums], room)
    if not too_small(line):
        return line.set_x(0)
    line, below = (line.set_x(0) for line in widest([*map(_broken, sums)], room, _IN_TWO))
    below.shift(DOWN * (_LEADING * below[0].em + below[0].baseline - line[0].baseline))
    return line.add(*below)


def _broken(pieces: Pieces) -> list[Pieces]:
    """A sum in two lines: before the + that is nearest to its middle."""
    pluses = [k for k, piece in enumerate(pieces) if piece == "+" and _depth(pieces[:k]) == 0]
    middle = min(pluses, key=lambda k: abs(2 * k - len(pieces)))
    return [pieces[:middle], pieces[middle:]]


def _depth(pieces: Pieces) -> int:
    """How many brackets are open."""
    return pieces.count("(") - pieces.count(")")
