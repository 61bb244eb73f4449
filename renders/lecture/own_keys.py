"""Which keys a clip of a lecture file takes, by its scene: those of a convolution, or those of the scene's own.

A scene with parameters of its own has a model here. Each field is a key, checked by itself; `made` gives what the scene
takes. What only the scene can tell, such as how much it can show, it says itself when it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from renders.lecture.faults import said
from renders.lecture.layer import KernelForms, Layer, Made, kernel_of, pair


class PoolingKeys(Layer):
    """What is pooled, an image or the result of a convolution of it that moves by one, and its windows."""

    kernel: Annotated[KernelForms | None, AfterValidator(said(lambda value, info: kernel_of(value, info)))] = None
    stride: Annotated[Any, AfterValidator(said(lambda value, info: pair("stride", value, least=1)))] = None
    size: Annotated[Any, AfterValidator(said(lambda value, info: pair("size", value, least=1)))] = 2
    kind: Literal["max", "average"] = "max"

    def made(self, given: Mapping[Any, Any]) -> Made:
        """The stride is that of the windows. Without a kernel nothing but them may be said of the image."""
        parameters = {"size": self.size, "stride": self.stride, "kind": self.kind}
        if self.kernel is None:
            for key in ("bias", "padding", "dilation"):
                if key in given:
                    raise ValueError(f"{key} must stand beside a kernel; got none")
            return Made(None, {"image": self.image, **parameters})
        made = self.model_copy(update={"stride": 1})
        return Made(super(PoolingKeys, made).made({**given, "stride": 1}).convolution, parameters)


_OWN: Mapping[str, type[Layer]] = {"Pooling": PoolingKeys}


def keys_of(scene: Any) -> type[Layer]:
    """The keys of a scene; those of a convolution where it is none that is known."""
    return _OWN.get(scene, Layer) if isinstance(scene, str) else Layer
