"""Where image, filter, sums and results stand on the desk: which sums are told, and how much of each can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from manim import DOWN, RIGHT

from cnnmath import Convolution, Equation
from scenes._layout import (
    DoesNotFitError,
    Layout,
    Length,
    Measure,
    Part,
    Size,
    between,
    block,
    column,
    first_of,
    longest,
    row,
    solve,
)
from scenes._mobjects.cells import LABEL_SHARE, LEAST_SIDE, label_share, label_width, least_width
from scenes._mobjects.equations import Forms, LineShape
from scenes._mobjects.text import LEAST
from scenes._pictures.lines import FEW_LINES, MOST_LINES, line_slots, told_results
from scenes._pictures.stacked import least_side, plane_block
from scenes._pictures.standing import filter_extent, picture_room
from scenes._words.digits import number
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_PITCH, _WIDEST_PITCH = 1.3, 1.1
"""From line to line: in sides of a cell at least, and at most."""
_LARGEST, _LARGEST_LINE, _LARGEST_RESULT, _LEAST_RESULT = 1.25, 0.72, 0.85, 0.5
"""Sides of cells of image and filter, of the sums, and of the results, at most; and of the results, at least."""
_SMALLEST, _SMALLEST_PLANE = 1.2, 0.6
"""How wide or high image and filter are at least, if nothing in them can be read, and one channel of the image."""
_BESIDE, _BELOW, _APART = between(0.42, 0.9), between(0.3, 0.7), between(0.4, 0.5)
"""Gaps: in a row, in a column, and between what sums are made of and the sums."""
_NEAR = 0.75
"""That results have a grid of their own, or that things stand as one likes best, may cost so much of the size."""
_SPREAD = 12.0
"""The sums have all the width that is left: without boxes more products may fit."""
_PIECES = 3
_CLEAR = 0.84
"""A result takes at most this part of its cell's width, which is made wider for a long one."""


class Laid(NamedTuple):
    """A desk that is laid out: `results` are those that have a line, set as `shape` says."""

    layout: Layout
    results: Sequence[int]
    shape: LineShape
    side: float
    """Of the filter's cells."""


def laid_out(conv: Convolution, both: Sequence[Subject]) -> Laid:
    """The desk of a convolution, in which the names and numbers of all subjects can stand one after the other.

    Sums are told whole where that can be, then with fewer terms or fewer of them; the image's names go last.
    Raises DoesNotFitError where not even two terms of a sum could be read.
    """
    refused: DoesNotFitError | None = None
    told = _Told(conv, both)
    for told.pixels, told.weights, few in _ORDER:
        for attempt in told.attempts() if not few else told.last_resort():
            try:
                return attempt()
            except DoesNotFitError as error:
                refused = error
    assert refused is not None
    raise refused


_ORDER = (
    (True, True, False),
    (False, True, False),
    (True, True, True),
    (False, True, True),
    (False, False, False),
    (False, False, True),
)
"""Whether the image's names can be read, and the filter's; and whether a single sum will do."""


class _Told:
    """Image, filter, sums and results as blocks; with `pixels` the image's names and numbers can be read."""

    pixels: bool
    weights: bool
    """The same of the filter."""

    def __init__(self, conv: Convolution, both: Sequence[Subject]) -> None:
        self._conv, self._both, self._equations = conv, both, conv.equations()
        seen = least_side(conv.padded_shape, _SMALLEST, _LARGEST, _SMALLEST_PLANE)
        self._pixel = Size("the image's cells", seen, _LARGEST)
        self._weight = Size("the filter's cells", min(_LARGEST, _SMALLEST / max(filter_extent(conv))), _LARGEST)
        self._cell = Size("the cells of the sums", LEAST_SIDE, _LARGEST_LINE)
        self._result = Size("the result's cells", _LEAST_RESULT, _LARGEST_RESULT)

    def attempts(self) -> Iterator[Callable[[], Laid]]:
        """What may be told, the best first: all terms of at least a few sums, then fewer terms."""
        some: list[list[int]] = []
        for slots in (MOST_LINES, *range(FEW_LINES, 1, -1)):
            results = told_results(self._conv, slots)
            some += [results] if results not in some else []
        for results in some:
            if len(results) > 2 or len(results) == len(self._equations):
                yield lambda results=results: self._solved(results)  # type: ignore[misc]
        for results in some:
            yield lambda results=results: self._cut(results)  # type: ignore[misc]

    def last_resort(self) -> Iterator[Callable[[], Laid]]:
        """Where there is no room for two sums: one."""
        yield lambda: self._cut(told_results(self._conv, 2)[:1])

    def _cut(self, results: Sequence[int]) -> Laid:
        """As many terms as fit."""
        made, low = self._solved(results, 2), 2
        high = max(len(equation.terms) for equation in self._equations)
        while high - low > 1:
            middle = (low + high) // 2
            try:
                made, low = self._solved(results, middle), middle
            except DoesNotFitError:
                high = middle
        return made

    def _solved(self, results: Sequence[int], most: int | None = None) -> Laid:
        """So many terms of these results; raises DoesNotFitError where too little could be read."""
        shown = [self._equations[result] for result in results]
        shape = LineShape(LEAST_SIDE, most, _forms(shown, self._both))
        whole = len(results) == len(self._equations) and (most is None or most >= max(len(e.terms) for e in shown))
        lines = self._lines(shape, max(len(e.terms) for e in shown), self._rooms(results))
        layout = solve(self._arranged(lines), picture_room(figure=not whole), LEAST)
        return Laid(layout, results, replace(shape, side=layout.size(self._cell)), layout.size(self._weight))

    def _rooms(self, results: Sequence[int]) -> float:
        """How many lines' room these results take, the dots for the others included."""
        return sum(room for _, room in line_slots(results, len(self._equations)))

    def _lines(self, shape: LineShape, terms: int, rooms: float) -> Part:
        return block(
            "lines",
            between(self._width(shape, terms), _SPREAD),
            between(rooms * _PITCH * self._cell, rooms * _WIDEST_PITCH),
        )

    def _width(self, shape: LineShape, terms: int) -> Length:
        """The width of a sum by the side of its cells: straight between a few sides, hardly more than it is."""
        sides = [LEAST_SIDE + k / _PIECES * (_LARGEST_LINE - LEAST_SIDE) for k in range(_PIECES + 1)]
        wide = [replace(shape, side=side).width(terms) for side in sides]
        slopes = [(b - a) * _PIECES / (_LARGEST_LINE - LEAST_SIDE) for a, b in pairwise(wide)]
        straight = zip(sides, wide, slopes, strict=False)
        return longest(*(slope * self._cell + max(0.0, at - slope * side) for side, at, slope in straight))

    def _arranged(self, lines: Part) -> Part:
        """Beside the sums or above them; the results below the sums or beside the filter, or only in the sums."""
        biases_at = (RIGHT, DOWN) if self._is_single else (DOWN,)
        # A single result is no grid.
        grids = [[self._results()], []] if self._conv.positions > 1 else [[]]
        options, tall = [], []
        for result in grids:
            for filter_ in map(self._filter, biases_at):
                image = self._image()
                pair = (image, filter_) if self._is_single else (filter_, image)
                beside = column(*pair, gap=_BELOW) if self._is_single else row(*pair, gap=_BESIDE)
                above = column(row(*pair, *result, gap=_BESIDE), lines, gap=_APART)
                options += [row(beside, column(lines, *result, gap=_BELOW, align="end"), gap=_APART), above]
                low = row(filter_, *result, gap=_BESIDE)
                tall += [column(image, low, lines, gap=[_BELOW, _APART]), above]
        return first_of(*options, near=_NEAR, tall=[*tall, *options])

    @property
    def _is_single(self) -> bool:
        """Whether there is one filter of one channel."""
        return len(self._conv.image) == len(self._conv.kernel) == 1

    def _image(self) -> Part:
        reads: dict[str, Measure] = {"pixels": self._shares["pixels"] * self._pixel} if self.pixels else {}
        return plane_block("image", self._conv.padded_shape, self._pixel, reads)

    def _filter(self, bias_at: object) -> Part:
        wide, tall = filter_extent(self._conv, bias_at)
        reads: dict[str, Measure] = {"weights": self._shares["weights"] * self._weight} if self.weights else {}
        return block("filter", wide * self._weight, tall * self._weight, reads, look=bias_at)

    def _results(self) -> Part:
        reads: dict[str, Measure] = {"results": self._shares["results"] * self._result}
        return plane_block("result", self._conv.output_shape, self._result, reads)

    @cached_property
    def _shares(self) -> dict[str, float]:
        """How large the longest names and numbers can be written, in sides of their cells."""
        counts = self._conv.counts
        pieces = {
            "pixels": [each.pixel(p) for each in self._both for p in range(counts.pixels)],
            "weights": [piece for each in self._both for piece in weights_of(each)],
            "results": [each.result(r) for each in self._both for r in range(counts.results)],
        }
        return {kind: label_share(found) for kind, found in pieces.items()}


def weights_of(subject: Subject) -> list[Piece]:
    """All weights and biases."""
    weights = [subject.weight(i) for i in range(subject.conv.counts.weights)]
    return [*weights, *(subject.bias(f) for f in range(len(subject.conv.bias)))]


def _forms(shown: Sequence[Equation], both: Sequence[Subject]) -> dict[str, Forms]:
    """The width of each kind of cell: that of its longest name or number, and of two together that of their product."""
    kinds: dict[str, Callable[[Subject, Equation], list[Piece]]] = {
        "weight": lambda subject, equation: [subject.weight(term.weight) for term in equation.terms],
        "pixel": lambda subject, equation: [subject.pixel(term.pixel) for term in equation.terms],
        "bias": lambda subject, equation: [subject.bias(equation.filter)],
        "result": lambda subject, equation: [subject.result(equation.result)],
    }
    pieces = {kind: [one for each in both for e in shown for one in make(each, e)] for kind, make in kinds.items()}
    least = {kind: least_width(found) for kind, found in pieces.items()}
    products = least_width([Piece(number(t.product)) for equation in shown for t in equation.terms])
    least["pixel"] = max(least["pixel"], products - least["weight"])
    forms: dict[str, Forms] = {kind: ((1.0, 0.0), (0.0, wide)) for kind, wide in least.items()}
    # A long result has its cell made wider, so that it does not come near the border.
    em = label_width(pieces["result"]) / _CLEAR
    forms["result"] = (*forms["result"], (LABEL_SHARE * em, 0.0))
    return forms
