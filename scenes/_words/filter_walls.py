"""What is said and written of many filters over one photograph, and of filters that a network has learned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

from cnnmath import digits
from cnnmath.layers import Answer, Conv2D, History, strongest_answers
from cnnmath.values import Floats
from scenes._words.counting import count, counted
from scenes._words.figures import in_digits


class LearnedFilters:
    """The filters of the digit network before and after its training, and the digit that each answers to most."""

    @property
    def history(self) -> History:
        """How they were learned."""
        return digits.HISTORY

    @property
    def many(self) -> int:
        """How many there are."""
        return len(self.after)

    @property
    def before(self) -> Floats:
        """The first filters, (F, kh, kw)."""
        return self.history.filters[0][0, :, 0]

    @property
    def after(self) -> Floats:
        """The last ones."""
        return self.layer.kernel[:, 0]

    @cached_property
    def layer(self) -> Conv2D:
        """The network's first layer."""
        return cast(Conv2D, digits.NETWORK.layers[0])

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Where the result of each is largest, of all digits that the network has not learned from."""
        return strongest_answers(self.layer, digits.TEST.images)

    def image(self, which: int) -> Floats:
        """The digit that a filter answers to most, (1, H, W)."""
        return cast(Floats, digits.TEST.images[self.answers[which].image])

    def label(self, which: int) -> int:
        """Which digit that is."""
        return int(digits.TEST.labels[self.answers[which].image])


# What is said


def photo() -> str:
    """What is looked at."""
    return "One photograph, and any number of filters to look at it."


def wall(many: int) -> str:
    """Their maps."""
    if many == 1:
        return "One filter makes one map of it."
    return f"{count(many).capitalize()} filters make {count(many)} maps of it: what is found, the weights decide."


def before(learned: LearnedFilters) -> str:
    """Where the weights come from."""
    return f"In a network nobody thinks them up. The digit network's {counted(learned.many, 'filter')} begin at random."


def after(learned: LearnedFilters) -> str:
    """What training makes of them."""
    times = learned.history.epochs
    return f"Going through {len(digits.TRAINING.labels):,} digits {times} times makes these of them."


def answer() -> str:
    """What each looks for."""
    return f"And this is what each of them answers to most, of {len(digits.TEST.labels)} digits that are new to it."


# Key figures


def wall_figure(many: int) -> str:
    """As many maps as filters."""
    return f"{in_digits(many, 'filter')}, {in_digits(many, 'map')}"


def labels_figure(learned: LearnedFilters) -> str:
    """The digits, from left to right."""
    return f"the strongest answers: {listed([str(learned.label(which)) for which in range(learned.many)])}"


def listed(parts: Sequence[str]) -> str:
    """Several words in a row."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


ROWS = ("at first", "learned", "answers to")
"""What stands beside the rows of filters and digits."""
