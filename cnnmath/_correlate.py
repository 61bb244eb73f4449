"""The result of a convolution and the way back, by the short way: matrix products over blocks of windows, not taps.

Each is a sum over the taps: the result of weights times pixels, the pixels' gradient of weights times results, the
weights' gradient of pixels times results. For the first two a kernel slides over values, for the third the same windows
are multiplied by the results. Windows are gathered a block at a time, so that memory stays bounded.

What else was tried, for a 512×512 image with a 3×3 filter and 64 channels × 64 filters on 56×56, and gave nothing, is
written down with its figures in benchmarks/core.py.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnmath._geometry import Geometry
from cnnmath._read import Pair
from cnnmath.values import Floats

_BLOCK = 1 << 17
"""How many numbers the windows of one block may hold: 1 MiB, which a processor's cache takes."""


def correlate(image: Floats, kernel: Floats, bias: Floats, geometry: Geometry) -> Floats:
    """Slide the kernel over the padded image, and add the bias: a new (filters, rows, columns) array."""
    results = np.empty(geometry.output)
    _slide(image, kernel, bias, _forward(geometry), results)
    return results


def spread(given: Floats, kernel: Floats, geometry: Geometry) -> Floats:
    """Sum for each pixel weight times given value over the pixel's taps: a new array shaped like the image.

    The pixels of one class see the given values through the same weights: for them it is a convolution with stride 1,
    whose kernel has these weights only, flipped, and the filters for channels.
    """
    pixels, no_bias = np.zeros(geometry.image), np.zeros(geometry.image[0])
    for down in _classes(geometry, 0):
        for across in _classes(geometry, 1):
            target = pixels[:, down.pixels, across.pixels]
            chosen = kernel[:, :, down.weights, across.weights].swapaxes(0, 1)[:, :, ::-1, ::-1]
            origin, gaps = (down.origin, across.origin), (down.gap, across.gap)
            _slide(given, chosen, no_bias, _Walk(origin, (1, 1), gaps, chosen.shape[2:], target.shape[1:]), target)
    return pixels


def weight_sums(image: Floats, given: Floats, geometry: Geometry) -> Floats:
    """Sum for each weight pixel times given value over the weight's taps: a new array shaped like the kernel."""
    filters = geometry.kernel[0]
    sums = np.zeros((filters, math.prod(geometry.kernel[1:])))
    for rows, columns, windows in _blocks(image, _forward(geometry)):
        sums += given[:, rows, columns].reshape(filters, -1) @ windows.T
    return sums.reshape(geometry.kernel)


class _Walk(NamedTuple):
    """How a window walks over values, (rows, columns) each.

    It starts at `origin`, which may lie before the values, goes on by `stride` to each of `places`, and takes `window`
    numbers that are `gaps` apart. Outside the values are zeros.
    """

    origin: Pair
    stride: Pair
    gaps: Pair
    window: Pair
    places: Pair


def _forward(geometry: Geometry) -> _Walk:
    """Give the way of the filter over the image."""
    (top, _), (left, _) = geometry.pads
    return _Walk((-top, -left), geometry.stride, geometry.dilation, geometry.kernel[2:], geometry.output[1:])


class _Class(NamedTuple):
    """Along one axis: every stride-th pixel, the weights that ever lie on these, and the flipped filter's way."""

    pixels: slice
    weights: slice
    origin: int
    gap: int


def _classes(geometry: Geometry, axis: int) -> Iterator[_Class]:
    """Sort the weights along an axis by the pixels that they lie on; the pixels of no weight are left out.

    Weight i lies on pixel r·stride + i·dilation − pad for result r: on pixels with one remainder by the stride. Every
    `period`-th weight has the same one, and moves by `gap` results from one to the next.
    """
    size, weights = geometry.image[1 + axis], geometry.kernel[2 + axis]
    stride, dilation, pad = geometry.stride[axis], geometry.dilation[axis], geometry.pads[axis][0]
    period = stride // math.gcd(stride, dilation)
    for first in range(min(period, weights)):
        start = (first * dilation - pad) % stride
        last = range(first, weights, period)[-1]
        if start < size:
            origin, gap = (start + pad - last * dilation) // stride, period * dilation // stride
            yield _Class(slice(start, None, stride), slice(first, None, period), origin, gap)


def _slide(values: Floats, kernel: Floats, bias: Floats, walk: _Walk, target: Floats) -> None:
    """Fill target, (filters, rows, columns), with what the kernel makes of the values at each place."""
    # A flipped view would be multiplied without BLAS, at a fifth of the speed.
    weights, biases = np.ascontiguousarray(kernel.reshape(len(kernel), -1)), bias[:, None, None]
    for rows, columns, windows in _blocks(values, walk):
        part = target[:, rows, columns]
        # Adding the bias copies into place, and makes no result a negative zero.
        np.add((weights @ windows).reshape(part.shape), biases, out=part)


def _blocks(values: Floats, walk: _Walk) -> Iterator[tuple[slice, slice, Floats]]:
    """Yield blocks of places, rows and columns, with their windows, (numbers in a window, places in the block)."""
    (rows, columns), (down, right) = walk.places, walk.stride
    numbers = len(values) * math.prod(walk.window)
    # Counts what lies between windows that do not touch, too.
    at_once = max(1, _BLOCK // (len(values) * max(math.prod(walk.window), math.prod(walk.stride))))
    high, wide = max(1, at_once // columns), min(at_once, columns)
    for top in range(0, rows, high):
        for left in range(0, columns, wide):
            count = min(high, rows - top), min(wide, columns - left)
            windows = _windows(values, walk, (walk.origin[0] + top * down, walk.origin[1] + left * right), count)
            yield slice(top, top + high), slice(left, left + wide), windows.reshape(numbers, -1)


def _windows(values: Floats, walk: _Walk, origin: Pair, count: Pair) -> Floats:
    """View the windows of count places from an origin on, (channels, *window, *count)."""
    # One step of any size leads nowhere; as a number of bytes it may be too large.
    steps = [step if number > 1 else 1 for step, number in zip(walk.stride, count, strict=True)]
    gaps = [gap if number > 1 else 1 for gap, number in zip(walk.gaps, walk.window, strict=True)]
    span = [
        step * (number - 1) + gap * (length - 1) + 1
        for step, number, gap, length in zip(steps, count, gaps, walk.window, strict=True)
    ]
    under = _cut(values, origin, (span[0], span[1]))
    channel, row, column = under.strides
    strides = channel, row * gaps[0], column * gaps[1], row * steps[0], column * steps[1]
    return as_strided(under, (len(values), *walk.window, *count), strides, writeable=False)


def _cut(values: Floats, origin: Pair, size: Pair) -> Floats:
    """Give a piece of every channel, as a view where it lies within, otherwise with zeros for what lies outside."""
    (top, left), (high, wide) = origin, size
    rows, columns = slice(max(top, 0), max(top + high, 0)), slice(max(left, 0), max(left + wide, 0))
    inside = values[:, rows, columns]
    if inside.shape[1:] == size:
        return inside
    piece = np.zeros((len(values), *size))
    down, right = rows.start - top, columns.start - left
    piece[:, down : down + inside.shape[1], right : right + inside.shape[2]] = inside
    return piece
