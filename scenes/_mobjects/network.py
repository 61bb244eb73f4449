"""Nodes and edges: the convolution as a layer of a neural network, whole or in part."""

from __future__ import annotations

from typing import Self

from manim import LEFT, RIGHT, UP, VGroup

from scenes._look.theme import theme
from scenes._mobjects.edges import Edge
from scenes._mobjects.excerpt import Excerpt, excerpt
from scenes._mobjects.nodes import SIDES, Dots, Layer, Node, NodeBias
from scenes._mobjects.text import CAPTION_SIZE, Glyph, words
from scenes._words.figures import drawn_figure
from scenes._words.subject import Subject

_FIGURE_ROOM, _BETWEEN_FIGURES = 0.5, 0.25
"""For each line of figures below the layers, and between them."""
_LARGEST = 0.48
"""Radius of a node, at most."""
_LEAST_APART, _ROOMY = 0.4, 0.2
"""Between the layers; and from node to node where edges are as thick as usual: those of nearer ones are thinner."""
_TRIES = 4
"""How often a network is drawn until it fits."""
_MANY, _SLIMMEST = 48, 0.45
"""More edges are thinner, but none is thinner than this part of the usual."""


class NetworkGraph(VGroup):
    """Two layers of nodes and the edges of the convolution, in a room of `wide` by `tall`.

    `dense` adds the edges of the untrainable zeros, `biases` each output's bias beside it, with `NodeBias`. Large
    layers are shown in part: `shown` says which pixels `inputs` stand for, and which results `outputs`, in their
    order. `dots` stand where nodes are left out, and `figures` below the layers say how many there really are.
    No result has a radius larger than `largest`; the layers are at most `apart` from each other.
    """

    def __init__(
        self,
        subject: Subject,
        wide: float,
        tall: float,
        dense: bool = False,
        biases: bool = False,
        largest: float = _LARGEST,
        apart: float = 9.6,
    ) -> None:
        conv = subject.conv
        self.shown = shown = excerpt(conv)
        room = tall - _FIGURE_ROOM * ((not shown.whole) + (not shown.complete))
        look = theme()
        layers = (
            Layer(shown.pixels, subject.pixel, look.shades(conv.inputs.tolist()), room, 0.46, 0.4, SIDES[0]),
            Layer(shown.results, subject.result, look.shades(subject.result_values), room, 0.42, largest, SIDES[1]),
        )
        self.inputs, self.outputs = (layer.nodes for layer in layers)
        self.pixel_dots, self.result_dots = (layer.dots for layer in layers)
        pieces = [subject.bias(conv.window(result).filter) for result in shown.results] if biases else []
        beyond = NodeBias.room(pieces, layers[1].pitch) if pieces else 0.0
        self.figures = [] if shown.whole else _figures(subject, shown)
        halves = [float(figure.width) / 2 for figure in self.figures[:2]] or [0.0, 0.0]
        # Names, which may stand beside nodes, biases and figures are part of the room.
        sides = (
            max(-float(layers[0].get_left()[0]), halves[0]),
            max(float(layers[1].get_right()[0]) + beyond, halves[1]),
        )
        layers[1].shift(RIGHT * max(_LEAST_APART, min(apart, wide - sum(sides))))
        _write_below(self.figures, layers)
        self.biases = [NodeBias(piece, node, layers[1]) for piece, node in zip(pieces, self.outputs, strict=False)]
        """Beside each output, in their order."""
        taps = sum(len(shown.drawn(conv, result)) for result in shown.results)
        slim = min(layer.pitch / _ROOMY for layer in layers), (_MANY / max(1, taps)) ** 0.5
        self._slim = max(_SLIMMEST, min(1.0, *slim))
        self._edges: list[Edge] = []
        self._dense, self._sharing = dense, conv.sharing
        super().__init__(*self.inputs, *self.outputs, *self.pixel_dots, *self.result_dots, *self.figures, *self.biases)
        self.draw_edges()

    @classmethod
    def within(cls, subject: Subject, wide: float, tall: float, dense: bool = False, biases: bool = False) -> Self:
        """One that is no wider than its room, whatever stands beside its nodes; its edges are not drawn anew."""
        asked = wide
        for _ in range(_TRIES):
            made = cls(subject, asked, tall, dense, biases)
            if (over := float(made.width) - wide) <= 1e-6:
                break
            # What stands there takes more than the usual room; figures below give way by half of what layers do.
            asked -= 2 * over
        return made

    def draw_edges(self) -> None:
        """Draw the edges anew between the nodes where they stand now."""
        self.remove(*self._edges)
        self._edges = [
            Edge(source.middle, goal.middle, ("edge", result, pixel), int(self._sharing[result, pixel]), self._slim)
            for result, goal in zip(self.shown.results, self.outputs, strict=True)
            for pixel, source in zip(self.shown.pixels, self.inputs, strict=True)
            if self._dense or self._sharing[result, pixel] >= 0
        ]
        self._between = {edge.key[1:]: edge for edge in self._edges}
        self.add(*self._edges)

    def input(self, pixel: int) -> Node:
        """The node of a pixel that is shown."""
        return self.inputs[self.shown.pixels.indices.index(pixel)]

    def output(self, result: int) -> Node:
        """The node of a result that is shown."""
        return self.outputs[self.shown.results.indices.index(result)]

    def bias(self, result: int) -> NodeBias:
        """The bias beside the node of a result that is shown."""
        return self.biases[self.shown.results.indices.index(result)]

    @property
    def dots(self) -> list[Dots]:
        """What stands for the nodes that are left out, in both layers."""
        return [*self.pixel_dots, *self.result_dots]

    @property
    def edges(self) -> list[Edge]:
        """All edges."""
        return self._edges

    @property
    def named(self) -> list[Node]:
        """The nodes that have names."""
        return [node for node in (*self.inputs, *self.outputs) if node.label]

    def edge(self, result: int, pixel: int) -> Edge:
        """The edge between a pixel and a result."""
        return self._between[result, pixel]

    def of_result(self, result: int, trainable: bool = True) -> list[Edge]:
        """The edges into one result."""
        return [e for e in self._edges if e.key[1] == result and (e.weight >= 0) == trainable]

    def of_weight(self, weight: int) -> list[Edge]:
        """The edges that share a weight; −1 gives the untrainable ones."""
        return [e for e in self._edges if e.weight == weight]


def _figures(subject: Subject, shown: Excerpt) -> list[Glyph]:
    """How many pixels and results there are, and how many connections, where some are not drawn."""
    counts = subject.conv.counts
    said = [f"{counts.pixels} pixels", f"{counts.results} results"]
    if not shown.complete:
        said.append(drawn_figure(subject.conv, len(shown.drawn(subject.conv, 0))))
    return [words(text, CAPTION_SIZE, theme().muted, key=("caption",)) for text in said]


def _write_below(figures: list[Glyph], layers: tuple[Layer, Layer]) -> None:
    """Put the figures below their layers, on one line, and the third below both."""
    if not figures:
        return
    bottom = min(float(layer.get_bottom()[1]) for layer in layers) - _FIGURE_ROOM
    for k, figure in enumerate(figures):
        line = bottom - (_FIGURE_ROOM if k > 1 else 0.0)
        place = layers[k].circles if k < len(layers) else VGroup(*layers)
        figure.set_x(place.get_x()).shift(UP * (line - figure.baseline))
    # Below layers that are near to each other they make room for each other.
    one, other = figures[:2]
    over = float(one.get_right()[0] - other.get_left()[0]) + _BETWEEN_FIGURES
    one.shift(LEFT * max(0.0, over) / 2)
    other.shift(RIGHT * max(0.0, over) / 2)
