"""The filter slides over the image."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    UP,
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from scenes._base import FIGURE_Y, SAFE_X, Viewpoint
from scenes._figures import filter_figure
from scenes._mobjects.cells import focus
from scenes._mobjects.grids import Sweep
from scenes._mobjects.motion import SECOND_HALF, Fly, Moves, fly
from scenes._mobjects.shares import Shares, total_line
from scenes._mobjects.text import Key
from scenes._stages import AppliedTable, Trio
from scenes._words import count, fits_title, ordinal

TOTAL_ROOM = 2 * SAFE_X - 0.4
"""Width of the sum of all channels' shares."""

FEW = 8
"""Up to so many stops the filter goes at one pace; of more, those in the middle pass quickly."""


class FilterSliding(Viewpoint):
    """The filter fits in the image several times, and every position gives one result."""

    most_channels, most_filters = 4, 4

    def construct(self) -> None:
        """Lay the filter on the image, slide it, then put all its positions side by side."""
        self.open()
        self.first()
        self.slide()
        for which in range(1, len(self.convolution.kernel)):
            self.next_filter(which)
        # A large image is too small to read when it stands there several times.
        if AppliedTable.fits(self.convolution, self.names):
            self.side_by_side()

    def check(self) -> None:
        """Limit the sweep to results that can be told apart."""
        super().check()
        self.limit("results", self.convolution.counts.results, 1024)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        trio = Trio(self.convolution, self.names)
        yield trio
        if len(self.convolution.image) > 1:
            yield self.shares_beside(trio)
            yield total_line(self.convolution, self.names, 0, TOTAL_ROOM)

    def open(self) -> None:
        """The last still of TheFilter."""
        self.show_title("The filter")
        self.start = Trio(self.convolution, self.names, result=False)
        self.show_figure(filter_figure(self.convolution))
        self.add(self.start)

    def first(self) -> None:
        """The filter is laid on the image's first corner and gives the first result."""
        self.step(
            "first",
            "Lay the filter on a corner of the image. Each weight covers one pixel. "
            "With the bias they yield one result.",
        )
        self.trio = trio = Trio(self.convolution, self.names)
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
        self.play(*self.sweep.to(0), *self.put_to_work(0), run_time=1.6)
        self.add(self.sweep.patch)
        self.frame = focus(trio.result.cells[0])
        if len(self.convolution.image) > 1:
            self.shares()
        self.yield_result(0, 1.4)

    def put_to_work(self, which: int) -> Moves:
        """Of several filters, a bright frame says which one lies on the image."""
        if len(self.convolution.kernel) == 1:
            return []
        mark = self.trio.filter.frames[which].copy().set_stroke(self.theme.accent, 5)
        old, self.working = self.working, VGroup(mark)
        return [ReplacementTransform(old, self.working) if len(old) else FadeIn(self.working)]

    def shares_beside(self, trio: Trio) -> Shares:
        """What each channel adds to the first result, beside it."""
        size = trio.image.size_of_plane
        planes = [trio.image.plane(size, channel) for channel in range(len(self.convolution.image))]
        room = trio.result.get_left()[0] - trio.image.get_right()[0] - 1.1
        return Shares(self.convolution, self.names, 0, planes, room)

    def shares(self) -> None:
        """Each channel's share of the sum, then their sum with the bias."""
        self.step(
            "shares",
            "Each channel has its own weights, and its products are its share. The shares and the bias add up "
            "to one result.",
        )
        trio, patch = self.trio, self.sweep.patch
        shares = self.shares_beside(trio)
        sources: dict[Key | None, Mobject] = {}
        for (weight, cell), part in zip(trio.image.under(0), patch, strict=True):
            sources["weight", weight] = part[1] if len(part) > 1 else part
            if cell.key:
                sources[cell.key] = cell.symbol if cell.label else cell.box
        for line in shares.lines:
            moves: Moves = [
                fly(sources[glyph.key], glyph) if glyph.key in sources else FadeIn(glyph, rate_func=SECOND_HALF)
                for glyph in line
            ]
            self.play(*moves, run_time=1.4 if line is shares.lines[0] else 1.0)
        self.settle(trio.filter, trio.image, trio.result.boxes, *trio.captions, patch, shares, self.working)
        total = total_line(self.convolution, self.names, 0, TOTAL_ROOM)
        total.move_to(UP * FIGURE_Y)
        known: dict[Key | None, Mobject] = {glyph.key: glyph for line in shares.lines for glyph in line}
        known |= {cell.key: cell.symbol for cell in trio.filter.biases}
        known.pop(None, None)
        *summed, result = total
        self.play(
            *(fly(known[g.key], g) if g.key in known else FadeIn(g, rate_func=SECOND_HALF) for g in summed),
            run_time=1.6,
        )
        self.play(FadeIn(result, scale=0.4), run_time=0.6)
        self.settle(trio.filter, trio.image, trio.result.boxes, *trio.captions, patch, shares, self.working)
        self.show_figure(total)
        self.leftover = shares

    def slide(self) -> None:
        """Every other position, the later ones faster."""
        places = self.convolution.positions
        self.step(
            "slide", f"Then it slides on. It fits in {count(places)} places, so there are {count(places)} results."
        )
        if len(self.convolution.image) > 1:
            self.play(FadeOut(self.leftover), *self.new_figure(None), run_time=0.8)
        self.slide_over(range(1, places))
        self.finish(len(self.convolution.kernel) == 1)

    def next_filter(self, which: int) -> None:
        """Another filter goes over the same image, and its results are a plane of their own."""
        places, nth = self.convolution.positions, ordinal(which)
        self.step(
            f"filter-{which + 1}",
            f"The {nth} filter has its own weights and its own bias. Over the same image it gives a {nth} plane "
            "of results.",
        )
        self.play(*self.put_to_work(which), run_time=0.6)
        self.slide_over(range(which * places, (which + 1) * places))
        self.finish(which + 1 == len(self.convolution.kernel))

    def slide_over(self, stops: range) -> None:
        """Go over the rest of one filter's stops; of many, those in the middle pass quickly."""
        last, first = stops[-1] if stops else -1, stops.start
        few = self.convolution.positions <= FEW
        slow = [stop for stop in stops if few or stop in (first, first + 1, last)]
        for stop in slow:
            if stop == last and not few:
                self.run(range(first + 2, last))
            pace = 1.0 if stop in (first, last) else 0.8
            self.play(*self.sweep.to(stop), run_time=pace)
            self.add(self.sweep.patch)
            self.yield_result(stop, pace)

    def finish(self, last: bool) -> None:
        """The filter leaves the image."""
        closing = [*self.new_title(fits_title(self.convolution)), FadeOut(self.working)] if last else []
        self.play(*self.sweep.away(), FadeOut(self.frame), *closing, run_time=1.0)

    def run(self, stops: range) -> None:
        """The many stops in the middle, in a few seconds."""
        running = self.sweep.run(stops, self.trio.result, self.frame)
        self.play(running, run_time=min(14.0 / len(self.convolution.kernel), max(3.0, 0.3 * len(stops))))
        shown = self.trio.result.cells[: stops.stop]
        rest = [cell.box for cell in self.trio.result.cells[stops.stop :]]
        trio = self.trio
        stage = (trio.filter, trio.image, *trio.captions, *shown, *rest, self.sweep.patch, self.frame, self.working)
        self.settle(*stage)

    def yield_result(self, result: int, pace: float) -> None:
        """What the filter covers becomes one result."""
        cell = self.trio.result.cells[result]
        frame = focus(cell)
        moving = Create(frame) if result % self.convolution.positions == 0 else ReplacementTransform(self.frame, frame)
        self.frame = frame
        self.play(moving, *self.sweep.drop(self.trio.result, result), run_time=pace)

    def side_by_side(self) -> None:
        """Applied to, yields: all positions at once."""
        self.step(
            "side-by-side",
            "Here are all of them: the filter, the part of the image that it is applied to, and what it yields.",
        )
        table = AppliedTable(self.convolution, self.names)
        trio = self.trio
        first, *others = table.columns
        results = trio.result.cells
        in_first = [first.result.cells[i].middle for i in range(len(results))]
        scale = first.result.side / trio.result.side
        self.play(
            *(FadeOut(part) for part in (trio.captions, trio.filter.frame, trio.filter.bias)),
            ReplacementTransform(trio.filter.grid, first.filter),
            ReplacementTransform(trio.image, first.image),
            ReplacementTransform(trio.result.boxes, first.result.boxes),
            *(cell.symbol.animate.scale(scale).centre_on(place) for cell, place in zip(results, in_first, strict=True)),
            run_time=1.6,
        )
        # The farthest first: none flies over one that has arrived.
        for column in reversed(others):
            self.play(
                fly(first.filter, column.filter),
                fly(first.image, column.image),
                fly(first.result.boxes, column.result.boxes),
                Fly(results[column.stop].symbol, column.result.cells[column.stop].symbol),
                run_time=1.0 if column is others[-1] else 0.8,
            )
        left = set(range(len(results))) - {column.stop for column in table.columns}
        self.play(*(FadeOut(results[stop].symbol) for stop in left), run_time=0.5) if left else None
        self.settle(*(part for column in table.columns for part in (column.filter, column.image, column.result)))
        patches = [FadeIn(column.patch) for column in table.columns]
        self.play(FadeIn(table.words), FadeIn(table.dots), *patches, run_time=1)
        self.add(table)
