"""What is said of a network that reads digits, and which layers it must have to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np

from cnnmath import Convolution
from cnnmath.activations import Activated
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, History, MaxPooling2D, Sequential
from cnnmath.pooling import Pooling
from cnnmath.values import Floats
from scenes._words.counting import count
from scenes._words.digits import to_places
from scenes._words.piece import Piece

SHOWN = (Conv2D, Activation, MaxPooling2D, Flatten, Dense)
"""The layers of a network that is shown, in their order."""
_ACTIVATIONS = {"relu": "ReLU", "leaky_relu": "Leaky ReLU", "sigmoid": "Sigmoid", "tanh": "Tanh"}


_PLACES, _LEAST = 3, 0.001


class Reading:
    """One image on its way through a network: what comes out of each layer, and what the network takes it for."""

    def __init__(self, network: Sequential, image: Any, label: int) -> None:
        self.network, self.label = network, int(label)
        self.image: Floats = np.asarray(image, dtype=float).reshape(1, *np.shape(image)[-2:])
        self.layers = network(self.image)
        self.conv = cast(Convolution, self.layers.layers[0])
        self.activated = cast(Activated, self.layers.layers[1])
        self.pooling = cast(Pooling, self.layers.layers[2])

    @property
    def maps(self) -> tuple[Floats, Floats, Floats]:
        """What the convolution, the activation and the pooling give, (filters, rows, columns) each."""
        first, second, third = self.layers.outputs[:3]
        return first, second, third

    @property
    def column(self) -> Floats:
        """The numbers that the dense layer takes."""
        return self.layers.outputs[3]

    @cached_property
    def probabilities(self) -> list[float]:
        """How sure the network is of each class."""
        return [float(one) for one in self.layers.probabilities]

    @property
    def guess(self) -> int:
        """What the network takes the image for."""
        return int(self.layers.label)

    @property
    def right(self) -> bool:
        """Whether that is what it is."""
        return self.guess == self.label

    def share(self, which: int) -> Piece:
        """A probability as it is written: one that three digits after the point do not show is told to be small."""
        value = self.probabilities[which]
        return Piece(to_places(value, _PLACES) if value >= _LEAST else f"< {_LEAST}", ("probability", which))

    def truth(self) -> Piece:
        """What the image is."""
        return Piece(f"a {self.label}" if self.label != 8 else "an 8", ("truth",))

    def best(self, which: int) -> int:
        """Where a filter fits best: the result in its map that is the largest; of equals the first."""
        maps = self.maps[0]
        return int(which * maps[0].size + np.argmax(maps[which]))


def activation_name(network: Sequential) -> str:
    """What the activation is called."""
    return _ACTIVATIONS[cast(Activation, network.layers[1]).kind]


def params(network: Sequential) -> str:
    """How many numbers the network has learned."""
    return f"{network.count_params():,}"


def percent(share: float) -> str:
    """A share in per cent, with one digit after the point.

    >>> percent(347 / 357)
    '97.2'
    """
    return f"{100 * share:.1f}"


# What is said


def digit(unseen: bool) -> str:
    """The image that comes in."""
    never = " The network has never seen this one." if unseen else ""
    return f"A handwritten digit, as a grid of pixels.{never}"


def filters(network: Sequential) -> str:
    """What the convolution does."""
    conv = cast(Conv2D, network.layers[0])
    many, (rows, columns) = len(conv.kernel), conv.kernel.shape[2:]
    who = "One filter" if many == 1 else f"{count(many).capitalize()} filters"
    goes, gives = ("goes", "It gives a map") if many == 1 else ("go", "Each gives a map")
    return f"{who} of {count(rows)} by {count(columns)} {goes} over it. {gives}: red above zero, blue below."


def looks(network: Sequential) -> str:
    """What the filters look for."""
    many = len(cast(Conv2D, network.layers[0]).kernel)
    if many == 1:
        return "Here it fits best: the filter looks for an edge or a stroke like this."
    return "Here each of them fits best: every filter looks for an edge or a stroke of its own."


def activated(reading: Reading) -> str:
    """What the activation does."""
    kind = cast(Activation, reading.network.layers[1]).kind
    if kind == "relu":
        return "ReLU keeps what is above zero; the rest turns dark."
    return f"{activation_name(reading.network)} bends every number by itself."


def pooled(reading: Reading) -> str:
    """What the pooling does."""
    rows, columns = cast(MaxPooling2D, reading.network.layers[2]).size
    return f"Pooling keeps the largest number of every {count(rows)} by {count(columns)}."


def scores(reading: Reading) -> str:
    """What the dense layer and softmax do."""
    numbers, classes = len(reading.column), len(reading.probabilities)
    return (
        f"A dense layer makes {count(classes)} scores of the {numbers} numbers in the column, "
        "and softmax makes probabilities of them."
    )


def answer(reading: Reading) -> str:
    """What the network says."""
    sure = reading.share(reading.guess).says
    said = f"The longest bar is the answer: {reading.guess}, with a probability of {sure}."
    return said if reading.right else f"{said} But it is {reading.truth().says}."


def others(readings: Sequence[Reading]) -> str:
    """More digits, fast; the wrong ones are told."""
    one = len(readings) == 1
    wrong = [reading for reading in readings if not reading.right]
    more = "One more digit." if one else f"{count(len(readings)).capitalize()} more digits."
    if not wrong:
        return f"{more} {'It is right.' if one else 'All are right.'}"
    last = wrong[-1]
    which = "The last one" if last is readings[-1] and not one else "One" if not one else "It"
    guess = "an 8" if last.guess == 8 else f"a {last.guess}"
    return f"{more} {which} is {last.truth().says}, but the network takes it for {guess}: {_why(last)}."


def _why(reading: Reading) -> str:
    """Whether the true class came second."""
    order = np.argsort(reading.probabilities)[::-1]
    second = int(order[1]) == reading.label
    return "two bars are long, the wrong one is longer" if second and _close(reading) else "its bar is longer"


def _close(reading: Reading) -> bool:
    return reading.probabilities[reading.label] > _LONG


_LONG = 0.25
"""A bar is long from here on."""


def training(history: History) -> str:
    """How the filters came to be."""
    first, last = (percent(share) for share in _accuracies(history)[[0, -1]])
    return (
        f"At first the filters are random: {first} percent are right. "
        f"After {history.epochs} times through all examples it is {last}."
    )


def _accuracies(history: History) -> Floats:
    return history.accuracy if history.validation_accuracy is None else history.validation_accuracy


accuracies = _accuracies


def known(network: Sequential) -> str:
    """What a network without a history is."""
    return f"The whole network is {params(network)} numbers, each found by gradient descent."


# Key figures


def answer_figure(reading: Reading) -> str:
    """What the network says, and how sure it is."""
    return f"the network says {reading.guess}: {reading.share(reading.guess).says}"


def accuracy_figure(network: Sequential, share: float, many: int, unseen: bool) -> str:
    """How large the network is, and how good."""
    which = f"{many} digits that it never saw" if unseen else f"{many} digits"
    return f"{params(network)} numbers: {percent(share)} % of {which} are right"
