"""The zeros become connections too."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Create, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._base import Viewpoint
from scenes._figures import dense_figure, leftover_figure
from scenes._limits import check_network
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF
from scenes._stages import DenseNetwork
from scenes._words import count, counted
from scenes._zeros import zeros_of


class DenseNetworkView(Viewpoint):
    """A convolution is a dense layer in which some weights are held at zero and the others are shared."""

    def construct(self) -> None:
        """Zeros become grey edges; then count what is trainable."""
        self.open()
        self.first_row()
        self.other_rows()
        self.whole()
        self.untrainable()
        self.trainable()

    def check(self) -> None:
        """Limit the layers to nodes that can be read."""
        super().check()
        check_network(self)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield zeros_of(self.convolution, self.names).full
        yield DenseNetwork(self.convolution, self.names)

    def open(self) -> None:
        """The last still of MatrixToNetwork."""
        self.show_title("From matrix to network")
        self.show_figure(leftover_figure(self.convolution))
        self.zeros = zeros_of(self.convolution, self.names)
        self.start, self.full = self.zeros.stage, self.zeros.full
        self.add(self.start)

    def first_row(self) -> None:
        """The zeros of the first row."""
        self.step(
            "first-row",
            "What if the zeros became connections as well? Each zero stretches from its pixel to its result, too.",
        )
        self.play(*self.new_title("The dense neural network view"), *self.new_figure(None), run_time=1)
        self.frame = self.zeros.frame(0)
        self.play(Create(self.frame), run_time=0.6)
        self.row(0, 3.2)

    def row(self, result: int, run_time: float) -> None:
        """All zeros of one row become edges, as far as there are nodes for them."""
        entries, others = self.zeros.become(result)
        if others:
            self.play(*others, run_time=0.5)
        if entries:
            self.play(LaggedStart(*entries, lag_ratio=0.35), run_time=run_time)

    def other_rows(self) -> None:
        """The zeros of the other rows, faster."""
        self.step("other-rows", "All the other zeros do the same, until every pixel is connected with every result.")
        for result in list(self.full.graph.shown.results)[1:]:
            frame = self.zeros.frame(result)
            self.play(ReplacementTransform(self.frame, frame), run_time=0.4)
            self.frame = frame
            self.row(result, 2.2 if result == 1 else 1.4)
        self.play(FadeOut(self.frame), run_time=0.5)
        if rest := self.zeros.rest():
            self.play(*rest, run_time=1.6)

    def whole(self) -> None:
        """The network takes the whole stage."""
        counts = self.convolution.counts
        self.step("whole", f"This is a dense layer: all {counts.entries} possible connections are there.")
        self.end = DenseNetwork(self.convolution, self.names)
        self.play(*(FadeOut(part) for part in self.zeros.names()), run_time=0.8)
        self.settle(self.full.graph, *self.full.labels.values())
        pairs = zip(self.full.graph.submobjects, self.end.graph.submobjects, strict=True)
        old, new = self.full.labels, self.end.labels
        self.play(
            *(ReplacementTransform(*pair) for pair in pairs),
            *(ReplacementTransform(old[key], new[key]) for key in old if key in new),
            *(FadeOut(label, rate_func=FIRST_HALF) for key, label in old.items() if key not in new),
            *(FadeIn(label, rate_func=SECOND_HALF) for key, label in new.items() if key not in old),
            run_time=1.6,
        )
        self.settle(self.end)

    def untrainable(self) -> None:
        """The grey ones alone."""
        zeros = self.convolution.counts.zeros
        said = {
            0: "None of them is grey: here the filter touches every pixel, and nothing has to stay zero.",
            1: "The grey one is untrainable: it stays zero, whatever the network learns.",
        }
        many = f"The {count(zeros)} grey ones are untrainable: they stay zero, whatever the network learns."
        self.step("untrainable", said.get(zeros, many))
        coloured = [e for e in self.end.graph.edges if e.weight >= 0]
        self.spotlight([*coloured, *self.end.labels.values()], hold=1.6)

    def trainable(self) -> None:
        """The coloured ones alone, and the figures."""
        counts = self.convolution.counts
        self.step(
            "trainable",
            f"The other {count(counts.taps)} share {counted(counts.weights, 'weight')}. That is what makes the "
            "layer a convolution.",
        )
        self.spotlight(self.end.graph.of_weight(-1), hold=1.6)
        self.play(*self.new_figure(dense_figure(self.convolution)), run_time=0.8)
        self.settle(self.end)
