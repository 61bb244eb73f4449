"""Zero padding keeps the size of the image."""

from __future__ import annotations

from collections.abc import Iterator

from manim import (
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from cnnmath import PADDED_EXAMPLE
from scenes._mobjects.cells import focus
from scenes._mobjects.grids import Sweep
from scenes._mobjects.matrix import become
from scenes._mobjects.motion import fly
from scenes._pictures.matrix_mode import padded_in_cells
from scenes._pictures.padded_desk import LargePaddedDesk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.filter_rows import unroll
from scenes._stories.padding_in_pixels import PaddedRowsInPixels
from scenes._words import padding as said
from scenes._words.figures import size_figure
from scenes._words.subject import Subject

FEW_PLACES = 9
"""Up to so many stops the filter goes one by one."""


class ZeroPadding(Viewpoint):
    """A ring of zeros lets the filter centre on every pixel, so that the result is as large as the image."""

    convolution = PADDED_EXAMPLE

    def construct(self) -> None:
        """Stuck without padding; free with it; and what the padding does to the matrix."""
        self.show_title(said.opening_title(self.convolution))
        self.stuck()
        self.ring()
        self.first()
        self.other_stops()
        desk = padded_in_cells(self.subject)
        if desk is not None:
            self.desk = desk
        story = self if desk is not None else PaddedRowsInPixels(self, self.trio)
        story.matrix_desk()
        story.first_row()
        story.other_rows()
        story.full_rows()

    def check(self) -> None:
        """The scene needs padding, and a filter that fits in the image without it."""
        super().check()
        conv = self.convolution
        if not any(map(sum, conv.pads)):
            raise ValueError("ZeroPadding shows what padding does; got a convolution with padding 0")
        spans = [(k - 1) * gap + 1 for k, gap in zip(conv.kernel.shape[2:], conv.dilation, strict=True)]
        if any(span > n for span, n in zip(spans, conv.image.shape[1:], strict=True)):
            raise ValueError(
                "ZeroPadding first shows the filter without padding, so it must fit in the image; "
                f"got a {conv.kernel.shape[2:]} kernel with dilation {conv.dilation} and a {conv.image.shape[1:]} image"
            )

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Trio(self.subject)
        yield Trio(self.subject)
        desk = padded_in_cells(self.subject)
        if desk is not None:
            yield desk
        else:
            large = LargePaddedDesk(self.subject)
            yield VGroup(large, large.figure)

    def stuck(self) -> None:
        """Without padding the filter hardly moves."""
        bare = said.unpadded(self.convolution)
        middle, subject = bare.middle(0), Subject(bare, self.notation)
        self.bare = trio = Trio(subject)
        named = "" if middle is None or trio.image.shaded else subject.pixel(middle).says
        self.step("stuck", said.stuck(self.convolution, named))
        trio.result.blank()
        self.play(
            FadeIn(trio.filter), FadeIn(trio.image), FadeIn(trio.captions), FadeIn(trio.result.boxes), run_time=1.2
        )
        self.sweep = Sweep(trio.image, trio.filter.grid)
        self.play(*self.sweep.to(0), run_time=1.6)
        self.add(self.sweep.patch)
        if middle is not None:
            frame = focus(trio.image.pixels[middle])
            self.play(FadeIn(frame, scale=1.3), run_time=0.6)
        self.play(*self.sweep.drop(trio.result, 0), run_time=1.0)
        self.play(*self.new_figure(size_figure(bare)), run_time=0.8)
        self.frame = VGroup() if middle is None else frame

    def ring(self) -> None:
        """A dashed ring of zeros is laid around the image."""
        conv = self.convolution
        self.trio = trio = Trio(self.subject)
        self.step("ring", said.ring(conv, trio.image.shaded))
        bare = self.bare
        self.play(
            *self.sweep.away(),
            FadeOut(self.frame),
            *([FadeOut(bare.result.cells[0].symbol)] if bare.result.cells[0].label else []),
            *self.new_figure(None),
            *self.new_title("Zero padding"),
            run_time=1.0,
        )
        trio.result.blank()
        self.play(
            ReplacementTransform(bare.filter, trio.filter),
            *(become(a, b) for a, b in zip(bare.image.pixels, trio.image.pixels, strict=True)),
            ReplacementTransform(bare.captions, trio.captions),
            FadeOut(bare.result.boxes),
            FadeIn(trio.result.boxes),
            run_time=1.4,
        )
        self.play(
            LaggedStart(*(FadeIn(cell, scale=0.6) for cell in trio.image.padding.values()), lag_ratio=0.1), run_time=2
        )

    def first(self) -> None:
        """Now the filter can centre on the first pixel."""
        image, result, middle = self.trio.image, self.trio.result, self.convolution.middle(0)
        pixel = "" if image.shaded or middle is None else self.subject.pixel(middle).says
        first = "" if result.shaded else self.subject.result(0).says
        self.step("first", said.first(self.convolution, pixel, first))
        self.sweep = Sweep(self.trio.image, self.trio.filter.grid)
        self.play(*self.sweep.to(0), run_time=1.6)
        self.add(self.sweep.patch)
        self.frame = focus(self.trio.result.cells[0])
        self.play(FadeIn(self.frame), *self.sweep.drop(self.trio.result, 0), run_time=1.4)

    def other_stops(self) -> None:
        """Every pixel in turn, the later ones faster."""
        conv = self.convolution
        last = conv.counts.results - 1
        self.step("sweep", said.sweep(conv))
        for own in map(conv.results_of, range(len(conv.kernel))):
            few = len(own) <= FEW_PLACES
            for result in own if few else (*own[:2], own[-1]):
                if result == own[-1] and not few:
                    self.run(own[2:-1])
                if result:
                    self.stop(result, 0.8 if result in (1, last, own.start) else 0.4)
        self.play(
            FadeOut(self.frame),
            *self.sweep.away(),
            *self.new_figure(size_figure(conv)),
            *(self.new_title("Zero padding keeps the size") if said.keeps_size(conv) else []),
            run_time=1.0,
        )

    def stop(self, result: int, pace: float) -> None:
        """One stop, and its result."""
        self.play(*self.sweep.to(result), run_time=pace)
        if result in self.convolution.first_results:
            self.add(self.sweep.patch)
        frame = focus(self.trio.result.cells[result])
        drops = self.sweep.drop(self.trio.result, result)
        self.play(ReplacementTransform(self.frame, frame), *drops, run_time=pace)
        self.frame = frame

    def run(self, stops: range) -> None:
        """The many stops in the middle, in a few seconds."""
        trio, filters = self.trio, len(self.convolution.kernel)
        running = self.sweep.run(stops, trio.result, self.frame)
        self.play(running, run_time=min(7.0 / filters, max(2.0, 0.25 * len(stops))))
        shown = trio.result.cells[: stops.stop]
        rest = [cell.box for cell in trio.result.cells[stops.stop :]]
        self.settle(trio.filter, trio.image, trio.captions, *shown, *rest, self.sweep.patch, self.frame)

    def matrix_desk(self) -> None:
        """The image moves aside; columns are named by pixels, rows by results."""
        self.step("matrix", said.matrix())
        trio, desk = self.trio, self.desk
        onto = Sweep(trio.image, trio.filter.grid)
        self.play(
            *self.new_figure(None),
            *self.new_title("The matrix of a padded convolution"),
            *(FadeOut(part) for part in (trio.captions, trio.filter)),
            *onto.to(0),
            run_time=1.6,
        )
        patch = desk.image.cover(0)
        self.sweep = Sweep(desk.image, None)
        self.sweep.start_at(0, patch)
        self.play(
            ReplacementTransform(trio.image, desk.image),
            *(ReplacementTransform(a, b) for a, b in zip(onto.patch, patch, strict=True)),
            *(ReplacementTransform(cell, row) for cell, row in zip(trio.result.cells, desk.matrix.rows, strict=True)),
            run_time=1.6,
        )
        self.settle(desk.image, patch, *desk.matrix.rows)
        heads = [fly(cell, head) for cell, head in zip(desk.image.pixels, desk.matrix.header, strict=True)]
        self.play(LaggedStart(*reversed(heads), lag_ratio=0.12), run_time=1.8)

    def first_row(self) -> None:
        """The first row has only the taps that meet pixels."""
        self.step("first-row", said.first_row(self.convolution))
        outside = VGroup(
            *(self.sweep.patch[i] for i, (_, cell) in enumerate(self.desk.image.under(0)) if self.outside(cell))
        )
        outside.save_state()
        self.play(outside.animate.fade(0.8), run_time=0.8)
        unroll(self, self.desk.image, self.desk.matrix, self.sweep, 0, 2.4)
        self.play(outside.animate.restore(), run_time=0.6)

    def outside(self, cell: object) -> bool:
        """Whether a cell belongs to the padding."""
        return any(cell is zero for zero in self.desk.image.padding.values())

    def other_rows(self) -> None:
        """The other rows, ever faster."""
        self.step("other-rows", said.other_rows())
        last = self.convolution.counts.results - 1
        for result in range(1, last + 1):
            pace = 1.0 if result in (1, last) else 0.55
            self.play(*self.sweep.to(result), run_time=0.7 * pace)
            if result in self.convolution.first_results:
                self.add(self.sweep.patch)
            unroll(self, self.desk.image, self.desk.matrix, self.sweep, result, 1.5 * pace)
        self.play(*self.sweep.away(), run_time=0.8)
        self.settle(self.desk)

    def full_rows(self) -> None:
        """Which rows hold the whole filter."""
        conv = self.convolution
        whole = said.whole_rows(conv)
        self.step("full-rows", said.full_rows(conv, [self.subject.result(r).says for r in whole]))
        others = (c for r in range(conv.counts.results) if r not in whole for c in self.desk.matrix.row(r))
        self.spotlight(others, hold=1.6)
        self.play(FadeIn(self.desk.figure), run_time=0.8)
        self.settle(self.desk, self.desk.figure)
