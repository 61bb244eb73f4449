"""Bars that are as long as a share: probabilities, accuracies."""

from __future__ import annotations

from manim import RIGHT, ManimColor, Rectangle, Transform, VGroup

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, WINDOW_LAYER

_HAIR = 1e-3
"""A bar of nothing is so long: manim cannot scale what has no extent."""


class Bar(VGroup):
    """A share from 0 to 1 of a track that is `long` units long: `filled` is as long as its share of `track`.

    Raises ValueError for any other share.
    """

    def __init__(self, share: float, long: float, tall: float, color: str | ManimColor | None = None) -> None:
        look = theme()
        self.share = _checked(share)
        self.track = Rectangle(
            width=long, height=tall, fill_color=look.panel, fill_opacity=1, stroke_color=look.line, stroke_width=1.5
        ).set_z_index(BOX_LAYER)
        self.filled = self._filled(share, color or look.muted)
        super().__init__(self.track, self.filled)

    def _filled(self, share: float, color: str | ManimColor) -> Rectangle:
        """The part of the track that is filled, where the track stands now."""
        track = self.track
        made = Rectangle(
            width=max(share * track.width, _HAIR),
            height=track.height,
            fill_color=color,
            fill_opacity=1,
            stroke_width=0,
        )
        return made.move_to(track.get_left(), aligned_edge=-RIGHT).set_z_index(WINDOW_LAYER)

    def grow(self, share: float, color: str | ManimColor | None = None) -> Transform:
        """Give the animation that brings the bar to another share; from now on it has that one."""
        self.share = _checked(share)
        return Transform(self.filled, self._filled(share, color or self.filled.get_fill_color()))


def _checked(share: float) -> float:
    if not 0 <= share <= 1:
        raise ValueError(f"a bar is a share from 0 to 1; got {share:g}")
    return float(share)
