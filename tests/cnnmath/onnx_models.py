"""ONNX files for the tests, written node by node, and what ONNX's own evaluator makes of an image."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs the extra `models`: make models")


def node(kind: str, *inputs: Any, out: str = "", **attributes: Any) -> tuple[str, tuple[Any, ...], str, dict[str, Any]]:
    """Describe a node; an array among its inputs is stored in the file, "@" is what the node before gives."""
    return kind, inputs, out, attributes


def write(
    path: Path, nodes: list[Any], shape: tuple[Any, ...] = ("N", 2, 7, 8), opset: int = 17, dtype: Any = np.float64
) -> Path:
    """Write a chain of nodes to a file. Stored arrays are named after their node: n3.weight, n3.bias."""
    helper, tensors, made = onnx.helper, [], []
    at = "image"
    for number, (kind, inputs, out, attributes) in enumerate(nodes):
        names = []
        for place, given in enumerate(inputs):
            if isinstance(given, np.ndarray):
                name = f"n{number}.{('weight', 'bias')[place - 1] if place in (1, 2) else f'value{place}'}"
                values = given.astype(dtype) if given.dtype.kind == "f" else given
                tensors.append(onnx.numpy_helper.from_array(values, name))
                names.append(name)
            else:
                names.append(at if given == "@" else given)
        at = out or f"v{number}"
        made.append(helper.make_node(kind, names, [at], name=f"node{number}", **attributes))
    element = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    graph = helper.make_graph(
        made,
        "net",
        [helper.make_tensor_value_info("image", element, shape)],
        [helper.make_tensor_value_info(at, element, None)],
        tensors,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.save(model, str(path))
    return path


def predicted(path: Path, images: np.ndarray) -> np.ndarray:
    """Give what the file's network makes of a batch, by onnx.reference."""
    from onnx.reference import ReferenceEvaluator

    return np.asarray(ReferenceEvaluator(str(path)).run(None, {"image": images})[0])


def normal(*shape: int) -> np.ndarray:
    """Give numbers that are the same each time for a shape."""
    return np.random.default_rng(shape).normal(size=shape)
