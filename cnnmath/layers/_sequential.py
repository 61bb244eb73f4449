"""A network: layers one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from cnnmath.layers._foreign import _keras, _torch
from cnnmath.layers._layer import Layer, Shape, written


@dataclass(frozen=True, init=False, eq=False)
class Sequential:
    """A network of layers in a row, as in Keras and PyTorch. There is no softmax at its end: it gives logits.

    Raises TypeError for what is no layer, and ValueError if there is none, and for two layers that cannot follow each
    other, as far as that can be told without an image.

    >>> from cnnmath.layers import Activation, Conv2D
    >>> Sequential([Conv2D([[1, -1]]), Activation("relu")])
    Sequential(layers=(Conv2D(kernel (1, 1, 1, 2)), Activation('relu')))
    """

    layers: tuple[Layer, ...]

    def __init__(self, layers: Iterable[Layer]) -> None:
        """Read and check the layers; the class says which are taken."""
        read = tuple(layers)
        for number, layer in enumerate(read):
            if not isinstance(layer, Layer):
                raise TypeError(f"layers must be layers of cnnmath.layers; got {layer!r} for layer {number}")
        if not read:
            raise ValueError("layers must hold at least one layer; got none")
        object.__setattr__(self, "layers", read)
        self._shapes(None)

    @classmethod
    def from_torch(cls, module: Any) -> Self:
        """Read an nn.Sequential of PyTorch, as `layers.from_torch` does one module of it.

        Others in it are read as well, ZeroPad2d before a Conv2d, and batch normalisation behind a Conv2d or Linear,
        which becomes a part of that. What does nothing once a network is trained, such as dropout, is left out, and so
        is a softmax at the end: the network here gives logits.

        Raises TypeError for what is no module of PyTorch, and ValueError, which names the module, for what has no
        counterpart here.
        """
        return cls(layer for _, layer in _torch.network(module))

    @classmethod
    def from_keras(cls, model: Any) -> Self:
        """Read a Sequential or a functional model of Keras that is one chain of layers, as `layers.from_keras` does.

        Images are (C, H, W) here: a dense layer behind a Flatten gets its columns in the order that they have here. The
        activation that a layer has in it becomes an `Activation` behind it. ZeroPadding2D before a Conv2D, and
        BatchNormalization behind a Conv2D or Dense, become a part of that; global pooling becomes pooling of the size
        of its image. What does nothing once a model is trained, such as Dropout, is left out, and so is a softmax at
        the end: the network here gives logits.

        Raises TypeError for what is no model of Keras, and ValueError, which names the layer, for what has no
        counterpart here and for a model without weights.
        """
        return cls(layer for _, layer in _keras.network(model))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle through the constructor."""
        return type(self), (self.layers,)

    def __deepcopy__(self, memo: object) -> Self:
        """Give the network itself: nothing in it can change."""
        return self

    def output_shapes(self, shape: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """Give what comes out of each layer for an input of this shape, (C, H, W) or (N,).

        Raises ValueError if a layer cannot take what comes out of the one before it, and names both.

        >>> from cnnmath.layers import Conv2D, Flatten
        >>> Sequential([Conv2D([[1, -1]]), Flatten()]).output_shapes((1, 2, 3))
        ((1, 2, 2), (4,))
        """
        return self._shapes(shape)  # type: ignore[return-value]

    def count_params(self) -> int:
        """Count the numbers that a training changes.

        >>> from cnnmath.layers import Conv2D
        >>> Sequential([Conv2D([[1, -1]])]).count_params()
        3
        """
        return sum(layer.count_params() for layer in self.layers)

    def _shapes(self, shape: Shape | None) -> tuple[Shape | None, ...]:
        """Follow a shape, as far as it is known, through the layers."""
        shapes = []
        for number, layer in enumerate(self.layers):
            try:
                after = layer.output_shape(shape)
            except ValueError as error:
                before = (
                    f"layer {number - 1}, {self.layers[number - 1]!r}, which gives {written(shape or ())}"
                    if number
                    else f"an input of the shape {written(shape or ())}"
                )
                raise ValueError(f"layer {number}, {layer!r}, cannot follow {before}: {error}") from error
            shapes.append(after)
            shape = after
        return tuple(shapes)
