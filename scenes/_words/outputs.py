"""What is said of scores, probabilities and the loss, and what stands there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cnnmath import cross_entropy, softmax_steps
from cnnmath.values import SoftmaxSteps
from scenes._words.digits import Number, number, relation
from scenes._words.piece import Piece

_GROWTH = 4
"""In so many steps the true class's score grows."""
_AHEAD = 2
"""So far it is then ahead of the others, at least."""


@dataclass(frozen=True)
class Outputs:
    """The scores of some classes, their names, and which one is true."""

    scores: tuple[float, ...]
    names: tuple[str, ...]
    truth: int

    @property
    def classes(self) -> range:
        """The classes, by their numbers."""
        return range(len(self.scores))

    @cached_property
    def steps(self) -> SoftmaxSteps:
        """On the way from scores to probabilities."""
        return softmax_steps(self.scores)

    @property
    def shares(self) -> list[float]:
        """The probabilities."""
        return [float(share) for share in self.steps.probabilities]

    @property
    def loss(self) -> float:
        """The loss for the true class."""
        return float(cross_entropy(self.scores, self.truth))

    @property
    def answer(self) -> int:
        """The class with the largest score; of equal ones the first."""
        return max(self.classes, key=lambda k: self.scores[k])

    @property
    def grown(self) -> list[Outputs]:
        """The same with a larger and larger score of the true class, until it is well ahead of the others."""
        mine = self.scores[self.truth]
        best = max((score for k, score in enumerate(self.scores) if k != self.truth), default=mine)
        step = max(1, math.ceil((best + _AHEAD - mine) / _GROWTH))
        return [self.with_score(mine + step * k) for k in range(1, _GROWTH + 1)]

    def with_score(self, score: float) -> Outputs:
        """The same with another score of the true class."""
        before, after = self.scores[: self.truth], self.scores[self.truth + 1 :]
        return replace(self, scores=(*before, score, *after))

    # Texts

    def label(self, index: int) -> Piece:
        """What a class is called."""
        return Piece(self.names[index], ("label", index))

    def score(self, index: int) -> Piece:
        """Its score."""
        return Piece(number(self.scores[index]), ("score", index))

    def power(self, index: int) -> list[Piece | str]:
        """e to the power of its score."""
        value = number(float(self.steps.powers[index]))
        exponent = Piece(f"e^{number(self.scores[index])}", ("exponent", index))
        return [exponent, "≈" if value.rounded else "=", Piece(value, ("power", index))]

    def total(self) -> list[Piece | str]:
        """The sum of all powers."""
        value = number(self.steps.total)
        powers = [[number(float(power))] for power in self.steps.powers]
        return [relation(powers, value), Piece(value, ("total",))]

    def probability(self, index: int) -> Piece:
        """The probability of a class."""
        return Piece(number(self.shares[index]), ("probability", index))

    def whole(self) -> list[Piece | str]:
        """The sum of all probabilities."""
        one = number(1.0)
        return [relation([[number(share)] for share in self.shares], one), Piece(one, ("whole",))]


def names_of(count: int, given: Sequence[str] | None) -> tuple[str, ...]:
    """What classes are called; those without names are numbered."""
    return tuple(given) if given is not None else tuple(f"class {index + 1}" for index in range(count))


def scores() -> str:
    """What a network ends with."""
    return "The last layer gives every class a score. A score can be any number."


def powers() -> str:
    """The first step of softmax."""
    return "Take e to the power of each score: that is always above zero."


def summed(outputs: Outputs) -> str:
    """The second step."""
    total = number(outputs.steps.total)
    return f"Add them up: together they are {_about(total)}{total}."


def divided() -> str:
    """The third step."""
    return "Divide each by the sum. These are probabilities: their bars make one whole. This is softmax."


def answer(outputs: Outputs) -> str:
    """Which class it is."""
    best = outputs.scores[outputs.answer]
    name = outputs.names[outputs.answer]
    if outputs.scores.count(best) > 1:
        return f"No bar is longer than that of “{name}”, so this may be the answer."
    return f"The longest bar is the network's answer: “{name}”."


def loss(outputs: Outputs) -> str:
    """How wrong that is."""
    value, share = number(outputs.loss), outputs.shares[outputs.truth]
    name = outputs.names[outputs.truth]
    told = f"The loss is −ln of its probability: {_about(value)}{value}."
    if outputs.truth == outputs.answer:
        return f"And “{name}” is true. {told}"
    bar = "Its bar is short, so the loss is large" if share < 0.5 else "The loss is −ln of its probability"
    if share < 0.5:
        return f"But “{name}” is true. {bar}: −ln of its probability is {_about(value)}{value}."
    return f"But “{name}” is true. {told}"


def learned(outputs: Outputs) -> str:
    """What training does."""
    others = "the other shrinks" if len(outputs.scores) == 2 else "the others shrink"
    return f"Training lets the score of “{outputs.names[outputs.truth]}” grow: its bar grows, {others}, the loss falls."


def _about(value: Number) -> str:
    return "about " if value.rounded else ""


def loss_figure(outputs: Outputs) -> str:
    """The loss, worked out from the probability as it is shown."""
    share, value = number(outputs.shares[outputs.truth]), number(outputs.loss)
    return f"loss = −ln {share} {'≈' if share.rounded or value.rounded else '='} {value}"
