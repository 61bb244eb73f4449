"""Pooling by the short way: corner by corner of all windows, not tap by tap.

All take one image, (C, H, W), or a batch with its axis last, (C, H, W, N), and give what they make in the same way.
Each is what a sum, or a comparison, over the taps would give; the tests hold them to it.
"""

import math
from collections.abc import Iterator

import numpy as np

from cnnmath._geometry import Geometry
from cnnmath._taps import steps
from cnnmath.values import Floats, Ints


def winners(planes: Floats, geometry: Geometry) -> Ints:
    """Give the largest pixel of every window, the first of equals, as its flat index in its plane: (P, oh, ow)."""
    # Padding is −inf: no pixel loses against it, and none is too small.
    padded = np.pad(planes, ((0, 0), *geometry.pads), constant_values=-np.inf)
    best = np.full((len(planes), *geometry.output[1:]), -np.inf)
    cells = np.zeros(best.shape, np.int64)
    for cell, values in enumerate(_corners(padded, geometry)):
        better = values > best
        np.copyto(best, values, where=better)
        cells[better] = cell
    down, across = np.divmod(cells, geometry.kernel[3])
    rows = down + _begins(geometry, 0)[:, None]
    columns = across + _begins(geometry, 1)
    return rows * geometry.image[2] + columns


def taken(planes: Floats, chosen: Ints) -> Floats:
    """Give the values of the chosen pixels, (P, oh, ow)."""
    flat = np.take_along_axis(planes.reshape(len(planes), -1), chosen.reshape(len(planes), -1), axis=1)
    return flat.reshape(chosen.shape)


def given_back(upstream: Floats, chosen: Ints, geometry: Geometry) -> Floats:
    """Give to each chosen pixel what its results have, (P, oh, ow), added up: (P, H, W)."""
    shape = len(upstream), *geometry.image[1:]
    firsts = np.arange(shape[0])[:, None, None] * (shape[1] * shape[2])
    flat = np.bincount((chosen + firsts).ravel(), upstream.ravel(), minlength=math.prod(shape))
    return flat.astype(np.float64, copy=False).reshape(shape)


def averages(planes: Floats, divisors: Ints, geometry: Geometry) -> Floats:
    """Give the sum of every window, padding counted as zeros, over its divisor: (P, oh, ow)."""
    padded = np.pad(planes, ((0, 0), *geometry.pads))
    sums = np.zeros((len(planes), *geometry.output[1:]))
    for values in _corners(padded, geometry):
        sums += values
    return sums / divisors


def spread_back(upstream: Floats, divisors: Ints, geometry: Geometry) -> Floats:
    """Give to each pixel of a window the window's part of upstream, (P, oh, ow), over its divisor: (P, H, W)."""
    (top, _), (left, _) = geometry.pads
    (_, high, wide), (_, height, width) = geometry.padded, geometry.image
    padded, shares = np.zeros((len(upstream), high, wide)), upstream / divisors
    for values in _corners(padded, geometry):
        values += shares
    return padded[:, top : top + height, left : left + width].copy()


def divisors(geometry: Geometry, count_include_pad: bool, ends: tuple[int, int]) -> Ints:
    """Give for every window the number that its average divides by, (oh, ow).

    Padding counts or does not; what lies beyond `ends`, the last row and column of the padding that was asked for,
    never does: a window that only ceil_mode makes room for (torch.nn.AvgPool2d).
    """
    rows, columns = (
        _lengths(geometry, axis, -geometry.pads[axis][0] if count_include_pad else 0, end)
        for axis, end in enumerate(ends if count_include_pad else geometry.image[1:])
    )
    return np.outer(rows, columns)


def _lengths(geometry: Geometry, axis: int, least: int, end: int) -> Ints:
    """Count along an axis what of each window lies from `least` to before `end`."""
    begins = _begins(geometry, axis)
    return np.minimum(begins + geometry.kernel[2 + axis], end) - np.maximum(begins, least)


def _begins(geometry: Geometry, axis: int) -> Ints:
    """Give the first row or column of every window; it may lie before the image."""
    return steps(geometry.output[1 + axis], geometry.stride[axis]) - geometry.pads[axis][0]


def _corners(padded: Floats, geometry: Geometry) -> Iterator[Floats]:
    """View one cell of all windows after the other, (P, oh, ow) each, in C order."""
    (down, right), (rows, columns) = geometry.stride, geometry.output[1:]
    for row, column in np.ndindex(geometry.kernel[2:]):
        yield padded[:, row : row + (rows - 1) * down + 1 : down, column : column + (columns - 1) * right + 1 : right]
