"""The filter goes over the image, and every stop makes a row of the matrix, however that is drawn."""

from __future__ import annotations

from manim import (
    FadeOut,
    Rectangle,
    VMobject,
)

from cnnmath import Convolution
from scenes._mobjects.cells import Grid, Patch
from scenes._mobjects.grids import ImageGrid
from scenes._mobjects.matrix_picture import MatrixPicture
from scenes._mobjects.motion import Moves, swap
from scenes._mobjects.sweep import FastRun, Sweep
from scenes._stage.viewpoint import Viewpoint


class FastRows(FastRun):
    """The filter runs over many stops; every row is there when the filter has reached its place."""

    def __init__(self, image: ImageGrid, patch: Patch, stops: range, matrix: MatrixPicture, mark: Rectangle) -> None:
        self._matrix, self._mark = matrix, mark
        super().__init__(image, patch, stops, *matrix.body, mark)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand between two stops, or at one; the rows are drawn anew once a frame, however many stops that is."""
        before = self.reached
        super().interpolate_mobject(alpha)
        if self.reached != before:
            self._matrix.reveal(self._matrix.of_rows(range(self.reached + 1)))
            self._mark.set_y(self._matrix.place(self.reached, 0)[1])


def unroll(
    scene: Viewpoint, image: ImageGrid, matrix: MatrixPicture, sweep: Sweep, result: int, run_time: float
) -> None:
    """The filter that lies on the image becomes a row of the matrix."""
    pixel_at = {id(cell): pixel for pixel, cell in enumerate(image.pixels)}
    covered = [(cell, part) for (_, cell), part in zip(image.under(result), sweep.patch, strict=True)]
    parts: dict[int, VMobject] = {pixel_at[id(cell)]: part for cell, part in covered if id(cell) in pixel_at}
    matrix.unroll(scene, result, parts, run_time)


class FilterRows:
    """The filter on the image, and the rows that it has made; the matrix must have been emptied (`reveal(False)`)."""

    def __init__(
        self, scene: Viewpoint, conv: Convolution, image: ImageGrid, weights: Grid | None, matrix: MatrixPicture
    ) -> None:
        self.scene, self.conv, self.image, self.matrix = scene, conv, image, matrix
        self.sweep = Sweep(image, weights)
        self.mark: Rectangle | None = None

    def stop(self, result: int, going: float, unrolling: float) -> None:
        """One stop: the filter goes there, and its row comes out of it."""
        between = self.scene.mobjects if self.conv.kernel.shape[1] > 1 else None
        self.scene.play(*self.sweep.to(result, between, going), run_time=going)
        self.scene.add(self.sweep.patch)
        self.unroll(result, unrolling)

    def unroll(self, result: int, run_time: float) -> None:
        """The row of a stop comes out of the filter that lies there."""
        scene, last = self.scene, self.matrix.frame_of(result)
        scene.play(*swap(self.mark, last), run_time=0.3 * run_time)
        self.mark = last
        unroll(scene, self.image, self.matrix, self.sweep, result, 0.7 * run_time)

    def others(self, seconds: float) -> None:
        """All stops but the first: the second one slowly; of many, each filter's middle ones in a run."""
        filters, results = len(self.conv.kernel), self.conv.counts.results
        if results <= self.matrix.few_rows:
            pace = min(1.0, seconds / (1.7 * results))
            for result in range(1, results):
                slow = 1.0 if result == 1 else 0.65 * pace
                self.stop(result, 0.8 * slow, 1.9 * slow)
            return
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
        self.scene.add(self.matrix.body, self.mark, self.sweep.patch)

    def away(self) -> Moves:
        """The filter leaves the image."""
        marks = [FadeOut(self.mark)] if self.mark is not None else []
        self.mark = None
        return [*self.sweep.away(), *marks]


def look_at(scene: Viewpoint, matrix: MatrixPicture, mask: object, hold: float, pace: float = 1.0) -> None:
    """Dim all entries but those of a mask for a moment."""
    kept, others = matrix.parted(mask)
    scene.remove(matrix.body)
    scene.add(others, kept)
    scene.spotlight(others, hold, pace)
    scene.remove(others, kept)
    scene.add(matrix.body)
