"""The second half of ZeroPadding for a matrix that is too large for labelled cells."""

from __future__ import annotations

import numpy as np
from manim import AnimationGroup, FadeIn, FadeOut, ReplacementTransform, VGroup, VMobject

from scenes._mobjects.grids import Sweep
from scenes._mobjects.matrix import become, become_blank
from scenes._mobjects.motion import FIRST_HALF
from scenes._pictures.padded_desk import LargePaddedDesk
from scenes._pictures.trio import Trio
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.pixel_rows import FilterRows, fly_runs, image_runs
from scenes._words import padding as said


class PaddedRowsInPixels:
    """The steps from the matrix on, told with coloured pixels."""

    def __init__(self, scene: Viewpoint, trio: Trio) -> None:
        self.scene, self.conv, self.trio = scene, scene.convolution, trio
        # Labels that have gone must not come back: a shaded image stays as small as it is.
        largest = [trio.image.side] if trio.image.shaded else []
        self.desk = LargePaddedDesk(scene.subject, *largest)

    def matrix_desk(self) -> None:
        """The image moves aside; columns stand for pixels, rows for results."""
        scene, trio, desk = self.scene, self.trio, self.desk
        scene.step("matrix", said.matrix())
        onto = Sweep(trio.image, trio.filter.grid)
        scene.play(
            *scene.new_figure(None),
            *scene.new_title("The matrix of a padded convolution"),
            *(FadeOut(part) for part in (trio.captions, trio.filter)),
            *onto.to(0),
            run_time=1.6,
        )
        patch = desk.image.cover(0)
        scene.play(
            *(become(a, b) for a, b in zip(trio.image.cells, desk.image.cells, strict=True)),
            *(shrink_part(a, b) for a, b in zip(onto.patch, patch, strict=True)),
            *(become_blank(a, b) for a, b in zip(trio.result.cells, desk.rows.cells, strict=True)),
            FadeIn(desk.rows.border),
            FadeIn(desk.matrix.border),
            run_time=1.6,
        )
        standing = (desk.image, patch, desk.rows, desk.matrix.border)
        scene.settle(*standing)
        sources, runs = image_runs(desk.image.pixels, desk.header, self.conv)
        scene.play(fly_runs(sources, runs), run_time=2.2)
        scene.play(FadeIn(desk.header.border), FadeIn(desk.named.captions), run_time=0.6)
        scene.settle(*standing, desk.header, desk.named.captions)
        self.rows = FilterRows(scene, self.conv, desk.image, None, desk.matrix)
        self.rows.sweep.start_at(0, patch)

    def first_row(self) -> None:
        """The first row has only the taps that meet pixels."""
        scene, image = self.scene, self.desk.image
        scene.step("first-row", said.first_row(self.conv))
        padding = set(map(id, image.padding.values()))
        parts = zip(image.under(0), self.rows.sweep.patch, strict=True)
        outside = VGroup(*(part for (_, cell), part in parts if id(cell) in padding))
        outside.save_state()
        scene.play(outside.animate.fade(0.8), run_time=0.8)
        self.rows.unroll(0, 2.8)
        scene.play(outside.animate.restore(), run_time=0.6)

    def other_rows(self) -> None:
        """The other rows; those in the middle run."""
        scene, desk = self.scene, self.desk
        scene.step("other-rows", said.other_rows())
        self.rows.others(7.5)
        scene.play(*self.rows.away(), run_time=0.8)
        scene.settle(desk)

    def full_rows(self) -> None:
        """Which rows hold the whole filter."""
        scene, conv, matrix = self.scene, self.conv, self.desk.matrix
        whole = np.array([not conv.window(result).padding_taps.size for result in range(conv.counts.results)])
        scene.step("full-rows", said.full_rows(conv, []))
        others, kept = matrix.part(~whole[:, None]), matrix.part(whole[:, None])
        scene.remove(*matrix.shapes)
        scene.add(others, kept)
        scene.spotlight(others, hold=1.6)
        scene.play(FadeIn(self.desk.figure), run_time=0.8)
        scene.settle(self.desk, self.desk.figure)


def shrink_part(old: VMobject, new: VMobject) -> AnimationGroup:
    """A weight on the image gets smaller with it; its symbol may have no room any more."""
    pairs = zip(old, new, strict=False)
    return AnimationGroup(
        *(ReplacementTransform(a, b) for a, b in pairs),
        *(FadeOut(mark, rate_func=FIRST_HALF) for mark in old[len(new) :]),
    )
