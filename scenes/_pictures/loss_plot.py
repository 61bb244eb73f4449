"""How a loss goes from step to step: a plot whose curve grows."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, UP, Circle, VGroup

from scenes._layout import Box
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.learning import NAME, name
from scenes._mobjects.plots import Curve, Plot
from scenes._mobjects.ticks import Axis, axis_over, ticks_between

_DOT, _ABOVE = 0.07, 0.12
"""Radius of a point, and from the wall to its name."""
_WORD_TALL = 0.36
"""Height of a name with its room."""


class LossPlot(VGroup):
    """A plot of losses in a box: `dot(step)` is a point of the curve, `piece(step)` what leads to it."""

    def __init__(self, losses: Sequence[float], others: Sequence[float], box: Box) -> None:
        """Take the losses by step, others that must have room beside them, and where the plot may stand."""
        self._losses = losses
        last = max(len(losses) - 1, 1)
        whole = [tick for tick in ticks_between(0, last, 6) if tick == int(tick)]
        x, y = Axis(0, last, tuple(whole)), axis_over([*losses, *others], margin=0.05)
        left, below = Plot.margins(y)
        wide = box.wide - left - 2 * _DOT
        tall = box.tall - below - 2 * _WORD_TALL
        self.plot = Plot(x, y, wide, tall).stand(box.left + left, box.bottom + below + _WORD_TALL)
        corner, top = self.plot.floor.get_start(), self.plot.wall.get_end()
        steps, loss = name("steps"), name("loss")
        steps.move_to(RIGHT * self.plot.floor.get_center()[0] + UP * (box.bottom + _WORD_TALL / 2))
        loss.move_to(RIGHT * corner[0] + UP * (top[1] + _ABOVE + NAME / 2))
        self.names = VGroup(steps, loss)
        super().__init__(self.plot, self.names)

    def dot(self, step: int, loss: float | None = None) -> Circle:
        """The point of a step; with a loss of its own a hollow one, which is none of the curve."""
        look, own = theme(), loss is None
        value = self._losses[step] if loss is None else loss
        made = Circle(
            radius=_DOT if own else 1.5 * _DOT,
            stroke_color=look.accent,
            stroke_width=0 if own else 3,
            fill_color=look.accent if own else look.background,
            fill_opacity=1,
        )
        return made.move_to(self.plot.place(step, value)).set_z_index(FRAME_LAYER + 1)

    def piece(self, step: int) -> Curve:
        """The line from the step before."""
        return self.plot.through([step - 1, step], self._losses[step - 1 : step + 1])

    def curve(self) -> Curve:
        """The line through all steps."""
        return self.plot.through(range(len(self._losses)), self._losses)
