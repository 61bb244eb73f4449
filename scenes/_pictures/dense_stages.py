"""Maps, the network in which all of their numbers meet every output, and its matrix beside that of a filter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from manim import VGroup

from cnnmath import Convolution, Dense
from scenes._layout import Part, Size, between, block, column, first_of, row, solve
from scenes._look.theme import colour
from scenes._mobjects.cells import Grid, extent, in_stacks, label_share
from scenes._mobjects.edge_labels import edge_labels
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.text import LEAST
from scenes._pictures.matrix_blocks import draw_matrix, matrix_block
from scenes._pictures.standing import named_in_lines, put, stage_room, write_lines_below
from scenes._words import dense_layers as said
from scenes._words.dense_layers import Both

_LARGEST, _LARGEST_ENTRY, _LEAST_PIXEL, _LARGEST_PIXEL = 1.2, 0.8, 0.14, 0.4
"""Sides of the maps' cells, and of a matrix's entries as cells and as pixels, at most; and of these at least."""
_GAP, _APART = between(0.3, 0.8), between(0.5, 1.4)
"""Between the network and its matrix, and between two matrices."""
_SHARES = (0.6, 0.5, 0.42)
"""How much of the room the network takes beside its matrix at least, rather more than less."""


class Maps(VGroup):
    """The maps, as large as there is room: `cells` are all their numbers, map after map."""

    def __init__(self, both: Both) -> None:
        planes, side = in_stacks(both.conv.padded_shape), Size("cells", most=_LARGEST)
        pieces = [both.subject.pixel(p) for p in range(both.dense.counts.pixels)]
        wide, tall = extent(planes)
        maps = block("maps", wide * side, tall * side, {"numbers": label_share(pieces) * side})
        layout = solve(maps, stage_room(), LEAST)
        self.grid = Grid(planes, pieces, layout.size(side))
        put(layout, maps=self.grid)
        self.cells = self.grid.cells
        super().__init__(self.grid)


class DenseNetwork(VGroup):
    """The network alone: `graph`, and the weights' names on its edges, as far as there is room."""

    def __init__(self, both: Both) -> None:
        room = stage_room()
        self.graph = NetworkGraph(both.subject, room.wide, room.tall)
        self.graph.move_to((room.x, room.y, 0))
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, both.subject)
        super().__init__(self.graph, *self.labels.values())


class NetworkAndMatrix(VGroup):
    """The network beside or above its `matrix`."""

    def __init__(self, both: Both) -> None:
        room, entries = stage_room(), _entries("entries")
        least = NetworkGraph(both.subject, 0.0, room.tall).width
        rows, columns = [], []
        for cells, entry in entries.items():
            matrix = matrix_block(both.subject, cells, entry, named=cells)
            for share in _SHARES:
                rows.append(row(_graph(max(least, share * room.wide)), matrix, gap=_GAP))
                columns.append(column(_graph(least, share * room.tall), matrix, gap=_GAP))
        layout = solve(first_of(*rows, near=0.0, tall=columns), room, LEAST)
        in_cells = layout["matrix"].look is entries[True]
        self.matrix = draw_matrix(both.subject, in_cells, layout, named=in_cells)
        self.graph = NetworkGraph.within(both.subject, layout["graph"].wide, layout["graph"].tall)
        put(layout, graph=self.graph)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, both.subject)
        super().__init__(self.graph, *self.labels.values(), self.matrix)


def _graph(wide: float, tall: float = 0.0) -> Part:
    """A network that takes what is left, at least so much."""
    return block("graph", between(wide), between(tall))


class TwoMatrices(VGroup):
    """The matrix of the dense layer and that of a filter, `dense` and `filter`, with words below them."""

    def __init__(self, both: Both) -> None:
        entries, filters = _entries("entries"), _entries("the filter's entries")
        pictures = []
        for one, other in ((True, True), (False, True), (False, False)):
            # Entries that are drawn alike are equally large.
            entry, beside = entries[one], entries[one] if one == other else filters[other]
            dense = matrix_block(both.subject, one, entry, named=False, name="dense")
            filter_ = matrix_block(both.filter, other, beside, named=False, name="filter")
            pair = (
                named_in_lines("dense", dense, said.dense_lines(both)),
                named_in_lines("filter", filter_, said.filter_lines(both)),
            )
            pictures.append(first_of(row(*pair, gap=_APART), column(*pair, gap=_APART)))
        layout = solve(first_of(*pictures, near=0.0), stage_room(), LEAST)
        looks = [layout[name].look for name in ("dense", "filter")]
        in_cells = [look in (entries[True], filters[True]) for look in looks]
        self.dense = draw_matrix(both.subject, in_cells[0], layout, named=False, name="dense")
        self.words = write_lines_below(layout, "dense", said.dense_lines(both))
        with colours_of(both.conv, both.dense):
            self.filter = draw_matrix(both.filter, in_cells[1], layout, named=False, name="filter")
        self.filter_words = write_lines_below(layout, "filter", said.filter_lines(both))
        super().__init__(self.dense, self.filter, self.words, self.filter_words)


@contextmanager
def colours_of(layer: Convolution | Dense, usual: Convolution | Dense) -> Iterator[None]:
    """Colours are for the weights of another layer for a while."""
    colour(layer)
    try:
        yield
    finally:
        colour(usual)


def _entries(name: str) -> dict[bool, Size]:
    """Sides of entries, as labelled cells and as pixels."""
    return {True: Size(name, most=_LARGEST_ENTRY), False: Size(f"{name} as pixels", _LEAST_PIXEL, _LARGEST_PIXEL)}
