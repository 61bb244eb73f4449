"""A map with the results of pooling beside it, and the same as a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, RoundedRectangle, Square, VGroup

from scenes._layout import Layout, Part, Size, between, block, column, first_of, row, solve
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, SEEN, Cell, Grid, focus, in_stacks, label_share
from scenes._mobjects.edges import PLAIN, Edge
from scenes._mobjects.excerpt import excerpt
from scenes._mobjects.nodes import Layer
from scenes._mobjects.text import CAPTION_SIZE, LEAST, Line
from scenes._pictures.stacked import Reads, in_any_stacks, like_stacked, plane_block, stacked
from scenes._pictures.standing import name_word, put, stage_room, word_block, write
from scenes._words.pooling import NAMES, Pooled

_LARGEST, _LARGEST_ALONE, _LARGEST_SUM = 1.2, 1.6, 0.5
"""The side of a cell, that of the map alone, and the size of a sum (em), at most."""
_BESIDE, _BELOW, _ABOVE = between(0.5, 1.6), between(0.3, 0.8), 0.14
"""Between grids side by side, between rows, and from a name to its grid."""
_AROUND, _RING = 0.035, 0.94
"""From a window's cells to its frame, and how large the ring around a winner is, in sides of a cell."""
_TERMS = (9, 6, 4, 3)
"""So many terms of a sum stand there at most, the more the better."""


class MapAlone(VGroup):
    """The map in the middle of the stage, with numbers where there is room for them."""

    def __init__(self, pooled: Pooled) -> None:
        cell = Size("the cells of the map", SEEN, _LARGEST_ALONE)
        layout = solve(plane_block("map", pooled.layer.input_shape, cell), stage_room().inset(0.1, 0.2))
        self.map = _map(pooled, layout)
        super().__init__(self.map)


def _map(pooled: Pooled, layout: Layout) -> Grid:
    """The map at its place."""
    side, stacks = stacked(layout, "map")
    shades = theme().shades(pooled.layer.inputs.tolist())
    grid = Grid(in_stacks(pooled.layer.input_shape, stacks), pooled.pixels, side, shades=shades)
    put(layout, map=grid)
    return grid


class PoolingDesk(VGroup):
    """The map, the results of each kind of pooling with its name above, and room for a sum that is worked out.

    `results[kind]` and `names[kind]` are a grid and its word; `sum_line(result)` is the average of one window.
    """

    def __init__(self, pooled: Pooled, kinds: Sequence[str]) -> None:
        layer = pooled.layer
        self._pooled = pooled
        self._cell, self._result = (Size(f"the cells of {what}", SEEN, _LARGEST) for what in ("the map", "results"))
        self._em = Size("the sum", most=_LARGEST_SUM)
        choices = [(most, labelled) for labelled in (True, False) for most in _choices(pooled)]
        options = {choice: self._described(pooled, kinds, *choice) for choice in choices}
        layout = solve(first_of(*options.values(), near=0.0), stage_room().inset(0.12, 0.1), LEAST)
        self._most = int(layout["sum"].look)
        self._place = layout["sum"]
        self._size = layout.size(self._em)
        self.map = _map(pooled, layout)
        shades = {kind: theme().shades(pooled.values(kind).ravel().tolist()) for kind in kinds}
        side, stacks = stacked(layout, kinds[0])
        planes = in_stacks(layer.output_shape, stacks)
        self.results = {kind: Grid(planes, pooled.results(kind), side, shades=shades[kind]) for kind in kinds}
        put(layout, **self.results)
        self.names = {kind: write(layout, f"name of {kind}", name_word(NAMES[kind])) for kind in kinds}
        super().__init__(self.map, *self.results.values(), *self.names.values())

    def _described(self, pooled: Pooled, kinds: Sequence[str], most: int, labelled: bool) -> Part:
        """All of it, with so many terms of a sum; cells without labels show shades."""
        reads = {"numbers": label_share(pooled.pixels) * self._cell} if labelled else {}
        map_ = plane_block("map", pooled.layer.input_shape, self._cell, reads)
        texts = {kind: {"results": label_share(pooled.results(kind)) * self._result} for kind in kinds}
        own: Reads = texts if labelled else {kind: {} for kind in kinds}
        return in_any_stacks(
            [
                self._arranged(pooled, map_, grids, most)
                for grids in like_stacked(kinds, pooled.layer.output_shape, self._result, own)
            ]
        )

    def _arranged(self, pooled: Pooled, map_: Part, grids: Mapping[str, Part], most: int) -> Part:
        """The results beside the map or below it, with their names above, and the sum."""
        words = {kind: word_block(f"name of {kind}", NAMES[kind], CAPTION_SIZE) for kind in grids}
        results = [column(words[kind], grid, gap=_ABOVE) for kind, grid in grids.items()]
        sum_ = block("sum", _widest(pooled, most) * self._em, 1.1 * self._em, {"a sum": 1.0 * self._em}, look=most)
        across, down = row(*results, gap=_BESIDE), column(*results, gap=_BELOW)
        return first_of(
            row(map_, column(across, sum_, gap=_BELOW), gap=_BESIDE),
            column(row(map_, across, gap=_BESIDE), sum_, gap=_BELOW),
            column(row(map_, down, gap=_BESIDE), sum_, gap=_BELOW),
            tall=[column(map_, sum_, across, gap=_BELOW), column(map_, sum_, down, gap=_BELOW)],
        )

    def sum_line(self, result: int) -> Line:
        """The numbers under a window added up and divided by how many they are."""
        line = Line(self._pooled.sum_pieces(result, self._most), self._size)
        return line.move_to(RIGHT * self._place.x + UP * self._place.y)

    def under(self, result: int) -> list[Cell]:
        """The cells of the map in the window for one result."""
        return [self.map.cells[i] for i in self._pooled.members(result)]

    def window(self, result: int) -> RoundedRectangle:
        """The window around them."""
        boxes = VGroup(*(cell.box for cell in self.under(result)))
        side = self.map.side
        around = _AROUND * side
        frame_ = RoundedRectangle(
            corner_radius=min(0.12, 0.3 * side),
            width=boxes.width + 2 * around,
            height=boxes.height + 2 * around,
            stroke_color=theme().accent,
            stroke_width=_line(side),
        )
        return frame_.move_to(boxes).set_z_index(FRAME_LAYER + 1)

    def ring(self, pixel: int) -> Square:
        """A bright ring around a number that matters now, inside its cell."""
        return focus(self.map.cells[pixel]).scale(_RING).set_stroke(width=_line(self.map.side))


def _line(side: float) -> float:
    """The width of a frame or ring in a grid with such cells: in small ones a thin line, that hides nothing."""
    return min(4.0, max(1.0, 20 * side))


def _choices(pooled: Pooled) -> list[int]:
    """How many terms a sum may show."""
    area = len(pooled.members(0))
    return [area, *(most for most in _TERMS if most < area)]


def _widest(pooled: Pooled, most: int) -> float:
    """The width of the widest sum, in em: of those with the longest texts."""
    lines = sorted(
        (pooled.sum_pieces(result, most) for result in range(pooled.layer.counts.results)),
        key=lambda pieces: sum(len(str(piece.says if hasattr(piece, "says") else piece)) for piece in pieces),
    )
    return max(float(Line(pieces, 1.0).width) for pieces in lines[-3:])


class PooledNetwork(VGroup):
    """The same as two layers of neurons: a line to every result from what it is made of, none of them with a weight.

    A large map is shown in part, as that of a convolution is.
    """

    def __init__(self, pooled: Pooled) -> None:
        shown, self._pooled = excerpt(pooled.layer), pooled
        self.whole = shown.whole
        stage, look = frame(), theme()
        tall = stage.stage_height - 0.1
        values = pooled.layer.inputs.tolist(), pooled.values(pooled.layer.kind).ravel().tolist()
        names, results = pooled.pixels, pooled.results(pooled.layer.kind)
        self.layers = (
            Layer(shown.pixels, lambda i: names[i], look.shades(values[0]), tall, 0.46, 0.4, LEFT),
            Layer(shown.results, lambda i: results[i], look.shades(values[1]), tall, 0.42, 0.48, RIGHT),
        )
        self.layers[1].shift(RIGHT * min(7.4, 0.6 * stage.stage_width))
        VGroup(*self.layers).move_to(UP * stage.stage_middle)
        self.inputs = dict(zip(shown.pixels, self.layers[0].nodes, strict=True))
        self.outputs = dict(zip(shown.results, self.layers[1].nodes, strict=True))
        self.edges = {
            (result, pixel): _edge(self.inputs[pixel].middle, self.outputs[result].middle, result, pixel)
            for result in shown.results
            for pixel in self.sources(result)
        }
        super().__init__(*self.layers, *self.edges.values())

    def sources(self, result: int) -> list[int]:
        """What a result is made of: the number that wins its window, or all of it."""
        if self._pooled.layer.kind == "max":
            return [self._pooled.winner(result)]
        return self._pooled.members(result)


def _edge(start: np.ndarray, end: np.ndarray, result: int, pixel: int) -> Edge:
    """An edge without a weight: no weight's colour, and not the grey of an untrainable zero."""
    edge = Edge(start, end, ("edge", result, pixel), -1)
    edge.restyle(theme().text, PLAIN)
    return edge
