"""PyTorch's modules, read by their attributes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten
from cnnmath.layers._foreign._refuse import about, framework_class, need, own_way, unknown
from cnnmath.layers._foreign._row import Row, activation
from cnnmath.layers._layer import Layer
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D
from cnnmath.values import Floats


def from_torch(module: Any) -> Layer:
    """Read one module of PyTorch: its weights are copied, PyTorch itself is not imported.

    | module                               | becomes            | refused                                     |
    |--------------------------------------|--------------------|---------------------------------------------|
    | Conv2d                               | `Conv2D`           | groups, padding_mode other than "zeros"     |
    | Linear                               | `Dense`            |                                             |
    | MaxPool2d, AvgPool2d                 | `MaxPooling2D`, …  | dilation, return_indices, divisor_override  |
    | ReLU, LeakyReLU, Sigmoid, Tanh       | `Activation`       | another slope below zero than 0.01          |
    | Flatten                              | `Flatten`          | start_dim, end_dim                          |

    Raises TypeError for what is no module of PyTorch, and ValueError, which names the module, for all other modules and
    for what stands on the right. A whole network is read by `Sequential.from_torch`.
    """
    name, kind = _kind("the module", module)
    if kind == "Sequential":
        raise ValueError("an nn.Sequential is a whole network; expected one layer, or Sequential.from_torch(…)")
    if kind not in _LAYERS:
        raise unknown(name, kind, _LAYERS)
    with about(name):
        return _LAYERS[kind](name, module)


def network(module: Any) -> list[tuple[str, Layer]]:
    """Read an nn.Sequential, others in it included: the layers with their names there."""
    row = Row()
    _name, kind = _kind("the network", module)
    if kind != "Sequential":
        raise ValueError(
            f"{type(module).__name__} says only in its forward what follows what; expected an nn.Sequential, one layer "
            f"(layers.from_torch), or a file of torch.onnx.export (Sequential.from_onnx)"
        )
    _put_all(row, "", module)
    return row.done()


def _put_all(row: Row, prefix: str, module: Any) -> None:
    for child, part in module.named_children():
        name, kind = _kind(f"{prefix}{child}", part)
        if kind == "Sequential":
            _put_all(row, f"{prefix}{child}.", part)
        else:
            with about(name):
                _put(row, name, kind, part)


def _put(row: Row, name: str, kind: str, module: Any) -> None:
    if kind in _ENDS:
        need(name, "dim", -1 if module.dim in (1, None) else module.dim, -1)
        row.activation(name, _ENDS[kind])
    elif kind == "Linear":
        layer = _linear(name, module)
        row.dense(name, layer.weights, layer.bias)
    elif kind == "ZeroPad2d":
        left, right, top, bottom = module.padding
        row.pad(name, ((top, bottom), (left, right)))
    elif kind in ("BatchNorm1d", "BatchNorm2d"):
        row.scale(name, *_normalisation(name, module))
    elif kind in _LAYERS:
        row.add(name, _LAYERS[kind](name, module))
    elif kind not in _NOTHING:
        raise unknown(name, kind, {*_LAYERS, *_ENDS, *_NOTHING, "BatchNorm1d", "BatchNorm2d", "ZeroPad2d"})


def _kind(name: str, module: Any) -> tuple[str, str]:
    """Give the name of a module for messages, and its class of PyTorch. Raises TypeError for what is none."""
    cls = framework_class(module, "torch")
    if cls is None or not hasattr(module, "named_children"):
        raise TypeError(f"{name} must be a module of PyTorch; got {module!r:.80}")
    own_way("forward", name, module, cls)
    return name, cls.__name__


def array(name: str, tensor: Any) -> Floats:
    """Copy a tensor, wherever it is, to float64."""
    if type(tensor).__name__.startswith("Uninitialized"):
        raise ValueError(f"{name} has no weights yet; give it an input first")
    return np.array(tensor.detach().cpu().double().numpy(), dtype=np.float64)


def _bias(name: str, module: Any) -> Floats | float:
    return 0.0 if module.bias is None else array(name, module.bias)


def _conv(name: str, module: Any) -> Conv2D:
    need(name, "groups", module.groups, 1)
    if module.padding == "same" or any(np.ravel(0 if module.padding == "valid" else module.padding)):
        need(name, "padding_mode", module.padding_mode, "zeros")
    weights, bias = array(name, module.weight), _bias(name, module)
    return Conv2D(weights, bias, module.stride, module.padding, module.dilation)


def _linear(name: str, module: Any) -> Dense:
    return Dense(array(name, module.weight), _bias(name, module))


def _max_pool(name: str, module: Any) -> MaxPooling2D:
    if np.ravel(module.dilation).tolist() not in ([1], [1, 1]):
        need(name, "dilation", module.dilation, 1)
    need(name, "return_indices", module.return_indices, False)
    return MaxPooling2D(module.kernel_size, module.stride, module.padding, module.ceil_mode)


def _average_pool(name: str, module: Any) -> AveragePooling2D:
    need(name, "divisor_override", module.divisor_override, None)
    counted = module.count_include_pad
    return AveragePooling2D(module.kernel_size, module.stride, module.padding, counted, module.ceil_mode)


def _flatten(name: str, module: Any) -> Flatten:
    need(name, "start_dim", module.start_dim, 1)
    need(name, "end_dim", module.end_dim, -1)
    return Flatten()


def _normalisation(name: str, module: Any) -> tuple[Floats, Floats]:
    """Give what a batch normalisation multiplies by and adds once it is trained (module.eval())."""
    need(
        name, "track_running_stats", module.track_running_stats, True, "for its mean and variance are the batch's else"
    )
    mean, variance = array(name, module.running_mean), array(name, module.running_var)
    factor = 1 / np.sqrt(variance + module.eps)
    if module.affine:
        factor = factor * array(name, module.weight)
    return factor, (array(name, module.bias) if module.affine else 0.0) - mean * factor


_LAYERS: dict[str, Callable[[str, Any], Layer]] = {
    "Conv2d": _conv,
    "Linear": _linear,
    "MaxPool2d": _max_pool,
    "AvgPool2d": _average_pool,
    "Flatten": _flatten,
    "ReLU": lambda name, module: activation(name, "relu"),
    "LeakyReLU": lambda name, module: activation(name, "leaky_relu", module.negative_slope),
    "Sigmoid": lambda name, module: activation(name, "sigmoid"),
    "Tanh": lambda name, module: activation(name, "tanh"),
}
_ENDS = {"Softmax": "softmax", "LogSoftmax": "log_softmax"}
_NOTHING = {"Identity", "Dropout", "Dropout1d", "Dropout2d", "AlphaDropout", "FeatureAlphaDropout"}
"""What does nothing once a network is trained."""
