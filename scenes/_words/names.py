"""What stands in a cell: the letter or the number of a pixel, weight, result or bias, as a `Piece` with its key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from cnnmath import Convolution, symbols
from scenes._words.piece import Piece


def number(value: float) -> str:
    """A number for the screen: at most three significant digits, a true minus sign, no −0 and no trailing zeros.

    >>> number(-2.0), number(0.12345), number(-1e-17)
    ('−2', '0.123', '0')
    """
    rounded = float(f"{value:.3g}") if abs(value) > 1e-12 else 0.0
    text = f"{rounded:.3f}".rstrip("0").rstrip(".") if abs(rounded) < 1000 else f"{rounded:.0f}"
    return text.replace("-", "−") if float(text) else "0"


def shown(value: float) -> float:
    """The value that `number` shows.

    >>> shown(0.12345)
    0.123
    """
    return float(number(value).replace("−", "-"))


def relation(summands: Iterable[Sequence[float]], total: float, lettered: bool = False) -> str:
    """= where the products of numbers as they are shown add up to the total as it is shown, otherwise ≈.

    A total for which a letter stands (`lettered`) is taken as it is.

    >>> relation([(2, 3), (4,)], 10), relation([(0.3333, 3)], 1)
    ('=', '≈')
    >>> relation([(0.25, 0.125)], 0.03125), relation([(0.25, 0.125)], 0.03125, lettered=True)
    ('≈', '=')
    """
    goal = total if lettered else shown(total)
    same = math.isclose(sum(math.prod(map(shown, factors)) for factors in summands), goal, abs_tol=1e-9)
    return "=" if same else "≈"


class Names:
    """Pieces for everything in one convolution, in letters or in numbers."""

    def __init__(self, convolution: Convolution, notation: str = "letters") -> None:
        self._conv = convolution
        self._numbers = self.numeric = notation == "numbers"
        self._output = convolution.output().ravel()
        same = convolution.output_shape[1:] == convolution.image.shape[1:]
        self._result_symbol = symbols.same_result if same else symbols.result

    def pixel(self, index: int) -> Piece:
        """The pixel's letter, or its value."""
        says = number(self._conv.image.flat[index]) if self._numbers else symbols.pixel(index)
        return Piece(says, ("pixel", index))

    def weight(self, index: int) -> Piece:
        """The weight's letter, or its value."""
        says = number(self._conv.kernel.flat[index]) if self._numbers else symbols.weight(index)
        return Piece(says, ("weight", index))

    def result(self, index: int) -> Piece:
        """The result's letter, or its value."""
        says = number(self._output[index]) if self._numbers else self._result_symbol(index)
        return Piece(says, ("result", index))

    def bias(self, index: int = 0) -> Piece:
        """The bias's letter, or its value."""
        biases = self._conv.bias
        says = number(biases[index]) if self._numbers else symbols.bias(index, len(biases))
        return Piece(says, ("bias", index))

    def zero(self, result: int, pixel: int) -> Piece:
        """An untrainable zero of the weight matrix."""
        return Piece("0", ("zero", result, pixel))

    @property
    def in_numbers(self) -> Names:
        """The same things, in numbers."""
        return Names(self._conv, "numbers")
