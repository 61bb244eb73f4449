"""The pictures of the network at which one clip hands over to the next."""

from __future__ import annotations

from manim import LEFT, ORIGIN, RIGHT, UP, VGroup

from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import caption
from scenes._mobjects.edges import PLAIN
from scenes._mobjects.grids import Filter
from scenes._mobjects.matrix import GAP, Matrix
from scenes._mobjects.network import NetworkGraph, edge_labels
from scenes._pictures.narrow import graph_below, graph_in, key_filter, weights_least
from scenes._words.counting import filter_word
from scenes._words.subject import Subject


class SparseNetwork(VGroup):
    """The convolution as a network of its taps, with the filter beside it as the key to the colours."""

    def __init__(self, subject: Subject) -> None:
        if frame().wide:
            self._beside(subject)
        else:
            self.filter, self.caption = key_filter(subject, filter_word(subject.conv))
            self.graph = graph_below(subject, self.filter, self.caption)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [subject.weight(i) for i in range(subject.conv.counts.weights)])
        super().__init__(self.graph, *self.labels.values(), self.filter, self.caption)

    def _beside(self, subject: Subject) -> None:
        """The filter left of the network."""
        self.graph = NetworkGraph(subject, width=7.4, height=frame().stage_height)
        self.graph.move_to(UP * frame().stage_middle + RIGHT * 1.9)
        wide, tall = Filter.extent(subject.conv)
        side = min(0.95, 2.6 / wide, 4.6 / (tall + 0.4))
        # Several filters, and long numbers, take more of the room, to stay readable.
        least = max(0.62, weights_least(subject))
        side = max(side, min(least, 3.4 / wide, 4.6 / (tall + 0.4)))
        self.filter = Filter(subject, side).move_to(UP * frame().stage_middle).set_x(-5.1)
        self.filter.shift(RIGHT * max(0.0, -frame().safe_x + 0.05 - float(self.filter.get_left()[0])))
        self.caption = caption(filter_word(subject.conv), self.filter)


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
        self.labels = edge_labels(self.graph, [subject.weight(w) for w in range(subject.conv.counts.weights)])
        self.zeros = self.matrix.zeros
        super().__init__(*self.zeros, *self.matrix.header, *self.matrix.rows, self.graph, *self.labels.values())

    def _graph_beside(self, subject: Subject, dense: bool) -> None:
        """The network right of the matrix."""
        shape = frame()
        # In a square picture every bit of the width lets one read the matrix, and what stands on the edges.
        margin, gap, nodes, largest = (0.08, 0.12, 0.02, 0.3) if shape.square else (0.1, 0.7, 0.9, 0.48)
        self.left.move_to(UP * shape.stage_middle).align_to((-shape.safe_x + margin, 0, 0), LEFT)
        start = self.left.get_right()[0] + gap
        wide = shape.safe_x - start - nodes
        self.graph = NetworkGraph(subject, wide, shape.stage_height, dense, largest)
        if (over := float(self.graph.width) - (shape.safe_x - start - min(0.06, nodes))) > 0:
            # Names beside the nodes take more than the usual room.
            self.graph = NetworkGraph(subject, wide - over, shape.stage_height, dense, largest)
        middle = (start + shape.safe_x) / 2
        self.graph.move_to((middle, shape.stage_middle, 0))


class DenseNetwork(VGroup):
    """The whole dense graph: coloured edges for the taps, grey ones for the untrainable zeros."""

    def __init__(self, subject: Subject) -> None:
        if frame().wide:
            self.graph = NetworkGraph(subject, width=9.6, height=frame().stage_height, dense=True)
        else:
            self.graph = graph_in(subject, frame().stage_width - 0.1, frame().stage_height, dense=True)
        self.graph.move_to(UP * frame().stage_middle)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [subject.weight(w) for w in range(subject.conv.counts.weights)])
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
