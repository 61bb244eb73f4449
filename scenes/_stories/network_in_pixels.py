"""MatrixToNetwork for a matrix of coloured pixels: the network beside it is shown in part if it is large."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Rectangle,
    ReplacementTransform,
    VMobject,
)

from scenes._mobjects.edges import BecomeEdge, Edge
from scenes._mobjects.motion import LATE, Fly, fly
from scenes._mobjects.named_pixels import NamedPixels
from scenes._mobjects.network import Node
from scenes._pictures.large_stages import LargeLeftover
from scenes._pictures.matrix_desk import MatrixAlone
from scenes._pictures.matrix_product import Product
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.network_alone import network_alone
from scenes._stories.tipping import onto_the_edges
from scenes._words import networks as said
from scenes._words.counting import is_dense
from scenes._words.figures import leftover_figure
from scenes._words.subject import Subject

_ONE_BY_ONE, _TOGETHER = 4, 3.0
"""So many entries of the first row become edges one by one; the others take this long together."""


class NetworkInPixels:
    """The steps of MatrixToNetwork, told with coloured pixels."""

    def __init__(self, scene: Viewpoint, product: Product) -> None:
        self.scene, self.conv, self.subject, self.product = scene, scene.convolution, scene.subject, product
        self.stage = LargeLeftover(self.subject)
        self.matrix = self.stage.matrix.copy().reveal(True)
        self.left = np.ones(self.conv.sharing.shape, dtype=bool)

    @staticmethod
    def pictures(subject: Subject) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield LargeLeftover(subject)

    def labels(self) -> None:
        """The column of pixels goes above the columns that it is multiplied with; the results go to their rows."""
        scene, product = self.scene, self.product
        scene.step("labels", said.labels())
        scene.play(
            *scene.new_title("From matrix to network"),
            *scene.new_figure(None),
            *(FadeOut(part) for part in (product.signs, product.biases)),
            *(FadeOut(part) for part in product.counts),
            run_time=1,
        )
        self.big = big = MatrixAlone(self.subject, in_cells=False)
        scene.play(*onto_the_edges(product, big.matrix, self.conv), run_time=2.4)
        scene.play(FadeIn(big.matrix.counts), run_time=0.6)
        scene.settle(big)

    def neurons(self) -> None:
        """Columns become input neurons, rows output neurons; of many, those that are shown."""
        scene, stage, graph = self.scene, self.stage, self.stage.graph
        scene.step("neurons", said.neurons(graph.shown.whole))
        big, goal = self.big.matrix, stage.named
        assert isinstance(big, NamedPixels)
        scene.play(
            ReplacementTransform(big.pixels, self.matrix),
            *(ReplacementTransform(a, b) for a, b in zip(big.strips, (goal.header, goal.rows), strict=True)),
            ReplacementTransform(big.counts, goal.captions),
            run_time=1.2,
        )
        standing = (self.matrix, goal.header, goal.rows, goal.captions)
        scene.settle(*standing)
        layers = (
            (goal.header, graph.shown.pixels, graph.inputs, graph.pixel_dots, 2.2),
            (goal.rows, graph.shown.results, graph.outputs, graph.result_dots, 1.4),
        )
        for strip, part, nodes, dots, time in layers:
            flights = [self._neuron(strip.cells[i].box, node) for i, node in zip(part, nodes, strict=True)]
            fading = [FadeIn(dot, rate_func=LATE) for dot in dots]
            scene.play(LaggedStart(*reversed(flights), lag_ratio=0.15), *fading, run_time=time)
        if graph.figures:
            scene.play(*(FadeIn(figure) for figure in graph.figures), run_time=0.6)
        scene.settle(*standing, *graph.inputs, *graph.outputs, *graph.dots, *graph.figures)

    @staticmethod
    def _neuron(cell: Rectangle, node: Node) -> Animation:
        """A cell of a strip becomes a node, and its label comes out of it."""
        # The label rides on its circle, which would hide one that follows.
        seed = node.label.copy().scale(0.4).move_to(cell).set_opacity(0)
        return AnimationGroup(fly(cell, node.circle), Fly(seed, node.label))

    def first_row(self) -> None:
        """The first row: some entries one by one, then the others."""
        scene, edges = self.scene, self.stage.graph.of_result(0)
        scene.step("first-row", said.first_row(self.conv))
        self.mark = self.matrix.row_mark(0)
        scene.play(Create(self.mark), run_time=0.6)
        alone = edges if len(edges) <= _ONE_BY_ONE else edges[:2]
        for pace, edge in enumerate(alone):
            self.take([edge])
            scene.play(self.become_edge(edge), run_time=1.2 if pace else 1.8)
        if others := edges[len(alone) :]:
            self.take(others)
            scene.play(LaggedStart(*map(self.become_edge, others), lag_ratio=0.3), run_time=_TOGETHER)

    def take(self, edges: list[Edge]) -> None:
        """Take the entries out of the matrix that become these edges."""
        self.squares = {edge.key: self.matrix.square(edge.key[1], edge.key[2]) for edge in edges}
        for _, result, pixel in self.squares:
            self.left[result, pixel] = False
        self.matrix.reveal(self.left)
        self.scene.add(*self.squares.values())

    def become_edge(self, edge: Edge) -> Animation:
        """One entry becomes its edge, on which its weight appears if there is room."""
        becoming = BecomeEdge(self.squares[edge.key], edge)
        label = self.stage.labels.get(edge.key)
        return AnimationGroup(becoming, *([FadeIn(label, rate_func=LATE)] if label else []))

    def other_rows(self) -> None:
        """The other rows, faster; those that are not shown go to the dots."""
        scene, graph = self.scene, self.stage.graph
        scene.step(said.last_slug(self.conv), said.other_rows(self.conv))
        for result in graph.shown.results.indices[1:]:
            pace = 1.0 if result == 1 else 0.7
            edges = graph.of_result(result)
            mark = self.matrix.row_mark(result)
            scene.play(ReplacementTransform(self.mark, mark), run_time=0.4)
            self.mark = mark
            self.take(edges)
            if edges:
                scene.play(LaggedStart(*map(self.become_edge, edges), lag_ratio=0.3), run_time=2.6 * pace)
        self._rest()
        scene.play(FadeOut(self.mark), *scene.new_figure(leftover_figure(self.conv)), run_time=0.8)
        scene.settle(self.stage)
        if is_dense(self.conv):
            network_alone(scene, graph, self.stage.labels, [self.stage.named])

    def _rest(self) -> None:
        """The rows that are not shown go to the dots that stand for them."""
        trainable = self.conv.sharing >= 0
        parts = []
        for dots in self.stage.graph.result_dots:
            rows = np.zeros((len(trainable), 1), dtype=bool)
            rows[dots.of.start : dots.of.stop] = True
            parts.append((self.matrix.part(trainable & rows), dots))
        self.matrix.reveal(~trainable)
        if parts:
            self.scene.add(*(part for part, _ in parts))
            moves = [FadeOut(part, target_position=dots, scale=0.1) for part, dots in parts]
            self.scene.play(*moves, run_time=1.8)
