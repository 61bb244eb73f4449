"""The weight matrix in blocks, one for each filter and channel, and the filter that gives a row of them."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, RoundedRectangle, VGroup, VMobject

from cnnmath import Convolution
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell, Grid, extent
from scenes._mobjects.matrix import GAP, ZeroCell
from scenes._mobjects.pixel_matrix import PixelMatrix
from scenes._words.subject import Subject

_AWAY, _AROUND = 0.4, 0.18
"""From the layers of a filter to its bias, and from both to their frame, in sides of a cell."""


class Block(VGroup):
    """The entries of one filter and one channel: cells with their symbols, or where there is no room coloured pixels.

    `rows` are what there is of each result: all in one where entries are pixels.
    """

    def __init__(self, subject: Subject, filter_: int, channel: int, side: float, labelled: bool) -> None:
        conv = subject.conv
        self.filter, self.channel = filter_, channel
        results, pixels = conv.results_of(filter_), conv.pixels_of(channel)
        sharing = conv.sharing[np.ix_(results, pixels)]
        self.entries: dict[tuple[int, int], Cell] = {}
        if labelled:
            for (row, column), weight in np.ndenumerate(sharing):
                result, pixel = results[row], pixels[column]
                at_zero = weight < 0
                cell = ZeroCell(subject, result, pixel, side) if at_zero else Cell(subject.weight(int(weight)), side)
                self.entries[result, pixel] = cell
            body = VGroup(*self.entries.values()).arrange_in_grid(cols=len(pixels), buff=GAP * side)
            cells = list(self.entries.values())
            self.rows = [VGroup(*cells[k * len(pixels) : (k + 1) * len(pixels)]) for k in range(len(results))]
        else:
            body = PixelMatrix(sharing, (side * (1 + GAP), side * (1 + GAP)))
            self.rows = [VGroup(body)]
        super().__init__(body)

    @staticmethod
    def extent(conv: Convolution) -> tuple[float, float]:
        """Width and height, in sides of an entry."""
        return len(conv.pixels_of(0)) * (1 + GAP), conv.positions * (1 + GAP)


class LayerRow(VGroup):
    """A filter with its layers beside each other, one for each channel, then its bias, in one frame."""

    def __init__(self, subject: Subject, filter_: int, side: float) -> None:
        conv = subject.conv
        self._channels = len(conv.image)
        weights = [subject.weight(w) for w in conv.weights_of(filter_)]
        self.grid = Grid(_planes(conv), weights, side)
        self.bias = Cell(subject.bias(filter_), side).next_to(self.grid, RIGHT, buff=_AWAY * side)
        inner = VGroup(self.grid, self.bias)
        self.frame = RoundedRectangle(
            corner_radius=0.15 * side,
            width=inner.width + 2 * _AROUND * side,
            height=inner.height + 2 * _AROUND * side,
            stroke_color=theme().muted,
            stroke_width=2,
        )
        super().__init__(self.frame.move_to(inner).set_z_index(FRAME_LAYER), self.grid, self.bias)
        self.center()

    def layer(self, channel: int) -> list[Cell]:
        """The weights for one channel."""
        each = len(self.grid.cells) // self._channels
        return self.grid.cells[channel * each : (channel + 1) * each]

    @staticmethod
    def extent(conv: Convolution) -> tuple[float, float]:
        """Width and height with its frame, in sides of a cell."""
        wide, tall = extent(_planes(conv))
        return wide + _AWAY + 1 + 2 * _AROUND, tall + 2 * _AROUND


def _planes(conv: Convolution) -> tuple[int, int, int, int]:
    _, channels, rows, columns = conv.kernel.shape
    return channels, 1, rows, columns


class Wall(VMobject):
    """Many equal grids in a square, each of several planes behind each other, as one shape for each plane."""

    def __init__(self, count: int, planes: int, cells: int, side: float) -> None:
        """`count` of them of `planes` planes with `cells` times `cells` cells; the wall is `side` wide."""
        super().__init__()
        across = int(np.ceil(np.sqrt(count)))
        pitch = side / across
        look = theme()
        one = pitch * 0.82 / (1 + _BEHIND * (planes - 1))
        for plane in reversed(range(planes)):
            shape = VMobject(fill_color=look.panel, fill_opacity=1, stroke_color=look.line, stroke_width=1.4)
            for k in range(count):
                middle = np.array([k % across, -(k // across), 0.0]) * pitch
                middle += one * _BEHIND * (plane - (planes - 1) / 2) * np.array([1.0, 1.0, 0.0])
                for path in _lines(one, cells):
                    shape.start_new_path(middle + path[0])
                    shape.add_points_as_corners(middle + path[1:])
            self.add(shape)
        self.center()


_BEHIND = 0.16
"""How far a plane is shifted from the one before it, in sides of it."""


def _lines(side: float, cells: int) -> list[np.ndarray]:
    """The outline of a square, and the lines between its cells."""
    half = side / 2
    corners = np.array([[-1, 1, 0], [1, 1, 0], [1, -1, 0], [-1, -1, 0], [-1, 1, 0]]) * half
    paths = [corners]
    for k in range(1, cells):
        at = -half + k * side / cells
        paths += [np.array([[at, -half, 0], [at, half, 0]]), np.array([[-half, at, 0], [half, at, 0]])]
    return paths
