"""Our side beside ManimML: a 3×3 filter slides over a 7×7 image, with numbers in its cells and without."""

import numpy as np

from cnnmath import Convolution
from scenes.filter_sliding import FilterSliding

_DIGITS = np.random.default_rng(0).integers(0, 10, size=(7, 7))
_FILTER = [[1, 2, -1], [2, -3, 3], [-2, 1, 4]]


class WithNumbers(FilterSliding):
    """Every pixel, weight and result is written down; nothing follows after the last stop."""

    convolution = Convolution(_DIGITS, _FILTER)
    notation = "numbers"

    def side_by_side(self) -> None:
        """Leave out the positions side by side, which the peer does not have."""


class WithoutNumbers(WithNumbers):
    """Numbers too long for a cell: pixels and results are shades, and nothing but the weights is written down."""

    convolution = Convolution(_DIGITS * 12345.678, _FILTER)
