"""What Pooling shows: windows, winners and averages by plain loops over the map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from books import Book, Still
from claims import number
from manim import RoundedRectangle
from numerals import given
from screen import Drawn, Key, Run, Shot

from cnnmath import Convolution


class Counted:
    """The windows of a pooling, by loops."""

    def __init__(self, scene: Any) -> None:
        image = scene.convolution.output() if scene.image is None else np.array(scene.image, float)
        self.map = image.reshape(-1, *image.shape[-2:])
        self.channels, rows, columns = self.map.shape
        pair = [(one, one) if isinstance(one, int) else tuple(one) for one in (scene.size, scene.stride or scene.size)]
        (self.high, self.wide), self.stride = pair
        self.shape = ((rows - self.high) // self.stride[0] + 1, (columns - self.wide) // self.stride[1] + 1)
        self.windows = [
            [
                (channel * rows + down * self.stride[0] + i) * columns + across * self.stride[1] + j
                for i, j in product(range(self.high), range(self.wide))
            ]
            for channel, down, across in product(range(self.channels), *map(range, self.shape))
        ]
        values = self.map.ravel().tolist()
        self.winners = [max(window, key=lambda i: (values[i], -i)) for window in self.windows]
        self.seen = {i for window in self.windows for i in window}
        self.overlap = len(self.seen) < sum(map(len, self.windows))

    def average(self, window: int) -> float:
        """Without any rounding but the last."""
        members = self.windows[window]
        return float(sum(given(self.map.flat[i]) for i in members) / Fraction(len(members)))

    def largest(self, window: int) -> float:
        return float(self.map.flat[self.winners[window]])


def of(still: Still) -> Counted:
    return Counted(still.scene)


def steps(scene: Any) -> list[str]:
    return ["map", "first", "windows", *(["averages"] if scene.kind == "max" else []), "network"]


def value(still: Still, key: Key) -> float | None:
    """What a number on screen must be."""
    counted = of(still)
    if key[:1] == ("pixel",):
        return float(counted.map.flat[key[1]])
    if key[:1] == ("count",):
        return float(len(counted.windows[key[1]]))
    if key[:1] in (("result",), ("other",)):
        largest = (still.scene.kind == "max") == (key[0] == "result")
        return counted.largest(key[1]) if largest else counted.average(key[1])
    return None


def _of_size(still: Still, match: re.Match[str]) -> bool:
    counted = of(still)
    sizes = number(match["rows"]), number(match["columns"])
    return sizes == (counted.high, counted.wide)


def _of_area(still: Still, match: re.Match[str]) -> bool:
    return {number(word) for word in match.groups()} == {len(of(still).windows[0])}


def _hops(still: Still, match: re.Match[str]) -> bool:
    """The window moves so far along every axis along which it moves at all."""
    counted = of(still)
    moves = {step for step, many in zip(counted.stride, counted.shape, strict=True) if many > 1}
    return moves == {number(match[1])} and counted.overlap == ("less than its size" in match[0])


def _hops_unevenly(still: Still, match: re.Match[str]) -> bool:
    counted = of(still)
    return counted.stride == (number(match[1]), number(match[2])) and min(counted.shape) > 1


def _kind(kind: str) -> Any:
    return lambda still, match: still.scene.kind == kind


def _whole(still: Still) -> bool:
    """Whether every number has a neuron."""
    return len({t.key for t in still.shot.of_kind("pixel")}) == of(still).map.size


def _fixed(still: Still, match: re.Match[str]) -> bool:
    words = {"half": 2, "one third": 3, "one quarter": 4}
    share = words.get(match[1]) or int(match[1].partition("/")[2])
    return still.scene.kind == "average" and share == len(of(still).windows[0])


CLAIMS = [
    (
        r"This is a feature map, the result of a convolution: (\w+) numbers",
        lambda s, m: s.scene.image is None and of(s).channels == 1 and of(s).map.size == number(m[1]),
    ),
    (
        r"These are (\w+) feature maps: (\w+) numbers",
        lambda s, m: s.scene.image is None and (of(s).channels, of(s).map.size) == (number(m[1]), number(m[2])),
    ),
    (
        r"This is an image(?: of (\w+) channels)?: (\w+) numbers",
        lambda s, m: (
            s.scene.image is not None
            and of(s).channels == (number(m[1]) if m[1] else 1)
            and of(s).map.size == number(m[2])
        ),
    ),
    (r"Pooling makes (it|them) smaller", lambda s, m: len(of(s).windows) < of(s).map.size),
    (r"Lay a window of (?P<rows>\w+) by (?P<columns>\w+) on it", _of_size),
    (
        r"Of the (\w+) numbers in it, only the largest is kept",
        lambda s, m: s.scene.kind == "max" and _of_area(s, m),
    ),
    (r"The (\w+) numbers in it are added up and divided by (\w+)", _of_area),
    (r"There is no other place for the window", lambda s, m: len(of(s).windows) == 1),
    (
        r"Every channel has its own window, which (?:(keeps its largest number)|gives its average)",
        lambda s, m: of(s).shape == (1, 1) and of(s).channels > 1 and bool(m[1]) == (s.scene.kind == "max"),
    ),
    (r"The window hops on by (\w+)", _hops),
    (r"The window hops on by (\w+), less than its size, so some numbers are in several windows", _hops),
    (r"The window hops on by (\w+) rows? or (\w+) columns?, .*", _hops_unevenly),
    (r"Every window keeps its largest number", _kind("max")),
    (r"Every window gives its average", _kind("average")),
    (
        r"(\w+) numbers? (?:is|are) in no window and counts? for nothing",
        lambda s, m: number(m[1].lower()) == of(s).map.size - len(of(s).seen) > 0,
    ),
    (
        r"Average pooling takes the same windows, but the (\w+) numbers in each are added up and divided by (\w+)",
        _of_area,
    ),
    (r"As a network: one line from each winner, without a weight", _kind("max")),
    (r"Nothing is learned", _kind("max")),
    (
        r"As a network: a line from every number in a window to its result, with the same fixed share, (.*); nothing "
        r"is learned",
        _fixed,
    ),
    (r"Dots stand for what is not shown", lambda s, m: not _whole(s)),
]
FIGURES = [
    (
        r"(\d+) numbers? kept, (\d+) thrown away",
        lambda s, m: (
            int(m[1]) == len(set(of(s).winners)) and int(m[1]) + int(m[2]) == of(s).map.size and s.scene.kind == "max"
        ),
    ),
    (
        r"(\d+) numbers in, (\d+) out, 0 to learn",
        lambda s, m: (int(m[1]), int(m[2])) == (of(s).map.size, len(of(s).windows)),
    ),
]


def faults(run: Run) -> list[str]:
    """Grids out of order, a window that covers other cells, a winner that is not the largest, lines to others."""
    found: list[str] = []
    for shot in run.shots:
        counted = Counted(run.scene)
        if shot.slug == "network":
            found += _line_faults(shot, counted, run.scene.kind)
            continue
        found += _order_faults(shot, "pixel", counted.map.shape)
        if shot.slug == "first":
            found += _window_faults(shot, counted.windows[0])
        if run.scene.kind == "max" and shot.slug in ("first", "windows"):
            winners = counted.winners[:1] if shot.slug == "first" else counted.winners
            found += _ring_faults(shot, set(winners))
        every = len(counted.windows) if shot.slug in ("windows", "averages") else shot.slug == "first"
        for kind in ("result", *(["other"] if shot.slug == "averages" else [])):
            if labels := shot.of_kind(kind):
                found += [f"{shot}: {len(labels)} of {kind}, not {every}"] if len(labels) != every else []
    return found


def _order_faults(shot: Shot, kind: str, shape: tuple[int, ...]) -> Iterator[str]:
    """Numbers that stand out of their row or column: channels below each other."""
    labels = {text.key[1]: text for text in shot.of_kind(kind) if text.key}
    if not labels:
        return
    if sorted(labels) != [*range(int(np.prod(shape)))]:
        yield f"{shot}: of the map {sorted(labels)} is there"
        return
    cells = _cells(shot)
    middles = np.array([cells[index].middle for index in labels_in(labels)]).reshape(*shape, 2)
    if not (np.ptp(middles[..., 1], axis=2) < 0.01).all() or not (np.ptp(middles[..., 0], axis=1) < 0.01).all():
        yield f"{shot}: the map is no grid"
    if not (np.diff(middles[..., 0], axis=2) > 0).all() or not (np.diff(middles[..., 1], axis=1) < 0).all():
        yield f"{shot}: the map's numbers are out of order"


def labels_in(labels: dict[int, Drawn]) -> list[int]:
    return sorted(labels)


def _cells(shot: Shot) -> dict[int, Drawn]:
    """The cell in which each number of the map stands."""
    squares = [d for d in shot.visible if d.is_square and d.filled]
    return {
        text.key[1]: min(squares, key=lambda square: float(np.abs(square.middle - text.middle).sum()))
        for text in shot.of_kind("pixel")
        if text.key
    }


def _window_faults(shot: Shot, members: list[int]) -> Iterator[str]:
    """The frame goes around the numbers of a window and no others."""
    frames = [d for d in shot.visible if issubclass(d.kind, RoundedRectangle)]
    if len(frames) != 1:
        yield f"{shot}: {len(frames)} windows"
        return
    left, bottom, right, top = frames[0].box
    inside = {i for i, c in _cells(shot).items() if left < c.middle[0] < right and bottom < c.middle[1] < top}
    if shot.of_kind("pixel") and inside != set(members):
        yield f"{shot}: the window covers {inside}, not {members}"


def _ring_faults(shot: Shot, winners: set[int]) -> Iterator[str]:
    """A bright frame stands around each winner and nothing else, and only losers are muted."""
    rings = [d for d in shot.visible if d.is_square and not d.filled]
    cells = _cells(shot)
    if not cells:
        return
    ringed = {i for i, c in cells.items() if any(np.abs(ring.middle - c.middle).max() < 0.02 for ring in rings)}
    if ringed != winners or len(rings) != len(winners):
        yield f"{shot}: {ringed} have a frame, and {winners} win"


def _line_faults(shot: Shot, counted: Counted, kind: str) -> Iterator[str]:
    """Every result that is shown has a line from what it is made of, and all lines end in neurons."""
    names = {t.key: t for t in shot.of_kind("pixel", "result") if t.key}
    shown = {key[1] for key in names if key[0] == "result"}
    made = {r: [counted.winners[r]] if kind == "max" else counted.windows[r] for r in shown}
    lines = {d.key[1:]: d for d in shot.visible if d.is_edge and d.key}
    if set(lines) != {(r, p) for r, pixels in made.items() for p in pixels}:
        yield f"{shot}: lines {sorted(lines)}, and results are made of {made}"
    for (result, pixel), line in lines.items():
        for key in (("pixel", pixel), ("result", result)):
            circle = _circle_of(shot, names[key])
            ends = np.array([line.points[:, :2].min(0), line.points[:, :2].max(0)])
            if not (ends[0] - 0.05 <= circle.middle).all() or not (circle.middle <= ends[1] + 0.05).all():
                yield f"{shot}: {line} does not reach {key}"


def _circle_of(shot: Shot, name: Drawn) -> Drawn:
    """The neuron that a name belongs to: that beside it or around it."""
    level = [d for d in shot.visible if d.is_circle and abs(d.middle[1] - name.middle[1]) < max(0.12, d.height / 2)]
    return min(level, key=lambda d: abs(float(d.middle[0] - name.middle[0])))


SEVEN = np.random.default_rng(3).integers(0, 10, (7, 7))
TWO_MAPS = Convolution(SEVEN[:5, :5], kernel=[[[[2, -3], [4, -2]]], [[[-1, 2], [3, -4]]]], bias=[5, 2])
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "averages of 3 × 3, hopping by 2": {"image": SEVEN, "size": 3, "stride": 2, "kind": "average"},
        "what does not fit is left out": {"image": SEVEN[:5, :5].tolist()},
        "two maps": {"convolution": TWO_MAPS},
        "decimals, uneven windows": {"image": SEVEN[:4, :6] / 8, "size": (2, 3), "stride": (1, 3)},
        "one window": {"image": SEVEN[:3, :3], "size": 3},
        "many windows": {"image": np.add.outer(np.arange(12), np.arange(12)) % 7, "size": 2},
    },
    refused={
        "a window of one": ({"size": 1}, "at least two numbers; got size 1"),
        "a window larger than the map": ({"size": 5}, "5"),
        "another kind": ({"kind": "median"}, "median"),
        "too many channels": ({"image": np.ones((5, 4, 4))}, "at most 4 channels; got 5"),
        "too many numbers": ({"image": np.ones((40, 40))}, "at most 1296 numbers; got 1600"),
    },
)
