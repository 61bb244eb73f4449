"""The fifteen classics of convolution arithmetic, with the sizes of Dumoulin and Visin's guide. Each of them loops."""

from __future__ import annotations

from cnnmath import classics
from scenes._stories.classic import Classic
from scenes._stories.classic_transposed import TransposedClassic


class NoPadding(Classic):
    """A filter that stays inside the image gives an output smaller than the image."""

    convolution = classics.NO_PADDING


class ArbitraryPadding(Classic):
    """With more padding than the filter takes away, the output is larger than the image."""

    convolution = classics.ARBITRARY_PADDING


class HalfPadding(Classic):
    """Half padding, also called same padding, keeps the size of the image."""

    convolution = classics.HALF_PADDING


class FullPadding(Classic):
    """With full padding every overlap of filter and image counts, and the output grows."""

    convolution = classics.FULL_PADDING


class Strides(Classic):
    """A filter that takes larger steps stops less often, and W has fewer rows."""

    convolution = classics.STRIDES


class PaddingAndStrides(Classic):
    """With padding and stride together the filter still reaches the border, in few stops."""

    convolution = classics.PADDING_AND_STRIDES


class OddSize(Classic):
    """One pixel more may change nothing: the last row and column of the padding are never reached."""

    convolution = classics.ODD_SIZE


class Dilation(Classic):
    """A dilated filter sees more of the image with the same number of weights."""

    convolution = classics.DILATION


class TransposedNoPadding(TransposedClassic):
    """Transposed, a convolution without padding makes a small input large."""

    transposed = classics.TRANSPOSED_NO_PADDING


class TransposedArbitraryPadding(TransposedClassic):
    """Padding turns around: what would land on it is cut off, and the output shrinks."""

    transposed = classics.TRANSPOSED_ARBITRARY_PADDING


class TransposedHalfPadding(TransposedClassic):
    """The transpose of half padding keeps the size too."""

    transposed = classics.TRANSPOSED_HALF_PADDING


class TransposedFullPadding(TransposedClassic):
    """The transpose of full padding makes the output smaller than the input."""

    transposed = classics.TRANSPOSED_FULL_PADDING


class TransposedStrides(TransposedClassic):
    """A stride turns around: neighbouring inputs land two cells apart."""

    transposed = classics.TRANSPOSED_STRIDES


class TransposedPaddingAndStrides(TransposedClassic):
    """Inputs land two cells apart, and the border of what they make is cut off."""

    transposed = classics.TRANSPOSED_PADDING_AND_STRIDES


class TransposedOddSize(TransposedClassic):
    """The same input as before makes one row and column more: the size is a choice of the transpose."""

    transposed = classics.TRANSPOSED_ODD_SIZE
