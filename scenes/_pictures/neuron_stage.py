"""A neuron with its inputs, its sum and its activation; and a layer of neurons beside the matrix of its weights."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Circle, VGroup

from scenes._layout import Box, Layout, Part, between, block, column, first_of, row, solve, space
from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, Cell, label_share
from scenes._mobjects.curve_box import CurveBox
from scenes._mobjects.edge_labels import EdgeLabel, edge_labels
from scenes._mobjects.edges import Edge
from scenes._mobjects.matrix import Matrix
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.nodes import Node
from scenes._mobjects.text import LEAST, READABLE, Glyph, Line, symbol, symbol_width
from scenes._pictures.standing import name_word, put, stage_room, word_block, write_below
from scenes._words.activations import KNOWN
from scenes._words.neurons import Neurons

NEURON, OUTPUT, BOX, BIAS = 0.65, 0.45, 1.2, 0.66
INPUTS = ((3, 0.45), (4, 0.36), (6, 0.3))
"""How large circles of inputs are, at least, if there are up to so many."""
"""Radii of the circles, and sides of the boxes."""
_FITTED = 1.64
"""How wide a number in a circle is at most, in radii."""
_WEIGHT_AT, _PRODUCT_AT = 0.32, 0.6
"""Where on its line a weight stands, and its product with the input."""
_SUMS, _LINES = (0.6, 0.48, 0.36), (2.0, 1.5)
"""Sizes of the sum, in em, and how long lines are at least: the best first."""


class _Radii:
    """How large the circles are, so that their numbers can be read."""

    def __init__(self, neurons: Neurons) -> None:
        many = len(neurons.sources)
        least = next(radius for most, radius in INPUTS if many <= most)
        self.input = max(_radius(neurons.pixel(i).says, least) for i in neurons.sources)
        self.neuron = _radius(neurons.sums[0], NEURON)
        self.output = _radius(neurons.output(0).says, OUTPUT)


def _radius(says: str, least: float) -> float:
    """A circle in which a number can be read."""
    return max(least, READABLE * symbol_width(says) / _FITTED)


class NeuronStage(VGroup):
    """`inputs` on lines with `weights` to `neuron`, then `box` and `output`; `sum` is the sum written out.

    From left to right, or in a tall picture from top to bottom.
    """

    def __init__(self, neurons: Neurons) -> None:
        self.neurons = neurons
        layout = solve(_picture(neurons), stage_room(), LEAST)
        at = {name: _middle(layout[name]) for name in layout if not name.startswith("name")}
        radii = _Radii(neurons)
        self.inputs = [Node(neurons.pixel(i), radii.input).move_to(at[f"input {i}"]) for i in neurons.sources]
        self.neuron = Circle(
            radii.neuron, fill_color=theme().panel, fill_opacity=1, stroke_color=theme().line, stroke_width=2.5
        ).set_z_index(BOX_LAYER)
        self.box, self.bias = CurveBox(neurons.kind, BOX), Cell(neurons.bias(0), BIAS)
        self.output = Node(neurons.output(0), radii.output)
        put(layout, neuron=self.neuron, box=self.box, bias=self.bias)
        self.output.move_to(at["output"])
        self.edges = [_edge(node.middle, at["neuron"], i, i) for i, node in enumerate(self.inputs)]
        self.weights = [EdgeLabel(neurons.weight(i), self._on(i, _WEIGHT_AT)) for i in neurons.sources]
        self.bias_line = _plain(self.bias.middle, at["neuron"])
        self.through = (_plain(at["neuron"], at["box"]), _plain(at["box"], self.output.middle))
        self.sum = Line(neurons.sum_pieces(), layout["sum"].look).move_to(at["sum"])
        self.word = write_below(layout, "box", box_word(neurons))
        self.total = self.sum[-1]
        self.inner = symbol(
            self.total.says, ("result", 0), min(0.62, 1.6 * radii.neuron / self.total.width * self.total.em)
        )
        self.inner.centre_on(at["neuron"])
        super().__init__(
            *self.inputs, *self.edges, *self.weights, self.neuron, self.bias, self.bias_line, *self.through, self.box,
            self.output, self.sum, self.word, self.inner,
        )  # fmt: skip

    def _on(self, index: int, share: float) -> np.ndarray:
        """A place on a line."""
        edge = self.edges[index]
        return np.asarray(edge.start_point + share * (edge.end_point - edge.start_point))

    def product(self, index: int) -> EdgeLabel:
        """A weight times its input, on the line."""
        label = EdgeLabel(self.neurons.product(index), self._on(index, _PRODUCT_AT))
        label.glyph.set_fill(theme().text)
        return label

    def factor(self, index: int) -> Glyph:
        """An input's number at the weight on its line."""
        says, key = self.neurons.pixel(index)
        return symbol(says, key, self.weights[index].glyph.em).move_to(self._on(index, 0.5))


def box_word(neurons: Neurons) -> Glyph:
    """What the activation is called, beside its box."""
    return name_word(KNOWN[neurons.kind].name.removeprefix("The "))


def _middle(box: Box) -> np.ndarray:
    return np.asarray(RIGHT * box.x + UP * box.y)


def _edge(start: np.ndarray, end: np.ndarray, pixel: int, weight: int) -> Edge:
    return Edge(start, end, ("edge", 0, pixel), weight)


def _plain(start: np.ndarray, end: np.ndarray) -> Edge:
    """A line without a weight."""
    edge = Edge(start, end, ("edge", -1, -1), -1)
    edge.restyle(theme().muted, 0.04)
    return edge


def _picture(neurons: Neurons) -> Part:
    """The row of parts with the sum below; in a tall picture a column."""
    tried = [(long, size) for long in _LINES for size in _SUMS]
    return first_of(*(_arranged(neurons, *one) for one in tried), near=0.0)


def _arranged(neurons: Neurons, long: float, em: float) -> Part:
    line = Line(neurons.sum_pieces(), em)
    total = block("sum", line.width, max(float(line.height), 0.7 * em), {"the sum": em}, look=em)
    radii = _Radii(neurons)
    inputs = [block(f"input {i}", 2 * radii.input, 2 * radii.input) for i in neurons.sources]
    neuron = block("neuron", 2 * radii.neuron, 2 * radii.neuron)
    bias = block("bias", BIAS, BIAS)
    word = box_word(neurons)
    named = word_block("name of box", word.says, word.em)
    box, output = block("box", BOX, BOX), block("output", 2 * radii.output, 2 * radii.output)
    lines, short = between(long, 5.6), between(0.3, 1.2)
    across = row(
        column(*inputs, gap=between(0.1, 1.0)),
        space(lines),
        column(bias, neuron, space(0.0, BIAS), gap=between(0.3, 0.6)),
        space(short),
        column(space(0.0, 0.42), box, named, gap=0.14),
        space(short),
        output,
    )
    down = column(
        row(*inputs, gap=between(0.3, 1.2)),
        space(0.0, between(1.6, 3.0)),
        row(bias, neuron, space(BIAS), gap=between(0.4, 0.9)),
        space(0.0, short),
        row(space(float(word.width)), box, named, gap=0.2),
        space(0.0, short),
        output,
    )
    gap = between(0.35, 1.0)
    return first_of(column(across, total, gap=gap), tall=[column(down, total, gap=gap)])


class LayerStage(VGroup):
    """The neurons of a layer as a network beside or above the matrix of their weights, inputs above its columns."""

    def __init__(self, neurons: Neurons) -> None:
        layout = _layer(neurons)
        net = layout["network"]
        self.matrix = Matrix(neurons, layout["matrix"].look)
        self.parts = _with_names(self.matrix)
        put(layout, matrix=self.parts)
        self.graph = NetworkGraph(neurons, net.wide - 1.0, net.tall)
        if (over := float(self.graph.width) - net.wide) > 0:
            # Numbers beside small nodes take more than the usual room.
            self.graph = NetworkGraph(neurons, net.wide - 1.0 - over, net.tall)
        self.graph.move_to(_middle(net))
        self.graph.draw_edges()
        labels = edge_labels(self.graph, neurons)
        nodes = (*self.graph.inputs, *self.graph.outputs)
        # Where many lines meet between small circles, the weights stand in the matrix alone.
        free = not any(_meet(label.glyph, node) for label in labels.values() for node in nodes)
        self.labels = labels if free else {}
        super().__init__(self.graph, *self.labels.values(), self.parts)


def _meet(text: Glyph, node: Node) -> bool:
    """Whether a text reaches into a circle."""
    apart = np.abs(text.get_center() - node.middle)[:2] - np.array([text.width, text.height]) / 2
    return bool(np.linalg.norm(np.maximum(apart, 0.0)) < node.circle.width / 2 + 0.02)


def _with_names(matrix: Matrix) -> VGroup:
    """A matrix with what stands above its columns and left of its rows."""
    return VGroup(matrix, *matrix.header, *matrix.rows)


def _layer(neurons: Neurons) -> Layout:
    """Where the two stand, and the side of the matrix's cells."""
    counts, tried = neurons.layer.counts, []
    share = label_share([*map(neurons.pixel, neurons.sources), *map(neurons.weight, range(counts.weights))])
    for side in (1.0, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5):
        parts = _with_names(Matrix(neurons, side))
        network = block("network", between(3.2, 6.4), between(2.6, 5.0))
        matrix = block("matrix", parts.width, parts.height, {"its numbers": share * side}, look=side)
        beside, below = row(network, matrix, gap=between(0.4, 1.0)), column(network, matrix, gap=between(0.3, 0.9))
        tried.append(first_of(beside, below, tall=[below]))
    return solve(first_of(*tried, near=0.0), stage_room(), LEAST)
