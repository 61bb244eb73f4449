"""Classes with their scores, and what becomes of them; and the loss as a curve over the probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Dot, Rectangle, VGroup, VMobject
from manim import Line as Stroke

from scenes._layout import Layout, Part, Size, between, block, column, first_of, row, solve, space, table
from scenes._look.theme import theme
from scenes._mobjects.bars import Bar
from scenes._mobjects.cells import FRAME_LAYER, Cell
from scenes._mobjects.plots import Plot
from scenes._mobjects.text import LEAST, Glyph, Line, symbol, symbol_width, words
from scenes._mobjects.ticks import Axis, ticks_between
from scenes._pictures.standing import name_word, put, stage_room, write_below
from scenes._pictures.standing import named as with_name
from scenes._words.outputs import Outputs
from scenes._words.piece import Piece

_SIZES = (0.72, 0.6, 0.52, 0.44, 0.38, 0.34, 0.33)
"""Sizes of the texts in em, the best first."""
_PITCH, _BAR, _CELL = 1.22, 0.72, 1.2
"""Heights of a row, of a bar and of a score's box, in em."""
_APART = between(0.16, 0.8)
_LEAST_BAR, _LONGEST_BAR, _LEAST_PLOT, _LARGEST_PLOT = 0.48, 4.2, 2.0, 5.2
"""How long bars are, and how wide the plot of the loss."""
_FRAME = 0.14
"""Left and right of the rows, for a frame around one of them."""
_FLAT = 0.72
"""Height of the plot in parts of its width."""
DOT = 0.11


class OutputTable(VGroup):
    """A row for each class: `labels`, `scores` in boxes, and bars with probabilities.

    With `powers` also e to the power of each score, and below them the sums: `total` and `whole`, under `rules`. Else
    with the plot of the loss: `plot`, its `curve`, and `point` where the true class is.
    """

    def __init__(self, outputs: Outputs, powers: bool, widest: Outputs | None = None) -> None:
        """Lay the table out; `widest` has texts that it must have room for, too."""
        self.outputs = outputs
        shown = [outputs, *([widest] if widest else [])]
        layout = solve(_picture(shown, powers), stage_room().inset(_FRAME, 0.0), LEAST)
        em = layout["label 0"].look
        self._ends = layout["label 0"].left, layout["share 0"].right
        self.labels = [words(*_named(outputs.label(k), em)) for k in outputs.classes]
        self.scores = [Cell(outputs.score(k), _CELL * em, elastic=True) for k in outputs.classes]
        room = max(float(cell.box.width) for cell in self.scores)
        for cell in self.scores:
            cell.box.stretch_to_fit_width(room)
        self.bars = [Bar(share, layout[f"bar {k}"].wide, _BAR * em) for k, share in enumerate(outputs.shares)]
        self.probabilities = [symbol(*outputs.probability(k), em) for k in outputs.classes]
        for k in outputs.classes:
            put(layout, **{f"score {k}": self.scores[k], f"bar {k}": self.bars[k]})
            _level(self.labels[k], layout, f"label {k}", RIGHT)
            _level(self.probabilities[k], layout, f"share {k}", LEFT)
        super().__init__(*self.labels, *self.scores, *self.bars, *self.probabilities)
        self._sums(layout, em) if powers else self._loss(layout, loss_axis(shown))

    def _sums(self, layout: Layout, em: float) -> None:
        """e to the power of each, and the two sums."""
        outputs = self.outputs
        self.powers = [_line(outputs.power(k), layout, f"power {k}", em) for k in outputs.classes]
        self.total = _line(outputs.total(), layout, "total", em)
        self.whole = _line(outputs.whole(), layout, "whole", em)
        # Figures stand below each other where they begin alike.
        for line in self.powers:
            line.shift(RIGHT * (self.powers[0][1].get_x() - line[1].get_x()))
        self.total.shift(RIGHT * (self.powers[0][1].get_x() - self.total[0].get_x()))
        self.rules = VGroup(_rule(self.powers, self.total), _rule(self.probabilities, self.whole))
        self.add(*self.powers, self.total, self.whole, self.rules)

    def _loss(self, layout: Layout, y: Axis) -> None:
        """The curve of the loss."""
        box = layout["plot"]
        left, low = Plot.margins(y)
        self.plot = Plot(Axis(0.0, 1.0, (0.0, 0.5, 1.0)), y, box.wide - left - _RIGHT, box.tall - low - _TOP)
        self.plot.stand(box.left + left, box.bottom + low)
        # It is steep where probabilities are small: points are equally far apart in height.
        losses = np.linspace(0.0, y.high, _SAMPLES)
        self.curve = self.plot.through(np.exp(-losses), losses, color=theme().muted)
        self.formula = symbol("−ln(p)", ("formula",), 0.5).next_to(self.plot.wall.get_end(), UP, buff=0.12)
        self.formula.align_to(self.plot.wall, LEFT)
        self.word = write_below(layout, "plot", name_word("probability p"))
        self.point = self.point_of(self.outputs)
        self.add(self.plot, self.curve, self.formula, self.word, self.point)

    def point_of(self, outputs: Outputs) -> Dot:
        """Where the true class is on the curve."""
        place = self.plot.place(outputs.shares[outputs.truth], outputs.loss)
        return Dot(place, DOT, color=theme().accent).set_z_index(FRAME_LAYER + 1)

    def cells(self, index: int) -> list[VMobject]:
        """What always stands in the row of a class."""
        return [self.labels[index], self.scores[index], self.bars[index], self.probabilities[index]]

    def mark(self, index: int) -> Rectangle:
        """A bright frame around a class's row."""
        tall, (left, right) = self.scores[index].box.height + 0.06, self._ends
        frame = Rectangle(width=right - left + 1.4 * _FRAME, height=tall, stroke_color=theme().accent, stroke_width=4)
        return frame.move_to(((left + right) / 2, self.scores[index].box.get_y(), 0)).set_z_index(FRAME_LAYER)


_RIGHT, _TOP = 0.1, 0.75
"""Right of a plot and above it."""
_SAMPLES = 240
"""Points of the curve."""


def loss_axis(shown: Sequence[Outputs]) -> Axis:
    """The ruler of the loss: from 0 to a little more than the largest one."""
    high = max(3.0, *(1.1 * outputs.loss for outputs in shown))
    return Axis(0.0, high, ticks_between(0.0, high, 4))


def _named(piece: Piece, em: float) -> tuple[str, float, str, tuple[object, ...] | None]:
    return piece.says, em, theme().text, piece.key


def _level(text: Glyph, layout: Layout, name: str, side: np.ndarray) -> None:
    """Put a text at a side of its block."""
    box = layout[name]
    text.centre_on(np.array([box.x, box.y, 0.0]))
    edge = box.right if side is RIGHT else box.left
    text.shift(RIGHT * (edge - float(text.get_edge_center(side)[0])))


def _line(pieces: Sequence[Piece | str], layout: Layout, name: str, em: float) -> Line:
    """A line of text in the middle of its block, its figures level with those beside it."""
    line, box = Line(pieces, em), layout[name]
    middle = np.array([box.x, box.y, 0.0])
    rise = middle[1] - 0.683 / 2 * em - line[-1].baseline
    return line.shift(UP * rise + RIGHT * (box.x - line.get_x()))


def _rule(above: Sequence[VMobject], below: VMobject) -> Stroke:
    """A line under what is added up."""
    parts = VGroup(*above, below)
    top, bottom = float(above[-1].get_bottom()[1]), float(below.get_top()[1])
    y = (top + bottom) / 2
    left, right = (np.array([float(end[0]), y, 0.0]) for end in (parts.get_left(), parts.get_right()))
    return Stroke(left, right, stroke_color=theme().line, stroke_width=2.5)


def _picture(shown: Sequence[Outputs], powers: bool) -> Part:
    """The largest texts for which there is room."""
    if powers:
        return first_of(*(_rows(shown, em, True) for em in _SIZES), near=0.0)
    size = Size("the plot", _LEAST_PLOT, _LARGEST_PLOT)
    plot = with_name("plot", block("plot", size, _FLAT * size + _TOP), name_word("probability p"))
    pictures = []
    for em in _SIZES:
        rows = _rows(shown, em, False)
        beside, below = row(rows, plot, gap=between(0.3, 1.0)), column(rows, plot, gap=between(0.4, 1.0))
        pictures.append(first_of(beside, below, tall=[below, beside]))
    return first_of(*pictures, near=0.0)


def _rows(shown: Sequence[Outputs], em: float, powers: bool) -> Part:
    tall, long = _PITCH * em, Size("bars", _LEAST_BAR, _LONGEST_BAR)
    lines: list[list[Part]] = []
    widths = dict(_widths(shown, em, powers))
    for k in shown[0].classes:
        line = [
            block(f"label {k}", widths["label"], tall, {"a name": em}, look=em),
            block(f"score {k}", widths["score"], tall, {"a score": em}),
        ]
        if powers:
            line.append(block(f"power {k}", widths["power"], tall))
        bar = block(f"bar {k}", long, tall)
        lines.append([*line, bar, block(f"share {k}", widths["share"], tall)])
    if powers:
        total, whole = block("total", widths["power"], tall), block("whole", widths["share"], tall)
        lines.append([space(), space(), total, space(), whole])
    return table(*lines, apart=_APART, below=between(0.06 * em, 0.9))


def _widths(shown: Sequence[Outputs], em: float, powers: bool) -> Iterator[tuple[str, float]]:
    """How wide the columns are."""
    classes = shown[0].classes
    yield "label", max(float(words(shown[0].names[k], em).width) for k in classes)
    yield "score", max(float(Cell(one.score(k), _CELL * em, elastic=True).width) for one in shown for k in classes)
    shares = [one.probability(k).says for one in shown for k in classes]
    whole = float(Line(shown[0].whole(), em).width) if powers else 0.0
    yield "share", max(whole, *(em * symbol_width(says) for says in shares))
    if powers:
        lines = [*(shown[0].power(k) for k in classes)]
        # Their signs stand below each other.
        parts = [Line(line, em) for line in lines]
        left = max(float(line[1].get_x() - line.get_left()[0]) for line in parts)
        right = max(float(line.get_right()[0] - line[1].get_x()) for line in [*parts])
        sum_ = Line(shown[0].total(), em)
        yield "power", 2 * max(left, right, float(sum_.get_right()[0] - sum_[0].get_x()))
