"""One layer from the file of a trained model."""

from collections.abc import Callable
from pathlib import Path

from cnnmath.layers._foreign import _arrays, _onnx
from cnnmath.layers._layer import Layer

_READERS: dict[str, Callable[[Path], dict[str, Callable[[], Layer]]]] = {
    ".onnx": _onnx.weighted,
    ".safetensors": _arrays.safetensors,
    ".npz": _arrays.npz,
}
_HINTS = {
    ".pt": "; PyTorch writes one by torch.onnx.export or safetensors.torch.save_file",
    ".keras": '; Keras writes one by model.export("model.onnx", format="onnx")',
}
_HINTS |= {".pth": _HINTS[".pt"], ".h5": _HINTS[".keras"]}


def from_file(path: str | Path, layer: str | None = None) -> Layer:
    """Read one convolution or dense layer from the file of a trained model, by its name there.

    | file          | layer                                     | besides kernel or weights, and bias                  |
    |---------------|-------------------------------------------|------------------------------------------------------|
    | .onnx         | the name of its weights in PyTorch, conv1 | stride, padding, dilation                            |
    |               | of conv1.weight, or that of its node      |                                                      |
    | .safetensors  | conv1 of conv1.weight and conv1.bias      | nothing: the file does not know more                 |
    | .npz          | the same; or the number of the layer in   | nothing; all if `Sequential.save` wrote it           |
    |               | what `Sequential.save` wrote              |                                                      |

    Kernels are (F, C, kh, kw) and weights (outputs, inputs) in these files, as in PyTorch. The first two need the extra
    `models`. Without a name the file must hold one layer only.

    Raises OSError if the file cannot be opened, ImportError without the extra, and ValueError if the file is no model
    or not all of it, if it has no such layer (the message names those that there are), and for what has no counterpart.
    """
    file = Path(path)
    if file.suffix not in _READERS:
        raise ValueError(
            f"{path} must be a file .onnx, .safetensors or .npz{_HINTS.get(file.suffix, f'; got {file.suffix!r}')}"
        )
    found = _READERS[file.suffix](file)
    if not found:
        raise ValueError(f"{path} holds no convolution and no dense layer by name")
    if layer is None and len(found) > 1:
        raise ValueError(f"{path} has several layers; expected the name of one: {', '.join(found)}")
    chosen = next(iter(found)) if layer is None else layer
    if chosen not in found:
        raise ValueError(f"{path} has no layer {chosen!r}; expected any of {', '.join(found)}")
    return found[chosen]()
