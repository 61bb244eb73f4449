"""How the zeros of a matrix become the grey edges of its network: from labelled cells, or from a matrix of pixels."""

from __future__ import annotations

import numpy as np
from manim import Animation, AnimationGroup, FadeOut, Rectangle, Square, VMobject

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER
from scenes._mobjects.edges import BecomeEdge, Edge
from scenes._mobjects.motion import FIRST_HALF, Moves, shrink_to
from scenes._mobjects.network import NetworkGraph
from scenes._pictures.large_stages import LargeLeftover
from scenes._pictures.matrix_mode import leftover_in_cells
from scenes._pictures.network_stages import Leftover
from scenes._words.subject import Subject

_LEAST = 0.07
"""Side of the square that a dot of the matrix is when it sets out."""


class CellZeros:
    """Every zero is a cell."""

    def __init__(self, subject: Subject) -> None:
        self.stage, self.full = Leftover(subject), Leftover(subject, dense=True)

    def frame(self, result: int) -> Rectangle:
        """A bright frame around a row."""
        return self.stage.matrix.frame_of(result)

    def become(self, result: int) -> tuple[list[Animation], Moves]:
        """Every zero of a row becomes a thin grey edge."""
        return [self._become_edge(edge) for edge in _grey(self.full.graph, result)], []

    def _become_edge(self, edge: Edge) -> Animation:
        entry = self.stage.matrix.entry(*edge.key[1:])
        return AnimationGroup(BecomeEdge(entry.box, edge), FadeOut(entry.symbol, rate_func=FIRST_HALF))

    def rest(self) -> Moves:
        """All rows are shown."""
        return []

    def names(self) -> list[VMobject]:
        """Header and row names."""
        return [*self.stage.matrix.header, *self.stage.matrix.rows]


class PixelZeros:
    """The zeros are dots of a matrix of pixels, or its grey ground; only some of its rows and columns are shown."""

    def __init__(self, subject: Subject) -> None:
        self.stage, self.full = LargeLeftover(subject), LargeLeftover(subject, dense=True)

    def frame(self, result: int) -> Rectangle:
        """A bright frame around a row."""
        return self.stage.matrix.row_mark(result)

    def become(self, result: int) -> tuple[list[Animation], Moves]:
        """The zeros between shown nodes become edges; those of pixels that are not shown go where these are."""
        matrix, graph = self.stage.matrix, self.full.graph
        edges = _grey(graph, result)
        own = np.zeros_like(matrix.shown)
        own[result] = matrix.shown[result]
        others = own.copy()
        others[result, [edge.key[2] for edge in edges]] = False
        leaving = matrix.part(own if matrix.fine else others)
        matrix.reveal(matrix.shown & ~own)
        return [BecomeEdge(self._square(edge), edge) for edge in edges], [FadeOut(leaving)] if len(leaving) else []

    def _square(self, edge: Edge) -> Square:
        """A zero, large enough to be seen setting out."""
        color = theme().zero
        square = Square(_LEAST, fill_color=color, fill_opacity=1, stroke_color=color, stroke_width=0)
        return square.move_to(self.stage.matrix.place(*edge.key[1:])).set_z_index(BOX_LAYER)

    def rest(self) -> Moves:
        """The zeros of the results that are not shown go into the dots that stand for these."""
        matrix, gaps = self.stage.matrix, self.full.graph.result_dots
        moves: Moves = []
        for gap in gaps:
            rows = np.zeros_like(matrix.shown)
            rows[gap.of.start : gap.of.stop] = matrix.shown[gap.of.start : gap.of.stop]
            moves.append(shrink_to(matrix.part(rows), gap.get_center(), 0.05))
        matrix.reveal(np.zeros_like(matrix.shown))
        return moves

    def names(self) -> list[VMobject]:
        """The strips, the captions and the empty border."""
        return [self.stage.named]


def _grey(graph: NetworkGraph, result: int) -> list[Edge]:
    """The untrainable edges of a result."""
    return graph.of_result(result, trainable=False)


Zeros = CellZeros | PixelZeros
"""The network beside the zeros that are left: `stage` is how it begins, `full` the same with the edges that come."""


def zeros_of(subject: Subject) -> Zeros:
    """In the way that MatrixToNetwork left them."""
    return CellZeros(subject) if leftover_in_cells(subject) else PixelZeros(subject)
