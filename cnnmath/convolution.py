"""The convolution: what its taps are, its result and its gradients."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath._correlate import correlate, spread, weight_sums
from cnnmath._geometry import Geometry, laid_out
from cnnmath._places import place, run
from cnnmath._read import Padding, Pads, Pair
from cnnmath._taps import split_taps, tap_count
from cnnmath.values import ChannelShare, Counts, Floats, Gradients, Records, Term
from cnnmath.windowed import WindowedLayer


@dataclass(frozen=True, init=False, eq=False)
class Convolution(WindowedLayer):
    """A convolutional layer of filters over one image, before any activation.

    "Convolution" means cross-correlation here, as in every deep-learning library: the kernel is not flipped.

    | argument                  | shapes taken                              | kept as                       |
    |---------------------------|-------------------------------------------|-------------------------------|
    | image                     | (H, W) or (C, H, W)                       | (C, H, W), float64            |
    | kernel                    | (kh, kw), (C, kh, kw) or (F, C, kh, kw)   | (F, C, kh, kw), float64       |
    | bias                      | a number or (F,)                          | (F,), float64                 |
    | stride, padding, dilation | a whole number or (rows, columns)         | pair; padding see below       |

    padding also takes ((top, bottom), (left, right)), "valid", kept as (0, 0), and "same", kept as the word so that
    `dataclasses.replace` works it out anew; `pads` has the amounts any way. "same" gives ⌈H / stride⌉ rows of
    results, and columns alike; as in PyTorch, TensorFlow and Keras it pads one more below and to the right if need be.

    Values are immutable: `dataclasses.replace` makes a variant, and two convolutions are equal only if they are
    the same object. Arrays that a convolution keeps (its fields, `taps`, `padding_taps`, `sharing`, `trainable`)
    are read-only; an array that a method makes is the caller's own. Pixels, weights and results are numbered by
    their flat C-order index in `image`, `kernel` and `output()`.

    Raises ValueError, and TypeError for what is no number, if an argument is not as the table says, if it is
    empty or not finite, if a stride or dilation is below 1 or a padding below 0, if kernel and image differ
    in channels, and if the dilated kernel is larger than the padded image.

    >>> Convolution([[1, 2, 3], [4, 5, 6]], kernel=[[1, -1]], bias=10).output()
    array([[[9., 9.],
            [9., 9.]]])
    """

    image: Floats
    kernel: Floats
    bias: Floats
    stride: Pair
    padding: Padding
    dilation: Pair

    _learned: ClassVar = ("kernel", "bias")

    def __init__(
        self,
        image: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike = 0.0,
        stride: int | Pair = 1,
        padding: int | Pair | Pads | Literal["valid", "same"] = 0,
        dilation: int | Pair = 1,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        kernel_array = _read.kernel(kernel)
        fields = {
            "image": _read.image(image),
            "kernel": kernel_array,
            "bias": _read.bias(bias, kernel_array),
            "stride": _read.pair("stride", stride, least=1),
            "padding": _read.padding(padding),
            "dilation": _read.pair("dilation", dilation, least=1),
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        self._geometry.check()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor, so that the arrays are read-only on the other side too."""
        fields = (self.image, self.kernel, self.bias, self.stride, self.padding, self.dilation)
        return type(self), fields

    @property
    def inputs(self) -> Floats:
        """The image's numbers in a row, (pixels,), read-only.

        >>> Convolution([[1, 2], [3, 4]], kernel=[[5]]).inputs.tolist()
        [1.0, 2.0, 3.0, 4.0]
        """
        return self.image.ravel()

    def output(self) -> Floats:
        """Give the layer's result before activation, (F, oh, ow).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1).output()
        array([[[15., 24.]]])
        """
        return correlate(self.image, self.kernel, self.bias, self._geometry)

    @property
    def taps(self) -> Records:
        """The (result, pixel, weight) triples, a structured array ordered by result, then weight.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).taps.tolist()
        [(0, 0, 0), (0, 1, 1), (1, 1, 0), (1, 2, 1)]
        """
        return self._touches[0]

    @property
    def counts(self) -> Counts:
        """The key figures.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).counts
        Counts(weights=2, taps=4, entries=6, zeros=2, pixels=3, results=2)
        """
        taps, pixels, results = tap_count(self._geometry), self.image.size, math.prod(self.output_shape)
        entries = pixels * results
        return Counts(self.kernel.size, taps, entries, entries - taps, pixels, results)

    def middle(self, result: int) -> int | None:
        """Give the pixel under the middle of the filter's first channel for one result.

        None where the middle falls on the padding, and for a kernel of an even size, which has no middle cell.
        Raises IndexError if there is no such result.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5, 6]]).middle(0)
        1
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).middle(0) is None
        True
        """
        filter_, *_ = self.result_place(result)
        rows, columns = self.kernel.shape[2:]
        if rows % 2 == 0 or columns % 2 == 0:
            return None
        weight = int(np.ravel_multi_index((filter_, 0, rows // 2, columns // 2), self.kernel.shape))
        taps = self.window(result).taps
        found = taps["pixel"][taps["weight"] == weight]
        return int(found[0]) if found.size else None

    def channel_shares(self, result: int) -> tuple[ChannelShare, ...]:
        """Cut the sum of one result into what each channel adds to it: one ChannelShare a channel, in their order.

        The values of all channels and the bias add up to the result. Where the filter meets only padding in a
        channel there are no terms. Raises IndexError if there is no such result.

        >>> conv = Convolution([[[1, 2]], [[3, 4]]], kernel=[[[5, 6]], [[7, 8]]], bias=1)
        >>> [share.value for share in conv.channel_shares(0)], conv.output().tolist()
        ([17.0, 53.0], [[[71.0]]])
        """
        weights, pixels = self.kernel.ravel(), self.image.ravel()
        terms: list[list[Term]] = [[] for _ in self.image]
        for _, pixel, weight in self.window(result).taps.tolist():
            channel, *_ = self.pixel_place(pixel)
            terms[channel].append(Term(weight, pixel, float(weights[weight]), float(pixels[pixel])))
        return tuple(
            ChannelShare(channel, tuple(own), float(sum(term.product for term in own)))
            for channel, own in enumerate(terms)
        )

    # The way back

    def backward(self, upstream: ArrayLike) -> Gradients:
        """Give the gradients of a loss from its gradient at the result, upstream, (F, oh, ow).

        Each is a sum over taps: a weight's of pixel value times upstream, a pixel's of weight value times
        upstream. They are the chain rule's, see Goodfellow et al., Deep Learning (2016), equations 9.11 and
        9.13. Raises as the constructor does if upstream holds anything but finite numbers, and ValueError if
        its shape is another one.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).backward([[[1, 10]]])
        Gradients(image=array([[[ 4., 45., 50.]]]), kernel=array([[[[21., 32.]]]]), bias=array([11.]))
        """
        given = self._like_output("upstream", upstream)
        kernel = weight_sums(self.image, given, self._geometry)
        return Gradients(spread(given, self.kernel, self._geometry), kernel, given.sum(axis=(1, 2)))

    def transpose(self, result: ArrayLike) -> Floats:
        """Apply the transposed matrix to a result, (F, oh, ow), without bias; give an image, (C, H, W).

        This is the transposed convolution of the same taps, and the image's gradient (Dumoulin and Visin, A
        guide to convolution arithmetic for deep learning, 2016, chapter 4). Raises as the constructor does if
        the result holds anything but finite numbers, and ValueError if its shape is another one.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).transpose([[[1, 10]]])
        array([[[ 4., 45., 50.]]])
        """
        return spread(self._like_output("result", result), self.kernel, self._geometry)

    # Places of flat indices

    def weights_of(self, filter_: int, *inner: int) -> range:
        """Give the weights of one filter, or those of one of its channels, or of a row of that channel.

        Raises IndexError if there is no such filter, channel or row.

        >>> conv = Convolution([[[1, 2]], [[3, 4]]], kernel=[[[[5, 6]], [[7, 8]]]])
        >>> conv.weights_of(0), conv.weights_of(0, 1)
        (range(0, 4), range(2, 4))
        """
        return run(("filter", "channel", "row", "column"), (filter_, *inner), self._geometry.kernel)

    def weight_place(self, weight: int) -> tuple[int, int, int, int]:
        """Give the (filter, channel, row, column) of a weight; raises IndexError if there is none.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).weight_place(1)
        (0, 0, 0, 1)
        """
        return place("weight", weight, self._geometry.kernel)

    # Inside

    @cached_property
    def _geometry(self) -> Geometry:
        return laid_out(self.image.shape, self.kernel.shape, self.stride, self.padding, self.dilation)

    @cached_property
    def _touches(self) -> tuple[Records, Records]:
        return split_taps(self._geometry)

    @property
    def _weights(self) -> Floats:
        return self.kernel.ravel()

    @property
    def _biases(self) -> Floats:
        return self.bias
