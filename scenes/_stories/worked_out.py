"""Sums are worked out: products first, then what they come to; and all the way back."""

from __future__ import annotations

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart

from scenes._mobjects.cells import label_size
from scenes._mobjects.equations import BoxedEquation, products_equal
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.handing import turn_label, turn_labels
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, grow_from, shrink_to, turn_over
from scenes._mobjects.text import READABLE, Glyph, symbol
from scenes._pictures.desk import Desk
from scenes._stage.viewpoint import Viewpoint
from scenes._words.digits import number


class Signs:
    """What now stands between each sum and its result: = or ≈."""

    def __init__(self) -> None:
        self._now: dict[int, Glyph] = {}

    def turn(self, line: BoxedEquation, says: str) -> Moves:
        """Turn a line's sign over, if it does not say so yet."""
        now = self._now.get(line.equation.result, line.equals)
        if now.says == says:
            return []
        new = symbol(says, ("operator",), line.size).move_to(line.equals)
        self._now[line.equation.result] = new
        return [turn_over(now, new)]


class WorkedOut:
    """The lines of a desk, in numbers already, each of which comes to its result."""

    def __init__(self, scene: Viewpoint, desk: Desk, numeric: Desk, signs: Signs) -> None:
        self._scene, self._desk, self._numeric, self._signs = scene, desk, numeric, signs
        self._made: list[tuple[list[Glyph], list[Glyph]]] = []
        """The products of each line, and the signs before all but the first."""

    def line(self, which: int, pace: float) -> None:
        """Work a line out."""
        scene, old, new = self._scene, self._desk.lines[which], self._numeric.lines[which]
        products, signs = products_of(old)
        self._made.append((products, signs))
        merging: Moves = []
        pairs = zip(old.weights, new.weights, old.pixels, new.pixels, old.dots, products, strict=True)
        for weight, weight_value, pixel, pixel_value, dot, product in pairs:
            parts = (weight.box, weight_value.symbol, pixel.box, pixel_value.symbol)
            merging += [shrink_to(part, product.get_center()) for part in parts]
            merging += [FadeOut(dot, rate_func=FIRST_HALF), FadeIn(product, scale=0.5, rate_func=SECOND_HALF)]
        merging += [turn_over(a, b) for a, b in zip(old.plus, signs, strict=True) if a.says != b.says]
        sign = self._signs.turn(old, products_equal(old.equation, old.terms))
        # Between numbers the sign turns with the products, otherwise when the result is a number too.
        scene.play(*merging, *(sign if old is new else []), run_time=1.6 * pace)
        if old is not new:
            scene.play(turn_over(old.result.symbol, new.result.symbol), *sign, run_time=0.8 * pace)
            self._land(new, 1.2 * pace)

    def _land(self, line: BoxedEquation, run_time: float) -> None:
        """A result goes to its cell, whose letter turns away."""
        grids, which = (self._desk.result, self._numeric.result), line.equation.result
        if not (grids[0] and grids[1]):
            return
        old, new = grids[0].cells[which], grids[1].cells[which]
        self._scene.play(
            plan([Flight(line.result.symbol, new.symbol, True)], [*self._scene.mobjects], run_time),
            FadeOut(old.symbol, rate_func=FIRST_HALF),
            run_time=run_time,
        )

    def others(self) -> None:
        """The results that have no line are numbers then, too."""
        told = {line.equation.result for line in self._numeric.lines}
        grids = (self._desk.result, self._numeric.result)
        if not (grids[0] and grids[1]) or grids[0] is grids[1]:
            return
        pairs = [pair for r, pair in enumerate(zip(grids[0].cells, grids[1].cells, strict=True)) if r not in told]
        turns = [move for pair in pairs for move in turn_label(*pair)]
        self._scene.play(LaggedStart(*turns, lag_ratio=0.1), run_time=1.0) if turns else None

    def back(self, end: Desk) -> None:
        """Back to the factors of `end`, in letters or in numbers."""
        numeric = self._numeric
        turns = [
            *turn_labels(numeric.image.pixels, end.image.pixels),
            *turn_labels(numeric.filter.grid.cells, end.filter.grid.cells),
            *turn_labels(numeric.filter.biases, end.filter.biases),
        ]
        if numeric.result and end.result:
            turns += turn_labels(numeric.result.cells, end.result.cells)
        turning = [LaggedStart(*turns, lag_ratio=0.05)] if turns else []
        lines = [
            AnimationGroup(*moves)
            for line, goal, made in zip(numeric.lines, end.lines, self._made, strict=True)
            if (moves := self._line_back(line, goal, *made))
        ]
        self._scene.play(*turning, LaggedStart(*lines, lag_ratio=0.25), run_time=2.6)

    def _line_back(
        self, numeric: BoxedEquation, goal: BoxedEquation, products: list[Glyph], signs: list[Glyph]
    ) -> Moves:
        back: Moves = []
        for weight, pixel, dot, product in zip(goal.weights, goal.pixels, goal.dots, products, strict=True):
            back.append(FadeOut(product, scale=0.5, rate_func=FIRST_HALF))
            back += [grow_from(cell, product.get_center()) for cell in (weight, pixel)]
            back.append(FadeIn(dot, rate_func=SECOND_HALF))
        back += [turn_over(sign, plus) for sign, plus in zip(signs, goal.plus, strict=True) if sign.says != plus.says]
        back += turn_labels([numeric.bias, numeric.result], [goal.bias, goal.result])
        return back + self._signs.turn(numeric, goal.equals.says)


def products_of(line: BoxedEquation) -> tuple[list[Glyph], list[Glyph]]:
    """The products of a line where its factors stand, and the signs before all but the first, the bias included."""
    size = 1.2 * label_size(line.side)
    products, signs = [], []
    terms = line.equation.terms
    values = [*(term.product for term in line.terms), line.equation.bias]
    for k, (term, weight, pixel) in enumerate(zip(line.terms, line.weights, line.pixels, strict=True)):
        shown = abs(values[k]) if k else values[k]
        glyph = symbol(number(shown), ("product", line.equation.result, terms.index(term)), size)
        room = float(pixel.box.get_right()[0] - weight.box.get_left()[0])
        if glyph.width > room:
            glyph.scale(max(room / glyph.width, READABLE / size))
        products.append(glyph.centre_on((weight.middle + pixel.middle) / 2))
    for plus, value in zip(line.plus, values[1:], strict=True):
        sign = "−" if value < 0 and plus is not line.plus[-1] else "+"
        signs.append(symbol(sign, ("operator",), plus.em).move_to(plus))
    return products, signs
