"""Keras's layers and models, read by their attributes: images with channels last, kernels (kh, kw, C, F)."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten
from cnnmath.layers._foreign._refuse import about, framework_class, need, own_way, unknown
from cnnmath.layers._foreign._row import Row, activation
from cnnmath.layers._layer import Layer, Shape
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D
from cnnmath.values import Floats

PACKAGES = "keras", "tf_keras", "tensorflow"


def from_keras(layer: Any) -> Layer:
    """Read one layer of Keras: its weights are copied, Keras itself is not imported.

    | layer                                | becomes            | refused                                     |
    |--------------------------------------|--------------------|---------------------------------------------|
    | Conv2D                               | `Conv2D`           | groups                                      |
    | Dense                                | `Dense`            |                                             |
    | MaxPooling2D, AveragePooling2D       | `MaxPooling2D`, …  |                                             |
    | ReLU, LeakyReLU, Activation          | `Activation`       | another slope below zero than 0.01, a limit |
    | Flatten                              | `Flatten`          |                                             |

    Kernels and weights are turned to (F, C, kh, kw) and (M, N). An activation that a Conv2D or Dense has in it is a
    layer of its own here: this gives the layer before it, as all pictures show it, and `Sequential.from_keras` puts the
    `Activation` behind it. A Dense behind a Flatten has its columns in Keras's order: only `Sequential.from_keras`
    knows which image was flattened, and puts them in the order that they have here.

    Raises TypeError for what is no layer of Keras, and ValueError, which names the layer, for all other layers, for
    what stands on the right, and for a layer that has no weights yet.
    """
    name, kind = _kind(layer)
    with about(name):
        return _one(name, kind, layer)


def _one(name: str, kind: str, layer: Any) -> Layer:
    if kind in _WEIGHTED:
        return _WEIGHTED[kind](name, layer)
    if kind in _POOLINGS:
        return _pooling(name, layer, kind)
    if kind == "Flatten":
        return Flatten()
    if kind in _ACTIVATIONS:
        of, slope = _ACTIVATIONS[kind](name, layer)
        return activation(name, of, slope)
    raise unknown(name, kind, {*_WEIGHTED, *_POOLINGS, *_ACTIVATIONS, "Flatten"})


def network(model: Any) -> list[tuple[str, Layer]]:
    """Read a Sequential, or a functional model that is one chain: the layers with their names there."""
    if framework_class(model, *PACKAGES) is None or not hasattr(model, "layers"):
        raise TypeError(f"the model must be a model of Keras; got {model!r:.80}")
    layers = list(_chain(model))
    first_format = next((layer.data_format for layer in layers if hasattr(layer, "data_format")), "channels_last")
    reader = _Reader(Row(_input_shape(model, first_format)), first_format)
    for layer in layers:
        with about(layer.name):
            reader.take(layer)
    return reader.row.done()


def _chain(model: Any) -> Iterator[Any]:
    """Yield the layers of a model one after the other, those of models in it too."""
    cls = framework_class(model, *PACKAGES)
    kind = cls.__name__ if cls else ""
    if kind == "Sequential":
        layers = list(model.layers)
    elif kind == "Functional":
        layers = list(_links(model))
    else:
        raise ValueError(
            f"{model.name} is a {type(model).__name__}, which says only in its call what follows what; expected a "
            f"Sequential, a functional model, or one layer (layers.from_keras)"
        )
    for layer in layers:
        if hasattr(layer, "layers"):
            yield from _chain(layer)
        elif type(layer).__name__ != "InputLayer":
            yield layer


def _links(model: Any) -> Iterator[Any]:
    """Yield the layers of a functional model from its input on; raises ValueError unless they are one chain."""
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(
            f"{model.name} has {len(model.inputs)} inputs and {len(model.outputs)} outputs; expected one of each"
        )
    at, before = model.inputs[0], "the input"
    for layer in model.layers:
        if type(layer).__name__ == "InputLayer":
            continue
        made = [
            n.output_tensors for n in layer._inbound_nodes if len(n.input_tensors) == 1 and n.input_tensors[0] is at
        ]
        if len(made) != 1:
            raise ValueError(f"{model.name} is no chain of layers: {layer.name} must take what {before} gives, alone")
        ((at,), before) = made[0], layer.name
        yield layer
    if at is not model.outputs[0]:
        raise ValueError(f"{model.name} is no chain of layers: its output must be what {before} gives")


def _input_shape(model: Any, data_format: str) -> Shape | None:
    """Give the shape of a model's input as it is here, if the model knows it."""
    shape = getattr(model, "input_shape", None)
    if not isinstance(shape, tuple):
        return None
    sides = tuple(shape[1:])
    if len(sides) == 3:
        return sides if data_format == "channels_first" else (sides[2], sides[0], sides[1])
    # A grey picture without an axis for its channel.
    return (1, *sides) if len(sides) == 2 else sides


class _Reader:
    """Takes layer after layer, and remembers what Keras's images look like there."""

    def __init__(self, row: Row, data_format: str) -> None:
        self.row = row
        self._format = data_format

    def take(self, layer: Any) -> None:
        """Put a layer into the row; raises ValueError for one that has no counterpart."""
        name, kind = _kind(layer)
        if kind in _WEIGHTED or kind in _POOLINGS or kind in _GLOBAL or kind == "ZeroPadding2D":
            self._same_format(name, layer)
        if kind in _WEIGHTED:
            self._weighted(name, layer, kind)
        elif kind in _POOLINGS:
            self.row.add(name, _pooling(name, layer, kind))
        elif kind in _GLOBAL:
            self.row.pool_all(name, average=kind == "GlobalAveragePooling2D")
            if not layer.keepdims:
                self.row.add(name, Flatten())
        elif kind in _ACTIVATIONS:
            self.row.activation(name, *_ACTIVATIONS[kind](name, layer))
        elif kind == "Flatten":
            # Keras puts channels last before it flattens.
            self.row.flatten(name, self._format == "channels_last" or layer.data_format == "channels_first")
        elif kind == "Reshape":
            self._reshape(name, layer)
        elif kind == "ZeroPadding2D":
            self.row.pad(name, layer.padding)
        elif kind == "BatchNormalization":
            if self._format == "channels_first" and len(self.row.shape or ()) == 3:
                need(name, "axis", layer.axis, 1, "that of the channels")
            elif layer.axis != len(self.row.shape or ()):
                need(name, "axis", layer.axis, -1, "that of the channels")
            self.row.scale(name, *_normalisation(name, layer))
        elif kind not in _NOTHING:
            known = {*_WEIGHTED, *_POOLINGS, *_GLOBAL, *_ACTIVATIONS, *_NOTHING}
            raise unknown(name, kind, known | {"Flatten", "Reshape", "ZeroPadding2D", "BatchNormalization"})

    def _weighted(self, name: str, layer: Any, kind: str) -> None:
        made = _WEIGHTED[kind](name, layer)
        if isinstance(made, Dense):
            self.row.dense(name, made.weights, made.bias)
        else:
            self.row.add(name, made)
        inside = layer.activation
        if inside is None:
            return
        if _is_layer(inside):
            self.take(inside)
        else:
            self.row.activation(f"{name} ({inside.__name__})", *_function(name, inside))

    def _reshape(self, name: str, layer: Any) -> None:
        """Take what only flattens, or gives a grey picture its axis."""
        target, shape = tuple(layer.target_shape), self.row.shape
        if target == (-1,) or (shape is not None and target == (math.prod(side or 0 for side in shape),)):
            self.row.flatten(name, self._format == "channels_last")
        elif shape is None or target not in ((*shape[1:], 1), shape) or shape[0] != 1:
            raise ValueError(f"{name} reshapes to {target}, which has no counterpart here; expected (-1,), as Flatten")

    def _same_format(self, name: str, layer: Any) -> None:
        given = getattr(layer, "data_format", self._format)
        need(name, "data_format", given, self._format, "as all layers before it")


def _kind(layer: Any) -> tuple[str, str]:
    """Give the name of a layer, and its class of Keras. Raises TypeError for what is no layer."""
    cls = framework_class(layer, *PACKAGES)
    if cls is None or not _is_layer(layer):
        raise TypeError(f"the layer must be one of Keras; got {layer!r:.80}")
    own_way("call", layer.name, layer, cls)
    return layer.name, cls.__name__


def _is_layer(thing: Any) -> bool:
    return hasattr(thing, "get_weights") and hasattr(thing, "name")


def array(name: str, variable: Any) -> Floats:
    """Copy a variable, wherever it is, to float64."""
    # Asked for by itself: numpy 2 warns when it asks, as Keras's does not take the argument `copy`.
    return np.array(variable.__array__(), dtype=np.float64)


def _check_weights(name: str, layer: Any) -> None:
    if not layer.built:
        raise ValueError(f"{name} has no weights yet; build the model, or give it an input first")
    need(name, "quantization_mode", getattr(layer, "quantization_mode", None), None)


def _bias(name: str, layer: Any) -> Floats | float:
    return 0.0 if layer.bias is None else array(name, layer.bias)


def _conv(name: str, layer: Any) -> Layer:
    _check_weights(name, layer)
    need(name, "groups", layer.groups, 1)
    kernel = array(name, layer.kernel).transpose(3, 2, 0, 1)
    return Conv2D(kernel, _bias(name, layer), layer.strides, layer.padding, layer.dilation_rate)


def _dense(name: str, layer: Any) -> Layer:
    _check_weights(name, layer)
    return Dense(array(name, layer.kernel).T, _bias(name, layer))


def _pooling(name: str, layer: Any, kind: str) -> Layer:
    if kind == "MaxPooling2D":
        return MaxPooling2D(layer.pool_size, layer.strides, layer.padding)
    return AveragePooling2D(layer.pool_size, layer.strides, layer.padding, count_include_pad=False)


def _relu(name: str, layer: Any) -> tuple[str, float]:
    need(name, "max_value", layer.max_value, None)
    need(name, "threshold", float(layer.threshold), 0.0)
    slope = float(layer.negative_slope)
    return ("leaky_relu", slope) if slope else ("relu", 0.0)


def _leaky(name: str, layer: Any) -> tuple[str, float]:
    return "leaky_relu", float(layer.negative_slope if hasattr(layer, "negative_slope") else layer.alpha)


def _softmax(name: str, layer: Any) -> tuple[str, float]:
    need(name, "axis", layer.axis, -1)
    return "softmax", 0.0


def _activation(name: str, layer: Any) -> tuple[str, float]:
    inside = layer.activation
    if _is_layer(inside):
        _name, kind = _kind(inside)
        if kind in _ACTIVATIONS:
            return _ACTIVATIONS[kind](name, inside)
    return _function(name, inside)


def _function(name: str, function: Any) -> tuple[str, float]:
    """Give the kind and the slope of a function of keras.activations."""
    kind, package = getattr(function, "__name__", repr(function)), getattr(function, "__module__", "")
    if package.partition(".")[0] not in PACKAGES or kind not in _FUNCTIONS:
        raise ValueError(f"{name} has the activation {kind}; expected any of {', '.join(_FUNCTIONS)}")
    # The function keras.activations.leaky_relu has this slope unless it is given another one.
    return kind, 0.2


def _normalisation(name: str, layer: Any) -> tuple[Floats, Floats]:
    """Give what a batch normalisation multiplies by and adds once it is trained."""
    _check_weights(name, layer)
    mean, variance = array(name, layer.moving_mean), array(name, layer.moving_variance)
    factor = 1 / np.sqrt(variance + layer.epsilon)
    if layer.scale:
        factor = factor * array(name, layer.gamma)
    return factor, (array(name, layer.beta) if layer.center else 0.0) - mean * factor


_WEIGHTED: dict[str, Callable[[str, Any], Layer]] = {"Conv2D": _conv, "Dense": _dense}
_POOLINGS = {"MaxPooling2D", "AveragePooling2D"}
_GLOBAL = {"GlobalMaxPooling2D", "GlobalAveragePooling2D"}
_ACTIVATIONS: dict[str, Callable[[str, Any], tuple[str, float]]] = {
    "ReLU": _relu,
    "LeakyReLU": _leaky,
    "Softmax": _softmax,
    "Activation": _activation,
}
_FUNCTIONS = ("linear", "relu", "leaky_relu", "sigmoid", "tanh", "softmax", "log_softmax")
_NOTHING = {"Identity", "Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise", "ActivityRegularization"}
"""What does nothing once a model is trained."""
