"""The base of the transposed classics: the same matrix turned over, the same taps read the other way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from manim import DOWN, FadeIn, FadeOut, ReplacementTransform, VGroup, VMobject

from cnnmath import Convolution
from cnnmath.classics import TRANSPOSED_NO_PADDING
from cnnmath.transposed import Transposed
from scenes._mobjects.cells import focus
from scenes._mobjects.flights import Flight, gather, plan
from scenes._mobjects.motion import FIRST_HALF, Moves, swap
from scenes._mobjects.pixel_matrix import TurnAboutDiagonal
from scenes._mobjects.strip import Strip
from scenes._mobjects.text import Glyph
from scenes._pictures.classic_stage import STRIP_Y, SUM_ROOM, TransposedStage, matrix_label
from scenes._stories.classic import CALM, SLOWEST, OneStage, layout, pace, rest, size
from scenes._words.counting import count


class TransposedClassic(OneStage):
    """The transpose of a convolution of a classic size: every input spreads over the output."""

    transposed: ClassVar[Transposed] = TRANSPOSED_NO_PADDING
    stage: TransposedStage

    @property
    def convolution(self) -> Convolution:  # type: ignore[override]
        """The convolution that is turned over."""
        return self.transposed.convolution

    def check(self) -> None:
        """Besides, what is turned over is `transposed` alone: a `convolution` of its own is another one."""
        super().check()
        given = next(vars(cls)["convolution"] for cls in type(self).__mro__ if "convolution" in vars(cls))
        if given is not vars(TransposedClassic)["convolution"] and given is not self.transposed.convolution:
            raise ValueError(
                f"{type(self).__name__} turns over the convolution of its `transposed`; "
                "got a `convolution` that is another one: set `transposed` alone"
            )

    def construct(self) -> None:
        """Turn W over, spread one input after the other, read one output back, and begin again."""
        conv = self.convolution
        self.fitting_title(
            f"Transposed: {size(conv.output_shape)} input, {size(conv.kernel.shape)} filter{layout(conv)}"
            f" → {size(conv.image.shape)}"
        )
        self.stage = TransposedStage(self.transposed, self.subject)
        self.add(self.stage)
        self.values: dict[int, Glyph] = {}
        self.turn_over()
        self.first()
        self.spread()
        self.one_output()
        self.again()

    def back(self) -> Moves:
        """The output and what was read leave; the matrix turns back."""
        leaving = (*self.values.values(), self.line, self.strip, self.frame, self.mark, self.gathered)
        return [*(FadeOut(part, rate_func=FIRST_HALF) for part in leaving), *self.turn_matrix("W")]

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        stage = TransposedStage(self.transposed, self.subject)
        yield VGroup(stage, *(stage.value(share) for share in self.transposed.shares))
        yield stage.whole_sum(self.transposed.fullest)

    def turn_matrix(self, name: str) -> Moves:
        """Reflect the matrix about its diagonal; its name and size follow."""
        stage, old = self.stage, self.stage.matrix_label
        label = matrix_label(name, stage.conv.sharing if name == "W" else self.turned.sharing)
        label.next_to(stage.upright if name == "W" else self.turned.border, DOWN, buff=0.18)
        stage.matrix_label = label
        stage.remove(old)
        stage.add(label)
        return [TurnAboutDiagonal(stage.matrix), *swap(old, label)]

    def turn_over(self) -> None:
        """The matrix of the convolution becomes that of its transpose."""
        self.step("turn-over", "Turn the convolution's matrix over: its rows become columns.")
        self.wait(0.8)
        self.turned = self.stage.matrix.turned()
        self.play(*self.turn_matrix("WT"), run_time=2.0)

    def first(self) -> None:
        """The first input times each weight lands on the output."""
        lost = len(self.convolution.window(0).padding_taps)
        cut = "; what falls outside is cut off" if lost else ""
        self.step("first", f"Each weight times the first input lands on an output{cut}.")
        stage = self.stage
        shares = self.transposed.of_result(0)
        self.stamp = stage.stamp(0)
        self.source, self.mark = focus(stage.given.cells[0]), self.turned.column_mark(0)
        self.play(FadeIn(self.source), FadeIn(self.mark), run_time=0.5)
        flights: list[Flight] = []
        for weight, (cell, box) in enumerate(zip(stage.filter.cells, self.stamp.boxes, strict=True)):
            flights.append(Flight(cell.box, box, True))
            if weight in self.stamp.products:
                flights.append(Flight(cell.symbol, self.stamp.products[weight], True))
        self.play(plan(flights, self.mobjects, 1.6), run_time=1.6)
        self.add(self.stamp.boxes, *self.stamp.products.values())
        self.line, self.frame = stage.sum_so_far(shares[0]), focus(stage.image.pixels[shares[0].pixel])
        self.play(FadeIn(self.line), FadeIn(self.frame), run_time=0.6)
        arrived = {share.pixel: stage.value(share) for share in shares}
        self.play(
            *(ReplacementTransform(self.stamp.products[share.weight], arrived[share.pixel]) for share in shares),
            run_time=0.6,
        )
        self.values |= arrived

    def spread(self) -> None:
        """All other inputs."""
        results = self.convolution.counts.results
        self.step("spread", "The other inputs follow, and what lands on the same output adds up.")
        for result in range(1, results):
            calm = result in (1, results - 1)
            self.stop(result, max(CALM, min(SLOWEST, 1.5 * pace(results))) if calm else pace(results))

    def stop(self, result: int, seconds: float) -> None:
        """One input: its weights lie on the output, and the sums there grow."""
        stage, shares = self.stage, self.transposed.of_result(result)
        source, mark = focus(stage.given.cells[result]), self.turned.column_mark(result)
        stamp = stage.stamp(result)
        self.play(
            *swap(self.stamp.boxes, stamp.boxes),
            *swap(self.source, source),
            ReplacementTransform(self.mark, mark),
            run_time=0.5 * seconds,
        )
        self.stamp, self.source, self.mark = stamp, source, mark
        arrived = {share.pixel: stage.value(share) for share in shares}
        gone = [self.values[pixel] for pixel in arrived if pixel in self.values]
        line, frame = stage.sum_so_far(shares[0]), focus(stage.image.pixels[shares[0].pixel])
        self.remove(self.line, self.frame)
        self.add(line, frame)
        self.line, self.frame = line, frame
        self.values |= arrived
        if seconds >= CALM:
            self.play(*(FadeOut(glyph) for glyph in gone), run_time=0.2 * seconds)
            self.play(*(FadeIn(glyph) for glyph in arrived.values()), run_time=0.3 * seconds)
            return
        self.remove(*gone)
        self.add(*arrived.values())
        self.wait(rest(seconds))

    def one_output(self) -> None:
        """One output read back: a row of the turned matrix times the inputs."""
        pixel, stage = self.transposed.fullest, self.stage
        shares = self.transposed.of_pixel(pixel)
        self.step("one-output", f"Read one output back: it gathers from {count(len(shares))} inputs. That is its row.")
        frame, mark = focus(stage.image.pixels[pixel]), self.turned.row_mark(pixel)
        self.gathered, line = stage.gathering(pixel), stage.whole_sum(pixel)
        self.play(
            *(FadeOut(part) for part in (self.stamp.boxes, self.source, self.line)),
            *swap(self.frame, frame),
            ReplacementTransform(self.mark, mark),
            run_time=0.8,
        )
        self.frame, self.mark, self.line = frame, mark, line
        self.strip = self.strip_of(pixel)
        self.play(FadeIn(self.gathered), FadeIn(self.strip), run_time=0.8)
        cells = (*stage.filter.cells, *stage.given.cells)
        sources = {cell.key: cell.symbol for cell in cells} | {line.total.key: self.values[pixel]}
        self.play(*gather(line.glyphs, sources, self.mobjects, 1.6), *map(FadeIn, line.notes), run_time=1.6)
        self.remove(*line.glyphs, *line.notes)
        self.add(line)

    def strip_of(self, pixel: int) -> Strip:
        """The row of Wᵀ that gives one output."""
        conv = self.convolution
        rows = [conv.results_of(*place) for place in np.ndindex(conv.output_shape[:2])]
        runs = [conv.sharing[row, pixel].tolist() for row in rows]
        strip = Strip(self.subject, pixel, runs, f"row {pixel + 1}", SUM_ROOM)
        return strip.set_y(STRIP_Y)
