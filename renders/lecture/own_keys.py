"""Which keys a clip of a lecture file takes, by its scene: those of a convolution, or those of the scene's own.

A scene with parameters of its own has a model here. Each field is a key, checked by itself; `made` gives what the scene
takes. What only the scene can tell, such as how much it can show, it says itself when it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from cnnmath import Convolution, Dense, named_kernel
from cnnmath.activations import Kind
from cnnmath.layers import Conv2D, Sequential
from cnnmath.values import Floats
from renders.lecture.faults import said
from renders.lecture.layer import KernelForms, Keys, Layer, Made, folder_of, kernel_of, numbers_of, pair, picture_file
from scenes._look.photos import picture_shape


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


class ActivationKeys(Layer):
    """A convolution, and what is applied to its results."""

    activation: Kind = "relu"

    def made(self, given: Mapping[Any, Any]) -> Made:
        """The activation is the scene's, the rest makes its convolution."""
        return Made(super().made(given).convolution, {"activation": self.activation})


class NeuronKeys(Keys):
    """A layer of neurons, the first of which is shown by itself."""

    inputs: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("inputs", value, 1)))]
    weights: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("weights", value, 2)))]
    bias: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("bias", value, 1)))] = 0.0
    activation: Kind = "relu"

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Make the scene's parameters. Raises as a `Dense` does."""
        Dense(self.inputs, np.atleast_2d(self.weights), self.bias)
        names = ("inputs", "weights", "bias", "activation")
        return Made(None, {name: getattr(self, name) for name in names})


MOST_STEPS = 40
"""Of a training: no more can be followed."""


class TrainingKeys(Layer):
    """A convolution, what it should give, the learning rate, and how many steps are taken."""

    wanted: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("wanted", value, 3)))]
    rate: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    steps: Annotated[int, Field(ge=1, le=MOST_STEPS)] | None = None

    def made(self, given: Mapping[Any, Any]) -> Made:
        """What is wanted has the shape of the results."""
        made = super().made(given)
        shape = made.convolution.output_shape if made.convolution else ()
        if self.wanted.shape not in (shape, shape[1:]):
            raise ValueError(f"wanted must have a number for each result, {shape[1:]}; got {self.wanted.shape}")
        steps = {} if self.steps is None else {"steps": self.steps}
        return Made(made.convolution, {"wanted": self.wanted, "rate": self.rate, **steps})


def _network(value: str, info: ValidationInfo) -> str:
    """Find the file, beside the lecture file, and look into it."""
    path = folder_of(info) / value
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file; expected a network that Sequential.save wrote")
    Sequential.load(path)
    return str(path.resolve())


class DigitRecognitionKeys(Keys):
    """A network in a file, and images with their labels; without images the test digits of the project are read."""

    network: Annotated[str, AfterValidator(said(_network))] | None = None
    images: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("images", value, 3)))] = None
    labels: list[int] | None = None

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Images need labels, and labels images."""
        many = 0 if self.images is None else 1 if self.images.ndim < 3 else len(self.images)
        if many != len(self.labels or ()):
            raise ValueError(f"labels must be one for each of the images, {many}; got {len(self.labels or ())}")
        names = ("network", "images", "labels")
        return Made(None, {name: getattr(self, name) for name in names if getattr(self, name) is not None})


class Further(BaseModel):
    """A layer behind the first one; of a layer in a file its bias comes with it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kernel: Annotated[KernelForms, AfterValidator(said(lambda value, info: kernel_of(value, info)))]
    bias: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("bias", value, 1)))] = None

    def made(self) -> Conv2D:
        """Make the layer. Raises as a `Conv2D` does."""
        if not isinstance(self.kernel, Conv2D):
            return Conv2D(cast("Floats", self.kernel), 0.0 if self.bias is None else self.bias)
        return self.kernel if self.bias is None else Conv2D(self.kernel.kernel, self.bias)


class ManyLayersKeys(Layer):
    """A convolution, the layer behind it, and what goes between them."""

    layers: Annotated[list[Further], Field(min_length=1)] | None = None
    activation: Kind = "relu"

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Without layers the scene takes its own."""
        layers = {} if self.layers is None else {"layers": [layer.made() for layer in self.layers]}
        return Made(super().made(given).convolution, {"activation": self.activation, **layers})


class DenseLayerKeys(Keys):
    """Maps, the weights of a dense layer over them or only how many outputs it has, and a filter beside it."""

    maps: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("maps", value, 3)))]
    weights: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("weights", value, 2)))]
    kernel: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("kernel", value, 3)))]
    bias: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("bias", value, 1)))] = 0.0

    def made(self, given: Mapping[Any, Any]) -> Made:
        """Make the scene's parameters. Raises as a `Dense` does, and as a `Convolution` does."""
        if self.weights.ndim:
            Dense(self.maps, np.atleast_2d(self.weights), self.bias)
        Convolution(self.maps, self.kernel)
        names = ("maps", "weights", "bias", "kernel")
        return Made(None, {name: getattr(self, name) for name in names})


class OutputLayerKeys(Keys):
    """The scores of some classes, which one is true, counted from 0 or by its name, and what they are called."""

    scores: Annotated[Any, AfterValidator(said(lambda value, info: numbers_of("scores", value, 1)))]
    truth: int | str
    labels: list[str] | None = None

    def made(self, given: Mapping[Any, Any]) -> Made:
        """A name is that of one of the labels."""
        truth = self.truth
        if isinstance(truth, str):
            if truth not in (labels := self.labels or []):
                raise ValueError(f"truth must be a number, or one of the labels {', '.join(labels)}; got {truth!r}")
            truth = labels.index(truth)
        return Made(None, {"scores": self.scores, "truth": truth, "labels": self.labels})


def _photo(value: str, info: ValidationInfo) -> str:
    """Find the picture, beside the lecture file, and look into it."""
    path = folder_of(info) / picture_file(value, info)
    picture_shape(path)
    return str(path.resolve())


def _filters(value: list[str] | dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    """Known filters by their names, or named rows of weights."""
    if not value:
        raise ValueError("expected at least one filter; got none")
    if isinstance(value, list):
        return {name: named_kernel(name).tolist() for name in value}
    return {name: numbers_of(name, rows, 2).tolist() for name, rows in value.items()}


class PhotographedKeys(Keys):
    """A photograph, and filters: a list of names, or rows of weights by names of one's own."""

    photo: Annotated[str, AfterValidator(said(_photo))] | None = None
    filters: Annotated[list[str] | dict[str, list[Any]], AfterValidator(said(_filters))] | None = None

    def made(self, given: Mapping[Any, Any]) -> Made:
        """What is not given is the scene's own."""
        names = ("photo", "filters")
        return Made(None, {name: getattr(self, name) for name in names if getattr(self, name) is not None})


_OWN: Mapping[str, type[Keys]] = {
    "Activation": ActivationKeys,
    "DenseLayer": DenseLayerKeys,
    "DigitRecognition": DigitRecognitionKeys,
    "ManyFilterView": PhotographedKeys,
    "ManyLayers": ManyLayersKeys,
    "Neuron": NeuronKeys,
    "OutputLayer": OutputLayerKeys,
    "Pooling": PoolingKeys,
    "RealisticView": PhotographedKeys,
    "Training": TrainingKeys,
}


def keys_of(scene: Any) -> type[Keys]:
    """The keys of a scene; those of a convolution where it is none that is known."""
    return _OWN.get(scene, Layer) if isinstance(scene, str) else Layer
