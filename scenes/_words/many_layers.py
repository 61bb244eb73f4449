"""What is said and written of two layers in a row, and how what is in them is named."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from cnnmath import Convolution, activation, compose, receptive_field, symbols
from cnnmath.activations import Kind
from cnnmath.layers import Conv2D
from scenes._words.counting import count, counted
from scenes._words.digits import Number, number
from scenes._words.figures import in_digits
from scenes._words.piece import Piece
from scenes._words.subject import Subject

NAMES: dict[str, str] = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
"""What activations are called."""
FIELDS = 3
"""Layers of 3 × 3, whose fields are shown one in the other."""


class First(Subject):
    """The first layer: its bias is called the first of two."""

    def bias(self, index: int = 0) -> Piece:
        """The bias's letter, or its value."""
        return Piece(number(self.conv.bias[0]) if self.numeric else symbols.bias(0, 2), ("bias", 0))


class Second(Subject):
    """The second layer: its pixels are the results of the first, and its weights come behind those of the first.

    `kind` is what its pixels are: "result", or "active" behind an activation, where only numbers have names.
    """

    def __init__(self, conv: Convolution, notation: str, first: Convolution, kind: str = "result") -> None:
        super().__init__(conv, notation)
        self._weights_before, self._kind = first.counts.weights, kind
        self._letter = First(first).result if kind == "result" else None

    def pixel(self, index: int) -> Piece:
        """A number of the map."""
        if self.numeric or self._letter is None:
            return Piece(number(self.conv.image.flat[index], self._size(index)), (self._kind, index))
        return Piece(self._letter(index).says, (self._kind, index))

    def _size(self, index: int) -> float | None:
        return None

    def weight(self, index: int) -> Piece:
        """A weight, which has the letter and the colour behind those of the first layer."""
        at = self._weights_before + index
        return Piece(number(self.conv.kernel.flat[index]) if self.numeric else symbols.weight(at), ("weight", at))

    def bias(self, index: int = 0) -> Piece:
        """The second of two."""
        return Piece(number(self.conv.bias[0]) if self.numeric else symbols.bias(1, 2), ("bias", 1))

    def result(self, index: int) -> Piece:
        """A last number, which has the letter behind those of the map."""
        kind = "last" if self._kind == "result" else "changed"
        if self.numeric:
            return Piece(super().result(index).says, (kind, index))
        return Piece(symbols.result(self.conv.counts.pixels + index), (kind, index))


class Chain:
    """Two layers in a row, with and without an activation between them, and the one filter that does both at once."""

    def __init__(self, first: Convolution, layer: Conv2D, kind: Kind, notation: str) -> None:
        self.kind = kind
        self.first = first
        between = np.array(_meant(first)).reshape(first.output_shape)
        self.second = layer(between)
        self.active = layer(activation(kind, between))
        both = compose(first, layer(first.output()))
        assert both.convolution is not None, "layers without padding are one convolution together"
        self.both, self.matrix, self.one = both, both.weight_matrix(), both.convolution
        self.subjects = First(first, notation), Second(self.second, notation, first)
        self.numbers = First(first, "numbers"), Second(self.second, "numbers", first)
        self.activated = Second(self.active, "numbers", first, "active")

    @property
    def weights(self) -> tuple[int, int]:
        """How many weights each layer has."""
        return self.first.counts.weights, self.second.counts.weights

    @property
    def results(self) -> int:
        """How many last numbers there are."""
        return self.second.counts.results

    @cached_property
    def field(self) -> list[int]:
        """The pixels that the first of the last numbers reaches."""
        return [int(pixel) for pixel in receptive_field((self.first, self.second), 0)]

    @property
    def seen(self) -> list[int]:
        """The numbers of the map that it is made of."""
        return [int(pixel) for pixel in self.second.pixels_seen(0)]

    def entry(self, matrix: int, row: int, column: int) -> Piece:
        """An entry of the first or second weight matrix, as a number: a weight, or an untrainable zero."""
        conv, before = (self.first, 0) if matrix == 1 else (self.second, self.weights[0])
        weight = int(conv.sharing[row, column])
        if weight < 0:
            return Piece("0", ("zero", matrix, row, column))
        return Piece(number(conv.kernel.flat[weight]), ("weight", before + weight))

    def product(self, column: int) -> Piece:
        """An entry of the product's first row, as a number."""
        size = float(np.abs(self.second.weight_matrix()[0]) @ np.abs(self.first.weight_matrix()[:, column]))
        return Piece(number(float(self.matrix[0, column]), size or None), ("both", column))

    @cached_property
    def one_bias(self) -> Piece:
        """The bias of the one filter."""
        return Piece(number(float(self.one.bias[0])), ("one bias", 0))

    @property
    def changed(self) -> list[int]:
        """Which numbers of the map the activation changes."""
        same = np.isclose(self.second.image, self.active.image, rtol=0, atol=1e-12).ravel()
        return [int(index) for index in np.flatnonzero(~same)]

    @property
    def differs(self) -> bool:
        """Whether the last number is another one with the activation."""
        before, after = (float(one.output().flat[0]) for one in (self.second, self.active))
        return not math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-12)


def _meant(conv: Convolution) -> list[float]:
    """The results, without the noise of floats."""
    subject = Subject(conv, "numbers")
    says = [subject.result(index).says for index in range(conv.counts.results)]
    return [float(one.meant) for one in says if isinstance(one, Number)]


def fields() -> list[tuple[int, int]]:
    """How many rows and columns one number sees through one layer of 3 × 3, two, and so on, as the taps say."""
    side = 2 * FIELDS + 1
    layers: list[Any] = []
    image: Any = np.ones((side, side))
    for _ in range(FIELDS):
        layers.append(Convolution(image, np.ones((3, 3))))
        image = layers[-1].output()
    found = []
    for depth in range(1, FIELDS + 1):
        # Through the last layers, as far as they go: their input is the grid then.
        seen = receptive_field(layers[-depth:], 0)
        wide = layers[-depth].input_shape[-1]
        rows, columns = np.divmod(seen, wide)
        found.append((int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1))
    return found


# What is said


def grids(chain: Chain) -> str:
    """Two layers, one after the other."""
    gives = "one number" if chain.results == 1 else counted(chain.results, "number")
    return f"Two layers in a row: the first makes a map of the image, the second makes {gives} of the map."


def network(chain: Chain) -> str:
    """The same as neurons."""
    return "As a network: three columns. The results of the first layer are the inputs of the second."


def backwards(chain: Chain) -> str:
    """Who reaches whom."""
    which = "The last number" if chain.results == 1 else "The first of the last numbers"
    near, far = len(chain.seen), len(chain.field)
    pixels = f"all {count(far)} pixels" if far == chain.first.counts.pixels else counted(far, "pixel")
    these = "this" if near == 1 else "these"
    return f"{which} is made of {counted(near, 'number')} of the map, and {these} of {pixels}: its receptive field."


def product(chain: Chain) -> str:
    """The product of the matrices."""
    of = "" if chain.results == 1 else " Take the first row of the second one."
    return (
        f"Each layer is a matrix; the two multiply.{of} Row times column, entry by entry, they make one row of "
        f"{count(chain.first.counts.pixels)}."
    )


def fold(chain: Chain) -> str:
    """The one filter."""
    rows, columns = chain.one.kernel.shape[2:]
    return (
        f"Folded up, the row is a filter of {count(rows)} by {count(columns)} that gives the same number. "
        "Two layers with nothing between them are only one."
    )


def between(chain: Chain) -> str:
    """What an activation between them changes."""
    name, changed = NAMES[chain.kind], chain.changed
    goes = f"So {name} goes between them"
    if not changed:
        return f"So an activation goes between them. {name} leaves these numbers as they are, but not all others."
    if chain.kind == "relu":
        some = f"{chain.numbers[1].pixel(changed[0]).says} becomes 0"
        many = some if len(changed) == 1 else f"{counted(len(changed), 'number')} below zero become 0"
    else:
        many = f"{counted(len(changed), 'number')} of the map change{'s' if len(changed) == 1 else ''}"
    if not chain.differs:
        return f"{goes}: {many}, though here the last number stays."
    return f"{goes}: {many}, the last number changes, and no single filter does that."


def field() -> str:
    """How the field grows."""
    sizes = [f"{count(rows)} by {count(columns)}" for rows, columns in fields()]
    return (
        f"Every layer lets a number see more. Through filters of 3 by 3 it sees {sizes[0]} pixels, "
        f"then {', then '.join(sizes[1:])}."
    )


# Key figures


def chain_figure(chain: Chain) -> str:
    """From how many numbers to how many."""
    conv = chain.first
    rest = in_digits(chain.results, "number")
    return f"{in_digits(conv.counts.pixels, 'pixel')}, {in_digits(conv.counts.results, 'number')}, {rest}"


def field_figure(chain: Chain) -> str:
    """How large the receptive field is."""
    return f"receptive field: {in_digits(len(chain.field), 'pixel')}"


def one_figure(chain: Chain) -> str:
    """Two filters were one."""
    (high, wide), (rows, columns), (down, across) = (_shape(conv) for conv in (chain.first, chain.second, chain.one))
    return f"{high} × {wide}, then {rows} × {columns} = {down} × {across} at once"


def between_figure(chain: Chain) -> str:
    """The last number without and with the activation."""
    before, after = (subject.result(0).says for subject in (chain.numbers[1], chain.activated))
    return f"without {NAMES[chain.kind]} {before}, with it {after}"


def last_figure() -> str:
    """How far all of them see."""
    rows, columns = fields()[-1]
    return f"{FIELDS} layers of 3 × 3 see {rows} × {columns} pixels"


def field_names() -> list[str]:
    """A word for each field."""
    return [f"{in_digits(k + 1, 'layer')}: {rows} × {columns}" for k, (rows, columns) in enumerate(fields())]


def _shape(conv: Convolution) -> Sequence[int]:
    return conv.kernel.shape[2:]
