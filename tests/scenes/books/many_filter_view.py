"""What ManyFilterView shows: maps that SciPy makes, and for each filter of the digit network its strongest answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from books import Book, Still, stills
from books.realistic_view import _own_photo, photo_of, shade_faults, shades, texture_faults
from claims import number
from scipy.signal import correlate2d
from screen import Drawn, Key, Run, Shot

from cnnmath import KERNELS, digits

ROWS = ("at first", "learned", "answers to")


def steps(scene: Any) -> list[str]:
    return ["photo", "wall", "before", "after", "answers"]


def value(still: Still, key: Key) -> float | None:
    return None


def filters(row: str) -> np.ndarray:
    """The digit network's, at first or at last."""
    return np.asarray(digits.HISTORY.filters[0][0 if row == "at first" else -1][:, 0])


def strongest(which: int) -> tuple[int, int, int]:
    """In which digit, at which row and column a filter's result is the largest: the bias is the same everywhere."""
    kernel = filters("learned")[which]
    maps = np.stack([correlate2d(image[0], kernel, mode="valid") for image in digits.TEST.images])
    image, row, column = np.unravel_index(maps.argmax(), maps.shape)
    return int(image), int(row), int(column)


def shown(shot: Shot, row: str) -> dict[int, dict[int, Drawn]]:
    """The cells of a row of grids."""
    found: dict[int, dict[int, Drawn]] = {}
    for drawn in shot.visible:
        if drawn.key and drawn.key[0] == row:
            found.setdefault(drawn.key[1], {})[drawn.key[2]] = drawn
    return found


def table_faults(still: Still) -> Iterator[str]:
    """The rows that have been told are there, in the shades of their values."""
    there = [row for row in ROWS if shown(still.shot, row)]
    if there != list(ROWS[: max(0, steps(still.scene).index(still.shot.slug) - 1)]):
        yield f"{still.shot}: rows {there}"
    for row in there:
        for which, cells in shown(still.shot, row).items():
            is_digit = row == "answers to"
            values = digits.TEST.images[strongest(which)[0]][0] if is_digit else filters(row)[which]
            expected = _shades(values, still.shot.theme).reshape(-1, 3)
            got = np.array([255 * cells[index].fill[:3] for index in range(values.size)])
            if len(cells) != values.size or np.abs(expected - got).max() > 1.5:
                yield f"{still.shot}: {row} {which} has other shades"


def _shades(values: np.ndarray, theme: str) -> np.ndarray:
    """All of them told apart."""
    largest = np.abs(values).max()
    padded = np.concatenate([values.ravel(), np.full(200 * values.size, largest if values.min() < 0 else values.max())])
    return shades(padded, theme)[: values.size]


def window_faults(still: Still) -> Iterator[str]:
    """A frame stands around the place where the result is the largest."""
    for which, cells in shown(still.shot, "answers to").items():
        _, row, column = strongest(which)
        covered = [cells[8 * (row + down) + column + right].middle for down in range(3) for right in range(3)]
        middle, side = np.mean(covered, axis=0), cells[0].width / 1.02
        frames = [d for d in still.shot.visible if not d.filled and np.abs(d.middle - middle).max() < 0.02]
        if not any(abs(frame.width - 3 * side) < 0.05 for frame in frames):
            yield f"{still.shot}: no frame at row {row}, column {column} of {which}"


def faults(run: Run) -> list[str]:
    return [
        fault
        for still in stills(run)
        for read in (texture_faults, shade_faults, table_faults, window_faults)
        for fault in read(still)
    ]


def _labels(still: Still, match: Any) -> bool:
    given = [int(label) for label in match[1].replace(" and ", ", ").split(", ")]
    return given == [int(digits.TEST.labels[strongest(which)[0]]) for which in range(len(filters("learned")))]


def _many(still: Still, match: Any) -> bool:
    return {number(group.lower()) for group in match.groups()} == {len(still.scene.filters)}


CLAIMS = [
    (r"One photograph, and any number of filters to look at it", lambda s, m: True),
    (r"(\w+) filters make (\w+) maps of it: what is found, the weights decide", _many),
    (r"(One) filter makes one map of it", _many),
    (r"In a network nobody thinks them up", lambda s, m: True),
    (
        r"The digit network's (\w+) filters begin at random",
        lambda s, m: number(m[1]) == len(filters("at first")) == len(shown(s.shot, "at first")),
    ),
    (
        r"Going through ([\d,]+) digits (\d+) times makes these of them",
        lambda s, m: (
            int(m[1].replace(",", "")) == len(digits.TRAINING.labels)
            and int(m[2]) == len(digits.HISTORY.filters[0]) - 1
            and np.array_equal(filters("learned"), digits.NETWORK.layers[0].kernel[:, 0])
        ),
    ),
    (
        r"And this is what each of them answers to most, of (\d+) digits that are new to it",
        lambda s, m: int(m[1]) == len(digits.TEST.labels),
    ),
]
FIGURES = [
    (r"(\d+) filters?, (\d+) maps?", _many),
    (r"the strongest answers: (.+)", _labels),
    (r"(\d+) × (\d+)", lambda s, m: (int(m[1]), int(m[2])) == photo_of(s.scene).shape),
]
RANDOM = np.random.default_rng(9)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "16 filters over a photograph of one's own": {
            "photo": _own_photo(),
            "filters": {**KERNELS, **{f"own {'abcdefgh'[k]}": RANDOM.integers(-3, 4, (3, 3)) for k in range(8)}},
        },
        "one filter": {"photo": RANDOM.integers(0, 256, (30, 50)), "filters": {"sum": [[1, 1]]}},
    },
    refused={"17 filters": ({"filters": {str(k): [[1]] for k in range(17)}}, "1 to 16 filters; got 17")},
)
