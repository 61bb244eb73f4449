"""How the core worked out a result before it was made faster: what it is held against where no peer does that work."""

import numpy as np

from cnnmath import Convolution
from cnnmath.values import Floats, Gradients, Ints

_BLOCK = 1 << 17


def output(conv: Convolution) -> Floats:
    """Give the result by a padded copy of the image, and NumPy's tensordot over the windows of some rows at a time."""
    padded = np.pad(conv.image, ((0, 0), *conv.pads))
    (down, right), (row_gap, column_gap) = conv.stride, conv.dilation
    rows, columns = ((side - 1) * gap + 1 for side, gap in zip(conv.kernel.shape[2:], conv.dilation, strict=True))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (rows, columns), axis=(1, 2))
    windows = windows[:, ::down, ::right, ::row_gap, ::column_gap]
    results = np.empty(conv.output_shape)
    step = max(1, _BLOCK // (windows.size // windows.shape[1]))
    for top in range(0, windows.shape[1], step):
        block = windows[:, top : top + step]
        results[:, top : top + step] = np.tensordot(conv.kernel, block, axes=((1, 2, 3), (0, 3, 4)))
    results += conv.bias[:, None, None]
    return results


def backward(conv: Convolution, upstream: Floats) -> Gradients:
    """Give the gradients as sums over the array of taps."""
    results, pixels, weights = (conv.taps[field] for field in ("result", "pixel", "weight"))
    at_taps = upstream.ravel()[results]

    def summed(places: Ints, factors: Floats, like: Floats) -> Floats:
        return np.asarray(np.bincount(places, factors * at_taps, like.size), np.float64).reshape(like.shape)

    image = summed(pixels, conv.kernel.ravel()[weights], conv.image)
    kernel = summed(weights, conv.image.ravel()[pixels], conv.kernel)
    return Gradients(image, kernel, upstream.sum(axis=(1, 2)))
