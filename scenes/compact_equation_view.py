"""The equations lose their boxes, then become one line."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._base import Viewpoint
from scenes._limits import check_lines
from scenes._mobjects.equations import essential
from scenes._mobjects.motion import SECOND_HALF, Fly
from scenes._mobjects.text import Line
from scenes._stages import Desk, Star


class CompactEquationView(Viewpoint):
    """All the equations together say one thing: image ∗ filter + b = result."""

    def construct(self) -> None:
        """Boxed lines, compact lines, one line."""
        self.open()
        self.condense()
        self.one_line()

    def check(self) -> None:
        """The same limits as for the lines of EquationView."""
        super().check()
        check_lines(self)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        desk = Desk(self.convolution, self.names)
        yield desk
        yield from desk.compact(self.names)
        yield Star(self.convolution, self.names)

    def open(self) -> None:
        """The last still of EquationView."""
        self.show_title("The equation view")
        self.desk = Desk(self.convolution, self.names)
        self.add(self.desk)

    def condense(self) -> None:
        """The boxes go, the symbols close up."""
        self.step(
            "condense",
            "Without the boxes the lines become short: a weight next to a pixel means that they are multiplied.",
        )
        self.lines = self.desk.compact(self.names)
        self.play(*self.new_title("The compact equation view"), run_time=1.0)
        self.play(
            LaggedStart(
                *(
                    AnimationGroup(
                        *(FadeOut(cell.box) for cell in boxed.boxed_cells),
                        *(
                            ReplacementTransform(glyph, goal)
                            for glyph, goal in zip(boxed.glyphs, essential(line), strict=True)
                        ),
                        *(FadeIn(glyph) for glyph in line if glyph not in essential(line)),
                        *(FadeOut(dot) for dot in boxed.dots if self.names.numeric),
                    )
                    for boxed, line in zip(self.desk.lines, self.lines, strict=True)
                ),
                lag_ratio=0.3,
            ),
            run_time=2.6,
        )
        self.settle(self.desk.image, self.desk.filter, *self.lines)

    def one_line(self) -> None:
        """All symbols gather where they came from: image, filter, bias, result."""
        self.step(
            "one-line",
            "And all the lines together are one: the image, convolved with the filter, plus b, gives the result.",
        )
        star, desk = Star(self.convolution, self.names), self.desk
        self.play(LaggedStart(*(self._gather(line) for line in self.lines), lag_ratio=0.6), run_time=3)
        self.play(
            ReplacementTransform(desk.image, star.image),
            ReplacementTransform(desk.filter.grid, star.weights),
            ReplacementTransform(desk.filter.bias, star.bias),
            FadeOut(desk.filter.frame),
            FadeIn(star.result.boxes, rate_func=SECOND_HALF),
            *(Fly(line[-1], cell.symbol) for line, cell in zip(self.lines, star.result.cells, strict=True)),
            run_time=1.6,
        )
        self.settle(star.image, star.weights, star.bias, star.result)
        self.play(LaggedStart(*(FadeIn(sign, scale=0.5) for sign in star.signs), lag_ratio=0.3), run_time=0.9)
        self.play(FadeIn(star.captions), run_time=0.6)
        self.settle(star)

    def _gather(self, line: Line) -> AnimationGroup:
        """The symbols of a line go back into the cells that they stand for; the result stays."""
        desk = self.desk
        goals = {cell.key: cell for cell in (*desk.image.cells, *desk.filter.grid.cells, *desk.filter.biases)}
        return AnimationGroup(
            *(
                FadeOut(glyph, target_position=goals[glyph.key].middle) if glyph.key in goals else FadeOut(glyph)
                for glyph in line
                if glyph is not line[-1]
            )
        )
