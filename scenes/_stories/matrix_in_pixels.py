"""MatrixView for a matrix that is too large for labelled cells: rows of coloured pixels, and one sum below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from manim import (
    UP,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
)

from scenes._look.frame import frame
from scenes._mobjects.edges import ShrinkEdge
from scenes._mobjects.equations import compact_lines, level, long_lines
from scenes._mobjects.grids import pixel_rows
from scenes._mobjects.motion import DIVE, FIRST_HALF, SECOND_HALF, Fly, Moves, grow_from, shrink_to
from scenes._mobjects.row_sums import condense, is_cut
from scenes._mobjects.text import Line
from scenes._pictures.large_stages import LargeDesk, LargeProduct, sum_y
from scenes._pictures.matrix_mode import group_pace, weight_groups
from scenes._pictures.network_stages import SparseNetwork
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.pixel_rows import FilterRows, fly_runs, image_runs
from scenes._words import matrices as said
from scenes._words.counting import touches_all
from scenes._words.figures import copies_figure, matrix_figure, products_figure, terms_figure, zeros_figure
from scenes._words.subject import Subject

_ABOVE = 0.08
"""Between the matrix and the pixels above it that are about to leave."""
_SUM_SIZE, _SUM_MARGIN = 0.5, 0.3


def leave_edges(network: SparseNetwork) -> Moves:
    """Edges draw back, their weights fly to the filter, and what only belongs to the network leaves."""
    graph, grid = network.graph, network.filter.grid
    labelled = [edge for edge in graph.edges if edge.key in network.labels]
    return [
        *(ShrinkEdge(edge) for edge in graph.edges),
        *(Fly(network.labels[edge.key].glyph, grid.cells[edge.weight].symbol.copy()) for edge in labelled),
        *(FadeOut(label.disc) for label in network.labels.values()),
        FadeOut(network.filter.frame),
        FadeOut(network.caption),
        *(FadeOut(part) for part in (*graph.dots, *graph.figures)),
    ]


class MatrixInPixels:
    """The steps of MatrixView, told with coloured pixels."""

    def __init__(self, scene: Viewpoint, network: SparseNetwork) -> None:
        self.scene, self.conv, self.subject, self.network = scene, scene.convolution, scene.subject, network
        self.desk = LargeDesk(self.subject)

    @staticmethod
    def pictures(subject: Subject) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield LargeDesk(subject)
        yield LargeProduct(subject)
        yield sum_line(subject, zeros=True)

    def fold_back(self) -> None:
        """The network folds back; the results name the rows, the pixels the columns."""
        scene, old, desk = self.scene, self.network, self.desk
        scene.step("fold-back", "Back to the grids. Now let every result have a row, and every pixel a column.")
        scene.play(
            *scene.new_title("The matrix multiplication view"),
            *scene.new_figure(None),
            *leave_edges(old),
            run_time=1.6,
        )
        graph = old.graph
        scene.settle(old.filter.grid, old.filter.bias, *graph.inputs, *graph.outputs)
        shown = [desk.image.pixels[p] for p in graph.shown.pixels]
        rest = [desk.image.pixels[p] for p in range(self.conv.counts.pixels) if p not in graph.shown.pixels]
        scene.play(
            ReplacementTransform(old.filter.grid, desk.filter.grid),
            ReplacementTransform(old.filter.bias, desk.filter.bias),
            FadeIn(desk.filter.frame, rate_func=SECOND_HALF),
            *(ReplacementTransform(node.circle, cell.box) for node, cell in zip(graph.inputs, shown, strict=True)),
            *(
                ReplacementTransform(node.label, cell.symbol) if cell.label else FadeOut(node.label)
                for node, cell in zip(graph.inputs, shown, strict=True)
            ),
            *(
                AnimationGroup(ReplacementTransform(node.circle, desk.rows.cells[result]), FadeOut(node.label))
                for node, result in zip(graph.outputs, graph.shown.results, strict=True)
            ),
            *(FadeIn(cell, rate_func=SECOND_HALF) for cell in (*rest, desk.rows, *desk.image.padding.values())),
            FadeIn(desk.matrix.border, rate_func=SECOND_HALF),
            run_time=1.8,
        )
        standing = (desk.image, desk.filter, desk.rows, desk.matrix.border)
        scene.settle(*standing)
        sources, runs = image_runs(desk.image.pixels, desk.header, self.conv)
        scene.play(fly_runs(sources, runs), run_time=2.2)
        scene.play(FadeIn(desk.header.border), FadeIn(desk.named.captions), run_time=0.6)
        scene.settle(*standing, desk.header, desk.named.captions)

    def first_row(self) -> None:
        """The first position of the filter unrolls into the first row."""
        self.scene.step("first-row", said.first_row(self.conv))
        desk = self.desk
        self.rows = FilterRows(self.scene, self.conv, desk.image, desk.filter.grid, desk.matrix)
        self.rows.stop(0, 1.2, 2.6)
        if self.conv.counts.results == 1:
            self.lift_filter()

    def other_rows(self) -> None:
        """The other positions, faster; those in the middle run."""
        self.scene.step("other-rows", said.other_rows(self.conv))
        self.rows.others(7.5)
        self.lift_filter()

    def lift_filter(self) -> None:
        """All rows are there, and the image is free again."""
        self.scene.play(*self.rows.away(), run_time=0.8)
        self.scene.settle(self.desk)

    def spotlight(self, weights: Sequence[int], pace: float) -> None:
        """Dim all other entries for a moment."""
        matrix = self.desk.matrix
        others = [shape for w, shape in zip(matrix.weights, matrix.shapes, strict=True) if w not in weights]
        self.scene.spotlight(others, 1.2 * pace, pace)

    def zeros(self) -> None:
        """The zeros stay zero."""
        scene = self.scene
        scene.step("zeros", said.zeros(self.conv))
        scene.play(*scene.new_figure(zeros_figure(self.conv)), run_time=0.8)
        self.spotlight([-1], 1.6)

    def shared(self) -> None:
        """Equal weights stay equal."""
        scene = self.scene
        scene.step("shared", said.copies(self.conv, scene.theme.palette))
        scene.play(*scene.new_figure(copies_figure(self.conv)), run_time=0.8)
        groups = weight_groups(self.conv)
        for which, weights in enumerate(groups):
            self.spotlight(weights, group_pace(len(groups), which))
        scene.settle(self.desk)

    def product(self) -> None:
        """Matrix times pixels, plus b, gives the results."""
        scene, desk = self.scene, self.desk
        scene.step("product", said.product())
        self.end = end = LargeProduct(self.subject)
        # Each pixel stays above its column, which the matrix takes along as it changes its size.
        narrower = end.matrix.cell[0] / desk.matrix.cell[0]
        scene.play(
            *scene.new_figure(None),
            ReplacementTransform(desk.matrix, end.matrix),
            *(FadeOut(part, rate_func=FIRST_HALF) for part in (desk.image, desk.filter.grid, desk.filter.frame)),
            FadeOut(desk.named.captions, rate_func=FIRST_HALF),
            *(bias_flight(old, new) for old, new in zip(desk.filter.biases, end.biases.cells, strict=True)),
            Fly(desk.rows, end.results, DIVE),
            desk.header.animate.stretch(narrower, 0).next_to(end.matrix, UP, buff=_ABOVE),
            run_time=1.6,
        )
        rows = pixel_rows(self.conv)
        flights = [Fly(a, b) for a, b in zip(desk.header.runs(rows), end.pixels.runs(rows), strict=True)]
        scene.play(
            LaggedStart(*reversed(flights), lag_ratio=min(0.12, 3 / len(flights))),
            FadeOut(desk.header.border),
            FadeIn(end.pixels.border, rate_func=SECOND_HALF),
            FadeIn(end.signs[0], rate_func=SECOND_HALF),
            run_time=2.0,
        )
        for sign in end.signs[1:]:
            scene.play(FadeIn(sign), run_time=0.5)
        scene.play(FadeIn(end.captions), run_time=0.6)
        scene.settle(end)

    def long_sums(self) -> None:
        """The first row times the column, written out below."""
        scene, end = self.scene, self.end
        scene.step("long-sums", said.first_long_sum(self.conv))
        self.mark = end.matrix.row_mark(0)
        scene.play(Create(self.mark), run_time=0.6)
        self.line = sum_line(self.subject, zeros=True)
        scene.play(LaggedStart(*(self.lift(glyph) for glyph in self.line), lag_ratio=0.06), run_time=3.0)
        scene.settle(end, self.mark, self.line)
        scene.play(*scene.new_figure(terms_figure(self.conv)), run_time=0.8)

    def lift(self, glyph: Any) -> Any:
        """A symbol of the sum comes out of what it stands for."""
        end = self.end
        if glyph.key is None:
            return FadeIn(glyph)
        kind, *where = glyph.key
        row = self.conv.sharing[0]
        if kind == "weight":
            place = end.matrix.place(0, int(np.flatnonzero(row == where[0])[0]))
        elif kind == "zero":
            place = end.matrix.place(0, where[1])
        elif kind == "bias":
            place = end.biases.cells[where[0]].get_center()
        else:
            place = (end.pixels if kind == "pixel" else end.results).middle(where[0])
        return grow_from(glyph, place)

    def has_zero_terms(self) -> bool:
        """Whether the sum that is written is longer than its equation."""
        return not touches_all(self.conv, 0)

    def compact(self) -> None:
        """Without the zero terms this is the equation that we know."""
        scene, end = self.scene, self.end
        scene.step("compact", said.compact(self.conv, 1))
        line = sum_line(self.subject, zeros=False)
        leaving, moves = condense(self.line, line)
        figure = products_figure(self.conv, 0) if is_cut(line) else None
        scene.play(*leaving, *scene.new_figure(None), run_time=1.2)
        scene.play(*moves, run_time=1.6)
        scene.play(*scene.new_figure(figure), run_time=0.8) if figure else None
        scene.settle(end, self.mark, line)
        self.line = line

    def results(self) -> None:
        """Each row gives its result in this way."""
        scene, end = self.scene, self.end
        scene.step("results", said.results(self.conv))
        goal = end.results.middle(0)
        scene.play(*(shrink_to(glyph, goal) for glyph in self.line), *scene.new_figure(None), run_time=1.2)
        last = self.conv.counts.results - 1
        scene.play(Transform(self.mark, end.matrix.row_mark(last)), run_time=1.6)
        scene.play(FadeOut(self.mark), *scene.new_figure(matrix_figure(self.conv)), run_time=0.8)
        scene.settle(end)


def sum_line(subject: Subject, zeros: bool) -> Line:
    """The first result's sum at its place below the product."""
    first = subject.conv.equations()[:1]
    if zeros:
        (line,) = long_lines(first, subject, _SUM_SIZE, frame().stage_width - _SUM_MARGIN)
    else:
        (line,) = compact_lines(first, subject, _SUM_SIZE, frame().stage_width - _SUM_MARGIN)
    return level(line, sum_y())


def bias_flight(old: VGroup, new: VGroup) -> Any:
    """A filter's bias becomes the bias of all its results; the strip may be too low for its symbol."""
    box, *glyphs = old
    box_goal, *symbols = new
    moves = [Fly(box, box_goal, DIVE)]
    moves += [Fly(a, b, DIVE) for a, b in zip(glyphs, symbols, strict=False)]
    return AnimationGroup(*moves, *(FadeOut(glyph) for glyph in glyphs[len(symbols) :]))
