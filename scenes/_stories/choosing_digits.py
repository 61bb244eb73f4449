"""Which digits of a test are shown: one that is read rightly, two more, and one that is not."""

from __future__ import annotations

import numpy as np

from cnnmath.layers import Sequential
from cnnmath.losses import softmax
from cnnmath.values import Floats, Ints


def choose(network: Sequential, images: Floats, labels: Ints) -> tuple[Floats, list[int]]:
    """Give images with their labels: the first three different digits that are read rightly, and then a mistake.

    Of the mistakes it is the one in which the true class came closest. Raises as the network's `logits` does.
    """
    guesses = network.classify(images)
    right: list[int] = []
    for index in np.flatnonzero(guesses == labels).tolist():
        if labels[index] not in labels[right]:
            right.append(index)
        if len(right) == _RIGHT:
            break
    wrong = np.flatnonzero(guesses != labels).tolist()
    shares = {index: float(softmax(network(images[index]).logits)[labels[index]]) for index in wrong[:_MOST_WRONG]}
    chosen = right + sorted(shares, key=lambda index: -shares[index])[:1]
    return images[chosen], labels[chosen].tolist()


_RIGHT, _MOST_WRONG = 3, 40
"""So many right ones, and so many mistakes are looked at: a network that is bad makes hundreds."""
