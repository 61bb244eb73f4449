"""What DenseLayer shows: which weight stands where, counted by loops, and how many numbers a real layer has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Still, stills
from books.neuron import inside, named
from reading import THEMES, ends, rgb
from screen import Key, Run

from cnnmath import symbols
from scenes._mobjects.pixel_matrix import PixelMatrix

_COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def spelled(word: str) -> int:
    return _COUNTS.index(word.lower()) if word.lower() in _COUNTS else int(word)


def maps(scene: Any) -> np.ndarray:
    given = np.array(scene.maps, dtype=float)
    return given[None] if given.ndim == 2 else given


def weights(scene: Any) -> np.ndarray:
    given = np.array(scene.weights, dtype=float)
    return np.ones((int(given), maps(scene).size)) if given.ndim == 0 else given


def kernel(scene: Any) -> np.ndarray:
    given = np.array(scene.kernel, dtype=float)
    return given[None] if given.ndim == 2 else given


def biases(scene: Any) -> list[float]:
    return np.broadcast_to(np.array(scene.bias, dtype=float), len(weights(scene))).tolist()


def shape_of(scene: Any) -> tuple[int, int]:
    """How many weights and biases the dense layer has."""
    return weights(scene).size, len(weights(scene))


def places(scene: Any) -> list[dict[int, int]]:
    """Where the filter's weights lie at each of its places: the weight by the number's place in the column."""
    (_, rows, columns), (_, tall, wide) = maps(scene).shape, kernel(scene).shape
    found = []
    for top in range(rows - tall + 1):
        for left in range(columns - wide + 1):
            row = {}
            for weight, (channel, y, x) in enumerate(np.ndindex(*kernel(scene).shape)):
                row[(channel * rows + top + y) * columns + left + x] = weight
            found.append(row)
    return found


def zeros(scene: Any) -> int:
    return sum(maps(scene).size - len(row) for row in places(scene))


def steps(scene: Any) -> list[str]:
    return ["maps", "flatten", "connect", "matrix", "beside", "large"]


def value(still: Still, key: Key) -> float | str | None:
    scene, lettered = still.scene, still.scene.notation == "letters"
    match key:
        case ("pixel", int(i)):
            return symbols.pixel(i) if lettered else float(maps(scene).flat[i])
        case ("weight", int(i)) if lettered:
            return symbols.weight(i)
        case ("weight", int(i)):
            # In the other parameters the filter's weights are those with which the dense ones begin.
            return float(weights(scene).flat[i])
        case ("result", int(i)):
            sums = weights(scene) @ maps(scene).ravel() + biases(scene)
            return symbols.result(i) if lettered else round(float(sums[i]), 12)
        case ("zero", _, _):
            return 0.0
    return None


def _sizes(still: Still, *words: str) -> bool:
    return tuple(map(spelled, words)) == maps(still.scene).shape[-len(words) :]


def _beside(still: Still, match: re.Match[str]) -> bool:
    scene = still.scene
    many, each, often, none = match[1], match[2], match[3], match[4]
    return (
        spelled(many) == kernel(scene).size
        and bool(each) == (kernel(scene).size > 1)
        and spelled(often) == len(places(scene))
        and (zeros(scene) if none != "no" else 0) == zeros(scene)
        and (spelled(none) == zeros(scene))
    )


CLAIMS = [
    (
        r"This map of (\w+) by (\w+) numbers comes out of the layers before",
        lambda s, m: len(maps(s.scene)) == 1 and _sizes(s, m[1], m[2]),
    ),
    (
        r"These (\w+) maps of (\w+) by (\w+) numbers come out of the layers before",
        lambda s, m: len(maps(s.scene)) > 1 and _sizes(s, m[1], m[2], m[3]),
    ),
    (
        r"Flatten it: its numbers become one column, row after row",
        lambda s, m: len(maps(s.scene)) == 1 and in_order(s),
    ),
    (r"Flatten them into one column, map after map", lambda s, m: in_order(s)),
    (r"That is PyTorch's order", lambda s, m: in_order(s)),
    (
        r"Keras goes place by place, through all maps",
        lambda s, m: len(maps(s.scene)) > 1,
    ),
    (
        r"In a dense layer every number is connected with (the output|each of the (\w+) outputs), by a weight of its "
        r"own",
        lambda s, m: (spelled(m[2]) if m[2] else 1) == len(weights(s.scene)),
    ),
    (
        r"As a matrix: (one row, for the output|a row for each output), and a column for each number",
        lambda s, m: m[1].startswith("one") == (len(weights(s.scene)) == 1),
    ),
    (r"No entry is held at zero, no weight is shared", lambda s, m: not s.shot.of_kind("zero")),
    (
        r"A filter over the same maps: (\w+) weights?, (each )?in (\w+) places?, and (\w+)(?: "
        r"untrainable)? zeros?",
        _beside,
    ),
    (r"Real images are large", lambda s, m: True),
    (
        r"There a dense layer has far more numbers to learn than a filter",
        lambda s, m: True,
    ),
]


def _large(still: Still, match: re.Match[str]) -> bool:
    side, dense, size, filter_ = (int(group.replace(",", "")) for group in match.groups())
    pixels = side * side
    return dense == sum(pixels + 1 for _ in range(pixels)) and filter_ == size * size + 1


FIGURES = [
    (
        r"(\d+) rows? × (\d+) columns? \+ (\d+) bias(?:es)? = (\d+) numbers to learn",
        lambda s, m: (
            (int(m[1]), int(m[2])) == weights(s.scene).shape
            and int(m[3]) == len(weights(s.scene))
            and int(m[4]) == weights(s.scene).size + len(weights(s.scene))
        ),
    ),
    (
        r"(\d+) × \d+ pixels to as many results: dense ([\d,]+) numbers, a (\d+) × \3 filter (\d+)",
        _large,
    ),
    (
        r"(\d+) weights? \+ (\d+) bias(?:es)?",
        lambda s, m: (
            (int(m[1]), int(m[2])) in ((weights(s.scene).size, len(weights(s.scene))), (kernel(s.scene).size, 1))
        ),
    ),
    (
        r"(\d+) × (\d+) filter(?: over (\d+) maps)?",
        lambda s, m: (int(m[3] or 1), int(m[1]), int(m[2])) == kernel(s.scene).shape,
    ),
    (r"(\d+) columns: pixels", lambda s, m: int(m[1]) == maps(s.scene).size),
    (r"(\d+) rows: results", lambda s, m: int(m[1]) == len(weights(s.scene))),
]


def in_order(still: Still) -> bool:
    """Whether the numbers stand below each other in the order of C."""
    if still.shot.slug == "maps":
        return False
    column = sorted(still.shot.of_kind("pixel"), key=lambda text: -text.middle[1])
    return [t.key[1] for t in column if t.key] == list(range(maps(still.scene).size))


def edge_faults(still: Still) -> Iterator[str]:
    """Every input is joined with every output, in the colour of the weight of that place."""
    shot, columns = still.shot, maps(still.scene).size
    if shot.slug not in ("connect", "matrix"):
        return
    circles = [d for d in shot.visible if d.is_circle and d.stroked]
    look, many, found = THEMES[shot.theme], weights(still.scene).size, set()
    for edge in (d for d in shot.visible if d.is_edge and d.weight is not None):
        near = [c for end in ends(edge) for c in circles if np.linalg.norm(c.middle - end) < 0.05]
        joined = dict(key for c in near for key in named(shot, c))
        weight = joined.get("result", -1) * columns + joined.get("pixel", -1)
        if weight != edge.weight:
            yield f"{shot}: a line of weight {edge.weight} joins {joined}"
        found.add(edge.weight)
        colour = look.weights[weight if many <= 16 else weight // columns]
        if np.abs(edge.fill[:3] - rgb(colour)).max() > 0.01:
            yield f"{shot}: the line of weight {weight} has another colour"
    if found != set(range(many)):
        yield f"{shot}: there are lines for the weights {sorted(found)}"


def matrix_faults(still: Still) -> Iterator[str]:
    """In the last pictures every weight stands where it belongs, in both matrices, as far as they have labels."""
    shot, scene = still.shot, still.scene
    if shot.slug not in ("matrix", "beside", "large"):
        return
    cells = [(d, inside(shot, d)) for d in shot.visible if d.is_square and d.filled]
    entries = [(d, key) for d, keys in cells for key in keys if key[0] in ("weight", "zero")]
    if any(issubclass(d.kind, PixelMatrix) for d in shot.visible):
        return
    columns = maps(scene).size
    dense = [(r, c, ("weight", r * columns + c)) for r in range(len(weights(scene))) for c in range(columns)]
    wanted = Counter(key for _, _, key in dense)
    if shot.slug != "matrix":
        for result, row in enumerate(places(scene)):
            wanted += Counter(("weight", row[c]) if c in row else ("zero", result, c) for c in range(columns))
    shown = Counter(key for _, key in entries)
    if entries and not (shown == wanted or shown == wanted - Counter(key for _, _, key in dense)):
        yield f"{shot}: the matrices hold {shown}, not {wanted}"
    for row in rows_of(entries):
        keys = [key for _, key in row]
        lines = [[key for r, _, key in dense if r == result] for result in range(len(weights(scene)))]
        lines += [
            [("weight", row_[c]) if c in row_ else ("zero", result, c) for c in range(columns)]
            for result, row_ in enumerate(places(scene))
        ]
        cut = [keys[i : i + columns] for i in range(0, len(keys), columns)]
        for part in cut:
            if part not in lines:
                yield f"{shot}: no row of a matrix is {part}"


def rows_of(entries: list[tuple[Any, Key]]) -> list[list[tuple[Any, Key]]]:
    """Entries on one line, from left to right."""
    found: dict[float, list[tuple[Any, Key]]] = {}
    for entry in entries:
        found.setdefault(round(float(entry[0].middle[1]), 1), []).append(entry)
    return [sorted(row, key=lambda entry: float(entry[0].middle[0])) for row in found.values()]


def faults(run: Run) -> list[str]:
    return [f for still in stills(run) for f in (*edge_faults(still), *matrix_faults(still))]


BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "one map to ten": {"maps": np.arange(9).reshape(3, 3), "weights": 10, "kernel": ((1, 2), (3, 4))},
        "in numbers": {
            "maps": ((1, 2), (3, 4)),
            "weights": ((1, -1, 2, 0), (3, 1, -2, 5)),
            "bias": (4, -1),
            "kernel": ((1, -1),),
            "notation": "numbers",
        },
        "one output": {"maps": ((1, 2, 3),), "weights": 1, "kernel": ((1, 2),)},
        "three maps": {"maps": np.ones((3, 2, 2)), "weights": 3, "kernel": np.ones((3, 2, 2))},
    },
    refused={
        "too many numbers": ({"maps": np.ones((5, 5)), "kernel": ((1, 2),)}, "at most 16 numbers in all maps; got 25"),
        "eleven": ({"weights": 11}, "at most 10 outputs; got 11"),
        "other size": ({"weights": ((1, 2),)}, "weights must have a column for each of the input's 8 numbers"),
        "a number in numbers": ({"notation": "numbers"}, "or in letters how many outputs there are; got 2 in numbers"),
        "two filters": ({"kernel": np.ones((2, 2, 1, 1))}, "kernel must be one filter; got 2"),
    },
)
