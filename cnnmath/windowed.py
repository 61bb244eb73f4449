"""What convolutions and poolings have in common: a window that goes over an image, place by place."""

import math
from abc import abstractmethod
from functools import cached_property

import numpy as np

from cnnmath._geometry import Geometry, Pads
from cnnmath._places import flat, place, run
from cnnmath._taps import starts
from cnnmath.linear import LinearLayer
from cnnmath.values import Ints, Records, Window


class WindowedLayer(LinearLayer):
    """A linear layer each of whose results looks through a window at a part of an image, (C, H, W)."""

    @property
    @abstractmethod
    def _geometry(self) -> Geometry:
        """Where the window can stand."""

    @property
    @abstractmethod
    def _touches(self) -> tuple[Records, Records]:
        """What all windows cover: pixels, and apart from them positions on the padding."""

    # Shapes

    @property
    def pads(self) -> Pads:
        """How far the padding reaches around the image, ((top, bottom), (left, right)).

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding="same").pads
        ((0, 0), (0, 1))
        """
        return self._geometry.pads

    @property
    def padded_shape(self) -> tuple[int, int, int]:
        """The shape of the padded image, (C, H + top + bottom, W + left + right).

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding=(1, 2)).padded_shape
        (1, 3, 7)
        """
        return self._geometry.padded

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """The shape of the image, (C, H, W).

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).input_shape
        (1, 1, 3)
        """
        return self._geometry.image

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """The shape of the result: (filters or channels, rows, columns).

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).output_shape
        (1, 1, 2)
        """
        return self._geometry.output

    @property
    def positions(self) -> int:
        """In how many places the window fits: so many results each filter gives.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).positions
        2
        """
        return math.prod(self.output_shape[1:])

    # Windows

    @property
    def padding_taps(self) -> Records:
        """The (result, position, weight) triples on the padding, ordered as the taps are.

        A position is a flat C-order index in the padded image.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=(0, 1)).padding_taps.tolist()
        [(0, 0, 0), (2, 3, 1)]
        """
        return self._touches[1]

    def window(self, result: int) -> Window:
        """Give the place of the window for one result, in padded coordinates, and its taps.

        Raises IndexError if there is no such result.

        >>> from cnnmath import Convolution
        >>> window = Convolution([[1, 2, 3]], kernel=[[4, 5]]).window(1)
        >>> window.columns, window.taps["pixel"].tolist()
        (slice(1, 3, 1), [1, 2])
        """
        filter_, row, column = self.result_place(result)
        geometry = self._geometry
        (high, wide), (row_gap, column_gap) = geometry.span, geometry.dilation
        top, left = row * geometry.stride[0], column * geometry.stride[1]
        rows, columns = slice(top, top + high, row_gap), slice(left, left + wide, column_gap)
        index = flat("result", result, self.output_shape)
        taps, padding_taps = (
            table[bounds[index] : bounds[index + 1]]
            for table, bounds in zip(self._touches, self._touch_starts, strict=True)
        )
        return Window(index, filter_, rows, columns, taps, padding_taps)

    # Runs of flat indices

    def results_of(self, filter_: int, *row: int) -> range:
        """Give the results of one filter, or those in one row of its plane.

        Raises IndexError if there is no such filter or row.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).results_of(1)
        range(2, 4)
        """
        return run(("filter", "row", "column"), (filter_, *row), self.output_shape)

    def pixels_of(self, channel: int, *row: int) -> range:
        """Give the pixels of one channel, or those in one of its rows.

        Raises IndexError if there is no such channel or row.

        >>> from cnnmath import Convolution
        >>> conv = Convolution([[1, 2, 3], [4, 5, 6]], kernel=[[7]])
        >>> conv.pixels_of(0), conv.pixels_of(0, 1)
        (range(0, 6), range(3, 6))
        """
        return run(("channel", "row", "column"), (channel, *row), self._geometry.image)

    @property
    def first_results(self) -> tuple[int, ...]:
        """The first result of each filter.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).first_results
        (0, 2)
        """
        return tuple(self.results_of(filter_).start for filter_ in range(self.output_shape[0]))

    # Places of flat indices

    def pixel_place(self, pixel: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) of a pixel; raises IndexError if there is none.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3], [4, 5, 6]], kernel=[[1]]).pixel_place(5)
        (0, 1, 2)
        """
        return place("pixel", pixel, self._geometry.image)

    def result_place(self, result: int) -> tuple[int, int, int]:
        """Give the (filter, row, column) of a result; raises IndexError if there is none.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).result_place(1)
        (0, 0, 1)
        """
        return place("result", result, self.output_shape)

    def padded_place(self, position: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) of a position in the padded image; raises IndexError beyond it.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=1).padded_place(5)
        (0, 1, 1)
        """
        return place("position", position, self.padded_shape)

    def padded_position(self, pixel: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) in the padded image of a pixel; raises IndexError if there is none.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=1).padded_position(0)
        (0, 1, 1)
        """
        channel, row, column = self.pixel_place(pixel)
        return channel, row + self.pads[0][0], column + self.pads[1][0]

    # Inside

    @cached_property
    def _touch_starts(self) -> tuple[Ints, Ints]:
        """Where each result's rows begin in both tables of touches; one more than there are results."""
        taps, padding_taps = self._touches
        results = math.prod(self.output_shape)
        return starts(taps, results), starts(padding_taps, results)

    @property
    def _filters(self) -> Ints:
        return np.repeat(np.arange(self.output_shape[0]), self.positions)
