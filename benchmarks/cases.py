"""The convolutions that the core is measured with."""

import numpy as np

from cnnmath import Convolution


def image(size: int) -> Convolution:
    """Make a convolution of one square channel with a 3×3 filter, without padding."""
    return _random((1, size, size), (1, 1, 3, 3), padding=0)


def layer() -> Convolution:
    """Make a layer of a real network: 64 channels × 64 filters, 3×3 on 56×56 with padding 1."""
    return _random((64, 56, 56), (64, 64, 3, 3), padding=1)


def _random(image: tuple[int, ...], kernel: tuple[int, ...], padding: int) -> Convolution:
    random = np.random.default_rng(0)
    return Convolution(
        random.normal(size=image), random.normal(size=kernel), random.normal(size=kernel[0]), padding=padding
    )
