"""The digits, and which of them are learned from."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnmath import _read
from cnnmath.values import Floats, Ints

FOLDER = Path(__file__).parent

_LARGEST = 16
_LEARNED = 144
"""So many of each class are learned from: 1,440 in all, which batches of 32 divide evenly."""


class Digits(NamedTuple):
    """Images, (N, 1, 8, 8), with their labels, (N,)."""

    images: Floats
    labels: Ints


@cache
def load_images() -> Digits:
    """Give all digits, in the order of their source.

    >>> load_images().images.max()
    np.float64(1.0)
    """
    with np.load(FOLDER / "digits.npz", allow_pickle=False) as arrays:
        images, labels = arrays["images"][:, None] / _LARGEST, arrays["labels"].astype(np.int64)
    return Digits(_read.freeze(images), _read.freeze(labels))


@cache
def split() -> tuple[Digits, Digits]:
    """Give the digits to learn from, as many of each class, spread evenly over it; and all others, to test with.

    >>> [len(part.labels) for part in split()]
    [1440, 357]
    """
    images, labels = load_images()
    tested = np.ones(len(labels), bool)
    for label in range(labels.max() + 1):
        places = np.flatnonzero(labels == label)
        tested[places[np.arange(_LEARNED) * len(places) // _LEARNED]] = False
    learned, held_out = (
        Digits(_read.freeze(images[chosen]), _read.freeze(labels[chosen])) for chosen in (~tested, tested)
    )
    return learned, held_out
