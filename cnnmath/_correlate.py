"""The result of a convolution and the way back, by the short way: matrix products over blocks of windows, not taps.

Each is a sum over the taps: the result of weights times pixels, the pixels' gradient of weights times results, the
weights' gradient of pixels times results. Blocks are small, so that memory stays bounded. What else was tried and gave
nothing is written down in benchmarks/core.py.

All take one image, (C, H, W), or a batch with its axis last, (C, H, W, N), and give what they make in the same way.
Inside, one image is a batch of one.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cnnmath._geometry import Geometry
from cnnmath._windows import Walk, add, blocks, gathered
from cnnmath.values import Floats

_MANY = 4
"""With so many filters for each channel it is faster to scatter what they give than to gather what they get."""


def correlate(image: Floats, kernel: Floats, bias: Floats, geometry: Geometry) -> Floats:
    """Slide the kernel over the padded image, and add the bias: a new (filters, rows, columns[, images]) array."""
    walk = forward(geometry)
    results = np.empty((len(kernel), *walk.places, *image.shape[3:]))
    _slide(batch(image), kernel, bias, walk, batch(results))
    return results


def weight_sums(image: Floats, given: Floats, geometry: Geometry) -> Floats:
    """Sum for each weight pixel times given value over the weight's taps, in all images: shaped like the kernel."""
    filters = geometry.kernel[0]
    sums = np.zeros((filters, math.prod(geometry.kernel[1:])))
    given = batch(given)
    for block, windows in gathered(batch(image), forward(geometry)):
        sums += given[:, block.rows, block.columns].reshape(filters, -1) @ windows.T
    return sums.reshape(geometry.kernel)


def spread(given: Floats, kernel: Floats, geometry: Geometry) -> Floats:
    """Sum for each pixel weight times given value over the pixel's taps: a new array shaped like the image."""
    filters, channels = kernel.shape[:2]
    pixels = np.zeros(geometry.image + given.shape[3:])
    (_scatter if filters >= _MANY * channels else _gather)(batch(given), kernel, geometry, batch(pixels))
    return pixels


def batch(values: Floats) -> Floats:
    """View one image as a batch of one, with the batch's axis last; a batch stays as it is.

    >>> batch(np.ones((1, 2, 3))).shape, batch(np.ones((1, 2, 3, 4))).shape
    ((1, 2, 3, 1), (1, 2, 3, 4))
    """
    return values[..., None] if values.ndim == 3 else values


def _scatter(given: Floats, kernel: Floats, geometry: Geometry, pixels: Floats) -> None:
    """Work out what each place gives to its window, and add it there."""
    walk, filters, images = forward(geometry), len(kernel), pixels.shape[3]
    weights = kernel.reshape(filters, -1).T
    for block in blocks(len(pixels) * images, walk):
        products = weights @ given[:, block.rows, block.columns].reshape(filters, -1)
        piece = np.zeros((len(pixels), *block.size, images))
        # The windows of one block overlap, but the numbers in one corner of all of them do not.
        corners = block.windows(piece, writeable=True)
        shares = products.reshape(corners.shape)
        for row, column in np.ndindex(walk.window):
            corners[:, row, column] += shares[:, row, column]
        add(pixels, block.origin, piece)


def _gather(given: Floats, kernel: Floats, geometry: Geometry, pixels: Floats) -> None:
    """Go from pixel to pixel, and take from each place whose window has it.

    The pixels of one class see the given values through the same weights: for them it is a convolution with stride 1,
    whose kernel has these weights only, flipped, and the filters for channels.
    """
    no_bias = np.zeros(len(pixels))
    for down in _classes(geometry, 0):
        for across in _classes(geometry, 1):
            target = pixels[:, down.pixels, across.pixels]
            chosen = kernel[:, :, down.weights, across.weights].swapaxes(0, 1)[:, :, ::-1, ::-1]
            origin, gaps = (down.origin, across.origin), (down.gap, across.gap)
            _slide(given, chosen, no_bias, Walk(origin, (1, 1), gaps, chosen.shape[2:], target.shape[1:3]), target)


def _slide(values: Floats, kernel: Floats, bias: Floats, walk: Walk, target: Floats) -> None:
    """Fill target, (filters, rows, columns, images), with what the kernel makes of the values at each place."""
    # A flipped view would be multiplied without BLAS, at a fifth of the speed.
    weights, biases = np.ascontiguousarray(kernel.reshape(len(kernel), -1)), bias[:, None, None, None]
    for block, windows in gathered(values, walk):
        part = target[:, block.rows, block.columns]
        # Adding the bias copies into place, and makes no result a negative zero.
        np.add((weights @ windows).reshape(part.shape), biases, out=part)


def forward(geometry: Geometry) -> Walk:
    """Give the way of the filter over the image."""
    (top, _), (left, _) = geometry.pads
    return Walk((-top, -left), geometry.stride, geometry.dilation, geometry.kernel[2:], geometry.output[1:])


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
