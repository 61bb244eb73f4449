"""Each position of the filter is one equation."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject

from scenes._base import Viewpoint
from scenes._limits import check_lines
from scenes._mobjects.cells import Cell, focus, label_size
from scenes._mobjects.equations import BoxedEquation
from scenes._mobjects.grids import Sweep
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, fly, grow_from, shrink_to, turn_over
from scenes._mobjects.text import Glyph, symbol
from scenes._names import number
from scenes._stages import AppliedTable, Desk, Trio
from scenes._words import fits_title


class EquationView(Viewpoint):
    """Every result is a sum: each covered pixel times its weight, plus the bias."""

    def construct(self) -> None:
        """Write the sums, notice the bias, work them out with numbers."""
        self.open()
        self.desk_up()
        self.first()
        self.others()
        self.same_bias()
        if not self.names.numeric:
            self.numbers()
        self.sums()
        self.back()

    def check(self) -> None:
        """Limit the lines to boxes that can be read."""
        super().check()
        check_lines(self)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Desk(self.convolution, self.names)
        yield Desk(self.convolution, self.names.in_numbers)

    def open(self) -> None:
        """The last still of FilterSliding."""
        self.show_title(fits_title(self.convolution))
        table = AppliedTable.fits(self.convolution, self.names)
        self.start = (AppliedTable if table else Trio)(self.convolution, self.names)
        self.add(self.start)

    def desk_up(self) -> None:
        """The positions fold back into one image and one filter; the results wait for their equations."""
        self.step("results", "Each of these results is worked out in the same way. Let us write down how.")
        self.desk = desk = Desk(self.convolution, self.names)
        if isinstance(self.start, AppliedTable):
            self._from_table(self.start)
        else:
            self._from_trio(self.start)
        self.play(FadeIn(desk.filter.bias), FadeIn(desk.filter.frame), run_time=0.6)
        self.settle(desk.image, desk.filter, *(line.result for line in desk.lines))

    def _from_trio(self, trio: Trio) -> None:
        """Filter, image and results take their places, one after the other."""
        desk = self.desk
        leaving = [FadeOut(part) for part in (trio.captions, trio.filter.frame, trio.filter.bias)]
        self.play(*self.new_title("The equation view"), *leaving, run_time=1.0)
        pairs = zip(trio.result.cells, desk.lines, strict=True)
        self.play(*(ReplacementTransform(cell, line.result) for cell, line in pairs), run_time=1.2)
        self.play(ReplacementTransform(trio.filter.grid, desk.filter.grid), run_time=0.8)
        self.play(ReplacementTransform(trio.image, desk.image), run_time=0.8)

    def _from_table(self, table: AppliedTable) -> None:
        """The columns fold back into one."""
        desk = self.desk
        self.play(
            *self.new_title("The equation view"),
            FadeOut(table.words),
            FadeOut(table.dots),
            *(FadeOut(column.patch) for column in table.columns),
            run_time=1.0,
        )
        left_out = set(range(len(desk.lines))) - {column.stop for column in table.columns}
        first, *others = table.columns
        self.play(
            *(FadeOut(part) for column in others for part in (column.filter, column.image)),
            *(FadeOut(column.result.boxes) for column in table.columns),
            *(
                ReplacementTransform(column.result.cells[column.stop].symbol, desk.lines[column.stop].result.symbol)
                for column in table.columns
            ),
            *(FadeIn(line.result.box, rate_func=SECOND_HALF) for line in desk.lines),
            *(FadeIn(desk.lines[stop].result.symbol, rate_func=SECOND_HALF) for stop in left_out),
            run_time=1.2,
        )
        self.play(ReplacementTransform(first.filter, desk.filter.grid), run_time=0.8)
        self.play(ReplacementTransform(first.image, desk.image), run_time=0.8)

    def first(self) -> None:
        """The first sum, one product after the other."""
        self.step(
            "first",
            "Weight times pixel, weight times pixel, and so on: add the products, add the bias, and out "
            "comes the first result.",
        )
        line, image = self.desk.lines[0], self.desk.image
        self.sweep = Sweep(image, self.desk.filter.grid)
        self.play(*self.sweep.to(0), run_time=1.2)
        self.add(self.sweep.patch)
        for k, term in enumerate(line.equation.terms):
            sign = [FadeIn(line.plus[k - 1])] if k else []
            self.play(
                *sign,
                fly(self.desk.filter.grid.cells[term.weight], line.weights[k], path_arc=-0.5),
                fly(image.pixels[term.pixel], line.pixels[k], path_arc=-0.3),
                run_time=1.2 if k == 0 else 0.8,
            )
        self.play(
            FadeIn(line.plus[-1]),
            fly(self.desk.filter.biases[line.equation.filter], line.bias, path_arc=-0.3),
            run_time=0.9,
        )
        self.play(FadeIn(line.equals), run_time=0.4)
        self.add(line)

    def others(self) -> None:
        """The other sums, all their symbols at once."""
        self.step(
            "others", "The filter slides on, and every stop gives another sum: other pixels, but the same weights."
        )
        image = self.desk.image
        for line in self.desk.lines[1:]:
            stop = line.equation.result
            pace = 1.0 if stop == 1 else 0.7
            self.play(*self.sweep.to(stop), run_time=pace)
            flights = [
                AnimationGroup(
                    fly(self.desk.filter.grid.cells[term.weight], weight, path_arc=-0.4),
                    fly(image.pixels[term.pixel], pixel, path_arc=-0.2),
                    *([FadeIn(plus)]),
                )
                for term, weight, pixel, plus in zip(
                    line.equation.terms, line.weights, line.pixels, line.plus, strict=True
                )
            ]
            bias = AnimationGroup(fly(self.desk.filter.biases[line.equation.filter], line.bias), FadeIn(line.equals))
            self.play(LaggedStart(*flights, bias, lag_ratio=0.5), run_time=2.8 * pace)
            self.add(line)
        self.play(*self.sweep.away(), run_time=0.8)

    def same_bias(self) -> None:
        """The bias is part of the filter, and the same in every sum."""
        self.step(
            "same-bias",
            "Look at the bias: it is the same in every line. The bias is part of the filter, just like the weights.",
        )
        desk = self.desk
        rest = (
            part for line in desk.lines for part in (*line.weights, *line.pixels, *line.plus, line.equals, line.result)
        )
        frames = VGroup(*map(focus, desk.filter.biases), *(focus(line.bias) for line in desk.lines))
        self.spotlight([desk.image, desk.filter.grid, *rest], hold=1.0, frame=frames)

    def numbers(self) -> None:
        """The letters turn into the numbers that they stand for."""
        self.step("numbers", "Now put in numbers: turn every letter over and look at its value.")
        self.numeric = numeric = Desk(self.convolution, self.names.in_numbers)
        turns = [
            *self._turns(self.desk.image.pixels, numeric.image.pixels),
            *self._turns(self.desk.filter.grid.cells, numeric.filter.grid.cells),
            *self._turns(self.desk.filter.biases, numeric.filter.biases),
        ]
        self.play(LaggedStart(*turns, lag_ratio=0.06), run_time=1.6)
        self.play(
            LaggedStart(
                *(
                    AnimationGroup(*self._turn_line(old, new), *(FadeIn(dot) for dot in new.dots))
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
        return [turn_over(o.symbol, n.symbol) for o, n in zip(old, new, strict=True)]

    def sums(self) -> None:
        """Products first, then their sum."""
        self.step("sums", "Multiply, then add. Every line comes to one number: the result at that stop.")
        if self.names.numeric:
            self.numeric = self.desk
        self.products: list[tuple[list[Glyph], list[Glyph]]] = []
        for old, new in zip(self.desk.lines, self.numeric.lines, strict=True):
            pace = 1.0 if not self.products else 0.6
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
            self.play(*merging, run_time=1.6 * pace)
            if old is not new:
                self.play(turn_over(old.result.symbol, new.result.symbol), run_time=0.8 * pace)

    def _products(self, line: BoxedEquation) -> tuple[list[Glyph], list[Glyph]]:
        """The products of a line where its factors stand, and the signs before all but the first, the bias included."""
        size = 1.2 * label_size(line.side)
        products, signs = [], []
        values = [*(term.product for term in line.equation.terms), line.equation.bias]
        for k, (weight, pixel) in enumerate(zip(line.weights, line.pixels, strict=True)):
            shown = abs(values[k]) if k else values[k]
            glyph = symbol(number(shown), ("product", line.equation.result, k), size)
            products.append(glyph.centre_on((weight.middle + pixel.middle) / 2))
        for plus, value in zip(line.plus, values[1:], strict=True):
            sign = "−" if value < 0 and plus is not line.plus[-1] else "+"
            signs.append(symbol(sign, ("operator",), plus.em).move_to(plus))
        return products, signs

    def back(self) -> None:
        """Back to the factors: in letters they hold for any numbers."""
        if self.names.numeric:
            self.step("factors", "And here are the products again, each weight with its pixel.")
        else:
            self.step("letters", "The letters say the same for any image and any filter, so back we go to letters.")
        end = Desk(self.convolution, self.names)
        turns = [
            *self._turns(self.numeric.image.pixels, end.image.pixels),
            *self._turns(self.numeric.filter.grid.cells, end.filter.grid.cells),
            *self._turns(self.numeric.filter.biases, end.filter.biases),
        ]
        lines = []
        for numeric, goal, (products, signs) in zip(self.numeric.lines, end.lines, self.products, strict=True):
            back: Moves = []
            for weight, pixel, product in zip(goal.weights, goal.pixels, products, strict=True):
                back.append(FadeOut(product, scale=0.5, rate_func=FIRST_HALF))
                back += [grow_from(cell, product.get_center()) for cell in (weight, pixel)]
            back += [
                turn_over(sign, plus) for sign, plus in zip(signs, goal.plus, strict=True) if sign.says != plus.says
            ]
            back += self._turns([numeric.bias, numeric.result], [goal.bias, goal.result])
            lines.append(AnimationGroup(*back))
        self.play(LaggedStart(*turns, lag_ratio=0.05), LaggedStart(*lines, lag_ratio=0.25), run_time=2.6)
        self.settle(end)
