"""What a clip of a lecture file may say of its convolution: an image or a picture, a filter, and how it moves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Tag, ValidationInfo

from cnnmath import _read
from renders.lecture.faults import said
from renders.making import counted
from scenes._look.photos import LEVELS, load_image

MOST_PIXELS = 64 * 64
"""More than any scene shows; a photograph without a size would take minutes to be refused."""
MOST_DEEP = 4
"""How deeply lists of numbers are nested at most: filters, channels, rows, columns."""


def _numbers(name: str, value: Any, depth: int = 0) -> None:
    """Refuse anything but numbers in lists; NumPy would name the type, and not the value."""
    if depth > MOST_DEEP:
        raise ValueError(f"{name} must be lists of at most {MOST_DEEP} levels; got deeper ones")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            _numbers(name, item, depth + 1)
        elif isinstance(item, bool) or not isinstance(item, int | float):
            raise TypeError(f"{name} must hold numbers; got {item!r}")


def _file(path: str, info: ValidationInfo) -> str:
    """Look for the file by itself, so that other mistakes of a picture do not hide that it is missing."""
    file = _folder(info) / path
    if not file.exists():
        raise FileNotFoundError(f"{file}: there is no such file; expected a picture")
    return path


def _size(size: Any, info: ValidationInfo) -> Any:
    return None if size is None else _read.pair("size", size, least=1)


def _folder(info: ValidationInfo) -> Path:
    """Give the folder of the lecture file."""
    return cast("dict[str, Path]", info.context)["folder"]


class Picture(BaseModel):
    """A picture file and how `scenes.load_image` reads it; the path counts from the lecture file's folder."""

    model_config = ConfigDict(extra="forbid", strict=True)

    path: Annotated[str, AfterValidator(said(_file))]
    size: Annotated[Any, AfterValidator(said(_size))] = None
    color: bool = False
    levels: int | None = LEVELS


def _image(value: str | Picture | list[Any], info: ValidationInfo) -> Any:
    """Load a picture, or read rows of numbers."""
    if not isinstance(value, str | Picture):
        _numbers("image", value)
        return _read.image(value)
    if isinstance(value, str):
        path, image = value, load_image(_folder(info) / value)
    else:
        path, image = value.path, load_image(_folder(info) / value.path, value.size, value.color, value.levels)
    rows, columns = image.shape[-2:]
    if rows * columns > MOST_PIXELS:
        raise ValueError(
            f"{path} has {counted(rows, 'row')} of {counted(columns, 'pixel')}; expected at most {MOST_PIXELS} pixels, "
            f"so give {{path: {path}, size: [rows, columns]}}"
        )
    return _read.image(image)


def _kernel(value: Any, info: ValidationInfo) -> Any:
    _numbers("kernel", value)
    return _read.kernel(value)


def _bias(value: Any, info: ValidationInfo) -> Any:
    _numbers("bias", value)
    return _read.array("bias", value)


def _kind(value: Any) -> str:
    return "file" if isinstance(value, str) else "picture" if isinstance(value, dict | Picture) else "rows"


_ImageForms = Annotated[
    Annotated[str, Tag("file")] | Annotated[Picture, Tag("picture")] | Annotated[Any, Tag("rows")],
    Discriminator(_kind),
]


class Layer(BaseModel):
    """The keys of a clip that make its convolution, each by itself as `cnnmath.Convolution` takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    image: Annotated[_ImageForms, AfterValidator(said(_image))]
    kernel: Annotated[Any, AfterValidator(said(_kernel))]
    bias: Annotated[Any, AfterValidator(said(_bias))] = 0.0
    stride: Annotated[Any, AfterValidator(said(lambda value, info: _read.pair("stride", value, least=1)))] = 1
    padding: Annotated[Any, AfterValidator(said(lambda value, info: _read.padding(value)))] = 0
    dilation: Annotated[Any, AfterValidator(said(lambda value, info: _read.pair("dilation", value, least=1)))] = 1
