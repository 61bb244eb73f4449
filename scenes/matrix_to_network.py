"""The matrix collapses into the network."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Animation, AnimationGroup, Create, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._mobjects.edges import RIDE, BecomeEdge
from scenes._mobjects.motion import DIVE, FIRST_HALF, Fly, fly
from scenes._pictures.matrix_mode import leftover_in_cells, product_of
from scenes._pictures.matrix_stages import LabelledMatrix, Product
from scenes._pictures.network_stages import Leftover
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.network_alone import network_alone
from scenes._stories.network_in_pixels import NetworkInPixels
from scenes._words import networks as said
from scenes._words.counting import is_dense
from scenes._words.figures import leftover_figure, matrix_figure

FEW_ROWS = 6
"""More of them become edges faster."""


class MatrixToNetwork(Viewpoint):
    """Matrix and network are one thing: an entry is the connection of its column's pixel and its row's result."""

    def construct(self) -> None:
        """Name rows and columns, make them neurons, then turn entries into edges."""
        self.open()
        in_cells = leftover_in_cells(self.subject)
        story = self if in_cells else NetworkInPixels(self, self.product)
        story.labels()
        story.neurons()
        story.first_row()
        story.other_rows()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield product_of(self.subject)
        if leftover_in_cells(self.subject):
            yield Leftover(self.subject)
        else:
            yield from NetworkInPixels.pictures(self.subject)

    def open(self) -> None:
        """The last still of MatrixView."""
        self.show_title("The matrix multiplication view")
        self.show_figure(matrix_figure(self.convolution))
        self.product = product_of(self.subject)
        self.add(self.product)

    def labels(self) -> None:
        """The column of pixels goes above the columns that it is multiplied with; the results go to their rows."""
        self.step("labels", said.labels())
        self.stage = Leftover(self.subject)
        product = self.product
        assert isinstance(product, Product), "the network's matrix is in cells only where the product is"
        self.play(
            *self.new_title("From matrix to network"),
            *self.new_figure(None),
            *(FadeOut(part) for part in (product.signs, product.biases, *product.counts)),
            run_time=1,
        )
        self.big = big = LabelledMatrix(self.subject)
        self.play(
            ReplacementTransform(product.matrix, big.matrix),
            *(Fly(cell, row, DIVE) for cell, row in zip(product.results.cells, big.matrix.rows, strict=True)),
            LaggedStart(
                *(Fly(cell, head) for cell, head in zip(product.pixels.cells, big.matrix.header, strict=True)),
                lag_ratio=0.08,
            ),
            run_time=2.4,
        )
        self.settle(big)

    def neurons(self) -> None:
        """Column names become input neurons, row names output neurons."""
        self.step("neurons", said.neurons(whole=True))
        matrix, graph = self.stage.matrix, self.stage.graph
        self.play(
            *(ReplacementTransform(old, new) for old, new in zip(self.big.matrix.parts, matrix.parts, strict=True)),
            run_time=1.2,
        )
        self.settle(*matrix.parts)
        for cells, nodes, time in ((matrix.header, graph.inputs, 2.2), (matrix.rows, graph.outputs, 1.4)):
            flights = [
                AnimationGroup(fly(cell.box, node.circle), fly(cell.symbol, node.label))
                for cell, node in zip(cells, nodes, strict=True)
            ]
            self.play(LaggedStart(*reversed(flights), lag_ratio=0.15), run_time=time)

    def become_edge(self, result: int, pixel: int) -> Animation:
        """One entry becomes its edge; its symbol rides along."""
        entry, edge = self.stage.matrix.entry(result, pixel), self.stage.graph.edge(result, pixel)
        label = self.stage.labels.get(edge.key)
        if label is None:
            return AnimationGroup(BecomeEdge(entry.box, edge), FadeOut(entry.symbol, rate_func=FIRST_HALF))
        riding = Fly(entry.symbol, label.glyph, rate_func=RIDE)
        backing = Fly(label.disc.copy().move_to(entry.symbol), label.disc, rate_func=RIDE)
        return AnimationGroup(BecomeEdge(entry.box, edge), backing, riding)

    def first_row(self) -> None:
        """The first row, entry by entry."""
        self.step("first-row", said.first_row(self.convolution))
        frame = self.stage.matrix.frame_of(0)
        self.play(Create(frame), run_time=0.6)
        for pace, edge in enumerate(self.stage.graph.of_result(0)):
            self.play(self.become_edge(0, edge.key[2]), run_time=1.8 if not pace else 1.2)
        self.frame = frame

    def other_rows(self) -> None:
        """The other rows, faster."""
        counts = self.convolution.counts
        self.step(said.last_slug(self.convolution), said.other_rows(self.convolution))
        for result in range(1, counts.results):
            pace = 1.0 if result == 1 else 0.7 * min(1.0, FEW_ROWS / counts.results)
            entries = [self.become_edge(result, edge.key[2]) for edge in self.stage.graph.of_result(result)]
            self.play(
                ReplacementTransform(self.frame, frame := self.stage.matrix.frame_of(result)),
                run_time=0.4,
            )
            self.frame = frame
            if entries:
                self.play(LaggedStart(*entries, lag_ratio=0.3), run_time=2.6 * pace)
        self.play(
            FadeOut(self.frame),
            *self.new_figure(leftover_figure(self.convolution)),
            run_time=0.8,
        )
        self.settle(self.stage)
        if is_dense(self.convolution):
            matrix = self.stage.matrix
            network_alone(self, self.stage.graph, self.stage.labels, [*matrix.header, *matrix.rows])
