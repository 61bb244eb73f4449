"""Nodes and edges: the convolution as a layer of a neural network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import DOWN, RIGHT, Circle, VGroup

from cnnmath import Convolution
from scenes._mobjects.cells import BOX_LAYER, fitted
from scenes._mobjects.edges import EDGE_LAYER, Edge, Key
from scenes._mobjects.text import READABLE, Piece, symbol
from scenes._theme import theme

_LABEL_EM = 0.36
_LABEL_PLACES = np.linspace(0.14, 0.66, 32)
"""Where along its edge a label may stand, from pixel to result."""


def node_label_size(radius: float) -> float:
    """Size of a node's label in em. In a small node it takes more of the room, to stay readable."""
    return min(1.62 * radius, max(1.35 * radius, READABLE), 0.56)


class Node(VGroup):
    """A neuron: a circle with the symbol of its pixel or result."""

    def __init__(self, piece: Piece, radius: float) -> None:
        look = theme()
        self.key = piece.key
        self.circle = Circle(
            radius, fill_color=look.panel, fill_opacity=1, stroke_color=look.line, stroke_width=2.5
        ).set_z_index(BOX_LAYER)
        self.label = fitted(symbol(piece.says, piece.key, node_label_size(radius)), 1.8 * radius)
        super().__init__(self.circle, self.label.centre_on(self.circle.get_center()))

    @property
    def middle(self) -> np.ndarray:
        """The centre of the circle."""
        return np.asarray(self.circle.get_center())


class NetworkGraph(VGroup):
    """Two layers of nodes and the edges of the convolution; `dense` adds those of the untrainable zeros."""

    def __init__(
        self,
        conv: Convolution,
        pixels: Iterable[Piece],
        results: Iterable[Piece],
        width: float,
        height: float,
        dense: bool = False,
    ) -> None:
        network = conv.network(dense=dense)
        pitch = height / network.inputs
        radius = min(0.46 * pitch, 0.4)
        self.inputs = [Node(piece, radius) for piece in pixels]
        spread = height / network.outputs
        self.outputs = [Node(piece, min(0.42 * spread, 0.48)) for piece in results]
        VGroup(*self.inputs).arrange(DOWN, buff=pitch - 2 * radius)
        VGroup(*self.outputs).arrange(DOWN, buff=spread - self.outputs[0].height).shift(RIGHT * width)
        VGroup(*self.inputs, *self.outputs).center()
        self._edges: list[Edge] = []
        self._network = network
        super().__init__(*self.inputs, *self.outputs)
        self.draw_edges()

    def draw_edges(self) -> None:
        """Draw the edges anew between the nodes where they stand now."""
        self.remove(*self._edges)
        self._edges = [
            Edge(
                self.inputs[int(edge["pixel"])].middle,
                self.outputs[int(edge["result"])].middle,
                ("edge", int(edge["result"]), int(edge["pixel"])),
                int(edge["weight"]),
            )
            for edge in self._network.edges
        ]
        self.add(*self._edges)

    @property
    def edges(self) -> list[Edge]:
        """All edges."""
        return self._edges

    def edge(self, result: int, pixel: int) -> Edge:
        """The edge between a pixel and a result."""
        return next(e for e in self._edges if e.key == ("edge", result, pixel))

    def of_result(self, result: int, trainable: bool = True) -> list[Edge]:
        """The edges into one result."""
        return [e for e in self._edges if e.key[1] == result and (e.weight >= 0) == trainable]

    def of_weight(self, weight: int) -> list[Edge]:
        """The edges that share a weight; −1 gives the untrainable ones."""
        return [e for e in self._edges if e.weight == weight]


class EdgeLabel(VGroup):
    """A weight's symbol on its edge, on a disc of background so that the edge does not cross it."""

    def __init__(self, piece: Piece, point: np.ndarray) -> None:
        self.glyph = symbol(piece.says, piece.key, _LABEL_EM).move_to(point)
        radius = 0.06 + max(self.glyph.width, self.glyph.height) / 2
        self.disc = Circle(radius, fill_color=theme().background, fill_opacity=1, stroke_width=0).move_to(point)
        super().__init__(self.disc.set_z_index(EDGE_LAYER + 0.5), self.glyph)


def edge_labels(graph: NetworkGraph, name: Sequence[Piece]) -> dict[Key, EdgeLabel]:
    """A weight's symbol on each trainable edge, where it meets no other label and few other edges."""
    edges = graph.edges
    taken: list[np.ndarray] = []
    labels: dict[Key, EdgeLabel] = {}
    for edge in (e for e in edges if e.weight >= 0):
        along = edge.end_point - edge.start_point
        places = [edge.start_point + t * along for t in _LABEL_PLACES]
        others = [e for e in edges if e is not edge and e.weight >= 0]
        best = max(places, key=lambda place: _room(place, taken, others))
        taken.append(best)
        labels[edge.key] = EdgeLabel(name[edge.weight], best)
    return labels


def _room(place: np.ndarray, taken: list[np.ndarray], others: list[Edge]) -> float:
    """How much free space a label has at `place`: to other labels first, then to other edges."""
    to_labels = min((float(np.linalg.norm(place - t)) for t in taken), default=9.0)
    to_edges = min((_distance(place, e) for e in others), default=9.0)
    return min(to_labels, 0.7) * 2 + min(to_edges, 0.3)


def _distance(point: np.ndarray, edge: Edge) -> float:
    """From a point to an edge."""
    along = edge.end_point - edge.start_point
    share = float(np.clip(np.dot(point - edge.start_point, along) / np.dot(along, along), 0, 1))
    return float(np.linalg.norm(point - edge.start_point - share * along))
