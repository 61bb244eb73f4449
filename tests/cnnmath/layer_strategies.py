"""Linear layers of every kind drawn at random, for the properties that hold of each."""

import numpy as np
from core_strategies import convolutions
from hypothesis import strategies as st

from cnnmath import Convolution, Dense, LinearLayer, Pooling


@st.composite
def poolings(draw: st.DrawFn, kinds: tuple[str, ...] = ("max", "average"), size: int = 7, ties: bool = True) -> Pooling:
    """Draw a pooling of any layout: windows that overlap, leave gaps, hang out, do not fit; with equal pixels."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, size), st.integers(1, size)))
    window, padding = zip(*(draw(sides(length)) for length in shape[1:]), strict=True)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    equal = ties and draw(st.booleans())
    # Mostly negative: a padding of zeros would win where it must not.
    image = random.integers(-4, 1, size=shape) if equal else random.normal(-1, 1, size=shape)
    return Pooling(
        image,
        size=window,
        kind=draw(st.sampled_from(kinds)),
        stride=draw(st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4))),
        padding=padding,
        count_include_pad=draw(st.booleans()),
        ceil_mode=draw(st.booleans()),
    )


@st.composite
def sides(draw: st.DrawFn, length: int) -> tuple[int, int]:
    """Draw size and padding along one side of an image."""
    size, padding = draw(st.integers(1, 5)), draw(st.integers(0, 2))
    padding = min(padding, size // 2)
    return min(size, length + 2 * padding), padding


@st.composite
def dense_layers(draw: st.DrawFn) -> Dense:
    """Draw a dense layer over an input of any shape."""
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    results = draw(st.integers(1, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = random.normal(size=(results, int(np.prod(shape))))
    return Dense(random.normal(size=shape), weights, random.normal(size=results))


def linear_layers() -> st.SearchStrategy[LinearLayer]:
    """Draw a linear layer of any kind."""
    return convolutions() | dense_layers() | poolings()


@st.composite
def rows_of_two(draw: st.DrawFn, padding: bool = False) -> tuple[Convolution, Convolution]:
    """Draw a convolution of any layout but padding, and another one over its result, padded or not."""
    second = draw(convolutions(size=5).filter(lambda conv: padding or not any(map(any, conv.pads))))
    channels, height, width = second.image.shape
    depth = draw(st.integers(1, 2))
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    stride, dilation = (draw(st.tuples(st.integers(1, 3), st.integers(1, 3))) for _ in range(2))
    pads = draw(st.tuples(st.integers(0, 1), st.integers(0, 1)))
    rest = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    size = [
        (length - 1) * step + gap * (cells - 1) + 1 - 2 * pad + min(more, step - 1)
        for length, step, gap, cells, pad, more in zip(
            (height, width), stride, dilation, kernel, pads, rest, strict=True
        )
    ]
    pads = tuple(pad if length > 0 else 0 for pad, length in zip(pads, size, strict=True))
    size = [length if length > 0 else length + 2 for length in size]
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    first = Convolution(
        random.normal(size=(depth, *size)),
        random.normal(size=(channels, depth, *kernel)),
        random.normal(size=channels),
        stride=stride,
        padding=pads,
        dilation=dilation,
    )
    assert first.output_shape == second.image.shape
    return first, Convolution(
        first.output(), second.kernel, second.bias, second.stride, second.padding, second.dilation
    )
