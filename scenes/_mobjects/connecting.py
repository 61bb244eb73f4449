"""How an edge comes about: its pixel lights up, its weight's letter comes to its place, and there the line is drawn."""

from __future__ import annotations

from typing import Any

from manim import Animation, AnimationGroup, FadeIn, VMobject, linear, smooth, squish_rate_func

from scenes._mobjects.edge_labels import EdgeLabel
from scenes._mobjects.edges import Edge, GrowEdge
from scenes._mobjects.motion import Rate

FLYING = 0.6
"""The share of its time after which a letter has landed, and its line is drawn."""
DRAWING: Rate = squish_rate_func(smooth, FLYING - 0.05, 0.95)
LANDING: Rate = squish_rate_func(smooth, FLYING - 0.15, FLYING)


class Light(Animation):
    """A bright mark comes, stays as long as what it marks matters, and goes."""

    _IN, _OUT = 0.15, 0.85

    def __init__(self, mark: VMobject, **kwargs: Any) -> None:
        self._opacity = float(mark.get_stroke_opacity())
        super().__init__(mark, introducer=True, remover=True, rate_func=linear, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Fade in, stand, fade out."""
        share = self.rate_func(alpha)
        seen = min(1.0, share / self._IN, (1 - share) / (1 - self._OUT))
        self.mobject.set_stroke(opacity=self._opacity * smooth(max(0.0, seen)))


def connect(
    edge: Edge, run_time: float, marks: tuple[VMobject, ...] = (), label: EdgeLabel | None = None, *flight: Animation
) -> AnimationGroup:
    """An edge is drawn, while the `marks` are lit. The `flight` brings its label's symbol; without one it appears."""
    moves: list[Animation] = [Light(mark, run_time=run_time) for mark in marks]
    moves.append(GrowEdge(edge, rate_func=DRAWING, run_time=run_time))
    if label:
        moves.append(FadeIn(label.disc, rate_func=LANDING, run_time=run_time))
        moves += flight or [FadeIn(label.glyph, rate_func=LANDING, run_time=run_time)]
    return AnimationGroup(*moves, run_time=run_time)
