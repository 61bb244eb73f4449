"""What is said of an activation, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from cnnmath import Convolution, activation
from cnnmath.activations import Kind
from scenes._words.counting import count
from scenes._words.digits import Number, number, result_values, results
from scenes._words.piece import Piece


class Known(NamedTuple):
    """What an activation is called, at the beginning of a sentence and as a formula, and what it does."""

    name: str
    formula: str
    does: str


KNOWN: dict[str, Known] = {
    "relu": Known("ReLU", "max(0, x)", "makes zero of everything below zero"),
    "leaky_relu": Known("Leaky ReLU", "max(0.01x, x)", "keeps what is above zero and one hundredth of what is below"),
    "sigmoid": Known("The sigmoid", "1/(1 + e⁻ˣ)", "squeezes every number in between 0 and 1"),
    "tanh": Known("Tanh", "tanh(x)", "squeezes every number in between −1 and 1"),
}
_MOST_NAMED = 6
"""So many results are named in the key figure."""


class Activations:
    """The results of a convolution and what an activation makes of them, as they are written."""

    def __init__(self, conv: Convolution, kind: Kind) -> None:
        self.conv, self.kind = conv, kind
        self.before = result_values(conv)
        """The results, without the noise of floats."""
        self.after: list[float] = activation(kind, self.before).tolist()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.before)

    @cached_property
    def result_texts(self) -> list[Number]:
        """The results in digits."""
        return results(self.conv)

    @cached_property
    def texts(self) -> list[Number]:
        """What becomes of them, in digits."""
        return [number(value) for value in self.after]

    def result(self, index: int) -> Piece:
        """What stands in a result's cell."""
        return Piece(self.result_texts[index], ("result", index))

    def activation(self, index: int) -> Piece:
        """What stands in the cell of what it becomes."""
        return Piece(self.texts[index], ("activation", index))

    def is_above(self, index: int) -> bool:
        """Whether a result is above zero."""
        return self.before[index] > 0

    def stays(self, index: int) -> bool:
        """Whether a result is left as it is."""
        return self.after[index] == self.before[index]

    @property
    def telling(self) -> int | None:
        """The first result on the other side of zero than the very first one, if there is any."""
        return next((i for i in range(self.count) if self.is_above(i) != self.is_above(0)), None)

    @property
    def others(self) -> list[int]:
        """All but the very first one and the telling one."""
        return [i for i in range(1, self.count) if i != self.telling]


def results_seen(acts: Activations) -> str:
    """What the clip begins with."""
    if acts.count == 1:
        return "A filter has given this result. It can be any number."
    below = sum(value < 0 for value in acts.before)
    signs = "Some of them are below zero."
    if below in (0, acts.count):
        signs = "All of them are below zero." if below else "None of them is below zero."
    elif below == 1:
        signs = "One of them is below zero."
    return f"A filter has given these {'' if acts.count > 12 else count(acts.count) + ' '}results. {signs}"


def curve(acts: Activations) -> str:
    """What the function is."""
    known = KNOWN[acts.kind]
    return f"An activation follows: {lower(known.name)} {known.does}."


def lower(name: str) -> str:
    """A name in the middle of a sentence."""
    return "the" + name[3:] if name.startswith("The ") else "tanh" if name == "Tanh" else name


def first(acts: Activations) -> str:
    """The way of the first result."""
    up = "up to the curve" if acts.after[0] > 0 else "to the curve" if acts.after[0] < 0 else "where the curve lies too"
    which = "the first result" if acts.count > 1 else "the result"
    return f"Put {which} on the axis, go {up} and across: {fate(acts, 0)}."


def fate(acts: Activations, index: int) -> str:
    """What becomes of a result."""
    before, after = acts.result_texts[index], acts.texts[index]
    if acts.stays(index):
        return f"{before} stays {after}"
    return f"{before} becomes {'about ' if after.rounded else ''}{after}"


def others(acts: Activations) -> str:
    """The others."""
    many = acts.others
    if all(map(acts.stays, many)):
        who = "The next one passes" if len(many) == 1 else "The others pass" if acts.telling is None else "Others pass"
        return f"{who} unchanged, too."
    return "The others go the same way, each by itself."


def below(acts: Activations) -> str:
    """The one on the other side of zero."""
    telling = acts.telling
    assert telling is not None, "there is one on the other side of zero"
    value, text = acts.before[telling], acts.result_texts[telling]
    side = "above" if value > 0 else "below" if value < 0 else "neither above nor below"
    where = f"But {text} is {side} zero"
    if acts.kind == "relu" and value < 0:
        where += ", where the curve lies on the axis"
    return f"{where}: {fate(acts, telling)}."


def as_map(acts: Activations) -> str:
    """The grid of activations."""
    dark = "The darker a cell, the less was found there." if min(acts.after) >= 0 else (
        "Red ones are above zero, blue ones below."
    )  # fmt: skip
    if len(set(acts.after)) == 1:
        dark = "Here they are all equal."
    return f"So results become activations for the next layer. {dark}"


def fates_figure(acts: Activations) -> str:
    """What has become of all of them."""
    kept = [i for i in range(acts.count) if acts.stays(i)]
    changed = [i for i in range(acts.count) if not acts.stays(i)]
    if acts.kind in ("sigmoid", "tanh"):
        low = "0" if acts.kind == "sigmoid" else "−1"
        return f"{_number_of(acts.count, 'number')} between {low} and 1"
    if acts.count > _MOST_NAMED or len(changed) > 2:
        becomes = "0" if acts.kind == "relu" else "small"
        parts = [f"{len(kept)} of {acts.count} pass"] if kept else []
        parts += [f"{len(changed)} become{'s' if len(changed) == 1 else ''} {becomes}"] if changed else []
        return "; ".join(parts)
    passing = ", ".join(acts.result_texts[i] for i in kept)
    parts = [f"{passing} pass{'es' if len(kept) == 1 else ''}"] if kept else []
    return "; ".join([*parts, *(fate(acts, i) for i in changed)])


def _number_of(many: int, noun: str) -> str:
    return f"{many} {noun}{'' if many == 1 else 's'}"


def sequence(acts: Activations, few: int) -> tuple[Sequence[int], Sequence[int]]:
    """Which of the others go one by one, and which in a sweep."""
    many = acts.others
    return (many, []) if len(many) <= few else (many[: few - 1], many[few - 1 :])
