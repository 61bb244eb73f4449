"""What a clip of a lecture file may say of its convolution: an image or a picture, a filter, and how it moves."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, cast

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Tag, ValidationInfo

from cnnmath import Convolution, _read
from cnnmath._words import ragged
from cnnmath.layers import Conv2D
from cnnmath.values import Floats
from renders.lecture.characters import strange
from renders.lecture.document import MOST_DIGITS
from renders.lecture.faults import MisplacedError, said, short
from renders.lecture.model import Model, convolution_of
from renders.making import counted
from scenes._look.photos import LEVELS, load_image, picture_shape

MOST_PIXELS = 64 * 64
"""More than any scene shows."""
MOST_WHOLE = 1_000_000
"""Far more rows or columns than any scene shows."""
MOST_NUMBERS = 4 * MOST_PIXELS
"""Of an image of four channels, or of a filter."""
MOST_PATH = 1000
"""Characters."""
MOST_FLOAT = sys.float_info.max
MOST_DEEP = 4
"""How deeply lists of numbers are nested at most: filters, channels, rows, columns."""


def _numbers(name: str, value: Any, place: tuple[int, ...] = ()) -> None:
    """Refuse anything but finite numbers in regular lists; NumPy would name the type, and not the value."""
    if len(place) > MOST_DEEP:
        raise ValueError(f"{name} must be lists of at most {MOST_DEEP} levels; got deeper ones")
    if isinstance(value, list):
        if not place and next(islice(_flat(value), MOST_NUMBERS, None), None) is not None:
            raise ValueError(f"{name} must hold at most {MOST_NUMBERS:,} numbers; got more")
        for index, item in enumerate(value):
            _numbers(name, item, (*place, index))
        if not place and (uneven := ragged(value)):
            raise MisplacedError(f"{name} must be a regular array of numbers; {uneven[1]}", uneven[0])
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        where = strange(value) if isinstance(value, str) else ""
        where = ", ".join(filter(None, (where, _where(place))))
        kind = f"numbers of at most {MOST_DIGITS} characters" if len(str(value)) > MOST_DIGITS else "numbers"
        raise MisplacedError(f"{name} must hold {kind}; got {short(value)}{where and f' ({where})'}", place)
    if not -MOST_FLOAT <= value <= MOST_FLOAT:
        where = _where(place)
        raise MisplacedError(
            f"{name} must hold numbers that fit 64-bit floats; got a larger one{where and f' ({where})'}", place
        )


def numbers_of(name: str, value: Any, axes: int) -> Floats:
    """Read a number, or lists of numbers of at most so many levels, as an array."""
    _numbers(name, value)
    read = np.array(value, dtype=float)
    if read.ndim > axes:
        levels = "one level" if axes == 1 else f"{axes} levels"
        raise ValueError(f"{name} must be lists of at most {levels}; got {read.ndim}")
    return read


def _flat(value: list[Any], depth: int = 0) -> Iterator[Any]:
    """Yield what stands in lists of numbers, as deep as these may be."""
    for item in value:
        if isinstance(item, list) and depth < MOST_DEEP:
            yield from _flat(item, depth + 1)
        else:
            yield item


def _where(place: tuple[int, ...]) -> str:
    """Say a place in a matrix, or in several of them."""
    kinds = ("filter", "channel", "row", "column")[-len(place) :] if len(place) > 1 else ("number",)
    return ", ".join(f"{kind} {index + 1}" for kind, index in zip(kinds, place, strict=False))


def picture_file(path: str, info: ValidationInfo) -> str:
    """Look for the file by itself, so that other mistakes of a picture do not hide that it is missing."""
    if len(path) > MOST_PATH:
        raise ValueError(f"expected a path of at most {MOST_PATH:,} characters; got {len(path):,}")
    if not (folder_of(info) / path).exists():
        raise FileNotFoundError(f"{folder_of(info) / path}: there is no such file; expected a picture")
    return path


def pair(name: str, value: Any, least: int) -> _read.Pair:
    """Read one whole number or two, of a bearable size; the core takes any."""
    try:
        read = _read.pair(name, value, least)
    except (ValueError, TypeError) as error:
        texts = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
        if any(len(text) > MOST_DIGITS for text in texts):
            raise ValueError(f"{name} must be whole numbers of at most {MOST_WHOLE:,}; got {short(value)}") from error
        named = next(filter(None, map(strange, texts)), "")
        raise type(error)(f"{error}{named and f' ({named})'}") from error
    if max(read) > MOST_WHOLE:
        raise ValueError(f"{name} must be whole numbers of at most {MOST_WHOLE:,}; got {short(value)}")
    return read


def _size(size: Any, info: ValidationInfo) -> Any:
    if size is None:
        return None
    rows, columns = pair("size", size, least=1)
    if rows * columns > MOST_PIXELS:
        raise ValueError(f"size must be at most {MOST_PIXELS} pixels, rows times columns; got {rows * columns}")
    return rows, columns


def folder_of(info: ValidationInfo) -> Path:
    """Give the folder of the lecture file."""
    return cast("dict[str, Path]", info.context)["folder"]


class Picture(BaseModel):
    """A picture file and how `scenes.load_image` reads it; the path counts from the lecture file's folder."""

    model_config = ConfigDict(extra="forbid", strict=True)

    path: Annotated[str, AfterValidator(said(picture_file))]
    size: Annotated[Any, AfterValidator(said(_size))] = None
    color: bool = False
    levels: int | None = LEVELS


def _image(value: str | Picture | list[Any], info: ValidationInfo) -> Any:
    """Load a picture, or read rows of numbers."""
    if not isinstance(value, str | Picture):
        _numbers("image", value)
        return _read.image(value)
    picture = Picture.model_construct(path=picture_file(value, info)) if isinstance(value, str) else value
    file = folder_of(info) / picture.path
    if picture.size is None:
        # Told by the head of the file: to decode a photograph takes long.
        rows, columns = picture_shape(file)
        if rows * columns > MOST_PIXELS:
            raise ValueError(
                f"{picture.path} has {counted(rows, 'row')} of {counted(columns, 'pixel')}; "
                f"expected at most {MOST_PIXELS} pixels, "
                f"so give {{path: {picture.path}, size: [rows, columns]}}"
            )
    return _read.image(load_image(file, picture.size, picture.color, picture.levels))


def kernel_of(value: Any, info: ValidationInfo) -> Any:
    """Read rows of numbers, or a layer of a trained model, which brings more than its kernel."""
    if isinstance(value, Model):
        return convolution_of(value, folder_of(info), MOST_NUMBERS)
    _numbers("kernel", value)
    return _read.kernel(value)


def _bias(value: Any, info: ValidationInfo) -> Any:
    _numbers("bias", value)
    return _read.array("bias", value)


def _padding(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str) and not any(c.isdigit() for c in value):
        return _read.padding(value)
    if isinstance(value, list) and any(isinstance(side, list) for side in value):
        _read.padding(value)
        return _read.padding([pair("padding", side, least=0) for side in value])
    return pair("padding", value, least=0)


def _kind(value: Any) -> str:
    return "file" if isinstance(value, str) else "picture" if isinstance(value, dict | Picture) else "rows"


_ImageForms = Annotated[
    Annotated[str, Tag("file")] | Annotated[Picture, Tag("picture")] | Annotated[Any, Tag("rows")],
    Discriminator(_kind),
]

KernelForms = Annotated[
    Annotated[Model, Tag("model")] | Annotated[Any, Tag("rows")],
    Discriminator(lambda value: "model" if isinstance(value, dict | Model) else "rows"),
]


class Made(NamedTuple):
    """What the keys of a clip make: its convolution, if it has one, and the scene's other parameters."""

    convolution: Convolution | None
    parameters: Mapping[str, Any] = MappingProxyType({})


class Keys(BaseModel):
    """The keys of a clip beside its name, scene and notation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Make what the scene takes; `given` says which keys stand in the file."""
        raise NotImplementedError


class Layer(Keys):
    """The keys of a clip that make its convolution, each by itself as `cnnmath.Convolution` takes it."""

    image: Annotated[_ImageForms, AfterValidator(said(_image))]
    kernel: Annotated[KernelForms, AfterValidator(said(kernel_of))]
    bias: Annotated[Any, AfterValidator(said(_bias))] = 0.0
    stride: Annotated[Any, AfterValidator(said(lambda value, info: pair("stride", value, least=1)))] = 1
    padding: Annotated[Any, AfterValidator(said(_padding))] = 0
    dilation: Annotated[Any, AfterValidator(said(lambda value, info: pair("dilation", value, least=1)))] = 1

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Make what the scene takes; `given` says which keys stand in the file. Raises as a `Convolution` does."""
        return Made(Convolution(**arguments(self, given)))


def arguments(layer: Layer, given: Mapping[Any, Any]) -> dict[str, Any]:
    """Give what the convolution of a clip takes; a layer of a model says what the clip does not."""
    values = {key: getattr(layer, key) for key in Layer.model_fields}
    if isinstance(layer.kernel, Conv2D):
        of_model = {key: getattr(layer.kernel, key) for key in Layer.model_fields if key != "image"}
        values |= {key: value for key, value in of_model.items() if key == "kernel" or key not in given}
    return values
