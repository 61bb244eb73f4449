"""The pictures of the network at which one clip hands over to the next."""

from __future__ import annotations

from manim import DOWN, RIGHT, VGroup

from scenes._layout import Part, Room, Size, between, block, column, first_of, row, solve
from scenes._look.theme import theme
from scenes._mobjects.cells import SEEN, label_share
from scenes._mobjects.edge_labels import edge_labels
from scenes._mobjects.edges import PLAIN
from scenes._mobjects.grids import Filter
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.text import CAPTION_SIZE, LEAST
from scenes._pictures.matrix_blocks import draw_matrix, matrix_block
from scenes._pictures.standing import filter_extent, name_word, put, stage_room, word_block, write
from scenes._words.counting import filter_word
from scenes._words.subject import Subject

_LARGEST_KEY, _BESIDE, _BELOW = 0.95, between(0.4, 0.8), between(0.3, 0.5)
"""The side of a weight's cell in the key to the colours, and the room between it and the network."""
_TO_WORD = 0.16
"""From the filter to its name."""
_SHARES, _NARROW = (0.64, 0.56, 0.46), 0.76
"""How much of the stage the network takes at least, rather more than less; and below a filter in a square picture."""


_LARGEST_ENTRY, _LARGEST_PIXEL, _SMALLEST_MATRIX, _CLOSE = 0.72, 0.4, 2.0, between(0.15, 0.8)
"""Sides of an entry as a labelled cell and as a pixel; how wide or high a matrix of pixels is at least, where there is
room; and the room between the matrix and its network."""
_BESIDE_SHARES, _BESIDE_PIXELS = (0.47, 0.42, 0.34), (0.54,)
"""How much of the width the network takes at least beside labelled cells, and beside pixels."""


class SparseNetwork(VGroup):
    """The convolution as a network of its taps, with the filter beside or above it as the key to the colours."""

    def __init__(self, subject: Subject) -> None:
        word, room = name_word(filter_word(subject.conv)), stage_room()
        weight = Size("cells of weights", SEEN, _LARGEST_KEY)
        pieces = [subject.weight(w) for w in range(subject.conv.counts.weights)]
        pieces += [subject.bias(f) for f in range(len(subject.conv.bias))]

        least = NetworkGraph(subject, 0.0, room.tall, biases=True).width

        def key(beside: bool, read: bool) -> Part:
            across, down = filter_extent(subject.conv, RIGHT if beside else DOWN)
            texts = {"weights": label_share(pieces) * weight} if read else {}
            filter_ = block("filter", across * weight, down * weight, texts, look=(beside, read))
            return column(filter_, word_block("word", word.says, CAPTION_SIZE), gap=_TO_WORD)

        def beside(share: float, read: bool) -> Part:
            return row(key(False, read), _graph(room, wide=share, least=least), gap=_BESIDE)

        def above(share: float, read: bool) -> Part:
            return column(key(True, read), _graph(room, tall=share), gap=_BELOW)

        # A filter whose weights have no names is the larger, rather than the network.
        choices = [*((share, True) for share in _SHARES), *((share, False) for share in _SHARES[::-1])]
        # Where they have no room beside each other, the network must still have some below the filter.
        below = [above(share, False) for share in (_NARROW, *_SHARES)]
        level, upright = [beside(*one) for one in choices], [above(*one) for one in choices]
        picture = first_of(*level, *below, near=0.0, tall=upright)
        layout = solve(picture, room, LEAST)
        at_side, read = layout["filter"].look
        self.filter = Filter(subject, layout.size(weight), RIGHT if at_side else DOWN)
        if not read:
            self.filter.unlabel()
        self.graph = NetworkGraph.within(subject, layout["graph"].wide, layout["graph"].tall, biases=True)
        put(layout, filter=self.filter, graph=self.graph)
        self.caption = write(layout, "word", word)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, subject)
        super().__init__(self.graph, *self.labels.values(), self.filter, self.caption)


def _graph(room: Room, wide: float = 0.0, tall: float = 0.0, least: float = 0.0) -> Part:
    """A network that takes what is left, at least these shares of the room, and `least` in width."""
    return block("graph", between(max(least, wide * room.wide)), between(tall * room.tall))


class Leftover(VGroup):
    """The network beside or below its matrix, of which only the zeros are left: in labelled cells or in pixels.

    Raises DoesNotFitError where the cells could not be read.
    """

    def __init__(self, subject: Subject, in_cells: bool, dense: bool = False) -> None:
        self.in_cells, room = in_cells, stage_room()
        least = NetworkGraph(subject, 0.0, room.tall).width
        shares = _BESIDE_SHARES if in_cells else _BESIDE_PIXELS
        seen = min(_LARGEST_PIXEL, _SMALLEST_MATRIX / max(subject.conv.sharing.shape))
        options, tall = [], []
        for smallest in (0.0,) if in_cells else (seen, 0.0):
            entry = Size("entries", smallest, _LARGEST_ENTRY if in_cells else _LARGEST_PIXEL)
            matrix = matrix_block(subject, in_cells, entry)
            beside = [row(matrix, _graph(room, wide=share, least=least), gap=_CLOSE) for share in shares]
            below = [column(matrix, _graph(room, tall=share), gap=_BELOW) for share in _SHARES]
            # In a square picture a network below its matrix is flat: rather than that, cells become pixels.
            options += beside if in_cells else [*beside, *below]
            tall += below
        layout = solve(first_of(*options, near=0.0, tall=tall), room, LEAST)
        self.matrix = draw_matrix(subject, in_cells, layout)
        self.graph = NetworkGraph.within(subject, layout["graph"].wide, layout["graph"].tall, dense)
        put(layout, graph=self.graph)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, subject)
        self.matrix.reveal(self.matrix.sharing < 0)
        super().__init__(self.matrix, self.graph, *self.labels.values())


class DenseNetwork(VGroup):
    """The whole dense graph: coloured edges for the taps, grey ones for the untrainable zeros, dashed if `held`."""

    def __init__(self, subject: Subject, held: bool = False) -> None:
        layout = solve(_graph(room := stage_room(), 1.0, 1.0), room)
        self.graph = NetworkGraph.within(subject, layout["graph"].wide, layout["graph"].tall, dense=True)
        put(layout, graph=self.graph)
        self.graph.draw_edges()
        for edge in self.graph.of_weight(-1) if held else ():
            edge.hold()
        self.labels = edge_labels(self.graph, subject)
        super().__init__(self.graph, *self.labels.values())


class PlainNetwork(VGroup):
    """The same graph without colours and names, as in a textbook."""

    def __init__(self, subject: Subject) -> None:
        dense = DenseNetwork(subject)
        self.graph = dense.graph
        for edge in self.graph.edges:
            edge.restyle(theme().muted, PLAIN)
        graph = self.graph
        circles = (node.circle for node in (*graph.inputs, *graph.outputs))
        super().__init__(*circles, *graph.dots, *graph.figures, *graph.edges)
