"""Batches on their way through layers and back. Their axis is the last one, (C, H, W, N) or (K, N)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cnnmath.layers._layer import Layer
from cnnmath.layers._pass import Evaluation
from cnnmath.losses import losses_and_gradients
from cnnmath.values import Floats, Ints

_AT_ONCE = 128
"""So many images go through the layers together: memory stays bounded, and a processor's cache takes what they need."""


class Examples(NamedTuple):
    """Images, (C, H, W, N) or (K, N), with their labels, (N,), of so many classes; all checked."""

    values: Floats
    labels: Ints
    classes: int


def through(layers: Sequence[Layer], values: Floats) -> list[Floats]:
    """Give what each layer gets, and last what comes out."""
    passed = [values]
    for layer in layers:
        passed.append(layer._outputs(passed[-1]))
    return passed


def logits(layers: Sequence[Layer], values: Floats, classes: int) -> Floats:
    """Give the logits, (N, classes)."""
    count = values.shape[-1]
    found = np.empty((count, classes))
    for start in range(0, count, _AT_ONCE):
        piece = slice(start, start + _AT_ONCE)
        found[piece] = through(layers, values[..., piece])[-1].T
    return found


def evaluation(layers: Sequence[Layer], examples: Examples) -> Evaluation:
    """Measure the mean cross entropy and the accuracy."""
    found = logits(layers, examples.values, examples.classes)
    losses, _ = losses_and_gradients(found, examples.labels)
    return Evaluation(float(losses.mean()), float((np.argmax(found, axis=1) == examples.labels).mean()))


def backward(layers: Sequence[Layer], examples: Examples) -> tuple[float, list[tuple[Floats, dict[str, Floats]]]]:
    """Give the mean cross entropy and, for each layer, its gradients at the layer's input and at its parameters."""
    loss, passed, upstream = _losses(layers, examples)
    back = []
    for number in reversed(range(len(layers))):
        layer, values = layers[number], passed[number]
        parameters = layer._parameter_gradients(values, upstream)
        upstream = layer._input_gradient(values, passed[number + 1], upstream)
        back.append((upstream, parameters))
    return loss, back[::-1]


def stepped(layers: Sequence[Layer], examples: Examples, rate: float) -> list[Layer]:
    """Give the layers after one step of gradient descent on the mean cross entropy.

    Nothing is worked out before the first layer that learns.
    """
    _, passed, upstream = _losses(layers, examples)
    first = next((number for number, layer in enumerate(layers) if layer.learned), len(layers))
    moved = list(layers)
    for number in reversed(range(first, len(layers))):
        layer, values = layers[number], passed[number]
        moved[number] = layer._stepped(layer._parameter_gradients(values, upstream), rate)
        if number > first:
            upstream = layer._input_gradient(values, passed[number + 1], upstream)
    return moved


def _losses(layers: Sequence[Layer], examples: Examples) -> tuple[float, list[Floats], Floats]:
    """Give the mean cross entropy, what each layer got and gave, and the gradient at the logits, (classes, N)."""
    passed = through(layers, examples.values)
    losses, gradients = losses_and_gradients(passed[-1].T, examples.labels)
    return float(losses.mean()), passed, np.ascontiguousarray(gradients.T) / len(losses)
