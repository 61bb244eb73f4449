"""W times the column of pixels plus the column of biases equals the column of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from manim import RIGHT, VGroup

from cnnmath import Convolution
from scenes._layout import (
    Between,
    Layout,
    Measure,
    Part,
    Size,
    between,
    block,
    column,
    first_of,
    label,
    row,
    solve,
    space,
    stack,
)
from scenes._look.theme import theme
from scenes._mobjects.cells import LARGEST_SHARE, Cell, Grid, label_share
from scenes._mobjects.equations import all_equal
from scenes._mobjects.matrix import GAP
from scenes._mobjects.matrix import column as cell_column
from scenes._mobjects.named_pixels import BETWEEN, COUNT_SIZE, count_caption
from scenes._mobjects.shades import BiasStrip, Strip
from scenes._mobjects.text import LEAST, Glyph, symbol
from scenes._pictures.matrix_blocks import draw_matrix, elastic_width, matrix_block
from scenes._pictures.standing import DROPS, RISES, put, stage_room, word_block, write
from scenes._words.digits import result_values
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_LARGEST, _LARGEST_PIXEL, _LARGEST_SHADE = 0.75, 0.6, 0.3
"""Sides of a labelled cell, of an entry as a pixel, and how long a shade is, at most."""
_STRIP = 0.44
"""How wide the strips of shades are."""
_SIGN, _SMALL_SIGN = 0.8, 0.6
"""Sizes of × + =, in em."""
_ABOVE = 1.25
"""Above the matrix, in sides of an entry: there its pixels stand before they are multiplied with it."""
_FLUSH = "flush"
"""Of a number that ends where its strip does."""
SUM = 0.62
"""Below the product, for one sum in a line."""


class Product(VGroup):
    """The product, in labelled cells or in pixels; then with room for a sum below it, at the height `sum_y`.

    Raises DoesNotFitError where it could not be read.
    """

    def __init__(self, subject: Subject, in_cells: bool) -> None:
        self.conv = conv = subject.conv
        layout = _solved(subject, in_cells)
        self.matrix = draw_matrix(subject, in_cells, layout, named=False)
        side = layout.size(layout["results"].look)
        look = theme()
        shades = look.shades(conv.image.ravel().tolist())
        long = layout.size(layout["pixels"].look)
        self.pixels: Grid | Strip
        self.biases: Grid | BiasStrip
        self.results: Grid | Strip
        if in_cells:
            self.pixels = cell_column([subject.pixel(p) for p in range(conv.counts.pixels)], long, shades)
            self.biases = cell_column(_biases(subject), side, elastic=True)
            self.results = cell_column(_results(subject), side, elastic=True)
            equal = all_equal(subject, self.pixels, self.results)
        else:
            self.pixels = Strip(shades, long, _STRIP, down=True)
            self.biases = BiasStrip([subject.bias(f) for f in range(len(conv.kernel))], side, conv.positions)
            self.results = Strip(look.shades(result_values(conv)), side, _STRIP, down=True)
            equal = "="
        size = layout["times"].look
        self.signs = VGroup(*(symbol(sign, ("operator",), size) for sign in ("×", "+", equal)))
        put(layout, pixels=self.pixels, biases=self.biases, results=self.results)
        put(layout, times=self.signs[0], plus=self.signs[1], equals=self.signs[2])
        self.counts = VGroup(*_written(layout, conv))
        strips = [strip for strip in (self.pixels, self.results) if isinstance(strip, Strip)]
        self.outline = VGroup(*self.matrix.outline, *(strip.border for strip in strips))
        self.sum_y = layout["sum"].y if "sum" in layout else 0.0
        super().__init__(self.matrix, self.pixels, self.biases, self.results, self.signs, self.counts)

    @property
    def bias_landings(self) -> list[Cell]:
        """The cell that each filter's bias becomes: that of its first result, or the one for all of them."""
        if isinstance(self.biases, BiasStrip):
            return self.biases.cells
        return [self.biases.cells[result] for result in self.conv.first_results]

    @property
    def bias_copies(self) -> list[tuple[Cell, Cell]]:
        """From which cell of a bias comes the next one."""
        if isinstance(self.biases, BiasStrip):
            return []
        cells = self.biases.cells
        own = map(self.conv.results_of, range(len(self.conv.kernel)))
        return [(cells[result - 1], cells[result]) for results in own for result in results[1:]]


def _solved(subject: Subject, in_cells: bool) -> Layout:
    if in_cells:
        return solve(first_of(*_in_cells(subject), near=0.0), stage_room(), LEAST)
    return solve(_in_pixels(subject), stage_room(), LEAST)


_SIGNS = {"times": "×", "plus": "+", "equals": "≈"}
Gap = Measure | Between


class _Factors(NamedTuple):
    """The blocks of a product."""

    matrix: Part
    pixels: Part
    biases: Part
    results: Part

    def in_row(self, sign: float, gap: Gap) -> Part:
        """All in one row."""
        return row(self.matrix, self.behind(sign, gap), gap=gap)

    def behind(self, sign: float, gap: Gap) -> Part:
        """What comes behind the matrix."""
        times, plus, equals = (_sign(name, sign) for name in _SIGNS)
        return row(times, self.pixels, plus, self.biases, equals, self.results, gap=gap)

    def broken(self, gap: Gap) -> Part:
        """The matrix above all others."""
        return column(self.matrix, self.behind(_SIGN, gap), gap=between(0.5, 0.9))


def _sign(name: str, size: float) -> Part:
    glyph = symbol(_SIGNS[name], size=size)
    return block(name, float(glyph.width), float(glyph.height), look=size)


def _arranged(level: _Factors, apart: _Factors) -> Part:
    """In one row, where results stand level with the rows of the matrix; in a tall picture below the matrix."""
    wide, narrow = level.in_row(_SIGN, between(0.3, 0.5)), level.in_row(_SMALL_SIGN, 0.12)
    return first_of(wide, narrow, near=0.9, tall=[apart.broken(between(0.3, 0.6))])


def _in_cells(subject: Subject) -> Iterator[Part]:
    """With all labels, or with a column of shades and their number."""
    for labelled in (True, False):
        entry, own = Size("entries", most=_LARGEST), Size("results", most=_LARGEST)
        level, apart = (_cell_factors(subject, entry, side, labelled) for side in (entry, own))
        yield _arranged(level, apart)


def _cell_factors(subject: Subject, entry: Size, side: Size, labelled: bool) -> _Factors:
    conv = subject.conv
    results, pixels = conv.sharing.shape
    long = Size("pixels", most=_LARGEST)
    values: Part = label(_cells("pixels", pixels, long, {}), _count("pixels", conv), "below", BETWEEN)
    if labelled:
        said = label_share([subject.pixel(p) for p in range(pixels)])
        values = _cells("pixels", pixels, long, {"pixels": said * long})
    matrix = matrix_block(subject, True, entry, named=False)
    # Its pixels stand above it before they are multiplied with it.
    matrix = stack(space(0.0, (results * (1 + GAP) + 2 * _ABOVE) * entry), matrix)
    read = {"letters": LARGEST_SHARE * side}
    biases = _cells("biases", results, side, read, _biases(subject))
    return _Factors(matrix, values, biases, _cells("results", results, side, read, _results(subject)))


def _cells(name: str, count: int, side: Size, read: Mapping[str, Measure], named: Sequence[Piece] = ()) -> Part:
    """A column of cells, as wide as the texts of some pieces need."""
    wide = elastic_width(named, side) if named else 1.0 * side
    return block(name, wide, (count + (count - 1) * GAP) * side, read, look=side)


def _biases(subject: Subject) -> list[Piece]:
    return [subject.bias(equation.filter) for equation in subject.conv.equations()]


def _results(subject: Subject) -> list[Piece]:
    return [subject.result(r) for r in range(subject.conv.counts.results)]


def _in_pixels(subject: Subject) -> Part:
    """Strips beside the matrix, each with its number; where they are near to each other, above and below by turns."""
    entry, own = Size("entries", most=_LARGEST_PIXEL), Size("results", most=0.4)
    rows = [
        _strips(subject, entry, entry, (_SIGN, between(0.4, 0.7)), by_turns=False),
        _strips(subject, entry, entry, (_SMALL_SIGN, between(0.12, 0.4)), by_turns=True),
    ]
    broken = _strips(subject, entry, own, None, by_turns=False)
    return column(first_of(*rows, near=0.8, tall=[broken]), block("sum", 0.0, SUM), gap=0.1)


def _strips(subject: Subject, entry: Size, side: Size, line: tuple[float, Gap] | None, by_turns: bool) -> Part:
    conv = subject.conv
    results, pixels = conv.sharing.shape
    long = Size("pixels", most=_LARGEST_SHADE)
    biases = BiasStrip([subject.bias(f) for f in range(len(conv.kernel))], 1.0, conv.positions)
    blocks = {
        "matrix": matrix_block(subject, False, entry, named=False),
        "pixels": block("pixels", _STRIP, pixels * long, look=long),
        "biases": block("biases", float(biases.width), results * side, look=side),
        "results": block("results", _STRIP, results * side, look=side),
    }
    for k, (name, part) in enumerate(blocks.items()):
        word = _count(name, conv)
        if by_turns and name != "matrix":
            # It reaches over the neighbours on its left, whose names are on the other side.
            word = block(f"count of {name}", 0.0, (RISES * COUNT_SIZE, DROPS * COUNT_SIZE), look=_FLUSH)
        blocks[name] = label(part, word, "above" if by_turns and k % 2 else "below", BETWEEN)
    factors = _Factors(*blocks.values())
    return factors.in_row(*line) if line else factors.broken(between(0.25, 0.8))


def _count(name: str, conv: Convolution) -> Part:
    return word_block(f"count of {name}", _said(conv)[name], COUNT_SIZE)


def _said(conv: Convolution) -> dict[str, str]:
    """How many there are of everything. A filter has one bias, however many rows it is added to."""
    results, pixels, biases = *conv.sharing.shape, len(conv.bias)
    return {
        "matrix": f"{results} rows × {pixels} columns",
        "pixels": f"{pixels} pixels",
        "biases": "1 bias" if biases == 1 else f"{biases} biases",
        "results": f"{results} results",
    }


def _written(layout: Layout, conv: Convolution) -> Iterator[Glyph]:
    """The numbers that stand in a picture."""
    for name, text in _said(conv).items():
        if (block_name := f"count of {name}") in layout:
            word = write(layout, block_name, count_caption(text))
            flush = layout[block_name].look == _FLUSH
            yield word.align_to(RIGHT * layout[name].right, RIGHT) if flush else word
