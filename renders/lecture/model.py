"""A clip's filter from the file of a trained model: {file: model.onnx, layer: conv1, filters: [0, 3]}."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from cnnmath.layers import Conv2D, from_file
from renders.lecture.faults import MisplacedError, less, short

MOST_NAME = 1000
"""Characters of a path, or of a layer's name."""

MOST_DECIMALS = 15
"""A 64-bit number has no more that are exact."""


class Model(BaseModel):
    """A convolution of a trained model, and what is shown of it; the path counts from the lecture file's folder."""

    model_config = ConfigDict(extra="forbid", strict=True)

    file: str
    # Layers of an nn.Sequential are called 0, 3, …, which YAML takes for numbers.
    layer: str | int | None = None
    filters: Any = None
    channels: Any = None
    # Trained weights have many digits: so that a scene in numbers can show them, they may be rounded.
    decimals: Any = None


def convolution_of(model: Model, folder: Path, most: int) -> Conv2D:
    """Read the layer. Raises MisplacedError, which names the key, for whatever is wrong with it."""
    name = None if model.layer is None else str(model.layer)
    for key, text in (("file", model.file), ("layer", name or "")):
        if len(text) > MOST_NAME:
            raise MisplacedError(f"expected at most {MOST_NAME:,} characters; got {len(text):,}", (key,))
    path = folder / model.file
    if not path.exists():
        raise MisplacedError(f"{path}: there is no such file; expected a trained model", ("file",))
    try:
        layer = from_file(path, name)
    except (ValueError, TypeError, OSError, ImportError) as error:
        raise MisplacedError(str(error), (_key_of(error, path, name),)) from error
    if not isinstance(layer, Conv2D):
        raise MisplacedError(f"{path}: {short(name)} is a {type(layer).__name__}; expected a convolution", ("layer",))
    return _rounded(_chosen(layer, model, most), model.decimals)


def _key_of(error: Exception, path: Path, name: str | None) -> str:
    """Tell which key an error of the reader is about: the layer's, if the file itself could be read."""
    about_layer = str(error).startswith((f"{path} has no layer", f"{path} has several layers", f"{name} ", f"{name}: "))
    return "layer" if about_layer else "file"


def _chosen(layer: Conv2D, model: Model, most: int) -> Conv2D:
    for key in ("filters", "channels"):
        try:
            layer = layer.select(**{key: getattr(model, key)})
        except (IndexError, ValueError, TypeError) as error:
            raise MisplacedError(less(key, str(error)), (key,)) from error
    if layer.kernel.size > most:
        filters, channels, *_ = layer.kernel.shape
        raise MisplacedError(
            f"has {filters} filters of {channels} channels, more than any scene shows; expected some of them, as in "
            f"filters: [0, 3], channels: [0]",
            (),
        )
    return layer


def _rounded(layer: Conv2D, decimals: Any) -> Conv2D:
    if decimals is None:
        return layer
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise MisplacedError(
            f"must be a whole number from 0 to {MOST_DECIMALS}, the digits behind the point; got {short(decimals)}",
            ("decimals",),
        )
    return replace(layer, kernel=layer.kernel.round(decimals), bias=layer.bias.round(decimals))
