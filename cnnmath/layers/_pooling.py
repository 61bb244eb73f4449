"""Pooling that waits for its image."""

from dataclasses import dataclass

from cnnmath import _read
from cnnmath._read import Pair
from cnnmath.layers._layer import Layer, Shape, image_shape, written


class _Pooling(Layer):
    """What both kinds share: the windows."""

    size: Pair
    stride: Pair
    padding: Pair

    def _keep_windows(self, size: int | Pair, stride: int | Pair | None, padding: int | Pair) -> None:
        pair = _read.pair("size", size, least=1)
        pads = _read.pair("padding", padding, least=0)
        # PyTorch's limit: within it every window has a pixel.
        if any(2 * pad > length for pad, length in zip(pads, pair, strict=True)):
            raise ValueError(f"padding must be at most half of the size {pair}; got {pads}")
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
        windows = []
        for side, size, stride, pad in zip(sides, self.size, self.stride, self.padding, strict=True):
            if side is not None and side + 2 * pad < size:
                raise ValueError(
                    f"its windows {self.size} must fit in the image, padded by {self.padding}; got "
                    f"{written(image_shape(shape))}"
                )
            windows.append(None if side is None else (side + 2 * pad - size) // stride + 1)
        return channels, *windows


@dataclass(frozen=True, init=False, eq=False, repr=False)
class MaxPooling2D(_Pooling):
    """The largest of each window; by default windows stand side by side (`stride=None` is the size).

    size, stride and padding are a whole number or (rows, columns); windows that do not fit are left out. Padding never
    wins. Raises ValueError, and TypeError for what is no number, if an argument is not so, if a size or stride is below
    1, and if the padding is more than half of the size.

    >>> MaxPooling2D(2)
    MaxPooling2D(size (2, 2))
    """

    size: Pair
    stride: Pair
    padding: Pair

    def __init__(self, size: int | Pair = 2, stride: int | Pair | None = None, padding: int | Pair = 0) -> None:
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
    padding: Pair
    count_include_pad: bool

    def __init__(
        self,
        size: int | Pair = 2,
        stride: int | Pair | None = None,
        padding: int | Pair = 0,
        count_include_pad: bool = True,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        self._keep_windows(size, stride, padding)
        self._keep(count_include_pad=_read.truth("count_include_pad", count_include_pad))
