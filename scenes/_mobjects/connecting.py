"""How an edge comes about: its pixel lights up, its weight's letter comes to its place, and there the line is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    Rectangle,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell
from scenes._mobjects.edge_labels import EdgeLabel
from scenes._mobjects.edges import EDGE_LAYER, Edge, GrowEdge
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import Moves, Rate

FLYING = 0.6
"""The share of its time after which a letter has landed, and its line is drawn."""
_MEETING, _LEAST = 0.3, 0.3
"""Where on its edge an entry without a symbol goes, and what is left of its size there."""
LEAVING: Rate = squish_rate_func(smooth, 0.1, 0.4)
GOING: Rate = squish_rate_func(smooth, 0.1, FLYING)
DRAWING: Rate = squish_rate_func(smooth, FLYING - 0.05, 0.95)
LANDING: Rate = squish_rate_func(smooth, FLYING - 0.15, FLYING)


class Light(Animation):
    """A bright mark comes, stays as long as what it marks matters, and goes."""

    _IN, _OUT = 0.15, 0.85

    def __init__(self, mark: VMobject, **kwargs: Any) -> None:
        self._mark, self._opacity = mark, float(mark.get_stroke_opacity())
        super().__init__(mark, introducer=True, remover=True, rate_func=linear, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Fade in, stand, fade out."""
        share = self.rate_func(alpha)
        seen = min(1.0, share / self._IN, (1 - share) / (1 - self._OUT))
        self._mark.set_stroke(opacity=self._opacity * smooth(max(0.0, seen)))


def mark_of(cell: Cell) -> Rectangle:
    """A bright frame around a cell: this one matters now."""
    box = cell.box
    frame = Rectangle(width=float(box.width), height=float(box.height), stroke_color=theme().accent, stroke_width=5)
    return frame.move_to(box).set_z_index(FRAME_LAYER)


def connect(
    edge: Edge,
    run_time: float,
    marks: Sequence[VMobject] = (),
    label: EdgeLabel | None = None,
    moves: Sequence[Animation] = (),
) -> AnimationGroup:
    """An edge is drawn, while the `marks` are lit. The `moves` bring its label's symbol; without any it appears.

    Where the edge has no label they are what goes to it. An untrainable edge is bright while it grows.
    """
    made: list[Animation] = [Light(mark, run_time=run_time) for mark in marks]
    made.append(GrowEdge(edge, shines=edge.weight < 0, rate_func=DRAWING, run_time=run_time))
    if label:
        made.append(FadeIn(label.disc, rate_func=LANDING, run_time=run_time))
        made += [] if moves else [FadeIn(label.glyph, rate_func=LANDING, run_time=run_time)]
    return AnimationGroup(*made, *moves, run_time=run_time)


def leave_entry(cell: Cell, edge: Edge, label: EdgeLabel | None, standing: list[Mobject], run_time: float) -> Moves:
    """What becomes of an entry of a matrix while its edge is drawn: its symbol comes to the edge, and its box fades.

    Where the edge has no room for it, it fades as well; a small square without a symbol goes to the edge itself.
    """
    if cell.label:
        moves = [plan([Flight(cell.symbol, label.glyph)], standing, FLYING * run_time)] if label else []
        fading = [cell.box] if label else [cell.box, cell.label]
        return [*moves, *(FadeOut(part, rate_func=LEAVING, run_time=run_time) for part in fading)]
    fades = [FadeIn(label.glyph, rate_func=LANDING, run_time=run_time)] if label else []
    goal = edge.start_point + _MEETING * (edge.end_point - edge.start_point)
    box = cell.box.set_z_index(EDGE_LAYER - 1)
    return [*fades, FadeOut(box, target_position=goal, scale=_LEAST, rate_func=GOING, run_time=run_time)]
