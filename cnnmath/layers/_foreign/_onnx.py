"""Networks in ONNX files: images (N, C, H, W), or with channels last where an exporter turns them around."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten
from cnnmath.layers._foreign._onnx_graph import Graph
from cnnmath.layers._foreign._refuse import about, need, unknown
from cnnmath.layers._foreign._row import Row
from cnnmath.layers._layer import Layer, Shape
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D
from cnnmath.values import Floats

Padding = Any
TO_CHANNELS_FIRST, TO_CHANNELS_LAST = [0, 3, 1, 2], [0, 2, 3, 1]


def network(path: Path) -> list[tuple[str, Layer]]:
    """Read a network that is one chain of layers: the layers with their names there."""
    graph = Graph(path)
    nodes = list(graph.chain())
    reader = _Reader(graph, _begins_last(graph, nodes))
    for node in nodes:
        reader.take(node)
    return reader.row.done()


def _begins_last(graph: Graph, nodes: list[Any]) -> bool:
    """Tell whether images come with channels last: they are turned first, and one channel needs only a reshaping."""
    kind, dims = nodes[0].op_type if nodes else "", graph.dims(graph.inputs[0].name) or ()
    return kind == "Transpose" or (kind == "Reshape" and len(dims) == 4 and dims[3] == 1)


def weighted(path: Path) -> dict[str, Callable[[], Layer]]:
    """Give the convolutions and dense layers of a file by name, each to be read when it is wanted, chain or not."""
    graph = Graph(path)
    found: dict[str, Callable[[], Layer]] = {}
    for node in graph.nodes:
        if node.op_type in _WEIGHTED:
            found.setdefault(graph.name(node), lambda node=node: _one(graph, node))  # type: ignore[misc]
    return found


def _one(graph: Graph, node: Any) -> Layer:
    name = graph.name(node)
    with about(name):
        layer: Layer = _WEIGHTED[node.op_type](graph, name, node)
    return layer


class _Reader:
    """Takes node after node, and remembers whether channels stand last where it is."""

    def __init__(self, graph: Graph, channels_last: bool) -> None:
        self.graph = graph
        self._last = channels_last
        self.row = Row(self._input_shape())

    def take(self, node: Any) -> None:
        """Put a node into the row; raises ValueError for one that has no counterpart."""
        name, kind = self.graph.name(node), node.op_type if node.domain in ("", "ai.onnx") else node.domain
        with about(name):
            if kind in ("Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze"):
                self._reorder(name, node)
            elif kind in ("Add", "Sub", "Mul", "Div"):
                self.row.scale(name, *self._affine(name, node))
            elif kind in _WEIGHTED and kind != "Conv":
                dense = _WEIGHTED[kind](self.graph, name, node)
                self.row.dense(name, dense.weights, dense.bias)
            elif kind in _ACTIVATIONS:
                self.row.activation(name, *_ACTIVATIONS[kind](self.graph.attributes(node), self.graph.opset))
            elif kind in _IMAGES:
                # ONNX's own layers know no channels last.
                need(name, "channels last", self._last and self._is_image, False)
                self._on_image(name, kind, node)
            elif kind == "ReduceMean":
                self._mean(name, node)
            elif kind not in _NOTHING:
                raise unknown(name, kind, {*_WEIGHTED, *_ACTIVATIONS, *_IMAGES, *_NOTHING, *_MOVES})

    @property
    def _is_image(self) -> bool:
        return self.row.shape is None or len(self.row.shape) == 3

    def _on_image(self, name: str, kind: str, node: Any) -> None:
        if kind == "Conv":
            self.row.add(name, _conv(self.graph, name, node))
        elif kind in ("MaxPool", "AveragePool"):
            self.row.add(name, _pool(self.graph, name, node))
        elif kind in ("GlobalAveragePool", "GlobalMaxPool"):
            self.row.pool_all(name, average=kind == "GlobalAveragePool")
        elif kind == "Pad":
            self.row.pad(name, _pads(self.graph, name, node))
        else:
            factor, shift, mean, variance = (_weights(self.graph, name, node, number) for number in range(1, 5))
            factor = factor / np.sqrt(variance + self.graph.attributes(node).get("epsilon", 1e-5))
            self.row.scale(name, factor, shift - mean * factor)

    def _reorder(self, name: str, node: Any) -> None:
        """Take what moves axes, flattens, or adds and drops axes of length 1."""
        if node.op_type == "Transpose":
            order = list(self.graph.attributes(node).get("perm", ()))
            if order != (TO_CHANNELS_FIRST if self._last else TO_CHANNELS_LAST):
                raise ValueError(f"{name} has perm={order}, which only turns channels first or last where it fits")
            self._last = not self._last
            return
        made, shape = self._made(node), self.row.shape
        if made is None:
            raise ValueError(f"{name} gives a shape that cannot be told; expected (N, C, H, W) or (N, numbers)")
        if len(made) == 2:
            if self._is_image:
                self.row.flatten(name, self._last)
        elif shape is not None and made[1:] in (shape, (*shape[1:], shape[0])):
            self._last = made[1:] != shape
        else:
            raise ValueError(f"{name} gives the shape {made}, which has no counterpart here; expected a flattening")

    def _made(self, node: Any) -> tuple[int | None, ...] | None:
        """Give the shape of what a node gives: inferred, or from what it says by itself."""
        made = self.graph.dims(node.output[0])
        if made is not None:
            return made
        if node.op_type == "Flatten" and self.graph.attributes(node).get("axis", 1) == 1:
            return 1, None
        target = self.graph.known(node, 1) if node.op_type == "Reshape" else None
        return (1, None) if target is not None and len(target) == 2 else None

    def _affine(self, name: str, node: Any) -> tuple[Floats, Floats]:
        """Give what a node multiplies by and adds, one number, or one a filter or output."""
        number = 0 if self.graph.known(node, 0) is not None and node.op_type in ("Add", "Mul") else 1
        given = self.graph.known(node, number)
        if given is None:
            raise ValueError(f"{name} must have one input that does not depend on the image")
        by = np.asarray(given, float)
        if by.size > 1:
            axis = -3 if self._is_image and not self._last else -1
            if by.ndim < -axis or by.size != by.shape[axis]:
                raise ValueError(f"{name} has numbers of the shape {by.shape}; expected one a filter or output")
            by = by.ravel()
        one, zero = np.ones(1), np.zeros(1)
        return {"Add": (one, by), "Sub": (one, -by), "Mul": (by, zero), "Div": (1 / by, zero)}[node.op_type]

    def _mean(self, name: str, node: Any) -> None:
        """Take the mean over all rows and columns, which exporters write for global average pooling."""
        attributes = self.graph.attributes(node)
        given = self.graph.known(node, 1)
        axes = sorted(axis % 4 for axis in (attributes.get("axes", ()) if given is None else given.tolist()))
        need(name, "axes", axes, [1, 2] if self._last else [2, 3])
        self.row.pool_all(name, average=True)
        if not attributes.get("keepdims", 1):
            self.row.add(name, Flatten())

    def _input_shape(self) -> Shape | None:
        dims = self.graph.dims(self.graph.inputs[0].name)
        if dims is None:
            return None
        sides = dims[1:]
        if len(sides) == 3:
            return (sides[2], sides[0], sides[1]) if self._last else sides
        # A grey picture without an axis for its channel.
        return (1, *sides) if len(sides) == 2 else sides


def _weights(graph: Graph, name: str, node: Any, number: int) -> Floats:
    value = graph.known(node, number)
    if value is None:
        raise ValueError(f"{name} has weights that are computed from the image; expected fixed ones")
    return np.array(value, dtype=np.float64)


def _bias(graph: Graph, name: str, node: Any) -> Floats | float:
    return _weights(graph, name, node, 2) if len(node.input) > 2 and node.input[2] else 0.0


def _padding(name: str, attributes: dict[str, Any], stride: list[int], span: list[int]) -> Padding:
    """Give the padding of a convolution or a pooling; the pads of ONNX are [top, left, bottom, right]."""
    auto = attributes.get("auto_pad", "NOTSET")
    if auto == "SAME_UPPER":
        return "same"
    if auto == "SAME_LOWER":
        need(name, "strides", stride, [1, 1], 'for auto_pad="SAME_LOWER" would depend on the image')
        (high, wide) = span
        return (high // 2, (high - 1) // 2), (wide // 2, (wide - 1) // 2)
    top, left, bottom, right = attributes.get("pads", (0, 0, 0, 0)) if auto == "NOTSET" else (0, 0, 0, 0)
    return (top, bottom), (left, right)


def _conv(graph: Graph, name: str, node: Any) -> Conv2D:
    attributes, kernel = graph.attributes(node), _weights(graph, name, node, 1)
    if kernel.ndim != 4:
        raise ValueError(f"{name} has a kernel of the shape {kernel.shape}; expected (F, C, kh, kw)")
    need(name, "group", attributes.get("group", 1), 1)
    stride, dilation = (list(attributes.get(key, (1, 1))) for key in ("strides", "dilations"))
    span = [gap * (length - 1) + 1 for gap, length in zip(dilation, kernel.shape[2:], strict=True)]
    padding = _padding(name, attributes, stride, span)
    return Conv2D(kernel, _bias(graph, name, node), (stride[0], stride[1]), padding, (dilation[0], dilation[1]))


def _pool(graph: Graph, name: str, node: Any) -> Layer:
    attributes = graph.attributes(node)
    size, stride = list(attributes["kernel_shape"]), list(attributes.get("strides", (1, 1)))
    need(name, "dilations", list(attributes.get("dilations", (1, 1))), [1, 1])
    need(name, "storage_order", attributes.get("storage_order", 0), 0)
    taken = {given for other in graph.nodes for given in other.input} | set(graph.outputs)
    need(name, "Indices", len(node.output) > 1 and node.output[1] in taken, False)
    sides = (size[0], size[1]), (stride[0], stride[1])
    padding, ceil = _padding(name, attributes, stride, size), bool(attributes.get("ceil_mode", 0))
    if node.op_type == "MaxPool":
        return MaxPooling2D(*sides, padding, ceil_mode=ceil)
    return AveragePooling2D(*sides, padding, bool(attributes.get("count_include_pad", 0)), ceil_mode=ceil)


def _pads(graph: Graph, name: str, node: Any) -> Any:
    attributes = graph.attributes(node)
    need(name, "mode", attributes.get("mode", "constant"), "constant")
    value = graph.known(node, 2)
    need(name, "value", float(attributes.get("value", 0) if value is None else value), 0.0)
    given = graph.known(node, 1)
    pads = list(attributes["pads"]) if given is None else given.tolist()
    need(name, "axes", len(node.input) > 3, False)
    need(name, "pads of batch and channels", [*pads[:2], *pads[4:6]], [0] * 4)
    return (pads[2], pads[6]), (pads[3], pads[7])


def _gemm(graph: Graph, name: str, node: Any) -> Dense:
    attributes, weights = graph.attributes(node), _weights(graph, name, node, 1)
    need(name, "transA", attributes.get("transA", 0), 0)
    weights = attributes.get("alpha", 1.0) * (weights if attributes.get("transB", 0) else weights.T)
    bias = attributes.get("beta", 1.0) * np.ravel(_bias(graph, name, node))
    return Dense(weights, bias if bias.size > 1 else float(bias[0]))


def _matmul(graph: Graph, name: str, node: Any) -> Dense:
    weights = _weights(graph, name, node, 1)
    if weights.ndim != 2:
        raise ValueError(f"{name} has weights of the shape {weights.shape}; expected (inputs, outputs)")
    return Dense(weights.T)


def _softmax(attributes: dict[str, Any], opset: int) -> tuple[str, float]:
    axis = attributes.get("axis", -1 if opset >= 13 else 1)
    need("a softmax", "axis", axis if axis != 1 else -1, -1)
    return "softmax", 0.0


_WEIGHTED: dict[str, Callable[[Graph, str, Any], Any]] = {"Conv": _conv, "Gemm": _gemm, "MatMul": _matmul}
_ACTIVATIONS: dict[str, Callable[[dict[str, Any], int], tuple[str, float]]] = {
    "Relu": lambda attributes, opset: ("relu", 0.0),
    "LeakyRelu": lambda attributes, opset: ("leaky_relu", attributes.get("alpha", 0.01)),
    "Sigmoid": lambda attributes, opset: ("sigmoid", 0.0),
    "Tanh": lambda attributes, opset: ("tanh", 0.0),
    "Softmax": _softmax,
    "LogSoftmax": _softmax,
}
_IMAGES = ("Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Pad", "BatchNormalization")
_MOVES = ("Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Add", "Sub", "Mul", "Div", "ReduceMean")
_NOTHING = ("Identity", "Dropout", "Cast")
"""What does nothing once a network is trained."""
