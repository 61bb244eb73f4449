"""What every linear layer can be read as: the readings of a list of taps, whichever layer made it."""

import math
from abc import ABC, abstractmethod
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, Literal, Self, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from cnnmath import _read
from cnnmath._taps import starts
from cnnmath.values import Counts, Equation, Floats, Ints, Network, Records, Term, Window

_EDGE = np.dtype([("pixel", np.int64), ("result", np.int64), ("weight", np.int64)])


class LinearLayer(ABC):
    """A layer whose results are sums of weight times input, given as (result, pixel, weight) index triples, its taps.

    Every picture of such a layer is a reading of that list, and stands here. A layer itself says what its taps are.
    Its input's numbers are called pixels, whatever they are. Pixels, weights and results are numbered by their flat
    C-order index.
    """

    _learned: ClassVar[tuple[str, ...]]
    """The fields that a training step changes; each has a gradient of the same name."""

    # What a layer says of itself

    @property
    @abstractmethod
    def taps(self) -> Records:
        """The (result, pixel, weight) triples, a structured array ordered by result, then weight, then pixel."""

    @property
    @abstractmethod
    def input_shape(self) -> tuple[int, ...]:
        """The shape of the input."""

    @property
    @abstractmethod
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the result."""

    @property
    @abstractmethod
    def inputs(self) -> Floats:
        """The values of the pixels, in a row: (pixels,), read-only."""

    @property
    @abstractmethod
    def counts(self) -> Counts:
        """The key figures, worked out without the taps."""

    @abstractmethod
    def output(self) -> Floats:
        """Give the layer's result before any activation."""

    @abstractmethod
    def window(self, result: int) -> Window:
        """Give what one result looks at."""

    @abstractmethod
    def backward(self, upstream: ArrayLike) -> Any:
        """Give the gradients of a loss from its gradient at the result, each named as the field it belongs to."""

    @property
    @abstractmethod
    def _weights(self) -> Floats:
        """The values of the weights that the taps name, in a row."""

    @property
    @abstractmethod
    def _biases(self) -> Floats:
        """The values of the biases, in a row."""

    @property
    @abstractmethod
    def _filters(self) -> Ints:
        """The bias of each result, as its index."""

    # The views

    @property
    def biases(self) -> Floats:
        """The bias of every result, in a row: (results,), the b in W @ x + b.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=6).biases.tolist()
        [6.0, 6.0]
        """
        return self._biases[self._filters]

    def products(self, result: int) -> Floats:
        """Give the products that make one result, in the order of its taps: (taps,). Padding gives none.

        Raises IndexError if there is no such result.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]], padding=(0, 1)).products(0).tolist()
        [5.0]
        """
        index = self.window(result).result
        taps = self.taps[self._starts[index] : self._starts[index + 1]]
        products: Floats = self._weights[taps["weight"]] * self.inputs[taps["pixel"]]
        return products

    def pixels_seen(self, result: int) -> Ints:
        """Give the pixels that one result looks at, in their order: those in its window, padding left out.

        Raises IndexError if there is no such result.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).pixels_seen(1).tolist()
        [1, 2]
        """
        return np.sort(self.window(result).taps["pixel"])

    def equations(self) -> tuple[Equation, ...]:
        """Write every result as a sum: one Equation a result, in their order.

        >>> from cnnmath import Convolution
        >>> first, _ = Convolution([[1, 2, 3]], kernel=[[4, 5]], bias=1).equations()
        >>> [term.product for term in first.terms], first.bias, first.value
        ([4.0, 10.0], 1.0, 15.0)
        """
        return self._equations

    @cached_property
    def _equations(self) -> tuple[Equation, ...]:
        """All equations: those of a large image take a tenth of a second, and a scene asks for them at every stop."""
        weights, pixels = self._weights.tolist(), self.inputs.tolist()
        terms = [Term(w, p, weights[w], pixels[p]) for _, p, w in self.taps.tolist()]
        starts, biases, filters = self._starts.tolist(), self._biases.tolist(), self._filters.tolist()
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

    @overload
    def weight_matrix(self, sparse: Literal[False] = False) -> Floats: ...
    @overload
    def weight_matrix(self, sparse: Literal[True]) -> csr_array: ...

    def weight_matrix(self, sparse: bool = False) -> Floats | csr_array:
        """Give the matrix W of the layer, (results, pixels): the flat output is W @ the flat input + b.

        The sparse one is a scipy.sparse.csr_array that stores an entry for every tap, a weight of value 0 too;
        it takes time and memory linear in the taps.

        >>> from cnnmath import Convolution
        >>> conv = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> conv.weight_matrix()
        array([[4., 5., 0.],
               [0., 4., 5.]])
        >>> conv.weight_matrix(sparse=True).nnz
        4
        """
        values = self._weights[self.taps["weight"]]
        if sparse:
            # Within a result the taps' pixels rise, as csr wants its columns.
            return csr_array((values, self.taps["pixel"].copy(), self._starts.copy()), shape=self._matrix_shape)
        matrix = np.zeros(self._matrix_shape)
        matrix[self.taps["result"], self.taps["pixel"]] = values
        return matrix

    @cached_property
    def sharing(self) -> Ints:
        """Which weight stands where in the matrix, (results, pixels): −1 for an untrainable zero.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).sharing
        array([[ 0,  1, -1],
               [-1,  0,  1]])
        """
        sharing = np.full(self._matrix_shape, -1, dtype=np.int64)
        sharing[self.taps["result"], self.taps["pixel"]] = self.taps["weight"]
        return _read.freeze(sharing)

    @cached_property
    def trainable(self) -> NDArray[np.bool_]:
        """Where the matrix holds a weight that can be learned, (results, pixels).

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).trainable
        array([[ True,  True, False],
               [False,  True,  True]])
        """
        return _read.freeze((self.sharing >= 0) & bool(self._learned))

    @cached_property
    def shares_weights(self) -> bool:
        """Whether any weight stands in more than one place of the matrix.

        >>> from cnnmath import Convolution
        >>> Convolution([[1, 2, 3]], kernel=[[4, 5]]).shares_weights
        True
        >>> Convolution([[1, 2]], kernel=[[4, 5]]).shares_weights
        False
        """
        return bool((np.bincount(self.taps["weight"], minlength=1) > 1).any())

    def network(self, dense: bool = False) -> Network:
        """Give the layer as a graph: an edge a tap, and if it is dense, one a matrix entry.

        The edges are ordered by result, then pixel; an untrainable zero's weight is −1.

        >>> from cnnmath import Convolution
        >>> conv = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> conv.network().edges.tolist()
        [(0, 0, 0), (1, 0, 1), (1, 1, 0), (2, 1, 1)]
        >>> conv.network(dense=True).edges[-3:].tolist()
        [(0, 1, -1), (1, 1, 0), (2, 1, 1)]
        """
        results, pixels = self._matrix_shape
        edges = np.empty(pixels * results if dense else len(self.taps), _EDGE)
        if dense:
            edges["result"], edges["pixel"] = np.divmod(np.arange(pixels * results), pixels)
            edges["weight"] = self.sharing.ravel()
        else:
            for field in edges.dtype.names or ():
                edges[field] = self.taps[field]
        return Network(pixels, results, _read.freeze(edges))

    # Learning

    def entry_gradients(self, upstream: ArrayLike) -> Floats:
        """Give the gradient that each entry of the matrix would have if it were a weight of its own, (results, pixels).

        An entry's is the pixel's value times the upstream gradient of the result: what it wishes for, if a step goes
        against it. An untrainable zero has one too, which goes unheard; those in the places of one weight are added
        up to the gradient of that weight. The layer's `sharing` says which is which. Raises as `backward` does.

        >>> from cnnmath import Convolution
        >>> conv = Convolution([[1, 2, 3]], kernel=[[4, 5]])
        >>> wishes = conv.entry_gradients([[[1, 10]]])
        >>> wishes
        array([[ 1.,  2.,  3.],
               [10., 20., 30.]])
        >>> [float(wishes[conv.sharing == weight].sum()) for weight in (0, 1)]
        [21.0, 32.0]
        """
        return np.outer(self._like_output("upstream", upstream), self.inputs)

    def step(self, upstream: ArrayLike, rate: float) -> Self:
        """Give the layer after one step of gradient descent: each number that it learns less rate times its gradient.

        `upstream` is the gradient of the loss at the result. Plain gradient descent, as in Goodfellow et al., Deep
        Learning (2016), equation 4.5. A layer that learns nothing stays as it is. Raises as `backward` does, and
        ValueError or TypeError if the rate is no finite number.

        >>> from cnnmath import Convolution
        >>> stepped = Convolution([[1, 2, 3]], kernel=[[4, 5]]).step([[[1, 10]]], rate=0.5)
        >>> stepped.kernel.tolist(), stepped.bias.tolist()
        ([[[[-6.5, -11.0]]]], [-5.5])
        """
        factor = _read.number("rate", rate)
        gradients = self.backward(upstream)
        changed = {name: getattr(self, name) - factor * getattr(gradients, name) for name in self._learned}
        return replace(self, **changed)  # type: ignore[type-var]

    # Inside

    def __deepcopy__(self, memo: object) -> Self:
        """Give the layer itself: nothing in it can change."""
        return self

    @cached_property
    def _starts(self) -> Ints:
        """Where each result's rows begin in taps; one more than there are results."""
        return starts(self.taps, self._matrix_shape[0])

    @property
    def _matrix_shape(self) -> tuple[int, int]:
        return math.prod(self.output_shape), self.inputs.size

    def _like_output(self, name: str, value: ArrayLike) -> Floats:
        return _read.shaped(name, value, self.output_shape, whose="the output's")
