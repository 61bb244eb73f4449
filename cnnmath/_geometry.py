"""Where the filter can stand: shapes, stride, dilation and padding, without any values."""

from typing import Literal, NamedTuple

from cnnmath._read import Pair
from cnnmath._words import shown

Pads = tuple[Pair, Pair]


class Geometry(NamedTuple):
    """The shapes of a convolution. Pads are ((top, bottom), (left, right))."""

    image: tuple[int, int, int]
    kernel: tuple[int, int, int, int]
    stride: Pair
    pads: Pads
    dilation: Pair

    @property
    def span(self) -> Pair:
        """The rows and columns that the filter reaches over, its gaps included."""
        return span(self.kernel, self.dilation)

    @property
    def padded(self) -> tuple[int, int, int]:
        """The shape of the padded image, (channels, rows, columns)."""
        channels, height, width = self.image
        return channels, height + sum(self.pads[0]), width + sum(self.pads[1])

    @property
    def output(self) -> tuple[int, int, int]:
        """The shape of the result, (filters, rows, columns).

        The formula is PyTorch's (torch.nn.Conv2d, "Shape"); the span is its dilation·(k − 1) + 1.
        """
        (_, height, width), (high, wide) = self.padded, self.span
        return self.kernel[0], (height - high) // self.stride[0] + 1, (width - wide) // self.stride[1] + 1

    def check(self) -> None:
        """Raise ValueError if the kernel has not the image's channels, or is larger than the padded image."""
        if self.kernel[1] != self.image[0]:
            raise ValueError(
                f"kernel and image must have the same number of channels; got {self.kernel[1]} in the kernel "
                f"{self.kernel} (F, C, kh, kw) and {self.image[0]} in the image {self.image} (C, H, W)"
            )
        if self.span[0] > self.padded[1] or self.span[1] > self.padded[2]:
            raise ValueError(
                f"kernel must fit in the padded image; got the kernel {self.kernel}, which at dilation "
                f"{shown(self.dilation)} spans {shown(self.span)}, and the padded image {shown(self.padded)}"
            )


def laid_out(
    image: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: Pair,
    padding: Pair | Literal["same"],
    dilation: Pair,
) -> Geometry:
    """Give the geometry of an image (C, H, W) and a kernel (F, C, kh, kw), with the padding worked out.

    Raises ValueError for the padding "same" with a stride. Whether the two fit, `Geometry.check` says.

    >>> laid_out((1, 1, 3), (1, 1, 1, 2), (1, 1), "same", (1, 1)).pads
    ((0, 0), (0, 1))
    """
    if padding == "same":
        if stride != (1, 1):
            raise ValueError(f'padding "same" needs the stride (1, 1); got {stride}')
        pads = same_pads(span(kernel, dilation))
    else:
        rows, columns = padding
        pads = (rows, rows), (columns, columns)
    channels, height, width = image
    filters, depth, high, wide = kernel
    return Geometry((channels, height, width), (filters, depth, high, wide), stride, pads, dilation)


def span(kernel: tuple[int, ...], dilation: Pair) -> Pair:
    """Give the rows and columns that a kernel of this shape reaches over when it is dilated.

    >>> span((1, 1, 3, 2), dilation=(2, 1))
    (5, 2)
    """
    return dilation[0] * (kernel[-2] - 1) + 1, dilation[1] * (kernel[-1] - 1) + 1


def same_pads(span: Pair) -> Pads:
    """Give the padding that keeps the image's size at stride 1: an odd pixel goes below and to the right.

    >>> same_pads((3, 2))
    ((1, 1), (0, 1))
    """
    rows, columns = span
    return ((rows - 1) // 2, rows // 2), ((columns - 1) // 2, columns // 2)


def pooled(image: tuple[int, int, int], size: Pair, stride: Pair, padding: Pair, ceil_mode: bool) -> Geometry:
    """Give the geometry of a pooling, whose kernel (C, 1, rows, columns) looks at one channel at a time.

    With ceil_mode the padding is longer below and to the right where a last window hangs out: one that begins within
    the image or the padding before it (torch.nn.MaxPool2d, "Shape" and the note on ceil_mode). Raises ValueError if
    the window is larger than the padded image.

    >>> pooled((1, 5, 4), (2, 2), (2, 2), (0, 0), ceil_mode=True).pads
    ((0, 1), (0, 0))
    """
    padded = tuple(length + 2 * pad for length, pad in zip(image[1:], padding, strict=True))
    if size[0] > padded[0] or size[1] > padded[1]:
        raise ValueError(
            f"size must fit in the padded image; got the size {size} and the padded image {(image[0], *padded)}"
        )
    sides = zip(image[1:], size, stride, padding, strict=True)
    pads = [(pad, pad + (_hanging(*side) if ceil_mode else 0)) for side in sides for pad in side[3:]]
    return Geometry(image, (image[0], 1, *size), stride, (pads[0], pads[1]), (1, 1))


def check_pooling_pads(padding: Pair, size: Pair) -> None:
    """Raise ValueError if the padding of a pooling is more than half of its window, as in PyTorch.

    >>> check_pooling_pads((1, 0), (2, 2))
    """
    if any(2 * pad > length for pad, length in zip(padding, size, strict=True)):
        raise ValueError(
            f"padding must be at most half the size, so that no window lies on padding alone; got the padding "
            f"{padding} and the size {size}"
        )


def _hanging(length: int, size: int, stride: int, pad: int) -> int:
    """Count along an axis how far the last window of ceil_mode reaches beyond the padding."""
    last = -(-(length + 2 * pad - size) // stride) * stride
    if last >= length + pad:
        last -= stride
    return max(0, last + size - length - 2 * pad)
