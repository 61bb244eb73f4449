"""How a window walks over values, and all that it sees, a block of places at a time.

Values are (channels, rows, columns, images): a batch's axis is the last one, so that what is done to one pixel of all
images is done in one run through memory. One image is a batch of one.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnmath._read import Pair
from cnnmath.values import Floats

_BLOCK = 1 << 17
"""How many numbers the windows of one block may hold: 1 MiB, which a processor's cache takes."""


class Walk(NamedTuple):
    """How a window walks over values, (rows, columns) each.

    It starts at `origin`, which may lie before the values, goes on by `stride` to each of `places`, and takes `window`
    numbers that are `gaps` apart. Outside the values are zeros.
    """

    origin: Pair
    stride: Pair
    gaps: Pair
    window: Pair
    places: Pair


class Block(NamedTuple):
    """Some places of a walk, as slices of all its places, and the piece of the values that their windows cover."""

    rows: slice
    columns: slice
    origin: Pair
    size: Pair
    shape: tuple[int, int, int, int]
    """Of the windows: their rows and columns, then the places' rows and columns."""
    steps: tuple[int, int, int, int]
    """How many rows or columns of the piece lie between two of each."""

    def windows(self, piece: Floats, writeable: bool = False) -> Floats:
        """View a piece of this size as windows, (channels, *shape, images)."""
        channel, row, column, image = piece.strides
        down, right, low, far = self.steps
        strides = channel, down * row, right * column, low * row, far * column, image
        shape = len(piece), *self.shape, piece.shape[3]
        return as_strided(piece, shape, strides, writeable=writeable)


def blocks(planes: int, walk: Walk) -> Iterator[Block]:
    """Cut the places of a walk over so many planes, channels times images, into blocks."""
    (rows, columns), (down, right) = walk.places, walk.stride
    # Counts what lies between windows that do not touch, too.
    at_once = max(1, _BLOCK // (planes * max(math.prod(walk.window), math.prod(walk.stride))))
    high, wide = max(1, at_once // columns), min(at_once, columns)
    for top in range(0, rows, high):
        for left in range(0, columns, wide):
            count = min(high, rows - top), min(wide, columns - left)
            origin = walk.origin[0] + top * down, walk.origin[1] + left * right
            yield _block(walk, slice(top, top + count[0]), slice(left, left + count[1]), origin, count)


def _block(walk: Walk, rows: slice, columns: slice, origin: Pair, count: Pair) -> Block:
    shape = *walk.window, *count
    # Where there is only one, a step leads nowhere, and as a number of bytes it may be too large.
    down, right, low, far = (
        step if number > 1 else 1 for step, number in zip((*walk.gaps, *walk.stride), shape, strict=True)
    )
    size = (
        down * (shape[0] - 1) + low * (shape[2] - 1) + 1,
        right * (shape[1] - 1) + far * (shape[3] - 1) + 1,
    )
    return Block(rows, columns, origin, size, shape, (down, right, low, far))


def gathered(values: Floats, walk: Walk) -> Iterator[tuple[Block, Floats]]:
    """Yield the blocks with what their windows see, (numbers in a window, places in the block times images).

    The numbers last until the next block only: all blocks share one piece of memory. To ask the system for a new one
    each time can take as long as all the work.
    """
    memory = np.empty(0)
    for block in blocks(len(values) * values.shape[3], walk):
        windows = block.windows(cut(values, block.origin, block.size))
        # Windows of one number each mostly lie in a row already.
        if walk.window != (1, 1):
            memory = memory if memory.size >= windows.size else np.empty(windows.size)
            copy = memory[: windows.size].reshape(windows.shape)
            copy[...] = windows
            windows = copy
        yield block, windows.reshape(len(values) * math.prod(walk.window), -1)


def cut(values: Floats, origin: Pair, size: Pair) -> Floats:
    """Give a piece of every channel, as a view where it lies within, otherwise with zeros for what lies outside.

    >>> cut(np.ones((1, 2, 2, 1)), (-1, 1), (3, 2))[..., 0].tolist()
    [[[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]]]
    """
    (inside, within) = _overlap(values, origin, size)
    if inside.shape[1:3] == size:
        return inside
    piece = np.zeros((len(values), *size, values.shape[3]))
    piece[within] = inside
    return piece


def add(values: Floats, origin: Pair, piece: Floats) -> None:
    """Add a piece to every channel; what lies outside is lost.

    >>> values = np.ones((1, 2, 2, 1))
    >>> add(values, (-1, 1), np.ones((1, 3, 2, 1)))
    >>> values[..., 0].tolist()
    [[[1.0, 2.0], [1.0, 2.0]]]
    """
    inside, within = _overlap(values, origin, piece.shape[1:3])
    inside += piece[within]


def _overlap(values: Floats, origin: Pair, size: Pair) -> tuple[Floats, tuple[slice, slice, slice]]:
    """View what of the values lies in a piece, and say where in the piece."""
    (top, left), (high, wide) = origin, size
    rows, columns = slice(max(top, 0), max(top + high, 0)), slice(max(left, 0), max(left + wide, 0))
    inside = values[:, rows, columns]
    down, right = rows.start - top, columns.start - left
    return inside, np.s_[:, down : down + inside.shape[1], right : right + inside.shape[2]]
