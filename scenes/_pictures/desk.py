"""Where equations are written: which of them, how much of each, and how large, decided in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from manim import RIGHT, UP, VGroup

from cnnmath import Convolution, Equation
from scenes._look.frame import frame
from scenes._mobjects.cells import LEAST_SIDE, extent, label_size, least_width
from scenes._mobjects.equations import BoxedEquation, LineShape, compact_lines, level
from scenes._mobjects.grids import Filter, ImageGrid, image_planes
from scenes._mobjects.text import Line, symbol
from scenes._pictures.lines import line_slots, told_results
from scenes._pictures.narrow import NarrowSources
from scenes._pictures.sources import Sources
from scenes._words.digits import number
from scenes._words.figures import sums_figure
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_PITCH, _WIDEST_PITCH = 1.3, 1.1
"""From line to line: in sides of a cell at least, and below image and filter at most."""
_LEFT_EDGE, _LINES_TO, _APART = -6.78, 6.78, 0.38
_LEFT_ROOM, _WEIGHT_SIDE = 3.1, 0.5
"""Width of the column with image and filter, and the side of a weight's cell, where nothing needs more."""
_TALLEST, _WIDEST_IMAGE = 4.85, 4.0
"""Of image and filter together, without the gap between them, and of the image."""


class Desk(VGroup):
    """Image and filter on the left, one boxed line for each result on the right; or above each other.

    Where not all results have a line, `dots` stand above the last one; `results` lists those that have one. Where the
    lines are too long, terms are left out before the last one. `figure` then says how much there really is.
    """

    def __init__(self, subject: Subject, letters: Subject | None = None) -> None:
        """Lay the desk out; with `letters` so that numbers take exactly the places of those letters."""
        self._conv, self._subject = subject.conv, subject
        # What a line shows must not change when its letters turn into numbers: both fit.
        both = [letters or subject, subject.in_numbers]
        equations = subject.conv.equations()
        place = _beside if frame().wide else _below
        self.image, self.filter, page = place(subject, both)
        self.results, shown = page.results, [equations[result] for result in page.results]
        self._lines_from, self._lines_to, self._shape = page.left, page.right, page.shape
        self.line_side = self._shape.side
        self.lines = [BoxedEquation(equation, subject, self._shape) for equation in shown]
        right = self._middle + max(self._shape.width(len(equation.terms)) for equation in shown) / 2
        self.dots = VGroup()
        slots = line_slots(self.results, len(equations))
        half, above = sum(room for _, room in slots) / 2, 0.0
        for which, room in slots:
            height = page.middle + (half - above - room / 2) * page.pitch
            above += room
            if which is None:
                dots = symbol("⋮", ("dots",), max(0.5, 1.2 * label_size(self.line_side)))
                self.dots.add(dots.set_y(height))
            else:
                self.lines[which].end_at(right, height)
        for glyph in self.dots:
            glyph.set_x(self.lines[0].result.get_x())
        super().__init__(self.image, self.filter, *self.lines, *self.dots)

    def in_numbers(self) -> Desk:
        """The same desk, everything in the same place, in numbers."""
        return Desk(self._subject.in_numbers, self._subject)

    @property
    def figure(self) -> str | None:
        """How many results there are, and of how many products, where not all stand here."""
        whole = not self.dots and not any(line.rest for line in self.lines)
        return None if whole else sums_figure(self._conv)

    @property
    def _middle(self) -> float:
        return (self._lines_from + self._lines_to) / 2

    def compact(self, subject: Subject) -> list[Line]:
        """The same equations as typeset lines in the same places."""
        equations = [line.equation for line in self.lines]
        lines = compact_lines(equations, subject, min(0.66, self.line_side), self._lines_to - self._lines_from - 0.2)
        for line, boxed in zip(lines, self.lines, strict=True):
            level(line.shift(RIGHT * self._middle), boxed.get_y())
        return lines


class _Page(NamedTuple):
    """Where the lines stand: which results have one, from where to where, around which height, how they are set."""

    results: list[int]
    left: float
    right: float
    middle: float
    pitch: float
    shape: LineShape


def _beside(subject: Subject, both: Sequence[Subject]) -> tuple[ImageGrid, Filter, _Page]:
    """Image and filter left of the lines."""
    conv = subject.conv
    equations, results = conv.equations(), told_results(conv)
    shown = [equations[result] for result in results]
    column = _column(conv, both)
    left = Sources(subject, column.wide, 0.9, column.weight, column.tall)
    left.move_to(UP * frame().stage_middle).set_x(_LEFT_EDGE + column.wide / 2)
    lines_from = _LEFT_EDGE + column.wide + _APART
    pitch = frame().stage_height / max(_room(results, conv), 4)
    shape = _line_shape(shown, both, _LINES_TO - lines_from, min(0.72, pitch / _PITCH))
    page = _Page(results, lines_from, _LINES_TO, frame().stage_middle, pitch, shape)
    return left.image, left.filter, page


def _below(subject: Subject, both: Sequence[Subject]) -> tuple[ImageGrid, Filter, _Page]:
    """Image and filter above the lines, which have as much of the stage as they need."""
    made = _above(subject, both, frame().page_bottom + 0.1)
    results, longest = subject.conv.counts.results, max(len(equation.terms) for equation in subject.conv.equations())
    page = made[-1]
    if len(page.results) == results and (page.shape.most or longest) >= longest:
        return made
    # Where something is left out, the key figure says how much there is.
    return _above(subject, both, frame().stage_bottom)


def _above(subject: Subject, both: Sequence[Subject], bottom: float) -> tuple[ImageGrid, Filter, _Page]:
    """Image and filter above lines that end at `bottom`."""
    conv = subject.conv
    stage, equations = frame(), conv.equations()
    edge, high = stage.safe_x - 0.05, stage.stage_top - bottom
    least = NarrowSources.least_height(conv, both, 2 * edge, high / 2)
    free = high - least - _APART
    slots = int(free / (_PITCH * LEAST_SIDE))
    results = told_results(conv, slots)
    shown = [equations[result] for result in results]
    lines = _room(results, conv)
    # Dots above the first line and below the last one take some of what the image has.
    free = max(free, lines * _PITCH * LEAST_SIDE * 1.02)
    shape = _line_shape(shown, both, 2 * edge, min(0.72, free / lines / _PITCH))
    # What neither needs makes the lines stand apart, but they stay together.
    pitch = max(_PITCH * shape.side, min(_WIDEST_PITCH, 0.45 * high / lines))
    tall = high - lines * pitch - _APART
    made = NarrowSources(subject, 2 * edge, tall, both)
    made.move_to(UP * (stage.stage_top - tall / 2))
    middle = bottom + lines * pitch / 2
    return made.image, made.filter, _Page(results, -edge, edge, middle, pitch, shape)


def _room(results: Sequence[int], conv: Convolution) -> float:
    """How many lines' room these results take, the dots for the others included."""
    return sum(room for _, room in line_slots(results, conv.counts.results))


class _Column(NamedTuple):
    """What image and filter need: the side of a weight's cell at least, width, and height without the gap."""

    weight: float
    wide: float
    tall: float


def _column(conv: Convolution, both: Sequence[Subject]) -> _Column:
    """As little room for image and filter as lets one read them; an image too large for that takes its usual room."""
    weight = max(_WEIGHT_SIDE, *(least_width(_weights(each)) for each in both))
    pixel = max(least_width([each.pixel(i) for i in range(conv.counts.pixels)]) for each in both)
    image_wide, image_tall = extent(image_planes(conv))
    if len(conv.image) == len(conv.kernel) == 1:
        wide, tall = Filter.extent(conv, RIGHT)
        room = max(_LEFT_ROOM, (wide + 0.4) * weight)
        together = image_tall * pixel + tall * weight
        if together > _TALLEST or image_wide * pixel > _WIDEST_IMAGE:
            return _Column(weight, room, Sources.TALL)
        return _Column(weight, max(room, image_wide * pixel), max(Sources.TALL, together))
    wide, _ = Filter.extent(conv)
    if image_tall * pixel > 5.0 or image_wide * pixel > 2.6:
        pixel = min(2.2 / image_wide, 5.0 / image_tall)
    room = max(_LEFT_ROOM, (wide + 0.4) * weight + 0.4 + max(1.1, image_wide * pixel))
    return _Column(weight, room, Sources.TALL)


def _weights(subject: Subject) -> list[Piece]:
    weights = [subject.weight(i) for i in range(subject.conv.counts.weights)]
    return [*weights, *(subject.bias(f) for f in range(len(subject.conv.bias)))]


def _line_shape(shown: Sequence[Equation], both: Sequence[Subject], room: float, largest: float) -> LineShape:
    """All terms in cells as large as fit; where they could not be read, as many terms as can be."""
    longest = max(len(equation.terms) for equation in shown)
    whole = LineShape(largest, longest, _least(shown, both)).largest(longest, room, largest)
    if whole.side >= LEAST_SIDE or longest <= 2:
        return whole
    for most in range(longest - 1, 1, -1):
        shape = replace(whole, most=most)
        if replace(shape, side=LEAST_SIDE).width(longest) <= room or most == 2:
            return shape.largest(longest, room, largest)
    return whole


def _least(shown: Sequence[Equation], both: Sequence[Subject]) -> dict[str, float]:
    """The width that each kind of cell needs, and two together for their product."""
    kinds: dict[str, Callable[[Subject, Equation], list[Piece]]] = {
        "weight": lambda subject, equation: [subject.weight(term.weight) for term in equation.terms],
        "pixel": lambda subject, equation: [subject.pixel(term.pixel) for term in equation.terms],
        "bias": lambda subject, equation: [subject.bias(equation.filter)],
        "result": lambda subject, equation: [subject.result(equation.result)],
    }
    found = {
        kind: least_width([piece for each in both for equation in shown for piece in pieces(each, equation)])
        for kind, pieces in kinds.items()
    }
    products = least_width([Piece(number(t.product)) for equation in shown for t in equation.terms])
    found["pixel"] = max(found["pixel"], products - found["weight"])
    return found
