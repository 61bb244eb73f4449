"""What a picture shows: a convolution, and what stands in its cells."""

from __future__ import annotations

from functools import cached_property

from cnnmath import Convolution, symbols
from scenes._words.digits import Number, number, result_values, results
from scenes._words.piece import Piece


class Subject:
    """A convolution with its notation: for each pixel, weight, result and bias a `Piece`, a letter or a number."""

    def __init__(self, convolution: Convolution, notation: str = "letters") -> None:
        self.conv = convolution
        self._numbers = self.numeric = notation == "numbers"
        same = convolution.output_shape[1:] == convolution.image.shape[1:]
        self._result_symbol = symbols.same_result if same else symbols.result

    def pixel(self, index: int) -> Piece:
        """The pixel's letter, or its value."""
        says = number(self.conv.image.flat[index]) if self._numbers else symbols.pixel(index)
        return Piece(says, ("pixel", index))

    def weight(self, index: int) -> Piece:
        """The weight's letter, or its value."""
        says = number(self.conv.kernel.flat[index]) if self._numbers else symbols.weight(index)
        return Piece(says, ("weight", index))

    def result(self, index: int) -> Piece:
        """The result's letter, or its value."""
        says = self._results[index] if self._numbers else self._result_symbol(index)
        return Piece(says, ("result", index))

    @cached_property
    def _results(self) -> list[Number]:
        return results(self.conv)

    @property
    def result_values(self) -> list[float]:
        """The results as floats, for their shades."""
        return result_values(self.conv)

    def bias(self, index: int = 0) -> Piece:
        """The bias's letter, or its value."""
        biases = self.conv.bias
        says = number(biases[index]) if self._numbers else symbols.bias(index, len(biases))
        return Piece(says, ("bias", index))

    def zero(self, result: int, pixel: int) -> Piece:
        """An untrainable zero of the weight matrix."""
        return Piece("0", ("zero", result, pixel))

    @property
    def in_numbers(self) -> Subject:
        """The same things, in numbers."""
        return Subject(self.conv, "numbers")
