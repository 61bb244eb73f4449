"""The numbers: a convolution's result, its matrix and its gradients, beside SciPy's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy
from scipy.signal import correlate2d

from benchmarks.measure import Measure, Peer, Target
from benchmarks.timing import ready, timed
from cnnmath import Convolution


def measures() -> Iterator[Measure]:
    """Measure the core."""
    large = layer(512)
    seconds = timed(
        {
            "ours": ready(large.output),
            "SciPy": ready(lambda: correlate2d(large.image[0], large.kernel[0, 0], "valid")),
        }
    )
    peer = Peer(f"SciPy {scipy.__version__} signal.correlate2d", seconds["SciPy"])
    yield Measure("output(), 512×512, 3×3", "s", seconds["ours"], peer, Target(1.5))


def layer(size: int) -> Convolution:
    """Make a convolution of a square image with a 3×3 filter, without padding."""
    random = np.random.default_rng(0)
    return Convolution(random.normal(size=(size, size)), random.normal(size=(3, 3)))
