"""A clip that a lecture file asks for, and the Python that a lecturer would write for it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cnnmath import Convolution
from scenes._words.lessons import lesson


class LectureClip(NamedTuple):
    """A clip that a lecture file asks for: a scene of the film with a convolution and notation of its own."""

    name: str
    scene: str
    convolution: Convolution
    notation: str

    def source(self) -> str:
        """Write the clip as Python: the subclass that a lecturer would write.

        It says what it teaches where the scene's own sentence is not true of it.
        """
        conv = self.convolution
        values = {
            "image": _rows(conv.image),
            "kernel": _rows(conv.kernel),
            "bias": _rows(conv.bias if len(conv.bias) > 1 else conv.bias[0]),
            "stride": repr(conv.stride),
            "padding": repr(conv.padding),
            "dilation": repr(conv.dilation),
        }
        arguments = "".join(f"        {key}={value},\n" for key, value in values.items())
        teaches = lesson(self.scene, conv, self.notation)
        return (
            f"class {self.name}(scenes.{self.scene}):\n"
            + (f'    """{teaches}"""\n\n' if teaches else "")
            + f"    convolution = cnnmath.Convolution(\n{arguments}    )\n"
            f"    notation = {self.notation!r}\n"
        )


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
