"""An ONNX file as a graph: what is computed from the input, and what is known without it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cnnmath.layers._foreign._refuse import extra


class Graph:
    """The nodes that depend on the input, in their order; every other value is worked out when the file is read.

    Raises OSError if there is no such file, ValueError if it is no ONNX model, or not all of it, and ImportError
    without the package onnx.
    """

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._onnx = extra("onnx", path)
        self.path = path
        model = self._load(path)
        self.opset = next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 1)
        self.values: dict[str, np.ndarray[Any, Any]] = {
            value.name: self._onnx.numpy_helper.to_array(value, str(path.parent)) for value in model.graph.initializer
        }
        self.stored = frozenset(self.values)
        self.nodes = [node for node in model.graph.node if not self._is_known(node)]
        self.inputs = [given for given in model.graph.input if given.name not in self.values]
        self.outputs = [made.name for made in model.graph.output]
        self._numbers = {id(node): number for number, node in enumerate(model.graph.node)}
        self._dims = self._infer(model)

    def dims(self, name: str) -> tuple[int | None, ...] | None:
        """Give the shape of a value, batch first, as far as it can be told; a batch of unknown length has one image."""
        return self._dims.get(name)

    def name(self, node: Any) -> str:
        """Give the name by which a node is known: that of its weights in PyTorch, or its own."""
        for given in node.input[1:]:
            if given in self.stored and given.endswith(".weight"):
                return str(given.removesuffix(".weight"))
        return str(node.name or f"{node.op_type}_{self._numbers[id(node)]}")

    def attributes(self, node: Any) -> dict[str, Any]:
        """Give a node's attributes as Python's values."""
        values = {entry.name: self._onnx.helper.get_attribute_value(entry) for entry in node.attribute}
        return {name: value.decode() if isinstance(value, bytes) else value for name, value in values.items()}

    def known(self, node: Any, number: int) -> np.ndarray[Any, Any] | None:
        """Give the value of one of a node's inputs if it does not depend on the image."""
        return self.values.get(node.input[number]) if number < len(node.input) and node.input[number] else None

    def chain(self) -> Iterator[Any]:
        """Yield the nodes from the input to the output; raises ValueError unless each takes what the last one gives."""
        if len(self.inputs) != 1 or len(self.outputs) != 1:
            raise ValueError(
                f"{self.path} has {len(self.inputs)} inputs and {len(self.outputs)} outputs; expected one of each"
            )
        at, before = self.inputs[0].name, "the input"
        while at != self.outputs[0]:
            # What only asks for a shape takes no numbers.
            takers = [node for node in self.nodes if at in node.input and node.op_type != "Shape"]
            if len(takers) != 1:
                names = ", ".join(self.name(node) for node in takers) or "nothing"
                raise ValueError(
                    f"{self.path} is no chain of layers: what {before} gives goes to {names}; one layer of it can be "
                    f"read by its name"
                )
            (node,) = takers
            yield node
            at, before = node.output[0], self.name(node)

    def _load(self, path: Path) -> Any:
        with path.open("rb"):  # its own error if there is none
            pass
        try:
            model = self._onnx.load(str(path))
        except Exception as error:  # protobuf's, and whatever a broken file leads to
            raise ValueError(f"{path} is no ONNX model, or not all of it: {error}") from error
        if not model.graph.node:
            raise ValueError(f"{path} is no ONNX model, or not all of it: it has no nodes")
        return model

    def _is_known(self, node: Any) -> bool:
        """Work out what a node gives if all that it takes is known."""
        if not all(given in self.values for given in node.input if given) or node.domain not in ("", "ai.onnx"):
            return False
        if node.op_type.startswith("Random"):
            return False
        evaluator = extra("onnx.reference", self.path).ReferenceEvaluator
        made = evaluator(node, opsets={"": self.opset}).run(
            None, {name: self.values[name] for name in node.input if name}
        )
        self.values.update(zip(node.output, made, strict=False))
        return True

    def _infer(self, model: Any) -> dict[str, tuple[int | None, ...]]:
        for given in model.graph.input:
            axes = given.type.tensor_type.shape.dim
            if axes and not axes[0].dim_value:
                axes[0].dim_value = 1
        try:
            graph = extra("onnx.shape_inference", self.path).infer_shapes(model, data_prop=True).graph
        except Exception:  # a shape that cannot be told is no fault
            graph = model.graph
        return {
            value.name: tuple(axis.dim_value or None for axis in value.type.tensor_type.shape.dim)
            for value in (*graph.input, *graph.value_info, *graph.output)
            if value.type.tensor_type.HasField("shape")
        }
