"""Weights in files of arrays by name, as PyTorch's state dicts: 0.weight, 0.bias, conv1.weight, …"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cnnmath.layers import _file
from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._foreign._refuse import about, extra
from cnnmath.layers._layer import Layer

Get = Callable[[str], Any]


def safetensors(path: Path) -> dict[str, Callable[[], Layer]]:
    """Give the layers of a .safetensors file by name, each to be read when it is wanted."""
    package = extra("safetensors", path)
    with path.open("rb"), _whole(path, package.SafetensorError, OSError):
        file = package.safe_open(str(path), framework="numpy")
    return _by_name({key: partial(_tensor, path, file, key) for key in file.keys()})  # noqa: SIM118 (it is no mapping)


def _tensor(path: Path, file: Any, key: str) -> Any:
    # bfloat16, which numpy does not know, is a type of ml_dtypes, which this import registers.
    extra("ml_dtypes", path)
    return file.get_tensor(key)


def npz(path: Path) -> dict[str, Callable[[], Layer]]:
    """Give the layers of an .npz file by name: those of a network that `Sequential.save` wrote are numbered."""
    broken = (ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
    with path.open("rb") as handle, _whole(path, *broken):
        file = np.load(handle, allow_pickle=False)
        if not isinstance(file, np.lib.npyio.NpzFile):
            raise ValueError("expected arrays by name; got one array")
        arrays = {key: file[key] for key in file.files}
    if "format" in arrays and "layers" in arrays:
        with _file.reading(path) as layers:
            return {str(number): partial(_given, layer) for number, layer in enumerate(layers) if layer.parameters}
    return _by_name({key: partial(_given, value) for key, value in arrays.items()})


def _given(value: Any) -> Any:
    return value


@contextmanager
def _whole(path: Path, *broken: type[Exception]) -> Iterator[None]:
    try:
        yield
    except broken as error:
        raise ValueError(f"{path} is no {path.suffix} file, or not all of it: {error}") from error


def _by_name(arrays: Mapping[str, Callable[[], Any]]) -> dict[str, Callable[[], Layer]]:
    """Pair weights and biases: NAME.weight with NAME.bias, and a plain "weight" or "kernel" with "bias"."""
    found: dict[str, Callable[[], Layer]] = {}
    for key in arrays:
        name, dot, last = key.rpartition(".")
        if last in ("weight", "weights", "kernel"):
            found[name or last] = partial(_layer, name or last, arrays[key], arrays.get(f"{name}{dot}bias"))
    return found


def _layer(name: str, weight: Callable[[], Any], bias: Callable[[], Any] | None) -> Layer:
    values, biases = np.asarray(weight(), np.float64), 0.0 if bias is None else np.asarray(bias(), np.float64)
    with about(name):
        if values.ndim == 4:
            return Conv2D(values, biases)
        if values.ndim == 2:
            return Dense(values, biases)
        raise ValueError(
            f"weights of the shape {values.shape} are of no layer here; expected (F, C, kh, kw), a convolution's, or "
            f"(outputs, inputs), a dense layer's"
        )
