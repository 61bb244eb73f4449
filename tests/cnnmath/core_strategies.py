"""Convolutions drawn at random, for the properties that hold of every one."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnnmath import Convolution


@st.composite
def convolutions(draw: st.DrawFn, channels: int = 3, filters: int = 3, size: int = 7) -> Convolution:
    """Draw a convolution of any layout: channels, filters, stride, padding, dilation, rectangular sides."""
    depth, count = draw(st.integers(1, channels)), draw(st.integers(1, filters))
    image = draw(st.tuples(st.integers(1, size), st.integers(1, size)))
    dilation = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    sides = st.tuples(st.integers(0, 3), st.integers(0, 2))
    padding: Any = draw(st.sampled_from(["same", "valid"]) | sides | st.tuples(sides, sides))
    stride = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    if padding == "same":
        most = 4, 4
    else:
        pads = [(0, 0)] * 2 if padding == "valid" else [np.broadcast_to(side, 2) for side in padding]
        most = tuple(
            min(4, (length + int(sum(pad)) - 1) // gap + 1)
            for length, pad, gap in zip(image, pads, dilation, strict=True)
        )
    kernel = draw(st.tuples(st.integers(1, most[0]), st.integers(1, most[1])))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return Convolution(
        image=random.normal(size=(depth, *image)),
        kernel=random.normal(size=(count, depth, *kernel)),
        bias=random.normal(size=count),
        stride=stride,
        padding=padding,
        dilation=dilation,
    )


def like_output(conv: Convolution) -> np.ndarray:
    """Make an array that could be a gradient at the convolution's result."""
    return np.random.default_rng(0).normal(size=conv.output_shape)
