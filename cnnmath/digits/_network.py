"""The network that reads the digits: how it is trained, and the files that keep it."""

from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np

from cnnmath import _read
from cnnmath._whole import whole
from cnnmath.digits._data import FOLDER, split
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, History, MaxPooling2D, Sequential

NETWORK, HISTORY = "network.npz", "training.npz"

SEED, EPOCHS, LEARNING_RATE, BATCH_SIZE = 7, 40, 0.3, 32
"""Chosen by training on parts of the training digits and testing on the rest of them: the test digits had no say."""


def untrained() -> Sequential:
    """Give the network as it is before it has learned anything.

    >>> untrained().output_shapes((1, 8, 8))
    ((4, 6, 6), (4, 6, 6), (4, 3, 3), (36,), (10,))
    """
    random = np.random.default_rng(SEED)
    return Sequential(
        [
            Conv2D.create(filters=4, channels=1, size=3, seed=random),
            Activation("relu"),
            MaxPooling2D(2),
            Flatten(),
            Dense.create(outputs=10, inputs=36, seed=random),
        ]
    )


def train() -> tuple[Sequential, History]:
    """Train the network anew, and give it with its history; it comes out as `NETWORK`.

    >>> from cnnmath import digits
    >>> network, history = digits.train()
    >>> network.count_params(), history.epochs == digits.HISTORY.epochs
    (410, True)
    """
    training, test = split()
    return untrained().fit(*training, EPOCHS, LEARNING_RATE, BATCH_SIZE, SEED, validation=test)


def write(folder: Path) -> History:
    """Train the network anew, and write it with its history into a folder; give the history."""
    network, history = train()
    network.save(folder / NETWORK)
    parts = {field.name: getattr(history, field.name) for field in fields(history)}
    (parts["filters"],) = history.filters
    with whole(folder / HISTORY) as file:
        np.savez_compressed(file, allow_pickle=False, **parts)
    return history


@cache
def load_network() -> Sequential:
    """Give the trained network that is kept beside this."""
    return Sequential.load(FOLDER / NETWORK)


@cache
def load_history() -> History:
    """Give the history that is kept beside this."""
    with np.load(FOLDER / HISTORY, allow_pickle=False) as arrays:
        parts = {name: _read.freeze(values) for name, values in arrays.items()}
    filters = parts.pop("filters")
    return History(filters=(filters,), **parts)
