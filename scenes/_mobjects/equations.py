"""Equations: boxed, with a cell for each symbol, and compact, as one typeset line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import RIGHT, UP, VGroup

from cnnmath import Convolution, Equation
from scenes._mobjects.cells import Cell, label_size
from scenes._mobjects.text import Glyph, Line, Piece, symbol
from scenes._names import Names, relation
from scenes._theme import theme

_DOT, _OPERATOR = 0.2, 0.62
"""Room for the dot between two factors, and for + and =, in sides of a cell."""


def boxed_width(terms: int) -> float:
    """Width of a boxed equation, in sides of a cell."""
    return terms * (2 + _DOT) + 2 + (terms + 1) * _OPERATOR


class BoxedEquation(VGroup):
    """One result's sum with each weight, pixel, bias and result in a cell of its own."""

    def __init__(self, equation: Equation, names: Names, side: float) -> None:
        self.equation, self.side = equation, side
        self._size = label_size(side)
        self.weights: list[Cell] = []
        self.pixels: list[Cell] = []
        self.dots: list[Glyph] = []
        self.plus: list[Glyph] = []
        self._x = 0.0
        for term in equation.terms:
            if self.weights:
                self.plus.append(self._operator("+", _OPERATOR))
            self.weights.append(self._cell(names.weight(term.weight)))
            self.dots.append(self._operator("·", _DOT))
            self.pixels.append(self._cell(names.pixel(term.pixel)))
        self.plus.append(self._operator("+", _OPERATOR))
        self.bias = self._cell(names.bias(equation.filter))
        self.equals = self._operator(equals(equation, names), _OPERATOR)
        self.result = self._cell(names.result(equation.result))
        shown = self.dots if names.numeric else []
        super().__init__(*self.weights, *self.pixels, *shown, *self.plus, self.bias, self.equals, self.result)

    def _cell(self, piece: Piece) -> Cell:
        cell = Cell(piece, self.side).shift(RIGHT * (self._x + self.side / 2))
        self._x += self.side
        return cell

    def _operator(self, says: str, room: float) -> Glyph:
        glyph = symbol(says, ("operator",), self._size).move_to(RIGHT * (self._x + room * self.side / 2))
        self._x += room * self.side
        return glyph

    @property
    def boxed_cells(self) -> list[Cell]:
        """All cells, in the order of the line."""
        factors = [cell for pair in zip(self.weights, self.pixels, strict=True) for cell in pair]
        return [*factors, self.bias, self.result]

    @property
    def glyphs(self) -> list[Glyph]:
        """All symbols in the order of `compact_equation`'s line."""
        found: list[Glyph] = []
        for k, (weight, pixel) in enumerate(zip(self.weights, self.pixels, strict=True)):
            found += [*([self.plus[k - 1]] if k else []), weight.symbol, pixel.symbol]
        return [*found, self.plus[-1], self.bias.symbol, self.equals, self.result.symbol]

    def place(self, middle: tuple[float, float, float]) -> BoxedEquation:
        """Move the line, the dots (which show only between numbers) included."""
        VGroup(*self.submobjects, *(dot for dot in self.dots if dot not in self.submobjects)).move_to(middle)
        return self


def factor(piece: Piece) -> list[Piece | str]:
    """A factor or summand as it stands inside a sum: a negative number in brackets."""
    return ["(", piece, ")"] if piece.says.startswith("−") else [piece]


def product(names: Names, weight: Piece, pixel: Piece) -> list[Piece | str]:
    """αA in letters, 2 · 7 in numbers."""
    return [*factor(weight), *(["·"] if names.numeric else []), *factor(pixel)]


def equals(equation: Equation, names: Names) -> str:
    """= in letters; in numbers ≈ where the rounded numbers on screen do not come to the result on screen."""
    if not names.numeric:
        return "="
    terms = [(term.weight_value, term.pixel_value) for term in equation.terms]
    return relation([*terms, (equation.bias,)], equation.value)


def _sum(equation: Equation, names: Names, terms: list[list[Piece | str]], size: float) -> Line:
    """Terms and bias, joined by +, and the result."""
    summands = [*terms, factor(names.bias(equation.filter))]
    joined = [piece for k, term in enumerate(summands) for piece in (*(["+"] if k else []), *term)]
    return Line([*joined, equals(equation, names), names.result(equation.result)], size)


def compact_equation(equation: Equation, names: Names, size: float) -> Line:
    """αA + βB + … + b = P as one typeset line."""
    terms = [product(names, names.weight(t.weight), names.pixel(t.pixel)) for t in equation.terms]
    return _sum(equation, names, terms, size)


def long_equation(conv: Convolution, equation: Equation, names: Names, size: float) -> Line:
    """The same sum as the matrix works it out, with a grey zero term for every pixel that the filter does not touch."""
    row = conv.sharing[equation.result]
    first = [names.weight(int(w)) if w >= 0 else names.zero(equation.result, p) for p, w in enumerate(row)]
    line = _sum(equation, names, [product(names, f, names.pixel(p)) for p, f in enumerate(first)], size)
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
