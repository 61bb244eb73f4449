"""The zeros become connections too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from manim import Animation, FadeOut, LaggedStart, Restore, VGroup, VMobject

from scenes._mobjects.connecting import Light, connect, leave_entry, mark_of
from scenes._mobjects.edges import Edge
from scenes._pictures.matrix_mode import leftover_of
from scenes._pictures.network_stages import DenseNetwork
from scenes._stage.viewpoint import DIMMED, Viewpoint
from scenes._stories.network_alone import network_alone
from scenes._words import networks as said
from scenes._words.counting import is_dense, touches_all
from scenes._words.figures import dense_figure, leftover_figure

_FIRST, _SLOW = 5.0, 1.8
"""How long the zeros of the first row take to become edges, and each of them (s)."""
_REST, _FAST = 2.0, 0.8
"""The same for those of all other rows."""


class DenseNetworkView(Viewpoint):
    """A convolution is a dense layer in which some weights are held at zero and the others are shared."""

    connects = True

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
            self.start, self.full = leftover_of(self.subject), leftover_of(self.subject, dense=True)
            yield self.full
        yield DenseNetwork(self.subject)

    def open(self) -> None:
        """The last still of MatrixToNetwork."""
        self.show_title("From matrix to network")
        self.show_figure(leftover_figure(self.convolution))
        if is_dense(self.convolution):
            self.end = DenseNetwork(self.subject)
            self.add(self.end)
            return
        self.add(self.start)
        self.left = self.start.matrix.sharing < 0
        """The zeros that stand in the matrix yet."""
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
        """The zeros of the first row that has any, slowly: pixel and result light up for each."""
        self.step("first-row", said.zeros_as_edges(self.convolution))
        self.play(*self.new_title("The dense neural network view"), *self.new_figure(None), run_time=1)
        first = self.rows[0]
        edges = self.leave_matrix([first])
        own = min(_SLOW, _FIRST)
        moves = [self.become_edge(edge, own) for edge in edges]
        marks = mark_of(self.start.matrix.rows[first]), self.full.graph.output(first).lit()
        lights = [Light(mark, run_time=_FIRST) for mark in marks]
        lag = (_FIRST / own - 1) / max(1, len(moves) - 1)
        if moves:
            self.play(*lights, LaggedStart(*moves, lag_ratio=lag), run_time=_FIRST)

    def leave_matrix(self, results: Sequence[int]) -> list[Edge]:
        """Take those zeros out of some rows that become edges, and let those fade whose pixels are not shown."""
        matrix, graph = self.start.matrix, self.full.graph
        edges = [edge for result in results for edge in graph.of_result(result, trainable=False)]
        self.cells = matrix.take([edge.key[1:] for edge in edges])
        for place in self.cells:
            self.left[place] = False
        self.add(*self.cells.values())
        if fading := self.take_away(self.left & matrix.of_rows(results)):
            self.play(FadeOut(fading), run_time=0.5)
        return edges

    def take_away(self, mask: npt.NDArray[np.bool_]) -> VMobject | None:
        """Take entries out of the matrix, as a thing of their own, if there are any."""
        if not mask.any():
            return None
        part, _ = self.start.matrix.parted(mask)
        self.left &= ~mask
        self.start.matrix.reveal(self.left)
        self.add(part)
        return part

    def become_edge(self, edge: Edge, run_time: float, lit: bool = True) -> Animation:
        """A zero becomes its edge; if `lit` its pixel lights up, above its column and in the network."""
        (_, result, pixel), matrix = edge.key, self.start.matrix
        cell = self.cells[result, pixel]
        marks = (mark_of(matrix.header[pixel]), self.full.graph.input(pixel).lit()) if lit else ()
        return connect(edge, run_time, marks, None, leave_entry(cell, edge, None, self.mobjects, run_time))

    def other_rows(self) -> None:
        """The zeros of all other rows at once, from the top; those of results that are not shown go to the dots."""
        graph, matrix = self.full.graph, self.start.matrix
        self.step("other-rows", said.other_zeros(graph.shown.whole))
        edges = self.leave_matrix(self.rows[1:])
        if edges:
            moves = [self.become_edge(edge, _FAST, lit=False) for edge in edges]
            lag = (_REST / _FAST - 1) / max(1, len(moves) - 1)
            self.play(LaggedStart(*moves, lag_ratio=lag), run_time=_REST)
        parts = [(self.take_away(self.left & matrix.of_rows(dots.of)), dots) for dots in graph.result_dots]
        if rest := [FadeOut(part, target_position=dots, scale=0.1) for part, dots in parts if part]:
            self.play(*rest, run_time=1.6)

    def whole(self) -> None:
        """The network takes the whole stage."""
        self.step("whole", said.dense(self.convolution, self.full.graph.shown.whole))
        self.end = network_alone(self, self.full.graph, self.full.labels, self.start.matrix.names)

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
