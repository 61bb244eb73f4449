"""The convolution as a product of a matrix and a vector."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    VGroup,
    VMobject,
    Wait,
)

from scenes._look.frame import frame
from scenes._mobjects.cells import Cell
from scenes._mobjects.equations import compact_lines, level, long_lines
from scenes._mobjects.grids import Sweep
from scenes._mobjects.matrix import fly_into, unroll
from scenes._mobjects.motion import DIVE, FIRST_HALF, SECOND_HALF, Fly, Moves, fly, grow_from, shrink_to
from scenes._mobjects.row_sums import condense, is_cut
from scenes._mobjects.text import Line
from scenes._pictures.matrix_mode import group_pace, matrix_in_cells, weight_groups
from scenes._pictures.matrix_stages import Product
from scenes._pictures.network_stages import SparseNetwork
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.matrix_in_pixels import MatrixInPixels, leave_edges
from scenes._words import matrices as said
from scenes._words.counting import is_dense
from scenes._words.figures import (
    copies_figure,
    matrix_figure,
    products_figure,
    sharing_figure,
    terms_figure,
    zeros_figure,
)

FEW_ROWS = 7
"""More of them come faster."""


def longest() -> float:
    """Width of the stage for the long sums."""
    return 13.2 if frame().wide else frame().stage_width - 0.1


class MatrixView(Viewpoint):
    """A convolution is a matrix product: every position of the filter is a row of weights and untrainable zeros."""

    def construct(self) -> None:
        """Make the matrix row by row, look at it, then multiply."""
        self.open()
        in_cells = matrix_in_cells(self.subject)
        if in_cells:
            self.desk, self.end = in_cells
        story = self if in_cells else MatrixInPixels(self, self.network)
        story.fold_back()
        story.first_row()
        if self.convolution.counts.results > 1:
            story.other_rows()
        if not is_dense(self.convolution):
            story.zeros()
        story.shared()
        story.product()
        story.long_sums()
        if story.has_zero_terms():
            story.compact()
        story.results()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield SparseNetwork(self.subject)
        in_cells = matrix_in_cells(self.subject)
        if in_cells:
            yield from in_cells
            yield VGroup(*self.long_lines())
        else:
            yield from MatrixInPixels.pictures(self.subject)

    def open(self) -> None:
        """The last still of NeuralNetworkView."""
        self.show_title("The neural network view")
        self.show_figure(sharing_figure(self.convolution))
        self.network = SparseNetwork(self.subject)
        self.add(self.network)

    def fold_back(self) -> None:
        """The network folds back; the results name the rows, the pixels the columns."""
        self.step("fold-back", said.fold_back())
        old, desk = self.network, self.desk
        self.play(
            *self.new_title("The matrix multiplication view"),
            *self.new_figure(None),
            *leave_edges(old),
            run_time=1.6,
        )
        self.settle(old.filter.grid, old.filter.bias, *old.graph.inputs, *old.graph.outputs)
        graph = old.graph
        pixels = [(node, desk.image.pixels[p]) for node, p in zip(graph.inputs, graph.shown.pixels, strict=True)]
        results = [(node, desk.matrix.rows[r]) for node, r in zip(graph.outputs, graph.shown.results, strict=True)]
        came = {id(cell) for _, cell in (*pixels, *results)}
        self.play(
            ReplacementTransform(old.filter.grid, desk.filter.grid),
            ReplacementTransform(old.filter.bias, desk.filter.bias),
            FadeIn(desk.filter.frame, rate_func=SECOND_HALF),
            *(
                AnimationGroup(
                    ReplacementTransform(node.circle, cell.box), ReplacementTransform(node.label, cell.symbol)
                )
                for node, cell in (*pixels, *results)
            ),
            *(
                FadeIn(cell, rate_func=SECOND_HALF)
                for cell in (*desk.image.pixels, *desk.matrix.rows)
                if id(cell) not in came
            ),
            *(FadeIn(cell) for cell in desk.image.padding.values()),
            run_time=1.8,
        )
        self.settle(desk.image, desk.filter, *desk.matrix.rows)
        flights = [fly(cell, head) for cell, head in zip(desk.image.pixels, desk.matrix.header, strict=True)]
        self.play(LaggedStart(*reversed(flights), lag_ratio=0.12), run_time=1.8)

    def first_row(self) -> None:
        """The first position of the filter unrolls into the first row."""
        self.step("first-row", said.first_row(self.convolution))
        desk = self.desk
        self.sweep = Sweep(desk.image, desk.filter.grid)
        self.play(*self.sweep.to(0), run_time=1.2)
        self.add(self.sweep.patch)
        unroll(self, self.desk, self.sweep, 0, 2.6)
        if self.convolution.counts.results == 1:
            self.lift_filter()

    def other_rows(self) -> None:
        """The other positions, faster."""
        self.step("other-rows", said.other_rows(self.convolution))
        results = self.convolution.counts.results
        pace = min(1.0, FEW_ROWS / results)
        for result in range(1, results):
            self.play(*self.sweep.to(result), run_time=0.8 if result == 1 else 0.5 * pace)
            if result in self.convolution.first_results:
                self.add(self.sweep.patch)
            unroll(self, self.desk, self.sweep, result, 1.8 if result == 1 else 1.2 * pace)
        self.lift_filter()

    def lift_filter(self) -> None:
        """All rows are there, and the image is free again."""
        self.play(*self.sweep.away(), run_time=0.8)
        self.settle(
            self.desk.image, self.desk.filter, self.desk.matrix, *self.desk.matrix.header, *self.desk.matrix.rows
        )

    def only(self, shown: list[Cell], pace: float = 1.0) -> None:
        """Dim all entries but these for a moment."""
        keep = set(map(id, shown))
        self.spotlight((cell for cell in self.desk.matrix.cells if id(cell) not in keep), 1.2 * pace, pace)

    def zeros(self) -> None:
        """The zeros stay zero."""
        self.step("zeros", said.zeros(self.convolution))
        self.play(*self.new_figure(zeros_figure(self.convolution)), run_time=0.8)
        self.only(self.desk.matrix.zeros, 1.6)

    def shared(self) -> None:
        """Equal weights stay equal."""
        self.step("shared", said.copies(self.convolution, self.theme.palette))
        self.play(*self.new_figure(copies_figure(self.convolution)), run_time=0.8)
        groups = weight_groups(self.convolution)
        for which, weights in enumerate(groups):
            cells = [cell for weight in weights for cell in self.desk.matrix.of_weight(weight)]
            self.only(cells, group_pace(len(groups), which))

    def product(self) -> None:
        """Matrix times pixels, plus b, gives the results."""
        self.step("product", said.product())
        desk, end = self.desk, self.end
        firsts = [end.biases.cells[result] for result in self.convolution.first_results]
        self.play(
            ReplacementTransform(desk.matrix, end.matrix),
            *self.new_figure(None),
            *(FadeOut(part, rate_func=FIRST_HALF) for part in (desk.image, desk.filter.grid, desk.filter.frame)),
            *(Fly(bias, cell, DIVE) for bias, cell in zip(desk.filter.biases, firsts, strict=True)),
            *(Fly(old, new, DIVE) for old, new in zip(desk.matrix.rows, end.results.cells, strict=True)),
            *(
                head.animate.shift(entry.middle - below.middle)
                for head, entry, below in zip(desk.matrix.header, end.matrix.row(0), desk.matrix.row(0), strict=True)
            ),
            run_time=1.6,
        )
        heads = [fly_into(old, new) for old, new in zip(desk.matrix.header, end.pixels.cells, strict=True)]
        # The last one first: none flies over another.
        self.play(LaggedStart(*reversed(heads), lag_ratio=0.1), FadeIn(end.signs[0]), run_time=1.8)
        copies = [
            fly(end.biases.cells[first], end.biases.cells[result])
            for first, *others in map(self.convolution.results_of, range(len(self.convolution.kernel)))
            for result in others
        ]
        self.play(FadeIn(end.signs[1]), LaggedStart(*copies, lag_ratio=0.2) if copies else Wait(), run_time=1.2)
        self.play(FadeIn(end.signs[2]), run_time=0.5)
        self.settle(end)

    def long_sums(self) -> None:
        """Row times column, written out."""
        self.step("long-sums", said.long_sums(self.convolution))
        end, equations = self.end, self.convolution.equations()
        self.long = self.long_lines()
        self.play(
            *(
                FadeOut(cell.box)
                for cell in (*end.matrix.cells, *end.pixels.cells, *end.biases.cells, *end.results.cells)
            ),
            FadeOut(end.signs),
            *(FadeOut(part) for part in end.counts),
            run_time=0.8,
        )
        rows = [self._write_row(line, equation.result) for line, equation in zip(self.long, equations, strict=True)]
        for row in rows:
            leaving = [FadeOut(end.pixels.labels)] if row is rows[-1] else []
            self.play(row, *leaving, run_time=1.8 if row is rows[0] else min(1.0, FEW_ROWS / len(rows)))
        self.settle(*self.long)
        self.lines = self.long
        if is_cut(self.long[0]):
            self.play(*self.new_figure(terms_figure(self.convolution)), run_time=0.6)

    def long_lines(self) -> list[Line]:
        """The long sums, as large as the stage allows, below each other."""
        equations = self.convolution.equations()
        lines = long_lines(equations, self.subject, 0.6, longest())
        most, tall = (1.3, 5.0) if frame().wide else (1.8, frame().stage_height)
        pitch = min(most, tall / len(lines))
        for i, line in enumerate(lines):
            level(line, frame().stage_middle + ((len(lines) - 1) / 2 - i) * pitch)
        return lines

    def _write_row(self, line: Line, result: int) -> Animation:
        """Entries, pixels, bias and result of one row fly to their places in the long sum."""
        end = self.end
        sources = {cell.key: cell.label for cell in (*end.pixels.cells, *end.matrix.row(result))}
        places = {cell.key: cell.middle for cell in end.pixels.cells}
        own = {
            end.biases.cells[result].symbol.key: end.biases.cells[result].symbol,
            end.results.cells[result].symbol.key: end.results.cells[result].symbol,
        }
        moves: Moves = []
        for glyph in line:
            if glyph.key is None:
                moves.append(FadeIn(glyph))
            elif glyph.key in own:
                moves.append(Fly(own[glyph.key], glyph))
            elif (source := sources[glyph.key]) is None:
                moves.append(grow_from(glyph, places[glyph.key]))
            else:
                moves.append(fly(source, glyph) if glyph.key[0] == "pixel" else Fly(source, glyph))
        written = {glyph.key for glyph in line}
        moves += [FadeOut(cell.symbol) for cell in end.matrix.row(result) if cell.key not in written]
        return AnimationGroup(*moves)

    def has_zero_terms(self) -> bool:
        """Whether the long sums are longer than the equations."""
        return not is_dense(self.convolution)

    def compact(self) -> None:
        """Without the zero terms these are the equations that we know."""
        self.step("compact", said.compact(self.convolution, len(self.long)))
        size = min(0.66, 1.1 * self.long[0][0].em)
        self.lines = compact_lines(self.convolution.equations(), self.subject, size, longest())
        leaving, moves = [], []
        for long, line in zip(self.long, self.lines, strict=True):
            level(line, long[-2].get_y())
            goes, comes = condense(long, line)
            leaving += goes
            moves += comes
        self.play(*leaving, *self.new_figure(None), run_time=1.2)
        self.play(*moves, run_time=1.6)
        self.settle(*self.lines)
        if any(map(is_cut, self.lines)):
            self.play(*self.new_figure(products_figure(self.convolution)), run_time=0.6)

    def results(self) -> None:
        """Each line is one row of the product."""
        self.step("results", said.results(self.convolution))
        end = Product(self.subject)
        flights: Moves = []
        unwritten: list[VMobject] = []
        for result, line in enumerate(self.lines):
            cells = [*end.matrix.row(result), *end.pixels.cells, end.biases.cells[result], end.results.cells[result]]
            goals = {cell.key: cell for cell in cells}
            for glyph in line:
                cell = goals.get(glyph.key)
                if cell is None:
                    flights.append(FadeOut(glyph))
                else:
                    flights.append(Fly(glyph, cell.label.copy()) if cell.label else shrink_to(glyph, cell.middle))
            written = {glyph.key for glyph in line}
            unwritten += [cell.symbol for cell in end.matrix.row(result) if cell.key not in written]
        boxes = [cell.box for cell in (*end.matrix.cells, *end.pixels.cells, *end.biases.cells, *end.results.cells)]
        appearing = [*boxes, *unwritten]
        self.play(*flights, *(FadeIn(part, rate_func=SECOND_HALF) for part in appearing), run_time=2.2)
        self.settle(*(part for part in end.submobjects if part not in (*end.signs, *end.counts)))
        self.play(
            FadeIn(end.signs),
            *(FadeIn(part) for part in end.counts),
            *self.new_figure(matrix_figure(self.convolution)),
            run_time=1.0,
        )
        self.settle(end)
