"""Edges of a network: bars, and how they come about."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ManimColor, Scene, Square, VMobject, linear, smooth, squish_rate_func

from scenes._look.theme import theme
from scenes._mobjects.motion import FLIGHT, Rate

EDGE_LAYER = 0
TRAINABLE, UNTRAINABLE, PLAIN = 0.055, 0.036, 0.036
"""Thickness of an edge that is a tap, of one that is an untrainable zero, and of one without a role."""
_DASH, _DASHED = 0.24, 0.6
"""From dash to dash of an edge that is held at zero, and the part of that which is drawn."""
RIDE: Rate = squish_rate_func(smooth, 0.3, 1)
"""How a symbol moves that rides on its entry while it becomes an edge: only when the square has thinned."""

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


class BecomeEdge(Animation):
    """A matrix entry becomes its edge: it thins into a bar, then the bar turns and stretches into place.

    `box` is the entry's square and is taken away; `edge` stays.
    """

    _THIN = 0.3
    """The share of the time in which the square thins."""
    _LANDING = 0.55
    """The share of its way after which the bar passes behind the nodes."""

    def __init__(self, box: Square, edge: Edge, **kwargs: Any) -> None:
        self._box, self._edge = box, edge
        self._middle, self._side = np.array(box.get_center()), float(box.width)
        self._colors = box.get_fill_color(), edge.get_fill_color()
        self._outline = box.get_stroke_color() or self._colors[0]
        self._layers = (box.z_index, FLIGHT, edge.z_index)
        along = edge.end_point - edge.start_point
        self._goal = (edge.start_point + edge.end_point) / 2
        self._length, self._angle = float(np.linalg.norm(along)), float(np.arctan2(along[1], along[0]))
        super().__init__(edge, introducer=True, rate_func=linear, **kwargs)

    def _setup_scene(self, scene: Scene) -> None:
        scene.remove(self._box)
        super()._setup_scene(scene)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the bar at one moment."""
        share, edge = self.rate_func(alpha), self._edge
        thinned = smooth(min(share / self._THIN, 1.0))
        moved = smooth(max(share - self._THIN, 0.0) / (1 - self._THIN))
        length = self._side + (self._length - self._side) * moved
        middle = self._middle + (self._goal - self._middle) * moved
        half = length / 2 * np.array([np.cos(self._angle * moved), np.sin(self._angle * moved), 0.0])
        edge.reach(middle - half, middle + half, self._side + (edge.thickness - self._side) * thinned)
        # The colour comes late: before the square is a bar, its symbol must stay readable on it.
        edge.set_fill(self._colors[0].interpolate(self._colors[1], thinned**4), opacity=1)
        edge.set_stroke(self._outline, width=2 * (1 - thinned))
        # Until it leaves it lies where the entry lay, below the entry's symbol.
        edge.z_index = self._layers[0 if moved == 0 else 1 if moved < self._LANDING else 2]


class GrowEdge(Animation):
    """An edge grows from its pixel's node to its result's node, as thick all the way as in the end."""

    def __init__(self, edge: Edge, **kwargs: Any) -> None:
        self._edge = edge
        super().__init__(edge, introducer=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the part that has grown."""
        self._draw(max(self.rate_func(alpha), 1e-3))

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
