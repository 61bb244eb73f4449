"""How the entries of a matrix wish, which wishes count, and what becomes of the weights: one step of learning."""

from __future__ import annotations

from manim import (
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    VMobject,
    smooth,
    squish_rate_func,
)
from manim import Line as Stroke

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves, turn_over
from scenes._mobjects.plates import Plate, bright
from scenes._mobjects.text import Glyph
from scenes._mobjects.wish_sums import step_line, wish_line, wishes_line
from scenes._pictures.lesson import Errors, Wishes
from scenes._stage.viewpoint import Viewpoint
from scenes._stories.working import Working
from scenes._words.training import Lesson

Place = tuple[int, int]
_FIRST, _THEN = squish_rate_func(smooth, 0, 0.55), squish_rate_func(smooth, 0.4, 1)
"""One thing moves after the other."""
_SIGN = 0.4
"""Seconds in which the sign and what a line comes to appear."""
_FAINT = 0.4
"""How much is seen of a wish that is crossed out."""
_MARGIN = 0.22
"""Between a stroke and the corners of its plate, in parts of the plate."""


class Wishing:
    """What stands: the filter and the sums of wishes, the matrix and what is written on it, the errors."""

    def __init__(self, scene: Viewpoint, lesson: Lesson, picture: Wishes) -> None:
        self.scene, self.lesson, self.picture = scene, lesson, picture
        self.matrix, self.labels = self.picture.matrix, self.picture.labels
        self.working = Working(scene, self.picture.place("line"))
        self.entries: dict[Place, Glyph] = dict(self.picture.entries)
        self.sums: dict[int, Glyph] = {}
        """What stands in the gradient: by weight, and behind the last one the bias's."""
        self._kinds = ["filter", "error"]

    def standing(self) -> list[Mobject]:
        """All of it, as it is now."""
        parts, names = self.picture.parts, self.picture.names
        grounds = [part for kind in self._kinds for part in (parts[kind], names[kind])]
        written = [*self.labels["filter"], *self.labels["error"], *self.sums.values(), *self.entries.values()]
        return [*grounds, self.matrix, *written, *self.working.standing()]

    def settle(self) -> None:
        """Leave nothing but this in the scene."""
        self.scene.settle(*self.standing())

    def begin(self, old: Errors) -> Moves:
        """The filter makes room, and the matrix grows; results and what is wanted leave, their errors stay."""
        new = self.picture
        moves: Moves = [ReplacementTransform(old.matrix, new.matrix, rate_func=_THEN)]
        for kind, rate in (("filter", _FIRST), ("error", _THEN)):
            before = [old.parts[kind], old.names[kind], *old.labels[kind]]
            after = [new.parts[kind], new.names[kind], *self.labels[kind]]
            moves += [ReplacementTransform(a, b, rate_func=rate) for a, b in zip(before, after, strict=True)]
        for kind in ("result", "wanted"):
            leaving = [old.parts[kind], old.names[kind], *old.labels[kind]]
            moves += [FadeOut(part, rate_func=FIRST_HALF) for part in leaving]
        for place, glyph in self.entries.items():
            was = old.entries[place]
            if was.says == glyph.says:
                moves.append(ReplacementTransform(was, glyph, rate_func=_THEN))
            else:
                moves += [FadeOut(was, rate_func=FIRST_HALF), FadeIn(glyph, rate_func=SECOND_HALF)]
        return moves

    # Wishes

    def wish(self) -> None:
        """A weight's wish and a zero's slowly, the rest of the first row faster, then row by row."""
        first, *others = (self.matrix.row(result) for result in range(self.lesson.conv.counts.results))
        zeros = [place for place in first[1:] if place in self.matrix.zeros]
        slow = [first[0], *(zeros or first[1:])[:1]]
        for which, place in enumerate(slow):
            self._work_out(place, 0.9 if which == 0 else 0.45)
        for which, places in enumerate([[place for place in first if place not in slow], *others]):
            if places:
                self.working.frame([bright(self._error(places[0][0]))], 0.3)
                turns = [self._turn(place, self.matrix.wish(*place)) for place in places]
                self.scene.play(LaggedStart(*turns, lag_ratio=0.15), run_time=0.7 if which < 2 else 0.4)
        self.scene.play(*self.working.clear(), run_time=0.3)
        self.settle()

    def _error(self, result: int) -> VMobject:
        return self.picture.parts["error"].grounds[result]

    def _turn(self, place: Place, new: Glyph) -> AnimationGroup:
        """An entry turns over, and says something else."""
        old, self.entries[place] = self.entries[place], new
        return turn_over(old, new)

    def _work_out(self, place: Place, pace: float) -> None:
        """One wish slowly: its error times its pixel."""
        result, pixel = place
        about = (self._error(result), self.matrix.header.at(0, pixel), self.matrix.at(*place))
        self.working.frame([*map(bright, about)], 0.7 * pace)
        line = wish_line(self.lesson, result, pixel, self.picture.line_em)
        self.working.write(line, [self.labels["error"][result], self.matrix.pixels[pixel]], 1.2 * pace, _SIGN)
        goal = self.matrix.wish(*place)
        old, self.entries[place] = self.entries[place], goal
        self.working.land(goal, FadeOut(old, rate_func=FIRST_HALF), run_time=1.0 * pace)

    # The rules

    def cross_out(self) -> None:
        """The wishes of the zeros are crossed out, and the zeros are back."""
        scene, zeros = self.scene, self.matrix.zeros
        wishes = [self.entries[place] for place in zeros]
        scene.play(*(wish.animate.set_opacity(_FAINT) for wish in wishes), run_time=0.6)
        strokes = [_stroke(self.matrix.at(*place)) for place in zeros]
        scene.play(LaggedStart(*map(Create, strokes), lag_ratio=0.08), run_time=1.6)
        scene.wait(0.6)
        back = {place: self.matrix.weight(self.lesson, *place) for place in zeros}
        scene.play(
            *(FadeOut(part, rate_func=FIRST_HALF) for part in (*wishes, *strokes)),
            *(FadeIn(zero, rate_func=SECOND_HALF) for zero in back.values()),
            run_time=1.0,
        )
        self.entries |= back
        self.settle()

    def show_gradient(self) -> Moves:
        """Room for the sums."""
        self._kinds.append("gradient")
        return [FadeIn(self.picture.parts["gradient"]), FadeIn(self.picture.names["gradient"])]

    def add_up(self, weight: int | None, pace: float) -> None:
        """The wishes of a weight, or with None those of the bias, are added up, and their sum is its gradient."""
        lesson = self.lesson
        which = lesson.conv.counts.weights if weight is None else weight
        if weight is None:
            about, sources = self.picture.parts["error"].grounds, self.labels["error"]
        else:
            places = lesson.places(weight)
            about, sources = [self.matrix.at(*place) for place in places], [self.entries[place] for place in places]
        self.working.frame([bright(part) for part in about], 0.6 * pace)
        line = wishes_line(lesson, weight, self.picture.line_em, self.picture.line_room)
        there = {glyph.key: glyph for glyph in sources}
        self.working.write(line, [there[term.key] for term in line.terms], 1.6 * pace, _SIGN * min(1.0, pace + 0.2))
        goal = self.sums[which] = self.picture.parts["gradient"].label(which, lesson.gradients[which])
        self.working.land(goal, run_time=1.0 * pace)

    def add_up_rest(self, done: int) -> None:
        """The same for all others, and the bias, faster."""
        for weight in [*(w for w in self.lesson.used if w != done), None]:
            self.add_up(weight, 0.36)
        pieces = self.lesson.gradients
        unused = [which for which in range(len(pieces)) if which not in self.sums]
        for which in unused:
            self.sums[which] = self.picture.parts["gradient"].label(which, pieces[which])
        self.scene.play(*self.working.clear(), *(FadeIn(self.sums[which]) for which in unused), run_time=0.5)
        self.settle()

    # The step

    def step(self, weight: int) -> None:
        """One weight takes its step slowly, then all others do."""
        scene, lesson, filter_ = self.scene, self.lesson, self.picture.parts["filter"]
        about = [self.picture.parts[kind].grounds[weight] for kind in ("gradient", "filter")]
        self.working.frame([*map(bright, about)], 0.6)
        line = step_line(lesson, weight, self.picture.line_em, self.picture.line_room)
        old = self.labels["filter"]
        self.working.write(line, [old[weight], None, self.sums[weight]], 1.4, _SIGN)
        new = [filter_.label(which, piece) for which, piece in enumerate(lesson.next.parameters)]
        self.working.land(new[weight], FadeOut(old[weight], rate_func=FIRST_HALF), run_time=1.0)
        turns = [turn_over(old[which], new[which]) for which in range(len(new)) if which != weight]
        scene.play(LaggedStart(*turns, lag_ratio=0.3), run_time=1.4)
        self.labels["filter"] = new
        self.settle()

    def copy(self, weight: int) -> None:
        """The places of one weight take its new value from the filter, then all others do."""
        lesson, scene = self.lesson.next, self.scene
        places, source = lesson.places(weight), self.picture.parts["filter"]
        about = [source.grounds[weight], *(self.matrix.at(*place) for place in places)]
        self.working.frame([*map(bright, about)], 0.6)
        scene.play(*(FadeOut(self.entries[place]) for place in places), run_time=0.5)
        new = {place: self.matrix.weight(lesson, *place) for place in places}
        # Where only letters can be read in the matrix, these come.
        label = source.marks[weight] if self.matrix.lettered else self.labels["filter"][weight]
        scene.play(plan([Flight(label, goal, True) for goal in new.values()], scene.mobjects, 1.8), run_time=1.8)
        self.entries |= new
        rest = [p for w in lesson.used if w != weight for p in lesson.places(w)]
        turns = [self._turn(place, self.matrix.weight(lesson, *place)) for place in rest]
        if turns:
            scene.play(LaggedStart(*turns, lag_ratio=0.08), run_time=1.4)
        scene.play(*self.working.clear(), run_time=0.4)
        self.settle()


def _stroke(plate: Plate) -> Stroke:
    """A stroke through a plate, from corner to corner."""
    low, high = plate.get_corner((-1, -1, 0)), plate.get_corner((1, 1, 0))
    way = _MARGIN * (high - low)
    return Stroke(low + way, high - way, stroke_color=theme().muted, stroke_width=3).set_z_index(FRAME_LAYER)
