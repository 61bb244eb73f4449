"""What ManyFilters shows: shares, results and blocks, counted by loops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from books import Book, Still
from claims import number
from colour_faults import wrong_inks
from layout_faults import contains
from manim import Rectangle, RoundedRectangle
from numerals import given
from reading import THEMES, rgb
from screen import Drawn, Key, Run, Shot
from storyboard import Numbers
from sums import sum_faults

from cnnmath import Convolution, symbols

_NTH = ["first", "second", "third", "fourth"]


@cache
def counts(conv: Convolution) -> Numbers:
    return Numbers(conv)


def of(still: Still) -> Numbers:
    return counts(still.scene.convolution)


def steps(scene: Any) -> list[str]:
    others = [f"filter-{k + 1}" for k in range(1, len(scene.convolution.kernel))]
    return ["channels", "block", "first", "first-map", *others, "stack", "matrix", "real"]


def share(conv: Convolution, result: int, channel: int | None) -> float:
    """What one channel adds to a result, or all of it with the bias, without any rounding but the last."""
    n = counts(conv)
    size = n.image_rows * n.image_columns
    weights, pixels = conv.kernel.ravel(), conv.image.ravel()
    parts = [
        given(weights[w]) * given(pixels[p])
        for p, w in enumerate(n.row[result])
        if w >= 0 and channel in (None, p // size)
    ]
    return float(sum(parts) + (given(conv.bias[result // n.places]) if channel is None else 0))


def value(still: Still, key: Key) -> float | str | None:
    """What a text must say: a number, or a letter."""
    conv = still.scene.convolution
    kind, *index = key or (None,)
    if kind == "zero":
        return 0.0
    if kind == "share":
        return share(conv, index[0], index[1])
    letters = {
        "pixel": symbols.pixel,
        "weight": symbols.weight,
        "result": symbols.same_result if conv.output_shape[1:] == conv.image.shape[1:] else symbols.result,
        "bias": lambda i: symbols.bias(i, len(conv.bias)),
    }
    if kind not in letters:
        return None
    if still.scene.notation == "letters":
        return letters[kind](index[0])
    if kind == "result":
        return share(conv, index[0], None)
    return float({"pixel": conv.image, "weight": conv.kernel, "bias": conv.bias}[kind].flat[index[0]])


def _filters_and_maps(still: Still, match: re.Match[str]) -> bool:
    """As many planes of results stand there as are said."""
    n, said = of(still), {number(word.lower()) for word in match.groups()}
    there = {text.key[1] // n.places for text in still.shot.of_kind("result") if text.key}
    return said == {n.filters} and (there in (set(), set(range(n.filters))))


def _nth(still: Still, match: re.Match[str]) -> bool:
    n = of(still)
    which = _NTH.index(match[1])
    there = {text.key[1] // n.places for text in still.shot.of_kind("result") if text.key}
    return match[1] == match[2] and still.shot.slug == f"filter-{which + 1}" and there in (set(), set(range(which + 1)))


CLAIMS = [
    (
        r"An image of one channel: (\w+) by (\w+) pixels",
        lambda s, m: (of(s).channels, of(s).image_rows, of(s).image_columns) == (1, number(m[1]), number(m[2])),
    ),
    (
        r"An image of (\w+) channels: at every place stand (\w+) numbers, one in each channel",
        lambda s, m: number(m[1]) == number(m[2]) == of(s).channels > 1,
    ),
    (
        r"So a filter has (\w+) layers, one for each channel, and one bias",
        lambda s, m: (
            number(m[1]) == of(s).channels == s.scene.convolution.kernel.shape[1] > 1
            and len(s.shot.of_kind("bias")) == bool(s.shot.of_kind("weight"))
        ),
    ),
    (
        r"A filter over it has one layer of (\w+) by (\w+) weights, and one bias",
        lambda s, m: (of(s).channels, of(s).rows, of(s).columns) == (1, number(m[1]), number(m[2])),
    ),
    (
        r"Lay it on (both|all) channels at once",
        lambda s, m: (m[1] == "both") == (of(s).channels == 2) and of(s).channels > 1,
    ),
    (
        r"The sums of the channels and the bias add up to one number",
        lambda s, m: of(s).channels > 1 and len(s.shot.of_kind("result")) >= 1,
    ),
    (r"Lay it on the image: multiply, add up, and add the bias", lambda s, m: of(s).channels == 1),
    (r"That is one number", lambda s, m: of(s).channels == 1),
    (r"The filter fits nowhere else, so its map is this one number", lambda s, m: of(s).places == 1),
    (
        r"It stops in (\w+) places and fills one map, however many channels there are",
        lambda s, m: number(m[1]) == of(s).places > 1,
    ),
    (r"A (\w+) filter has its own weights, and makes a (\w+) map of the same pixels", _nth),
    (r"(\w+) filters make (\w+) maps: a new image with (\w+) channels", _filters_and_maps),
    (r"One filter makes one map: a new image with one channel", lambda s, m: of(s).filters == 1),
    (
        r"As a matrix: a row of blocks for each filter, a column of blocks for each channel",
        lambda s, m: not list(block_faults(s.shot, s.scene.convolution)),
    ),
    (r"Every block has the pattern that we know", lambda s, m: not list(block_faults(s.shot, s.scene.convolution))),
    (
        r"A real layer is built just like this: 64 filters of 3 by 3 over three channels",
        lambda s, m: s.shot.slug == "real",
    ),
]


def _numbers(still: Still, match: re.Match[str]) -> bool:
    """Filters × channels × weights + biases, and what they come to."""
    filters, channels, weights, biases, whole = (int(word.replace(",", "")) for word in match.groups())
    n = of(still)
    own = (64, 3, 9, 64) if still.shot.slug == "real" else (n.filters, n.channels, n.rows * n.columns, n.filters)
    return (filters, channels, weights, biases) == own and filters * channels * weights + biases == whole


FIGURES = [
    (r"(\d+) filters?, so (\d+) maps?", _filters_and_maps),
    (r"(\d+) filters? × (\d+) channels? × (\d+) weights? \+ (\d+) bias(?:es)? = ([\d,]+) numbers", _numbers),
    (r"channel (\d)", lambda s, m: 1 <= int(m[1]) <= of(s).channels),
    (r"3 channels|64 filters|64 maps", lambda s, m: s.shot.slug == "real"),
]


def faults(run: Run) -> list[str]:
    """Weights in another colour than theirs, sums that do not come to what they say, blocks that are none."""
    conv = run.scene.convolution
    found = []
    for shot in run.shots:
        found += wrong_inks(shot, conv)
        found += sum_faults(shot) if run.scene.notation == "numbers" else []
        if shot.slug == "matrix":
            found += block_faults(shot, conv)
        if shot.slug == "real":
            found += wall_faults(shot)
    return found


def block_faults(shot: Shot, conv: Convolution) -> Iterator[str]:
    """Entries in the wrong place: rows are results from the top, columns pixels from the left."""
    n = counts(conv)
    frames = [d for d in shot.visible if issubclass(d.kind, RoundedRectangle)]
    if len(frames) != n.filters:
        yield f"{shot}: {len(frames)} filters beside the matrix"
    symbols_ = [t for t in shot.of_kind("weight", "zero") if not any(_inside(t, frame) for frame in frames)]
    if symbols_:
        yield from _entry_faults(shot, n, symbols_)
    else:
        yield from _pixel_faults(shot, n)


def _entry_faults(shot: Shot, n: Numbers, entries: list[Drawn]) -> Iterator[str]:
    cells = [
        min(_squares(shot), key=lambda square, t=t: float(np.abs(square.middle - t.middle).sum())) for t in entries
    ]
    xs, ys = (sorted({round(float(cell.middle[axis]), 2) for cell in cells}) for axis in (0, 1))
    if (len(ys), len(xs)) != (n.results, n.pixels):
        yield f"{shot}: {len(ys)} rows and {len(xs)} columns, not {n.results} and {n.pixels}"
        return
    for text, cell in zip(entries, cells, strict=True):
        result = len(ys) - 1 - ys.index(round(float(cell.middle[1]), 2))
        pixel = xs.index(round(float(cell.middle[0]), 2))
        weight = n.row[result][pixel]
        should = ("weight", weight) if weight >= 0 else ("zero", result, pixel)
        if text.key != should:
            yield f"{shot}: {text} stands in row {result}, column {pixel}, where {should} belongs"


def _pixel_faults(shot: Shot, n: Numbers) -> Iterator[str]:
    """Where there are no symbols the colour in the middle of each entry says which weight it is."""
    look = THEMES[shot.theme]
    borders = [d for d in shot.visible if d.kind is Rectangle and not d.filled]
    if len(borders) != n.filters * n.channels:
        yield f"{shot}: {len(borders)} blocks, not {n.filters} × {n.channels}"
        return
    borders.sort(key=lambda d: (-round(float(d.middle[1]), 2), float(d.middle[0])))
    size, per = n.image_rows * n.image_columns, n.weights // n.filters
    shapes = [d for d in shot.visible if d.filled and not d.is_text and not d.is_square]
    for k, border in enumerate(borders):
        filter_, channel = divmod(k, n.channels)
        margin = 0.06 + border.stroke_width / 200
        left, bottom, right, top = border.box + np.array([margin, margin, -margin, -margin])
        row, column = np.indices((n.places, size)).reshape(2, -1)
        across, down = (column + 0.5) / size, (row + 0.5) / n.places
        points = np.stack([left + across * (right - left), top - down * (top - bottom)], axis=1)
        seen = np.zeros((len(points), 3))
        for shape in shapes:
            seen[contains(shape, points)] = shape.fill[:3]
        weights = np.array(n.row)[filter_ * n.places + row, channel * size + column]
        index = weights if n.weights <= len(look.weights) else weights // per
        should = np.where((weights >= 0)[:, None], np.array([rgb(one) for one in look.weights])[index], rgb(look.zero))
        # In small ones zeros are one ground.
        ground = (weights < 0) & (np.abs(seen - look.tint(look.zero).to_rgb()).max(1) < 0.02)
        for wrong in np.flatnonzero((np.abs(seen - should).max(1) > 0.02) & ~ground)[:3]:
            yield f"{shot}: block {filter_}, {channel} has another colour in row {row[wrong]}, column {column[wrong]}"


def _squares(shot: Shot) -> list[Drawn]:
    return [d for d in shot.visible if d.is_square and d.filled]


def _inside(text: Drawn, frame: Drawn) -> bool:
    left, bottom, right, top = frame.box
    return bool(left < text.middle[0] < right and bottom < text.middle[1] < top)


def wall_faults(shot: Shot) -> Iterator[str]:
    """64 filters of three planes, 64 maps, three channels: counted by their outlines."""
    walls = [d for d in shot.visible if not d.is_text and d.filled and d.stroked]
    found = sorted(len([c for c in d.curves if len(c) > 20]) for d in walls)
    if found != [1] * 3 + [64] * 4:
        yield f"{shot}: the walls have {found} squares"


RANDOM = np.random.default_rng(11)
WEIGHTS = RANDOM.choice([-3, -2, 2, 3, 4], (4, 3, 2, 2))
FOUR = Convolution(RANDOM.integers(0, 6, (3, 3, 3)), kernel=WEIGHTS, bias=[3, -2, 4, 5])
ONE = Convolution([[3, 1, 4], [1, 5, 9], [2, 6, 5]], kernel=[[2, -3], [4, -2]], bias=5)
LARGE = Convolution(RANDOM.integers(0, 6, (2, 6, 6)), kernel=RANDOM.choice([-2, 3], (2, 2, 3, 3)), bias=[1, 2])
DECIMAL = Convolution(RANDOM.integers(0, 9, (2, 3, 3)) / 4, kernel=RANDOM.choice([-0.5, 2, 3], (1, 2, 2, 2)), bias=1.5)
PADDED = Convolution(RANDOM.integers(0, 6, (4, 17)), kernel=RANDOM.choice([-2, 3], (2, 1, 3, 3)), padding=1)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "three channels, four filters": {"convolution": FOUR},
        "letters": {"notation": "letters"},
        "one channel, one filter": {"convolution": ONE},
        "a larger image": {"convolution": LARGE},
        "decimals": {"convolution": DECIMAL},
        "padding": {"convolution": PADDED},
    },
    refused={
        "five channels": ({"convolution": Convolution(np.ones((5, 3, 3)), np.ones((1, 5, 2, 2)))}, "channels; got 5"),
        "five filters": ({"convolution": Convolution(np.ones((3, 3)), np.ones((5, 1, 2, 2)))}, "filters; got 5"),
        "too many weights": (
            {"convolution": Convolution(np.ones((4, 8, 8)), np.ones((4, 4, 8, 8)))},
            "weights; got 1024",
        ),
        "another notation": ({"notation": "roman"}, "roman"),
    },
)
