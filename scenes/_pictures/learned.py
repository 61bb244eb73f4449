"""Filters while they are learned, and beside them how many digits are read rightly."""

from __future__ import annotations

from manim import RIGHT, UP, Circle, VGroup

from cnnmath.layers import History
from cnnmath.values import Floats
from scenes._layout import Size, between, block, column, row, solve
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.learning import NAME, name
from scenes._mobjects.plots import Curve, Plot
from scenes._mobjects.shaded import Shaded
from scenes._mobjects.text import LEAST
from scenes._mobjects.ticks import Axis, ticks_between
from scenes._pictures.standing import put, stage_room, word_block, write

_DOT, _TICKS = 0.09, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class LearnedPicture(VGroup):
    """`filters` at the first epoch, and a `plot` of the accuracy by epoch, whose curve grows."""

    def __init__(self, history: History, accuracies: Floats) -> None:
        self._kernels, self._accuracies = history.filters[0], accuracies
        many, _, rows, columns = self._kernels.shape[1:]
        side = Size("weights", most=0.4)
        parts = [block(f"filter {k}", columns * side, rows * side, look=side) for k in range(many)]
        plot = block("plot", between(4.0, 10.0), between(1.6, 3.2))
        words = [word_block(f"word {kind}", said, NAME) for kind, said in _SAID.items()]
        below = column(words[0], plot, words[1], gap=0.1)
        layout = solve(column(row(*parts, gap=between(0.2, 0.7)), below, gap=between(0.2, 0.6)), stage_room(), LEAST)
        self.filters = [Shaded(f"filter {k}", self._kernels[0, k], layout.size(side), 0) for k in range(many)]
        for k, made in enumerate(self.filters):
            put(layout, **{f"filter {k}": made})
        self._key()
        last = history.epochs
        epochs = tuple(tick for tick in ticks_between(0, last, 6) if tick == int(tick))
        y = Axis(0.0, 1.0, _TICKS if layout["plot"].tall > _ROOMY else _TICKS[::5])
        left, under = Plot.margins(y)
        box = layout["plot"]
        self.plot = Plot(Axis(0, last, epochs), y, box.wide - left - 2 * _DOT, box.tall - under - 2 * _DOT)
        self.plot.stand(box.left + left, box.bottom + under)
        self.names = VGroup(*(write(layout, f"word {kind}", name(said)) for kind, said in _SAID.items()))
        corner = self.plot.floor.get_start()[0]
        self.names[0].shift(RIGHT * (corner - self.names[0].get_left()[0]))
        super().__init__(*self.filters, self.plot, self.names)

    def _key(self) -> None:
        for which, made in enumerate(self.filters):
            for cell in made.cells:
                cell.key = ("filter", which, cell.key[1])

    def at_epoch(self, epoch: int) -> None:
        """Let the filters be those of an epoch."""
        for which, made in enumerate(self.filters):
            made.recolour(self._kernels[epoch, which])

    def curve(self, epoch: int) -> Curve:
        """The accuracy up to an epoch."""
        return self.plot.through(range(epoch + 1), self._accuracies[: epoch + 1].tolist())

    def dot(self, epoch: int) -> Circle:
        """The point of an epoch."""
        made = Circle(radius=_DOT, stroke_width=0, fill_color=theme().accent, fill_opacity=1)
        place = self.plot.place(epoch, float(self._accuracies[epoch]))
        return made.move_to(RIGHT * place[0] + UP * place[1]).set_z_index(FRAME_LAYER + 1)


_SAID = {"right": "share of digits that are read rightly", "epochs": "epochs"}
_ROOMY = 2.3
"""A plot of this height has room for all ticks."""
