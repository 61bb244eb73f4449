"""The zeros become connections too."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Create, FadeOut, LaggedStart, ReplacementTransform, Restore, VGroup, VMobject

from scenes._pictures.network_stages import DenseNetwork
from scenes._stage.viewpoint import DIMMED, Viewpoint
from scenes._stories.network_alone import network_alone
from scenes._stories.zeros import zeros_of
from scenes._words import networks as said
from scenes._words.counting import is_dense, touches_all
from scenes._words.figures import dense_figure, leftover_figure


class DenseNetworkView(Viewpoint):
    """A convolution is a dense layer in which some weights are held at zero and the others are shared."""

    def construct(self) -> None:
        """Zeros become grey edges; then count what is trainable. Without any zero, the network is dense already."""
        self.open()
        if is_dense(self.convolution):
            self.dense_already()
        else:
            self.first_row()
            if self.has_other_zeros():
                self.other_rows()
            self.whole()
            self.untrainable()
        self.trainable()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        if not is_dense(self.convolution):
            yield zeros_of(self.subject).full
        yield DenseNetwork(self.subject)

    def open(self) -> None:
        """The last still of MatrixToNetwork."""
        self.show_title("From matrix to network")
        self.show_figure(leftover_figure(self.convolution))
        if is_dense(self.convolution):
            self.end = DenseNetwork(self.subject)
            self.add(self.end)
            return
        self.zeros = zeros_of(self.subject)
        self.start, self.full = self.zeros.stage, self.zeros.full
        self.add(self.start)
        shown = list(self.full.graph.shown.results)
        self.rows = [result for result in shown if not touches_all(self.convolution, result)] or shown[:1]
        """The rows that are shown and hold zeros."""

    def dense_already(self) -> None:
        """No zero can become a connection: the edges come forward one after the other, and none is missing."""
        self.step("whole", said.dense_already(self.convolution))
        self.play(*self.new_title("The dense neural network view"), *self.new_figure(None), run_time=1)
        labels = self.end.labels
        edges = [VGroup(edge, *([labels[edge.key]] if edge.key in labels else [])) for edge in self.end.graph.edges]
        for edge in edges:
            edge.save_state()
        self.play(*(edge.animate.fade(DIMMED) for edge in edges), run_time=0.7)
        self.play(LaggedStart(*map(Restore, edges), lag_ratio=0.5), run_time=2.4)
        self.settle(self.end)

    def has_other_zeros(self) -> bool:
        """Whether rows besides the first one hold zeros, or stand for others that do."""
        return len(self.rows) > 1 or bool(self.full.graph.result_dots)

    def first_row(self) -> None:
        """The zeros of the first row that has any."""
        self.step("first-row", said.zeros_as_edges(self.convolution))
        self.play(*self.new_title("The dense neural network view"), *self.new_figure(None), run_time=1)
        first = self.rows[0]
        self.frame = self.zeros.frame(first)
        self.play(Create(self.frame), run_time=0.6)
        self.row(first, 3.2)
        if not self.has_other_zeros():
            self.play(FadeOut(self.frame), run_time=0.5)

    def row(self, result: int, run_time: float) -> None:
        """All zeros of one row become edges, as far as there are nodes for them."""
        entries, others = self.zeros.become(result)
        if others:
            self.play(*others, run_time=0.5)
        if entries:
            self.play(LaggedStart(*entries, lag_ratio=0.35), run_time=run_time)

    def other_rows(self) -> None:
        """The zeros of the other rows, faster."""
        self.step("other-rows", said.other_zeros(self.full.graph.shown.whole))
        for result in self.rows[1:]:
            frame = self.zeros.frame(result)
            self.play(ReplacementTransform(self.frame, frame), run_time=0.4)
            self.frame = frame
            self.row(result, 2.2 if result == self.rows[1] else 1.4)
        self.play(FadeOut(self.frame), run_time=0.5)
        if rest := self.zeros.rest():
            self.play(*rest, run_time=1.6)

    def whole(self) -> None:
        """The network takes the whole stage."""
        self.step("whole", said.dense(self.convolution, self.full.graph.shown.whole))
        self.end = network_alone(self, self.full.graph, self.full.labels, self.zeros.names())

    def untrainable(self) -> None:
        """The grey ones alone."""
        self.step("untrainable", said.untrainable(self.convolution))
        coloured = [e for e in self.end.graph.edges if e.weight >= 0]
        self.spotlight([*coloured, *self.end.labels.values()], hold=1.6)

    def trainable(self) -> None:
        """The coloured ones alone, and the figures."""
        self.step("trainable", said.trainable(self.convolution))
        if not is_dense(self.convolution):
            self.spotlight(self.end.graph.of_weight(-1), hold=1.6)
        self.play(*self.new_figure(dense_figure(self.convolution)), run_time=0.8)
        self.settle(self.end)
