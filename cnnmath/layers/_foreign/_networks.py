"""Whole networks that other programs trained."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from cnnmath.layers._foreign import _keras, _onnx, _torch
from cnnmath.layers._layer import Layer


class FromElsewhere(ABC):
    """A network that can be made of what PyTorch, Keras or an ONNX file hold."""

    @abstractmethod
    def __init__(self, layers: Iterable[Layer]) -> None:
        """Take the layers of a network."""

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

    @classmethod
    def from_onnx(cls, path: str | Path) -> Self:
        """Read a network from an ONNX file, as torch.onnx.export and Keras's model.export write them.

        It must be one chain of Conv, MaxPool, AveragePool, Gemm or MatMul, activations and what flattens. Additions and
        multiplications by fixed numbers, batch normalisation and zero padding become a part of the convolution or dense
        layer next to them. Where images have channels last until they are turned around, the input here is (C, H, W)
        all the same. A softmax at the end is left out: the network here gives logits. Needs the extra `models`.

        Raises OSError if the file cannot be opened, ImportError without the extra, and ValueError if it is no ONNX
        model, or not all of it, and, naming the node, for what has no counterpart here.
        """
        return cls(layer for _, layer in _onnx.network(Path(path)))
