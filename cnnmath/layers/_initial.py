"""Weights to begin a training with."""

import math

import numpy as np

from cnnmath import _read
from cnnmath.values import Floats

Seed = int | np.random.Generator
"""A whole number of at least 0; or a generator, which goes on where it is, so that two layers do not begin alike."""


def he_uniform(shape: tuple[int, ...], inputs: int, seed: Seed) -> Floats:
    """Draw weights of results that sum up so many inputs: uniform within ±√(6 / inputs).

    He et al., Delving deep into rectifiers (2015), equation 10, as Keras's HeUniform and PyTorch's kaiming_uniform_.
    Raises TypeError or ValueError for a seed that is none.

    >>> weights = he_uniform((2, 6), 6, seed=0)
    >>> weights.shape, bool(np.abs(weights).max() < 1)
    ((2, 6), True)
    """
    random = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(_read.whole("seed", seed, 0))
    return math.sqrt(6 / inputs) * (2 * random.random(shape) - 1)
