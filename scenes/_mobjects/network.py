"""Nodes and edges: the convolution as a layer of a neural network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Circle, VGroup, VMobject

from cnnmath.values import Floats
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, caption, fitted
from scenes._mobjects.edges import EDGE_LAYER, Edge, Key
from scenes._mobjects.excerpt import GAP_ROWS, Part, excerpt
from scenes._mobjects.text import READABLE, Glyph, can_be_read, symbol
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_LABEL_EM = 0.36
_ASIDE, _SMALL, _LARGEST_ASIDE = 0.09, 0.11, 0.42
"""Where labels stand beside their nodes: the gap between them, the radius of the nodes, the largest label in em."""
_BETWEEN = 0.03
"""Labels nearer to each other than this stand further out, every other one."""
_LINE = 0.0125
"""Half of the width of a circle's line."""
_LONG = 0.3
"""Wider than any one letter on an edge."""
_MOST_LABELS, _APART = 64, 0.03
"""More edges than this have no labels; between two labels there is at least this."""
_NEAR, _CROWD = 0.12, 0.25
"""At most this part of the labels may have two other edges as near as this."""
_DOT = 0.028
"""Radius of a dot that stands for nodes that are left out."""
_WIDEST_PITCH = 1.4
"""Between the nodes of a layer that is shown in part."""
_FIGURE_ROOM, _BETWEEN_FIGURES = 0.5, 0.25
"""For the figures below the layers, and between them."""
_LABEL_PLACES = np.linspace(0.14, 0.66, 32)
"""Where along its edge a label may stand, from pixel to result."""


def node_label_size(radius: float) -> float:
    """Size of a node's label in em. In a small node it takes more of the room, to stay readable."""
    return min(1.62 * radius, max(1.35 * radius, READABLE), 0.56)


class Node(VGroup):
    """A neuron: a circle with the symbol of its pixel or result in it, or on the side that `aside` points to."""

    def __init__(self, piece: Piece, radius: float, aside: np.ndarray | None = None, size: float = READABLE) -> None:
        look = theme()
        self.key = piece.key
        self.circle = Circle(
            radius, fill_color=look.panel, fill_opacity=1, stroke_color=look.line, stroke_width=2.5
        ).set_z_index(BOX_LAYER)
        self.label = symbol(piece.says, piece.key, node_label_size(radius) if aside is None else size)
        if aside is None:
            fitted(self.label, 1.8 * radius)
        self.label.centre_on(self.circle.get_center())
        if aside is not None:
            self.label.shift(aside * (radius + _ASIDE + self.label.width / 2))
        super().__init__(self.circle, self.label)

    @property
    def middle(self) -> np.ndarray:
        """The centre of the circle."""
        return np.asarray(self.circle.get_center())

    @property
    def cramped(self) -> bool:
        """Whether the label in the circle cannot be read, or comes onto its line."""
        reach = float(np.linalg.norm(self.label.points - self.middle, axis=1).max())
        return not can_be_read(self.label.em) or reach > self.circle.width / 2 - _LINE


class Dots(VMobject):
    """Three small dots below each other, as one shape: they stand for the nodes `of` that are left out."""

    def __init__(self, of: range, room: float) -> None:
        super().__init__(fill_color=theme().muted, fill_opacity=1, stroke_width=0)
        self.of = of
        for step in (UP, ORIGIN, DOWN):
            self.append_points(Circle(min(_DOT, 0.09 * room)).shift(step * min(3.4 * _DOT, 0.29 * room)).points)
        self.set_z_index(BOX_LAYER)


class Layer(VGroup):
    """The nodes of a layer below each other, with dots where some are left out."""

    def __init__(
        self, part: Part, name: Callable[[int], Piece], height: float, fill: float, largest: float, aside: np.ndarray
    ) -> None:
        """Nodes take `fill` of half a row, but are no larger than `largest`; small ones have labels `aside`."""
        pitch = height / part.rows
        if not part.whole:
            pitch = min(pitch, _WIDEST_PITCH)
        radius = min(fill * pitch, largest)
        self.nodes = [Node(name(index), radius) for index in part]
        if any(node.cramped for node in self.nodes):
            radius = min(0.4 * pitch, _SMALL)
            for size in (min(_LARGEST_ASIDE, max(READABLE, 1.1 * pitch)), READABLE):
                self.nodes = [Node(name(index), radius, aside, size) for index in part]
                if self._apart(pitch):
                    break
            else:
                for node in self.nodes[1::2]:
                    node.label.shift((max(n.label.width for n in self.nodes) + 2 * _BETWEEN) * aside)
        self.dots = [Dots(gap, (1 + GAP_ROWS) * pitch - 2 * radius) for gap in part.gaps]
        super().__init__(*self.nodes, *self.dots)
        nodes, dots = iter(self.nodes), iter(self.dots)
        y = part.rows * pitch / 2
        for slot in part.slots:
            tall = pitch * (GAP_ROWS if isinstance(slot, range) else 1)
            (next(dots) if isinstance(slot, range) else next(nodes)).shift(UP * (y - tall / 2))
            y -= tall

    def _apart(self, pitch: float) -> bool:
        """Whether labels beside nodes have room below each other."""
        return max(float(node.label.height) for node in self.nodes) + _BETWEEN <= pitch

    @property
    def circles(self) -> VGroup:
        """The circles alone."""
        return VGroup(*(node.circle for node in self.nodes))


class NetworkGraph(VGroup):
    """Two layers of nodes and the edges of the convolution; `dense` adds those of the untrainable zeros.

    Large layers are shown in part: `shown` says which pixels `inputs` stand for, and which results `outputs`, in
    their order. `dots` stand where nodes are left out, and `figures` below the layers say how many there really are.
    No result has a radius larger than `largest`.
    """

    def __init__(
        self, subject: Subject, width: float, height: float, dense: bool = False, largest: float = 0.48
    ) -> None:
        conv = subject.conv
        self.shown = excerpt(conv)
        counts = conv.counts
        tall = height if self.shown.whole else height - _FIGURE_ROOM
        layers = (
            Layer(self.shown.pixels, subject.pixel, tall, 0.46, 0.4, LEFT),
            Layer(self.shown.results, subject.result, tall, 0.42, largest, RIGHT),
        )
        layers[1].shift(RIGHT * width)
        self.inputs, self.outputs = (layer.nodes for layer in layers)
        self.pixel_dots, self.result_dots = (layer.dots for layer in layers)
        VGroup(*layers).shift(-VGroup(*(layer.circles for layer in layers)).get_center())
        self.figures: list[Glyph] = []
        if not self.shown.whole:
            bottom = min(float(layer.get_bottom()[1]) for layer in layers)
            said = (f"{counts.pixels} pixels", f"{counts.results} results")
            self.figures = [
                caption(text, layer, bottom - 0.5).set_x(layer.circles.get_x())
                for text, layer in zip(said, layers, strict=True)
            ]
            # Below layers that are near to each other they make room for each other.
            one, other = self.figures
            over = float(one.get_right()[0] - other.get_left()[0]) + _BETWEEN_FIGURES
            one.shift(LEFT * max(0.0, over) / 2)
            other.shift(RIGHT * max(0.0, over) / 2)
        self._edges: list[Edge] = []
        self._dense, self._sharing = dense, conv.sharing
        super().__init__(*self.inputs, *self.outputs, *self.pixel_dots, *self.result_dots, *self.figures)
        self.draw_edges()

    def draw_edges(self) -> None:
        """Draw the edges anew between the nodes where they stand now."""
        self.remove(*self._edges)
        self._edges = [
            Edge(source.middle, goal.middle, ("edge", result, pixel), int(self._sharing[result, pixel]))
            for result, goal in zip(self.shown.results, self.outputs, strict=True)
            for pixel, source in zip(self.shown.pixels, self.inputs, strict=True)
            if self._dense or self._sharing[result, pixel] >= 0
        ]
        self.add(*self._edges)

    def input(self, pixel: int) -> Node:
        """The node of a pixel that is shown."""
        return self.inputs[self.shown.pixels.indices.index(pixel)]

    def output(self, result: int) -> Node:
        """The node of a result that is shown."""
        return self.outputs[self.shown.results.indices.index(result)]

    @property
    def dots(self) -> list[Dots]:
        """What stands for the nodes that are left out, in both layers."""
        return [*self.pixel_dots, *self.result_dots]

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
        if self.glyph.width > _LONG:
            # A round disc would hide more of other edges than a long number needs: an oval through its corners.
            across, up = self.glyph.width / 2, self.glyph.height / 2 + 0.02
            self.disc.stretch_to_fit_width(2 * across + 0.2)
            self.disc.stretch_to_fit_height(2 * up / (1 - (across / (across + 0.1)) ** 2) ** 0.5)
        super().__init__(self.disc.set_z_index(EDGE_LAYER + 0.5), self.glyph)


def edge_labels(graph: NetworkGraph, name: Sequence[Piece]) -> dict[Key, EdgeLabel]:
    """A weight's symbol on each trainable edge, where it meets no other label, no node and few other edges.

    Where two of them would touch, or many would stand where edges cross, there are none at all: then colours and the
    filter as their key say it. Before that, symbols may come onto the circles of nodes that are near to each other.
    """
    edges = [e for e in graph.edges if e.weight >= 0]
    if len(edges) > _MOST_LABELS:
        return {}
    return _labels(graph, edges, name, clear=True) or _labels(graph, edges, name, clear=False)


def _labels(graph: NetworkGraph, edges: list[Edge], name: Sequence[Piece], clear: bool) -> dict[Key, EdgeLabel]:
    """Those that `edge_labels` gives; `clear`: off the circles, as far as there is such a place."""
    starts, ends = (np.array([getattr(e, at) for e in edges]).reshape(-1, 3) for at in ("start_point", "end_point"))
    taken = np.empty((0, 3))
    crowded = 0
    labels: dict[Key, EdgeLabel] = {}
    for i, edge in enumerate(edges):
        places = edge.start_point + _LABEL_PLACES[:, None] * (edge.end_point - edge.start_point)
        to_edges = np.delete(_distances(places, starts, ends), i, axis=1)
        room = _room(places, taken, to_edges)
        if clear:
            free = _off_nodes(places, name[edge.weight], (graph.input(edge.key[2]), graph.output(edge.key[1])))
            room = np.where(free | ~free.any(), room, -1.0)
        best = int(np.argmax(room))
        crowded += int((to_edges[best] < _NEAR).sum() > 1)
        taken = np.append(taken, places[best : best + 1], axis=0)
        labels[edge.key] = EdgeLabel(name[edge.weight], places[best])
    if crowded > _CROWD * len(edges) or any(_touch(*pair) for pair in combinations(labels.values(), 2)):
        return {}
    return labels


def _touch(one: EdgeLabel, other: EdgeLabel) -> bool:
    """Whether two symbols come too near to each other."""
    apart = np.abs(one.glyph.get_center() - other.glyph.get_center())
    return bool(apart[0] < (one.glyph.width + other.glyph.width) / 2 + _APART
                and apart[1] < (one.glyph.height + other.glyph.height) / 2 + _APART)  # fmt: skip


def _off_nodes(places: Floats, piece: Piece, nodes: Iterable[Node]) -> npt.NDArray[np.bool_]:
    """At which places a symbol keeps off the circles of some nodes: a short edge leaves little room between them."""
    glyph = symbol(piece.says, piece.key, _LABEL_EM)
    half = np.array([glyph.width, glyph.height]) / 2
    free = np.ones(len(places), dtype=bool)
    for node in nodes:
        off = np.maximum(np.abs(places - node.middle)[:, :2] - half, 0.0)
        free &= np.linalg.norm(off, axis=1) > node.circle.width / 2 + _APART
    return free


def _room(places: Floats, taken: Floats, to_edges: Floats) -> Floats:
    """How much free space a label has at each place: to other labels first, then to other edges."""
    to_labels = np.linalg.norm(places[:, None] - taken[None], axis=2).min(axis=1, initial=9.0)
    free: Floats = np.minimum(to_labels, 0.7) * 2 + np.minimum(to_edges.min(axis=1, initial=9.0), 0.3)
    return free


def _distances(points: Floats, starts: Floats, ends: Floats) -> Floats:
    """From each point to each edge."""
    along, off = ends - starts, points[:, None] - starts[None]
    share = np.clip((off * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    return np.asarray(np.linalg.norm(off - share[..., None] * along, axis=2))
