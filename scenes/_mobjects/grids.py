"""The grids of a convolution: image with its padding, filter with its bias, results; and the filter on the image."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    ManimColor,
    Mobject,
    RoundedRectangle,
    Transform,
    VGroup,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)

from cnnmath import Convolution
from scenes._look.theme import theme
from scenes._mobjects.cells import (
    BESIDE,
    FRAME_LAYER,
    Cell,
    Grid,
    Patch,
    Planes,
    aside_of,
    extent,
    in_stacks,
    mark_size,
    marks_are_wide,
)
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import Moves, swap
from scenes._mobjects.text import Glyph
from scenes._words.digits import result_values
from scenes._words.piece import Piece
from scenes._words.subject import Subject


class ImageGrid(Grid):
    """The image: `pixels[i]`; and its padding, if any, as a dashed ring of zeros: `padding[position]`."""

    def __init__(self, subject: Subject, side: float, stacks: int = 1, ring: bool = True) -> None:
        conv = subject.conv
        self._conv, self._subject = conv, subject
        weights = [subject.weight(i) for i in range(conv.counts.weights)]
        self.mark_size = mark_size(weights, side)
        self._wide_mark = self.mark_size if marks_are_wide(weights, side) else 0.0
        if ring:
            shape, place_of = conv.padded_shape, conv.padded_position
        else:
            shape, place_of = conv.image.shape, conv.pixel_place
        pixel_at = {place_of(i): i for i in range(conv.counts.pixels)}
        pixels = [pixel_at.get(place) for place in np.ndindex(*shape)]
        shades, blank = theme().shades(conv.image.ravel().tolist()), ManimColor(theme().background)
        super().__init__(
            in_stacks(shape, stacks),
            [subject.pixel(p) if p is not None else Piece("0", ("padding", i)) for i, p in enumerate(pixels)],
            side,
            shades=[shades[p] if p is not None else blank for p in pixels],
        )
        at = {pixel: cell for pixel, cell in zip(pixels, self.cells, strict=True) if pixel is not None}
        self.pixels = [at[i] for i in range(conv.counts.pixels)]
        self.padding = {i: self.cells[i].dashed() for i, pixel in enumerate(pixels) if pixel is None}
        self.channels: list[list[Cell]] = [[] for _ in conv.image]
        """The cells of each channel, its padding included."""
        for (channel, *_), cell in zip(np.ndindex(*shape), self.cells, strict=True):
            self.channels[channel].append(cell)

    def filter_at(self, result: int) -> int:
        """Which filter gives a result."""
        return self._conv.window(result).filter

    def under(self, result: int) -> list[tuple[int, Cell]]:
        """The cells under the filter at one stop, each with the weight that lies on it, in the weights' order."""
        window = self._conv.window(result)
        pairs = [(int(tap["weight"]), self.pixels[int(tap["pixel"])]) for tap in window.taps]
        pairs += [(int(tap["weight"]), self.padding[int(tap["position"])]) for tap in window.padding_taps]
        return sorted(pairs, key=lambda pair: pair[0])

    def windows(self, result: int) -> list[list[Cell]]:
        """The cells under the filter at one stop, channel by channel."""
        channels: dict[int, list[Cell]] = {}
        for weight, cell in self.under(result):
            channels.setdefault(int(np.unravel_index(weight, self._conv.kernel.shape)[1]), []).append(cell)
        return list(channels.values())

    def patch(self, result: int) -> Patch:
        """The filter lying on the image at one stop."""
        pairs = self.under(result)
        weights, cells = [self._subject.weight(weight) for weight, _ in pairs], [cell for _, cell in pairs]
        return Patch(weights, cells, self.mark_size)

    def cover(self, result: int) -> Patch:
        """Draw the filter at one stop at once: the patch, with the pixels' own symbols moved aside."""
        for cell in self.covered(result):
            cell.symbol.centre_on(self.aside(cell))
        return self.patch(result)

    def aside(self, cell: Cell) -> np.ndarray:
        """Where a covered pixel's own symbol makes room to."""
        return aside_of(cell, self._wide_mark)

    def covered(self, result: int | None) -> list[Cell]:
        """The cells whose symbols make room for the weights' at one stop; none where there are no such symbols."""
        if result is None or self.shaded or not self.mark_size:
            return []
        return [cell for _, cell in self.under(result)]


def pixel_rows(conv: Convolution) -> list[range]:
    """The pixels of each row of the image, channel after channel."""
    return [conv.pixels_of(*place) for place in np.ndindex(conv.image.shape[:2])]


def move_labels(image: ImageGrid, old: int | None, new: int | None) -> Moves:
    """Pixels that the filter leaves take their place again; those that it comes to lie on make room."""
    before, after = image.covered(old), image.covered(new)
    moves: Moves = [cell.symbol.animate.centre_on(cell.middle) for cell in before if cell not in after]
    return moves + [cell.symbol.animate.centre_on(image.aside(cell)) for cell in after if cell not in before]


def weight_grid(subject: Subject, side: float) -> Grid:
    """The filter's weights, without its bias."""
    conv = subject.conv
    weights = [subject.weight(i) for i in range(conv.counts.weights)]
    return Grid(filter_planes(conv), weights, side, beside=_between_filters(conv))


def weights_extent(conv: Convolution) -> tuple[float, float]:
    """Width and height of a grid of all weights, in sides of a cell."""
    return extent(filter_planes(conv), _between_filters(conv))


def _between_filters(conv: Convolution) -> float:
    """The room between filters, in sides of a cell: where biases stand beside them, for these, too."""
    return BESIDE + _BIAS if bias_beside(conv) else BESIDE


_BIAS = 1.2
"""Room for a bias beside or below its filter, in sides of a cell."""


def bias_beside(conv: Convolution) -> bool:
    """Whether the bias stands beside its filter: below a high stack there is no room for it."""
    return len(conv.image) > 1 and extent(filter_planes(conv))[1] > 7


def filter_planes(conv: Convolution) -> Planes:
    """Each filter is a stack of its channels; filters stand side by side."""
    filters, channels, rows, columns = conv.kernel.shape
    return filters, channels, rows, columns


def result_grid(subject: Subject, side: float, stacks: int = 1) -> Grid:
    """The results: one plane for each filter, in one stack or in several."""
    conv = subject.conv
    pieces = [subject.result(i) for i in range(conv.counts.results)]
    return Grid(in_stacks(conv.output_shape, stacks), pieces, side, shades=theme().shades(result_values(conv)))


class Filter(VGroup):
    """Weights and bias in one frame: the bias belongs to the filter. Several filters stand side by side.

    `bias` holds the cell of each filter's bias, `frame` a frame for each.
    """

    def __init__(self, subject: Subject, side: float, bias_at: Any = DOWN) -> None:
        conv = subject.conv
        self.side = side
        self.grid = weight_grid(subject, side)
        count = len(conv.kernel)
        stacks = [VGroup(*(self.grid.cells[w] for w in conv.weights_of(f))) for f in range(count)]
        self.biases = [Cell(subject.bias(f), side) for f in range(count)]
        beside = RIGHT if bias_beside(conv) or (count == 1 and bias_at is not DOWN) else DOWN
        for cell, stack in zip(self.biases, stacks, strict=True):
            cell.next_to(stack, beside, buff=0.2 * side)
        self.bias = VGroup(*self.biases)
        self.frames = [_frame(VGroup(*stack, cell), side) for cell, stack in zip(self.biases, stacks, strict=True)]
        self.frame = VGroup(*self.frames)
        super().__init__(self.frame, self.grid, self.bias)

    def unlabel(self) -> None:
        """Take the symbols away where they cannot be read: colours and places are left."""
        for cell in (*self.grid.cells, *self.biases):
            cell.unlabel()

    @staticmethod
    def extent(conv: Convolution, bias_at: Any = DOWN) -> tuple[float, float]:
        """Width and height with the biases, without the frame, in sides of a cell."""
        wide, tall = weights_extent(conv)
        if bias_beside(conv):
            return wide + _BIAS, tall
        beside = len(conv.kernel) == 1 and bias_at is not DOWN
        return (wide + _BIAS, tall) if beside else (wide, tall + _BIAS)


def _frame(inner: VGroup, side: float) -> RoundedRectangle:
    """A frame around a filter and its bias."""
    return (
        RoundedRectangle(
            corner_radius=0.15 * side,
            width=inner.width + 0.34 * side,
            height=inner.height + 0.34 * side,
            stroke_color=theme().muted,
            stroke_width=2,
        )
        .move_to(inner)
        .set_z_index(FRAME_LAYER)
    )


class Slip(Transform):
    """A thing that lies below texts becomes another one. On the way it is a tint alone, or almost: borders would cross
    what it slips under, and symbols would stand on it."""

    _EDGE, _FAINT = 0.1, 0.3
    """On which share of the way, at both ends, they go and come back; and what is left of symbols between."""

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        share = self.rate_func(alpha)
        there = max(0.0, 1 - min(share, 1 - share) / self._EDGE)
        if there == 1:
            return
        for part in cast(VMobject, self.mobject).family_members_with_points():
            if isinstance(part, Glyph):
                part.set_fill(opacity=max(there, self._FAINT), family=False)
            else:
                part.set_stroke(opacity=there, family=False)


def drop_into(results: Grid, result: int, patch: Patch) -> Moves:
    """What the filter covers shrinks into one result."""
    cell, late = results.cells[result], squish_rate_func(smooth, 0.5, 1)
    drops: Moves = [
        FadeOut(
            part[0].copy().set_stroke(width=0),
            target_position=cell.middle,
            scale=0.25,
            rate_func=squish_rate_func(smooth, 0, 0.7),
        )
        for part in patch
    ]
    if results.shaded:
        shading: Any = cell.box.animate(rate_func=late)  # type: ignore[operator]
        return [*drops, shading.set_fill(results.shades[id(cell)])]
    return [*drops, FadeIn(cell.symbol, scale=0.4, rate_func=late)]


class Sweep:
    """The filter going over an image, stop by stop; without `weights` to come from it just appears."""

    def __init__(self, image: ImageGrid, weights: Grid | None) -> None:
        self._image, self._weights = image, weights
        self._stop: int | None = None
        self.patch = Patch([], [], 0)

    def to(self, stop: int, standing: list[Mobject] | None = None, run_time: float = 1.0) -> Moves:
        """Lay the filter on the image, or slide it on. Afterwards `patch` belongs into the scene.

        With what is `standing`, the weights come on planned ways: else they would cross what lies between.
        """
        goal, moves = self._image.patch(stop), move_labels(self._image, self._stop, stop)
        if self._stop is not None and not self._same_filter(stop):
            moves += [FadeOut(self.patch)]
        if self._stop is None or not self._same_filter(stop):
            if standing is None or self._weights is None:
                moves += self._come(stop, goal)
            else:
                moves.append(self._flown(self._weights, stop, goal, standing, run_time))
            self.patch = goal
        else:
            moves.append(Slip(self.patch, goal))
        self._stop = stop
        return moves

    def _come(self, stop: int, goal: Patch) -> Moves:
        """A filter's weights come to lie on the image."""
        if self._weights is None:
            return [FadeIn(goal)]
        # Below the pixels' symbols all the way, so that one sees them being covered. Where there is no room for the
        # weights' symbols they stay behind: nothing of them may turn into a square.
        weights = [self._weights.cells[weight] for weight, _ in self._image.under(stop)]
        return [
            Slip(
                VGroup(*a.copy().submobjects[: len(b.submobjects)]),
                b,
                path_arc=0.5,
                replace_mobject_with_target_in_scene=True,
            )
            for a, b in zip(weights, goal, strict=True)
        ]

    def _flown(self, weights: Grid, stop: int, goal: Patch, standing: list[Mobject], run_time: float) -> Animation:
        """The same on ways among what stands."""
        cells = [weights.cells[weight] for weight, _ in self._image.under(stop)]
        parts = zip(cells, goal, strict=True)
        flights = [Flight(VGroup(*a.submobjects[: len(b.submobjects)]), b, True) for a, b in parts]
        return plan(flights, standing, run_time)

    def _same_filter(self, stop: int) -> bool:
        """Whether the filter that lies on the image is the one for that stop."""
        return self._image.filter_at(self._stop or 0) == self._image.filter_at(stop)

    def start_at(self, stop: int, patch: Patch) -> None:
        """Take over a filter that lies on the image already."""
        self._stop, self.patch = stop, patch

    def on_to(self, stop: int) -> Moves:
        """Slide on along a row of stops, or hop to the next one: on the way back it would cross all of the image."""
        assert self._stop is not None
        rows = [_middle(self._image.under(one))[1] for one in (self._stop, stop)]
        return self.to(stop) if np.isclose(*rows) else self.hop(stop)

    def hop(self, stop: int) -> Moves:
        """The filter leaves its place and is there at the next one: on its way it would cross many numbers."""
        old, self.patch = self.patch, self._image.patch(stop)
        moves = [*swap(old, self.patch), *move_labels(self._image, self._stop, stop)]
        self._stop = stop
        return moves

    def away(self) -> Moves:
        """Take the filter off the image."""
        moves = [FadeOut(self.patch), *move_labels(self._image, self._stop, None)]
        self._stop = None
        return moves

    def drop(self, results: Grid, result: int) -> Moves:
        """What the filter covers shrinks into one result."""
        return drop_into(results, result, self.patch)

    def run(self, stops: range, results: Grid | None = None, frame: VMobject | None = None) -> FastSweep:
        """Many stops in one movement; without `results` the filter only passes over them."""
        self._stop = stops[-1]
        return FastSweep(self._image, self.patch, stops, results, frame)


class FastRun(Animation):
    """The filter runs over many stops; `parts` are what changes with it when it has reached one."""

    def __init__(self, image: ImageGrid, patch: Patch, stops: range, *parts: VMobject) -> None:
        self._image, self._patch, self._stops = image, patch, stops
        self._before, self.reached = stops[0] - 1, stops[0] - 1
        self._places = {stop: _middle(image.under(stop)) for stop in range(self._before, stops[-1] + 1)}
        moved = {id(c): c.symbol for stop in self._places for c in image.covered(stop)}
        self._borders = [part[0].get_stroke_width() for part in patch]
        super().__init__(VGroup(patch, *parts, *moved.values()), introducer=True, rate_func=linear)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand between two stops, or at one; without borders, which would cross what stands there."""
        for part, width in zip(self._patch, self._borders, strict=True):
            part[0].set_stroke(width=width if alpha in (0, 1) else 0)
        progress = alpha * len(self._stops)
        done = min(int(progress), len(self._stops) - 1)
        stop = self._stops[done]
        while self.reached < stop or (alpha == 1 and self.reached < self._stops[-1]):
            self.arrive(self.reached + 1)
        share = smooth(min((progress - done) * 2, 1.0))
        self._patch.move_to(self._places[stop - 1] + share * (self._places[stop] - self._places[stop - 1]))

    def arrive(self, stop: int) -> None:
        """Come to a stop: pixels make room."""
        for cell in self._image.covered(stop - 1):
            cell.symbol.centre_on(cell.middle)
        for cell in self._image.covered(stop):
            cell.symbol.centre_on(self._image.aside(cell))
        self.reached = stop


class FastSweep(FastRun):
    """The filter runs over many stops; every result (if there are any) appears when it has reached its place."""

    def __init__(
        self, image: ImageGrid, patch: Patch, stops: range, results: Grid | None, frame: VMobject | None
    ) -> None:
        self._results, self._frame = results, frame
        shown = [results.cells[stop].symbol for stop in stops] if results and not results.shaded else []
        for glyph in shown:
            glyph.set_opacity(0)
        boxes = [results.cells[stop].box for stop in stops] if results and results.shaded else []
        super().__init__(image, patch, stops, *([frame] if frame else []), *boxes, *shown)

    def arrive(self, stop: int) -> None:
        """Come to a stop: the result is there."""
        super().arrive(stop)
        if self._results is None:
            return
        cell = self._results.cells[stop]
        if self._frame:
            self._frame.move_to(cell.middle)
        if cell.label:
            cell.label.set_opacity(1)
        self._results.shade([cell])


def _middle(under: list[tuple[int, Cell]]) -> np.ndarray:
    return np.asarray(VGroup(*(cell.box for _, cell in under)).get_center())
