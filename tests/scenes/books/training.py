"""What Training shows: errors, wishes, their sums and the steps, by plain loops over the convolution's table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Fine, Still
from claims import number
from manim import Circle
from numerals import value_of
from screen import Drawn, Key, Run, Shot

from cnnmath import Convolution, symbols

OVER_STEPS = dict.fromkeys(("copies", "step", "better", "dense", "answer"), 1)
"""After how many steps the filter is what it is at the end of a step of the film."""


class Learner:
    """Gradient descent by loops: results, errors, wishes and parameters of every step."""

    def __init__(self, scene: Any) -> None:
        conv = scene.convolution
        self.conv, self.rate, self.steps = conv, scene.rate, scene.steps
        self.wanted = np.array(scene.wanted, float).ravel().tolist()
        self.pixels = conv.image.ravel().tolist()
        self.rows = [[int(w) for w in row] for row in conv.sharing]
        self.zeros = [(r, p) for r, row in enumerate(self.rows) for p, w in enumerate(row) if w < 0]
        self.history = [(conv.kernel.ravel().tolist(), float(conv.bias[0]))]
        for _ in range(self.steps):
            self.history.append(self.stepped(*self.history[-1], self.rate))

    def results(self, weights: list[float], bias: float) -> list[float]:
        return [bias + sum(weights[w] * self.pixels[p] for p, w in enumerate(row) if w >= 0) for row in self.rows]

    def errors(self, weights: list[float], bias: float) -> list[float]:
        return [got - want for got, want in zip(self.results(weights, bias), self.wanted, strict=True)]

    def loss(self, weights: list[float], bias: float) -> float:
        return sum(error**2 for error in self.errors(weights, bias)) / 2

    def wish(self, result: int, pixel: int) -> float:
        return self.errors(*self.history[0])[result] * self.pixels[pixel]

    def places(self, weight: int) -> list[tuple[int, int]]:
        return [(r, p) for r, row in enumerate(self.rows) for p, w in enumerate(row) if w == weight]

    def gradients(self, weights: list[float], bias: float) -> tuple[list[float], float]:
        errors = self.errors(weights, bias)
        sums = [sum(errors[r] * self.pixels[p] for r, p in self.places(w)) for w in range(len(weights))]
        return sums, sum(errors)

    def stepped(self, weights: list[float], bias: float, rate: float) -> tuple[list[float], float]:
        sums, own = self.gradients(weights, bias)
        return [w - rate * s for w, s in zip(weights, sums, strict=True)], bias - rate * own

    def dense(self, result: int, pixel: int) -> float:
        """An entry after one step, if it were a weight of its own."""
        weight = self.rows[result][pixel]
        before = self.history[0][0][weight] if weight >= 0 else 0.0
        return before - self.rate * self.wish(result, pixel)

    @property
    def used(self) -> list[int]:
        return [w for w in range(self.conv.kernel.size) if self.places(w)]

    @property
    def told(self) -> int:
        return max(self.used, key=lambda w: len(self.places(w)))

    @property
    def losses(self) -> list[float]:
        return [self.loss(*parameters) for parameters in self.history]

    @property
    def twice(self) -> float:
        return self.loss(*self.stepped(*self.history[0], 2 * self.rate))


def of(still: Still) -> Learner:
    return Learner(still.scene)


def done(slug: str, learner: Learner) -> int:
    """How many steps the filter has taken at the end of a step of the film."""
    return learner.steps if slug == "more" else OVER_STEPS.get(slug, 0)


def steps(scene: Any) -> list[str]:
    learner = Learner(scene)
    zeros = ["zeros"] if learner.zeros else []
    more = ["more"] if learner.steps > 1 else []
    told = ["wishes", *zeros, "shared", "others", "step", "copies", "better"]
    shared = any(len(learner.places(w)) > 1 for w in learner.used)
    return ["errors", "loss", *told, *more, *(["dense", "answer"] if shared or learner.zeros else [])]


def value(still: Still, key: Key) -> float | str | Fine | None:
    """What a text on screen must say."""
    learner, slug, kind = of(still), still.shot.slug, key[0]
    now = learner.history[done(slug, learner)]
    if kind == "before":
        return Fine(learner.history[0][0][key[1]], digits=4)
    if kind == "pixel":
        return float(learner.pixels[key[1]])
    if kind == "zero":
        return 0.0
    if kind == "name":
        return symbols.bias(0, 1) if key[1] == "bias" else symbols.weight(key[1])
    if kind in ("weight", "bias") and len(key) == 2:
        return Fine(now[0][key[1]] if kind == "weight" else now[1], digits=4)
    if kind == "wish":
        return learner.wish(key[1], key[2])
    if kind == "gradient":
        sums, own = learner.gradients(*learner.history[0])
        return own if key[1] == "bias" else sums[key[1]]
    if kind == "rate":
        return Fine(learner.rate, digits=4)
    if kind == "wanted":
        return Fine(learner.wanted[key[1]], places=2)
    if kind in ("result", "error"):
        # Until results are shown again, the errors are those before the step.
        seen = now if slug in ("better", "more") else learner.history[0]
        return Fine((learner.results if kind == "result" else learner.errors)(*seen)[key[1]], places=2)
    if kind == "filled" or (kind == "weight" and len(key) == 4):
        return Fine(learner.dense(*key[-2:]), digits=4)
    if kind in ("tick",):
        return float(key[2])
    return None


# Sentences


def _one(still: Still, match: re.Match[str]) -> bool:
    return len(of(still).rows) == 1


def _loss(still: Still, said: str, loss: float) -> bool:
    """Whether four digits of a loss are right."""
    shown = value_of(said)
    return abs(float(shown) - loss) <= 0.5 * 10.0 ** (np.floor(np.log10(loss)) - 3) * (1 + 1e-9)


def _shared(still: Still, match: re.Match[str]) -> bool:
    learner = of(still)
    wishes = [learner.wish(*place) for place in learner.places(learner.told)]
    apart = min(wishes) < 0 < max(wishes)
    return (
        symbols.weight(learner.told) == match[2]
        and number(match[3]) == len(wishes) > 1
        and (match[1] == "Second rule") == bool(learner.zeros)
        and ("." not in match[0])
        and apart in (True, False)
    )


def _pull(still: Still, match: re.Match[str]) -> bool:
    learner = of(still)
    wishes = [learner.wish(*place) for place in learner.places(learner.told)]
    return (min(wishes) < 0 < max(wishes)) == ("directions" in match[0])


def _filled(learner: Learner) -> int:
    return sum(learner.dense(*place) != 0 for place in learner.zeros)


def _drifted(learner: Learner, every: bool) -> bool:
    shared = [learner.places(w) for w in learner.used if len(learner.places(w)) > 1]
    apart = [len({learner.dense(*place) for place in places}) > 1 for places in shared]
    return all(apart) if every else any(apart) and not all(apart)


def _dense(still: Still, match: re.Match[str]) -> bool:
    learner = of(still)
    filled, zeros, rest = match["filled"], match["zeros"], match["rest"]
    right = not zeros or number(zeros) == len(learner.zeros)
    if filled:
        right = right and (len(learner.zeros) if filled == "all" else number(filled)) == _filled(learner) > 0
    elif zeros is None and "zero has" not in match[0]:
        right = right and _filled(learner) == 0
    if rest:
        right = right and _drifted(learner, every=rest.startswith("the"))
    both = bool(learner.zeros) and any(len(learner.places(w)) > 1 for w in learner.used)
    return right and both == (match["rules"] == "rules")


def _stay(still: Still, match: re.Match[str]) -> bool:
    learner = of(still)
    many = len(learner.places(learner.told))
    return (not match["many"] or (number(match["many"]), match["name"]) == (many, symbols.weight(learner.told))) and (
        ("zero" in match[0]) == bool(learner.zeros)
    )


CLAIMS = [
    (
        r"What the layer gives, and what is wanted instead: their difference is the error",
        lambda s, m: _reads_apart(s),
    ),
    (r"Half (the sum of their squares|its square) is the loss", lambda s, m: _one(s, m) == (m[1] == "its square")),
    (r"To learn is to make it smaller", lambda s, m: True),
    (
        r"Every entry of the matrix has a wish: its row's error times its column's pixel",
        lambda s, m: len(s.shot.of_kind("wish")) == len(of(s).rows) * len(of(s).pixels),
    ),
    (r"Learning goes against it", lambda s, m: of(s).rate > 0),
    (
        r"First rule: the zeros are no weights|Whatever they wish is crossed out, so they stay zero",
        lambda s, m: len(of(s).zeros) > 1 and len(s.shot.of_kind("zero")) == len(of(s).zeros),
    ),
    (
        r"First rule: the zero is no weight|Whatever it wishes is crossed out, so it stays zero",
        lambda s, m: len(of(s).zeros) == 1 == len(s.shot.of_kind("zero")),
    ),
    (r"(Second rule|One rule): (.) is one weight in (\w+) places", _shared),
    (r"(They pull in different directions|Each has a wish of its own), so their wishes are added up", _pull),
    (
        r"(.) stands in one place only, so its gradient is the wish of that place",
        lambda s, m: len(of(s).places(of(s).told)) == 1,
    ),
    (r"The same for the other weights", lambda s, m: len(of(s).used) > 1),
    (r"For the bias, the errors themselves are added up", lambda s, m: not _one(s, m)),
    (r"For the bias, it is the error itself", _one),
    (r"Each sum is a gradient", lambda s, m: len(s.shot.of_kind("gradient")) > 1),
    (
        r"One step against it: every weight loses ([\d.]+) times its gradient",
        lambda s, m: float(m[1]) == of(s).rate,
    ),
    (
        r"Every place takes its new value from the filter"
        r"(, so (the (?P<many>\w+) (?P<name>.) stay equal)?( and )?(the zeros? stays? zero)?)?",
        _stay,
    ),
    (
        r"The results move, and the loss (falls|rises) from (\S+) to (\S+)",
        lambda s, m: (
            _loss(s, m[2], of(s).losses[0])
            and _loss(s, m[3], of(s).losses[1])
            and (m[1] == "falls") == (of(s).losses[1] < of(s).losses[0])
        ),
    ),
    (
        r"Twice the rate would be too much: (\S+)",
        lambda s, m: _loss(s, m[1], of(s).twice) and of(s).twice > of(s).losses[0],
    ),
    (
        r"(\w+) more steps? by the same rules: the loss (falls step by step to|ends at) (\S+)",
        lambda s, m: (
            number(m[1].lower()) == of(s).steps - 1
            and _loss(s, m[3], of(s).losses[-1])
            and ("falls" in m[2]) == bool((np.diff(of(s).losses[1:]) < 0).all())
        ),
    ),
    (
        r"A dense layer has no such (?P<rules>rules?): "
        r"((?:(?P<filled>all|\w+)(?: of)? its (?P<zeros>\w+) zeros (?:has|have) filled)|its zero has filled)?(, and )?"
        r"(?P<rest>(?:the|some) copies have drifted apart)?",
        _dense,
    ),
    (
        r"One weight, many places: its gradient is the sum over all of them",
        lambda s, m: any(len(of(s).places(w)) > 1 for w in of(s).used),
    ),
    (
        r"One weight, one place: its gradient is what that place wishes",
        lambda s, m: all(len(of(s).places(w)) == 1 for w in of(s).used),
    ),
]


def _ends(still: Still, match: re.Match[str]) -> bool:
    shared = any(len(of(still).places(w)) > 1 for w in of(still).used)
    return shared == ("many" in match[0])


FIGURES = [
    (
        r"loss: half of (.+) (=|≈) (\S+)",
        lambda s, m: (
            _loss(s, m[3], of(s).losses[0]) and len(m[1].split(" + ")) == len(of(s).rows) and _squares(s, m[1])
        ),
    ),
    (
        r"loss: half the sum of (\d+) squares = (\S+)",
        lambda s, m: int(m[1]) == len(of(s).rows) and _loss(s, m[2], of(s).losses[0]),
    ),
    (
        r"(\d+) wish(?:es)?(?:, (\d+) of them by (?:a zero|zeros))?",
        lambda s, m: (
            int(m[1]) == len(of(s).rows) * len(of(s).pixels) == len(s.shot.of_kind("wish"))
            and int(m[2] or 0) == len(of(s).zeros)
        ),
    ),
    (
        r"(\d+) wish(?:es)? crossed out, (\d+) counts?",
        lambda s, m: (int(m[1]), int(m[2])) == (len(of(s).zeros), len(s.shot.of_kind("wish"))),
    ),
    (
        r"(\d+) wish(?:es)?, (\d+) weights?",
        lambda s, m: (int(m[1]), int(m[2])) == (sum(w >= 0 for r in of(s).rows for w in r), len(of(s).used)),
    ),
    (r"learning rate (\S+)", lambda s, m: float(m[1]) == of(s).rate),
    (
        r"loss (\S+) → (\S+?)(?:, with rate (\S+) → (\S+))?",
        lambda s, m: (
            _loss(s, m[1], of(s).losses[0])
            and _loss(s, m[2], of(s).losses[1])
            and (not m[3] or (abs(float(m[3]) / of(s).rate - 2) < 1e-9 and _loss(s, m[4], of(s).twice)))
        ),
    ),
    (
        r"loss (\S+) → (\S+) in (\d+) steps?",
        lambda s, m: _loss(s, m[1], of(s).losses[0]) and _loss(s, m[2], of(s).losses[-1]) and int(m[3]) == of(s).steps,
    ),
    (r"one weight, (many places: its gradient is the sum over all of them|one place: its gradient is what .*)", _ends),
]


def _squares(still: Still, said: str) -> bool:
    errors = of(still).errors(*of(still).history[0])
    return np.allclose([float(value_of(one)) for one in said.split(" + ")], np.square(errors), rtol=5e-3)


def _reads_apart(still: Still) -> bool:
    """Whether every result stands in one line with what is wanted and with the error, which is their difference."""
    kinds = [{t.key[1]: t for t in still.shot.of_kind(kind) if t.key} for kind in ("result", "wanted", "error")]
    if not all(set(kind) == set(range(len(of(still).rows))) for kind in kinds):
        return False
    level = [np.ptp([kind[r].middle[1] for kind in kinds]) < 0.05 for r in kinds[0]]
    shown = [[float(value_of(kind[r].says or "")) for kind in kinds] for r in kinds[0]]
    return all(level) and all(abs(got - want - error) <= 0.02 for got, want, error in shown)


# Pictures


def faults(run: Run) -> list[str]:
    """Weights and biases with other values, entries out of place, wishes that do not stand where they arise."""
    found: list[str] = []
    learner = Learner(run.scene)
    for shot in run.shots:
        if shot.slug not in ("better", "more", "dense", "answer"):
            found += _matrix_faults(shot, learner)
        if shot.slug in ("shared", "step"):
            found += _line_faults(shot, learner)
        if shot.slug in ("better", "more"):
            found += _curve_faults(shot, learner)
        if shot.slug in ("dense", "answer"):
            found += _twin_faults(shot, learner)
    return found


def _matrix_faults(shot: Shot, learner: Learner) -> Iterator[str]:
    """In row r and column p stands what belongs there: rows are level with their errors, columns with their pixels."""
    pixels = {t.key[1]: t for t in shot.of_kind("pixel") if t.key}
    rows = {t.key[1]: t for t in shot.of_kind("error") if (t.key and t.middle[0] > 0) or shot.size[0] <= shot.size[1]}
    errors: dict[int, Drawn] = {}
    for text in shot.of_kind("error"):
        assert text.key
        kept = errors.get(text.key[1])
        errors[text.key[1]] = text if kept is None or text.middle[1] < kept.middle[1] else kept
    header = {
        p: min((t for t in shot.of_kind("pixel") if t.key == ("pixel", p)), key=lambda t: t.middle[1]) for p in pixels
    }
    del rows
    level = {r: errors[r].middle[1] for r in errors}
    for text in shot.of_kind("wish", "zero"):
        assert text.key
        _, r, p = text.key
        inside = abs(text.middle[1] - level[r]) < 0.05 and abs(text.middle[0] - header[p].middle[0]) < 0.12
        if not inside and text.key[0] == "zero":
            yield f"{shot}: {text} does not stand in row {r} and column {p}"
    placed = [text for text in shot.of_kind("wish") if text.key and abs(text.middle[1] - level[text.key[1]]) < 0.05]
    expected = {
        "wishes": len(learner.rows) * len(learner.pixels),
        **dict.fromkeys(
            ("zeros", "shared", "others", "step"), len(learner.rows) * len(learner.pixels) - len(learner.zeros)
        ),
    }
    if not learner.zeros:
        expected.pop("zeros")
    standing = {text.key for text in placed if abs(text.middle[0] - header[text.key[2]].middle[0]) < 0.12}  # type: ignore[index]
    if len(standing) != expected.get(shot.slug, 0):
        yield f"{shot}: {len(standing)} wishes stand at their places, not {expected.get(shot.slug, 0)}"


def _line_faults(shot: Shot, learner: Learner) -> Iterator[str]:
    """The line of working: all wishes of the weight and their sum, or weight − rate · gradient and what that gives."""
    sums, _ = learner.gradients(*learner.history[0])
    if shot.slug == "step":
        if len(shot.of_kind("rate")) != 1:
            yield f"{shot}: the rate stands there {len(shot.of_kind('rate'))} times"
        return
    places = learner.places(learner.told)
    twice = {
        key for key in (t.key for t in shot.of_kind("wish")) if [t.key for t in shot.of_kind("wish")].count(key) == 2
    }
    cut = any(text.says == "…" for text in shot.texts)
    if twice != {("wish", *place) for place in places} and not cut:
        yield f"{shot}: the line adds up {twice}, not the wishes of {places}"
    if abs(sum(learner.wish(*place) for place in places) - sums[learner.told]) > 1e-9:
        yield f"{shot}: the wishes do not add up"


def _curve_faults(shot: Shot, learner: Learner) -> Iterator[str]:
    """The points of the curve stand as high as their losses, by the ticks of the plot."""
    ticks = {kind: [t for t in shot.of_kind("tick") if t.key and t.key[1] == kind] for kind in "xy"}
    scale = {}
    for kind, axis in (("x", 0), ("y", 1)):
        places = [(float(value_of(t.says or "")), float(t.middle[axis])) for t in ticks[kind]]
        scale[kind] = np.polyfit(*zip(*places, strict=True), 1) if len(places) > 1 else None
    if scale["x"] is None or scale["y"] is None:
        yield f"{shot}: {len(ticks['x'])} and {len(ticks['y'])} ticks; expected two of each at least"
        return
    dots = [d for d in shot.visible if issubclass(d.kind, Circle)]
    filled = sorted((d for d in dots if not d.stroked), key=lambda d: float(d.middle[0]))
    count = 2 if shot.slug == "better" else learner.steps + 1
    if len(filled) != count:
        yield f"{shot}: {len(filled)} points of the curve, not {count}"
        return
    unit = abs(scale["y"][0])
    for step, dot in enumerate(filled):
        for axis, where in (("x", step), ("y", learner.losses[step])):
            if abs(np.polyval(scale[axis], where) - dot.middle["xy".index(axis)]) > 0.06:
                yield f"{shot}: step {step} stands at {dot.middle}, and its loss is {learner.losses[step]:g} ({unit:g})"
    for dot in (d for d in dots if d.stroked):
        if abs(np.polyval(scale["y"], learner.twice) - dot.middle[1]) > 0.06:
            yield f"{shot}: the hollow point does not stand at {learner.twice:g}"


def _twin_faults(shot: Shot, learner: Learner) -> Iterator[str]:
    """The convolution's copies are equal and its zeros zero; the dense layer's are as their own wishes made them."""
    own = [
        t
        for t in shot.texts
        if (t.key and t.key[0] in ("weight", "filled") and len(t.key) == 4) or (t.key and t.key[0] == "filled")
    ]
    shared = [t for t in shot.of_kind("weight") if t.key and len(t.key) == 2]
    zeros = shot.of_kind("zero")
    if not (len(own) == len(shared) + len(zeros) > 0):
        yield f"{shot}: {len(own)} dense entries, {len(shared)} weights, {len(zeros)} zeros"
    cut = any(text.says == "…" for text in shot.texts)
    if not cut and len(own) != len(learner.rows) * len(learner.pixels):
        yield f"{shot}: only {len(own)} entries, and no dots"
    if own and shared and min(t.middle[1] for t in shared) < max(t.middle[1] for t in own):
        yield f"{shot}: the two matrices do not stand below each other"


DECIMALS = Convolution([[1, 2, 0], [3, 1, 2]], kernel=[[0.5, -1], [1.5, 2]], bias=-0.5)
STRIPE = Convolution([[3, 1, 4, 1, 5]], kernel=[[2, -1]], bias=1)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "decimals, three steps": {
            "convolution": DECIMALS,
            "wanted": [[6, 5.5]],
            "rate": 0.05,
            "steps": 3,
        },
        "one row, one step": {"convolution": STRIPE, "wanted": [[10, -5, 10, 0]], "rate": 0.01, "steps": 1},
        "nothing shared": {
            "convolution": Convolution([[1, 2], [3, 4]], kernel=[[2, -1], [3, 1]], bias=1),
            "wanted": [[10]],
            "rate": 0.01,
            "steps": 3,
        },
    },
    refused={
        "too few": ({"wanted": [1, 2]}, r"a number for each result, \(2, 2\) in rows and columns; got .* \(2,\)"),
        "no rate": ({"rate": 0}, "a rate above 0; got rate = 0"),
        "no step": ({"steps": 0}, "from 1 to 40 steps; got steps = 0"),
        "nothing to learn": ({"wanted": [[12, 14], [21, -26]]}, "nothing to learn"),
        "two channels": ({"convolution": Convolution(np.ones((2, 3, 3)), np.ones((1, 2, 2, 2)))}, "at most 1 channel"),
        "too large": (
            {"convolution": Convolution(np.ones((6, 6)), np.ones((2, 2))), "wanted": np.zeros((5, 5))},
            "Training",
        ),
    },
)
