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
from scenes._mobjects.cells import Cell, focus
from scenes._mobjects.matrix import become
from scenes._mobjects.motion import SECOND_HALF, Moves, swap
from scenes._mobjects.sweep import Sweep
from scenes._pictures.matrix_mode import padded_desk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.filter_rows import FilterRows, look_at
from scenes._stories.tipping import copies
from scenes._words import padding as said
from scenes._words.figures import size_figure
from scenes._words.subject import Subject

FEW_PLACES = 9
"""Up to so many stops the filter goes one by one."""


class ZeroPadding(Viewpoint):
    """A ring of zeros lets the filter centre on every pixel, so that the result is as large as the image."""

    connects = True

    convolution = PADDED_EXAMPLE

    def construct(self) -> None:
        """Stuck without padding; free with it; and what the padding does to the matrix."""
        self.show_title(said.opening_title(self.convolution))
        self.stuck()
        self.ring()
        self.first()
        self.other_stops()
        self.matrix_desk()
        self.first_row()
        self.other_rows()
        self.full_rows()

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
        trio = Trio(self.subject)
        yield trio
        self.desk = padded_desk(self.subject, trio.image.side if trio.image.shaded else None)
        yield VGroup(self.desk, self.desk.figure)

    def stuck(self) -> None:
        """Without padding the filter hardly moves."""
        bare = said.unpadded(self.convolution)
        middle, subject = bare.middle(0), Subject(bare, self.notation)
        self.bare = trio = Trio(subject)
        named = "" if middle is None or trio.image.shaded else subject.pixel(middle).says
        trio.result.blank()
        # The clip begins with something to look at.
        self.add(trio.filter, trio.image, trio.captions, trio.result.boxes)
        self.step("stuck", said.stuck(self.convolution, named))
        self.wait(0.6)
        # Nine weights at once would fly over what they come to lie on.
        self.sweep = Sweep(trio.image, None)
        self.play(*self.sweep.to(0), run_time=1.2)
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
                    self.stop(result, 0.9 if result in (1, last, own.start) else 0.55)
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
        self.play(*swap(self.frame, frame), *drops, run_time=pace)
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
        matrix = desk.matrix
        self.play(
            *self.new_figure(None),
            *self.new_title("The matrix of a padded convolution"),
            *(FadeOut(part) for part in (trio.captions, trio.filter)),
            run_time=1.0,
        )
        self.play(
            *(become(a, b) for a, b in zip(trio.image.pixels, desk.image.pixels, strict=True)),
            *(move for i, cell in trio.image.padding.items() for move in _dashed(cell, desk.image.padding[i])),
            *(become(a, b) for a, b in zip(trio.result.cells, matrix.rows, strict=True)),
            *(FadeIn(border, rate_func=SECOND_HALF) for border in matrix.outline),
            run_time=1.6,
        )
        matrix.reveal(False)
        self.settle(desk.image, *matrix.rows, *matrix.outline)
        self.play(copies(desk.image.pixels, matrix.header, self.convolution), run_time=2.0)
        self.play(*map(FadeIn, matrix.counts), run_time=0.6)
        self.settle(desk)

    def first_row(self) -> None:
        """The first row has only the taps that meet pixels."""
        self.step("first-row", said.first_row(self.convolution))
        desk = self.desk
        self.rows = FilterRows(self, self.convolution, desk.image, None, desk.matrix)
        self.play(*self.rows.sweep.to(0), run_time=1.0)
        patch = self.rows.sweep.patch
        self.add(patch)
        padding = set(map(id, desk.image.padding.values()))
        outside = VGroup(
            *(part for (_, cell), part in zip(desk.image.under(0), patch, strict=True) if id(cell) in padding)
        )
        outside.save_state()
        self.play(outside.animate.fade(0.8), run_time=0.8)
        self.rows.unroll(0, 3.2)
        self.play(outside.animate.restore(), run_time=0.6)

    def other_rows(self) -> None:
        """The other rows: the second one slowly, then ever faster."""
        self.step("other-rows", said.other_rows())
        self.rows.others(5.0)
        self.play(*self.rows.away(), run_time=0.8)
        self.settle(self.desk)

    def full_rows(self) -> None:
        """Which rows hold the whole filter."""
        conv, matrix = self.convolution, self.desk.matrix
        whole = said.whole_rows(conv)
        named = all(row.label for row in matrix.rows)
        self.step("full-rows", said.full_rows(conv, [self.subject.result(r).says for r in whole] if named else []))
        look_at(self, matrix, matrix.of_rows(whole), hold=1.6)
        self.play(FadeIn(self.desk.figure), run_time=0.8)
        self.settle(self.desk, self.desk.figure)


def _dashed(old: Cell, new: Cell) -> Moves:
    """A cell of the padding moves with its dashes; one that loses its zero is exchanged."""
    if bool(old.label) == bool(new.label):
        return [ReplacementTransform(old, new)]
    return swap(old, new)
