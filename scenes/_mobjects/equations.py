"""Equations: boxed, with a cell for each symbol, and compact, as one typeset line."""

from __future__ import annotations

from manim import RIGHT, VGroup

from cnnmath import Convolution, Equation
from scenes._mobjects.cells import LABEL_SHARE, Cell
from scenes._mobjects.text import Glyph, Line, Piece, symbol
from scenes._names import Names

_DOT, _OPERATOR = 0.2, 0.62
"""Room for the dot between two factors, and for + and =, in sides of a cell."""


def boxed_width(terms: int) -> float:
    """Width of a boxed equation, in sides of a cell."""
    return terms * (2 + _DOT) + 2 + (terms + 1) * _OPERATOR


class BoxedEquation(VGroup):
    """One result's sum with each weight, pixel, bias and result in a cell of its own."""

    def __init__(self, equation: Equation, names: Names, side: float) -> None:
        self.equation, self.side = equation, side
        self._size = LABEL_SHARE * side
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
        self.equals = self._operator("=", _OPERATOR)
        self.result = self._cell(names.result(equation.result))
        super().__init__(*self.weights, *self.pixels, *self.plus, self.bias, self.equals, self.result)

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
        whole = VGroup(*self.submobjects, *self.dots)
        whole.move_to(middle)
        return self


def compact_equation(equation: Equation, names: Names, size: float) -> Line:
    """αA + βB + … + b = P as one typeset line."""
    pieces: list[Piece | str] = []
    for term in equation.terms:
        pieces += [*(["+"] if pieces else []), names.weight(term.weight), names.pixel(term.pixel)]
    return Line(
        [*pieces, *(["+"] if pieces else []), names.bias(equation.filter), "=", names.result(equation.result)], size
    )


def long_equation(conv: Convolution, equation: Equation, names: Names, size: float) -> Line:
    """The same sum as the matrix works it out, with a zero for every pixel that the filter does not touch."""
    pieces: list[Piece | str] = []
    for pixel, weight in enumerate(conv.sharing[equation.result]):
        factor = names.weight(int(weight)) if weight >= 0 else names.zero(equation.result, pixel)
        pieces += [*(["+"] if pieces else []), factor, names.pixel(pixel)]
    return Line([*pieces, "+", names.bias(equation.filter), "=", names.result(equation.result)], size)
