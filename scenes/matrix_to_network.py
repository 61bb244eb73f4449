"""The matrix collapses into the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from manim import Animation, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._mobjects.cells import Cell
from scenes._mobjects.connecting import Light, connect, leave_entry, mark_of
from scenes._mobjects.edges import Edge
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.matrix_picture import become
from scenes._mobjects.motion import LATE
from scenes._mobjects.nodes import Dots, Node
from scenes._pictures.matrix_desk import MatrixAlone
from scenes._pictures.matrix_mode import leftover_of, product_of
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.network_alone import network_alone
from scenes._stories.tipping import onto_the_edges
from scenes._words import networks as said
from scenes._words.counting import is_dense
from scenes._words.figures import leftover_figure, matrix_figure

_ONE_BY_ONE, _TOGETHER = 4, 3.0
"""So many entries of the first row become edges one by one; the others take this long together (s)."""
_FEW_ROWS = 4
"""More of them become edges faster."""


class MatrixToNetwork(Viewpoint):
    """Matrix and network are one thing: an entry is the connection of its column's pixel and its row's result."""

    connects = True

    def construct(self) -> None:
        """Name rows and columns, make them neurons, then turn entries into edges."""
        self.open()
        self.labels()
        self.neurons()
        self.first_row()
        self.other_rows()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.product, self.stage = product_of(self.subject), leftover_of(self.subject)
        self.big = MatrixAlone(self.subject, self.stage.in_cells)
        yield from (self.product, self.big, self.stage)

    def open(self) -> None:
        """The last still of MatrixView."""
        self.show_title("The matrix multiplication view")
        self.show_figure(matrix_figure(self.convolution))
        self.add(self.product)

    def labels(self) -> None:
        """The column of pixels goes above the columns that it is multiplied with; the results go to their rows."""
        self.step("labels", said.labels())
        product, matrix = self.product, self.big.matrix
        self.play(
            *self.new_title("From matrix to network"),
            *self.new_figure(None),
            *(FadeOut(part) for part in (product.signs, product.biases, *product.counts)),
            run_time=1,
        )
        self.play(*onto_the_edges(product, matrix, self.convolution), run_time=2.4)
        self.play(*(FadeIn(count) for count in matrix.counts), run_time=0.6)
        self.settle(self.big)

    def neurons(self) -> None:
        """Columns become input neurons, rows output neurons; of many, those that are shown."""
        old, matrix, graph = self.big.matrix, self.stage.matrix, self.stage.graph
        self.left = matrix.sharing >= 0
        """The weights that stand in the matrix yet."""
        self.step("neurons", said.neurons(graph.shown.whole))
        matrix.reveal(True)
        pairs = zip((*old.header, *old.rows), (*matrix.header, *matrix.rows), strict=True)
        self.play(
            *old.turn_into(matrix),
            *(move for pair in pairs for move in become(*pair)),
            *(ReplacementTransform(*pair) for pair in zip(old.counts, matrix.counts, strict=True)),
            run_time=1.2,
        )
        self.settle(matrix)
        header = [matrix.header[pixel] for pixel in graph.shown.pixels]
        self.come(header, graph.inputs, graph.pixel_dots, 2.4)
        self.come([matrix.rows[result] for result in graph.shown.results], graph.outputs, graph.result_dots, 1.6)
        self.play(*(FadeIn(figure) for figure in graph.figures), run_time=0.6)
        self.settle(matrix, *graph.inputs, *graph.outputs, *graph.dots, *graph.figures)

    def come(self, cells: Sequence[Cell], nodes: Sequence[Node], dots: Sequence[Dots], run_time: float) -> None:
        """Copies of cells become neurons."""
        pairs = list(zip(cells, nodes, strict=True))
        flights = [
            Flight(cell, node, copied=True) if cell.label and node.label else Flight(cell.box, node.circle, copied=True)
            for cell, node in pairs
        ]
        labels = [node.label for cell, node in pairs if node.label and not cell.label]
        fading = [FadeIn(part, rate_func=LATE) for part in (*labels, *dots)]
        self.play(plan(flights, self.mobjects, run_time), *fading, run_time=run_time)
        self.add(*nodes, *dots)

    def first_row(self) -> None:
        """The first row, entry by entry: its column's pixel and its row's result light up, and the line grows."""
        self.step("first-row", said.first_row(self.convolution, self.stage.graph.shown.complete))
        edges = self.stage.graph.of_result(0)
        alone = edges if len(edges) <= _ONE_BY_ONE else edges[:2]
        for pace, edge in enumerate(alone):
            run_time = 1.6 if pace else 2.4
            self.play(*self.lights(0, run_time), self.become_edge(edge, run_time), run_time=run_time)
        if others := edges[len(alone) :]:
            self.row(0, others, _TOGETHER)
        self.finish(0)

    def lights(self, result: int, run_time: float) -> list[Animation]:
        """The row's result and its neuron light up."""
        marks = mark_of(self.stage.matrix.rows[result]), self.stage.graph.output(result).lit()
        return [Light(mark, run_time=run_time) for mark in marks]

    def become_edge(self, edge: Edge, run_time: float) -> Animation:
        """One entry becomes its edge: the pixel of its column lights up, and only the entry's symbol moves."""
        stage, (_, result, pixel) = self.stage, edge.key
        ((place, cell),) = stage.matrix.take([(result, pixel)]).items()
        self.left[place] = False
        self.add(cell)
        label = stage.labels.get(edge.key)
        moves = leave_entry(cell, edge, label, self.mobjects, run_time)
        marks = mark_of(stage.matrix.header[pixel]), stage.graph.input(pixel).lit()
        return connect(edge, run_time, marks, label, moves)

    def row(self, result: int, edges: Sequence[Edge], run_time: float) -> None:
        """The entries of a row become edges, one soon after the other."""
        own = run_time * (0.5 if len(edges) > 1 else 1.0)
        moves = [self.become_edge(edge, own) for edge in edges]
        lag = (run_time / own - 1) / max(1, len(edges) - 1)
        self.play(*self.lights(result, run_time), LaggedStart(*moves, lag_ratio=lag), run_time=run_time)

    def other_rows(self) -> None:
        """The other rows, faster; those that are not shown go to the dots."""
        self.step(said.last_slug(self.convolution), said.other_rows(self.convolution))
        graph = self.stage.graph
        others = graph.shown.results.indices[1:]
        for result in others:
            if edges := graph.of_result(result):
                self.row(result, edges, 2.8 if result == others[0] else 2.0 if len(others) <= _FEW_ROWS else 1.4)
            self.finish(result)
        self.rest()
        self.play(*self.new_figure(leftover_figure(self.convolution)), run_time=0.8)
        self.settle(self.stage)
        if is_dense(self.convolution):
            network_alone(self, graph, self.stage.labels, self.stage.matrix.names)

    def finish(self, result: int) -> None:
        """Weights of a row whose pixels are not shown go to the dots that stand for these."""
        matrix, dots = self.stage.matrix, self.stage.graph.pixel_dots
        if len(self.stage.graph.of_result(result)) < (matrix.sharing[result] >= 0).sum():
            self.leave([(self.left & matrix.of_rows([result]), dots[len(dots) // 2])], 0.8)

    def rest(self) -> None:
        """The weights of results that are not shown go to the dots that stand for these."""
        matrix = self.stage.matrix
        parts = [(self.left & matrix.of_rows(dots.of), dots) for dots in self.stage.graph.result_dots]
        self.leave([(mask, dots) for mask, dots in parts if mask.any()], 1.6)

    def leave(self, parts: Sequence[tuple[npt.NDArray[np.bool_], Dots]], run_time: float) -> None:
        """Entries of the matrix go to dots."""
        if not parts:
            return
        matrix = self.stage.matrix
        leaving = [(matrix.parted(mask)[0], dots) for mask, dots in parts]
        for mask, _ in parts:
            self.left &= ~mask
        matrix.reveal(self.left | (matrix.sharing < 0))
        self.add(*(part for part, _ in leaving))
        self.play(*(FadeOut(part, target_position=dots, scale=0.1) for part, dots in leaving), run_time=run_time)
