"""The transposed convolution: the same taps, read from the results back to the pixels."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.convolution import Convolution
from cnnmath.values import Floats


@dataclass(frozen=True)
class Share:
    """What one result gives to one pixel through one weight, and how much the pixel had `before`."""

    result: int
    pixel: int
    weight: int
    result_value: float
    weight_value: float
    before: float | None
    """None where nothing has come to the pixel yet."""

    @property
    def product(self) -> float:
        """The weight's value times the result's.

        >>> Share(result=0, pixel=4, weight=3, result_value=2.0, weight_value=-3.0, before=None).product
        -6.0
        """
        return self.weight_value * self.result_value

    @property
    def after(self) -> float:
        """What the pixel has then.

        >>> Share(result=0, pixel=4, weight=3, result_value=2.0, weight_value=-3.0, before=10.0).after
        4.0
        """
        return (self.before or 0.0) + self.product


@dataclass(frozen=True, init=False, eq=False)
class Transposed:
    """The transpose of a convolution, applied to values on its result side: Wᵀ times `given`, shaped as the image.

    `given` is (oh, ow) or (F, oh, ow) and kept as (F, oh, ow). The convolution's image lends its shape only, and its
    bias takes no part (Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, chapter 4).
    Raises ValueError if `given` has not the shape of the convolution's output, and as the constructor of a
    Convolution does if it holds anything but finite numbers.

    >>> Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]]).output()
    array([[[ 4., 45., 50.]]])
    """

    convolution: Convolution
    given: Floats

    def __init__(self, convolution: Convolution, given: ArrayLike) -> None:
        """Read and check the arguments; the class says which are taken."""
        object.__setattr__(self, "convolution", convolution)
        values = _read.array("given", given)
        values = values[None] if values.ndim == 2 else values
        if values.shape != convolution.output_shape:
            raise ValueError(
                f"given must have the shape of the convolution's output, {convolution.output_shape}; got {values.shape}"
            )
        object.__setattr__(self, "given", _read.freeze(values))

    def output(self) -> Floats:
        """Give Wᵀ applied, (C, H, W)."""
        return self.convolution.transpose(self.given)

    def matrix(self) -> Floats:
        """Give Wᵀ, (pixels, results): the flat output is Wᵀ @ the flat given values.

        >>> Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]]).matrix()
        array([[4., 0.],
               [5., 4.],
               [0., 5.]])
        """
        return self.convolution.weight_matrix().T

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What every result gives to every pixel: a share a tap, ordered by result, then weight.

        >>> transposed = Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]])
        >>> [(share.result, share.pixel, share.before, share.after) for share in transposed.shares]
        [(0, 0, None, 4.0), (0, 1, None, 5.0), (1, 1, 5.0, 45.0), (1, 2, None, 50.0)]
        """
        weights, given = self.convolution.kernel.ravel().tolist(), self.given.ravel().tolist()
        so_far: dict[int, float] = {}
        shares = []
        for result, pixel, weight in self.convolution.taps.tolist():
            share = Share(result, pixel, weight, given[result], weights[weight], so_far.get(pixel))
            so_far[pixel] = share.after
            shares.append(share)
        return tuple(shares)

    def of_result(self, result: int) -> tuple[Share, ...]:
        """Give what one result spreads over the pixels, ordered by weight: a column of Wᵀ.

        >>> transposed = Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]])
        >>> [share.product for share in transposed.of_result(1)]
        [40.0, 50.0]
        """
        return tuple(share for share in self.shares if share.result == result)

    def of_pixel(self, pixel: int) -> tuple[Share, ...]:
        """Give what one pixel gathers from the results, in their order: a row of Wᵀ.

        >>> transposed = Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]])
        >>> [share.product for share in transposed.of_pixel(1)]
        [5.0, 40.0]
        """
        return tuple(share for share in self.shares if share.pixel == pixel)

    @property
    def fullest(self) -> int:
        """The pixel that the most results give to; of several the middle one.

        >>> Transposed(Convolution([[1, 2, 3]], kernel=[[4, 5]]), [[1, 10]]).fullest
        1
        """
        counts = np.bincount(self.convolution.taps["pixel"], minlength=self.convolution.counts.pixels)
        most = np.flatnonzero(counts == counts.max())
        return int(most[len(most) // 2])
