"""The pictures of the network at which one clip hands over to the next."""

from __future__ import annotations

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, VGroup

from scenes._layout import Part, Room, Size, between, block, column, first_of, row, solve
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import label_share
from scenes._mobjects.edge_labels import edge_labels
from scenes._mobjects.edges import PLAIN
from scenes._mobjects.grids import Filter
from scenes._mobjects.matrix import GAP, Matrix
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.text import CAPTION_SIZE, LEAST
from scenes._pictures.narrow import filter_block, graph_below
from scenes._pictures.standing import name_word, put, stage_room, word_block, write
from scenes._words.counting import filter_word
from scenes._words.subject import Subject

_LARGEST_KEY, _BESIDE, _BELOW = 0.95, between(0.4, 0.8), between(0.3, 0.5)
"""The side of a weight's cell in the key to the colours, and the room between it and the network."""
_TO_WORD = 0.16
"""From the filter to its name."""
_SHARES = (0.64, 0.56, 0.46)
"""How much of the stage the network takes at least, rather more than less."""


class SparseNetwork(VGroup):
    """The convolution as a network of its taps, with the filter beside or above it as the key to the colours."""

    def __init__(self, subject: Subject) -> None:
        word, room = name_word(filter_word(subject.conv)), stage_room()
        weight = Size("cells of weights", most=_LARGEST_KEY)
        pieces = [subject.weight(w) for w in range(subject.conv.counts.weights)]
        pieces += [subject.bias(f) for f in range(len(subject.conv.bias))]

        least = NetworkGraph(subject, 0.0, room.tall, biases=True).width

        def key(beside: bool, read: bool) -> Part:
            shape = filter_block(subject.conv, RIGHT if beside else DOWN)
            texts = {"weights": label_share(pieces) * weight} if read else {}
            filter_ = block("filter", shape.wide * weight, shape.tall * weight, texts, look=(beside, read))
            return column(filter_, word_block("word", word.says, CAPTION_SIZE), gap=_TO_WORD)

        def beside(share: float, read: bool) -> Part:
            return row(key(False, read), _graph(room, wide=share, least=least), gap=_BESIDE)

        def above(share: float, read: bool) -> Part:
            return column(key(True, read), _graph(room, tall=share), gap=_BELOW)

        # A filter whose weights have no names is the larger, rather than the network.
        choices = [*((share, True) for share in _SHARES), *((share, False) for share in _SHARES[::-1])]
        picture = first_of(*(beside(*one) for one in choices), near=0.0, tall=[above(*one) for one in choices])
        layout = solve(picture, room, LEAST)
        at_side, read = layout["filter"].look
        self.filter = Filter(subject, layout.size(weight), RIGHT if at_side else DOWN)
        if not read:
            for cell in (*self.filter.grid.cells, *self.filter.biases):
                cell.unlabel()
        self.graph = NetworkGraph(subject, layout["graph"].wide, layout["graph"].tall, biases=True)
        put(layout, filter=self.filter, graph=self.graph)
        self.caption = write(layout, "word", word)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, subject)
        super().__init__(self.graph, *self.labels.values(), self.filter, self.caption)


def _graph(room: Room, wide: float = 0.0, tall: float = 0.0, least: float = 0.0) -> Part:
    """A network that takes what is left, at least these shares of the room, and `least` in width."""
    return block("graph", between(max(least, wide * room.wide)), between(tall * room.tall))


class Leftover(VGroup):
    """The network beside its matrix, of which only the zeros are left."""

    def __init__(self, subject: Subject, dense: bool = False) -> None:
        results, pixels = subject.conv.sharing.shape
        shape = frame()
        wide, tall = {"wide": (6.0, 5.0), "square": (4.56, 4.8), "tall": (shape.stage_width - 0.1, 4.9)}[shape.name]
        largest = 0.75 if shape.tall else 0.62
        side = min(largest, wide / (1 + GAP) / (pixels + 1.3), tall / (1 + GAP) / (results + 1.3))
        self.matrix = Matrix(subject, side)
        self.left = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        if shape.tall:
            self.left.move_to(ORIGIN).align_to(UP * shape.stage_top, UP)
            self.graph = graph_below(subject, self.left, dense=dense)
        else:
            self._graph_beside(subject, dense)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, subject)
        self.zeros = self.matrix.zeros
        super().__init__(*self.zeros, *self.matrix.header, *self.matrix.rows, self.graph, *self.labels.values())

    def _graph_beside(self, subject: Subject, dense: bool) -> None:
        """The network right of the matrix."""
        shape = frame()
        # In a square picture every bit of the width lets one read the matrix, and what stands on the edges.
        margin, gap, nodes, largest = (0.02, 0.12, 0.02, 0.3) if shape.square else (0.1, 0.7, 0.9, 0.48)
        self.left.move_to(UP * shape.stage_middle).align_to((-shape.safe_x + margin, 0, 0), LEFT)
        start = self.left.get_right()[0] + gap
        self.graph = NetworkGraph(subject, shape.safe_x - start - nodes / 2, shape.stage_height, dense, largest=largest)
        middle = (start + shape.safe_x) / 2
        self.graph.move_to((middle, shape.stage_middle, 0))


class DenseNetwork(VGroup):
    """The whole dense graph: coloured edges for the taps, grey ones for the untrainable zeros, dashed if `held`."""

    def __init__(self, subject: Subject, held: bool = False) -> None:
        layout = solve(_graph(room := stage_room(), 1.0, 1.0), room)
        self.graph = NetworkGraph(subject, layout["graph"].wide, layout["graph"].tall, dense=True)
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
