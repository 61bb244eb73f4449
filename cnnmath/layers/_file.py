"""Networks in files: an .npz that holds the layers' parameters as arrays, and what else they are as JSON."""

import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from cnnmath._whole import whole
from cnnmath.layers._activation import Activation
from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten
from cnnmath.layers._layer import Layer
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D

FORMAT = "cnnmath.Sequential 1"

_KINDS = {kind.__name__: kind for kind in (Activation, AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D)}


def save(path: Path, layers: Sequence[Layer]) -> None:
    """Write layers to a file, whole or not at all."""
    arrays = {
        f"{number}.{name}": values for number, layer in enumerate(layers) for name, values in layer.parameters.items()
    }
    described = json.dumps([_described(layer) for layer in layers])
    with whole(path) as file:
        np.savez(file, allow_pickle=False, format=np.array(FORMAT), layers=np.array(described), **arrays)


@contextmanager
def reading(path: Path) -> Iterator[list[Layer]]:
    """Give the layers of a file; what goes wrong in the block, too, is then the file's fault.

    Raises OSError if there is no file to read, and ValueError if it is not one that `save` wrote, or not all of it.
    """
    with path.open("rb") as file:
        try:
            yield _layers(np.load(file, allow_pickle=False))
        except (ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path} is no network that Sequential.save wrote, or not all of it: {error}") from error


def _described(layer: Layer) -> dict[str, Any]:
    """Give what JSON keeps of a layer: its kind, and its fields but the parameters."""
    kind = type(layer).__name__
    if _KINDS.get(kind) is not type(layer):
        raise TypeError(f"a file takes the layers {', '.join(_KINDS)}; got {layer!r}")
    others = (field.name for field in fields(layer) if field.name not in layer.learned)
    return {"layer": kind, **{name: getattr(layer, name) for name in others}}


def _layers(arrays: Any) -> list[Layer]:
    if not isinstance(arrays, np.lib.npyio.NpzFile) or "format" not in arrays or "layers" not in arrays:
        raise ValueError('expected an .npz with the arrays "format" and "layers"')
    if str(arrays["format"]) != FORMAT:
        raise ValueError(f"expected the format {FORMAT!r}; got {str(arrays['format'])!r}")
    described = json.loads(str(arrays["layers"]))
    return [_layer(number, **others, arrays=arrays) for number, others in enumerate(described)]


def _layer(number: int, layer: str, arrays: Any, **others: Any) -> Layer:
    if layer not in _KINDS:
        raise ValueError(f"expected the layers {', '.join(_KINDS)}; got {layer!r}")
    kind = _KINDS[layer]
    return kind(**{name: arrays[f"{number}.{name}"] for name in kind.learned}, **others)
