"""What OutputLayer shows: softmax and the loss worked out with the math module."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Still, stills
from books.activation import numbers
from numerals import value_of
from screen import Key, Run

from scenes._mobjects.plots import Curve


def scores(still: Still) -> list[float]:
    """The scores that stand there at the end of a step: in the last one the true class's has grown."""
    found = [float(score) for score in still.scene.scores]
    if still.shot.slug == "learn":
        truth = still.scene.truth
        others = [score for k, score in enumerate(found) if k != truth]
        found[truth] += 4 * max(1, math.ceil((max(others) + 2 - found[truth]) / 4))
    return found


def total(still: Still) -> float:
    return math.fsum(math.exp(score) for score in scores(still))


def shares(still: Still) -> list[float]:
    return [math.exp(score) / total(still) for score in scores(still)]


def loss(still: Still) -> float:
    mine = scores(still)[still.scene.truth]
    return math.log(math.fsum(math.exp(score - mine) for score in scores(still)))


def names(scene: Any) -> list[str]:
    if scene.labels is None or len(scene.labels) != len(scene.scores):
        return [f"class {k + 1}" for k in range(len(scene.scores))]
    return list(scene.labels)


def steps(scene: Any) -> list[str]:
    return ["scores", "powers", "sum", "divide", "answer", "loss", "learn"]


def value(still: Still, key: Key) -> float | str | None:
    match key:
        case ("label", int(k)):
            return names(still.scene)[k]
        case ("score", int(k)):
            return scores(still)[k]
        case ("exponent", int(k)):
            return f"e^{scores(still)[k]:g}".replace("-", "−")
        case ("power", int(k)):
            return math.exp(scores(still)[k])
        case ("total",):
            return total(still)
        case ("probability", int(k)):
            return shares(still)[k]
        case ("whole",):
            return 1.0
        case ("tick", _, float(tick)):
            return tick
        case ("formula",):
            return "−ln(p)"
    return None


def _close(says: str, value: float, about: str | None = None, rounded: bool = True) -> bool:
    """Whether a text is a number rounded, and says so if it is."""
    shown = float(value_of(says))
    exact = abs(shown - value) <= 1e-12 * max(abs(value), 1e-300)
    return abs(shown - value) <= 0.006 * abs(value) and (not rounded or bool(about) == (not exact))


def _named(still: Still, name: str, index: int) -> bool:
    return names(still.scene)[index] == name


def _best(still: Still) -> int:
    return max(range(len(scores(still))), key=lambda k: scores(still)[k])


def _tied(still: Still) -> bool:
    return scores(still).count(max(scores(still))) > 1


TRUE = r"(But|And) “(.+)” is true"
ABOUT = r"(about )?(\S+)"


def _true(still: Still, match: re.Match[str]) -> bool:
    return _named(still, match[2], still.scene.truth) and (match[1] == "And") == (still.scene.truth == _best(still))


CLAIMS = [
    (r"The last layer gives every class a score", lambda s, m: True),
    (r"A score can be any number", lambda s, m: True),
    (
        r"Take e to the power of each score: that is always above zero",
        lambda s, m: len(s.shot.of_kind("power")) == len(scores(s)),
    ),
    (rf"Add them up: together they are {ABOUT}", lambda s, m: _close(m[2], total(s), m[1])),
    (r"Divide each by the sum", lambda s, m: True),
    (
        r"These are probabilities: their bars make one whole",
        lambda s, m: abs(sum(shares(s)) - 1) < 1e-9 and len(s.shot.of_kind("probability")) == len(scores(s)),
    ),
    (r"This is softmax", lambda s, m: True),
    (
        r"The longest bar is the network's answer: “(.+)”",
        lambda s, m: not _tied(s) and _named(s, m[1], _best(s)),
    ),
    (
        r"No bar is longer than that of “(.+)”, so this may be the answer",
        lambda s, m: _tied(s) and _named(s, m[1], _best(s)),
    ),
    (TRUE, _true),
    (rf"The loss is −ln of its probability: {ABOUT}", lambda s, m: _close(m[2], loss(s), m[1])),
    (
        rf"Its bar is short, so the loss is large: −ln of its probability is {ABOUT}",
        lambda s, m: shares(s)[s.scene.truth] < 0.5 and _close(m[2], loss(s), m[1]),
    ),
    (
        r"Training lets the score of “(.+)” grow: its bar grows, (the others shrink|the other shrinks), the loss falls",
        lambda s, m: (
            _named(s, m[1], s.scene.truth)
            and (m[2] == "the other shrinks") == (len(scores(s)) == 2)
            and scores(s)[s.scene.truth] > float(s.scene.scores[s.scene.truth])
        ),
    ),
]
FIGURES = [
    (
        r"loss = −ln (\S+) (≈|=) (\S+)",
        lambda s, m: _close(m[1], shares(s)[s.scene.truth], rounded=False) and _close(m[3], loss(s), rounded=False),
    ),
    (r"class (\d+)", lambda s, m: 1 <= int(m[1]) <= len(scores(s))),
]


def bar_faults(still: Still) -> Iterator[str]:
    """Level with each probability there is a bar, which is as long as it."""
    boxes = [d for d in still.shot.visible if not d.is_text and not d.is_square and d.kind.__name__ == "Rectangle"]
    for text in still.shot.of_kind("probability"):
        level = [d for d in boxes if abs(d.middle[1] - text.baseline - 0.34 * text.em) < 0.1 and d.filled]
        tracks = [d for d in level if d.stroked]
        fills = [d for d in level if not d.stroked]
        if len(tracks) != 1 or len(fills) > 1:
            yield f"{still.shot}: {len(tracks)} tracks and {len(fills)} bars beside {text}"
            continue
        share = fills[0].width / tracks[0].width if fills else 0.0
        if abs(share - shares(still)[text.key[1]]) > 0.003 or (  # type: ignore[index]
            fills and abs(fills[0].points[:, 0].min() - tracks[0].points[:, 0].min()) > 0.01
        ):
            yield f"{still.shot}: the bar beside {text} is {share:.3f} of its track"


def sum_faults(still: Still) -> Iterator[str]:
    """= or ≈ before a sum, by what the numbers above it come to as they are shown."""
    for kind, end in (("power", "total"), ("probability", "whole")):
        for text in still.shot.of_kind(end):
            shown = sum(value_of(t.says or "") for t in still.shot.of_kind(kind))
            sign = min(
                (t for t in still.shot.texts if t.says in ("=", "≈")),
                key=lambda t: float(np.linalg.norm(t.middle - text.middle)),
            )
            if (shown == value_of(text.says or "")) != (sign.says == "="):
                yield f"{still.shot}: {kind}s as shown come to {float(shown):g} {sign.says} {text.says}"


def loss_faults(still: Still) -> Iterator[str]:
    """The curve is −ln p, and the dot is where the true class is."""
    if still.shot.slug not in ("loss", "learn"):
        return
    (curve,) = [d for d in still.shot.visible if issubclass(d.kind, Curve)]
    (dot,) = [d for d in still.shot.visible if d.is_circle]
    read = numbers(still.shot, curve.points[::4])
    at = numbers(still.shot, dot.middle[None])
    assert read is not None
    assert at is not None
    x, y = read
    # In x, for it is steep where probabilities are small; its ends show that it is all there.
    off = np.abs(x - np.exp(-y)).max()
    if off > 0.015 or y.min() > 0.05 or y.max() < loss(still):
        yield f"{still.shot}: the curve is off by {off:.3g}, from {y.min():.2f} to {y.max():.2f}"
    goal = shares(still)[still.scene.truth], loss(still)
    if abs(at[0, 0] - goal[0]) > 0.02 or abs(at[1, 0] - goal[1]) > 0.02 * y.max():
        yield f"{still.shot}: the dot is at {at.ravel().round(2)}, not {goal}"


def faults(run: Run) -> list[str]:
    return [f for still in stills(run) for f in (*bar_faults(still), *sum_faults(still), *loss_faults(still))]


TEN = (1.5, -2, 0.25, 3, -0.5, 2, 7, -4, 5, 6)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "ten": {"scores": TEN, "truth": 3},
        "right already": {"truth": 1},
        "two, equal": {"scores": (0, 0), "truth": 1, "labels": ("yes", "no")},
        "far away": {"scores": (-9, 12.5, 3), "truth": 0},
    },
    refused={
        "one": ({"scores": (1,)}, r"scores must be at least two numbers in a row; got \(1,\)"),
        "eleven": ({"scores": range(11)}, "at most 10 classes; got 11"),
        "no class": ({"truth": 3}, "truth must be one of the classes 0 to 2; got 3"),
        "names": ({"labels": ("a", "b")}, "labels must name 3 classes; got 2: a, b"),
        "too large": ({"scores": (1, 99)}, "scores from −50 to 50; got 99"),
    },
)
