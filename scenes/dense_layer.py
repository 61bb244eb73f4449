"""Maps become a column, and all of its numbers meet every output; beside it, a filter over the same maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from manim import FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject
from numpy.typing import ArrayLike

from cnnmath import Convolution, Dense
from scenes._mobjects.edges import GrowEdge
from scenes._mobjects.matrix_picture import MatrixPicture
from scenes._mobjects.motion import SECOND_HALF, Moves, swap
from scenes._mobjects.nodes import become_node
from scenes._pictures.dense_stages import DenseNetwork, Maps, NetworkAndMatrix, TwoMatrices
from scenes._stage.viewpoint import Viewpoint
from scenes._words import dense_layers as said
from scenes._words.dense_layers import Both

MOST_INPUTS, MOST_OUTPUTS = 16, 10
_SLOWLY = 2
"""So many outputs are connected one by one."""


class DenseLayer(Viewpoint):
    """A dense layer connects every number with every output: no zero, and no weight that is shared."""

    maps: ClassVar[ArrayLike] = (((3, 0), (5, 2)), ((1, 4), (0, 6)))
    """What it gets, (H, W) or (C, H, W)."""
    weights: ClassVar[ArrayLike] = 2
    """A row for each output, (outputs, numbers in all maps); or, in letters, only how many outputs there are."""
    bias: ClassVar[ArrayLike] = 0
    """One for each output, or one number for all."""
    kernel: ClassVar[ArrayLike] = (((2, -1),), ((1, 3),))
    """The filter that stands beside it, (kh, kw) or (C, kh, kw)."""

    def construct(self) -> None:
        """Flatten, connect, the matrix, and a filter's beside it."""
        self.flatten()
        self.connect()
        self.matrix()
        self.beside()
        self.large()

    def check(self) -> None:
        """Take the two layers, and limit their size."""
        super().check()
        given = np.asarray(self.maps, dtype=float)
        weights = np.asarray(self.weights, dtype=float)
        if weights.ndim == 0:
            if self.notation == "numbers" or weights != int(weights) or weights < 1:
                raise ValueError(
                    f"{type(self).__name__}.weights must be a row of numbers for each output, or in letters how many "
                    f"outputs there are; got {self.weights!r} in {self.notation}"
                )
            self.limit("outputs", int(weights), MOST_OUTPUTS)
            weights = np.ones((int(weights), given.size))
        self.both = Both(Dense(given, weights, self.bias), Convolution(given, self.kernel), self.notation)
        if len(self.both.conv.kernel) > 1:
            raise ValueError(f"{type(self).__name__}.kernel must be one filter; got {len(self.both.conv.kernel)}")
        self.limit("numbers in all maps", self.both.dense.counts.pixels, MOST_INPUTS)
        self.limit("outputs", self.both.dense.counts.results, MOST_OUTPUTS)

    @property
    def coloured(self) -> Dense:
        """The layer whose weights have the colours."""
        return self.both.dense

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        return f"maps of shape {self.both.maps} with {self.both.dense.counts.results} outputs in {self.notation}"

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.alone = Maps(self.both)
        self.network = DenseNetwork(self.both)
        self.pair = NetworkAndMatrix(self.both)
        self.two = TwoMatrices(self.both)
        yield from (self.alone, self.network, self.pair, self.two)

    def flatten(self) -> None:
        """Maps, then a column of their numbers."""
        self.show_title("The dense layer")
        self.step("maps", said.maps(self.both))
        cells = self.alone.cells
        self.play(LaggedStart(*(FadeIn(cell, scale=0.7) for cell in cells), lag_ratio=0.06), run_time=1.6)
        self.settle(self.alone)
        self.step("flatten", said.flatten(self.both))
        nodes = self.network.graph.inputs
        # From the far end, so that nothing passes over what has arrived.
        pairs = [*zip(cells, nodes, strict=True)][::-1]
        self.play(LaggedStart(*(become_node(*pair) for pair in pairs), lag_ratio=0.35), run_time=2.4)
        self.settle(*nodes)

    def connect(self) -> None:
        """Each output, and the lines into it."""
        self.step("connect", said.connect(self.both))
        graph, labels = self.network.graph, self.network.labels
        for result, output in enumerate(graph.outputs):
            slow = result < _SLOWLY
            self.play(FadeIn(output, scale=0.7), run_time=0.4 if slow else 0.2)
            edges = graph.of_result(result)
            names = [FadeIn(labels[e.key], scale=0.6, rate_func=SECOND_HALF) for e in edges if e.key in labels]
            grow = LaggedStart(*(GrowEdge(edge, shines=True) for edge in edges), lag_ratio=0.15 if slow else 0.0)
            self.play(grow, *names, run_time=1.6 if slow else 0.5)
        self.settle(self.network)

    def matrix(self) -> None:
        """A row for each output."""
        self.step("matrix", said.matrix(self.both))
        old, new = self.network, self.pair
        moves: Moves = [ReplacementTransform(old.graph, new.graph)]
        moves += [move for label in old.labels.values() for move in label.leave()]
        moves += [FadeIn(label, rate_func=SECOND_HALF) for label in new.labels.values()]
        self.play(*moves, run_time=1.2)
        self.settle(new.graph, *new.labels.values())
        matrix = new.matrix
        self.play(*map(FadeIn, matrix.names), run_time=0.6) if matrix.names else None
        lit: VMobject | None = None
        for result, node in enumerate(new.graph.outputs):
            ring = node.lit()
            part = matrix.parted(matrix.of_rows([result]))[0]
            self.play(*swap(lit, ring), FadeIn(part), run_time=0.9 if result < _SLOWLY else 0.35)
            lit = ring
        self.play(FadeOut(lit), *self.new_figure(said.dense_figure(self.both)), run_time=0.6) if lit else None
        self.settle(new)

    def beside(self) -> None:
        """The matrix of a filter over the same maps."""
        self.step("beside", said.beside(self.both))
        old, new = self.pair, self.two
        leaving = [old.graph, *old.labels.values(), *old.matrix.names]
        self.play(*map(FadeOut, leaving), *self.new_figure(None), run_time=0.8)
        self.play(*_turn(old.matrix, new.dense), run_time=1.2)
        self.settle(new.dense)
        self.play(FadeIn(new.words), run_time=0.5)
        self.play(FadeIn(new.filter), run_time=0.9)
        self.play(FadeIn(new.filter_words), run_time=0.5)
        self.settle(new)

    def large(self) -> None:
        """What that comes to for a real image."""
        self.step("large", said.large())
        self.play(*self.new_figure(said.large_figure()), run_time=0.8)
        self.settle(self.two)


def _turn(old: MatrixPicture, new: MatrixPicture) -> Moves:
    """A matrix becomes one of another size; from cells to pixels or back it is exchanged."""
    if type(old) is type(new):
        return old.turn_into(new)
    return swap(old.body, new)
