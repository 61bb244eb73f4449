"""The convolution that waits for its image."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath._correlate import correlate, spread, weight_sums
from cnnmath._geometry import Geometry, laid_out
from cnnmath._read import Padding, Pads, Pair
from cnnmath.convolution import Convolution
from cnnmath.layers._initial import Seed, he_uniform
from cnnmath.layers._layer import Layer, Shape, image_shape, windows_shape, written
from cnnmath.values import Floats, Gradients


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Conv2D(Layer):
    """A convolutional layer that waits for its image: what it takes is that of `Convolution`, without the image.

    kernel is (kh, kw), (C, kh, kw) or (F, C, kh, kw), kept as (F, C, kh, kw); bias a number or (F,), kept as (F,).
    Called with an image, (H, W) or (C, H, W), it gives the `Convolution`. Raises as that one does.

    >>> Conv2D([[4, 5]], bias=1)([[1, 2, 3]]).output()
    array([[[15., 24.]]])
    """

    kernel: Floats
    bias: Floats
    stride: Pair
    padding: Padding
    dilation: Pair

    learned: ClassVar[tuple[str, ...]] = ("kernel", "bias")

    def __init__(
        self,
        kernel: ArrayLike,
        bias: ArrayLike = 0.0,
        stride: int | Pair = 1,
        padding: int | Pair | Pads | Literal["valid", "same"] = 0,
        dilation: int | Pair = 1,
    ) -> None:
        """Read and check the arguments; the class says which are taken."""
        weights = _read.kernel(kernel)
        self._keep(
            kernel=weights,
            bias=_read.bias(bias, weights),
            stride=_read.pair("stride", stride, least=1),
            padding=_read.padding(padding),
            dilation=_read.pair("dilation", dilation, least=1),
        )

    @classmethod
    def create(
        cls,
        filters: int,
        channels: int,
        size: int | Pair,
        seed: Seed,
        stride: int | Pair = 1,
        padding: int | Pair | Literal["valid", "same"] = 0,
        dilation: int | Pair = 1,
    ) -> Self:
        """Give a layer that has learned nothing yet: so many filters of this size over so many channels.

        Weights are drawn as in Keras's HeUniform, biases are 0. The seed may be a generator, which the layers of one
        network share. Raises TypeError for what is no number, and ValueError for a number that is too small.

        >>> Conv2D.create(4, channels=1, size=3, seed=0)
        Conv2D(kernel (4, 1, 3, 3))
        """
        depth = _read.whole("channels", channels, least=1)
        shape = _read.whole("filters", filters, least=1), depth, *_read.pair("size", size, least=1)
        return cls(he_uniform(shape, math.prod(shape[1:]), seed), 0.0, stride, padding, dilation)

    def __call__(self, image: ArrayLike) -> Convolution:
        """Give the convolution over an image, (H, W) or (C, H, W)."""
        return Convolution(image, self.kernel, self.bias, self.stride, self.padding, self.dilation)

    def select(self, filters: Sequence[int] | None = None, channels: Sequence[int] | None = None) -> Self:
        """Give the layer with only some of its filters and channels, in this order; None keeps all.

        Of fewer channels each filter's sum is only a part of what it was. Raises IndexError if there is no such filter
        or channel, TypeError for what is no whole number, and ValueError if one is asked for twice, or none.

        >>> layer = Conv2D([[[[1]], [[2]]], [[[3]], [[4]]]], bias=[5, 6])
        >>> chosen = layer.select(filters=[1], channels=[0])
        >>> chosen.kernel.tolist(), chosen.bias.tolist()
        ([[[[3.0]]]], [6.0])
        """
        of_filters = _read.chosen("filters", filters, self.kernel.shape[0])
        of_channels = _read.chosen("channels", channels, self.kernel.shape[1])
        return replace(self, kernel=self.kernel[np.ix_(of_filters, of_channels)], bias=self.bias[of_filters])

    def __repr__(self) -> str:
        """Name the layer with the shape of its kernel."""
        return f"Conv2D(kernel {self.kernel.shape})"

    def output_shape(self, shape: Shape | None) -> Shape:
        """Give (F, oh, ow) for an image (C, H, W). Raises ValueError if the layer takes no such image.

        >>> Conv2D([[4, 5]]).output_shape((1, 1, 3)), Conv2D([[4, 5]]).output_shape(None)
        ((1, 1, 2), (1, None, None))
        """
        image = image_shape(shape)
        channels = self.kernel.shape[1]
        if image[0] not in (None, channels):
            raise ValueError(f"its kernel takes {channels} channels; got {image[0]}, in the shape {written(image)}")
        return windows_shape((channels, *image[1:]), self._geometry)

    def _outputs(self, values: Floats) -> Floats:
        """Give what comes out for a batch (C, H, W, N): (F, oh, ow, N)."""
        return correlate(values, self.kernel, self.bias, self._geometry(values.shape[:3]))

    def _input_gradient(self, values: Floats, outputs: Floats, upstream: Floats) -> Floats:
        """Give a loss's gradient at a batch (C, H, W, N) from that at its outputs, (F, oh, ow, N)."""
        return spread(upstream, self.kernel, self._geometry(values.shape[:3]))

    def _parameter_gradients(self, values: Floats, upstream: Floats) -> dict[str, Floats]:
        """Give a loss's gradient at the kernel and at the bias, summed over a batch (C, H, W, N)."""
        kernel = weight_sums(values, upstream, self._geometry(values.shape[:3]))
        return {"kernel": kernel, "bias": upstream.sum(axis=(1, 2, 3))}

    def _gradients(self, at_input: Floats, at_parameters: Mapping[str, Floats]) -> Gradients:
        """Put gradients together as `Convolution.backward` does."""
        return Gradients(at_input, **at_parameters)

    def _geometry(self, image: tuple[int, ...]) -> Geometry:
        geometry = laid_out(image, self.kernel.shape, self.stride, self.padding, self.dilation)
        geometry.check()
        return geometry
