"""The equations lose their boxes, then become one line."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject, smooth

from scenes._mobjects.equations import BoxedEquation, essential, parts_of
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.handing import grid_becomes
from scenes._mobjects.motion import FIRST_HALF, LATE, SECOND_HALF, Fly, Moves, swap
from scenes._mobjects.text import Line
from scenes._pictures.desk import Desk
from scenes._pictures.star import Star
from scenes._stage.viewpoint import Viewpoint
from scenes._words import sums as said


class CompactEquationView(Viewpoint):
    """All the equations together say one thing: image ∗ filter + b = result."""

    def construct(self) -> None:
        """Boxed lines, compact lines, one line."""
        self.open()
        self.condense()
        self.one_line()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        desk = Desk(self.subject)
        yield desk
        yield from desk.compact(self.subject)
        yield Star(self.subject)

    def open(self) -> None:
        """The last still of EquationView."""
        self.show_title("The equation view")
        self.desk = Desk(self.subject)
        if self.desk.figure:
            self.show_figure(self.desk.figure)
        self.add(self.desk)

    def condense(self) -> None:
        """The boxes go, the symbols close up."""
        self.step("condense", said.condense(self.subject.numeric, len(self.desk.lines)))
        desk = self.desk
        self.lines = desk.compact(self.subject)
        boxes = [cell.box for line in desk.lines for cell in line.boxed_cells]
        dots = [dot for line in desk.lines for dot in line.dots]
        self.play(*self.new_title("The compact equation view"), *map(FadeOut, [*boxes, *dots]), run_time=1.0)
        shrinking = (self._shrink(*pair) for pair in zip(desk.lines, self.lines, strict=True))
        whole = not desk.dots and not any(glyph.says == "…" for line in self.lines for glyph in line)
        figure = self.new_figure(None) if whole else []
        self.play(LaggedStart(*shrinking, lag_ratio=0.3), *figure, run_time=2.6)
        self.settle(desk.image, desk.filter, *self.lines, *desk.dots)

    def _shrink(self, boxed: BoxedEquation, line: Line) -> AnimationGroup:
        """A boxed line becomes a compact one; what only one has room for passes into its dots, or out of them."""
        old, new = boxed.parts, parts_of(line, boxed.equation)
        moves: Moves = [ReplacementTransform(glyph, new[key]) for key, glyph in old.items() if key in new]
        moves += [FadeIn(glyph, rate_func=SECOND_HALF) for glyph in line if glyph not in essential(line)]
        into, out_of = new.get(("…", -1)), old.get(("…", -1))
        moves += [FadeOut(glyph, target_position=into) for key, glyph in old.items() if key not in new]
        moves += [FadeIn(glyph, target_position=out_of) for key, glyph in new.items() if key not in old]
        return AnimationGroup(*moves)

    def one_line(self) -> None:
        """All symbols gather where they came from: image, filter, bias, result."""
        self.step("one-line", said.one_line(self.convolution))
        star, desk = Star(self.subject), self.desk
        leaving = [*map(FadeOut, desk.dots), *self.new_figure(None)]
        signs = [glyph for line in self.lines for glyph in line if glyph.key is None]
        self.play(*map(FadeOut, signs), run_time=0.5)
        for n, line in enumerate(self.lines):
            self._gather(line, 1.2 if n == 0 else 0.7)
        self.play(*leaving, run_time=0.6) if leaving else None
        # Filters that stood left of the image pass in front of it, and leave no empty frames behind.
        beside = len(self.convolution.image) > 1 or len(self.convolution.kernel) > 1
        passing, going = (Fly, FIRST_HALF) if beside else (ReplacementTransform, smooth)
        self.play(
            *grid_becomes(desk.image, star.image),
            passing(desk.filter.grid, star.weights),
            passing(desk.filter.bias, star.bias),
            FadeOut(desk.filter.frame, rate_func=going),
            *self._results(star),
            run_time=1.6,
        )
        self.settle(star.image, star.weights, star.bias, star.result)
        self.play(LaggedStart(*(FadeIn(sign, scale=0.5) for sign in star.signs), lag_ratio=0.3), run_time=0.9)
        self.play(FadeIn(star.captions), run_time=0.6)
        self._visit(star)
        self.settle(star)

    def _visit(self, star: Star) -> None:
        """What the star means: windows light up, and what they give."""
        lit: VGroup | None = None
        shown = [*self.desk.results[:2], *self.desk.results[2:][-1:]]
        for n, result in enumerate(shown):
            new = star.window(result)
            self.play(*swap(lit, new), run_time=0.9 if n == 0 else 0.6)
            self.wait(0.2 if n < len(shown) - 1 else 0.4)
            lit = new
        self.play(FadeOut(lit), run_time=0.4) if lit else None

    def _results(self, star: Star) -> Moves:
        """The results of the lines fly into the grid of all of them, of which the others appear."""
        cells = star.result.cells
        results = {line[-1].key: line[-1] for line in self.lines}
        moves: Moves = [FadeIn(star.result.boxes, rate_func=SECOND_HALF)]
        for cell in cells:
            if cell.key not in results:
                moves += [FadeIn(cell.symbol, rate_func=LATE)] if cell.label else []
            elif cell.label:
                moves.append(Fly(results[cell.key], cell.symbol))
            else:
                moves.append(FadeOut(results[cell.key], target_position=cell.middle, scale=0.3))
        return moves

    def _gather(self, line: Line, run_time: float) -> None:
        """The symbols of a line go back into the cells that they stand for; the result stays."""
        desk = self.desk
        goals = {cell.key: cell for cell in (*desk.image.cells, *desk.filter.grid.cells, *desk.filter.biases)}
        pairs = [(glyph, goals[glyph.key]) for glyph in line if glyph.key in goals]
        flights = [Flight(glyph, cell.symbol.copy()) for glyph, cell in pairs if cell.label]
        # Cells without symbols take them in.
        sinking = [FadeOut(glyph, target_position=cell.middle) for glyph, cell in pairs if not cell.label]
        planned = [plan(flights, self.mobjects, run_time)] if flights else []
        self.play(*planned, *sinking, run_time=run_time) if pairs else None
        self.remove(*(flight.goal for flight in flights))
