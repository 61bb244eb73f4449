"""What Neuron shows: sums worked out by loops, and which line joins which circles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Still, stills
from books.activation import FUNCTIONS
from numerals import value_of
from reading import THEMES, ends, rgb
from screen import Drawn, Key, Run, Shot

_COUNTS = ["no", "one", "two", "three", "four", "five", "six"]


def weights(scene: Any) -> np.ndarray:
    return np.atleast_2d(np.array(scene.weights, dtype=float))


def inputs(scene: Any) -> list[float]:
    return np.array(scene.inputs, dtype=float).ravel().tolist()


def biases(scene: Any) -> list[float]:
    return np.broadcast_to(np.array(scene.bias, dtype=float), len(weights(scene))).tolist()


def sums(scene: Any) -> list[float]:
    found = []
    for row, bias in zip(weights(scene), biases(scene), strict=True):
        total = sum(w * x for w, x in zip(row.tolist(), inputs(scene), strict=True)) + bias
        found.append(round(total, 12))
    return found


def outcome(scene: Any, index: int) -> float:
    return FUNCTIONS[scene.activation](sums(scene)[index])


def steps(scene: Any) -> list[str]:
    return ["neuron", "sum", "activation", *(["layer", "matrix"] if len(weights(scene)) > 1 else [])]


def value(still: Still, key: Key) -> float | str | None:
    scene = still.scene
    match key:
        case ("pixel", int(i)):
            return inputs(scene)[i]
        case ("weight", int(i)):
            return float(weights(scene).flat[i])
        case ("bias", int(i)):
            # In the sum its sign stands in front of it.
            return biases(scene)[i]
        case ("result", int(i)):
            return sums(scene)[i]
        case ("activation", int(i)):
            return outcome(scene, i)
        case ("product" | "term", int(i)):
            product = weights(scene)[0, i] * inputs(scene)[i]
            return float(product) if key[0] == "product" else abs(float(product))
        case ("added",):
            return abs(biases(scene)[0])
    return None


def _passes(still: Still, match: re.Match[str]) -> bool:
    x, y = sums(still.scene)[0], outcome(still.scene, 0)
    shown = float(value_of(match[1]))
    if match[2] == "passes as it is":
        return abs(x - y) < 0.006 * abs(x) + 1e-12 and abs(shown - x) <= 0.006 * abs(x)
    return x != y and abs(float(value_of(match[3])) - y) <= 0.006 * abs(y) + 1e-12


CLAIMS = [
    (r"A neuron takes a number", lambda s, m: len(inputs(s.scene)) == 1),
    (r"A neuron takes (\w+) numbers", lambda s, m: len(inputs(s.scene)) == _COUNTS.index(m[1]) > 1),
    (
        r"(Every|Its) line has a weight, and the neuron has a bias",
        lambda s, m: (m[1] == "Its") == (len(inputs(s.scene)) == 1) and bool(s.shot.of_kind("bias")),
    ),
    (
        r"The number is multiplied by the weight on its line, and the bias is added",
        lambda s, m: len(inputs(s.scene)) == 1,
    ),
    (r"Each number is multiplied by its line's weight", lambda s, m: len(inputs(s.scene)) > 1),
    (r"All is added up, with the bias", lambda s, m: True),
    (
        r"An activation passes the sum on: ReLU makes zero of everything below zero",
        lambda s, m: s.scene.activation == "relu",
    ),
    (
        r"An activation passes the sum on: Leaky ReLU keeps what is above zero and one hundredth of what is below",
        lambda s, m: s.scene.activation == "leaky_relu",
    ),
    (
        r"An activation passes the sum on: (the sigmoid|tanh) squeezes every number in between (0|−1) and 1",
        lambda s, m: (s.scene.activation, m[2]) == (("tanh", "−1") if m[1] == "tanh" else ("sigmoid", "0")),
    ),
    (r"(\S+) (passes as it is|becomes (\S+))", _passes),
    (
        r"(\w+) neurons that take the same numbers are a layer",
        lambda s, m: _COUNTS.index(m[1].lower()) == len(weights(s.scene)) > 1,
    ),
    (r"Each has weights of its own", lambda s, m: True),
    (r"Its weights are a matrix: a row for each neuron, a column for each number", lambda s, m: True),
]
FIGURES = [
    (
        r"(\d+) rows × (\d+) columns? = (\d+) weights, and (\d+) biases",
        lambda s, m: (
            (int(m[1]), int(m[2])) == weights(s.scene).shape
            and (int(m[3]), int(m[4])) == (weights(s.scene).size, len(weights(s.scene)))
        ),
    )
]


def inside(shot: Shot, shape: Drawn) -> list[Key]:
    """What stands in a circle or square."""
    return [t.key for t in shot.texts if t.key and np.abs(t.middle - shape.middle).max() < shape.width / 2]


def named(shot: Shot, circle: Drawn) -> list[Key]:
    """What a circle is called: what stands in it, or beside it where it is small."""
    names = [t for t in shot.of_kind("pixel", "result") if abs(t.middle[1] - circle.middle[1]) < 0.15]
    beside = [t for t in names if abs(t.middle[0] - circle.middle[0]) - t.width / 2 < circle.width / 2 + 0.2]
    return [t.key for t in sorted(beside, key=lambda t: abs(t.middle[0] - circle.middle[0]))[:1] if t.key]


def edge_faults(still: Still) -> Iterator[str]:
    """A coloured line joins the input and the neuron that its weight belongs to, and its name is on it."""
    shot, columns = still.shot, len(inputs(still.scene))
    circles = [d for d in shot.visible if d.is_circle and d.stroked]
    look, found = THEMES[shot.theme], set()
    for edge in (d for d in shot.visible if d.is_edge and d.weight is not None and d.weight >= 0):
        joined: list[Key] = []
        for end in ends(edge):
            near = [c for c in circles if np.linalg.norm(c.middle - end) < 0.05]
            joined += [key for c in near for key in named(shot, c)]
        pixel = next((key[1] for key in joined if key[0] == "pixel"), None)
        result = next((key[1] for key in joined if key[0] == "result"), 0)
        weight = None if pixel is None else result * columns + pixel
        if weight is None or weight != edge.weight:
            yield f"{shot}: a line of weight {edge.weight} joins {joined}"
            continue
        found.add(weight)
        if np.abs(edge.fill[:3] - rgb(look.weights[weight])).max() > 0.01:
            yield f"{shot}: the line of weight {weight} has another colour"
    wanted = weights(still.scene).size if shot.slug in ("layer", "matrix") else columns
    if found != set(range(wanted)):
        yield f"{shot}: there are lines for the weights {sorted(found)}"


def sum_faults(still: Still) -> Iterator[str]:
    """The line below adds up to what it says, as far as the numbers on it do."""
    shot = still.shot
    if shot.slug not in ("sum", "activation"):
        return
    equal = next(t for t in shot.texts if t.says in ("=", "≈"))
    line = sorted((t for t in shot.texts if abs(t.baseline - equal.baseline) < 0.05), key=lambda t: t.middle[0])
    total, sign = 0.0, 1.0
    for text in line[: line.index(equal)]:
        if text.says in ("+", "−"):
            sign = -1.0 if text.says == "−" else 1.0
        else:
            total, sign = total + sign * float(value_of(text.says or "")), 1.0
    shown = float(value_of(line[-1].says or ""))
    if (abs(total - shown) < 1e-9) != (equal.says == "="):
        yield f"{shot}: {[t.says for t in line]} comes to {total:g}"


def matrix_faults(still: Still) -> Iterator[str]:
    """Each weight stands below its input and right of its neuron's sum."""
    shot, columns = still.shot, len(inputs(still.scene))
    if shot.slug != "matrix":
        return
    cells = [(d, inside(shot, d)) for d in shot.visible if d.is_square and d.filled]
    heads = {key[1]: d for d, keys in cells for key in keys if key[0] == "pixel"}
    rows = {key[1]: d for d, keys in cells for key in keys if key[0] == "result"}
    found = set()
    for d, keys in cells:
        for kind, weight in keys:
            if kind != "weight":
                continue
            found.add(weight)
            row, column = divmod(weight, columns)
            if abs(d.middle[0] - heads[column].middle[0]) > 0.05 or abs(d.middle[1] - rows[row].middle[1]) > 0.05:
                yield f"{shot}: weight {weight} stands in another place of the matrix"
    if found != set(range(weights(still.scene).size)):
        yield f"{shot}: the matrix holds {sorted(found)}"


def faults(run: Run) -> list[str]:
    return [f for still in stills(run) for f in (*edge_faults(still), *sum_faults(still), *matrix_faults(still))]


BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "sigmoid of decimals": {
            "inputs": (0.5, -1.25), "weights": ((0.4, 1.5), (-2, 3)), "bias": 0.1, "activation": "sigmoid",
        },
        "one input": {"inputs": (3,), "weights": (-2,), "bias": 1},
        "five": {
            "inputs": (2, 4, 3, 6, 5),
            "weights": np.arange(2, 17).reshape(3, 5),
            "bias": (-9, -20, 3),
            "activation": "leaky_relu",
        },
    },
    refused={
        "another size": ({"weights": ((1, 2),)}, "weights must have a column for each of the input's 3 numbers"),
        "no activation": ({"activation": "none"}, "activation is 'none'; expected any of 'relu'"),
        "too many": ({"inputs": range(7), "weights": [range(7)], "bias": 0}, "at most 6 inputs; got 7"),
    },
)  # fmt: skip
