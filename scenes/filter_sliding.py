"""The filter slides over the image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import (
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from scenes._mobjects.cells import focus
from scenes._mobjects.flights import plan
from scenes._mobjects.grids import result_grid
from scenes._mobjects.motion import SECOND_HALF, Moves, swap
from scenes._mobjects.sweep import Sweep
from scenes._pictures.applied_table import AppliedTable
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.channel_sums import ChannelSums
from scenes._words import grids as said
from scenes._words.figures import filter_figure
from scenes._words.titles import fits_title

FEW = 8
"""Up to so many stops the filter goes at one pace; of more, those in the middle pass quickly."""


class FilterSliding(Viewpoint):
    """The filter fits in the image several times, and every position gives one result."""

    def construct(self) -> None:
        """Lay the filter on the image, slide it, then put all its positions side by side."""
        self.open()
        self.first()
        self.slide()
        for which in range(1, len(self.convolution.kernel)):
            self.next_filter(which)
        # A large image is too small to read when it stands there several times.
        if AppliedTable.fits(self.subject):
            self.side_by_side()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Trio(self.subject)
        if self.channels > 1:
            trio = Trio(self.subject, sums=True)
            yield trio
            yield from ChannelSums(self, trio).pictures(self.followed)

    @property
    def channels(self) -> int:
        """How many channels the image has."""
        return len(self.convolution.image)

    @property
    def followed(self) -> list[int]:
        """The stops of all filters that can be followed."""
        first, *others = (self.convolution.results_of(which) for which in range(len(self.convolution.kernel)))
        return [first[0], *self.slow(first[1:]), *(stop for stops in others for stop in self.slow(stops))]

    def slow(self, stops: range) -> Sequence[int]:
        """The stops of a filter that can be followed: if they are many, the first two and the last one."""
        return stops if self.convolution.positions <= FEW else (*stops[:2], stops[-1])

    def open(self) -> None:
        """The last still of TheFilter."""
        self.show_title("The filter")
        self.start = Trio(self.subject, result=False)
        self.show_figure(filter_figure(self.convolution))
        self.add(self.start)

    def first(self) -> None:
        """The filter is laid on the image's first corner and gives the first result."""
        self.step("first", said.first_stop(self.convolution))
        self.trio = trio = Trio(self.subject, sums=self.channels > 1)
        self.play(
            *self.new_title("Sliding the filter"),
            *self.new_figure(None),
            *(
                ReplacementTransform(old, new)
                for old, new in (
                    (self.start.filter, trio.filter),
                    *zip(self.start.image.pixels, trio.image.pixels, strict=True),
                    (self.start.captions, trio.captions[:2]),
                )
            ),
            *(FadeIn(cell, rate_func=SECOND_HALF) for cell in trio.image.padding.values()),
            run_time=1.4,
        )
        self.settle(trio.filter, trio.image, *trio.captions[:2])
        trio.result.blank()
        self.play(FadeIn(trio.result.boxes), FadeIn(trio.captions[2]), run_time=0.8)
        self.sweep = Sweep(trio.image, trio.filter.grid)
        self.working = VGroup()
        self.sums = ChannelSums(self, trio)
        self.play(*self.sweep.to(0, self.between, 1.6), *self.put_to_work(0), run_time=1.6)
        self.add(self.sweep.patch)
        self.frame = focus(trio.result.cells[0])
        if self.channels > 1:
            self.shares()
        self.yield_result(0, 1.4)

    @property
    def between(self) -> list[Mobject] | None:
        """What the weights fly round: with several channels they would cross one plane on the way to another."""
        return self.mobjects if self.channels > 1 else None

    def put_to_work(self, which: int) -> Moves:
        """Of several filters, a bright frame says which one lies on the image."""
        if len(self.convolution.kernel) == 1:
            return []
        mark = self.trio.filter.frames[which].copy().set_stroke(self.theme.accent, 5)
        old, self.working = self.working, VGroup(mark)
        return [ReplacementTransform(old, self.working) if len(old) else FadeIn(self.working)]

    def shares(self) -> None:
        """Each channel's share of the sum, then their sum with the bias."""
        self.step("shares", said.shares())
        self.sums.write(self.sweep)
        self.tidy()

    def tidy(self, results: int = 0) -> None:
        """Put whole things where parts have come to stand, with so many results."""
        trio, cells = self.trio, self.trio.result.cells
        boxes = [cell.box for cell in cells[results:]]
        stage = (trio.filter, trio.image, *trio.captions, *cells[:results], *boxes, self.sweep.patch, self.working)
        self.settle(*stage, *self.sums.shown)

    def slide(self) -> None:
        """Every other position, the later ones faster."""
        self.step("slide", said.slide(self.convolution))
        self.slide_over(self.convolution.results_of(0)[1:])
        self.finish(len(self.convolution.kernel) == 1)

    def next_filter(self, which: int) -> None:
        """Another filter goes over the same image, and its results are a plane of their own."""
        self.step(f"filter-{which + 1}", said.next_filter(which))
        self.play(*self.put_to_work(which), run_time=0.6)
        self.slide_over(self.convolution.results_of(which))
        self.finish(which + 1 == len(self.convolution.kernel))

    def slide_over(self, stops: range) -> None:
        """Go over the rest of one filter's stops; of many, those in the middle pass quickly."""
        slow = self.slow(stops)
        for stop in slow:
            if stop == stops[-1] and len(slow) < len(stops):
                self.run(stops[2:-1])
            pace = 1.0 if stop in (stops[0], stops[-1]) else 0.8
            self.play(*self.sweep.to(stop, self.between, pace), run_time=pace)
            self.add(self.sweep.patch)
            if self.channels > 1:
                self.play(*self.sums.rewrite(stop), run_time=0.8)
            self.yield_result(stop, pace)

    def finish(self, last: bool) -> None:
        """The filter leaves the image; where sums were written, the grids close up."""
        closing = [*self.new_title(fits_title(self.convolution)), FadeOut(self.working)] if last else []
        self.play(*self.sweep.away(), FadeOut(self.frame), *closing, *self.sums.clear(), run_time=1.0)
        if last and self.channels > 1:
            closed = Trio(self.subject)
            self.play(
                *(ReplacementTransform(old, new) for old, new in zip(self.trio, closed, strict=True)), run_time=1.2
            )
            self.trio = closed
            self.settle(closed)

    def run(self, stops: range) -> None:
        """The many stops in the middle, in a few seconds."""
        self.play(*self.sums.clear(), run_time=0.5) if self.sums.shown else None
        running = self.sweep.run(stops, self.trio.result, self.frame)
        self.play(running, run_time=min(14.0 / len(self.convolution.kernel), max(3.0, 0.3 * len(stops))))
        self.tidy(stops.stop)
        self.add(self.frame)

    def yield_result(self, result: int, pace: float) -> None:
        """What the filter covers becomes one result."""
        cell = self.trio.result.cells[result]
        frame = focus(cell)
        first = result in self.convolution.first_results
        moving = [Create(frame)] if first else swap(self.frame, frame)
        self.frame = frame
        dropping = self.sums.land(result) if self.sums.shown else self.sweep.drop(self.trio.result, result)
        self.play(*moving, *dropping, run_time=pace)

    def side_by_side(self) -> None:
        """Applied to, yields: all positions at once, built from left to right, one at a time."""
        table = AppliedTable(self.subject)
        self.step("side-by-side", said.side_by_side(self.convolution, len(table.columns)))
        trio, (first, *others) = self.trio, table.columns
        results = result_grid(self.subject, first.result.side).move_to(first.result)
        self.play(*(FadeOut(part) for part in (trio.captions, trio.filter.frame, trio.filter.bias)), run_time=0.5)
        pairs = ((trio.result, results), (trio.image, first.image), (trio.filter.grid, first.filter))
        self.play(plan(pairs, self.mobjects, 1.6), run_time=1.6)
        self.settle(first.filter, first.image, results)
        self.play(FadeIn(table.words), FadeIn(first.patch), run_time=0.8)
        for column in others:
            self.play(*map(FadeIn, (column.filter, column.image, column.result.boxes)), run_time=0.5)
            symbols = results.cells[column.stop].symbol, column.result.cells[column.stop].symbol
            self.play(FadeIn(column.patch), plan([symbols], self.mobjects, 0.9), run_time=0.9)
        shown = {column.stop for column in table.columns}
        left = [cell.symbol for stop, cell in enumerate(results.cells) if stop not in shown]
        self.play(*map(FadeOut, left), FadeIn(table.dots), run_time=0.5) if left else None
        self.settle(table)
