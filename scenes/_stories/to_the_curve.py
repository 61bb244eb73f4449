"""A number goes onto the axis, up to the curve and across into the next grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Create, Dot, FadeIn, FadeOut, VGroup, linear
from manim import Line as Stroke

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, focus
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import Moves, grow_from, shrink_to
from scenes._mobjects.text import Glyph
from scenes._pictures.activation_stage import ActivationStage
from scenes._stage.viewpoint import Viewpoint

_GUIDE, _DOT, _MARK = 3.5, 0.11, 0.085


class ToTheCurve:
    """The way of each result on an `ActivationStage`; `marks` are the places on the curve where they have been."""

    FEW = 4
    """So many others go one by one at most."""

    def __init__(self, scene: Viewpoint, stage: ActivationStage) -> None:
        self._scene, self._stage = scene, stage
        self.marks: list[Dot] = []
        self._left: Moves = []
        self._hidden: list[Glyph] = []

    def go(self, index: int, pace: float) -> None:
        """One number: slowly with pace 1, faster with less."""
        scene, stage, look = self._scene, self._stage, self._scene.theme
        acts, plot = stage.acts, stage.plot
        source, goal = stage.result.cells[index], stage.activation.cells[index]
        at_floor, at_side = stage.at_floor(index), stage.at_side(index)
        foot = plot.place(acts.before[index], plot.y.low)
        point = plot.place(acts.before[index], acts.after[index])
        end = plot.place(plot.x.high, acts.after[index])
        crowd = plot.crowding(at_floor, "x")
        frame = focus(source)
        scene.play(*self.leave(crowd), Create(frame), run_time=0.5 * pace)
        time = 1.2 * pace
        if source.label:
            scene.play(plan([Flight(source.symbol, at_floor, copied=True)], scene.mobjects, time), run_time=time)
        else:
            scene.play(grow_from(at_floor, source.middle), run_time=time)
        up, across = (
            Stroke(start, stop, stroke_color=look.accent, stroke_width=_GUIDE).set_z_index(FRAME_LAYER + 0.5)
            for start, stop in ((foot, point), (point, end))
        )
        dot = _mark(foot, _DOT)
        scene.play(FadeIn(dot), run_time=0.3 * pace)
        if np.linalg.norm(point - foot) > 0.02:
            scene.play(Create(up), dot.animate.move_to(point), run_time=0.8 * pace)
        mark = dot.copy()
        scene.play(Create(across), dot.animate.move_to(end), FadeIn(mark), run_time=0.8 * pace)
        arrived = focus(goal)
        scene.play(grow_from(at_side, end), FadeOut(dot), FadeOut(frame), FadeIn(arrived), run_time=0.5 * pace)
        self._deliver(at_side, index, pace)
        self.marks.append(mark)
        self._left = [
            *map(FadeOut, (at_floor, up, across, arrived)),
            mark.animate.set(width=2 * _MARK),
        ]

    def _deliver(self, at_side: Glyph, index: int, pace: float) -> None:
        """The number goes into its cell; where there is no room for it the cell takes its shade."""
        goal, grid = self._stage.activation.cells[index], self._stage.activation
        if goal.label:
            flight = plan([Flight(at_side, goal.symbol)], self._scene.mobjects, pace)
            self._scene.play(flight, run_time=pace)
        else:
            shading = goal.box.animate.set_fill(grid.shades[id(goal)])
            self._scene.play(shrink_to(at_side, goal.middle), shading, run_time=1.0 * pace)

    def leave(self, crowd: Sequence[Glyph] = ()) -> Moves:
        """What is left of the last number's way goes; labels of the ruler make room for the next number, or return."""
        left, self._left = self._left, []
        before, self._hidden = self._hidden, list(crowd)
        left += [FadeIn(label) for label in before if label not in crowd]
        return left + [FadeOut(label) for label in crowd if label not in before]

    def run(self, indices: Sequence[int]) -> None:
        """Many numbers, in a few seconds."""
        scene = self._scene
        scene.play(*self.leave(), run_time=0.4) if self._left else None
        sweep = CurveSweep(self._stage, indices)
        scene.play(sweep, run_time=min(6.0, max(2.0, 0.25 * len(indices))))
        self.marks += sweep.marks
        scene.remove(*sweep.frames)


def _mark(place: np.ndarray, radius: float) -> Dot:
    """A place on the curve, brighter than it."""
    return Dot(place, radius, color=theme().accent).set_z_index(FRAME_LAYER + 1)


class CurveSweep(Animation):
    """One result after the other lights up, has its mark on the curve, and is in the next grid."""

    def __init__(self, stage: ActivationStage, indices: Sequence[int]) -> None:
        self._stage, self._indices, self._reached = stage, indices, 0
        acts = stage.acts
        places = [stage.plot.place(acts.before[i], acts.after[i]) for i in indices]
        self.marks = [_mark(place, _MARK) for place in places]
        self.frames = [focus(grid.cells[indices[0]]) for grid in (stage.result, stage.activation)]
        self._cells = [stage.activation.cells[i] for i in indices]
        shown = [cell.label for cell in self._cells if cell.label]
        for part in (*self.marks, *shown):
            part.set_opacity(0)
        boxes = [cell.box for cell in self._cells if not cell.label]
        super().__init__(VGroup(*self.frames, *self.marks, *boxes, *shown), introducer=True, rate_func=linear)

    def interpolate_mobject(self, alpha: float) -> None:
        """Have reached so many of them."""
        goal = min(int(alpha * len(self._indices)) + 1, len(self._indices))
        for step in range(self._reached, goal):
            cell, index = self._cells[step], self._indices[step]
            self.marks[step].set_opacity(1)
            if cell.label:
                cell.label.set_opacity(1)
            self._stage.activation.shade([cell])
            for frame, grid in zip(self.frames, (self._stage.result, self._stage.activation), strict=True):
                frame.move_to(grid.cells[index].middle)
        self._reached = goal
