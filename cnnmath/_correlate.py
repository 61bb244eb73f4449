"""The result of a convolution by the short way, without its taps."""

import numpy as np

from cnnmath._geometry import Geometry
from cnnmath.values import Floats

_BLOCK = 1 << 17
"""How many numbers the windows of one block of result rows may hold: 1 MiB, which a processor's cache takes."""


def correlate(image: Floats, kernel: Floats, bias: Floats, geometry: Geometry) -> Floats:
    """Slide the kernel over the padded image, and add the bias: a new (filters, rows, columns) array.

    The windows are gathered a block of result rows at a time, so that memory stays bounded.
    """
    padded = np.pad(image, ((0, 0), *geometry.pads))
    (down, right), (row_gap, column_gap) = geometry.stride, geometry.dilation
    windows = np.lib.stride_tricks.sliding_window_view(padded, geometry.span, axis=(1, 2))
    windows = windows[:, ::down, ::right, ::row_gap, ::column_gap]
    results = np.empty(geometry.output)
    step = max(1, _BLOCK // (windows.size // windows.shape[1]))
    for top in range(0, windows.shape[1], step):
        block = windows[:, top : top + step]
        results[:, top : top + step] = np.tensordot(kernel, block, axes=((1, 2, 3), (0, 3, 4)))
    results += bias[:, None, None]
    return results
