"""Which results and pixels a picture of the network shows: all of them, or the neighbourhood of a few windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnmath.windowed import WindowedLayer

WHOLE_PIXELS, WHOLE_RESULTS = 16, 12
"""Layers of at most so many nodes are shown whole."""
MOST_RESULTS, MOST_TAPS, MOST_BARE_TAPS = 8, 40, 120
"""Results in an excerpt, and the edges into them, where nodes have names and where they have none."""
MOST_ROWS, USUAL_ROWS = 19.5, 16.5
"""So many rows of nodes can stand below each other with readable labels; more than usual only to show that two results
share their weights."""
BARE_ROWS = 64.0
"""So many rows of nodes can stand below each other without labels: as many as a window needs that has more pixels."""
GAP_ROWS = 0.5
"""The height of the dots that stand for what is left out, in rows."""


@dataclass(frozen=True)
class Part:
    """What is shown of `count` things: their indices, rising."""

    indices: tuple[int, ...]
    count: int

    def __iter__(self) -> Iterator[int]:
        """The indices, rising."""
        return iter(self.indices)

    def __len__(self) -> int:
        """How many are shown."""
        return len(self.indices)

    def __contains__(self, index: object) -> bool:
        """Whether a thing is shown."""
        return index in self.indices

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return len(self.indices) == self.count

    @property
    def slots(self) -> list[int | range]:
        """What stands below each other: the index of what is shown, the range of what is left out.

        >>> Part((0, 1, 5), 9).slots
        [0, 1, range(2, 5), 5, range(6, 9)]
        """
        found: list[int | range] = []
        reached = 0
        for index in self.indices:
            found += [range(reached, index)] if index > reached else []
            found.append(index)
            reached = index + 1
        return [*found, *([range(reached, self.count)] if reached < self.count else [])]

    @property
    def gaps(self) -> list[range]:
        """The ranges of what is left out."""
        return [slot for slot in self.slots if isinstance(slot, range)]

    @property
    def rows(self) -> float:
        """How many rows it takes below each other, the gaps included."""
        return len(self.indices) + GAP_ROWS * len(self.gaps)


@dataclass(frozen=True)
class Excerpt:
    """The shown part of each layer.

    Every pixel that a shown result is made of is shown, so its edges are `complete`; only of windows that have more
    pixels than can stand below each other some rows are left out.
    """

    results: Part
    pixels: Part
    complete: bool = True

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.results.whole and self.pixels.whole

    def drawn(self, conv: WindowedLayer, result: int) -> list[int]:
        """The pixels of a result's window that are shown."""
        return [int(pixel) for pixel in conv.window(result).taps["pixel"] if int(pixel) in self.pixels]


def excerpt(conv: WindowedLayer) -> Excerpt:
    """The one choice for all pictures of a network: everything, or as many windows as fit, the first one in any case.

    >>> from cnnmath import Convolution
    >>> image = [[float(row * column) for column in range(8)] for row in range(8)]
    >>> shown = excerpt(Convolution(image, kernel=[[1, 2], [3, 4]]))
    >>> shown.results.indices, shown.pixels.indices
    ((0, 1, 2, 3, 48), (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 54, 55, 62, 63))
    """
    counts = conv.counts
    if counts.pixels <= WHOLE_PIXELS and counts.results <= WHOLE_RESULTS:
        return Excerpt(_all(counts.results), _all(counts.pixels))
    alone = _met(conv, [0]).rows
    complete = alone <= BARE_ROWS
    bare = MOST_ROWS < alone <= BARE_ROWS
    usual, longest = (BARE_ROWS, BARE_ROWS) if bare else (USUAL_ROWS, MOST_ROWS)
    chosen: list[int] = [0]
    for result in _by_interest(conv):
        more = _met(conv, [*chosen, result], complete)
        most = longest if result == 1 else max(usual, _met(conv, chosen, complete).rows)
        taps = sum(len(conv.window(r).taps) for r in (*chosen, result))
        few = not complete or taps <= (MOST_BARE_TAPS if bare else MOST_TAPS)
        if len(chosen) < MOST_RESULTS and few and more.rows <= most:
            chosen.append(result)
    return Excerpt(Part(tuple(sorted(chosen)), counts.results), _met(conv, chosen, complete), complete)


def _by_interest(conv: WindowedLayer) -> list[int]:
    """The next result, the other filters' first ones (made of the same pixels), the last, then the rest."""
    results = range(conv.counts.results)
    order = [*conv.results_of(0)[1:2], *conv.first_results, results[-1], *results]
    return [result for result in dict.fromkeys(order) if result]


def _met(conv: WindowedLayer, results: Sequence[int], complete: bool = True) -> Part:
    """The pixels of some windows, single ones between them, which dots would hide, and where it fits the last one."""
    count = conv.counts.pixels
    if count <= WHOLE_PIXELS:
        return _all(count)
    there = np.zeros(count + 2, dtype=bool)
    for result in results:
        pixels = conv.window(result).taps["pixel"]
        there[1 + (pixels if complete else _ends(conv, pixels))] = True
    there[1:-1] |= there[:-2] & there[2:]
    part = _part(there[1:-1])
    there[count] = True
    there[count - 1] |= there[count - 2]
    longer = _part(there[1:-1])
    return longer if longer.rows <= USUAL_ROWS else part


def _ends(conv: WindowedLayer, pixels: npt.NDArray[np.int_]) -> npt.NDArray[np.int_]:
    """As many pixels of a window that has too many as there are in its first row, and in its last one."""
    first = conv.pixel_place(int(pixels[0]))[:2]
    columns = sum(conv.pixel_place(int(pixel))[:2] == first for pixel in pixels)
    return np.concatenate([pixels[:columns], pixels[-columns:]])


def _part(there: npt.NDArray[np.bool_]) -> Part:
    """What is there, as indices."""
    return Part(tuple(np.flatnonzero(there).tolist()), len(there))


def _all(count: int) -> Part:
    return Part(tuple(range(count)), count)
