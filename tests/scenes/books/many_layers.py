"""What ManyLayers shows: both layers, their product and what an activation changes, worked out by loops."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from books import Book, Still
from claims import number
from colour_faults import weight_colour
from manim import RoundedRectangle
from numerals import given
from screen import Key, Run, Shot
from sums import sum_faults

from cnnmath import Convolution, symbols
from cnnmath.layers import Conv2D

FUNCTIONS = {
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}
SAID = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
Table = list[list[Fraction]]


def slid(image: Table, kernel: Table, bias: Fraction) -> Table:
    """A filter over an image, stop by stop."""
    high, wide = len(kernel), len(kernel[0])
    return [
        [
            bias + sum((kernel[i][j] * image[y + i][x + j] for i in range(high) for j in range(wide)), Fraction(0))
            for x in range(len(image[0]) - wide + 1)
        ]
        for y in range(len(image) - high + 1)
    ]


def exact(array: Any) -> Table:
    return [[given(value) for value in row] for row in np.asarray(array).tolist()]


class Worked:
    """All numbers of a scene."""

    def __init__(self, scene: Any) -> None:
        conv, (layer,) = scene.convolution, scene.layers
        self.image, self.k1, self.k2 = exact(conv.image[0]), exact(conv.kernel[0, 0]), exact(layer.kernel[0, 0])
        self.b1, self.b2 = given(conv.bias[0]), given(layer.bias[0])
        self.map = slid(self.image, self.k1, self.b1)
        self.last = slid(self.map, self.k2, self.b2)
        function = FUNCTIONS[scene.activation]
        self.active = [[given(function(float(v))) for v in row] for row in self.map]
        self.changed = slid(self.active, self.k2, self.b2)
        self.rows, self.columns = len(self.image), len(self.image[0])
        (high, wide), (rows, columns) = (np.shape(k) for k in (self.k1, self.k2))
        self.size = (high + rows - 1, wide + columns - 1)
        zero = [[Fraction(0)] * self.columns for _ in range(self.rows)]
        self.both = zero
        for i in range(rows):
            for j in range(columns):
                for a in range(high):
                    for b in range(wide):
                        zero[i + a][j + b] += self.k2[i][j] * self.k1[a][b]
        self.one_bias = self.b2 + self.b1 * sum((v for row in self.k2 for v in row), Fraction(0))

    def flat(self, name: str) -> list[Fraction]:
        return [value for row in getattr(self, name) for value in row]

    @property
    def weights(self) -> list[Fraction]:
        return self.flat("k1") + self.flat("k2")


def of(still: Still) -> Worked:
    return Worked(still.scene)


def steps(scene: Any) -> list[str]:
    return ["grids", "network", "backwards", "product", "fold", "activation", "field"]


def value(still: Still, key: Key) -> float | str | None:
    """What a text must say: a number, or in the first pictures a letter."""
    worked, (kind, *index) = of(still), key or (None,)
    flat = {"pixel": "image", "result": "map", "last": "last", "active": "active", "changed": "changed", "both": "both"}
    lettered = still.scene.notation == "letters" and still.shot.slug in ("grids", "network", "backwards")
    if lettered:
        numbers = len(worked.flat("map"))
        letters = {
            "pixel": symbols.pixel,
            "weight": symbols.weight,
            "bias": lambda i: symbols.bias(i, 2),
            "result": symbols.result,
            "last": lambda i: symbols.result(numbers + i),
        }
        return letters[kind](index[0]) if kind in letters else None
    if kind == "weight":
        return float(worked.weights[index[0]])
    if kind == "bias":
        return float((worked.b1, worked.b2)[index[0]])
    if kind == "one bias":
        return float(worked.one_bias)
    if kind == "zero":
        return 0.0
    return float(worked.flat(flat[kind])[index[0]]) if kind in flat else None


def _field(still: Still, match: re.Match[str]) -> bool:
    worked = of(still)
    every, pixels = worked.rows * worked.columns, worked.size[0] * worked.size[1]
    said = match["pixels"]
    right = number(said.removeprefix("all ")) == pixels
    return right and number(match["numbers"]) == len(worked.flat("k2")) and said.startswith("all") == (pixels == every)


def _same(still: Still) -> bool:
    """Whether the one filter gives the first of the last numbers, and the other one does not."""
    worked = of(still)
    at = [row[: worked.size[1]] for row in worked.both[: worked.size[0]]]
    return slid(worked.image, at, worked.one_bias) == worked.last


def _becomes(still: Still, match: re.Match[str]) -> bool:
    worked = of(still)
    below = [v for v in worked.flat("map") if v < 0]
    differs = worked.changed[0][0] != worked.last[0][0]
    right = (
        len(below) == 1
        and given(float(match["below"].replace("−", "-"))) == below[0]
        and still.scene.activation == "relu"
    )
    return right and differs == ("changes" in match[0])


def _changes(still: Still, match: re.Match[str]) -> bool:
    worked = of(still)
    count = sum(
        abs(a - b) > Fraction(1, 10**12) for a, b in zip(worked.flat("map"), worked.flat("active"), strict=True)
    )
    return (
        match["name"] == SAID[still.scene.activation]
        and number(match["count"]) == count > 0
        and (worked.changed[0][0] != worked.last[0][0]) == ("last number changes" in match[0])
    )


_ENDS = r", (?:the last number changes, and no single filter does that|though here the last number stays)"
CLAIMS = [
    (
        r"Two layers in a row: the first makes a map of the image, the second makes (\w+) numbers? of the map",
        lambda s, m: number(m[1]) == len(of(s).flat("last")),
    ),
    (r"The results of the first layer are the inputs of the second", lambda s, m: s.shot.slug == "network"),
    (
        r"As a network: three columns",
        lambda s, m: len({round(float(d.middle[0]), 1) for d in s.shot.visible if d.is_circle}) == 3,
    ),
    (
        r"(?:The|The first of the) last numbers? is made of (?P<numbers>\w+) numbers? of the map, and (?:these|this) "
        r"of (?P<pixels>(?:all )?\w+)(?: pixels?)?: its receptive field",
        _field,
    ),
    (r"Each layer is a matrix; the two multiply", lambda s, m: s.shot.slug == "product"),
    (r"Take the first row of the second one", lambda s, m: len(of(s).flat("last")) > 1),
    (
        r"Row times column, entry by entry, they make one row of (\w+)",
        lambda s, m: number(m[1]) == len(of(s).flat("image")),
    ),
    (
        r"Folded up, the row is a filter of (\w+) by (\w+) that gives the same number",
        lambda s, m: (number(m[1]), number(m[2])) == of(s).size and _same(s),
    ),
    (r"Two layers with nothing between them are only one", lambda s, m: _same(s)),
    (rf"So (?P<name>ReLU) goes between them: (?P<below>−[\d.]+) becomes 0{_ENDS}", _becomes),
    (
        r"So (?P<name>.+) goes between them: (?P<count>\w+) numbers? (?:below zero become 0|of the map changes?)"
        rf"{_ENDS}",
        _changes,
    ),
    (r"So an activation goes between them", lambda s, m: of(s).map == of(s).active),
    (r".* leaves these numbers as they are, but not all others", lambda s, m: of(s).map == of(s).active),
    (r"Every layer lets a number see more", lambda s, m: s.shot.slug == "field"),
    (
        r"Through filters of 3 by 3 it sees three by three pixels, then five by five, then seven by seven",
        lambda s, m: not list(frame_faults(s.shot)),
    ),
]


def _shown(says: str) -> Fraction:
    return Fraction(says.replace("−", "-"))


def _with(still: Still, match: re.Match[str]) -> bool:
    worked = of(still)
    shown = (match[2], match[3])
    meant = worked.last[0][0], worked.changed[0][0]
    near = all(abs(_shown(one) - m) <= max(abs(m) / 200, Fraction(1, 100)) for one, m in zip(shown, meant, strict=True))
    return match[1] == SAID[still.scene.activation] and near


FIGURES = [
    (
        r"(\d+) pixels, (\d+) numbers?, (\d+) numbers?",
        lambda s, m: [int(m[k]) for k in (1, 2, 3)] == [len(of(s).flat(n)) for n in ("image", "map", "last")],
    ),
    (r"receptive field: (\d+) pixels", lambda s, m: int(m[1]) == of(s).size[0] * of(s).size[1]),
    (
        r"(\d+) × (\d+), then (\d+) × (\d+) = (\d+) × (\d+) at once",
        lambda s, m: [int(m[k]) for k in range(1, 7)] == [*np.shape(of(s).k1), *np.shape(of(s).k2), *of(s).size],
    ),
    (r"without (.+) (−?[\d.]+), with it (−?[\d.]+)", _with),
    (r"3 layers of 3 × 3 see 7 × 7 pixels", lambda s, m: not list(frame_faults(s.shot))),
    (r"(\d) layers?: (\d) × (\d)", lambda s, m: int(m[2]) == int(m[3]) == 2 * int(m[1]) + 1),
]


def faults(run: Run) -> list[str]:
    """Weights in another colour than theirs, edges that are no taps, rings around what is not seen, false sums."""
    worked, found = Worked(run.scene), []
    for shot in run.shots:
        for text in shot.of_kind("weight"):
            assert text.key is not None
            if (
                len(worked.weights) <= 9
                and np.abs(text.fill[:3] - weight_colour(_theme(shot), text.key[1])).max() > 0.01
            ):
                found.append(f"{shot}: {text} has another colour")
        if shot.slug in ("network", "backwards"):
            found += edge_faults(shot, worked)
        if shot.slug == "backwards":
            found += ring_faults(shot, worked)
        if shot.slug == "product":
            found += line_faults(shot, worked)
        if shot.slug == "field":
            found += frame_faults(shot)
        found += sum_faults(shot) if run.scene.notation == "numbers" and shot.slug == "product" else []
    return found


def _theme(shot: Shot) -> Any:
    from reading import THEMES

    return THEMES[shot.theme]


def taps(image: Table, kernel: Table) -> set[tuple[int, int]]:
    """(result, pixel) of every weight at every stop."""
    rows, columns = np.shape(image)
    high, wide = np.shape(kernel)
    across = columns - wide + 1
    return {
        (y * across + x, (y + i) * columns + x + j)
        for y in range(rows - high + 1) for x in range(across) for i in range(high) for j in range(wide)
    }  # fmt: skip


def edge_faults(shot: Shot, worked: Worked) -> Iterator[str]:
    drawn = {d.key[1:] for d in shot.visible if d.is_edge and d.key}
    should = {(0, *t) for t in taps(worked.image, worked.k1)} | {(1, *t) for t in taps(worked.map, worked.k2)}
    if drawn != should:
        yield f"{shot}: edges {sorted(drawn ^ should)}"


def ring_faults(shot: Shot, worked: Worked) -> Iterator[str]:
    """As many bright rings as numbers that are seen, the last one among them."""
    rings = [d for d in shot.visible if d.is_circle and d.stroke_width > 4]
    seen = len(
        {p for r, p in taps(worked.image, worked.k1) if r in {n for q, n in taps(worked.map, worked.k2) if q == 0}}
    )
    should = 1 + len(worked.flat("k2")) + seen
    if len(rings) != should:
        yield f"{shot}: {len(rings)} rings, not {should}"


def line_faults(shot: Shot, worked: Worked) -> Iterator[str]:
    """An entry of the product stands below the column that it is made of."""
    products = {t.key[1]: t for t in shot.of_kind("both") if t.key}
    for text in shot.of_kind("zero"):
        assert text.key is not None
        _, matrix, _, column = text.key
        below = products.get(column)
        if matrix == 1 and below and abs(below.middle[0] - text.middle[0]) > 0.12:
            yield f"{shot}: {below} does not stand below its column"


def frame_faults(shot: Shot) -> Iterator[str]:
    """Frames around 3 × 3, 5 × 5 and 7 × 7 cells, counted by the cells' middles inside."""
    cells = [d for d in shot.visible if d.is_square and d.filled]
    frames = [d for d in shot.visible if issubclass(d.kind, RoundedRectangle)]
    inside = sorted(sum((c.middle > f.box[:2]).all() and (c.middle < f.box[2:]).all() for c in cells) for f in frames)
    if inside != [9, 25, 49]:
        yield f"{shot}: the frames hold {inside} cells"


RANDOM = np.random.default_rng(4)
FIVE = Convolution(RANDOM.integers(0, 6, (5, 5)), kernel=[[2, -1, 3], [-2, 4, 2], [3, -3, -4]], bias=1)
THREE = Conv2D([[1, -2, 2], [3, 1, -1], [2, -2, 1]], bias=-2)
FOUR = Convolution(RANDOM.integers(0, 9, (4, 4)), kernel=[[2, -3], [4, -2]], bias=3)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "5 × 5 with two 3 × 3": {"convolution": FIVE, "layers": [THREE]},
        "letters": {"notation": "letters"},
        "tanh": {"activation": "tanh"},
        "several last numbers": {"convolution": FOUR},
    },
    refused={
        "three layers": ({"layers": [THREE, THREE]}, "one layer behind the convolution; got 2"),
        "an unknown activation": ({"activation": "swish"}, "swish"),
        "a stride": ({"layers": [Conv2D([[1, 2], [3, 4]], stride=2)]}, "stride 1 without padding"),
        "too large an image": ({"convolution": Convolution(np.ones((6, 6)), np.ones((3, 3)))}, "25 pixels; got 36"),
        "a filter larger than the map": ({"layers": [THREE]}, "3"),
    },
)
