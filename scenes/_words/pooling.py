"""What is said and written of pooling."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from cnnmath import Pooling
from cnnmath.values import Floats
from scenes._words.counting import count, counted
from scenes._words.digits import Number, number
from scenes._words.figures import in_digits
from scenes._words.piece import Piece

NAMES = {"max": "largest", "average": "average"}
"""What stands above the results, by the kind of pooling."""
SHARES = {2: "half", 3: "one third", 4: "one quarter"}


class Pooled:
    """A pooling layer and how its numbers are written: its input, and the results of either kind."""

    def __init__(self, pooling: Pooling) -> None:
        self.layer = pooling
        self.most = _of_kind(pooling, "max")
        self.mean = _of_kind(pooling, "average")

    @cached_property
    def pixels(self) -> list[Piece]:
        """The numbers that are pooled."""
        return [Piece(number(value), ("pixel", i)) for i, value in enumerate(self.layer.inputs.tolist())]

    def results(self, kind: str) -> list[Piece]:
        """The results of a kind; those of the other one have a key of their own."""
        made = self._maxima if kind == "max" else self._averages
        key = "result" if kind == self.layer.kind else "other"
        return [Piece(says, (key, i)) for i, says in enumerate(made)]

    def values(self, kind: str) -> Floats:
        """The same as floats."""
        return (self.most if kind == "max" else self.mean).output()

    @cached_property
    def _maxima(self) -> list[Number]:
        return [number(value) for value in self.most.output().ravel().tolist()]

    @cached_property
    def _averages(self) -> list[Number]:
        values = self.mean.output().ravel().tolist()
        return [number(value, self._size(result)) for result, value in enumerate(values)]

    def _size(self, result: int) -> float | None:
        """How large the numbers of a window are together, a share each."""
        members = self.members(result)
        return sum(abs(float(self.layer.inputs[i])) for i in members) / len(members) or None

    def members(self, result: int) -> list[int]:
        """The numbers under the window for one result, in their order."""
        return [int(pixel) for pixel in self.layer.pixels_seen(result)]

    def winner(self, result: int) -> int:
        """The largest of them."""
        return int(self.most.winners.flat[result])

    @property
    def kept(self) -> int:
        """How many numbers win any window."""
        return len(set(self.most.winners.ravel().tolist()))

    def sum_pieces(self, result: int, most: int) -> list[Piece | str]:
        """A window's average, worked out; of its terms at most so many, then dots before the last one."""
        members = self.members(result)
        shown = members if len(members) <= most else [*members[: most - 1], members[-1]]
        pieces: list[Piece | str] = ["("]
        for k, member in enumerate(shown):
            last = k == len(shown) - 1
            if k:
                pieces.append("+")
            if last and len(shown) < len(members):
                pieces += ["…", "+"]
            pieces += _term(self.pixels[member], bare=not k)
        total = self.results("average")[result]
        return [*pieces, ")", "/", Piece(str(len(members)), ("count", result)), self._sign(members, total), total]

    def _sign(self, members: Sequence[int], total: Piece) -> str:
        """= if the numbers as they are shown, and as they are meant where dots stand for them, give the total."""
        exact = sum(Fraction(str(self.layer.inputs[i])) for i in members) / len(members)
        numbers = [self.pixels[i].says for i in members]
        rounded = any(isinstance(one, Number) and one.rounded for one in numbers)
        shown = Fraction(total.says.shown) if isinstance(total.says, Number) else None
        return "=" if exact == shown and not rounded else "≈"


def _term(piece: Piece, bare: bool) -> list[Piece | str]:
    """A summand; a negative one behind a + stands in brackets."""
    return [piece] if bare or not piece.says.startswith("−") else ["(", piece, ")"]


def _of_kind(pooling: Pooling, kind: str) -> Pooling:
    return Pooling(pooling.image, pooling.size, "max" if kind == "max" else "average", pooling.stride)


# What is said


def the_map(pooling: Pooling, from_convolution: bool) -> str:
    """What is pooled, and what for."""
    numbers = f"{count(pooling.counts.pixels)} numbers"
    many = len(pooling.image)
    if from_convolution:
        what = "is a feature map, the result of a convolution" if many == 1 else f"are {count(many)} feature maps"
    else:
        what = "is an image" if many == 1 else f"is an image of {count(many)} channels"
    this, it = ("These", "them") if from_convolution and many > 1 else ("This", "it")
    return f"{this} {what}: {numbers}. Pooling makes {it} smaller."


def first(pooling: Pooling) -> str:
    """What becomes of the first window."""
    of = f"Of the {count(_area(pooling))} numbers in it"
    if pooling.kind == "max":
        return f"Lay a window of {_size(pooling)} on it. {of}, only the largest is kept."
    return (
        f"Lay a window of {_size(pooling)} on it. The {count(_area(pooling))} numbers in it are {_averaged(pooling)}."
    )


def others(pooling: Pooling) -> str:
    """How the window goes on, and what of the map it never sees."""
    keeps = "keeps its largest number" if pooling.kind == "max" else "gives its average"
    out = left_out(pooling)
    if pooling.counts.results == 1:
        return f"There is no other place for the window.{out}"
    if pooling.positions == 1:
        return f"Every channel has its own window, which {keeps}.{out}"
    over = "" if not overlaps(pooling) else ", less than its size, so some numbers are in several windows"
    return f"The window hops on by {_stride(pooling)}{over}. Every window {keeps}.{out}"


def left_out(pooling: Pooling) -> str:
    """The numbers that lie in no window, if there are any."""
    out = len(pooling.left_out)
    if not out:
        return ""
    are, count_ = ("is", "counts") if out == 1 else ("are", "count")
    return f" {counted(out, 'number').capitalize()} {are} in no window and {count_} for nothing."


def averages(pooling: Pooling) -> str:
    """The same windows, averaged."""
    return (
        f"Average pooling takes the same windows, but the {count(_area(pooling))} numbers in each are "
        f"{_averaged(pooling)}."
    )


def network(pooling: Pooling, whole: bool) -> str:
    """Which lines there are, and that none of them learns."""
    some = "" if whole else " Dots stand for what is not shown."
    if pooling.kind == "max":
        return f"As a network: one line from each winner, without a weight. Nothing is learned.{some}"
    share = SHARES.get(_area(pooling), f"1/{_area(pooling)}")
    return (
        f"As a network: a line from every number in a window to its result, with the same fixed share, {share}; "
        f"nothing is learned.{some}"
    )


def overlaps(pooling: Pooling) -> bool:
    """Whether any number is in two windows."""
    return pooling.counts.pixels - len(pooling.left_out) < pooling.counts.results * _area(pooling)


def _area(pooling: Pooling) -> int:
    return math.prod(pooling.size)


def _size(pooling: Pooling) -> str:
    rows, columns = pooling.size
    return f"{count(rows)} by {count(columns)}"


def _averaged(pooling: Pooling) -> str:
    return f"added up and divided by {count(_area(pooling))}"


def _stride(pooling: Pooling) -> str:
    """How far the window hops, along the axes along which it does."""
    moves = zip(pooling.stride, ("row", "column"), pooling.output_shape[1:], strict=True)
    down_across = [(step, noun) for step, noun, places in moves if places > 1]
    if len({step for step, _ in down_across}) == 1:
        return count(down_across[0][0])
    return " or ".join(counted(step, noun) for step, noun in down_across)


# Key figures


def kept_figure(pooled: Pooled) -> str:
    """How much is kept, and how much is thrown away."""
    every = pooled.layer.counts.pixels
    return f"{in_digits(pooled.kept, 'number')} kept, {every - pooled.kept} thrown away"


def learned_figure(pooling: Pooling) -> str:
    """How many numbers go in and come out, and how many can be learned."""
    counts = pooling.counts
    return f"{counts.pixels} numbers in, {counts.results} out, {counts.weights} to learn"
