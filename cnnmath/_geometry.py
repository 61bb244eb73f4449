"""Where the filter can stand: shapes, stride, dilation and padding, without any values."""

from typing import NamedTuple

from cnnmath._read import Padding, Pair
from cnnmath._read import Pads as Pads
from cnnmath._words import shown


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
    image: tuple[int, ...], kernel: tuple[int, ...], stride: Pair, padding: Padding, dilation: Pair
) -> Geometry:
    """Give the geometry of an image (C, H, W) and a kernel (F, C, kh, kw), with the padding worked out.

    Whether the two fit, `Geometry.check` says.

    >>> laid_out((1, 1, 3), (1, 1, 1, 2), (1, 1), "same", (1, 1)).pads
    ((0, 0), (0, 1))
    """
    channels, height, width = image
    filters, depth, high, wide = kernel
    pads = pads_of(padding, (height, width), span(kernel, dilation), stride)
    return Geometry((channels, height, width), (filters, depth, high, wide), stride, pads, dilation)


def pads_of(padding: Padding, sides: Pair, span: Pair, stride: Pair) -> Pads:
    """Work out a padding around an image of (rows, columns) for a window that spans so much and moves by the stride.

    >>> pads_of("same", (4, 3), span=(3, 2), stride=(2, 1)), pads_of((1, 2), (4, 3), span=(3, 2), stride=(2, 1))
    (((0, 1), (0, 1)), ((1, 1), (2, 2)))
    """
    if padding == "same":
        rows, columns = (_same(*side) for side in zip(sides, span, stride, strict=True))
        return rows, columns
    rows, columns = ((side, side) if isinstance(side, int) else side for side in padding)
    return rows, columns


def _same(length: int, span: int, stride: int) -> Pair:
    """Give the padding before and after that makes ⌈length / stride⌉ results, an odd one after.

    This is TensorFlow's "SAME" (tf.nn, "Notes on padding"), and Keras's; at stride 1 it is PyTorch's, too.
    """
    results = -(-length // stride)
    total = max(0, (results - 1) * stride + span - length)
    return total // 2, total - total // 2


def span(kernel: tuple[int, ...], dilation: Pair) -> Pair:
    """Give the rows and columns that a kernel of this shape reaches over when it is dilated.

    >>> span((1, 1, 3, 2), dilation=(2, 1))
    (5, 2)
    """
    return dilation[0] * (kernel[-2] - 1) + 1, dilation[1] * (kernel[-1] - 1) + 1


def pooled(image: tuple[int, int, int], size: Pair, stride: Pair, padding: Padding, ceil_mode: bool) -> Geometry:
    """Give the geometry of a pooling, whose kernel (C, 1, rows, columns) looks at one channel at a time.

    With ceil_mode the padding is longer below and to the right where a last window hangs out: one that begins within
    the image or the padding before it (torch.nn.MaxPool2d, "Shape" and the note on ceil_mode). Raises ValueError if
    the window is larger than the padded image.

    >>> pooled((1, 5, 4), (2, 2), (2, 2), (0, 0), ceil_mode=True).pads
    ((0, 1), (0, 0))
    """
    sides = image[1:]
    pads = pads_of(padding, sides, size, stride)
    padded = tuple(length + sum(around) for length, around in zip(sides, pads, strict=True))
    if size[0] > padded[0] or size[1] > padded[1]:
        raise ValueError(
            f"size must fit in the padded image; got the size {size} and the padded image {(image[0], *padded)}"
        )
    if ceil_mode:
        rows, columns = (_hanging(*side) for side in zip(sides, size, stride, pads, strict=True))
        pads = rows, columns
    return Geometry(image, (image[0], 1, *size), stride, pads, (1, 1))


def check_pooling_pads(padding: Padding, size: Pair) -> None:
    """Raise ValueError if the padding of a pooling is more than half of its window at any side, as in PyTorch.

    >>> check_pooling_pads((1, 0), (2, 2))
    """
    # As much as "same" pads, it never pads more than that.
    pads = pads_of(padding, size, size, (1, 1))
    if any(2 * pad > length for around, length in zip(pads, size, strict=True) for pad in around):
        raise ValueError(
            f"padding must be at most half the size, so that no window lies on padding alone; got the padding "
            f"{padding} and the size {size}"
        )


def _hanging(length: int, size: int, stride: int, pads: Pair) -> Pair:
    """Make the padding along an axis as long as the last window of ceil_mode reaches."""
    before, after = pads
    last = -(-(length + before + after - size) // stride) * stride
    if last >= length + before:
        last -= stride
    return before, max(after, last + size - length - before)
