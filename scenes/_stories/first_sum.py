"""The first sum of a matrix product that is too large to write all of them: in a line below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, Transform, VMobject

from scenes._mobjects.cells import Cell
from scenes._mobjects.motion import grow_from, shrink_to
from scenes._mobjects.row_sums import condense, is_cut
from scenes._mobjects.text import Glyph
from scenes._pictures.matrix_product import Product
from scenes._pictures.row_sums import first_sum
from scenes._stage.viewpoint import Viewpoint
from scenes._words import matrices as said
from scenes._words.counting import touches_all
from scenes._words.figures import matrix_figure, products_figure, terms_figure


class SumBelow:
    """The steps in which that sum is written, condensed, and becomes its result."""

    def __init__(self, scene: Viewpoint, product: Product) -> None:
        self.scene, self.conv, self.end = scene, scene.convolution, product

    @property
    def has_zeros(self) -> bool:
        """Whether the sum that is written is longer than its equation."""
        return not touches_all(self.conv, 0)

    def picture(self) -> VMobject:
        """The still that must be readable."""
        return first_sum(self.scene.subject, self.end.sum_y, zeros=True)

    def write(self) -> None:
        """The first row times the column, written out below."""
        scene, end = self.scene, self.end
        scene.step("long-sums", said.first_long_sum(self.conv))
        self.mark = end.matrix.frame_of(0)
        scene.play(Create(self.mark), run_time=0.6)
        self.line = first_sum(scene.subject, end.sum_y, zeros=True)
        scene.play(LaggedStart(*map(self._lift, self.line), lag_ratio=0.06), run_time=3.0)
        scene.settle(end, self.mark, self.line)
        scene.play(*scene.new_figure(terms_figure(self.conv)), run_time=0.8)

    def _lift(self, glyph: Glyph) -> Animation:
        """A symbol of the sum comes out of what it stands for."""
        if glyph.key is None:
            return FadeIn(glyph)
        kind, *where = glyph.key
        return grow_from(glyph, self._place(kind, where))

    def _place(self, kind: str, where: list[Any]) -> np.ndarray:
        end = self.end
        if kind == "weight":
            return end.matrix.place(0, int(np.flatnonzero(self.conv.sharing[0] == where[0])[0]))
        if kind == "zero":
            return end.matrix.place(0, where[1])
        if kind == "bias":
            return end.bias_landings[int(where[0])].middle
        cells: Sequence[Cell] = (end.pixels if kind == "pixel" else end.results).cells
        return cells[int(where[0])].middle

    def condense(self) -> None:
        """Without the zero terms this is the equation that we know."""
        scene, end = self.scene, self.end
        scene.step("compact", said.compact(self.conv, 1))
        line = first_sum(scene.subject, end.sum_y, zeros=False)
        leaving, moves = condense(self.line, line)
        figure = products_figure(self.conv, 0) if is_cut(line) else None
        scene.play(*leaving, *scene.new_figure(None), run_time=1.2)
        scene.play(*moves, run_time=1.6)
        scene.play(*scene.new_figure(figure), run_time=0.8) if figure else None
        scene.settle(end, self.mark, line)
        self.line = line

    def fold(self) -> None:
        """Each row gives its result in this way."""
        scene, end = self.scene, self.end
        scene.step("results", said.results(self.conv))
        goal = end.results.cells[0].middle
        scene.play(*(shrink_to(glyph, goal) for glyph in self.line), *scene.new_figure(None), run_time=1.2)
        last = self.conv.counts.results - 1
        scene.play(Transform(self.mark, end.matrix.frame_of(last)), run_time=1.6)
        scene.play(FadeOut(self.mark), *scene.new_figure(matrix_figure(self.conv)), run_time=0.8)
        scene.settle(end)
