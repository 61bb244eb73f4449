"""A network that is being read, layer by layer: what folds into the layer before, and which order numbers are in."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import _read
from cnnmath.activations import CURVES, LEAK
from cnnmath.layers._activation import Activation
from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten
from cnnmath.layers._layer import Layer, Shape
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D
from cnnmath.values import Floats

Sides = tuple[tuple[int, int], tuple[int, int]]


class Row:
    """Layers in a row, by name. `shape` is what comes out of the last one, as far as it is known: (C, H, W) or (N,).

    Whatever the layout there, images are (C, H, W) here: a dense layer behind a flattening of channels-last images gets
    its columns in the order that they have here.
    """

    def __init__(self, shape: Shape | None = None) -> None:
        """Begin with the shape of the input, if it is known."""
        self.shape = shape
        self.layers: list[tuple[str, Layer]] = []
        self._ended = self._mixed = self._padded = ""
        self._channels = 0
        self._pads: Sides = (0, 0), (0, 0)

    def add(self, name: str, layer: Layer) -> None:
        """Put a layer at the end. Raises ValueError if nothing may follow, or padding waits for a convolution."""
        self._check_open(name)
        if self._padded:
            if not isinstance(layer, Conv2D) or layer.padding == "same":
                raise ValueError(f'{self._padded} pads, so a convolution must follow, not padded by "same"; got {name}')
            layer, self._padded = replace(layer, padding=_widened(layer, self._pads)), ""
        self.layers.append((name, layer))
        self.shape = layer.output_shape(self.shape)

    def activation(self, name: str, kind: str, slope: float = LEAK) -> None:
        """Put an activation at the end: one of those here, "linear", or the softmax of the end, which logits lack."""
        if kind in ("softmax", "log_softmax"):
            self._check_open(name)
            self._ended = name
        elif kind != "linear":
            self.add(name, activation(name, kind, slope))

    def flatten(self, name: str, channels_last: bool) -> None:
        """Put a flattening at the end; of channels-last images it orders the numbers otherwise than here."""
        if channels_last and self.shape is None:
            raise ValueError(f"{name} flattens images of unknown channels; the model must know its input's shape")
        image = self.shape if self.shape is not None and len(self.shape) == 3 else (1,)
        self.add(name, Flatten())
        if channels_last and image[0] != 1:
            self._mixed, self._channels = name, image[0] or 0

    def dense(self, name: str, weights: Floats, bias: ArrayLike) -> None:
        """Put a dense layer at the end. Raises ValueError if an image comes to it, not flattened."""
        if self.shape is not None and len(self.shape) == 3:
            raise ValueError(
                f"{name} takes images pixel by pixel, (C, H, W) = {self.shape}; expected a flattening first"
            )
        if self._mixed:
            weights = in_order(weights, self._channels)
            self._mixed = ""
        self.add(name, Dense(weights, bias))

    def pad(self, name: str, pads: Sides) -> None:
        """Pad with zeros what the next layer gets, which must be a convolution."""
        self._check_open(name)
        if self._padded:
            raise ValueError(f"{self._padded} pads, so a convolution must follow; got {name}")
        self._padded, self._pads = name, pads

    def scale(self, name: str, factor: ArrayLike, shift: ArrayLike) -> None:
        """Multiply what comes out by a number a filter or output and add another: both go into the layer before.

        Raises ValueError if that is neither a convolution nor a dense layer.
        """
        last = self.layers[-1][1] if self.layers else None
        if self._padded or not isinstance(last, Conv2D | Dense):
            raise ValueError(f"{name} must follow a convolution or a dense layer, which it can be made a part of")
        factors = np.broadcast_to(np.asarray(factor, float), last.bias.shape)
        bias = last.bias * factors + np.broadcast_to(np.asarray(shift, float), last.bias.shape)
        if isinstance(last, Conv2D):
            scaled: Layer = replace(last, kernel=last.kernel * factors[:, None, None, None], bias=bias)
        else:
            scaled = replace(last, weights=last.weights * factors[:, None], bias=bias)
        self.layers[-1] = self.layers[-1][0], scaled

    def pool_all(self, name: str, average: bool) -> None:
        """Put a pooling over the whole image at the end. Raises ValueError if its size is not known."""
        if self.shape is None or len(self.shape) != 3 or None in self.shape[1:]:
            raise ValueError(f"{name} pools the whole image, whose size must be known; got the shape {self.shape}")
        size = self.shape[1:]
        self.add(name, AveragePooling2D(size) if average else MaxPooling2D(size))  # type: ignore[arg-type]

    def done(self) -> list[tuple[str, Layer]]:
        """Give the layers. Raises ValueError if there is none, or if the last one leaves something open."""
        if self._padded:
            raise ValueError(f"{self._padded} pads, so a convolution must follow; nothing follows")
        if self._mixed:
            raise ValueError(
                f"{self._mixed} flattens channels-last images, so a dense layer must follow: on their own the numbers "
                f"would come out in another order"
            )
        if not self.layers:
            raise ValueError("the model has no layer")
        return self.layers

    def _check_open(self, name: str) -> None:
        if self._ended:
            raise ValueError(f"{self._ended} must be the last layer, since networks end in logits here; {name} follows")


def activation(name: str, kind: str, slope: float = LEAK) -> Activation:
    """Give an activation; raises ValueError if there is none of the kind, or none of its slope below zero."""
    if kind == "leaky_relu" and not np.isclose(slope, LEAK, rtol=1e-6):
        raise ValueError(f"{name} has the slope {slope:g} below zero; expected {LEAK}, the only one here")
    return Activation(_read.choice("kind", kind, tuple(CURVES)))


def in_order(weights: Floats, channels: int) -> Floats:
    """Give dense weights (M, N), whose inputs are pixels with channels last, with columns for channels first.

    >>> in_order(np.array([[1, 2, 3, 4, 5, 6]]), channels=2).tolist()
    [[1, 3, 5, 2, 4, 6]]
    """
    outputs, inputs = weights.shape
    if channels < 1 or inputs % channels:
        raise ValueError(f"{inputs} inputs of a dense layer must be pixels of {channels} channels each")
    return weights.reshape(outputs, inputs // channels, channels).transpose(0, 2, 1).reshape(outputs, inputs)


def _widened(layer: Conv2D, pads: Sides) -> Sides:
    """Give the padding of a convolution and what comes around it."""
    (top, bottom), (left, right) = (
        (side, side) if isinstance(side, int) else side for side in layer.padding if not isinstance(side, str)
    )
    (above, below), (before, after) = pads
    return (top + above, bottom + below), (left + before, right + after)
