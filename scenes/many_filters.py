"""Filters over several channels, and several filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from manim import (
    DOWN,
    RIGHT,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    VMobject,
)

from cnnmath import Convolution
from scenes._mobjects.blocks import Block
from scenes._mobjects.cells import Cell, Patch
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.handing import become
from scenes._mobjects.marks import frame_around
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, fly
from scenes._mobjects.sweep import Sweep, move_labels
from scenes._pictures.many_filters import BlockMatrix, FiltersDesk, RealPicture
from scenes._pictures.trio import ImageAlone
from scenes._stage.viewpoint import Viewpoint
from scenes._words import many_filters as said

FEW = 9
"""Up to so many stops the filter goes one by one; of more, those in the middle pass quickly."""


class ManyFilters(Viewpoint):
    """A filter has a layer for each channel of the image, and each filter makes a map of its own."""

    convolution = Convolution(
        [[[6, 1, 2], [2, 4, 4], [7, 5, 8]], [[0, 4, 5], [4, 5, 8], [4, 9, 5]]],
        kernel=[[[[2, 4], [-2, -4]], [[-3, -4], [5, 2]]], [[[2, 5], [-2, -4]], [[5, -3], [4, -2]]]],
        bias=[6, -5],
    )
    notation = "numbers"

    def construct(self) -> None:
        """One filter over all channels, then the others, then all of it as a matrix."""
        self.channels()
        self.block()
        self.first()
        self.first_map()
        for which in range(1, len(self.convolution.kernel)):
            self.next_filter(which)
        self.stack()
        self.matrix()
        self.real()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.alone = ImageAlone(self.subject)
        yield self.alone
        self.desk = FiltersDesk(self.subject)
        for result in self.convolution.first_results:
            yield VGroup(self.desk, self.desk.lines(result))
        self.made = BlockMatrix(self.subject)
        yield self.made

    def channels(self) -> None:
        """One channel after the other."""
        self.show_title("Many filters")
        self.patch = Patch([], [], 0)
        self.stop = 0
        self.step("channels", said.channels(self.convolution))
        for cells in self.alone.image.channels:
            self.play(LaggedStart(*(FadeIn(cell, scale=0.7) for cell in cells), lag_ratio=0.06), run_time=1.2)
        self.settle(self.alone)

    def block(self) -> None:
        """The first filter: a layer beside each channel, then its bias."""
        self.step("block", said.block(self.convolution))
        desk = self.desk
        self.there: list[VMobject] = [desk.image, *(desk.captions[name] for name in desk.captions if name == "image")]
        words = [FadeIn(word, rate_func=SECOND_HALF) for word in self.there[1:]]
        pixels = zip(self.alone.image.pixels, desk.image.pixels, strict=True)
        ring = [FadeIn(cell, rate_func=SECOND_HALF) for cell in desk.image.padding.values()]
        self.play(*(move for pair in pixels for move in become(*pair)), *ring, *words, run_time=1.2)
        for channel, cells in enumerate(desk.image.channels):
            light = frame_around(cells)
            layer = [desk.filter.grid.cells[w] for w in self.convolution.weights_of(0, channel)]
            appearing = LaggedStart(*(FadeIn(cell, scale=0.6) for cell in layer), lag_ratio=0.2)
            self.play(FadeIn(light), appearing, run_time=1.0)
            self.play(FadeOut(light), run_time=0.3)
        self.play(FadeIn(desk.filter.biases[0], shift=0.3 * DOWN), run_time=0.5)
        self.play(Create(desk.filter.frames[0]), *self.name("filter", 0), run_time=0.8)
        self.there += self.parts_of(0)
        self.settle(*self.there)

    def name(self, what: str, which: int) -> Sequence[Animation]:
        """The word below filters or maps: it comes with the last of them."""
        if which + 1 < len(self.convolution.kernel) or what not in self.desk.captions:
            return ()
        word = self.desk.captions[what]
        self.there.append(word)
        return (FadeIn(word),)

    def parts_of(self, which: int) -> list[VMobject]:
        """A filter's weights, bias and frame."""
        filter_ = self.desk.filter
        cells = [filter_.grid.cells[w] for w in self.convolution.weights_of(which)]
        return [*cells, filter_.biases[which], filter_.frames[which]]

    def first(self) -> None:
        """The first number of the first map, with all its reasons."""
        self.step("first", said.first(self.convolution))
        desk = self.desk
        self.place_map(0)
        self.lay_on(0)
        lines = desk.lines(0)
        for cells, line in zip(desk.image.channels, lines.shares, strict=True):
            light = frame_around(cells)
            self.play(FadeIn(light), run_time=0.3)
            self.play(LaggedStart(*map(FadeIn, line), lag_ratio=0.15), run_time=1.4)
            self.play(FadeOut(light), run_time=0.3)
        self.play(LaggedStart(*map(FadeIn, lines.total), lag_ratio=0.2), run_time=1.4)
        self.lines: VMobject = lines
        self.play(*self.land(0, lines.result), run_time=1.0)
        self.there.append(desk.maps.cells[0])
        self.settle(*self.there, self.patch, lines)

    def lay_on(self, result: int) -> None:
        """A filter comes to lie on the image; another one that lies there leaves."""
        image = self.desk.image
        if len(self.patch):
            self.play(FadeOut(self.patch), *move_labels(image, self.stop, None), run_time=0.5)
        pairs, patch = image.under(result), image.patch(result)
        weights = [self.desk.filter.grid.cells[weight] for weight, _ in pairs]
        # Where there is no room for the weights' symbols, they stay behind.
        sources = [VGroup(*a.submobjects[: len(b.submobjects)]) for a, b in zip(weights, patch, strict=True)]
        flights = [Flight(*pair, copied=True) for pair in zip(sources, patch, strict=True)]
        self.play(*move_labels(image, None, result), run_time=0.4)
        self.play(plan(flights, self.mobjects, 1.4), run_time=1.4)
        self.patch, self.stop = patch, result

    def hop(self, result: int, run_time: float) -> None:
        """The filter is lifted off, and laid on somewhere else."""
        image, patch = self.desk.image, self.desk.image.patch(result)
        self.play(
            FadeOut(self.patch, rate_func=FIRST_HALF),
            *move_labels(image, self.stop, result),
            FadeIn(patch, rate_func=SECOND_HALF),
            run_time=run_time,
        )
        self.patch, self.stop = patch, result

    def place_map(self, which: int) -> None:
        """Where the results of a filter will stand."""
        boxes = [self.desk.maps.cells[r].box for r in self.convolution.results_of(which)]
        if self.desk.maps.shaded:
            for box in boxes:
                box.set_fill(self.theme.panel)
        self.there += boxes
        self.play(*map(FadeIn, boxes), *self.name("maps", which), run_time=0.6)

    def land(self, result: int, source: VMobject | None = None) -> Moves:
        """A result comes into its cell: from the sum that has been written, or by itself."""
        cell = self.desk.maps.cells[result]
        if not cell.label:
            return [cell.box.animate.set_fill(self.desk.maps.shades[id(cell)])]
        return [fly(source, cell.symbol)] if source else [FadeIn(cell.symbol, scale=0.4)]

    def first_map(self) -> None:
        """The other stops of the first filter."""
        self.step("first-map", said.first_map(self.convolution))
        self.play(FadeOut(self.lines), run_time=0.4)
        self.go_over(self.convolution.results_of(0)[1:])

    def go_over(self, stops: range) -> None:
        """Stop after stop; of many, those in the middle pass quickly."""
        few = stops if self.convolution.positions <= FEW else stops[:2]
        for pace, stop in enumerate(few):
            self.hop(stop, 0.7 if pace == 0 else 0.5)
            self.play(*self.land(stop), run_time=0.5 if pace == 0 else 0.4)
        if rest := stops[len(few) :]:
            sweep = Sweep(self.desk.image, None)
            sweep.start_at(self.stop, self.patch)
            self.play(sweep.run(rest, self.desk.maps), run_time=max(2.0, min(6.0, 0.2 * len(rest))))
            self.stop = rest[-1]
        self.there += [self.desk.maps.cells[stop] for stop in stops]
        self.settle(*self.there, self.patch)

    def next_filter(self, which: int) -> None:
        """Another filter over the same image."""
        self.step(f"filter-{which + 1}", said.next_filter(self.convolution, which))
        self.play(*map(FadeIn, self.parts_of(which)), *self.name("filter", which), run_time=1.0)
        self.there += self.parts_of(which)
        self.place_map(which)
        results = self.convolution.results_of(which)
        first = results.start
        self.lay_on(first)
        lines = self.desk.lines(first)
        self.play(LaggedStart(*map(FadeIn, lines), lag_ratio=0.5), run_time=0.9)
        self.play(*self.land(first, lines.result), run_time=0.6)
        self.play(FadeOut(lines), run_time=0.3)
        self.there.append(self.desk.maps.cells[first])
        self.go_over(results[1:])

    def stack(self) -> None:
        """The maps are an image again."""
        self.step("stack", said.stacked(self.convolution))
        self.play(FadeOut(self.patch), *move_labels(self.desk.image, self.stop, None), run_time=0.6)
        self.settle(*self.there)
        self.ring = frame_around(self.desk.maps.cells)
        self.play(Create(self.ring), *self.new_figure(said.maps_figure(self.convolution)), run_time=1.2)

    def matrix(self) -> None:
        """Every layer becomes a block."""
        self.step("matrix", said.matrix(self.convolution))
        desk, made = self.desk, self.made
        leaving = [desk.image, *desk.maps.cells, *desk.captions.values(), self.ring]
        self.play(*map(FadeOut, leaving), *self.new_figure(None), run_time=0.8)
        moves: list[Flight] = []
        for which, row in enumerate(made.filters):
            *cells, bias, frame = self.parts_of(which)
            moves += [Flight(*pair) for pair in zip(cells, row.grid.cells, strict=True)]
            moves += [Flight(bias, row.bias), Flight(frame, row.frame)]
        self.play(plan(moves, self.mobjects, 1.6), run_time=1.6)
        self.settle(*made.filters)
        self.play(*map(FadeIn, made.heads), run_time=0.5)
        blocks = [block for line in made.blocks for block in line]
        for pace, block in enumerate(blocks):
            layer = made.filters[block.filter].layer(block.channel)
            light = frame_around(layer)
            self.play(FadeIn(light), run_time=0.3)
            self.unfold(layer, block, 1.0 if pace == 0 else 0.5)
            self.play(FadeOut(light), run_time=0.2)
        self.settle(made)
        self.play(*self.new_figure(said.numbers_figure(self.convolution)), run_time=0.8)

    def unfold(self, layer: Sequence[Cell], block: Block, run_time: float) -> None:
        """A layer's weights come into the first row of its block; the other rows follow below it."""
        if not block.entries:
            self.play(FadeIn(block, target_position=VGroup(*layer), scale=0.3), run_time=run_time)
            return
        weights = {cell.key: cell for cell in layer}
        first, *others = (cast("list[Cell]", row.submobjects) for row in block.rows)
        flights = [Flight(weights[entry.key], entry, copied=True) for entry in first if entry.key in weights]
        zeros = [FadeIn(entry, scale=0.6) for entry in first if entry.key not in weights]
        if flights:
            self.play(plan(flights, self.mobjects, run_time), *zeros, run_time=run_time)
        self.play(
            LaggedStart(*(FadeIn(VGroup(*row), shift=0.3 * DOWN) for row in others), lag_ratio=0.3), run_time=run_time
        )

    def real(self) -> None:
        """A layer as large as real ones."""
        self.step("real", said.real())
        picture = RealPicture(said.REAL)
        self.play(FadeOut(self.made), *self.new_figure(None), run_time=0.8)
        parts = ((picture.channels, "channels"), (picture.filters, "filters"), (picture.maps, "maps"))
        for part, name in parts:
            self.play(FadeIn(part, shift=0.3 * RIGHT), FadeIn(picture.words[name]), run_time=0.7)
        self.play(*self.new_figure(said.real_figure()), run_time=0.8)
        self.settle(picture)
