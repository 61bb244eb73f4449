"""Pooling: the largest pixel of every window, or their average. It learns nothing."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _pool, _read
from cnnmath._geometry import Geometry, check_pooling_pads, pooled
from cnnmath._read import Padding, Pads, Pair
from cnnmath._taps import TAP, channel_taps, tap_count
from cnnmath.values import Counts, Floats, Ints, PoolingGradients, Records
from cnnmath.windowed import WindowedLayer

PoolingKind = Literal["max", "average"]


@dataclass(frozen=True, init=False, eq=False)
class Pooling(WindowedLayer):
    """A pooling layer over one image: each channel by itself, in windows that mostly do not overlap.

    | argument                 | taken                               | kept as              |
    |--------------------------|-------------------------------------|----------------------|
    | image                    | (H, W) or (C, H, W)                 | (C, H, W), float64   |
    | size                     | a whole number or (rows, columns)   | pair                 |
    | kind                     | "max" or "average"                  | as it is             |
    | stride                   | as size; None is the size           | pair                 |
    | padding                  | as that of a `Convolution`          | as there             |
    | count_include_pad        | whether an average counts padding   | as it is             |
    | ceil_mode                | whether a window may hang out       | as it is             |

    Names and meaning are PyTorch's (torch.nn.MaxPool2d, torch.nn.AvgPool2d). The padding of a maximum is −∞ and never
    wins; that of an average is zeros, which are divided by or not. A window that does not fit is left out, and so may
    be the last rows and columns, `left_out`; with ceil_mode it is kept if it begins before the end, and what of it
    lies beyond the padding counts for nothing. The padding is at most half of the size at every side.

    The matrix of an average holds one fixed weight, 1/k, in place of every tap (where windows are cut off at an edge,
    one weight for each k). That of a maximum holds a 1 for the pixel that wins each window: which one, the image
    decides. No entry is `trainable`, and `counts.weights` is 0; a weight's index in `taps` and `sharing` only says
    which fixed one it is. Everything that is said of a `Convolution`'s values holds of these.

    Raises ValueError, and TypeError for what is no number, if an argument is not as the table says, if the image is
    empty or not finite, and if the window is larger than the padded image.

    >>> image = [[1, 5, 2, 0], [3, 4, 1, 1]]
    >>> Pooling(image, size=2).output().tolist(), Pooling(image, size=2, kind="average").output().tolist()
    ([[[5.0, 2.0]]], [[[3.25, 1.0]]])
    """

    image: Floats
    size: Pair
    kind: PoolingKind
    stride: Pair
    padding: Padding
    count_include_pad: bool
    ceil_mode: bool

    _learned: ClassVar = ()

    def __init__(
        self,
        image: ArrayLike,
        size: int | Pair,
        kind: PoolingKind = "max",
        stride: int | Pair | None = None,
        padding: int | Pair | Pads | Literal["valid", "same"] = 0,
        count_include_pad: bool = True,
        ceil_mode: bool = False,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        pair = _read.pair("size", size, least=1)
        fields = {
            "image": _read.image(image),
            "size": pair,
            "kind": _read.choice("kind", kind, ("max", "average")),
            "stride": pair if stride is None else _read.pair("stride", stride, least=1),
            "padding": _read.padding(padding),
            "count_include_pad": _read.flag("count_include_pad", count_include_pad),
            "ceil_mode": _read.flag("ceil_mode", ceil_mode),
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        check_pooling_pads(self.padding, self.size)
        _ = self._geometry  # It refuses windows that do not fit.

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the arrays are read-only on the other side too."""
        fields = (self.image, self.size, self.kind, self.stride, self.padding, self.count_include_pad, self.ceil_mode)
        return type(self), fields

    @property
    def inputs(self) -> Floats:
        """The image's numbers in a row, (pixels,), read-only.

        >>> Pooling([[1, 2], [3, 4]], size=2).inputs.tolist()
        [1.0, 2.0, 3.0, 4.0]
        """
        return self.image.ravel()

    def output(self) -> Floats:
        """Give the layer's result, (C, oh, ow).

        >>> Pooling([[1, 5, 2, 0], [3, 4, 1, 1]], size=2).output()
        array([[[5., 2.]]])
        """
        if self.kind == "max":
            return _pool.maxima(self.image, self._geometry)
        return _pool.averages(self.image, self._divisors, self._geometry)

    def backward(self, upstream: ArrayLike) -> PoolingGradients:
        """Give the gradient of a loss at the image from its gradient at the result, upstream, (C, oh, ow).

        A maximum hands all of a result's to the pixel that won, an average the k-th part to each of its k pixels; a
        pixel in several windows gets the sum. Raises as the constructor does if upstream holds anything but finite
        numbers, and ValueError if its shape is another one.

        >>> Pooling([[1, 5, 2, 0], [3, 4, 1, 1]], size=2).backward([[[10, 20]]]).image.tolist()
        [[[0.0, 10.0, 20.0, 0.0], [0.0, 0.0, 0.0, 0.0]]]
        """
        given = self._like_output("upstream", upstream)
        if self.kind == "max":
            return PoolingGradients(_pool.given_back(given, self._winning, self._geometry))
        return PoolingGradients(_pool.spread_back(given, self._divisors, self._geometry))

    @cached_property
    def winners(self) -> Ints:
        """The pixel that won each window, as its flat index in the image, (C, oh, ow): the first of equals.

        "First" is by rows, then columns, as in PyTorch. Raises ValueError if this is average pooling.

        >>> Pooling([[1, 5, 2, 0], [3, 4, 1, 1]], size=2).winners.tolist()
        [[[1, 2]]]
        """
        if self.kind != "max":
            raise ValueError('only pooling of the kind "max" has winners; this is "average"')
        channels, height, width = self.image.shape
        chosen = _pool.pixels_of(self._winning, self._geometry)
        return _read.freeze(chosen + np.arange(channels)[:, None, None] * (height * width))

    @cached_property
    def left_out(self) -> Ints:
        """The pixels that lie in no window, in their order: a stride steps over them, or the last window did not fit.

        >>> Pooling([[1, 5, 2], [3, 4, 1]], size=2).left_out.tolist()
        [2, 5]
        """
        seen = np.zeros(self.image.size, bool)
        seen[self._touches[0]["pixel"]] = True
        return _read.freeze(np.flatnonzero(~seen))

    @cached_property
    def taps(self) -> Records:
        """The (result, pixel, weight) triples that the matrix holds: all of a window, or only the pixel that won it.

        All that a window covers is in `window(result).taps`, where the weight of what did not win is −1.

        >>> Pooling([[1, 5], [3, 4]], size=2).taps.tolist()
        [(0, 1, 0)]
        >>> Pooling([[1, 5], [3, 4]], size=2, kind="average").taps.tolist()
        [(0, 0, 0), (0, 1, 0), (0, 2, 0), (0, 3, 0)]
        """
        if self.kind == "average":
            return self._touches[0]
        taps = np.zeros(self.winners.size, TAP)
        taps["result"], taps["pixel"] = np.arange(self.winners.size), self.winners.ravel()
        return _read.freeze(taps)

    @property
    def counts(self) -> Counts:
        """The key figures; there is no weight to learn.

        >>> Pooling([[1, 5, 2, 0], [3, 4, 1, 1]], size=2).counts
        Counts(weights=0, taps=2, entries=16, zeros=14, pixels=8, results=2)
        """
        pixels, results = self.image.size, math.prod(self.output_shape)
        taps = results if self.kind == "max" else tap_count(self._geometry)
        return Counts(0, taps, pixels * results, pixels * results - taps, pixels, results)

    # Inside

    @cached_property
    def _geometry(self) -> Geometry:
        return pooled(self.image.shape, self.size, self.stride, self.padding, self.ceil_mode)

    @cached_property
    def _winning(self) -> Ints:
        """Which cell of each window wins."""
        return _pool.winning_cells(self.image, self.output(), self._geometry)

    @cached_property
    def _divisors(self) -> Ints:
        return _pool.divisors(self._geometry, self.count_include_pad, self.padding)

    @cached_property
    def _fixed(self) -> tuple[Floats, Ints]:
        """The fixed weights, that of the most pixels first, and which of them each result of a channel takes."""
        if self.kind == "max":
            return np.ones(1), np.zeros(self.positions, np.int64)
        divisors, which = np.unique(-self._divisors, return_inverse=True)
        return -1 / divisors, which.ravel()

    @cached_property
    def _touches(self) -> tuple[Records, Records]:
        taps, padding_taps = channel_taps(self._geometry)
        counted = self.kind == "average" and self.count_include_pad
        of_results = np.tile(self._fixed[1], len(self.image))
        taps["weight"] = of_results[taps["result"]]
        padding_taps["weight"] = of_results[padding_taps["result"]] if counted else -1
        if self.kind == "max":
            taps["weight"][taps["pixel"] != self.winners.ravel()[taps["result"]]] = -1
        return _read.freeze(taps), _read.freeze(padding_taps)

    @property
    def _weights(self) -> Floats:
        return self._fixed[0]

    @property
    def _biases(self) -> Floats:
        return np.zeros(len(self.image))
