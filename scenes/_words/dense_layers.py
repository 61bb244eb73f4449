"""What is said of a dense layer over maps, and of a filter over the same maps, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnmath import Convolution, Dense
from scenes._words.counting import count, counted
from scenes._words.dense_subject import DenseSubject
from scenes._words.figures import in_digits
from scenes._words.subject import Subject

LARGE, SIDE = 224, 3
"""The side of a real image (ImageNet's usual one), and that of a filter over it."""


@dataclass(frozen=True)
class Both:
    """A dense layer over some maps, and a convolution over the same ones."""

    dense: Dense
    conv: Convolution
    notation: str

    @cached_property
    def subject(self) -> DenseSubject:
        """The dense layer's inputs, weights and outputs as they are written."""
        return DenseSubject(self.dense, self.notation)

    @cached_property
    def filter(self) -> Subject:
        """The same of the convolution."""
        return Subject(self.conv, self.notation)

    @property
    def maps(self) -> tuple[int, int, int]:
        """How many maps there are, and their rows and columns."""
        channels, rows, columns = self.conv.image.shape
        return channels, rows, columns


def maps(both: Both) -> str:
    """What the layer gets."""
    many, rows, columns = both.maps
    size = f"{count(rows)} by {count(columns)}"
    if many == 1:
        return f"This map of {size} numbers comes out of the layers before."
    return f"These {count(many)} maps of {size} numbers come out of the layers before."


def flatten(both: Both) -> str:
    """In which order they become a column: PyTorch's, whose channels come first, and Keras's, where they come last."""
    if both.maps[0] == 1:
        return "Flatten it: its numbers become one column, row after row."
    return (
        "Flatten them into one column, map after map. That is PyTorch's order. Keras goes place by place, "
        "through all maps."
    )


def connect(both: Both) -> str:
    """Every line."""
    outputs = both.dense.counts.results
    goal = "the output" if outputs == 1 else f"each of the {count(outputs)} outputs"
    return f"In a dense layer every number is connected with {goal}, by a weight of its own."


def matrix(both: Both) -> str:
    """The same weights as a matrix."""
    rows = "one row, for the output" if both.dense.counts.results == 1 else "a row for each output"
    return f"As a matrix: {rows}, and a column for each number. No entry is held at zero, no weight is shared."


def beside(both: Both) -> str:
    """What a filter makes of the same maps."""
    counts, places = both.conv.counts, both.conv.positions
    often = "in one place" if places == 1 else f"in {counted(places, 'place')}"
    each = f"{counted(counts.weights, 'weight')}, {'' if counts.weights == 1 else 'each '}{often}"
    zeros = counted(counts.zeros, "untrainable zero") if counts.zeros else "no zero"
    return f"A filter over the same maps: {each}, and {zeros}."


def large() -> str:
    """Why it matters."""
    return "Real images are large. There a dense layer has far more numbers to learn than a filter."


def dense_lines(both: Both) -> tuple[str, str]:
    """What stands below the dense layer's matrix."""
    counts = both.dense.counts
    return "dense layer", f"{in_digits(counts.weights, 'weight')} + {_biases(counts.results)}"


def filter_lines(both: Both) -> tuple[str, str]:
    """What stands below the filter's."""
    rows, columns = both.conv.kernel.shape[2:]
    over = f" over {both.maps[0]} maps" if both.maps[0] > 1 else ""
    return f"{rows} × {columns} filter{over}", f"{in_digits(both.conv.counts.weights, 'weight')} + {_biases(1)}"


def _biases(many: int) -> str:
    return "1 bias" if many == 1 else f"{many} biases"


def dense_figure(both: Both) -> str:
    """How many numbers the layer learns."""
    counts = both.dense.counts
    made = f"{in_digits(counts.results, 'row')} × {in_digits(counts.pixels, 'column')} + {_biases(counts.results)}"
    return f"{made} = {counts.weights + counts.results} numbers to learn"


def learned() -> tuple[int, int]:
    """How many numbers a dense layer and a filter learn that make as many results of a large image as it has pixels."""
    pixels = LARGE * LARGE
    conv = Convolution(np.zeros((SIDE, SIDE)), np.ones((SIDE, SIDE)), padding="same")
    return pixels * pixels + pixels, conv.counts.weights + len(conv.bias)


def large_figure() -> str:
    """The same for a real image."""
    dense, filter_ = learned()
    return f"{LARGE} × {LARGE} pixels to as many results: dense {dense:,} numbers, a {SIDE} × {SIDE} filter {filter_}"
