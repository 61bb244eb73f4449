"""A clip that a lecture file asks for, and the Python that a lecturer would write for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from cnnmath import Convolution
from cnnmath.layers import Conv2D
from scenes._words.lessons import lesson


class LectureClip(NamedTuple):
    """A clip that a lecture file asks for: a scene of the film with parameters of its own.

    Without a `convolution` the scene's own stays.
    """

    name: str
    scene: str
    convolution: Convolution | None
    notation: str
    parameters: Mapping[str, Any] = MappingProxyType({})
    """The scene's other ones, by the names of its class attributes."""

    @property
    def attributes(self) -> dict[str, Any]:
        """What the clip's class sets."""
        own = {} if self.convolution is None else {"convolution": self.convolution}
        return {**own, "notation": self.notation, **self.parameters}

    def source(self) -> str:
        """Write the clip as Python: the subclass that a lecturer would write.

        It says what it teaches where the scene's own sentence is not true of it.
        """
        teaches = lesson(self.scene, self.convolution, self.notation) if self.convolution is not None else ""
        lines = "".join(f"    {name} = {_written(value)}\n" for name, value in self.attributes.items())
        return f"class {self.name}(scenes.{self.scene}):\n" + (f'    """{teaches}"""\n\n' if teaches else "") + lines


def _written(value: Any) -> str:
    """Write a parameter as Python."""
    if isinstance(value, Convolution):
        return _call("cnnmath.Convolution", {"image": _rows(value.image), **_layer(value)})
    if isinstance(value, Conv2D):
        return _call("cnnmath.layers.Conv2D", _layer(value))
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return _rows(value, " " * 4) if isinstance(value, np.ndarray) else repr(value)


def _call(what: str, values: Mapping[str, str]) -> str:
    """Write a call, an argument a line."""
    return f"{what}(\n" + "".join(f"        {key}={text},\n" for key, text in values.items()) + "    )"


def _layer(value: Convolution | Conv2D) -> dict[str, str]:
    """Write what a layer has of its own."""
    return {
        "kernel": _rows(value.kernel),
        "bias": _rows(value.bias if len(value.bias) > 1 else value.bias[0]),
        "stride": repr(value.stride),
        "padding": repr(value.padding),
        "dilation": repr(value.dilation),
    }


def _rows(array: np.ndarray[Any, Any], indent: str = " " * 8) -> str:
    """Write an array as nested lists, one row a line, whole numbers without a point; leading axes of 1 are left out."""
    while array.ndim > 2 and len(array) == 1:
        array = array[0]
    if array.ndim == 0:
        return repr(int(array) if float(array).is_integer() else float(array))
    if array.ndim == 1:
        return f"[{', '.join(_rows(value) for value in array)}]"
    lines = "".join(f"{indent}    {_nested(item, indent + '    ')},\n" for item in array)
    return f"[\n{lines}{indent}]"


def _nested(array: np.ndarray[Any, Any], indent: str) -> str:
    """Write an item of an array with all its axes."""
    if array.ndim < 2:
        return _rows(array)
    lines = "".join(f"{indent}    {_nested(item, indent + '    ')},\n" for item in array)
    return f"[\n{lines}{indent}]"
