"""The fifteen cases of convolution arithmetic that the field knows, with their sizes, in numbers of our own.

The sizes are those of Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016. One filter goes
over crops of one image in all cases but the one whose filter is 4×4, so that what differs is the arithmetic alone. No
two weights are equal, none is 0 or 1, neither kernel is symmetric, and every result and every running sum of a
transposed case has at most two characters: they stand in small cells.
"""

import numpy as np
from numpy.typing import NDArray

from cnnmath.convolution import Convolution
from cnnmath.transposed import Transposed

_IMAGE = np.array(
    [
        [2, 5, 3, 1, 3, 4, 2],
        [2, 4, 5, 1, 3, 2, 1],
        [3, 2, 5, 2, 4, 3, 4],
        [4, 5, 3, 2, 3, 4, 2],
        [1, 2, 1, 5, 4, 5, 5],
        [1, 4, 5, 3, 4, 4, 1],
        [5, 5, 5, 1, 5, 5, 3],
    ]
)
_FILTER = np.array([[5, -3, 4], [3, 6, -2], [2, 7, -1]])

_PLAIN_IMAGE = np.array([[3, 3, 3, 2, 3], [1, 2, 2, 1, 2], [2, 1, 3, 3, 1], [3, 1, 2, 3, 2], [3, 3, 3, 2, 3]])
_LARGE_FILTER = np.array([[4, -1, -7, 7], [-5, 5, 6, -4], [-2, 10, -3, 8], [3, -6, 2, 9]])

_GIVEN = np.array(
    [
        [2, 3, 1, 1, 3, 3, 3],
        [1, 1, 3, 3, 1, 1, 1],
        [1, 2, 2, 2, 2, 1, 3],
        [1, 1, 3, 2, 3, 1, 1],
        [2, 2, 1, 2, 2, 3, 3],
        [2, 1, 2, 1, 3, 1, 2],
        [2, 1, 1, 3, 1, 2, 2],
    ]
)
_PLAIN_GIVEN = np.array(
    [
        [2, 1, 1, 2, 2, 1],
        [2, 1, 1, 1, 1, 2],
        [2, 2, 2, 2, 2, 1],
        [2, 2, 1, 1, 1, 2],
        [1, 1, 1, 2, 2, 1],
        [2, 1, 2, 1, 1, 1],
    ]
)


def _crop(values: NDArray[np.int64], rows: int, columns: int) -> NDArray[np.int64]:
    return values[:rows, :columns]


def _transposed(convolution: Convolution, values: NDArray[np.int64] = _GIVEN) -> Transposed:
    return Transposed(convolution, _crop(values, *convolution.output_shape[1:]))


NO_PADDING = Convolution(_crop(_IMAGE, 4, 4), _FILTER)
ARBITRARY_PADDING = Convolution(_PLAIN_IMAGE, _LARGE_FILTER, padding=2)
HALF_PADDING = Convolution(_crop(_IMAGE, 5, 5), _FILTER, padding=1)
FULL_PADDING = Convolution(_crop(_IMAGE, 5, 5), _FILTER, padding=2)
STRIDES = Convolution(_crop(_IMAGE, 5, 5), _FILTER, stride=2)
PADDING_AND_STRIDES = Convolution(_crop(_IMAGE, 5, 5), _FILTER, stride=2, padding=1)
ODD_SIZE = Convolution(_crop(_IMAGE, 6, 6), _FILTER, stride=2, padding=1)
DILATION = Convolution(_IMAGE, _FILTER, dilation=2)

TRANSPOSED_NO_PADDING = _transposed(NO_PADDING)
TRANSPOSED_ARBITRARY_PADDING = _transposed(ARBITRARY_PADDING, _PLAIN_GIVEN)
TRANSPOSED_HALF_PADDING = _transposed(HALF_PADDING)
TRANSPOSED_FULL_PADDING = _transposed(FULL_PADDING)
TRANSPOSED_STRIDES = _transposed(STRIDES)
TRANSPOSED_PADDING_AND_STRIDES = _transposed(PADDING_AND_STRIDES)
TRANSPOSED_ODD_SIZE = _transposed(ODD_SIZE)
