"""The filter slides over the image."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VMobject,
)

from scenes._base import Viewpoint
from scenes._figures import filter_figure
from scenes._mobjects.cells import focus
from scenes._mobjects.grids import Sweep
from scenes._mobjects.motion import SECOND_HALF, Fly, fly
from scenes._stages import AppliedTable, Trio
from scenes._words import count

FEW = 8
"""Up to so many stops the filter goes at one pace; of more, those in the middle pass quickly."""


class FilterSliding(Viewpoint):
    """The filter fits in the image several times, and every position gives one result."""

    def construct(self) -> None:
        """Lay the filter on the image, slide it, then put all its positions side by side."""
        self.open()
        self.first()
        self.slide()
        # A large image is too small to read when it stands there several times.
        if AppliedTable.fits(self.convolution, self.names):
            self.side_by_side()

    def check(self) -> None:
        """Limit the sweep to results that can be told apart."""
        super().check()
        self.limit("results", self.convolution.counts.results, 1024)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Trio(self.convolution, self.names)

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
        self.play(*self.sweep.to(0), run_time=1.6)
        self.add(self.sweep.patch)
        self.frame = focus(trio.result.cells[0])
        self.yield_result(0, 1.4)

    def slide(self) -> None:
        """Every other position, the later ones faster."""
        results = self.convolution.counts.results
        self.step(
            "slide", f"Then it slides on. It fits in {count(results)} places, so there are {count(results)} results."
        )
        slow = range(1, results) if results <= FEW else (1, 2, results - 1)
        for result in slow:
            if result - 1 not in (0, *slow):
                self.run(range(3, result))
            pace = 1.0 if result in (1, slow[-1]) else 0.8
            self.play(*self.sweep.to(result), run_time=pace)
            self.yield_result(result, pace)
        self.play(
            *self.sweep.away(),
            FadeOut(self.frame),
            *self.new_title(f"The filter fits in the image {count(results)} times"),
            run_time=1.0,
        )

    def run(self, stops: range) -> None:
        """The many stops in the middle, in a few seconds."""
        running = self.sweep.run(stops, self.trio.result, self.frame)
        self.play(running, run_time=min(14.0, max(3.0, 0.3 * len(stops))))
        self.settle(self.trio, self.sweep.patch, self.frame)

    def yield_result(self, result: int, pace: float) -> None:
        """What the filter covers becomes one result."""
        cell = self.trio.result.cells[result]
        frame = focus(cell)
        moving = Create(frame) if result == 0 else ReplacementTransform(self.frame, frame)
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
