"""The matrix views' pictures for a matrix that is too large for labelled cells: pixels, strips and true counts."""

from __future__ import annotations

from manim import LEFT, ORIGIN, RIGHT, UP, VGroup

from cnnmath import Convolution
from scenes._look.frame import frame
from scenes._mobjects.named_pixels import BETWEEN, COUNT_SIZE, GAP, STRIP, NamedPixels
from scenes._mobjects.network import NetworkGraph, edge_labels
from scenes._pictures.narrow import graph_below
from scenes._words.subject import Subject

_LARGEST = 0.4
"""Side of an entry, beside other things."""


class NamedMatrix(VGroup):
    """A matrix of pixels with its names in a room of its own."""

    def __init__(self, conv: Convolution, wide: float, tall: float, largest: float = _LARGEST) -> None:
        results, pixels = conv.sharing.shape
        high = 2 * (COUNT_SIZE + BETWEEN)
        side = min(largest, (wide - STRIP - GAP - 0.2) / pixels, (tall - STRIP - GAP - high - 0.1) / results)
        self.named = named = NamedPixels(conv, side)
        self.matrix, self.captions = named.pixels, named.counts
        self.header, self.rows = named.strips
        super().__init__(self.matrix, self.header, self.rows, self.captions)


class LargeLeftover(VGroup):
    """The network, in part if it is large, beside its matrix, of which only the zeros are left."""

    def __init__(self, subject: Subject, dense: bool = False) -> None:
        conv = subject.conv
        shape = frame()
        wide = {"wide": 6.0, "square": 3.3, "tall": shape.stage_width - 0.1}[shape.name]
        tall = 0.36 * shape.stage_height if shape.tall else shape.stage_height
        self.named = NamedMatrix(conv, wide, tall)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        if shape.tall:
            self.named.move_to(ORIGIN).align_to(UP * shape.stage_top, UP)
            self.graph = graph_below(subject, self.named, dense=dense)
        else:
            self._graph_beside(subject, dense)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [subject.weight(w) for w in range(conv.counts.weights)])
        self.matrix.reveal(conv.sharing < 0)
        super().__init__(self.named, self.graph, *self.labels.values())

    def _graph_beside(self, subject: Subject, dense: bool) -> None:
        """The network right of the matrix."""
        self.named.move_to(UP * frame().stage_middle).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        room = frame().safe_x - 0.1 - self.named.get_right()[0] - 0.5
        height = frame().stage_height
        # Labels may stand beside the nodes: how much room they take shows when they are there.
        beside = NetworkGraph(subject, width=4.0, height=height).width - 4.0
        self.graph = NetworkGraph(subject, width=room - beside, height=height, dense=dense)
        self.graph.move_to((0, frame().stage_middle, 0)).align_to((frame().safe_x - 0.1, 0, 0), RIGHT)
