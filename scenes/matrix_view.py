"""The convolution as a product of a matrix and a vector."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject

from scenes._mobjects.cells import Cell
from scenes._mobjects.edges import ShrinkEdge
from scenes._mobjects.matrix_picture import become
from scenes._mobjects.motion import DIVE, FIRST_HALF, SECOND_HALF, Moves, fly
from scenes._mobjects.nodes import Node
from scenes._pictures.matrix_mode import group_pace, matrix_pictures, weight_groups
from scenes._pictures.network_stages import SparseNetwork
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.all_sums import SumsInRows
from scenes._stories.filter_rows import FilterRows, look_at
from scenes._stories.first_sum import SumBelow
from scenes._stories.tipping import copies, tip
from scenes._words import matrices as said
from scenes._words.counting import is_dense
from scenes._words.figures import copies_figure, sharing_figure, zeros_figure


class MatrixView(Viewpoint):
    """A convolution is a matrix product: every position of the filter is a row of weights and untrainable zeros."""

    connects = True

    def construct(self) -> None:
        """Make the matrix row by row, look at it, then multiply."""
        self.open()
        self.fold_back()
        self.first_row()
        if self.convolution.counts.results > 1:
            self.other_rows()
        if not is_dense(self.convolution):
            self.zeros()
        self.shared()
        self.product()
        sums = self.sums
        sums.write()
        if sums.has_zeros:
            sums.condense()
        sums.fold()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield SparseNetwork(self.subject)
        shown = matrix_pictures(self.subject)
        self.desk, self.end = shown.desk, shown.product
        self.sums = SumsInRows(self, self.end) if shown.in_cells else SumBelow(self, self.end)
        yield from (self.desk, self.end, self.sums.picture())

    def open(self) -> None:
        """The last still of NeuralNetworkView."""
        self.show_title("The neural network view")
        self.show_figure(sharing_figure(self.convolution))
        self.network = SparseNetwork(self.subject)
        self.add(self.network)

    def fold_back(self) -> None:
        """The network folds back; the results name the rows, the pixels the columns."""
        self.step("fold-back", said.fold_back())
        old, desk, graph = self.network, self.desk, self.network.graph
        self.play(
            *self.new_title("The matrix multiplication view"),
            *self.new_figure(None),
            *leave_edges(old),
            run_time=1.6,
        )
        self.settle(old.filter.grid, old.filter.bias, *graph.inputs, *graph.outputs)
        pixels = dict(zip(graph.shown.pixels, graph.inputs, strict=True))
        results = dict(zip(graph.shown.results, graph.outputs, strict=True))
        moves: Moves = []
        for nodes, cells in ((pixels, desk.image.pixels), (results, desk.matrix.rows)):
            for index, cell in enumerate(cells):
                fading = [FadeIn(cell, rate_func=SECOND_HALF)]
                moves += self._from_node(nodes[index], cell) if index in nodes else fading
        self.play(
            *(
                move
                for pair in zip(old.filter.grid.cells, desk.filter.grid.cells, strict=True)
                for move in become(*pair)
            ),
            *(move for pair in zip(old.filter.biases, desk.filter.biases, strict=True) for move in become(*pair)),
            FadeIn(desk.filter.frame, rate_func=SECOND_HALF),
            *moves,
            *(FadeIn(part, rate_func=SECOND_HALF) for part in (*desk.image.padding.values(), *desk.matrix.outline)),
            run_time=1.8,
        )
        desk.matrix.reveal(False)
        self.settle(desk.image, desk.filter, *desk.matrix.rows, *desk.matrix.outline)
        self.play(copies(desk.image.pixels, desk.matrix.header, self.convolution), run_time=2.0)
        self.play(*(FadeIn(caption) for caption in desk.matrix.counts), run_time=0.6)
        self.settle(desk)

    @staticmethod
    def _from_node(node: Node, cell: Cell) -> Moves:
        """A neuron becomes a cell, which may be too small for its name."""
        moves: Moves = [ReplacementTransform(node.circle, cell.box)]
        if cell.label and node.label:
            return [*moves, ReplacementTransform(node.label, cell.label)]
        if cell.label:
            return [*moves, FadeIn(cell.label, rate_func=SECOND_HALF)]
        return [*moves, FadeOut(node.label, rate_func=FIRST_HALF)] if node.label else moves

    def first_row(self) -> None:
        """The first position of the filter unrolls into the first row."""
        self.step("first-row", said.first_row(self.convolution))
        desk = self.desk
        self.rows = FilterRows(self, self.convolution, desk.image, desk.filter.grid, desk.matrix)
        self.rows.stop(0, 1.2, 3.2)
        if self.convolution.counts.results == 1:
            self.lift_filter()

    def other_rows(self) -> None:
        """The other positions, faster; of many, those in the middle run."""
        self.step("other-rows", said.other_rows(self.convolution))
        self.rows.others(7.5)
        self.lift_filter()

    def lift_filter(self) -> None:
        """All rows are there, and the image is free again."""
        self.play(*self.rows.away(), run_time=0.8)
        self.settle(self.desk)

    def zeros(self) -> None:
        """The zeros stay zero."""
        self.step("zeros", said.zeros(self.convolution))
        self.play(*self.new_figure(zeros_figure(self.convolution)), run_time=0.8)
        look_at(self, self.desk.matrix, self.desk.matrix.of_weights([-1]), 1.9, 1.6)

    def shared(self) -> None:
        """Equal weights stay equal."""
        self.step("shared", said.copies(self.convolution, self.theme.palette))
        self.play(*self.new_figure(copies_figure(self.convolution)), run_time=0.8)
        groups, matrix = weight_groups(self.convolution), self.desk.matrix
        for which, weights in enumerate(groups):
            pace = group_pace(len(groups), which)
            look_at(self, matrix, matrix.of_weights(weights), 1.2 * pace, pace)
        self.settle(self.desk)

    def product(self) -> None:
        """Matrix times pixels, plus b, gives the results."""
        self.step("product", said.product())
        desk, end = self.desk, self.end
        matrix, header = desk.matrix, VGroup(*desk.matrix.header)
        scale = end.matrix.side / matrix.side
        high = end.matrix.get_top()[1] + scale * (header.get_bottom()[1] - matrix.body.get_top()[1])
        self.play(
            *self.new_figure(None),
            *matrix.turn_into(end.matrix),
            *(FadeOut(part, rate_func=FIRST_HALF) for part in (desk.image, desk.filter.grid, desk.filter.frame)),
            *(FadeOut(part, rate_func=FIRST_HALF) for part in (*matrix.counts, *matrix.outline[1:])),
            *(move for pair in zip(desk.filter.biases, end.bias_landings, strict=True) for move in become(*pair, DIVE)),
            *(move for pair in zip(matrix.rows, end.results.cells, strict=True) for move in become(*pair, DIVE)),
            header.animate.scale(scale).move_to((end.matrix.get_x(), high + scale * header.height / 2, 0)),
            run_time=1.8,
        )
        self.play(
            tip(matrix.header, end.pixels.cells, self.convolution),
            FadeIn(end.signs[0], rate_func=SECOND_HALF),
            *(FadeIn(border, rate_func=SECOND_HALF) for border in end.outline[1:]),
            run_time=2.0,
        )
        bias = [
            AnimationGroup(*(fly(a, b, lift=DIVE) for a, b in zip(old, new, strict=True)))
            for old, new in end.bias_copies
        ]
        self.play(FadeIn(end.signs[1]), *([LaggedStart(*bias, lag_ratio=0.8)] if bias else []), run_time=1.2)
        self.play(FadeIn(end.signs[2]), *(FadeIn(part) for part in end.counts), run_time=0.6)
        self.settle(end)


def leave_edges(network: SparseNetwork) -> Moves:
    """Edges draw back, and what only belongs to the network leaves."""
    graph = network.graph
    return [
        *(ShrinkEdge(edge) for edge in graph.edges),
        *(move for label in network.labels.values() for move in label.leave()),
        *(FadeOut(bias) for bias in graph.biases),
        FadeOut(network.filter.frame),
        FadeOut(network.caption),
        *(FadeOut(part) for part in (*graph.dots, *graph.figures)),
    ]
