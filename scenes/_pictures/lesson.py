"""The pictures of training: what the layer gives and should give, what its matrix wishes, and how the loss falls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

import numpy as np
from manim import RIGHT, UP, VGroup

from scenes._layout import Layout, Length, Part, Size, between, block, column, first_of, label, row, solve
from scenes._mobjects.learning import (
    APART,
    BELOW,
    BIAS_GAP,
    FRAME,
    MARK,
    NAME,
    Column,
    LessonMatrix,
    Numbers,
    Parameters,
    name,
)
from scenes._mobjects.plates import TALLEST, WIDEST, em_for, widest
from scenes._mobjects.text import LEAST, Glyph
from scenes._mobjects.wish_sums import Sum, step_line, wishes_line
from scenes._pictures.standing import put, stage_room, word_block, write
from scenes._words.piece import Piece
from scenes._words.training import Lesson

KINDS: dict[str, Callable[[Lesson, int], Piece]] = {
    "result": Lesson.result,
    "wanted": Lesson.wanted,
    "error": Lesson.error,
}
"""The columns, and what stands in them."""
_NAME_GAP = 0.1
"""From a name to what it names."""
_LARGEST_LINE = 0.5
"""Of a sum, in em."""


class _Described:
    """The parts of the pictures as blocks. `lessons` are all the steps whose numbers may stand there."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.lesson, conv = lessons[0], lessons[0].conv
        self.columns, self.tall = Size("columns of the matrix", most=1.3), Size("rows", most=0.8)
        self.weights, self.gradients = Size("weights", most=1.2), Size("gradients", most=0.9)
        self.results = Size("results", most=1.25)
        weights, results = range(conv.counts.weights), range(conv.counts.results)
        self.weight_texts = {s.weight(w).says for s in lessons for w in weights} | {s.bias().says for s in lessons}
        self.gradient_texts = {piece.says for piece in self.lesson.gradients}
        self.result_texts = {kind(s, r).says for s in lessons for r in results for kind in KINDS.values()}

    def parameters(self, kind: str, marks: bool = False) -> Part:
        """The filter, or the gradients, with their name."""
        size, texts = (self.weights, self.weight_texts) if marks else (self.gradients, self.gradient_texts)
        rows, columns = self.lesson.conv.kernel.shape[2:]
        aside = MARK if marks else 0.0
        wide = (columns + 1) * (size + aside) + BIAS_GAP + 2 * FRAME
        reads = {"weights": WIDEST / widest(texts) * size, "rows": TALLEST * self.tall}
        body = block(kind, wide, rows * self.tall + 2 * FRAME, reads)
        return column(body, word_block(f"word {kind}", kind, NAME), gap=_NAME_GAP)

    def matrix(self, texts: Iterable[str], lettered: bool) -> Part:
        """The matrix with its pixels above it; `texts` are all that may stand in it."""
        pixels = self.lesson.conv.counts.pixels
        wide = pixels * self.columns + (pixels - 1) * APART
        longest = widest(texts)
        reads = {"entries": WIDEST / longest * self.columns, "rows": TALLEST * self.tall}
        body = block("matrix", wide, self._rows_tall(), reads, look=(lettered, longest))
        return label(body, block("header", wide, self.tall), "above", gap=2 * BELOW)

    def column(self, kind: str) -> Part:
        """A column of numbers under its name."""
        reads = {"results": WIDEST / widest(self.result_texts) * self.results, "rows": TALLEST * self.tall}
        body = block(kind, self.results, self._rows_tall(), reads)
        return label(body, word_block(f"word {kind}", kind, NAME), "above", gap=1.5 * BELOW)

    def _rows_tall(self) -> Length:
        rows = self.lesson.conv.counts.results
        return rows * self.tall + (rows - 1) * BELOW


class _Picture(VGroup):
    """The parts that stand in a layout, by their names, and what stands on them at first: `labels`.

    `parts` and `names` have the keys "filter", "gradient", "result", "wanted", "error", `labels` too, each a list; the
    matrix has its entries by (result, pixel).
    """

    matrix: LessonMatrix
    entries: dict[tuple[int, int], Glyph]

    def __init__(self, described: _Described, layout: Layout, lesson: Lesson) -> None:
        self._described, self.layout, self.lesson = described, layout, lesson
        self._tall = layout.size(described.tall)
        self.parts: dict[str, Numbers] = {}
        self.names: dict[str, Glyph] = {}
        self.labels: dict[str, list[Glyph]] = {}
        self._parameters("filter", lesson.parameters)
        if "gradient" in layout:
            self._parameters("gradient", lesson.gradients)
        for kind, piece in KINDS.items():
            if kind in layout:
                self._column(kind, [piece(lesson, result) for result in range(lesson.conv.counts.results)])
        super().__init__(*self.parts.values(), *self.names.values(), *chain(*self.labels.values()))
        if "matrix" in layout:
            self._matrix()

    def _parameters(self, kind: str, pieces: Sequence[Piece]) -> None:
        d, marks = self._described, kind == "filter"
        size, texts = (d.weights, d.weight_texts) if marks else (d.gradients, d.gradient_texts)
        room = self.layout.size(size)
        self._put(kind, Parameters(self.lesson, room, self._tall, em_for(texts, room, self._tall), marks), pieces)

    def _column(self, kind: str, pieces: Sequence[Piece]) -> None:
        wide = self.layout.size(self._described.results)
        em = em_for(self._described.result_texts, wide, self._tall)
        self._put(kind, Column(len(pieces), wide, self._tall, em), pieces)

    def _put(self, kind: str, part: Numbers, pieces: Sequence[Piece]) -> None:
        put(self.layout, **{kind: part})
        self.parts[kind] = part
        self.names[kind] = write(self.layout, f"word {kind}", name(kind))
        self.labels[kind] = [part.label(which, piece) for which, piece in enumerate(pieces)]

    def _matrix(self) -> None:
        lettered, longest = self.layout["matrix"].look
        wide = self.layout.size(self._described.columns)
        em = min(em_for(["0"], wide, self._tall), WIDEST * wide / longest)
        self.matrix = LessonMatrix(self.lesson, wide, self._tall, em, lettered)
        self.matrix.shift(self.place("matrix") - self.matrix.plates.get_center())
        self.entries = {place: self.matrix.weight(self.lesson, *place) for place in self.matrix.places}
        self.add(self.matrix, *self.entries.values())

    def place(self, block_name: str) -> np.ndarray:
        """The middle of a block."""
        return np.asarray(RIGHT * self.layout[block_name].x + UP * self.layout[block_name].y)


class Errors(_Picture):
    """The filter, its matrix, and beside it what the layer gives, what it should give, and the difference."""

    def __init__(self, lesson: Lesson) -> None:
        described = _Described([lesson])
        options = []
        for lettered in (False, True):
            results = row(*map(described.column, KINDS), gap=between(0.08, 0.3))
            whole = row(described.matrix(_entries(lesson, lettered), lettered), results, gap=between(0.15, 0.5))
            filter_ = described.parameters("filter", marks=True)
            beside = row(filter_, whole, gap=between(0.25, 0.8))
            below = column(filter_, whole, gap=between(0.15, 0.7))
            options.append(first_of(beside, below, tall=[below]))
        layout = solve(first_of(*options, near=0.0), stage_room(), LEAST)
        super().__init__(described, layout, lesson)


def _entries(lesson: Lesson, lettered: bool) -> set[str]:
    """What stands in the matrix."""
    piece = lesson.letter if lettered else lesson.entry
    return {piece(result, pixel).says for result, pixel in np.ndindex(*lesson.conv.sharing.shape)}


class Wishes(_Picture):
    """The filter and the sums of its wishes, the matrix on which they stand, and room for one line of working.

    In the matrix weights are numbers, before and after the step, where these can be read there; else letters.
    """

    def __init__(self, lesson: Lesson) -> None:
        described = _Described([lesson, lesson.next])
        wished = {lesson.wish(result, pixel).says for result, pixel in np.ndindex(*lesson.conv.sharing.shape)}
        longest = max(float(line.width) / line.total.em for line in _lines(lesson))
        room = block("line", between(longest * LEAST, 7.0), _LINE_TALL)
        gradient, filter_ = described.parameters("gradient"), described.parameters("filter", marks=True)
        options = []
        for lettered in (False, True):
            texts = wished | _entries(lesson, lettered) | _entries(lesson.next, lettered)
            whole = row(described.matrix(texts, lettered), described.column("error"), gap=between(0.15, 0.4))
            beside = column(row(filter_, gradient, room, gap=between(0.3, 0.8)), whole, gap=between(0.15, 0.5))
            below = column(row(filter_, gradient, gap=between(0.2, 1.2)), room, whole, gap=between(0.1, 0.7))
            stacked = column(filter_, gradient, room, whole, gap=between(0.1, 0.6))
            options.append(first_of(beside, below, stacked, tall=[below, stacked]))
        layout = solve(first_of(*options, near=0.0), stage_room(), LEAST)
        super().__init__(described, layout, lesson)
        self.line_room = layout["line"].wide
        self.line_em = min(_LARGEST_LINE, self.line_room / longest)


_LINE_TALL = 0.5


def _lines(lesson: Lesson) -> list[Sum]:
    """All lines of working."""
    weights: list[int | None] = [*lesson.used, None]
    sums = [wishes_line(lesson, weight, 1.0, _WORKED) for weight in weights]
    return [*sums, *(step_line(lesson, weight, 1.0, _WORKED) for weight in lesson.used)]


_WORKED = 20.0
"""Room for a line at one em: more terms of a sum are never shown."""


class Falling(_Picture):
    """The filter and the results of one step of many, and room for the curve of the loss: `plot` is its block."""

    def __init__(self, lesson: Lesson, lessons: Sequence[Lesson]) -> None:
        described = _Described(lessons)
        results = row(*map(described.column, KINDS), gap=between(0.08, 0.3))
        filter_ = described.parameters("filter", marks=True)
        plot = block("plot", between(_PLOT, 6.5), between(_PLOT_TALL, 4.6))
        beside = row(column(filter_, results, gap=between(0.2, 0.8)), plot, gap=between(0.4, 1.0))
        around = column(filter_, row(results, plot, gap=between(0.2, 0.6)), gap=between(0.15, 0.6))
        below = column(filter_, results, plot, gap=between(0.3, 0.8))
        layout = solve(first_of(beside, around, tall=[below]), stage_room(), LEAST)
        super().__init__(described, layout, lesson)


_PLOT, _PLOT_TALL = 3.2, 1.7
"""Room for the curve, at least."""
