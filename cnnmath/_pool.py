"""Pooling by the short way: cell by cell of all windows at once, not tap by tap.

All take one image, (C, H, W), or a batch with its axis last, (C, H, W, N), and give what they make in the same way.
Each is what a sum, or a comparison, over the taps would give; the tests hold them to it.
"""

from collections.abc import Iterator

import numpy as np

from cnnmath._geometry import Geometry, pads_of
from cnnmath._read import Padding
from cnnmath._taps import steps
from cnnmath.values import Floats, Ints


def maxima(values: Floats, geometry: Geometry) -> Floats:
    """Give the largest number of every window, (C, oh, ow[, N])."""
    # Padding is −inf: no pixel loses against it, and none is too small.
    first, *others = _cells(_padded(values, geometry, -np.inf), geometry)
    largest = first.copy()
    for cell in others:
        np.maximum(largest, cell, out=largest)
    return largest


def winning_cells(values: Floats, largest: Floats, geometry: Geometry) -> Ints:
    """Give the number, in C order, of the cell that has the largest of every window, (C, oh, ow[, N]).

    Of equals it is the first.
    """
    cells = list(_cells(_padded(values, geometry, -np.inf), geometry))
    winning = np.zeros(largest.shape, np.int64)
    for number in reversed(range(len(cells))):
        np.copyto(winning, number, where=cells[number] == largest)
    return winning


def pixels_of(cells: Ints, geometry: Geometry) -> Ints:
    """Give the pixel under a cell of every window, (C, oh, ow), as its flat index in its channel."""
    down, across = np.divmod(cells, geometry.kernel[3])
    rows = down + _begins(geometry, 0)[:, None]
    columns = across + _begins(geometry, 1)
    return rows * geometry.image[2] + columns


def given_back(upstream: Floats, winning: Ints, geometry: Geometry) -> Floats:
    """Give to each pixel in a winning cell what its results have, (C, oh, ow[, N]), added up: (C, H, W[, N])."""
    padded = np.zeros(geometry.padded + upstream.shape[3:])
    for number, cell in enumerate(_cells(padded, geometry)):
        cell += upstream * (winning == number)
    return _inside(padded, geometry)


def averages(values: Floats, divisors: Ints, geometry: Geometry) -> Floats:
    """Give the sum of every window, padding counted as zeros, over its divisor, (oh, ow): (C, oh, ow[, N])."""
    sums = np.zeros(geometry.output + values.shape[3:])
    for cell in _cells(_padded(values, geometry, 0.0), geometry):
        sums += cell
    return sums / _for_all(divisors, sums)


def spread_back(upstream: Floats, divisors: Ints, geometry: Geometry) -> Floats:
    """Give to each pixel of a window the window's part of upstream, (C, oh, ow[, N]), over its divisor."""
    padded, shares = np.zeros(geometry.padded + upstream.shape[3:]), upstream / _for_all(divisors, upstream)
    for cell in _cells(padded, geometry):
        cell += shares
    return _inside(padded, geometry)


def divisors(geometry: Geometry, count_include_pad: bool, padding: Padding) -> Ints:
    """Give for every window the number that its average divides by, (oh, ow).

    The padding that was asked for counts or does not; what lies beyond it, where only ceil_mode makes room for a
    window, never does (torch.nn.AvgPool2d).
    """
    asked = padding if count_include_pad else (0, 0)
    counted = pads_of(asked, geometry.image[1:], geometry.kernel[2:], geometry.stride)
    rows, columns = (
        _lengths(geometry, axis, -before, geometry.image[1 + axis] + after)
        for axis, (before, after) in enumerate(counted)
    )
    return np.outer(rows, columns)


def _lengths(geometry: Geometry, axis: int, least: int, end: int) -> Ints:
    """Count along an axis what of each window lies from `least` to before `end`."""
    begins = _begins(geometry, axis)
    return np.minimum(begins + geometry.kernel[2 + axis], end) - np.maximum(begins, least)


def _begins(geometry: Geometry, axis: int) -> Ints:
    """Give the first row or column of every window; it may lie before the image."""
    return steps(geometry.output[1 + axis], geometry.stride[axis]) - geometry.pads[axis][0]


def _for_all(divisors: Ints, results: Floats) -> Ints:
    """View divisors, (oh, ow), so that they divide the results of all images."""
    return divisors.reshape(divisors.shape + (1,) * (results.ndim - 3))


def _padded(values: Floats, geometry: Geometry, fill: float) -> Floats:
    """Give the values with the padding around them; without any, the values themselves."""
    if geometry.padded == geometry.image:
        return values
    padded = np.full(geometry.padded + values.shape[3:], fill)
    _inside(padded, geometry)[...] = values
    return padded


def _inside(padded: Floats, geometry: Geometry) -> Floats:
    """View the image in its padding."""
    (top, _), (left, _) = geometry.pads
    _, height, width = geometry.image
    return padded[:, top : top + height, left : left + width]


def _cells(padded: Floats, geometry: Geometry) -> Iterator[Floats]:
    """View one cell of all windows after the other, (C, oh, ow[, N]) each, in C order."""
    (down, right), (rows, columns) = geometry.stride, geometry.output[1:]
    for row, column in np.ndindex(geometry.kernel[2:]):
        yield padded[:, row : row + (rows - 1) * down + 1 : down, column : column + (columns - 1) * right + 1 : right]
