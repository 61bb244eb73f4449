"""The matrix views' pictures for a matrix that is too large for labelled cells: pixels, strips and true counts."""

from __future__ import annotations

from manim import VGroup

from cnnmath import Convolution
from scenes._mobjects.named_pixels import BETWEEN, COUNT_SIZE, GAP, STRIP, NamedPixels

_LARGEST = 0.4
"""Side of an entry, beside other things."""


class NamedMatrix(VGroup):
    """A matrix of pixels with its names in a room of its own."""

    def __init__(self, conv: Convolution, wide: float, tall: float, largest: float = _LARGEST) -> None:
        results, pixels = conv.sharing.shape
        high = 2 * (COUNT_SIZE + BETWEEN)
        side = min(largest, (wide - STRIP - GAP - 0.2) / pixels, (tall - STRIP - GAP - high - 0.1) / results)
        self.named = named = NamedPixels(conv, side)
        self.matrix, self.captions = named.pixels, named.counts
        self.header, self.rows = named.strips
        super().__init__(self.matrix, self.header, self.rows, self.captions)
