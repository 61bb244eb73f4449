"""Convolutions that several files of tests show."""

import numpy as np

from cnnmath import Convolution

RANDOM = np.random.default_rng(5)
WEIGHTS = RANDOM.permutation([*range(-9, -1), *range(2, 10)] * 2)[:24]
COLOURS = Convolution(RANDOM.integers(0, 10, (3, 3, 3)), kernel=WEIGHTS.reshape(2, 3, 2, 2), bias=[3, -2])
PADDED = Convolution(COLOURS.image[:2], kernel=WEIGHTS[:8].reshape(1, 2, 2, 2), bias=-4, padding=1, stride=2)
TWO_FILTERS = Convolution(COLOURS.image[0], kernel=WEIGHTS[:8].reshape(2, 1, 2, 2), bias=[2, 3])

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
THREE = [[2, -3, 4], [5, -2, 3], [-4, 6, 7]]
ROWS, COLUMNS = np.mgrid[0:28, 0:28]
PHOTO = Convolution(9 - np.abs(COLUMNS - 3)[:8, :8] - np.abs(ROWS - 4)[:8, :8] / 2, SOBEL)
DIGIT = Convolution(np.clip(255 - 18 * np.hypot(ROWS - 13, COLUMNS - 14), 0, 255).round(), THREE)

OTHER = np.random.default_rng(5)
LARGE = {
    "four": Convolution(OTHER.integers(0, 10, (4, 4)), THREE, bias=1),
    "strided": Convolution(OTHER.integers(0, 10, (5, 5)), THREE, bias=-1, stride=2, padding=1),
    "upright": Convolution(OTHER.integers(0, 10, (6, 4)), [[2, -3, 4], [5, -2, 3]], bias=2),
    "dilated": Convolution(OTHER.integers(0, 10, (5, 5)), [[2, -3], [4, 5]], dilation=2),
    "photo": PHOTO,
    "digit": DIGIT,
    "colours": COLOURS,
}
"""More pixels than the post's."""
