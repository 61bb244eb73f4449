"""Pooling that waits for its image."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from numpy.typing import ArrayLike

from cnnmath import _pool, _read
from cnnmath._geometry import Geometry, check_pooling_pads, pooled
from cnnmath._read import Padding, Pads, Pair
from cnnmath.layers._layer import Layer, Shape, image_shape, windows_shape
from cnnmath.pooling import Pooling
from cnnmath.values import Floats, Ints, PoolingGradients

Given = int | Pair | Pads | Literal["valid", "same"]


class _Pooling(Layer):
    """What both kinds share: the windows."""

    size: Pair
    stride: Pair
    padding: Padding
    ceil_mode: bool

    @abstractmethod
    def __call__(self, image: ArrayLike) -> Pooling:
        """Give the pooling of an image, (H, W) or (C, H, W)."""

    def __repr__(self) -> str:
        """Name the layer with the size of its windows."""
        return f"{type(self).__name__}(size {self.size})"

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (C, oh, ow) for an image (C, H, W). Raises ValueError if no window fits in the padded image.

        >>> MaxPooling2D(2).output_shape((4, 6, 7)), MaxPooling2D(2, ceil_mode=True).output_shape((4, 6, 7))
        ((4, 3, 3), (4, 3, 4))
        >>> MaxPooling2D(2).output_shape((None, 6, None))
        (None, 3, None)
        """
        _, *sides = windows_shape(shape, self._geometry)
        # How many channels there are may be unknown, too: behind another pooling layer, say.
        return image_shape(shape)[0], *sides

    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> PoolingGradients:
        """Put gradients together as `Pooling.backward` does."""
        return PoolingGradients(at_input)

    def _keep_windows(self, size: int | Pair, stride: int | Pair | None, padding: Given, ceil_mode: bool) -> None:
        pair = _read.pair("size", size, least=1)
        pads = _read.padding(padding)
        check_pooling_pads(pads, pair)
        self._keep(
            size=pair,
            stride=pair if stride is None else _read.pair("stride", stride, least=1),
            padding=pads,
            ceil_mode=_read.flag("ceil_mode", ceil_mode),
        )

    def _geometry(self, image: tuple[int, int, int]) -> Geometry:
        return pooled(image, self.size, self.stride, self.padding, self.ceil_mode)

    def _of_batch(self, values: Floats) -> Geometry:
        channels, height, width, _ = values.shape
        return self._geometry((channels, height, width))


@dataclass(frozen=True, init=False, eq=False, repr=False)
class MaxPooling2D(_Pooling):
    """The largest number of each window, per channel; what it takes is that of `Pooling`, without the image.

    size and stride (None is the size) are a whole number or (rows, columns), padding is as that of `Conv2D`, and at
    most half of the size at every side.
    Called with an image, (H, W) or (C, H, W), it gives the `Pooling`. Raises as that one does.

    >>> MaxPooling2D(2)([[1, 5, 2, 0], [3, 4, 1, 1]]).output()
    array([[[5., 2.]]])
    """

    size: Pair
    stride: Pair
    padding: Padding
    ceil_mode: bool

    def __init__(
        self,
        size: int | Pair = 2,
        stride: int | Pair | None = None,
        padding: Given = 0,
        ceil_mode: bool = False,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        self._keep_windows(size, stride, padding, ceil_mode)

    def __call__(self, image: ArrayLike) -> Pooling:
        """Give the pooling of an image, (H, W) or (C, H, W)."""
        return Pooling(image, self.size, "max", self.stride, self.padding, ceil_mode=self.ceil_mode)

    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch (C, H, W, N): (C, oh, ow, N)."""
        return _pool.maxima(values, self._of_batch(values))

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (C, H, W, N) from that at its outputs, (C, oh, ow, N)."""
        geometry = self._of_batch(values)
        return _pool.given_back(upstream, _pool.winning_cells(values, outputs, geometry), geometry)


@dataclass(frozen=True, init=False, eq=False, repr=False)
class AveragePooling2D(_Pooling):
    """The average of each window, per channel. The arguments are those of `MaxPooling2D`, and raise as there.

    With `count_include_pad` the zeros of the padding count among a window's numbers, as in PyTorch; without, as in
    Keras, the sum is divided by how many pixels the window has.

    >>> AveragePooling2D(2)([[1, 5, 2, 0], [3, 4, 1, 1]]).output()
    array([[[3.25, 1.  ]]])
    """

    size: Pair
    stride: Pair
    padding: Padding
    count_include_pad: bool
    ceil_mode: bool

    def __init__(
        self,
        size: int | Pair = 2,
        stride: int | Pair | None = None,
        padding: Given = 0,
        count_include_pad: bool = True,
        ceil_mode: bool = False,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        self._keep_windows(size, stride, padding, ceil_mode)
        self._keep(count_include_pad=_read.flag("count_include_pad", count_include_pad))

    def __call__(self, image: ArrayLike) -> Pooling:
        """Give the pooling of an image, (H, W) or (C, H, W)."""
        return Pooling(
            image, self.size, "average", self.stride, self.padding, self.count_include_pad, ceil_mode=self.ceil_mode
        )

    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch (C, H, W, N): (C, oh, ow, N)."""
        geometry = self._of_batch(values)
        return _pool.averages(values, self._divisors(geometry), geometry)

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (C, H, W, N) from that at its outputs, (C, oh, ow, N)."""
        geometry = self._of_batch(values)
        return _pool.spread_back(upstream, self._divisors(geometry), geometry)

    def _divisors(self, geometry: Geometry) -> Ints:
        return _pool.divisors(geometry, self.count_include_pad, self.padding)
