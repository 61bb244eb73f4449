"""The taps: the one place where results, pixels and weights are matched."""

import math
from typing import Any

import numpy as np

from cnnmath._geometry import Geometry
from cnnmath._read import freeze
from cnnmath.values import Ints, Records

TAP = np.dtype([("result", np.int64), ("pixel", np.int64), ("weight", np.int64)])
PADDING_TAP = np.dtype([("result", np.int64), ("position", np.int64), ("weight", np.int64)])


def split_taps(geometry: Geometry) -> tuple[Records, Records]:
    """List what the filter touches: the taps, and apart from them the touches on padding.

    Both are read-only and ordered by result, then weight. Taps have the fields result, pixel and weight;
    padding taps have result, position and weight, where a position is a flat index into the padded image.
    Time and memory are linear in the number of touches.

    >>> image, kernel = (1, 1, 2), (1, 1, 1, 2)
    >>> taps, padding = split_taps(Geometry(image, kernel, (1, 1), ((0, 0), (1, 0)), (1, 1)))
    >>> taps.tolist()
    [(0, 0, 1), (1, 0, 0), (1, 1, 1)]
    >>> padding.tolist()
    [(0, 0, 0)]
    """
    channels, height, width = geometry.image
    filters, _, kernel_rows, kernel_columns = geometry.kernel
    _, padded_height, padded_width = geometry.padded
    _, rows, columns = geometry.output
    # One axis each for: filter, result row, result column, channel, kernel row, kernel column.
    row = _touched(rows, geometry.stride[0], kernel_rows, geometry.dilation[0])[:, None, None, :, None]
    column = _touched(columns, geometry.stride[1], kernel_columns, geometry.dilation[1])[:, None, None, :]
    channel = np.arange(channels)[:, None, None]
    result = np.arange(filters * rows * columns).reshape(filters, rows, columns, 1, 1, 1)
    weight = np.arange(math.prod(geometry.kernel)).reshape(filters, 1, 1, *geometry.kernel[1:])
    position = (channel * padded_height + row) * padded_width + column
    row, column = row - geometry.pads[0][0], column - geometry.pads[1][0]
    pixel = (channel * height + row) * width + column
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return (
        _records(TAP, inside, result, pixel, weight),
        _records(PADDING_TAP, ~inside, result, position, weight),
    )


def channel_taps(geometry: Geometry) -> tuple[Records, Records]:
    """List what the windows cover that look at one channel each, as `split_taps` does; the caller's own to change.

    The geometry's kernel is (channels, 1, rows, columns). The weight is the cell of the window.

    >>> geometry = Geometry((2, 1, 1), (2, 1, 1, 2), (1, 1), ((0, 0), (1, 0)), (1, 1))
    >>> taps, padding = channel_taps(geometry)
    >>> taps.tolist(), padding.tolist()
    ([(0, 0, 1), (1, 1, 1)], [(0, 0, 0), (1, 2, 0)])
    """
    channels, positions = geometry.image[0], math.prod(geometry.output[1:])
    plane = geometry._replace(image=(1, *geometry.image[1:]), kernel=(1, *geometry.kernel[1:]))
    taps, padding_taps = split_taps(plane)
    sizes = math.prod(plane.image), math.prod(plane.padded)
    return (
        _on_channels(taps, channels, {"result": positions, "pixel": sizes[0]}),
        _on_channels(padding_taps, channels, {"result": positions, "position": sizes[1]}),
    )


def _on_channels(table: Records, channels: int, sizes: dict[str, int]) -> Records:
    """Repeat the table of one channel for each, these fields moved on by so much."""
    repeated = np.concatenate([table] * channels)
    for field, size in sizes.items():
        repeated[field] += np.repeat(np.arange(channels) * size, len(table))
    return repeated


def tap_count(geometry: Geometry) -> int:
    """Count the taps without making them: along each axis each weight meets so many pixels, and these multiply.

    Time is linear in the kernel's rows and columns, whatever the padding.

    >>> tap_count(Geometry((1, 1, 2), (1, 1, 1, 2), (1, 1), ((0, 0), (1, 0)), (1, 1)))
    3
    """
    filters, channels = geometry.kernel[:2]
    return filters * channels * _met(geometry, 0) * _met(geometry, 1)


def starts(table: Records, results: int) -> Ints:
    """Give where each result's rows begin in a table ordered by result, and the table's end: (results + 1,).

    >>> starts(np.array([(0,), (0,), (2,)], [("result", np.int64)]), 3).tolist()
    [0, 2, 2, 3]
    """
    return np.searchsorted(table["result"], np.arange(results + 1))


def _met(geometry: Geometry, axis: int) -> int:
    """Count along one axis the pairs of result and weight that meet a pixel, not padding.

    Weight i meets pixel r·stride + i·dilation − pad for result r.
    """
    size, results = geometry.image[1 + axis], geometry.output[1 + axis]
    stride, pad = geometry.stride[axis], geometry.pads[axis][0]
    count = 0
    for weight in range(geometry.kernel[2 + axis]):
        shift = pad - weight * geometry.dilation[axis]
        first = max(0, -(-shift // stride))
        past = min(results, -(-(size + shift) // stride))
        count += max(0, past - first)
    return count


def _touched(results: int, stride: int, weights: int, dilation: int) -> Ints:
    """Along one axis: the padded coordinate of each weight (columns) for each result (rows)."""
    return steps(results, stride)[:, None] + steps(weights, dilation)


def steps(count: int, step: int) -> Ints:
    """Give so many numbers from 0 on, a step apart.

    >>> steps(3, 2).tolist(), steps(1, 10**30).tolist()
    ([0, 2, 4], [0])
    """
    # A range takes a step of any size, where numpy's arange would overflow.
    return np.array(range(0, count * step, step), dtype=np.int64)


def _records(dtype: np.dtype[Any], chosen: Any, *columns: Ints) -> Records:
    """Make a structured array of the chosen places of columns that broadcast to one shape."""
    chosen, *full = np.broadcast_arrays(chosen, *columns)
    # Without padding all places are chosen: plain copies take half the time of picking them.
    everything = bool(chosen.all())
    records = np.empty(chosen.size if everything else np.count_nonzero(chosen), dtype)
    for field, values in zip(dtype.names or (), full, strict=True):
        if everything:
            records.reshape(chosen.shape)[field] = values
        elif records.size:
            records[field] = values[chosen]
    return freeze(records)
