"""Pooling that waits for its image."""

from dataclasses import dataclass
from typing import Literal

from cnnmath import _read
from cnnmath._geometry import check_pool_pads, pads_of
from cnnmath._read import Padding, Pads, Pair
from cnnmath.layers._layer import Layer, Shape, image_shape, written

Given = int | Pair | Pads | Literal["valid", "same"]


class _Pooling(Layer):
    """What both kinds share: the windows."""

    size: Pair
    stride: Pair
    padding: Padding

    def _keep_windows(self, size: int | Pair, stride: int | Pair | None, padding: Given) -> None:
        pair = _read.pair("size", size, least=1)
        pads = _read.padding(padding)
        check_pool_pads(pads, pair)
        self._keep(size=pair, stride=pair if stride is None else _read.pair("stride", stride, least=1), padding=pads)

    def __repr__(self) -> str:
        """Name the layer with the size of its windows."""
        return f"{type(self).__name__}(size {self.size})"

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (C, oh, ow) for an image (C, H, W). Raises ValueError if no window fits in the padded image.

        >>> MaxPooling2D(2).output_shape((4, 6, 7))
        (4, 3, 3)
        """
        channels, *sides = image_shape(shape)
        # A side that is not known yet stands for one that fits.
        height, width = (side or 2**62 for side in sides)
        pads = pads_of(self.padding, (height, width), self.size, self.stride)
        windows = []
        for side, size, stride, around in zip(sides, self.size, self.stride, pads, strict=True):
            if side is not None and side + sum(around) < size:
                raise ValueError(
                    f"its windows {self.size} must fit in the image, padded by {self.padding}; got "
                    f"{written(image_shape(shape))}"
                )
            windows.append(None if side is None else (side + sum(around) - size) // stride + 1)
        return channels, *windows


@dataclass(frozen=True, init=False, eq=False, repr=False)
class MaxPooling2D(_Pooling):
    """The largest of each window; by default windows stand side by side (`stride=None` is the size).

    size and stride are a whole number or (rows, columns), padding is as that of `Conv2D`, at most half of the size at
    every side; windows that do not fit are left out. Padding never wins. Raises ValueError, and TypeError for what is
    no number, if an argument is not so, and if a size or stride is below 1.

    >>> MaxPooling2D(2)
    MaxPooling2D(size (2, 2))
    """

    size: Pair
    stride: Pair
    padding: Padding

    def __init__(self, size: int | Pair = 2, stride: int | Pair | None = None, padding: Given = 0) -> None:
        """Read and check the arguments; the class says which are taken."""
        self._keep_windows(size, stride, padding)


@dataclass(frozen=True, init=False, eq=False, repr=False)
class AveragePooling2D(_Pooling):
    """The average of each window. The arguments are those of `MaxPooling2D`, and raise as there.

    With `count_include_pad` the zeros of the padding count among a window's numbers, as in PyTorch; without, as in
    Keras, the sum is divided by how many pixels the window has.

    >>> AveragePooling2D((2, 3))
    AveragePooling2D(size (2, 3))
    """

    size: Pair
    stride: Pair
    padding: Padding
    count_include_pad: bool

    def __init__(
        self,
        size: int | Pair = 2,
        stride: int | Pair | None = None,
        padding: Given = 0,
        count_include_pad: bool = True,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        self._keep_windows(size, stride, padding)
        self._keep(count_include_pad=_read.flag("count_include_pad", count_include_pad))
