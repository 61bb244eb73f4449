"""The grids of a convolution: image with its padding, filter with its bias, results."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    ManimColor,
    RoundedRectangle,
    VGroup,
)

from cnnmath import Convolution
from scenes._look.theme import theme
from scenes._mobjects.cells import (
    BESIDE,
    FRAME_LAYER,
    Cell,
    Grid,
    Patch,
    Planes,
    aside_of,
    extent,
    in_stacks,
    mark_size,
    marks_are_wide,
)
from scenes._words.digits import result_values
from scenes._words.piece import Piece
from scenes._words.subject import Subject


class ImageGrid(Grid):
    """The image: `pixels[i]`; and its padding, if any, as a dashed ring of zeros: `padding[position]`."""

    def __init__(self, subject: Subject, side: float, stacks: int = 1, ring: bool = True) -> None:
        conv = subject.conv
        self._conv, self._subject = conv, subject
        weights = [subject.weight(i) for i in range(conv.counts.weights)]
        self.mark_size = mark_size(weights, side)
        self._wide_mark = self.mark_size if marks_are_wide(weights, side) else 0.0
        if ring:
            shape, place_of = conv.padded_shape, conv.padded_position
        else:
            shape, place_of = conv.image.shape, conv.pixel_place
        pixel_at = {place_of(i): i for i in range(conv.counts.pixels)}
        pixels = [pixel_at.get(place) for place in np.ndindex(*shape)]
        shades, blank = theme().shades(conv.image.ravel().tolist()), ManimColor(theme().background)
        super().__init__(
            in_stacks(shape, stacks),
            [subject.pixel(p) if p is not None else Piece("0", ("padding", i)) for i, p in enumerate(pixels)],
            side,
            shades=[shades[p] if p is not None else blank for p in pixels],
        )
        at = {pixel: cell for pixel, cell in zip(pixels, self.cells, strict=True) if pixel is not None}
        self.pixels = [at[i] for i in range(conv.counts.pixels)]
        self.padding = {i: self.cells[i].dashed() for i, pixel in enumerate(pixels) if pixel is None}
        self.channels: list[list[Cell]] = [[] for _ in conv.image]
        """The cells of each channel, its padding included."""
        for (channel, *_), cell in zip(np.ndindex(*shape), self.cells, strict=True):
            self.channels[channel].append(cell)

    def filter_at(self, result: int) -> int:
        """Which filter gives a result."""
        return self._conv.window(result).filter

    def under(self, result: int) -> list[tuple[int, Cell]]:
        """The cells under the filter at one stop, each with the weight that lies on it, in the weights' order."""
        window = self._conv.window(result)
        pairs = [(int(tap["weight"]), self.pixels[int(tap["pixel"])]) for tap in window.taps]
        pairs += [(int(tap["weight"]), self.padding[int(tap["position"])]) for tap in window.padding_taps]
        return sorted(pairs, key=lambda pair: pair[0])

    def windows(self, result: int) -> list[list[Cell]]:
        """The cells under the filter at one stop, channel by channel."""
        channels: dict[int, list[Cell]] = {}
        for weight, cell in self.under(result):
            channels.setdefault(int(np.unravel_index(weight, self._conv.kernel.shape)[1]), []).append(cell)
        return list(channels.values())

    def patch(self, result: int) -> Patch:
        """The filter lying on the image at one stop."""
        pairs = self.under(result)
        weights, cells = [self._subject.weight(weight) for weight, _ in pairs], [cell for _, cell in pairs]
        return Patch(weights, cells, self.mark_size)

    def cover(self, result: int) -> Patch:
        """Draw the filter at one stop at once: the patch, with the pixels' own symbols moved aside."""
        for cell in self.covered(result):
            cell.symbol.centre_on(self.aside(cell))
        return self.patch(result)

    def aside(self, cell: Cell) -> np.ndarray:
        """Where a covered pixel's own symbol makes room to."""
        return aside_of(cell, self._wide_mark)

    def covered(self, result: int | None) -> list[Cell]:
        """The cells whose symbols make room for the weights' at one stop; none where there are no such symbols."""
        if result is None or self.shaded or not self.mark_size:
            return []
        return [cell for _, cell in self.under(result)]


def pixel_rows(conv: Convolution) -> list[range]:
    """The pixels of each row of the image, channel after channel."""
    return [conv.pixels_of(*place) for place in np.ndindex(conv.image.shape[:2])]


def weight_grid(subject: Subject, side: float) -> Grid:
    """The filter's weights, without its bias."""
    conv = subject.conv
    weights = [subject.weight(i) for i in range(conv.counts.weights)]
    return Grid(filter_planes(conv), weights, side, beside=_between_filters(conv))


def weights_extent(conv: Convolution) -> tuple[float, float]:
    """Width and height of a grid of all weights, in sides of a cell."""
    return extent(filter_planes(conv), _between_filters(conv))


def _between_filters(conv: Convolution) -> float:
    """The room between filters, in sides of a cell: where biases stand beside them, for these, too."""
    return BESIDE + _BIAS if bias_beside(conv) else BESIDE


_BIAS = 1.2
"""Room for a bias beside or below its filter, in sides of a cell."""


def bias_beside(conv: Convolution) -> bool:
    """Whether the bias stands beside its filter: below a high stack there is no room for it."""
    return len(conv.image) > 1 and extent(filter_planes(conv))[1] > 7


def filter_planes(conv: Convolution) -> Planes:
    """Each filter is a stack of its channels; filters stand side by side."""
    filters, channels, rows, columns = conv.kernel.shape
    return filters, channels, rows, columns


def result_grid(subject: Subject, side: float, stacks: int = 1) -> Grid:
    """The results: one plane for each filter, in one stack or in several."""
    conv = subject.conv
    pieces = [subject.result(i) for i in range(conv.counts.results)]
    return Grid(in_stacks(conv.output_shape, stacks), pieces, side, shades=theme().shades(result_values(conv)))


class Filter(VGroup):
    """Weights and bias in one frame: the bias belongs to the filter. Several filters stand side by side.

    `bias` holds the cell of each filter's bias, `frame` a frame for each.
    """

    def __init__(self, subject: Subject, side: float, bias_at: Any = DOWN) -> None:
        conv = subject.conv
        self.side = side
        self.grid = weight_grid(subject, side)
        count = len(conv.kernel)
        stacks = [VGroup(*(self.grid.cells[w] for w in conv.weights_of(f))) for f in range(count)]
        self.biases = [Cell(subject.bias(f), side) for f in range(count)]
        beside = RIGHT if bias_beside(conv) or (count == 1 and bias_at is not DOWN) else DOWN
        for cell, stack in zip(self.biases, stacks, strict=True):
            cell.next_to(stack, beside, buff=0.2 * side)
        self.bias = VGroup(*self.biases)
        self.frames = [_frame(VGroup(*stack, cell), side) for cell, stack in zip(self.biases, stacks, strict=True)]
        self.frame = VGroup(*self.frames)
        super().__init__(self.frame, self.grid, self.bias)

    def unlabel(self) -> None:
        """Take the symbols away where they cannot be read: colours and places are left."""
        for cell in (*self.grid.cells, *self.biases):
            cell.unlabel()

    @staticmethod
    def extent(conv: Convolution, bias_at: Any = DOWN) -> tuple[float, float]:
        """Width and height with the biases, without the frame, in sides of a cell."""
        wide, tall = weights_extent(conv)
        if bias_beside(conv):
            return wide + _BIAS, tall
        beside = len(conv.kernel) == 1 and bias_at is not DOWN
        return (wide + _BIAS, tall) if beside else (wide, tall + _BIAS)


def _frame(inner: VGroup, side: float) -> RoundedRectangle:
    """A frame around a filter and its bias."""
    return (
        RoundedRectangle(
            corner_radius=0.15 * side,
            width=inner.width + 0.34 * side,
            height=inner.height + 0.34 * side,
            stroke_color=theme().muted,
            stroke_width=2,
        )
        .move_to(inner)
        .set_z_index(FRAME_LAYER)
    )
