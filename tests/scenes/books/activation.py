"""What Activation shows: worked out with the math module, result by result."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
from books import Book, Still, stills
from numerals import summed, value_of
from reading import THEMES, Place, Screen, close, shades
from screen import Key, Run, Shot

from cnnmath import Convolution
from scenes._mobjects.plots import Curve

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}
FORMULAS = {"relu": "max(0, x)", "leaky_relu": "max(0.01x, x)", "sigmoid": "1/(1 + e⁻ˣ)", "tanh": "tanh(x)"}
_COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@cache
def results_of(conv: Convolution) -> list[float]:
    """All results, without the noise of floats."""
    return [float(summed(conv, equation)[0]) for equation in conv.equations()]


def before(still: Still) -> list[float]:
    return results_of(still.scene.convolution)


def after(still: Still) -> list[float]:
    return [FUNCTIONS[still.scene.activation](x) for x in before(still)]


def telling(values: Sequence[float]) -> int | None:
    """The first on the other side of zero than the very first."""
    return next((i for i, x in enumerate(values) if (x > 0) != (values[0] > 0)), None)


def steps(scene: object) -> list[str]:
    values = results_of(scene.convolution)  # type: ignore[attr-defined]
    other = telling(values)
    many = len(values) - 1 - (other is not None)
    return ["results", "curve", "first", *["others"] * (many > 0), *["below"] * (other is not None), "map"]


def value(still: Still, key: Key) -> float | str | None:
    match key:
        case ("result", int(i)):
            return before(still)[i]
        case ("activation", int(i)):
            return after(still)[i]
        case ("tick", _, float(tick)):
            return tick
        case ("formula",):
            return FORMULAS[still.scene.activation]
    return None


# Sentences


def _shown(says: str) -> float:
    return float(value_of(says))


def _fate(still: Still, match: re.Match[str], index: int, said: int) -> bool:
    """Whether "12 stays 12" or "−26 becomes 0" is what happens to a result, from that group on."""
    old, does, about, new = (match[said + i] for i in range(4))
    x, y = before(still)[index], after(still)[index]
    exact = abs(_shown(new) - y) <= 1e-12 * abs(y)
    near = abs(_shown(new) - y) <= 0.006 * max(abs(y), 1e-300) and abs(_shown(old) - x) <= 0.006 * max(abs(x), 1e-300)
    return near and bool(about) == (not exact) and (does == "stays") == (x == y)


FATE = r"(\S+) (stays|becomes) (about )?(\S+)"


def _below(still: Still) -> int:
    return sum(x < 0 for x in before(still))


def _first(still: Still, match: re.Match[str]) -> bool:
    y = after(still)[0]
    up = {"up to the curve": y > 0, "to the curve": y < 0, "where the curve lies too": y == 0}[match[2]]
    return up and (match[1] == "the result") == (len(before(still)) == 1) and _fate(still, match, 0, 3)


def _others(still: Still) -> list[int]:
    return [i for i in range(1, len(before(still))) if i != telling(before(still))]


def _others_pass(still: Still, match: re.Match[str]) -> bool:
    others = _others(still)
    unchanged = all(before(still)[i] == after(still)[i] for i in others)
    wholly = match[1] != "The others pass" or len(others) == len(before(still)) - 1
    return unchanged and wholly and (match[1] == "The next one passes") == (len(others) == 1)


def _telling(still: Still, match: re.Match[str]) -> bool:
    index = telling(before(still))
    assert index is not None
    x = before(still)[index]
    side = {"above": x > 0, "below": x < 0, "neither above nor below": x == 0}[match[2]]
    on_axis = (still.scene.activation == "relu" and x < 0) == bool(match[3])
    return side and on_axis and _fate(still, match, index, 4)


def _is(kind: str) -> Callable[[Still, re.Match[str]], bool]:
    return lambda still, match: still.scene.activation == kind


def _passing(still: Still, match: re.Match[str]) -> bool:
    """ "12, 14, 21 pass; −26 becomes 0": each result once, in the order of passing ones and others."""
    kept = [i for i, (x, y) in enumerate(zip(before(still), after(still), strict=True)) if x == y]
    rest = [i for i in range(len(before(still))) if i not in kept]
    parts = match[0].split("; ")
    named = [_shown(text) for text in re.sub(r" pass(es)?$", "", parts[0]).split(", ")] if kept else []
    fates = [re.fullmatch(FATE, part) for part in parts[bool(kept) :]]
    return np.allclose(named, [before(still)[i] for i in kept], rtol=0.006) and all(
        fate and _fate(still, fate, i, 1) for fate, i in zip(fates, rest, strict=True)
    )


def _counted(still: Still, match: re.Match[str]) -> bool:
    kept = sum(x == y for x, y in zip(before(still), after(still), strict=True))
    many = len(before(still))
    changed = int(match[3] or 0)
    zeros = [y for x, y in zip(before(still), after(still), strict=True) if x != y]
    return (int(match[1] or 0), int(match[2] or many), changed) == (kept, many, many - kept) and (
        match[4] != "0" or not any(zeros)
    )


CLAIMS = [
    (r"A filter has given this result", lambda s, m: len(before(s)) == 1),
    (r"It can be any number", lambda s, m: True),
    (
        r"A filter has given these (?:(\w+) )?results",
        lambda s, m: len(before(s)) == (_COUNTS.index(m[1]) if m[1] else max(13, len(before(s)))),
    ),
    (r"Some of them are below zero", lambda s, m: 1 < _below(s) < len(before(s))),
    (r"One of them is below zero", lambda s, m: _below(s) == 1 < len(before(s))),
    (r"None of them is below zero", lambda s, m: _below(s) == 0),
    (r"All of them are below zero", lambda s, m: _below(s) == len(before(s))),
    (r"An activation follows: ReLU makes zero of everything below zero", _is("relu")),
    (
        r"An activation follows: Leaky ReLU keeps what is above zero and one hundredth of what is below",
        _is("leaky_relu"),
    ),
    (r"An activation follows: the sigmoid squeezes every number in between 0 and 1", _is("sigmoid")),
    (r"An activation follows: tanh squeezes every number in between −1 and 1", _is("tanh")),
    (
        r"Put (the first result|the result) on the axis, go (up to the curve|to the curve|where the curve "
        rf"lies too) and across: {FATE}",
        _first,
    ),
    (r"(The next one passes|The others pass|Others pass) unchanged, too", _others_pass),
    (r"The others go the same way, each by itself", lambda s, m: bool(_others(s))),
    (
        r"But (\S+) is (above|below|neither above nor below) zero(, where the curve lies on the axis)?: " + FATE,
        _telling,
    ),
    (r"So results become activations for the next layer", lambda s, m: True),
    (r"The darker a cell, the less was found there", lambda s, m: 0 <= min(after(s)) < max(after(s))),
    (r"Red ones are above zero, blue ones below", lambda s, m: min(after(s)) < 0),
    (r"Here they are all equal", lambda s, m: min(after(s)) == max(after(s))),
]
FIGURES = [
    (rf"(?:(?:\S+, )*\S+ pass(?:es)?(?:; )?)?(?:{FATE}(?:; )?)*", _passing),
    (r"(?:(\d+) of (\d+) pass)?(?:; )?(?:(\d+) becomes? (0|small))?", _counted),
    (r"(\d+) numbers? between 0 and 1", lambda s, m: int(m[1]) == len(before(s)) and _is("sigmoid")(s, m)),
    (r"(\d+) numbers? between −1 and 1", lambda s, m: int(m[1]) == len(before(s)) and _is("tanh")(s, m)),
]


# Pictures


def ruler(shot: Shot, name: str) -> np.ndarray | None:
    """How places become numbers: a slope and a start, by the labels of a ruler."""
    ticks = [text for text in shot.of_kind("tick") if text.key and text.key[1] == name]
    if len(ticks) < 2:
        return None
    at = [text.middle[0] if name == "x" else text.baseline + 0.683 / 2 * text.em for text in ticks]
    return np.polyfit(at, [_shown(text.says or "") for text in ticks], 1)


def numbers(shot: Shot, points: np.ndarray) -> np.ndarray | None:
    """Points of the picture as numbers at the rulers."""
    rulers = [ruler(shot, name) for name in "xy"]
    if rulers[0] is None or rulers[1] is None:
        return None
    return np.stack([np.polyval(rulers[0], points[:, 0]), np.polyval(rulers[1], points[:, 1])])


def curve_faults(still: Still) -> Iterator[str]:
    """The curve is the function, and every mark on it is a result's."""
    shot, function = still.shot, FUNCTIONS[still.scene.activation]
    curves = [d for d in shot.visible if issubclass(d.kind, Curve)]
    if shot.slug == "results":
        return
    if len(curves) != 1:
        yield f"{shot}: there are {len(curves)} curves"
        return
    ends = curves[0].points[::4]
    marks = [d for d in shot.visible if d.is_circle]
    for points, what in ((ends, "the curve"), (np.array([m.middle for m in marks]).reshape(-1, 2), "a mark")):
        read = numbers(shot, points)
        if read is None or not len(points):
            continue
        span = np.array([np.ptp([t.key[2] for t in shot.of_kind("tick") if t.key and t.key[1] == n]) for n in "xy"])
        # A steep curve is as far off as its ruler is at the left.
        near = [[abs(y - function(x + dx * span[0])) for dx in (-0.01, 0, 0.01)] for x, y in read.T]
        off = np.min(near, axis=1).max()
        if off > 0.02 * span[1]:
            yield f"{shot}: {what} is off by {off:.3g}"
        if what == "a mark":
            away = [min(abs(x - result) for result in before(still)) for x in read[0]]
            if max(away) > 0.02 * span[0]:
                yield f"{shot}: a mark stands where no result is"


def grid_faults(still: Still) -> Iterator[str]:
    """Results and activations stand in their places, and in the last still in their shades."""
    conv = still.scene.convolution
    size = conv.output_shape[1] * conv.output_shape[2]
    screen = Screen(still.shot, conv)
    cells: list[list[Place]] = [[cell for row in grid for cell in row] for grid in screen.grids]
    cells = cells or [[place] for place in screen.places]
    look = THEMES[still.shot.theme]
    ordered = {}
    for kind, values in (("result", before(still)), ("activation", after(still))):
        planes = np.reshape(values, (-1, size))
        mine = [g for g in cells if any(key[0] == kind for cell in g for key in cell.keys)]
        for grid in mine:
            named = [cell.one(kind) for cell in grid]
            starts = [key[1] - i for i, key in enumerate(named) if key]
            if set(starts) != {starts[0]} or starts[0] % size or len(named) != size:
                yield f"{still.shot}: {kind}s stand as {named}"
            ordered[kind, starts[0] // size] = grid
        if still.shot.slug == "map" and mine and len(mine) != len(planes):
            yield f"{still.shot}: {len(mine)} planes of {kind}s, not {len(planes)}"
        if still.shot.slug == "map":
            for which, plane in enumerate(planes):
                right = shades(plane, np.array(values), look)
                drawn = [ordered[kind, which]] if (kind, which) in ordered else cells
                fits = [
                    close(right, np.array([c.squares[0].fill[:3] for c in g])).all() for g in drawn if len(g) == size
                ]
                if not any(fits):
                    yield f"{still.shot}: the shades of the {kind}s are those of other numbers"


def faults(run: Run) -> list[str]:
    return [fault for still in stills(run) for fault in (*curve_faults(still), *grid_faults(still))]


DECIMALS = Convolution([[0.5, -0.25, 1], [0.75, 0.1, -0.5], [0.2, -1, 0.4]], kernel=[[0.5, -0.75], [1, -0.5]], bias=0.1)
RANDOM = np.random.default_rng(3)
MANY = Convolution(RANDOM.integers(0, 10, (6, 6)), kernel=[[1, -2, 1], [2, 3, -4], [-1, 2, -1]], bias=2)
PLANES = Convolution(RANDOM.integers(0, 5, (2, 3, 3)), RANDOM.integers(-3, 4, (2, 2, 2, 2)), bias=[1, -2])
LARGE = Convolution(RANDOM.integers(0, 10, (14, 14)), kernel=[[1, -2], [3, -1]])

BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "tanh of decimals": {"convolution": DECIMALS, "activation": "tanh"},
        "the same, in numbers": {"convolution": DECIMALS, "activation": "tanh", "notation": "numbers"},
        "leaky": {"activation": "leaky_relu"},
        "sigmoid": {"activation": "sigmoid"},
        "sixteen": {"convolution": MANY},
        "two planes": {"convolution": PLANES, "notation": "numbers"},
        "in shades": {"convolution": LARGE},
        "one result": {"convolution": Convolution([[3]], kernel=[[-2]])},
        "nothing": {"convolution": Convolution([[0, 0]], kernel=[[3]])},
    },
    refused={
        "no activation": (
            {"activation": "step"},
            r"Activation\.activation is 'step'; expected any of 'relu', 'leaky_re",
        ),
        "too many": ({"convolution": Convolution(np.ones((33, 33)), [[1]])}, "at most 1024 pixels"),
    },
)
