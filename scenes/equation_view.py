"""Each position of the filter is one equation."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject

from scenes._look.frame import frame
from scenes._mobjects.cells import Cell, focus, label_size
from scenes._mobjects.equations import BoxedEquation, factors_equal, products_equal
from scenes._mobjects.grids import Sweep
from scenes._mobjects.handing import become, come_out, grid_becomes, turn_label
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, fly, grow_from, shrink_to, turn_over
from scenes._mobjects.text import READABLE, Glyph, symbol
from scenes._pictures.applied_table import AppliedTable
from scenes._pictures.desk import Desk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._words import sums as said
from scenes._words.digits import number
from scenes._words.titles import fits_title

FEW = 4
"""Up to so many lines are written at one pace; of more, those in the middle go quickly."""


def pace_of(k: int, lines: int, few: float) -> float:
    """How much of the first line's time a line takes: `few` where there are few of them."""
    if k == 0:
        return 1.0
    return few if lines <= FEW else 0.6 if k == lines - 1 else 0.3


class EquationView(Viewpoint):
    """Every result is a sum: each covered pixel times its weight, plus the bias."""

    def construct(self) -> None:
        """Write the sums, notice the bias, work them out with numbers."""
        self.signs: dict[int, Glyph] = {}
        self.open()
        self.desk_up()
        self.first()
        self.others()
        self.same_bias()
        if not self.subject.numeric:
            self.numbers()
        self.sums()
        self.back()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield self.positions()
        desk = Desk(self.subject)
        yield desk
        yield desk.in_numbers()

    def open(self) -> None:
        """The last still of FilterSliding."""
        self.show_title(fits_title(self.convolution))
        self.start = self.positions()
        self.add(self.start)

    def positions(self) -> AppliedTable | Trio:
        """What FilterSliding ends with."""
        return (AppliedTable if AppliedTable.fits(self.subject) else Trio)(self.subject)

    def desk_up(self) -> None:
        """The positions fold back into one image and one filter; the results wait for their equations."""
        self.desk = desk = Desk(self.subject)
        self.blanks = {line.equation.result: line.blank() for line in desk.lines}
        self.step("results", said.results(self.convolution, bool(desk.dots)))
        if isinstance(self.start, AppliedTable):
            self._from_table(self.start)
        else:
            self._from_trio(self.start)
        self._settle([])

    def _settle(self, written: list[BoxedEquation]) -> None:
        """Image, filter, the lines that have been written, and the results of the others."""
        waiting = [line for line in self.desk.lines if line not in written]
        blanks = [self.blanks[line.equation.result] for line in waiting]
        results = [line.result for line in waiting]
        self.settle(*blanks, self.desk.image, self.desk.filter, *written, *results, *self.desk.dots)

    def _from_trio(self, trio: Trio) -> None:
        """Results, filter and image take their places, one after the other; results without a line pass into dots."""
        desk = self.desk
        self.play(
            *self.new_title("The equation view"),
            *self.new_figure(desk.figure),
            FadeOut(trio.captions),
            run_time=1.0,
        )
        kept = {line.equation.result: line.result for line in desk.lines}
        moves = [move for stop, cell in kept.items() for move in become(trio.result.cells[stop], cell)]
        others = VGroup(*(cell for stop, cell in enumerate(trio.result.cells) if stop not in kept))
        if others:
            moves += [FadeOut(others, target_position=desk.dots, scale=0.1), FadeIn(desk.dots, rate_func=SECOND_HALF)]
        self.play(*moves, run_time=1.2)
        self.play(ReplacementTransform(trio.filter, desk.filter), run_time=0.8)
        self.play(*grid_becomes(trio.image, desk.image), *map(FadeIn, self.blanks.values()), run_time=0.8)

    def _from_table(self, table: AppliedTable) -> None:
        """The columns fold back into one."""
        desk = self.desk
        # In a picture that is not wide they stand where the figure will.
        at_once = [desk.figure] if frame().wide else []
        self.play(
            *self.new_title("The equation view"),
            *(move for figure in at_once for move in self.new_figure(figure)),
            FadeOut(table.words),
            FadeOut(table.dots),
            *(FadeOut(column.patch) for column in table.columns),
            run_time=1.0,
        )
        goals = {line.equation.result: line.result for line in desk.lines}
        first, *others = table.columns
        named = {column.stop: column.result.cells[column.stop].symbol for column in table.columns}
        self.play(
            *(FadeOut(part) for column in others for part in (column.filter, column.image)),
            *(FadeOut(column.result.boxes) for column in table.columns),
            *(
                ReplacementTransform(glyph, goals[stop].symbol)
                if stop in goals
                else FadeOut(glyph, target_position=desk.dots)
                for stop, glyph in named.items()
            ),
            *(FadeIn(cell.box, rate_func=SECOND_HALF) for cell in goals.values()),
            *(FadeIn(cell.symbol, rate_func=SECOND_HALF) for stop, cell in goals.items() if stop not in named),
            *(FadeIn(dots, rate_func=SECOND_HALF) for dots in desk.dots),
            run_time=1.2,
        )
        # In wide pictures the image stands in between.
        around = 1.3 if frame().wide else 0.0
        self.play(ReplacementTransform(first.filter, desk.filter.grid, path_arc=around), run_time=0.8)
        self.play(*grid_becomes(first.image, desk.image), run_time=0.8)
        rest = (desk.filter.bias, desk.filter.frame, *self.blanks.values())
        self.play(*map(FadeIn, rest), *([] if at_once else self.new_figure(desk.figure)), run_time=0.6)

    def first(self) -> None:
        """The first sum, one product after the other."""
        line, image = self.desk.lines[0], self.desk.image
        stop = line.equation.result
        self.step("first", said.first(self.convolution, stop))
        self.sweep = Sweep(image, self.desk.filter.grid)
        self.play(*self.sweep.to(stop), run_time=1.2)
        self.add(self.sweep.patch)
        for k, term in enumerate(line.terms):
            if line.rest and k == len(line.terms) - 1:
                self.play(FadeIn(VGroup(*line.rest)), run_time=0.6)
            sign = [FadeIn(line.plus[k - 1])] if k else []
            self.play(
                *sign,
                *self._dot(line.dots[k]),
                come_out(self.desk.filter.grid.cells[term.weight], line.weights[k], path_arc=-0.5),
                come_out(image.pixels[term.pixel], line.pixels[k], path_arc=-0.3),
                run_time=1.2 if k == 0 else 0.8,
            )
        self.play(
            *map(FadeIn, line.plus[-1:]),
            fly(self.desk.filter.biases[line.equation.filter], line.bias, path_arc=-0.3),
            run_time=0.9,
        )
        self.play(FadeIn(line.equals), run_time=0.4)
        self.remove(self.blanks[stop])
        self.add(line)

    def others(self) -> None:
        """The other sums, all their symbols at once."""
        lines = self.desk.lines
        self.step("others", said.others(self.convolution))
        for k, line in enumerate(lines[1:], start=1):
            stop = line.equation.result
            pace = 1.0 if k == 1 else pace_of(k, len(lines), 0.7)
            self._pass_over(stop, lines[:k])
            self.play(*self.sweep.to(stop), run_time=pace)
            self.add(self.sweep.patch)
            self._write(line, 2.8 * pace)
        self.play(*self.sweep.away(), run_time=0.8)

    def _pass_over(self, goal: int, written: list[BoxedEquation]) -> None:
        """The filter passes quickly over the stops before the goal whose sums are not written out, as far as they are
        its own."""
        last = written[-1].equation
        run = range(last.result + 1, min(goal, self.convolution.results_of(last.filter).stop))
        if run:
            self.play(self.sweep.run(run), run_time=min(3.0, max(1.0, 0.15 * len(run))))
            self._settle(written)
            self.add(self.sweep.patch)

    def _write(self, line: BoxedEquation, run_time: float) -> None:
        """All symbols of a line come out of image and filter, one product after the other."""
        pixels, filter_ = self.desk.image.pixels, self.desk.filter
        flights = [
            AnimationGroup(
                come_out(filter_.grid.cells[term.weight], weight, path_arc=-0.4),
                come_out(pixels[term.pixel], pixel, path_arc=-0.2),
                *self._dot(dot),
                FadeIn(plus),
            )
            for term, weight, dot, pixel, plus in zip(
                line.terms, line.weights, line.dots, line.pixels, line.plus, strict=True
            )
        ]
        if line.rest:
            flights.insert(-1, AnimationGroup(*map(FadeIn, line.rest)))
        bias = AnimationGroup(fly(filter_.biases[line.equation.filter], line.bias), FadeIn(line.equals))
        self.play(LaggedStart(*flights, bias, lag_ratio=0.5), run_time=run_time)
        self.remove(self.blanks[line.equation.result])
        self.add(line)

    def _dot(self, dot: Glyph) -> Moves:
        """Between numbers a dot stands, and comes with them."""
        return [FadeIn(dot, rate_func=SECOND_HALF)] if self.subject.numeric else []

    def same_bias(self) -> None:
        """The bias is part of the filter, and the same in every sum."""
        self.step("same-bias", said.same_bias(self.convolution))
        desk = self.desk
        rest = (
            part
            for line in desk.lines
            for part in (*line.weights, *line.pixels, *line.plus, *line.rest, line.equals, line.result)
        )
        frames = VGroup(*map(focus, desk.filter.biases), *(focus(line.bias) for line in desk.lines))
        self.spotlight([desk.image, desk.filter.grid, *rest, *desk.dots], hold=1.0, frame=frames)

    def numbers(self) -> None:
        """The letters turn into the numbers that they stand for."""
        self.step("numbers", said.numbers())
        self.numeric = numeric = self.desk.in_numbers()
        turns = [
            *self._turns(self.desk.image.pixels, numeric.image.pixels),
            *self._turns(self.desk.filter.grid.cells, numeric.filter.grid.cells),
            *self._turns(self.desk.filter.biases, numeric.filter.biases),
        ]
        self.play(LaggedStart(*turns, lag_ratio=0.06), run_time=1.6)
        self.play(
            LaggedStart(
                *(
                    AnimationGroup(
                        *self._turn_line(old, new),
                        *(FadeIn(dot) for dot in new.dots),
                        *self._sign(old, factors_equal(old.equation, old.terms, lettered=True)),
                    )
                    for old, new in zip(self.desk.lines, numeric.lines, strict=True)
                ),
                lag_ratio=0.3,
            ),
            run_time=2.4,
        )

    def _turn_line(self, old: BoxedEquation, new: BoxedEquation) -> Moves:
        return [
            *self._turns(old.weights, new.weights),
            *self._turns(old.pixels, new.pixels),
            *self._turns([old.bias], [new.bias]),
        ]

    @staticmethod
    def _turns(old: list[Cell], new: list[Cell]) -> Moves:
        """Turn the symbols of cells over; the cells themselves stay."""
        return [move for o, n in zip(old, new, strict=True) for move in turn_label(o, n)]

    def _sign(self, line: BoxedEquation, says: str) -> Moves:
        """Turn a line's = into ≈, or back, if it does not say so yet."""
        now = self.signs.get(line.equation.result, line.equals)
        if now.says == says:
            return []
        new = symbol(says, ("operator",), line.size).move_to(line.equals)
        self.signs[line.equation.result] = new
        return [turn_over(now, new)]

    def sums(self) -> None:
        """Products first, then their sum."""
        self.step("sums", said.worked_out(len(self.desk.lines)))
        if self.subject.numeric:
            self.numeric = self.desk
        self.products: list[tuple[list[Glyph], list[Glyph]]] = []
        for k, (old, new) in enumerate(zip(self.desk.lines, self.numeric.lines, strict=True)):
            pace = pace_of(k, len(self.desk.lines), 0.6)
            products, signs = self._products(old)
            self.products.append((products, signs))
            pairs = zip(old.weights, new.weights, old.pixels, new.pixels, new.dots, products, strict=True)
            merging: Moves = []
            for weight, weight_value, pixel, pixel_value, dot, product in pairs:
                parts = (weight.box, weight_value.symbol, pixel.box, pixel_value.symbol)
                merging += [shrink_to(part, product.get_center()) for part in parts]
                merging += [FadeOut(dot), FadeIn(product, scale=0.5, rate_func=SECOND_HALF)]
            merging += [
                turn_over(plus, sign) for plus, sign in zip(old.plus, signs, strict=True) if plus.says != sign.says
            ]
            turning: Moves = [turn_over(old.result.symbol, new.result.symbol)] if old is not new else []
            # Between numbers the sign turns with the products, otherwise when the result is a number too.
            sign = self._sign(old, products_equal(old.equation, old.terms))
            merging += [] if turning else sign
            turning += sign if turning else []
            for moves, length in ((merging, 1.6), (turning, 0.8)):
                self.play(*moves, run_time=length * pace) if moves else None

    def _products(self, line: BoxedEquation) -> tuple[list[Glyph], list[Glyph]]:
        """The products of a line where its factors stand, and the signs before all but the first, the bias included."""
        size = 1.2 * label_size(line.side)
        products, signs = [], []
        terms = line.equation.terms
        order = [terms.index(term) for term in line.terms]
        values = [*(term.product for term in line.terms), line.equation.bias]
        for k, (weight, pixel) in enumerate(zip(line.weights, line.pixels, strict=True)):
            shown = abs(values[k]) if k else values[k]
            glyph = symbol(number(shown), ("product", line.equation.result, order[k]), size)
            room = float(pixel.box.get_right()[0] - weight.box.get_left()[0])
            if glyph.width > room:
                glyph.scale(max(room / glyph.width, READABLE / size))
            products.append(glyph.centre_on((weight.middle + pixel.middle) / 2))
        for plus, value in zip(line.plus, values[1:], strict=True):
            sign = "−" if value < 0 and plus is not line.plus[-1] else "+"
            signs.append(symbol(sign, ("operator",), plus.em).move_to(plus))
        return products, signs

    def back(self) -> None:
        """Back to the factors: in letters they hold for any numbers."""
        if self.subject.numeric:
            self.step("factors", said.factors())
        else:
            self.step("letters", said.letters())
        end = Desk(self.subject)
        turns = [
            *self._turns(self.numeric.image.pixels, end.image.pixels),
            *self._turns(self.numeric.filter.grid.cells, end.filter.grid.cells),
            *self._turns(self.numeric.filter.biases, end.filter.biases),
        ]
        turning = [LaggedStart(*turns, lag_ratio=0.05)] if turns else []
        lines = []
        for numeric, goal, (products, signs) in zip(self.numeric.lines, end.lines, self.products, strict=True):
            back: Moves = []
            for weight, pixel, product in zip(goal.weights, goal.pixels, products, strict=True):
                back.append(FadeOut(product, scale=0.5, rate_func=FIRST_HALF))
                back += [grow_from(cell, product.get_center()) for cell in (weight, pixel)]
            back += [
                turn_over(sign, plus) for sign, plus in zip(signs, goal.plus, strict=True) if sign.says != plus.says
            ]
            back += [move for dot in goal.dots for move in self._dot(dot)]
            back += self._turns([numeric.bias, numeric.result], [goal.bias, goal.result])
            back += self._sign(numeric, goal.equals.says)
            lines += [AnimationGroup(*back)] if back else []
        self.play(*turning, LaggedStart(*lines, lag_ratio=0.25), run_time=2.6)
        self.settle(end)
