"""The filter goes over the image, and every stop makes a row of coloured pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    Animation,
    FadeIn,
    FadeOut,
    LaggedStart,
    Rectangle,
    ReplacementTransform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from cnnmath import Convolution
from scenes._mobjects.cells import Cell, Grid, Patch
from scenes._mobjects.grids import FastRun, ImageGrid, Sweep, pixel_rows
from scenes._mobjects.motion import Moves, fly
from scenes._mobjects.pixel_matrix import PixelMatrix
from scenes._mobjects.shades import Strip
from scenes._stage.viewpoint import Viewpoint


def image_runs(pixels: Sequence[Cell], strip: Strip, conv: Convolution) -> tuple[list[VGroup], list[VGroup]]:
    """The rows of the image, and the runs of the strip that they are."""
    rows = pixel_rows(conv)
    return [VGroup(*(pixels[i].box for i in row)) for row in rows], strip.runs(rows)


def fly_runs(sources: Sequence[VMobject], runs: Sequence[VMobject]) -> Animation:
    """Copies of many small things fly to their places, run by run; the last run first: none flies over another."""
    flights = [fly(source, run) for source, run in zip(sources, runs, strict=True)]
    return LaggedStart(*reversed(flights), lag_ratio=min(0.12, 3 / len(flights)))


class FastRows(FastRun):
    """The filter runs over many stops; every row is there when the filter has reached its place."""

    def __init__(self, image: ImageGrid, patch: Patch, stops: range, matrix: PixelMatrix, mark: Rectangle) -> None:
        self._matrix, self._mark = matrix, mark
        super().__init__(image, patch, stops, *matrix.shapes, mark)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand between two stops, or at one; the rows are drawn anew once a frame, however many stops that is."""
        before = self.reached
        super().interpolate_mobject(alpha)
        if self.reached != before:
            self._matrix.reveal_rows(self.reached + 1)
            self._mark.set_y(self._matrix.place(self.reached, 0)[1])


class FilterRows:
    """The filter on the image, and the rows that it has made."""

    def __init__(
        self, scene: Viewpoint, conv: Convolution, image: ImageGrid, weights: Grid | None, matrix: PixelMatrix
    ) -> None:
        self.scene, self.conv, self.image, self.matrix = scene, conv, image, matrix
        self.sweep = Sweep(image, weights)
        self.mark: Rectangle | None = None

    def go(self, result: int, run_time: float) -> None:
        """Lay the filter on one place, or slide it on."""
        self.scene.play(*self.sweep.to(result), run_time=run_time)
        self.scene.add(self.sweep.patch)

    def stop(self, result: int, going: float, unrolling: float) -> None:
        """One stop slowly: the filter goes there, and its row comes out of it."""
        self.go(result, going)
        self.unroll(result, unrolling)

    def unroll(self, result: int, run_time: float) -> None:
        """The covered pixels' squares fly to their columns, zeros appear in all others."""
        scene, matrix, last = self.scene, self.matrix, self.matrix.row_mark(result)
        framing = FadeIn(last) if self.mark is None else ReplacementTransform(self.mark, last)
        scene.play(framing, run_time=0.3 * run_time)
        self.mark = last
        pixel_at = {id(cell): pixel for pixel, cell in enumerate(self.image.pixels)}
        flights: Moves = []
        for (_, cell), part in zip(self.image.under(result), self.sweep.patch, strict=True):
            if id(cell) in pixel_at:
                entry = matrix.square(result, pixel_at[id(cell)])
                flights.append(fly(part[0], entry))
        row = np.arange(len(matrix.sharing))[:, None] == result
        zeros = matrix.part(row & (matrix.sharing < 0))
        scene.play(
            # Where the filter lies on padding alone, nothing flies.
            *([LaggedStart(*flights, lag_ratio=0.3)] if flights else []),
            FadeIn(zeros, rate_func=squish_rate_func(smooth, 0.3, 1)),
            run_time=0.7 * run_time,
        )
        scene.remove(zeros, *(flight.mobject for flight in flights), *(f.target_mobject for f in flights))
        matrix.reveal_rows(result + 1)
        scene.add(*matrix.shapes, self.mark)

    def others(self, seconds: float) -> None:
        """All stops but the first: the second and each filter's first and last slowly, those between in a run."""
        filters = len(self.conv.kernel)
        seconds, brisk = (seconds, 0.6) if filters == 1 else (5.0, 0.6 if filters == 2 else 0.35)
        for which in range(filters):
            stops = self.conv.results_of(which)[0 if which else 1 :]
            for stop in sorted({*stops[:1], *stops[-1:]}):
                run = stops[1:-1] if stop == stops[-1] else range(0)
                if len(run) > 1:
                    self.run(run, seconds / filters)
                else:
                    for one in run:
                        self.stop(one, 0.8 * brisk, 1.8 * brisk)
                pace = 1.0 if stop == 1 or filters == 1 else brisk
                self.stop(stop, 0.8 * pace, 1.8 * pace)

    def run(self, stops: range, most: float) -> None:
        """The many stops in the middle, in a few seconds."""
        assert self.mark is not None
        running = FastRows(self.image, self.sweep.patch, stops, self.matrix, self.mark)
        self.scene.play(running, run_time=min(most, max(1.5, 0.3 * len(stops))))
        self.sweep.start_at(stops[-1], self.sweep.patch)
        self.scene.add(*self.matrix.shapes, self.mark, self.sweep.patch)

    def away(self) -> Moves:
        """The filter leaves the image."""
        marks = [FadeOut(self.mark)] if self.mark is not None else []
        self.mark = None
        return [*self.sweep.away(), *marks]
