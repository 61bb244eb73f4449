"""What is said and written of photographs and of what filters make of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnmath import Convolution
from cnnmath.values import Floats
from scenes._words.counting import count
from scenes._words.figures import in_digits

MOST_NAMED = 4
"""So many filters are named in a sentence."""


def photo(pixels: Floats) -> str:
    """What a photograph is."""
    rows, columns = pixels.shape
    return f"A photograph is an image like any other, only larger: {rows} by {columns} pixels."


def closer(side: int) -> str:
    """Its pixels."""
    return f"Go closer, and there they are: {side} by {side} of them."


def numbers() -> str:
    """What they are."""
    return "Closer still, every pixel is a number, from 0 for black to 255 for white."


def part(layer: Convolution) -> str:
    """The filter goes over a part."""
    rows, columns = layer.kernel.shape[2:]
    return f"A filter of {count(rows)} by {count(columns)} goes over them, and every stop gives one number."


def whole(layer: Convolution, values: Floats) -> str:
    """The filter goes over all of it."""
    stops = "once" if layer.positions == 1 else f"{layer.positions:,} times"
    return f"On the whole photograph it stops {stops}, always with the same weights. {shades(values, layer.kernel)}"


def shades(values: Floats, kernel: Floats) -> str:
    """What the shades of a map say."""
    if np.isclose(kernel.sum(), 1):
        return "Again 0 is black and 255 white."
    if values.min() < 0:
        return "Red is above zero, blue below." if values.max() > 0 else "The bluer, the further below zero."
    return "The brighter, the larger."


def others(names: Sequence[str]) -> str:
    """What other filters are for."""
    if len(names) > MOST_NAMED:
        return f"Other weights, other maps: {count(len(names))} filters look at the same photograph."
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Other weights make other maps of the same photograph: {listed}."


# Key figures


def photo_figure(pixels: Floats) -> str:
    """How many pixels there are."""
    rows, columns = pixels.shape
    return f"{rows} × {columns} = {pixels.size:,} pixels"


def whole_figure(layer: Convolution) -> str:
    """Few weights, many results."""
    results = "1 result" if layer.positions == 1 else f"{layer.positions:,} results"
    return f"{in_digits(layer.counts.weights, 'weight')}, {results}"


def size_words(shape: Sequence[int]) -> str:
    """What stands below a picture."""
    rows, columns = shape
    return f"{rows} × {columns}"


def steepest(values: Floats) -> tuple[int, int]:
    """Where a map is furthest from zero: its row and column; of equals the first."""
    row, column = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    return int(row), int(column)
