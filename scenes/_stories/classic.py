"""The base of the classics of convolution arithmetic: real numbers, the sum and the row of the matrix at every stop."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar, cast

from manim import FadeIn, FadeOut, ReplacementTransform, VGroup, VMobject

from cnnmath import Convolution
from cnnmath.classics import NO_PADDING
from scenes._look.frame import frame
from scenes._mobjects.cells import focus
from scenes._mobjects.flights import Flight, gather, plan
from scenes._mobjects.grids import pixel_rows
from scenes._mobjects.motion import LATE, Moves, swap
from scenes._mobjects.strip import Strip
from scenes._mobjects.sums import SumLine
from scenes._mobjects.text import Glyph
from scenes._pictures.classic_stage import STRIP_Y, SUM_ROOM, WIDE, ClassicStage, ForwardStage
from scenes._stage.viewpoint import TICK, Viewpoint, ticks
from scenes._words.counting import count

BUDGET = 9.1
"""Seconds for the stops between the first and the last one, as far as that leaves each of them a few frames."""
FASTEST, SLOWEST = 3 * TICK, 2.2
CALM = 1.0
"""A stop of at least so many seconds is told in two moves; a faster one shows at once what it yields."""


def pace(stops: int) -> float:
    """Seconds for each stop in the middle of a sweep, in whole ticks."""
    wanted = min(SLOWEST, max(FASTEST, BUDGET / max(1, stops - 2)))
    return TICK * math.floor(wanted / TICK + 1e-6)


def rest(seconds: float) -> float:
    """How much of a fast stop is left when the filter has arrived: a half, or a tick less."""
    return seconds - ticks(0.5 * seconds)


def layout(conv: Convolution) -> str:
    """What a title says of stride, padding and dilation."""
    said = ""
    for name, pair, usual in (
        ("padding", tuple(map(max, conv.pads)), 0),
        ("stride", conv.stride, 1),
        ("dilation", conv.dilation, 1),
    ):
        if set(pair) != {usual}:
            said += f", {name} {pair[0]}" if pair[0] == pair[1] else f", {name} {pair[0]} × {pair[1]}"
    return said


def size(shape: tuple[int, ...]) -> str:
    """Rows × columns of the last two axes."""
    return f"{shape[-2]} × {shape[-1]}"


class OneStage(Viewpoint):
    """What both directions share: the picture that a clip begins and ends with, and titles that fit."""

    most_channels = most_filters = 1

    notation = "numbers"
    stage: ClassicStage

    def check(self) -> None:
        """One channel, one filter, and no bias: the arithmetic of sizes has none."""
        super().check()
        if not frame().wide:
            raise ValueError(
                f"{type(self).__name__} has no layout for a {frame().name} picture yet, only for a wide one"
            )
        if self.notation != "numbers":
            raise ValueError(f'{type(self).__name__} works in numbers; got the notation "{self.notation}"')
        if self.convolution.bias.any():
            raise ValueError(f"{type(self).__name__} shows no bias; got a bias of {self.convolution.bias.tolist()}")
        idle = sum(not self.convolution.window(r).taps.size for r in range(self.convolution.counts.results))
        if idle:
            raise ValueError(
                f"{type(self).__name__} shows a sum at every stop, but at {idle} stops the filter lies on padding alone"
            )
        self.limit("columns of the padded image", self.convolution.padded_shape[2], 9)
        self.limit("rows of the padded image", self.convolution.padded_shape[1], 9)
        self.limit("weights", self.convolution.counts.weights, 16)

    def fitting_title(self, text: str) -> None:
        """A title, shrunk to the width of the stage if need be."""
        title = self.show_title(text)
        if title.width > WIDE:
            title.scale(WIDE / title.width)

    def again(self) -> None:
        """Back to the first picture, so that the clip can loop."""
        self.step("again", "And once more.")
        self.play(*self.back(), run_time=1.0)
        self.settle(self.stage)

    def back(self) -> Moves:
        """Everything leaves that the first picture has not; each direction of the classics has its own."""
        raise NotImplementedError


class Classic(OneStage):
    """A convolution of a classic size: a stop, its sum, its result, its row of the matrix."""

    convolution: ClassVar[Convolution] = NO_PADDING
    stage: ForwardStage

    def construct(self) -> None:
        """The first stop slowly, the others ever faster, then all of it, and back."""
        conv = self.convolution
        image, kernel, result = size(conv.image.shape), size(conv.kernel.shape), size(conv.output_shape)
        self.fitting_title(f"{image} image, {kernel} filter{layout(conv)} → {result}")
        self.stage = ForwardStage(self.subject)
        self.add(self.stage)
        self.first()
        self.row()
        self.slide()
        self.whole()
        self.again()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        stage = ForwardStage(self.subject)
        if stage.image.shaded or stage.result.shaded:
            side = stage.image.side
            raise ValueError(
                f"{type(self).__name__} works in numbers; these are too long for cells of {side:.2f} units"
            )
        yield VGroup(stage, stage.result)
        longest = max(self.convolution.equations(), key=lambda equation: len(equation.terms))
        yield stage.sum_of(longest.result)

    def first(self) -> None:
        """The filter is laid on the first corner; its numbers and those below it make the sum."""
        window = self.convolution.window(0)
        met, lost = len(window.taps), len(window.padding_taps)
        where = f" The other {count(lost)} weights lie on padding." if lost else ""
        sum_up = (
            "One product is one output." if met == 1 else f"{count(met).capitalize()} products add up to one output."
        )
        self.step("first", sum_up + where)
        stage = self.stage
        self.sweep = stage.sweep()
        self.play(*self.sweep.to(0, self.mobjects, 1.2), run_time=1.2)
        self.add(self.sweep.patch)
        self.line = stage.sum_of(0)
        self.play(*self.into(self.line, 2.4), run_time=2.4)
        self.yield_result(0, 1.0)

    def into(self, line: SumLine, run_time: float) -> Moves:
        """Factors fly out of the filter and the image into a sum."""
        cells = (*self.stage.filter.cells, *self.stage.image.pixels)
        return gather(line.open, {cell.key: cell.symbol for cell in cells}, self.mobjects, run_time)

    def yield_result(self, result: int, run_time: float) -> None:
        """The sum's value appears and goes into its cell."""
        cell = self.stage.result.cells[result]
        self.frame = focus(cell)
        self.play(FadeIn(*self.line.glyphs[-2:], *self.line.notes), FadeIn(self.frame), run_time=0.5 * run_time)
        landing = 0.7 * run_time
        self.play(plan([Flight(self.line.total, cell.symbol, True)], self.mobjects, landing), run_time=landing)
        self.settle_stop()

    def settle_stop(self) -> None:
        """Whole things in the place of their parts."""
        self.remove(*self.line.glyphs, *self.line.notes)
        self.add(self.line)

    def strip_of(self, result: int) -> Strip:
        """The row of the matrix that a stop stands for."""
        conv = self.convolution
        runs = [conv.sharing[result, row].tolist() for row in pixel_rows(conv)]
        strip = Strip(self.subject, result, runs, f"row {result + 1}", SUM_ROOM)
        return strip.set_y(STRIP_Y)

    def row(self) -> None:
        """Pixel by pixel, the stop is a row of the matrix."""
        self.step("row", "Pixel by pixel, this stop is one row of the matrix W.")
        stage = self.stage
        self.strip = self.strip_of(0)
        part_on = {id(cell): part for (_, cell), part in zip(stage.image.under(0), self.sweep.patch, strict=True)}
        pairs = [
            (part_on.get(id(pixel)), entry) for pixel, entry in zip(stage.image.pixels, self.strip.cells, strict=True)
        ]
        flights = [Flight(cast(VMobject, part[0]), entry.box, True) for part, entry in pairs if part is not None]
        zeros = [FadeIn(entry.box, rate_func=LATE) for part, entry in pairs if part is None]
        labels = [FadeIn(entry.label, rate_func=LATE) for entry in self.strip.cells if entry.label]
        self.play(
            plan(flights, self.mobjects, 1.6, in_order=True), *zeros, *labels, FadeIn(self.strip.label), run_time=1.6
        )
        self.remove(*self.strip.cells, self.strip.label)
        self.add(self.strip)
        self.mark = stage.matrix.row_mark(0)
        self.play(*self.open_matrix(1), FadeIn(self.mark), run_time=0.6)

    def open_matrix(self, done: int) -> Moves:
        """The curtain in front of the matrix goes down by some rows."""
        old, self.stage.curtain = self.stage.curtain, self.stage.matrix.curtain(done)
        self.stage.remove(old)
        self.stage.add(self.stage.curtain)
        self.add(old)
        gone = not self.stage.curtain.has_points()
        return [FadeOut(old)] if gone else [ReplacementTransform(old, self.stage.curtain)]

    def back(self) -> Moves:
        """The results and the rows leave."""
        self.stage.remove(self.stage.curtain)
        self.stage.curtain = self.stage.matrix.curtain(0)
        self.stage.add(self.stage.curtain)
        results = [FadeOut(cell.symbol) for cell in self.stage.result.cells]
        return [FadeIn(self.stage.curtain), *results, *self.new_figure(None)]

    def slide(self) -> None:
        """All other stops: the second calmly, the middle ones fast, the last one calmly."""
        conv = self.convolution
        results, step = conv.counts.results, max(conv.stride)
        by = "one cell at a time" if step == 1 else f"{count(step)} cells at a time"
        self.step("slide", f"The filter goes on, {by}: the next sum, the next row.")
        for result in range(1, results):
            calm = result in (1, results - 1)
            self.stop(result, max(CALM, min(SLOWEST, 1.5 * pace(results))) if calm else pace(results))

    def stop(self, result: int, seconds: float) -> None:
        """One stop, with its sum, its result and its row."""
        self.play(*self.sweep.on_to(result), run_time=0.5 * seconds)
        old = (self.line, self.strip, self.frame, self.mark)
        cell = self.stage.result.cells[result]
        self.line, self.strip = self.stage.sum_of(result), self.strip_of(result)
        self.frame, self.mark = focus(cell), self.stage.matrix.row_mark(result)
        new = (self.line, self.strip, self.frame, self.mark)
        moves = self.open_matrix(result + 1)
        if seconds >= CALM:
            self.turn_page(old, new, moves, cell.symbol, 0.5 * seconds)
            return
        self.remove(*old, *(m.mobject for m in moves))
        self.add(self.stage.curtain, *new, cell.symbol)
        self.wait(rest(seconds))

    def turn_page(
        self, old: tuple[VMobject, ...], new: tuple[VMobject, ...], moves: Moves, symbol: Glyph, seconds: float
    ) -> None:
        """The readings of one stop give way to those of the next."""
        self.remove(*old[:2])
        self.add(*new[:2])
        self.play(
            *swap(old[2], new[2]),
            ReplacementTransform(old[3], new[3]),
            *moves,
            plan([Flight(self.line.total, symbol, True)], self.mobjects, seconds),
            run_time=seconds,
        )

    def whole(self) -> None:
        """All results and the whole matrix."""
        counts = self.convolution.counts
        self.step(
            "whole",
            f"{count(counts.results).capitalize()} stops make {count(counts.results)} outputs and "
            f"{count(counts.results)} rows.",
        )
        self.play(
            *self.sweep.away(),
            *(FadeOut(part) for part in (self.line, self.strip, self.frame, self.mark)),
            run_time=0.6,
        )
        self.play(
            *self.new_figure(f"{counts.entries} entries: {counts.weights} weights in {counts.taps} places, "
                             f"{counts.zeros} zeros"),
            run_time=0.6,
        )  # fmt: skip
