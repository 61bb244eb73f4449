"""Results, the curve of an activation, and what becomes of the results."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, VGroup

from cnnmath.activations import CURVES
from scenes._layout import Length, Part, Size, between, block, column, first_of, row, solve
from scenes._look.theme import theme
from scenes._mobjects.cells import Grid, in_stacks, label_share
from scenes._mobjects.plots import Plot
from scenes._mobjects.text import LEAST, TEXT_SIZE, Glyph, symbol, symbol_width
from scenes._mobjects.ticks import Axis, axis_over, ticks_between
from scenes._pictures.stacked import in_any_stacks, least_side, like_stacked, stacked
from scenes._pictures.standing import name_word, named, put, stage_room, write, write_below
from scenes._words.activations import KNOWN, Activations
from scenes._words.piece import Piece

_LARGEST, _SMALLEST, _UNITS = 1.3, 1.6, 5.0
"""Side of a cell at most, and the longer side of a grid of shades at least; and how wide the plot is, in units that are
as large as a cell where there is room."""
_SMALLEST_UNITS, _LAST_UNIT, _LARGEST_UNIT = (0.85, 0.55), 0.45, 1.3
_BESIDE, _BELOW = between(0.35, 1.3), between(0.3, 0.9)
_FLATTEST, _STEEPEST = 0.42, 0.62
"""Height of the plot in parts of its width."""
_UNDER, _ABOVE = 0.06, 0.16
"""Below the ticks' labels, and above the rulers."""
_FORMULA = (0.75, 0.3)
"""How far the formula reaches above and below its line, in em."""
LANE_SIZE, _CLEAR = 0.44, 0.18
"""Size of a number at its place at a ruler, in em; left and right of it."""


class ActivationStage(VGroup):
    """The grid of results, the plot with its curve, the grid of activations: beside each other or below.

    `result` and `activation` are grids of as many cells, `plot` has the results below and the activations at its left,
    `curve` is the activation's and `formula` says it.
    """

    def __init__(self, acts: Activations) -> None:
        self.acts = acts
        self.x, self.y = axes(acts)
        layout = solve(_picture(acts, self.x, self.y), stage_room(), LEAST)
        side, self.stacks = stacked(layout, "result")
        self.result = _grid(acts, side, self.stacks, [acts.result(i) for i in range(acts.count)], acts.before)
        self.activation = _grid(acts, side, self.stacks, [acts.activation(i) for i in range(acts.count)], acts.after)
        put(layout, result=self.result, activation=self.activation)
        box, (left, low) = layout["plot"], Plot.margins(self.y)
        self.plot = Plot(self.x, self.y, box.wide - left - _lane(acts), box.tall - low - _UNDER - _ABOVE)
        self.plot.stand(box.left + left, box.bottom + _UNDER + low)
        self.curve = self.plot.curve(CURVES[acts.kind].value, color=theme().muted)
        self.formula = write(layout, "formula", formula_glyph(acts))
        names = {"result": _word(acts, "result"), "activation": _word(acts, "activation")}
        self.captions = VGroup(*(write_below(layout, name, name_word(said)) for name, said in names.items()))
        for word, grid in zip(self.captions, (self.result, self.activation), strict=True):
            # Beside a high plot the words of the row would stand far below what they name.
            word.next_to(grid, DOWN, buff=0.2, coor_mask=np.array([0, 1, 0])) if word.get_y() < grid.get_y() else None
        super().__init__(self.result, self.plot, self.curve, self.formula, self.activation, self.captions)

    def at_floor(self, index: int) -> Glyph:
        """A result's number at its place on the ruler below."""
        label = symbol(self.acts.result_texts[index], ("result", index), LANE_SIZE)
        return self.plot.below(label, self.acts.before[index])

    def at_side(self, index: int) -> Glyph:
        """An activation's number right of the plot, as high as the curve is for its result."""
        label = symbol(self.acts.texts[index], ("activation", index), LANE_SIZE)
        end = self.plot.place(self.x.high, self.acts.after[index])
        label.centre_on(end)
        return label.shift(LEFT * (label.get_left()[0] - end[0] - _CLEAR))


def axes(acts: Activations) -> tuple[Axis, Axis]:
    """The rulers of a plot of some results and what becomes of them."""
    x = axis_over(acts.before, margin=0.06)
    ends = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}.get(acts.kind)
    if ends:
        return x, Axis(*ends, ticks_between(*ends, 3))
    return x, axis_over([*acts.after, *CURVES[acts.kind].value(np.array([x.low, x.high]))], most=4)


def _word(acts: Activations, noun: str) -> str:
    return noun if acts.count == 1 else f"{noun}s"


def _lane(acts: Activations) -> float:
    """Room right of the plot, for the widest activation."""
    widest = max(LANE_SIZE * symbol_width(text) for text in sorted(acts.texts, key=len)[-3:])
    return widest + 2 * _CLEAR


def formula_glyph(acts: Activations) -> Glyph:
    """What the activation is, as a formula."""
    return symbol(KNOWN[acts.kind].formula, ("formula",), TEXT_SIZE)


def _grid(acts: Activations, side: float, stacks: int, pieces: Sequence[Piece], values: Sequence[float]) -> Grid:
    return Grid(in_stacks(acts.conv.output_shape, stacks), pieces, side, shades=theme().shades(values))


def _picture(acts: Activations, x: Axis, y: Axis) -> Part:
    """The two grids and the plot, which is smaller where numbers can then be read; else there are shades."""
    tried = [(reading, unit, _SMALLEST) for reading in (True, False) for unit in _SMALLEST_UNITS]
    tried.append((False, _LAST_UNIT, 0.0))
    return first_of(*(_arranged(acts, x, y, *one) for one in tried), near=0.0)


def _arranged(acts: Activations, x: Axis, y: Axis, reading: bool, unit: float, smallest: float) -> Part:
    shape = acts.conv.output_shape
    least = 0.0 if reading else least_side(shape, smallest, _LARGEST)
    cell = Size("cells", least, _LARGEST)
    long = _UNITS * Size("the plot's units", unit, _LARGEST_UNIT)
    texts: dict[str, dict[str, Length]] = {"result": {}, "activation": {}}
    if reading:
        texts["result"]["results"] = label_share([acts.result(i) for i in range(acts.count)]) * cell
        texts["activation"]["activations"] = label_share([acts.activation(i) for i in range(acts.count)]) * cell
    left, low = Plot.margins(y)
    steep = min(_STEEPEST, max(_FLATTEST, y.span / x.span))
    plot = block("plot", long + (left + _lane(acts)), steep * long + (low + _UNDER + _ABOVE))
    formula = block("formula", formula_glyph(acts).width, (_FORMULA[0] * TEXT_SIZE, _FORMULA[1] * TEXT_SIZE))
    options = []
    for grids in like_stacked(list(texts), shape, cell, texts):
        one, other = (named(name, grid, name_word(_word(acts, name))) for name, grid in grids.items())
        beside = row(one, column(formula, plot, gap=0.1, align="start"), other, gap=_BESIDE)
        through = row(one, formula, other, gap=between(0.3, 1.0))
        above = column(through, plot, gap=_BELOW)
        below = column(one, plot, row(other, formula, gap=0.5), gap=_BELOW)
        options.append(first_of(beside, above, tall=[below, above]))
    return in_any_stacks(options)
