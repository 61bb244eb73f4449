"""The grids of a convolution: image with its padding, filter with its bias, results; and the filter on the image."""

from __future__ import annotations

from typing import Any

from manim import DOWN, FadeIn, FadeOut, RoundedRectangle, VGroup, smooth, squish_rate_func

from cnnmath import Convolution
from scenes._mobjects.cells import FRAME_LAYER, Cell, Grid, Patch, aside_of
from scenes._mobjects.motion import Moves, fly
from scenes._mobjects.text import Piece
from scenes._names import Names
from scenes._theme import theme


class ImageGrid(Grid):
    """The image, with its padding, if any, as a dashed ring of zeros: `pixels[i]`, and `ring[position]`."""

    def __init__(self, conv: Convolution, names: Names, side: float) -> None:
        self._conv, self._names = conv, names
        pixel_at = {conv.padded_position(i): i for i in range(conv.counts.pixels)}
        channels, rows, columns = conv.padded_shape
        places = [conv.padded_place(position) for position in range(channels * rows * columns)]
        super().__init__(
            columns,
            [
                names.pixel(pixel_at[place]) if place in pixel_at else Piece("0", ("padding", position))
                for position, place in enumerate(places)
            ],
            side,
        )
        self.pixels = [self.cells[places.index(conv.padded_position(i))] for i in range(conv.counts.pixels)]
        self.ring = {
            position: self.cells[position].dashed() for position, place in enumerate(places) if place not in pixel_at
        }

    def under(self, result: int) -> list[tuple[int, Cell]]:
        """The cells under the filter at one stop, each with the weight that lies on it, in the weights' order."""
        window = self._conv.window(result)
        pairs = [(int(tap["weight"]), self.pixels[int(tap["pixel"])]) for tap in window.taps]
        pairs += [(int(tap["weight"]), self.ring[int(tap["position"])]) for tap in window.padding_taps]
        return sorted(pairs, key=lambda pair: pair[0])

    def patch(self, result: int) -> Patch:
        """The filter lying on the image at one stop."""
        pairs = self.under(result)
        return Patch([self._names.weight(weight) for weight, _ in pairs], [cell for _, cell in pairs])

    def cover(self, result: int) -> Patch:
        """Draw the filter at one stop at once: the patch, with the pixels' own symbols moved aside."""
        for _, cell in self.under(result):
            cell.symbol.centre_on(aside_of(cell))
        return self.patch(result)


def move_labels(image: ImageGrid, old: int | None, new: int | None) -> Moves:
    """Pixels that the filter leaves take their place again; those that it comes to lie on make room."""
    before = [cell for _, cell in image.under(old)] if old is not None else []
    after = [cell for _, cell in image.under(new)] if new is not None else []
    moves: Moves = [cell.symbol.animate.centre_on(cell.middle) for cell in before if cell not in after]
    return moves + [cell.symbol.animate.centre_on(aside_of(cell)) for cell in after if cell not in before]


def weight_grid(conv: Convolution, names: Names, side: float) -> Grid:
    """The filter's weights, without its bias."""
    return Grid(conv.kernel.shape[3], [names.weight(i) for i in range(conv.counts.weights)], side)


def result_grid(conv: Convolution, names: Names, side: float) -> Grid:
    """The results."""
    return Grid(conv.output_shape[2], [names.result(i) for i in range(conv.counts.results)], side)


class Filter(VGroup):
    """Weights and bias in one frame: the bias belongs to the filter."""

    def __init__(self, conv: Convolution, names: Names, side: float, bias_at: Any = DOWN) -> None:
        self.side = side
        self.grid = weight_grid(conv, names, side)
        self.bias = Cell(names.bias(), side)
        self.bias.next_to(self.grid, bias_at, buff=0.2 * side)
        inner = VGroup(self.grid, self.bias)
        self.frame = RoundedRectangle(
            corner_radius=0.15 * side,
            width=inner.width + 0.34 * side,
            height=inner.height + 0.34 * side,
            stroke_color=theme().muted,
            stroke_width=2,
        ).move_to(inner)
        super().__init__(self.frame.set_z_index(FRAME_LAYER), self.grid, self.bias)


def drop_into(cell: Cell, patch: Patch) -> Moves:
    """What the filter covers shrinks into one result."""
    drops = [
        FadeOut(part.copy(), target_position=cell.middle, scale=0.25, rate_func=squish_rate_func(smooth, 0, 0.7))
        for part in patch
    ]
    return [*drops, FadeIn(cell.symbol, scale=0.4, rate_func=squish_rate_func(smooth, 0.5, 1))]


class Sweep:
    """The filter going over an image, stop by stop."""

    def __init__(self, image: ImageGrid, weights: Grid) -> None:
        self._image, self._weights = image, weights
        self._stop: int | None = None
        self.patch = Patch([], [])

    def to(self, stop: int) -> Moves:
        """Lay the filter on the image, or slide it on. Afterwards `patch` belongs into the scene."""
        goal, moves = self._image.patch(stop), move_labels(self._image, self._stop, stop)
        if self._stop is None:
            moves += [fly(a, b, path_arc=0.5) for a, b in zip(self._weights.cells, goal, strict=True)]
            self.patch = goal
        else:
            moves.append(self.patch.animate.move_to(goal))
        self._stop = stop
        return moves

    def start_at(self, stop: int, patch: Patch) -> None:
        """Take over a filter that lies on the image already."""
        self._stop, self.patch = stop, patch

    def away(self) -> Moves:
        """Take the filter off the image."""
        moves = [FadeOut(self.patch), *move_labels(self._image, self._stop, None)]
        self._stop = None
        return moves

    def drop(self, cell: Cell) -> Moves:
        """What the filter covers shrinks into one result."""
        return drop_into(cell, self.patch)
