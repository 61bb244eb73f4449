"""Each position of the filter is one equation."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, VGroup, VMobject

from scenes._mobjects.cells import Cell, focus
from scenes._mobjects.equations import BoxedEquation, factors_equal
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.handing import turn_labels
from scenes._mobjects.motion import LATE
from scenes._mobjects.sweep import Sweep
from scenes._pictures.applied_table import AppliedTable
from scenes._pictures.desk import Desk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.equation_opening import from_table, from_trio, name_results
from scenes._stories.worked_out import Signs, WorkedOut
from scenes._words import sums as said
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
        self.signs = Signs()
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
            from_table(self, self.start, desk)
        else:
            from_trio(self, self.start, desk)
        name_results(self, desk, list(self.blanks.values()))
        self._settle([])

    def _settle(self, written: list[BoxedEquation]) -> None:
        """Image, filter, the lines that have been written, and the results of the others."""
        waiting = [line for line in self.desk.lines if line not in written]
        blanks = [self.blanks[line.equation.result] for line in waiting]
        results = [line.result for line in waiting]
        self.settle(*blanks, *self.desk.grids, *written, *results, *self.desk.dots)

    def first(self) -> None:
        """The first sum, one product after the other: source and goal light up, then the symbols come."""
        line, image = self.desk.lines[0], self.desk.image
        stop = line.equation.result
        self.step("first", said.first(self.convolution, stop))
        self.sweep = Sweep(image, self.desk.filter.grid)
        self.play(*self.sweep.to(stop, self.mobjects, 1.2), run_time=1.2)
        self.add(self.sweep.patch)
        frames = VGroup()
        for k, flights in enumerate(self._products(line)):
            if line.rest and k == len(line.terms) - 1:
                self.play(FadeIn(VGroup(*line.rest)), FadeOut(frames), run_time=0.6)
                frames = VGroup()
            frames = self._light(flights, frames)
            signs = VGroup(*line.plus[k - 1 : k] if k else [], line.dots[k])
            pace = (1.0, 0.8, 0.8)[k] if k < 3 else 0.6
            flown = plan(flights, self.mobjects, pace, in_order=True)
            self.play(flown, FadeIn(signs, rate_func=LATE), run_time=pace)
        flights = self._bias(line)
        frames = self._light(flights, frames)
        self.play(plan(flights, self.mobjects, 0.9), *(FadeIn(p, rate_func=LATE) for p in line.plus[-1:]), run_time=0.9)
        self.play(FadeIn(line.equals), FadeOut(frames), run_time=0.4)
        self.remove(self.blanks[stop])
        self._settle([line])
        self.add(self.sweep.patch)

    def _light(self, flights: list[Flight], before: VGroup) -> VGroup:
        """Bright frames around what will fly, instead of those `before`."""
        frames = VGroup(*(focus(flight.source) for flight in flights if isinstance(flight.source, Cell)))
        self.play(FadeOut(before), FadeIn(frames), run_time=0.3)
        return frames

    def _products(self, line: BoxedEquation) -> list[list[Flight]]:
        """From the filter's and the image's cells to the factors of each product."""
        weights, pixels = self.desk.filter.grid.cells, self.desk.image.pixels
        return [
            [Flight(weights[term.weight], weight, True), Flight(pixels[term.pixel], pixel, True)]
            for term, weight, pixel in zip(line.terms, line.weights, line.pixels, strict=True)
        ]

    def _bias(self, line: BoxedEquation) -> list[Flight]:
        return [Flight(self.desk.filter.biases[line.equation.filter], line.bias, True)]

    def others(self) -> None:
        """The other sums, all their symbols at once."""
        lines = self.desk.lines
        self.step("others", said.others(self.convolution))
        for k, line in enumerate(lines[1:], start=1):
            stop = line.equation.result
            pace = 0.9 if k == 1 else pace_of(k, len(lines), 0.55)
            self._pass_over(stop, lines[:k])
            self.play(*self.sweep.to(stop, self.mobjects, pace), run_time=pace)
            self.add(self.sweep.patch)
            self._write(line, lines[:k], 2.8 * pace)
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

    def _write(self, line: BoxedEquation, written: list[BoxedEquation], run_time: float) -> None:
        """All symbols of a line come out of image and filter."""
        flights = [flight for product in self._products(line) for flight in product] + self._bias(line)
        signs = [*line.dots, *line.plus, *line.rest, line.equals]
        # Until then they would be in the way.
        appearing = (FadeIn(sign, rate_func=LATE) for sign in signs)
        self.play(plan(flights, self.mobjects, run_time, in_order=True), *appearing, run_time=run_time)
        self._settle([*written, line])
        self.add(self.sweep.patch)

    def same_bias(self) -> None:
        """The bias is part of the filter, and the same in every sum."""
        self.step("same-bias", said.same_bias(self.convolution))
        desk = self.desk
        biases = [*desk.filter.biases, *(line.bias for line in desk.lines)]
        frames = VGroup(*map(focus, biases))
        rest = (part for line in desk.lines for part in line if part not in biases)
        results = [desk.result] if desk.result else []
        self.spotlight([desk.image, desk.filter.grid, *results, *rest, *desk.dots], hold=1.0, frame=frames)

    def numbers(self) -> None:
        """The letters turn into the numbers that they stand for."""
        self.step("numbers", said.numbers())
        old, new = self.desk, self.desk.in_numbers()
        self.numeric = new
        turns = [
            *turn_labels(old.image.pixels, new.image.pixels),
            *turn_labels(old.filter.grid.cells, new.filter.grid.cells),
            *turn_labels(old.filter.biases, new.filter.biases),
        ]
        self.play(LaggedStart(*turns, lag_ratio=0.06), run_time=1.6)
        lines = (
            AnimationGroup(
                *turn_labels([*a.weights, *a.pixels, a.bias], [*b.weights, *b.pixels, b.bias]),
                *self.signs.turn(a, factors_equal(a.equation, a.terms, lettered=True)),
            )
            for a, b in zip(old.lines, new.lines, strict=True)
        )
        self.play(LaggedStart(*lines, lag_ratio=0.3), run_time=2.4)

    def sums(self) -> None:
        """Products first, then their sum, which goes into the result's grid."""
        self.step("sums", said.worked_out(len(self.desk.lines)))
        if self.subject.numeric:
            self.numeric = self.desk
        self.worked_out = WorkedOut(self, self.desk, self.numeric, self.signs)
        for k in range(len(self.desk.lines)):
            self.worked_out.line(k, pace_of(k, len(self.desk.lines), 0.5))
        self.worked_out.others()

    def back(self) -> None:
        """Back to the factors: in letters they hold for any numbers."""
        if self.subject.numeric:
            self.step("factors", said.factors())
        else:
            self.step("letters", said.letters())
        end = Desk(self.subject)
        self.worked_out.back(end)
        self.settle(end)
