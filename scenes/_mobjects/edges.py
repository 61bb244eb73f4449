"""Edges of a network: bars, and how they come about."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ManimColor, VMobject

from scenes._look.theme import theme

EDGE_LAYER = 0
TRAINABLE, UNTRAINABLE, PLAIN = 0.055, 0.036, 0.036
"""Thickness of an edge that is a tap, of one that is an untrainable zero, and of one without a role."""
_DASH, _DASHED = 0.24, 0.6
"""From dash to dash of an edge that is held at zero, and the part of that which is drawn."""

Key = tuple[str, int, int]


class Edge(VMobject):
    """A bar from a pixel's node to a result's node; `key` is ("edge", result, pixel), `weight` −1 if untrainable.

    It is `slim` times as thick as usual.
    """

    def __init__(self, start: np.ndarray, end: np.ndarray, key: Key, weight: int, slim: float = 1.0) -> None:
        super().__init__(fill_opacity=1, stroke_width=0)
        self.key, self.weight = key, weight
        self.slim = slim
        self.start_point, self.end_point, self.thickness, self.dashed = start, end, 0.0, False
        look = theme()
        if weight >= 0:
            self.restyle(look.weight(weight), TRAINABLE)
        else:
            self.restyle(look.zero, UNTRAINABLE)
        # Grey below, so that an untrainable edge never crosses over a coloured one.
        self.set_z_index(EDGE_LAYER if weight >= 0 else EDGE_LAYER - 1)

    def hold(self) -> Edge:
        """Dash it: its weight is held at zero."""
        self.dashed = True
        self.reach(self.start_point, self.end_point)
        return self

    def restyle(self, color: str | ManimColor, thickness: float) -> None:
        """Give the edge another colour and thickness."""
        self.thickness = thickness * self.slim
        self.set_fill(color, opacity=1)
        self.reach(self.start_point, self.end_point)

    def reach(self, start: np.ndarray, end: np.ndarray, thickness: float | None = None) -> None:
        """Draw the bar between two points."""
        along = end - start
        length = float(np.linalg.norm(along))
        across = np.array([-along[1], along[0], 0.0]) / length * (thickness or self.thickness) / 2
        count = max(1, round(length / _DASH)) if self.dashed else 1
        self.clear_points()
        for k in range(count):
            # The first dash begins at one node, the last one ends at the other.
            pitch = 1 / (count - 1 + _DASHED)
            one = start + along * (k * pitch if count > 1 else 0.0)
            other = start + along * (k * pitch + _DASHED * pitch if count > 1 else 1.0)
            bar = [one + across, other + across, other - across, one - across, one + across]
            self.start_new_path(bar[0])
            self.add_points_as_corners(bar[1:])


class GrowEdge(Animation):
    """An edge grows from its pixel's node to its result's node, as thick all the way as in the end.

    One that `shines` is bright while it grows, so that it is seen, and then takes its own colour.
    """

    _BRIGHT = 0.7
    """The share of its time after which it loses its brightness."""

    def __init__(self, edge: Edge, shines: bool = False, **kwargs: Any) -> None:
        self._edge, self._shines = edge, shines
        self._colors = ManimColor(theme().text), ManimColor(edge.get_fill_color())
        super().__init__(edge, introducer=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the part that has grown."""
        share = self.rate_func(alpha)
        self._draw(max(share, 1e-3))
        if self._shines:
            dim = max(0.0, share - self._BRIGHT) / (1 - self._BRIGHT)
            self._edge.set_fill(self._colors[0].interpolate(self._colors[1], dim), opacity=1)

    def _draw(self, share: float) -> None:
        edge = self._edge
        edge.reach(edge.start_point, edge.start_point + share * (edge.end_point - edge.start_point))


class ShrinkEdge(GrowEdge):
    """An edge draws back into its pixel's node and is gone."""

    def __init__(self, edge: Edge, **kwargs: Any) -> None:
        self._edge = edge
        Animation.__init__(self, edge, remover=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the part that is left."""
        self._draw(max(1 - self.rate_func(alpha), 1e-3))
