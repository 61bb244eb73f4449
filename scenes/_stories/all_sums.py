"""All sums of a matrix product, worked out where the matrix stands: pixels go above its columns and fall into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from manim import Animation, AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject, smooth
from manim import squish_rate_func as squish

from scenes._mobjects.equations import terms_of
from scenes._mobjects.matrix import Matrix
from scenes._mobjects.matrix_picture import become
from scenes._mobjects.motion import FIRST_HALF, Fly, Moves, fly
from scenes._mobjects.row_sums import condense, is_cut
from scenes._mobjects.text import Glyph, Line
from scenes._pictures.matrix_product import Product
from scenes._pictures.row_sums import AllSums
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.tipping import tip
from scenes._words import matrices as said
from scenes._words.counting import is_dense
from scenes._words.figures import matrix_figure, products_figure, terms_figure

_LATE = squish(smooth, 0.6, 1)
_FEW = 7
"""More rows than this come faster."""


class SumsInRows:
    """The steps in which sums are written, condensed, and become the product again."""

    def __init__(self, scene: Viewpoint, product: Product) -> None:
        self.scene, self.conv, self.product = scene, scene.convolution, product
        self.table = AllSums(scene.subject)
        self.matrix = product.matrix
        self.results = range(self.conv.counts.results)

    @property
    def has_zeros(self) -> bool:
        """Whether the sums that are written are longer than the equations."""
        return not is_dense(self.conv)

    def picture(self) -> VMobject:
        """The still that must be readable."""
        return self.table

    def write(self) -> None:
        """Pixels tip over onto the columns; they fall into the first row one by one, and on into the others."""
        scene, table = self.scene, self.table
        scene.step("long-sums", said.long_sums(self.conv))
        self._tip_over()
        self._widen()
        scene.play(LaggedStart(*self._fall(0), lag_ratio=0.45), run_time=min(5.0, 0.5 * len(table.slots) + 0.5))
        for result in self.results[1:]:
            time = 1.3 if result == 1 else 0.7 * min(1.0, _FEW / len(self.results))
            scene.play(LaggedStart(*self._fall(result), lag_ratio=0.3 if result == 1 else 0.1), run_time=time)
        scene.settle(table)
        if None in table.slots:
            scene.play(*scene.new_figure(terms_figure(self.conv)), run_time=0.6)

    def _tip_over(self) -> None:
        """The column of pixels lays itself above the columns of the matrix."""
        scene, product, matrix = self.scene, self.product, self.matrix
        self.heads = Matrix(scene.subject, matrix.side).move_to(matrix, aligned_edge=(-1, -1, 0)).header
        scene.play(
            FadeOut(product.signs, rate_func=FIRST_HALF),
            *(FadeOut(part, rate_func=FIRST_HALF) for part in product.counts),
            tip(product.pixels.cells[::-1], self.heads[::-1], self.conv),
            run_time=2.0,
        )

    def _widen(self) -> None:
        """Every entry makes room for its pixel; of many, those in the middle give way to dots."""
        scene, table, product = self.scene, self.table, self.product
        moves: Moves = []
        for result in self.results:
            moves += self._row_moves(result, product, out=True)
        hidden = [head for pixel, head in enumerate(self.heads) if pixel not in table.header]
        moves += [FadeOut(head, rate_func=FIRST_HALF) for head in hidden]
        moves += [move for pixel, head in table.header.items() for move in become(self.heads[pixel], head)]
        scene.play(*moves, run_time=1.4)

    def _row_moves(self, result: int, product: Product, out: bool) -> Moves:
        """The cells of a row become the boxes of its sum, or with `out` false the boxes become the cells."""
        table, matrix = self.table, product.matrix
        assert isinstance(matrix, Matrix), "sums in rows are written where the matrix is in cells"
        row = matrix.row(result)
        cells = [None if slot is None else row[slot] for slot in table.slots]
        cells += [product.biases.cells[result], product.results.cells[result]]
        moves: Moves = []
        for cell, box, term in zip(cells, table.boxes[result], terms_of(table.lines[result]), strict=True):
            if cell is None or box is None:
                continue
            glyph = next(glyph for glyph in term if glyph.key == cell.key)
            pairs = [(cell.box, box), *([(cell.symbol, glyph)] if cell.label else [])]
            moves += [ReplacementTransform(*(pair if out else pair[::-1])) for pair in pairs]
        hidden = [cell for pixel, cell in enumerate(row) if pixel not in table.header]
        return moves + [FadeOut(c, rate_func=FIRST_HALF) if out else FadeIn(c, rate_func=_LATE) for c in hidden]

    def _fall(self, result: int) -> Iterator[Animation]:
        """The pixels fall into a row, from above the table or from the row above; signs appear between the terms."""
        table = self.table
        terms = terms_of(table.lines[result])
        for slot, term in zip([*table.slots, -2, -1], terms, strict=True):
            moving = self._pixel(term)
            weight = [glyph for glyph in term if glyph.key and glyph is not moving]
            rest = [glyph for glyph in term if glyph is not moving and (slot is None or glyph not in weight)]
            moves: Moves = [FadeIn(glyph, rate_func=_LATE) for glyph in rest]
            if moving is not None and slot is not None and result == 0:
                head = table.header[slot]
                moves += [Fly(head.symbol, moving), FadeOut(head.box, rate_func=_LATE)]
            elif moving is not None:
                moves.append(fly(self._pixel_at(result - 1, slot), moving))
            yield AnimationGroup(*moves)

    @staticmethod
    def _pixel(term: Iterable[Glyph]) -> Glyph | None:
        return next((glyph for glyph in term if glyph.key and glyph.key[0] == "pixel"), None)

    def _pixel_at(self, result: int, pixel: int | None) -> Glyph:
        return self.table.lines[result].find(("pixel", pixel))

    def condense(self) -> None:
        """Without the zero terms these are the equations that we know."""
        scene, table = self.scene, self.table
        scene.step("compact", said.compact(self.conv, len(self.results)))
        self.lines = table.compact(scene.subject)
        leaving: Moves = [FadeOut(box) for row in table.boxes for box in row if box]
        moves: Moves = []
        for long, line in zip(table.lines, self.lines, strict=True):
            goes, comes = condense(long, line)
            leaving += goes
            moves += comes
        scene.play(*leaving, *scene.new_figure(None), run_time=1.2)
        scene.play(*moves, run_time=1.6)
        scene.settle(*self.lines)
        if any(map(is_cut, self.lines)):
            scene.play(*scene.new_figure(products_figure(self.conv)), run_time=0.6)

    def fold(self) -> None:
        """Weights go back to their columns, pixels rise out of them and become their own column again."""
        scene = self.scene
        scene.step("results", said.results(self.conv))
        self.table = AllSums(scene.subject)
        self._spread(getattr(self, "lines", None))
        self._rise()
        end = Product(scene.subject, in_cells=True)
        self.heads = Matrix(scene.subject, end.matrix.side).move_to(end.matrix, aligned_edge=(-1, -1, 0)).header
        moves: Moves = [move for result in self.results for move in self._row_moves(result, end, out=False)]
        moves += [move for pixel, head in self.table.header.items() for move in become(head, self.heads[pixel])]
        moves += [FadeIn(h, rate_func=_LATE) for pixel, h in enumerate(self.heads) if pixel not in self.table.header]
        scene.play(*moves, *scene.new_figure(None), run_time=1.4)
        scene.play(tip(self.heads, end.pixels.cells, self.conv), run_time=1.8)
        scene.settle(end.matrix, end.pixels, end.biases, end.results)
        scene.play(
            FadeIn(end.signs),
            *(FadeIn(part) for part in end.counts),
            *scene.new_figure(matrix_figure(self.conv)),
            run_time=1.0,
        )
        scene.settle(end)

    def _spread(self, lines: list[Line] | None) -> None:
        """The sums go back into the columns of the table, where zeros stand again; signs are gone."""
        scene, table = self.scene, self.table
        if lines is None:
            # There are no zero terms: the sums stand in their columns already.
            scene.settle(table)
            lines = []
        moves: Moves = []
        came: set[int] = set()
        for line, long in zip(lines, table.lines, strict=False):
            goals = {glyph.key: glyph for glyph in long if glyph.key}
            for glyph in line:
                goal = goals.get(glyph.key or ())
                moves.append(ReplacementTransform(glyph, goal) if goal else FadeOut(glyph, rate_func=FIRST_HALF))
                came.add(id(goal))
        late: list[VMobject] = []
        if lines:
            late += [box for row in table.boxes for box in row if box]
            entries = (g for line in table.lines for g in line if g.key and g.key[0] in ("weight", "zero"))
            late += [glyph for glyph in entries if id(glyph) not in came]
            scene.play(*moves, *(FadeIn(part, rate_func=_LATE) for part in late), run_time=1.8)
        self.standing = [g for line in table.lines for g in line if not lines or id(g) in came]

    def _rise(self) -> None:
        """The pixels of each column rise into one cell above it; signs and brackets leave."""
        scene, table = self.scene, self.table
        rest = [glyph for line in table.lines for glyph in line if not glyph.key]
        columns = []
        for pixel, head in table.header.items():
            there = [line.find(("pixel", pixel)) for line in table.lines]
            rising: Moves = [Fly(glyph, head.symbol) for glyph in there if any(glyph is one for one in self.standing)]
            columns.append(AnimationGroup(FadeIn(head.box), *(rising or [FadeIn(head.symbol)])))
        gone = [FadeOut(glyph, rate_func=FIRST_HALF) for glyph in rest if any(glyph is one for one in self.standing)]
        scene.play(*gone, LaggedStart(*columns, lag_ratio=0.25), run_time=2.4)
