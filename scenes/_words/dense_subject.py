"""What a picture of a dense layer shows: the layer, and what stands in its cells."""

from __future__ import annotations

from typing import cast

from cnnmath import Convolution, Dense, symbols
from scenes._words.digits import Number, number
from scenes._words.piece import Piece
from scenes._words.subject import Subject


class DenseSubject(Subject):
    """A dense layer with its notation, for the pictures that are made of taps: matrices and networks."""

    def __init__(self, layer: Dense, notation: str = "letters") -> None:
        self.layer = layer
        # Those pictures ask only what every linear layer answers.
        self.conv = cast(Convolution, layer)
        self._numbers = self.numeric = notation == "numbers"
        self._result_symbol = symbols.result

    def pixel(self, index: int) -> Piece:
        """An input's letter, or its value."""
        return Piece(number(self.layer.inputs[index]) if self._numbers else symbols.pixel(index), ("pixel", index))

    def weight(self, index: int) -> Piece:
        """The weight's letter, or its value."""
        says = number(self.layer.weights.flat[index]) if self._numbers else symbols.weight(index)
        return Piece(says, ("weight", index))

    def bias(self, index: int = 0) -> Piece:
        """The bias's letter, or its value."""
        says = number(self.layer.bias[index]) if self._numbers else symbols.bias(index, len(self.layer.bias))
        return Piece(says, ("bias", index))

    def result(self, index: int) -> Piece:
        """The result's letter, or its value."""
        return Piece(self._all_results[index] if self._numbers else symbols.result(index), ("result", index))

    @property
    def result_values(self) -> list[float]:
        """The results as floats, for their shades."""
        return [float(result.meant) for result in self._all_results]

    @property
    def _all_results(self) -> list[Number]:
        """In digits, without the noise of floats."""
        layer = self.layer
        sizes = abs(layer.weights) @ abs(layer.inputs) + abs(layer.bias)
        return [number(*pair) for pair in zip(layer.output().tolist(), sizes.tolist(), strict=True)]
