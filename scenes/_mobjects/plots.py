"""A plot: two rulers with ticks, and curves that are functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, ManimColor, VGroup, VMobject
from manim import Line as Stroke

from cnnmath.values import Floats
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, FRAME_LAYER
from scenes._mobjects.text import CAPITAL, READABLE, Glyph, symbol, symbol_width
from scenes._mobjects.ticks import Axis, ticks_between
from scenes._words.digits import number

TICK, GAP = 0.1, 0.1
"""Length of a tick, and from there to its label."""
_SAMPLES = 240
"""Points of a curve."""
CURVE_WIDTH = 5
_APART = 0.12
"""Nearer than this to each other two labels of a ruler crowd each other."""

ACROSS, UPWARDS = 0, 1
"""The two rulers."""

Function = Callable[[Floats], Floats]


class Plot(VGroup):
    """A ruler below for `x`, one at the left for `y`, and fine lines where one of them is 0.

    The rulers are `wide` and `tall` units long. `floor` and `wall` are the rulers themselves, `ticks["x"]` and
    `ticks["y"]` the labels at them: where not all of an axis have room, fewer. Curves and points stand wherever the
    plot does.
    """

    def __init__(self, x: Axis, y: Axis, wide: float, tall: float) -> None:
        look = theme()
        self.x, self.y = x, y = _readable(x, wide, ACROSS), _readable(y, tall, UPWARDS)
        self.floor = Stroke(_at(0, 0), _at(wide, 0), stroke_color=look.line, stroke_width=2.5)
        self.wall = Stroke(_at(0, 0), _at(0, tall), stroke_color=look.line, stroke_width=2.5)
        self.zeros = VGroup()
        if x.low < 0 < x.high:
            self.zeros.add(Stroke(_at(x.share(0) * wide, 0), _at(x.share(0) * wide, tall)))
        if y.low < 0 < y.high:
            self.zeros.add(Stroke(_at(0, y.share(0) * tall), _at(wide, y.share(0) * tall)))
        self.zeros.set_stroke(look.line, 1.5)
        self.ticks: dict[str, list[Glyph]] = {"x": [], "y": []}
        marks = VMobject(stroke_color=look.line, stroke_width=2.5)
        for name, axis in (("x", x), ("y", y)):
            for tick in axis.ticks:
                label = symbol(number(tick), ("tick", name, tick), READABLE, look.muted)
                out = DOWN if name == "x" else LEFT
                foot = _at(axis.share(tick) * wide, 0) if name == "x" else _at(0, axis.share(tick) * tall)
                marks.append_points(Stroke(foot, foot + TICK * out).points)
                self.ticks[name].append(_beside(label, foot, out))
        self.marks = marks.set_z_index(BOX_LAYER)
        super().__init__(self.zeros, self.floor, self.wall, self.marks, *self.ticks["x"], *self.ticks["y"])

    @staticmethod
    def margins(y: Axis) -> tuple[float, float]:
        """How far labels reach left of the wall, and below the floor."""
        widest = max((READABLE * symbol_width(number(tick)) for tick in y.ticks), default=0.0)
        return TICK + GAP + widest, TICK + GAP + _LABEL_HEIGHT

    def stand(self, left: float, bottom: float) -> Plot:
        """Move to where the rulers meet at this place."""
        corner = self.floor.get_start()
        self.shift(RIGHT * (left - corner[0]) + UP * (bottom - corner[1]))
        return self

    def place(self, x: float, y: float) -> np.ndarray:
        """Where a point stands now, in the scene."""
        along = self.floor.get_end() - self.floor.get_start()
        up = self.wall.get_end() - self.wall.get_start()
        return np.asarray(self.floor.get_start() + self.x.share(x) * along + self.y.share(y) * up)

    def curve(
        self, function: Function, low: float | None = None, high: float | None = None, color: str | None = None
    ) -> Curve:
        """The graph of a function of arrays, from `low` to `high`: over the whole ruler, unless they are given."""
        start, end = self.x.low if low is None else low, self.x.high if high is None else high
        # 0 is where most of them bend.
        xs = np.unique([*np.linspace(start, end, _SAMPLES), *([0.0] if start < 0 < end else [])])
        return self.through(xs, function(xs), color)

    def through(self, xs: Iterable[float], ys: Iterable[float], color: str | ManimColor | None = None) -> Curve:
        """A line through points, from each to the next."""
        return Curve([self.place(x, y) for x, y in zip(xs, ys, strict=True)], color or theme().text)

    def crowding(self, label: Glyph, name: str) -> list[Glyph]:
        """The labels of a ruler that have no room beside another text on it."""
        axis = 0 if name == "x" else 1
        size = (label.width, label.height)[axis]
        return [
            tick
            for tick in self.ticks[name]
            if abs(tick.get_center()[axis] - label.get_center()[axis])
            < (size + (tick.width, tick.height)[axis]) / 2 + _APART
        ]

    def below(self, label: Glyph, x: float) -> Glyph:
        """Put a text below the floor, where a tick's label would stand."""
        return _beside(label, self.place(x, self.y.low), DOWN)


_LABEL_HEIGHT = 0.27
"""Of a tick's label."""


class Curve(VMobject):
    """A line through points, drawn in front of the rulers."""

    def __init__(self, points: Sequence[np.ndarray], color: str | ManimColor) -> None:
        super().__init__(stroke_color=color, stroke_width=CURVE_WIDTH, fill_opacity=0)
        self.set_points_as_corners(np.array(points))
        self.set_z_index(FRAME_LAYER)


def _readable(axis: Axis, long: float, along: int) -> Axis:
    """The axis with fewer ticks, where their labels would crowd each other on a ruler that is `long` units long."""
    while len(axis.ticks) > 1:
        labels = [symbol(number(tick), size=READABLE) for tick in axis.ticks]
        sizes = [label.width if along == ACROSS else label.height for label in labels]
        pitch = long * (axis.ticks[1] - axis.ticks[0]) / axis.span
        if pitch >= max(sizes) + _APART:
            break
        axis = replace(axis, ticks=ticks_between(axis.low, axis.high, len(axis.ticks) - 1))
    return axis


def _at(x: float, y: float) -> np.ndarray:
    return np.array([x, y, 0.0])


def _beside(label: Glyph, foot: np.ndarray, out: np.ndarray) -> Glyph:
    """Put a label outside of a ruler: level with its tick, or with the tops of its figures below it."""
    if out is DOWN:
        label.set_x(foot[0])
        return label.shift(UP * (foot[1] - TICK - GAP - CAPITAL * label.em - label.baseline))
    label.centre_on(foot)
    return label.shift(LEFT * (label.get_right()[0] - foot[0] + TICK + GAP))
