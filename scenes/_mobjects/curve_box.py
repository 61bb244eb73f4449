"""A small box with the curve of an activation: what a number passes through."""

from __future__ import annotations

import numpy as np
from manim import RoundedRectangle, VGroup, VMobject

from cnnmath.activations import CURVES, Kind
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, WINDOW_LAYER

_REACH: dict[str, float] = {"relu": 1.0, "leaky_relu": 1.0, "sigmoid": 6.0, "tanh": 3.0}
"""How far the curve goes to either side of zero."""
_INNER, _SAMPLES = 0.62, 61
"""The part of the box that the curve takes, and its points."""


class CurveBox(VGroup):
    """A rounded box, and in it the curve around zero."""

    def __init__(self, kind: Kind, side: float) -> None:
        look = theme()
        self.box = RoundedRectangle(
            corner_radius=0.14 * side,
            width=side,
            height=side,
            fill_color=look.panel,
            fill_opacity=1,
            stroke_color=look.line,
            stroke_width=2.5,
        ).set_z_index(BOX_LAYER)
        reach = _REACH[kind]
        x = np.linspace(-reach, reach, _SAMPLES)
        y = CURVES[kind].value(x)
        height = float(np.ptp(y))
        points = np.stack([x / (2 * reach), (y - y.min()) / height - 0.5, np.zeros_like(x)], axis=1)
        self.curve = VMobject(stroke_color=look.text, stroke_width=5)
        self.curve.set_points_as_corners(_INNER * side * points).set_z_index(WINDOW_LAYER)
        super().__init__(self.box, self.curve)
