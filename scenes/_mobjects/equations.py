"""Equations: boxed, with a cell for each symbol, and compact, as one typeset line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from manim import RIGHT, UP, VGroup, VMobject

from cnnmath import Equation, Term
from scenes._look.theme import theme
from scenes._mobjects.cells import LABEL_SHARE, Cell, Grid, label_size
from scenes._mobjects.text import READABLE, Glyph, Line, symbol, symbol_width
from scenes._words.digits import Number, number, relation
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_ROOM = {"·": 0.2, "…": 0.9}
"""Room for the dot between two factors, and for the dots of what is left out, in sides of a cell."""
_OPERATOR = 0.62
"""The same for +, = and ≈."""
_CLEAR, _DOT_CLEAR = 0.055, 0.04
"""Left and right of a sign, and of the dot between two factors, at least: a share of a small cell looks squeezed."""


Forms = Sequence[tuple[float, float]]
"""A width is the largest of these: so many sides of a cell, and so much more."""


def sign_forms(says: str) -> Forms:
    """How wide the place of a sign is between cells."""
    clear, em = 2 * (_DOT_CLEAR if says == "·" else _CLEAR), symbol_width(says)
    return (_ROOM.get(says, _OPERATOR), 0.0), (LABEL_SHARE * em, clear), (0.0, READABLE * em + clear)


def shown_terms(terms: int, most: int | None = None) -> list[int | None]:
    """Which terms of a sum stand there when there is room for `most`; None stands for the dots before the last one.

    >>> shown_terms(4, 4), shown_terms(9, 3)
    ([0, 1, 2, 3], [0, 1, None, 8])
    """
    if most is None or terms <= most:
        return list(range(terms))
    return [*range(most - 1), None, terms - 1]


@dataclass(frozen=True)
class LineShape:
    """How boxed lines are set: the side of a cell, how wide each kind of cell is, at most how many terms."""

    side: float
    most: int | None = None
    forms: Mapping[str, Forms] = field(default_factory=dict)

    def wide(self, kind: str) -> float:
        """The width of the cells of a kind."""
        return self.at(self.forms.get(kind, _CELL))

    def sign(self, says: str) -> float:
        """The room of a sign."""
        return self.at(sign_forms(says))

    def at(self, forms: Forms) -> float:
        """A width in this line."""
        return max(share * self.side + fixed for share, fixed in forms)

    def width(self, terms: int) -> float:
        """The width of a line with so many terms."""
        shown = shown_terms(terms, self.most)
        dots = shown.count(None)
        factors = (len(shown) - dots) * (self.wide("weight") + self.wide("pixel") + self.sign("·"))
        operators = (len(shown) + 1) * self.sign("+") + dots * self.sign("…")
        return factors + operators + self.wide("bias") + self.wide("result")


_CELL: Forms = ((1.0, 0.0),)


class BoxedEquation(VGroup):
    """One result's sum with each weight, pixel, bias and result in a cell of its own.

    `terms` are those that stand there. Where some are left out, `rest` is a + and dots, before the last of them.
    """

    def __init__(self, equation: Equation, subject: Subject, shape: LineShape) -> None:
        self.equation, self.side, self._shape = equation, shape.side, shape
        self.size = label_size(shape.side)
        self.weights: list[Cell] = []
        self.pixels: list[Cell] = []
        self.dots: list[Glyph] = []
        self.plus: list[Glyph] = []
        self.rest: list[Glyph] = []
        self._x = 0.0
        self._slots = shown_terms(len(equation.terms), shape.most)
        self.terms = [equation.terms[k] for k in self._slots if k is not None]
        for k in self._slots:
            plus = [self._operator("+")] if self.weights else []
            if k is None:
                self.rest = [*plus, self._operator("…")]
                continue
            self.plus += plus
            self.weights.append(self._cell(subject.weight(equation.terms[k].weight)))
            self.dots.append(self._operator("·"))
            self.pixels.append(self._cell(subject.pixel(equation.terms[k].pixel)))
        if self.terms:
            # Where the filter lies on padding only, the bias stands alone.
            self.plus.append(self._operator("+"))
        self.bias = self._cell(subject.bias(equation.filter))
        self.equals = self._operator(equals(equation, subject, self.terms))
        self.result = self._cell(subject.result(equation.result))
        super().__init__(
            *self.weights, *self.pixels, *self.dots, *self.plus, *self.rest, self.bias, self.equals, self.result
        )

    def _cell(self, piece: Piece) -> Cell:
        wide = self._shape.wide(str(piece.key[0]) if piece.key else "")
        cell = Cell(piece, self.side, width=wide).shift(RIGHT * (self._x + wide / 2))
        self._x += wide
        return cell

    def _operator(self, says: str) -> Glyph:
        room = self._shape.sign(says)
        glyph = symbol(says, ("operator",), self.size).move_to(RIGHT * (self._x + room / 2))
        self._x += room
        return glyph

    def blank(self) -> VMobject:
        """The outlines of its cells but the result's, as one shape: where its symbols will stand."""
        made = VMobject(stroke_color=theme().line, stroke_width=1.5, fill_opacity=0)
        for cell in self.boxed_cells[:-1]:
            made.append_points(cell.box.points)
        return made

    @property
    def boxed_cells(self) -> list[Cell]:
        """All cells, in the order of the line."""
        factors = [cell for pair in zip(self.weights, self.pixels, strict=True) for cell in pair]
        return [*factors, self.bias, self.result]

    @property
    def parts(self) -> dict[tuple[str, int], Glyph]:
        """All symbols by what they are, and of which term: the same as `parts_of` the compact line."""
        rest, joining = iter(self.rest), iter(self.plus)
        factors = zip(self.weights, self.pixels, strict=True)
        found: dict[tuple[str, int], Glyph] = {}
        for n, k in enumerate(self._slots):
            if n:
                found["+", -1 if k is None else k] = next(rest if k is None else joining)
            if k is None:
                found["…", -1] = next(rest)
            else:
                weight, pixel = next(factors)
                found["weight", k], found["pixel", k] = weight.symbol, pixel.symbol
        return found | _ending([*joining, self.bias.symbol, self.equals, self.result.symbol])

    def end_at(self, right: float, height: float) -> BoxedEquation:
        """Move the line so that it ends there."""
        return self.shift(RIGHT * (right - self._x) + UP * height)


def _ending(glyphs: list[Glyph]) -> dict[tuple[str, int], Glyph]:
    """The last symbols of a line; without a + where there are no terms."""
    kinds = ("+", "bias", "=", "result")[-len(glyphs) :]
    return {(kind, -2): glyph for kind, glyph in zip(kinds, glyphs, strict=True)}


def parts_of(line: Line, equation: Equation) -> dict[tuple[str, int], Glyph]:
    """The symbols of a compact line by what they are, and of which term."""
    glyphs = iter(essential(line))
    most = sum(glyph.key is not None and glyph.key[0] == "weight" for glyph in line)
    found: dict[tuple[str, int], Glyph] = {}
    for n, k in enumerate(shown_terms(len(equation.terms), most)):
        if n:
            found["+", -1 if k is None else k] = next(glyphs)
        for kind in ("…",) if k is None else ("weight", "pixel"):
            found[kind, -1 if k is None else k] = next(glyphs)
    return found | _ending([*glyphs])


def factor(piece: Piece) -> list[Piece | str]:
    """A factor or summand as it stands inside a sum: a negative number in brackets."""
    return ["(", piece, ")"] if piece.says.startswith("−") else [piece]


def product(subject: Subject, weight: Piece, pixel: Piece) -> list[Piece | str]:
    """αA in letters, 2 · 7 in numbers."""
    return [*factor(weight), *(["·"] if subject.numeric else []), *factor(pixel)]


def sum_of(equation: Equation) -> Number:
    """The result of an equation, as a number."""
    size = sum(abs(term.product) for term in equation.terms) + abs(equation.bias)
    return number(equation.value, size)


def equals(equation: Equation, subject: Subject, shown: Sequence[Term]) -> str:
    """= in letters; in numbers ≈ where the numbers on screen do not come to the result on screen."""
    return factors_equal(equation, shown) if subject.numeric else "="


def products_equal(equation: Equation, shown: Sequence[Term]) -> str:
    """The same for the products of the `shown` terms: = or ≈ between them with the bias and the result."""
    return _equal(equation, shown, lambda term: [number(term.product)])


def factors_equal(equation: Equation, shown: Sequence[Term], lettered: bool = False) -> str:
    """= or ≈ between the factors that are `shown` with the bias and the result, or that for which a letter stands."""
    return _equal(equation, shown, factors_of, lettered)


def factors_of(term: Term) -> list[Number]:
    """Weight and pixel as numbers."""
    return [number(term.weight_value), number(term.pixel_value)]


def _equal(
    equation: Equation, shown: Sequence[Term], parts: Callable[[Term], list[Number]], lettered: bool = False
) -> str:
    there = [*map(parts, shown), [number(equation.bias)]]
    hidden = [parts(term) for term in equation.terms if term not in shown]
    return relation(there, sum_of(equation), hidden, lettered)


def all_equal(subject: Subject, image: Grid, results: Grid) -> str:
    """= where every result is what the numbers on screen come to, otherwise ≈; shades are as exact as can be."""
    if results.shaded:
        return "="
    equations = subject.conv.equations()
    signs = (equals(equation, subject, () if image.shaded else equation.terms) for equation in equations)
    return "≈" if "≈" in signs else "="


def _sum(
    equation: Equation, subject: Subject, terms: list[list[Piece | str]], shown: Sequence[Term], size: float
) -> Line:
    """Terms and bias, joined by +, and the result; `shown` are the equation's own among them."""
    summands = [*terms, factor(subject.bias(equation.filter))]
    joined = [piece for k, term in enumerate(summands) for piece in (*(["+"] if k else []), *term)]
    return Line([*joined, equals(equation, subject, shown), subject.result(equation.result)], size)


def compact_equation(equation: Equation, subject: Subject, size: float, most: int | None = None) -> Line:
    """αA + βB + … + b = P as one typeset line; of more than `most` terms the first ones, dots, and the last one."""
    slots = shown_terms(len(equation.terms), most)
    terms = [None if k is None else equation.terms[k] for k in slots]
    return _sum(
        equation,
        subject,
        [product(subject, subject.weight(t.weight), subject.pixel(t.pixel)) if t else ["…"] for t in terms],
        [term for term in terms if term],
        size,
    )


_LONGEST = 40
"""No line with more terms can be read: none is typeset to find that out."""


def compact_lines(equations: Sequence[Equation], subject: Subject, size: float, room: float) -> list[Line]:
    """Compact lines below each other; where they could not be read, with as many of their terms as can be."""
    makes = [partial(compact_equation, equation, subject) for equation in equations]
    return readable_lines(makes, max(len(equation.terms) for equation in equations), size, room)


def long_lines(equations: Sequence[Equation], subject: Subject, size: float, room: float) -> list[Line]:
    """The same for the sums with their zero terms."""
    makes = [partial(long_equation, equation, subject) for equation in equations]
    return readable_lines(makes, subject.conv.counts.pixels, size, room)


def readable_lines(makes: Sequence[Callable[..., Line]], longest: int, size: float, room: float) -> list[Line]:
    """Lines of at most `longest` terms below each other, with as many of them as can be read: the last one at least."""
    most = min(_LONGEST, longest)
    while True:
        lines = aligned([partial(make, most=most) for make in makes], size, room)
        share = lines[0][-2].em / READABLE
        if most <= 1 or share >= 1 - 1e-6:
            return lines
        most = max(1, min(most - 1, int(most * share)))


def long_equation(equation: Equation, subject: Subject, size: float, most: int | None = None) -> Line:
    """The same sum as the matrix works it out, with a grey zero term for every pixel that the filter does not touch."""
    row = subject.conv.sharing[equation.result]
    factors = [subject.weight(int(w)) if w >= 0 else subject.zero(equation.result, p) for p, w in enumerate(row)]
    slots = shown_terms(len(row), most)
    terms: list[list[Piece | str]] = [
        ["…"] if p is None else product(subject, factors[p], subject.pixel(p)) for p in slots
    ]
    line = _sum(equation, subject, terms, [term for term in equation.terms if term.pixel in slots], size)
    for term in terms_of(line):
        if any(glyph.key and glyph.key[0] == "zero" for glyph in term):
            for glyph in term:
                glyph.set_fill(theme().muted)
    return line


def fitting(make: Callable[[float], Line], size: float, room: float) -> Line:
    """The line that `make` gives for a size, as large as that if it is no wider than `room`."""
    line = make(size)
    return line if line.width <= room else make(size * room / float(line.width))


def aligned(makes: Sequence[Callable[[float], Line]], size: float, room: float) -> list[Line]:
    """Lines of one common size with their = below each other, together no wider than `room`, centred at x = 0."""
    lines = _align([make(size) for make in makes])
    width = float(VGroup(*lines).width)
    if width > room:
        lines = _align([make(size * room / width) for make in makes])
    VGroup(*lines).set_x(0)
    return lines


def level(line: Line, height: float) -> Line:
    """Put a line's = at a height: unlike its middle, that does not depend on which letters reach down."""
    return line.shift(UP * (height - line[-2].get_y()))


def _align(lines: list[Line]) -> list[Line]:
    """Shift lines so that their = stand below each other."""
    for line in lines:
        line.shift(RIGHT * (lines[0][-2].get_x() - line[-2].get_x()))
    return lines


def terms_of(line: Line) -> list[list[Glyph]]:
    """The glyphs of a sum, cut before every + and before = or ≈."""
    terms: list[list[Glyph]] = [[]]
    for glyph in line:
        if glyph.says in "+=≈" and glyph.key is None:
            terms.append([])
        terms[-1].append(glyph)
    return terms


def essential(line: Line) -> list[Glyph]:
    """A line without the brackets and dots that only numbers need."""
    return [glyph for glyph in line if glyph.says not in "()·"]
