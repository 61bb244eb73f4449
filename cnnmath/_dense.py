"""The dense layer's result and the way back: matrix products.

All take one input, flattened to (N,), or a batch of them with its axis last, (N, images).
"""

import numpy as np

from cnnmath.values import Floats


def results(values: Floats, weights: Floats, bias: Floats) -> Floats:
    """Give each output's sum of weight times input, plus its bias: (M[, images])."""
    sums: Floats = weights @ values
    sums += bias if values.ndim == 1 else bias[:, None]
    return sums


def given_to_inputs(upstream: Floats, weights: Floats) -> Floats:
    """Give each input's sum of weight times upstream, (M[, images]), over the outputs: (N[, images])."""
    return weights.T @ upstream


def weight_sums(values: Floats, upstream: Floats) -> Floats:
    """Give each weight's sum of input times upstream, (M[, images]), over the images: (M, N)."""
    return np.outer(upstream, values) if values.ndim == 1 else upstream @ values.T
