"""How the entries of a matrix wish, which wishes count, and what becomes of the weights: one step of learning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manim import AnimationGroup, Create, FadeIn, FadeOut, LaggedStart, Mobject, ReplacementTransform, VGroup, VMobject
from manim import Line as Stroke

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Fly, Moves, fly, turn_over
from scenes._mobjects.plates import Plate, bright
from scenes._mobjects.text import Glyph
from scenes._mobjects.wish_sums import Sum, step_line, wish_line, wishes_line
from scenes._pictures.lesson import Errors, Wishes
from scenes._stage.viewpoint import Viewpoint
from scenes._words.training import Lesson

Place = tuple[int, int]
_SLOW = 3
"""So many wishes are worked out one by one."""
_FAINT = 0.4
"""How much is seen of a wish that is crossed out."""
_MARGIN = 0.22
"""Between a stroke and the corners of its plate, in parts of the plate."""


class Wishing:
    """What stands: the filter and the sums of wishes, the matrix and what is written on it, the errors."""

    def __init__(self, scene: Viewpoint, lesson: Lesson) -> None:
        self.scene, self.lesson, self.picture = scene, lesson, Wishes(lesson)
        self.matrix, self.labels = self.picture.matrix, self.picture.labels
        self.entries: dict[Place, Glyph] = dict(self.picture.entries)
        self.sums: dict[int, Glyph] = {}
        """What stands in the gradient: by weight, and behind the last one the bias's."""
        self.summed = False
        """Whether the gradient is there."""

    def standing(self) -> list[Mobject]:
        """All of it, as it is now."""
        parts, names, labels = self.picture.parts, self.picture.names, self.labels
        kinds = ["filter", "error", *(["gradient"] if self.summed else [])]
        return [
            *(parts[kind] for kind in kinds),
            *(names[kind] for kind in kinds),
            *labels["filter"],
            *labels["error"],
            *self.sums.values(),
            self.matrix,
            *self.entries.values(),
        ]

    def settle(self, *others: Mobject) -> None:
        """Leave nothing but this in the scene."""
        self.scene.settle(*self.standing(), *others)

    def begin(self, old: Errors) -> Moves:
        """The matrix grows; results and what is wanted leave, their errors stay."""
        new = self.picture
        moves: Moves = []
        for kind in ("filter", "error"):
            moves += [ReplacementTransform(old.parts[kind], new.parts[kind])]
            moves += [ReplacementTransform(old.names[kind], new.names[kind])]
            moves += [ReplacementTransform(a, b) for a, b in zip(old.labels[kind], self.labels[kind], strict=True)]
        for kind in ("result", "wanted"):
            leaving = [old.parts[kind], old.names[kind], *old.labels[kind]]
            moves += [FadeOut(part, rate_func=FIRST_HALF) for part in leaving]
        moves.append(ReplacementTransform(old.matrix, new.matrix))
        for place, glyph in self.entries.items():
            before = old.entries[place]
            if before.says == glyph.says:
                moves.append(ReplacementTransform(before, glyph))
            else:
                moves += [FadeOut(before, rate_func=FIRST_HALF), FadeIn(glyph, rate_func=SECOND_HALF)]
        return moves

    # Wishes

    def wish(self) -> None:
        """A few wishes slowly, the rest of the first row faster, then row by row."""
        first, *others = (self.matrix.row(result) for result in range(self.lesson.conv.counts.results))
        frames: VGroup | None = None
        for which, place in enumerate(first[:_SLOW]):
            frames = self._slow(place, frames, 1.0 if which == 0 else 0.55)
        assert frames is not None
        row = self._row_frame(first[0])
        self.scene.play(FadeOut(frames), FadeIn(row), run_time=0.4)
        for which, places in enumerate([first[_SLOW:], *others]):
            if which:
                goal = self._row_frame(places[0])
                self.scene.play(ReplacementTransform(row, goal), run_time=0.3)
                row = goal
            if places:
                turns = [self._turn(place, self.matrix.wish(*place)) for place in places]
                self.scene.play(LaggedStart(*turns, lag_ratio=0.15), run_time=1.2 if which < 2 else 0.9)
        self.scene.play(FadeOut(row), run_time=0.3)
        self.settle()

    def _row_frame(self, place: Place) -> VMobject:
        return bright(self._error(place[0]), 0.04)

    def _error(self, result: int) -> VMobject:
        return self.picture.parts["error"].grounds[result]

    def _turn(self, place: Place, new: Glyph) -> AnimationGroup:
        """An entry turns over, and says something else."""
        old, self.entries[place] = self.entries[place], new
        return turn_over(old, new)

    def _slow(self, place: Place, before: VGroup | None, pace: float) -> VGroup:
        """One wish: its error times its pixel. Gives the frames around them."""
        scene, (result, pixel) = self.scene, place
        frames = VGroup(*map(bright, (self._error(result), self.matrix.header.at(0, pixel), self.matrix.at(*place))))
        scene.play(ReplacementTransform(before, frames) if before else FadeIn(frames), run_time=0.6 * pace)
        line = self._placed(wish_line(self.lesson, result, pixel, self.picture.line_em))
        factors = [self.labels["error"][result], self.matrix.pixels[pixel]]
        self._gather(line, factors, 1.2 * pace)
        goal = self.matrix.wish(*place)
        old, self.entries[place] = self.entries[place], goal
        rest = [glyph for glyph in line if glyph is not line.total]
        scene.play(
            FadeOut(old, rate_func=FIRST_HALF),
            Fly(line.total, goal),
            *(FadeOut(glyph) for glyph in rest),
            run_time=1.0 * pace,
        )
        return frames

    def _placed(self, line: Sum) -> Sum:
        """A line of working at its place."""
        line.move_to(self.picture.place("line"))
        return line

    def _gather(self, line: Sum, sources: Sequence[Glyph], run_time: float) -> None:
        """Numbers fly into a line, then its sign and what it comes to appear."""
        scene = self.scene
        scene.play(
            *(fly(source, goal) for source, goal in zip(sources, line.terms, strict=True)),
            *(FadeIn(sign, rate_func=SECOND_HALF) for sign in line.signs),
            run_time=run_time,
        )
        scene.play(FadeIn(line[-2]), FadeIn(line.total), run_time=0.4)

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
            run_time=1.2,
        )
        self.entries |= back
        self.settle()

    def show_gradient(self) -> Moves:
        """Room for the sums."""
        self.summed = True
        return [FadeIn(self.picture.parts["gradient"]), FadeIn(self.picture.names["gradient"])]

    def add_up(self, weight: int | None, pace: float, framed: bool = False) -> None:
        """The wishes of a weight, or with None those of the bias, are added up, and their sum is its gradient."""
        lesson, scene = self.lesson, self.scene
        which = lesson.conv.counts.weights if weight is None else weight
        line = self._placed(wishes_line(lesson, weight, self.picture.line_em, self.picture.line_room))
        frames = VGroup()
        if framed and weight is not None:
            frames.add(*(bright(self.matrix.at(*place)) for place in lesson.places(weight)))
            scene.play(LaggedStart(*map(FadeIn, frames), lag_ratio=0.3), run_time=1.2 * pace)
        sources = self.labels["error"] if weight is None else [self.entries[place] for place in lesson.places(weight)]
        there = {glyph.key: glyph for glyph in sources}
        self._gather(line, [there[term.key] for term in line.terms], 1.4 * pace)
        goal = self.picture.parts["gradient"].label(which, lesson.gradients[which])
        self.sums[which] = goal
        rest = [glyph for glyph in line if glyph is not line.total]
        scene.play(
            Fly(line.total, goal), *(FadeOut(glyph) for glyph in rest), *map(FadeOut, frames), run_time=0.8 * pace
        )

    def add_up_rest(self, done: int) -> None:
        """The same for all others, and the bias, faster."""
        for weight in [*(w for w in self.lesson.used if w != done), None]:
            self.add_up(weight, 0.6)
        for which in range(self.lesson.conv.counts.weights):
            if which not in self.sums:
                self.sums[which] = self.picture.parts["gradient"].label(which, self.lesson.gradients[which])
                self.scene.play(FadeIn(self.sums[which]), run_time=0.3)
        self.settle()

    # The step

    def step(self, weight: int) -> None:
        """One weight takes its step slowly, then all others do."""
        scene, lesson, parts = self.scene, self.lesson, self.picture.parts
        line = self._placed(step_line(lesson, weight, self.picture.line_em, self.picture.line_room))
        old = self.labels["filter"][weight]
        before, rate, gradient = line.terms
        frames = VGroup(*(bright(parts[kind].grounds[weight]) for kind in ("gradient", "filter")))
        scene.play(FadeIn(frames), run_time=0.5)
        scene.play(
            fly(old, before),
            fly(self.sums[weight], gradient),
            FadeIn(rate, rate_func=SECOND_HALF),
            *(FadeIn(sign, rate_func=SECOND_HALF) for sign in line.signs),
            run_time=1.4,
        )
        scene.play(FadeIn(line[-2]), FadeIn(line.total), run_time=0.5)
        pieces = lesson.next.parameters
        new = [parts["filter"].label(which, piece) for which, piece in enumerate(pieces)]
        scene.play(
            FadeOut(old, rate_func=FIRST_HALF),
            Fly(line.total, new[weight]),
            *(FadeOut(glyph) for glyph in line if glyph is not line.total),
            FadeOut(frames),
            run_time=1.0,
        )
        others = [which for which in range(len(new)) if which != weight]
        turns = [turn_over(self.labels["filter"][which], new[which]) for which in others]
        scene.play(LaggedStart(*turns, lag_ratio=0.4), run_time=1.6)
        self.labels["filter"] = new
        self.settle()

    def copy(self, weight: int) -> None:
        """The places of one weight take its new value from the filter, then all others do."""
        lesson, scene = self.lesson.next, self.scene
        places = lesson.places(weight)
        frames = VGroup(*(bright(self.matrix.at(*place)) for place in places))
        source = bright(self.picture.parts["filter"].grounds[weight])
        scene.play(FadeIn(source), FadeIn(frames), run_time=0.5)
        scene.play(*(FadeOut(self.entries[place]) for place in places), run_time=0.5)
        new = {place: self.matrix.weight(lesson, *place) for place in places}
        label = self._source(weight)
        scene.play(LaggedStart(*(fly(label, goal) for goal in new.values()), lag_ratio=0.3), run_time=2.0)
        self.entries |= new
        scene.play(FadeOut(source), FadeOut(frames), run_time=0.4)
        rest: Iterable[Place] = [p for w in lesson.used if w != weight for p in lesson.places(w)]
        turns = [self._turn(place, self.matrix.weight(lesson, *place)) for place in rest]
        if turns:
            scene.play(LaggedStart(*turns, lag_ratio=0.08), run_time=1.4)
        self.settle()

    def _source(self, weight: int) -> Glyph:
        """What the places take from the filter: the number, or where only letters can be read in the matrix, these."""
        part = self.picture.parts["filter"]
        return part.marks[weight] if self.matrix.lettered else self.labels["filter"][weight]


def _stroke(plate: Plate) -> Stroke:
    """A stroke through a plate, from corner to corner."""
    low, high = plate.get_corner((-1, -1, 0)), plate.get_corner((1, 1, 0))
    way = _MARGIN * (high - low)
    return Stroke(low + way, high - way, stroke_color=theme().muted, stroke_width=3).set_z_index(FRAME_LAYER)
