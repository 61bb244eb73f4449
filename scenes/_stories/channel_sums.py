"""How a result is added up from what each channel gives: a line beside every channel, and their sum below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from manim import UP, FadeIn, FadeOut, VMobject, smooth, squish_rate_func

from cnnmath import Convolution
from scenes._look.frame import frame
from scenes._mobjects.flights import gather
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, fly
from scenes._mobjects.shares import Shares, total_line
from scenes._mobjects.sweep import Sweep
from scenes._mobjects.text import Line
from scenes._pictures.trio import Trio, line_margin
from scenes._stage.viewpoint import Viewpoint
from scenes._words.piece import Key
from scenes._words.subject import Subject


class ChannelSums:
    """The lines of one result after the other, in the room between image and result."""

    def __init__(self, scene: Viewpoint, trio: Trio) -> None:
        self._scene, self._trio = scene, trio
        self._conv: Convolution = scene.convolution
        self._subject: Subject = scene.subject
        self.shares: Shares | None = None
        self.total: Line | None = None

    def pictures(self, results: Sequence[int]) -> Iterator[VMobject]:
        """The lines of some results, which must be readable."""
        for result in results:
            yield self._beside(result)
            yield self._below(result)

    def _beside(self, result: int) -> Shares:
        trio, margin = self._trio, line_margin()
        room = trio.sums_to - trio.image.get_right()[0] - margin.both
        return Shares(self._subject, result, trio.image.channels, room, margin.left)

    def _below(self, result: int) -> Line:
        room = frame().stage_width - 0.4
        return total_line(self._subject, result, room).move_to(UP * frame().figure_y)

    @property
    def shown(self) -> list[VMobject]:
        """What stands there now."""
        return [part for part in (self.shares, self.total) if part is not None]

    def write(self, sweep: Sweep) -> None:
        """The first result's lines: symbols come out of the cells, shares go into the sum."""
        scene, trio = self._scene, self._trio
        self.shares, self.total = self._beside(0), self._below(0)
        sources: dict[Key | None, VMobject] = {}
        for (weight, cell), part in zip(trio.image.under(0), sweep.patch, strict=True):
            sources["weight", weight] = cast(VMobject, part[1]) if len(part) > 1 else part
            sources[cell.key] = cell.symbol if cell.label else cell.box
        for line in self.shares.lines:
            pace = 1.4 if line is self.shares.lines[0] else 1.0
            scene.play(*gather(line, sources, scene.mobjects, pace), run_time=pace)
        known: dict[Key | None, VMobject] = {glyph.key: glyph for line in self.shares.lines for glyph in line}
        known |= {cell.key: cell.symbol if cell.label else cell.box for cell in trio.filter.biases}
        *summed, result = self.total
        scene.play(*gather(summed, known, scene.mobjects, 1.6), run_time=1.6)
        scene.play(FadeIn(result, scale=0.4), run_time=0.6)

    def rewrite(self, result: int) -> Moves:
        """The lines of another stop take the place of those that stand there."""
        leaving = [FadeOut(part, rate_func=FIRST_HALF) for part in self.shown]
        self.shares, self.total = self._beside(result), self._below(result)
        return [*leaving, *(FadeIn(part, rate_func=SECOND_HALF) for part in self.shown)]

    def land(self, result: int) -> Moves:
        """The sum's result goes to its cell."""
        assert self.total is not None
        cell, late = self._trio.result.cells[result], squish_rate_func(smooth, 0.5, 1)
        if cell.label:
            return [fly(self.total[-1], cell.symbol)]
        shade: Any = cell.box.animate(rate_func=late)  # type: ignore[operator]
        dropping = FadeOut(self.total[-1].copy(), target_position=cell.middle, scale=0.25)
        return [dropping, shade.set_fill(self._trio.result.shades[id(cell)])]

    def clear(self) -> Moves:
        """Take the lines away."""
        leaving = [FadeOut(part) for part in self.shown]
        self.shares = self.total = None
        return leaving
