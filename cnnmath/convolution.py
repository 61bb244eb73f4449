"""The convolution, and every view of it as a reading of its taps."""

import math
import operator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self, TypeVar, cast, overload

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from cnnmath import _read
from cnnmath._correlate import correlate, spread, weight_sums
from cnnmath._geometry import Geometry, Pads, laid_out
from cnnmath._read import Pair
from cnnmath._taps import split_taps
from cnnmath.values import ChannelShare, Counts, Equation, Floats, Gradients, Ints, Network, Records, Term, Window

Shape = TypeVar("Shape", bound=tuple[int, ...])

_EDGE = np.dtype([("pixel", np.int64), ("result", np.int64), ("weight", np.int64)])


@dataclass(frozen=True, init=False, eq=False)
class Convolution:
    """A convolutional layer of filters over one image, before any activation.

    "Convolution" means cross-correlation here, as in every deep-learning library: the kernel is not flipped.

    | argument                  | shapes taken                              | kept as                       |
    |---------------------------|-------------------------------------------|-------------------------------|
    | image                     | (H, W) or (C, H, W)                       | (C, H, W), float64            |
    | kernel                    | (kh, kw), (C, kh, kw) or (F, C, kh, kw)   | (F, C, kh, kw), float64       |
    | bias                      | a number or (F,)                          | (F,), float64                 |
    | stride, padding, dilation | a whole number or (rows, columns)         | pair; padding may be "same"   |

    padding also takes "valid", kept as (0, 0), and "same", kept as the word so that `dataclasses.replace`
    works it out anew; `pads` has the amounts either way. As in PyTorch, "same" needs stride 1, and pads one
    more below and to the right where the filter's span is even.

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
    padding: Pair | Literal["same"]
    dilation: Pair

    def __init__(
        self,
        image: ArrayLike,
        kernel: ArrayLike,
        bias: ArrayLike = 0.0,
        stride: int | Pair = 1,
        padding: int | Pair | Literal["valid", "same"] = 0,
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

    def __deepcopy__(self, memo: object) -> Self:
        """Give the convolution itself: nothing in it can change."""
        return self

    @property
    def pads(self) -> Pads:
        """The zeros around the image, ((top, bottom), (left, right)).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding="same").pads
        ((0, 0), (0, 1))
        """
        return self._geometry.pads

    @property
    def padded_shape(self) -> tuple[int, int, int]:
        """The shape of the padded image, (C, H + top + bottom, W + left + right).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding=(1, 2)).padded_shape
        (1, 3, 7)
        """
        return self._geometry.padded

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """The shape of the result, (F, oh, ow).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).output_shape
        (1, 1, 2)
        """
        return self._geometry.output

    def output(self) -> Floats:
        """Give the layer's result before activation, (F, oh, ow).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1).output()
        array([[[15., 24.]]])
        """
        return correlate(self.image, self.kernel, self.bias, self._geometry)

    # What touches what

    @property
    def taps(self) -> Records:
        """The (result, pixel, weight) triples, a structured array ordered by result, then weight.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).taps.tolist()
        [(0, 0, 0), (0, 1, 1), (1, 1, 0), (1, 2, 1)]
        """
        return self._split_taps[0]

    @property
    def padding_taps(self) -> Records:
        """The (result, position, weight) triples on the padding, ordered as the taps are.

        A position is a flat C-order index in the padded image.

        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=(0, 1)).padding_taps.tolist()
        [(0, 0, 0), (2, 3, 1)]
        """
        return self._split_taps[1]

    @property
    def positions(self) -> int:
        """In how many places the filter fits: so many results each filter gives.

        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).positions
        2
        """
        return math.prod(self.output_shape[1:])

    @property
    def counts(self) -> Counts:
        """The key figures.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).counts
        Counts(weights=2, taps=4, entries=6, zeros=2, pixels=3, results=2)
        """
        taps, pixels, results = len(self.taps), self.image.size, self._results
        entries = pixels * results
        return Counts(self.kernel.size, taps, entries, entries - taps, pixels, results)

    # The views

    def window(self, result: int) -> Window:
        """Give the place of the filter for one result, in padded coordinates, and its taps.

        Raises IndexError if there is no such result.

        >>> window = Convolution([[1, 2, 3]], kernel=[[4, 5]]).window(1)
        >>> window.columns, window.taps["pixel"].tolist()
        (slice(1, 3, 1), [1, 2])
        """
        filter_, row, column = self.result_place(result)
        (high, wide), (row_gap, column_gap) = self._geometry.span, self.dilation
        top, left = row * self.stride[0], column * self.stride[1]
        rows, columns = slice(top, top + high, row_gap), slice(left, left + wide, column_gap)
        taps, padding_taps = (
            table[starts[result] : starts[result + 1]]
            for table, starts in zip(self._split_taps, self._starts, strict=True)
        )
        return Window(operator.index(result), filter_, rows, columns, taps, padding_taps)

    def products(self, result: int) -> Floats:
        """Give the products that make one result, in the order of its taps: (taps,). Padding gives none.

        Raises IndexError if there is no such result.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding=(0, 1)).products(0).tolist()
        [5.0]
        """
        taps = self.window(result).taps
        products: Floats = self.kernel.ravel()[taps["weight"]] * self.image.ravel()[taps["pixel"]]
        return products

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

    def equations(self) -> tuple[Equation, ...]:
        """Write every result as a sum: one Equation a result, in their order.

        >>> first, _ = Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1).equations()
        >>> [term.product for term in first.terms], first.bias, first.value
        ([4.0, 10.0], 1.0, 15.0)
        """
        weights, pixels = self.kernel.ravel().tolist(), self.image.ravel().tolist()
        terms = [Term(w, p, weights[w], pixels[p]) for _, p, w in self.taps.tolist()]
        starts, biases = self._starts[0].tolist(), self.bias.tolist()
        filters = self._filters.tolist()
        return tuple(
            Equation(
                result=result,
                filter=filters[result],
                terms=tuple(terms[starts[result] : starts[result + 1]]),
                bias=biases[filters[result]],
                value=value,
            )
            for result, value in enumerate(self.output().ravel().tolist())
        )

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

    @overload
    def weight_matrix(self, sparse: Literal[False] = False) -> Floats: ...
    @overload
    def weight_matrix(self, sparse: Literal[True]) -> csr_array: ...

    def weight_matrix(self, sparse: bool = False) -> Floats | csr_array:
        """Give the matrix W of the layer, (results, pixels): the flat output is W @ the flat image + b.

        The sparse one is a scipy.sparse.csr_array that stores every trainable entry, a weight of value 0 too;
        it takes time and memory linear in the taps.

        >>> conv = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> conv.weight_matrix()
        array([[4., 5., 0.],
               [0., 4., 5.]])
        >>> conv.weight_matrix(sparse=True).nnz
        4
        """
        values = self.kernel.ravel()[self.taps["weight"]]
        shape = self._results, self.image.size
        if sparse:
            # Within a result the taps' pixels rise with their weights, as csr wants its columns.
            return csr_array((values, self.taps["pixel"].copy(), self._starts[0].copy()), shape=shape)
        matrix = np.zeros(shape)
        matrix[self.taps["result"], self.taps["pixel"]] = values
        return matrix

    @cached_property
    def sharing(self) -> Ints:
        """Which weight stands where in the matrix, (results, pixels): −1 for an untrainable zero.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).sharing
        array([[ 0,  1, -1],
               [-1,  0,  1]])
        """
        sharing = np.full((self._results, self.image.size), -1, dtype=np.int64)
        sharing[self.taps["result"], self.taps["pixel"]] = self.taps["weight"]
        return _read.freeze(sharing)

    @cached_property
    def trainable(self) -> np.typing.NDArray[np.bool_]:
        """Where the matrix holds a weight, (results, pixels).

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).trainable
        array([[ True,  True, False],
               [False,  True,  True]])
        """
        return _read.freeze(self.sharing >= 0)

    @cached_property
    def shares_weights(self) -> bool:
        """Whether any weight stands in more than one place of the matrix.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).shares_weights
        True
        >>> Convolution([[1, 2]], kernel=[[4, 5]]).shares_weights
        False
        """
        return bool((np.bincount(self.taps["weight"], minlength=1) > 1).any())

    def network(self, dense: bool = False) -> Network:
        """Give the layer as a graph: an edge a tap, and if it is dense, one a matrix entry.

        The edges are ordered by result, then pixel; an untrainable zero's weight is −1.

        >>> conv = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> conv.network().edges.tolist()
        [(0, 0, 0), (1, 0, 1), (1, 1, 0), (2, 1, 1)]
        >>> conv.network(dense=True).edges[-3:].tolist()
        [(0, 1, -1), (1, 1, 0), (2, 1, 1)]
        """
        pixels, results = self.image.size, self._results
        edges = np.empty(pixels * results if dense else len(self.taps), _EDGE)
        if dense:
            edges["result"], edges["pixel"] = np.divmod(np.arange(pixels * results), pixels)
            edges["weight"] = self.sharing.ravel()
        else:
            for field in edges.dtype.names or ():
                edges[field] = self.taps[field]
        return Network(pixels, results, _read.freeze(edges))

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

    # Runs of flat indices

    def results_of(self, filter_: int, *row: int) -> range:
        """Give the results of one filter, or those in one row of its plane.

        Raises IndexError if there is no such filter or row.

        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).results_of(1)
        range(2, 4)
        """
        return _run(("filter", "row", "column"), (filter_, *row), self.output_shape)

    def weights_of(self, filter_: int, *inner: int) -> range:
        """Give the weights of one filter, or those of one of its channels, or of a row of that channel.

        Raises IndexError if there is no such filter, channel or row.

        >>> conv = Convolution([[[1, 2]], [[3, 4]]], kernel=[[[[5, 6]], [[7, 8]]]])
        >>> conv.weights_of(0), conv.weights_of(0, 1)
        (range(0, 4), range(2, 4))
        """
        return _run(("filter", "channel", "row", "column"), (filter_, *inner), self._geometry.kernel)

    def pixels_of(self, channel: int, *row: int) -> range:
        """Give the pixels of one channel, or those in one of its rows.

        Raises IndexError if there is no such channel or row.

        >>> conv = Convolution([[1, 2, 3], [4, 5, 6]], kernel=[[7]])
        >>> conv.pixels_of(0), conv.pixels_of(0, 1)
        (range(0, 6), range(3, 6))
        """
        return _run(("channel", "row", "column"), (channel, *row), self._geometry.image)

    @property
    def first_results(self) -> tuple[int, ...]:
        """The first result of each filter.

        >>> Convolution([[1, 2, 3]], kernel=[[[[4, 5]]], [[[6, 7]]]]).first_results
        (0, 2)
        """
        return tuple(self.results_of(filter_).start for filter_ in range(len(self.kernel)))

    # Places of flat indices

    def pixel_place(self, pixel: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) of a pixel; raises IndexError if there is none.

        >>> Convolution([[1, 2, 3], [4, 5, 6]], kernel=[[1]]).pixel_place(5)
        (0, 1, 2)
        """
        return _place("pixel", pixel, self._geometry.image)

    def weight_place(self, weight: int) -> tuple[int, int, int, int]:
        """Give the (filter, channel, row, column) of a weight; raises IndexError if there is none.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).weight_place(1)
        (0, 0, 0, 1)
        """
        return _place("weight", weight, self._geometry.kernel)

    def result_place(self, result: int) -> tuple[int, int, int]:
        """Give the (filter, row, column) of a result; raises IndexError if there is none.

        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).result_place(1)
        (0, 0, 1)
        """
        return _place("result", result, self.output_shape)

    def padded_place(self, position: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) of a position in the padded image; raises IndexError beyond it.

        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=1).padded_place(5)
        (0, 1, 1)
        """
        return _place("position", position, self.padded_shape)

    def padded_position(self, pixel: int) -> tuple[int, int, int]:
        """Give the (channel, row, column) in the padded image of a pixel; raises IndexError if there is none.

        >>> Convolution([[1, 2]], kernel=[[4, 5]], padding=1).padded_position(0)
        (0, 1, 1)
        """
        channel, row, column = self.pixel_place(pixel)
        return channel, row + self.pads[0][0], column + self.pads[1][0]

    # Inside

    @cached_property
    def _geometry(self) -> Geometry:
        return laid_out(self.image.shape, self.kernel.shape, self.stride, self.padding, self.dilation)

    @cached_property
    def _split_taps(self) -> tuple[Records, Records]:
        return split_taps(self._geometry)

    @cached_property
    def _starts(self) -> tuple[Ints, Ints]:
        """Where each result's rows begin in taps and padding taps; one more than there are results."""
        wanted = np.arange(self._results + 1)
        taps, padding_taps = (np.searchsorted(table["result"], wanted) for table in self._split_taps)
        return taps, padding_taps

    @property
    def _results(self) -> int:
        return math.prod(self.output_shape)

    @property
    def _filters(self) -> Ints:
        """The filter of each result."""
        filters, rows, columns = self.output_shape
        return np.repeat(np.arange(filters), rows * columns)

    def _like_output(self, name: str, value: ArrayLike) -> Floats:
        read = _read.array(name, value, copy=False)
        if read.shape != self.output_shape:
            raise ValueError(f"{name} must have the output's shape {self.output_shape}; got {read.shape}")
        return read


def _place(kind: str, index: int, shape: Shape) -> Shape:
    """Give the coordinates of a flat index in an array of this shape."""
    size = math.prod(shape)
    if not 0 <= operator.index(index) < size:
        raise IndexError(f"{kind} must be from 0 to {size - 1} in the shape {shape}; got {index}")
    return cast(Shape, tuple(int(part) for part in np.unravel_index(index, shape)))


def _run(names: tuple[str, ...], place: tuple[int, ...], shape: tuple[int, ...]) -> range:
    """Give the flat indices of an array of this shape that begin with a place; the names are those of its axes."""
    if len(place) > len(shape):
        raise IndexError(f"a place must be at most {', '.join(names)} in the shape {shape}; got {place}")
    start, size = 0, math.prod(shape)
    for name, index, length in zip(names, place, shape, strict=False):
        if not 0 <= operator.index(index) < length:
            raise IndexError(f"{name} must be from 0 to {length - 1} in the shape {shape}; got {index}")
        size //= length
        start += operator.index(index) * size
    return range(start, start + size)
