"""The textbook network, and the convolution inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._mobjects.edges import Edge
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF
from scenes._pictures.network_stages import DenseNetwork, PlainNetwork
from scenes._stage.viewpoint import Viewpoint
from scenes._words import networks as said
from scenes._words.counting import is_dense
from scenes._words.figures import dense_figure, held_figure, learned_figure, textbook_figure

_MOST_ROUNDS = 12
"""So many weights turn one after the other."""


class FamiliarDiagram(Viewpoint):
    """The textbook's network and the convolution are one graph; the convolution holds its weights to rules."""

    connects = True

    def construct(self) -> None:
        """Take colours and names away, then put the convolution back."""
        self.open()
        self.plain()
        if not is_dense(self.convolution):
            self.fix_zeros()
        self.share()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield DenseNetwork(self.subject)

    def open(self) -> None:
        """The last still of DenseNetworkView."""
        self.show_title("The dense neural network view")
        self.show_figure(dense_figure(self.convolution))
        self.start = DenseNetwork(self.subject)
        self.end = DenseNetwork(self.subject, held=True)
        self.add(self.start)

    def plain(self) -> None:
        """Colours and names go: the familiar picture of a network."""
        self.step("plain", said.plain())
        self.blank = PlainNetwork(self.subject)
        start, blank = self.start.graph, self.blank.graph
        self.play(*self.new_title("A familiar diagram"), *self.new_figure(None), run_time=1)
        self.play(
            *(move for label in self.start.labels.values() for move in label.leave()),
            *(FadeOut(node.label, rate_func=FIRST_HALF) for node in start.named if node.label),
            *(ReplacementTransform(old, new) for old, new in zip(start.edges, blank.edges, strict=True)),
            run_time=2,
        )
        self.play(*self.new_figure(textbook_figure(self.convolution)), run_time=0.8)

    def fix_zeros(self) -> None:
        """First rule: some weights are zero and stay zero; from now on they are dashed."""
        self.step("fix-zeros", said.held_at_zero(self.convolution))
        pairs = [(self.of(new), new) for new in self.end.graph.of_weight(-1)]
        breaks = [AnimationGroup(FadeOut(old), FadeIn(new)) for old, new in pairs]
        self.play(LaggedStart(*breaks, lag_ratio=0.1), run_time=2)
        self.play(*self.new_figure(held_figure(self.convolution)), run_time=0.8)

    def of(self, edge: Edge) -> Edge:
        """The plain edge in the place of another one."""
        return self.blank.graph.edge(*edge.key[1:])

    def turn(self, weights: Sequence[int], run_time: float) -> None:
        """Plain edges take the look of the weights that they carry."""
        pairs = [(self.of(new), new) for new in self.end.graph.edges if new.weight in weights]
        labels = [self.end.labels[new.key] for _, new in pairs if new.key in self.end.labels]
        if pairs:
            self.play(
                LaggedStart(*(ReplacementTransform(old, new) for old, new in pairs), lag_ratio=0.15),
                *(FadeIn(label, rate_func=SECOND_HALF) for label in labels),
                run_time=run_time,
            )

    def share(self) -> None:
        """Second rule: the others are shared."""
        self.step("share", said.shared(self.convolution))
        for turn, weights in enumerate(self.rounds()):
            self.turn(weights, 1.2 if turn == 0 else 0.8)
        graph = self.end.graph
        self.play(
            LaggedStart(*(FadeIn(node.label, scale=0.6) for node in graph.named if node.label), lag_ratio=0.1),
            *self.new_figure(learned_figure(self.convolution)),
            run_time=1.4,
        )
        self.settle(self.end)

    def rounds(self) -> list[range]:
        """The weights that turn together: one at a time, or where they are many those of a channel of a filter."""
        conv = self.convolution
        axes = 4 if conv.counts.weights <= _MOST_ROUNDS else 2
        return [conv.weights_of(*place) for place in np.ndindex(conv.kernel.shape[:axes])]
