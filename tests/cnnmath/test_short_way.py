"""The result and the gradients are worked out without the taps: they must be the sums over them all the same."""

import tracemalloc
from contextlib import contextmanager

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given, settings

from cnnmath import Convolution, _correlate, _windows
from cnnmath.values import Gradients

MIB = 1 << 20


def by_taps(conv: Convolution, upstream: np.ndarray) -> Gradients:
    """Sum over every tap of a pixel, and of a weight."""
    results, pixels, weights = (conv.taps[field] for field in ("result", "pixel", "weight"))
    at_taps = upstream.ravel()[results]
    image = np.bincount(pixels, conv.kernel.ravel()[weights] * at_taps, conv.image.size)
    kernel = np.bincount(weights, conv.image.ravel()[pixels] * at_taps, conv.kernel.size)
    return Gradients(image.reshape(conv.image.shape), kernel.reshape(conv.kernel.shape), upstream.sum(axis=(1, 2)))


def agree(conv: Convolution) -> None:
    upstream = like_output(conv)
    ours, theirs = conv.backward(upstream), by_taps(conv, upstream)
    for name in Gradients._fields:
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-9, err_msg=name)
    np.testing.assert_array_equal(conv.transpose(upstream), ours.image)
    products = conv.image.ravel()[conv.taps["pixel"]] * conv.kernel.ravel()[conv.taps["weight"]]
    sums = np.bincount(conv.taps["result"], products, conv.counts.results).reshape(conv.output_shape)
    np.testing.assert_allclose(conv.output(), sums + conv.bias[:, None, None], rtol=1e-9, atol=1e-9)


# Either way to the pixels' gradient must be right for every shape, not only where it is the faster one.
either_way = pytest.mark.parametrize("many", [0, 1000], ids=["scatter", "gather"])


@contextmanager
def core(**constants):
    """Give the core other limits."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in constants.items():
            patched.setattr(_correlate if name == "_MANY" else _windows, name, value)
        yield


@either_way
@given(conv=convolutions())
def test_all_are_the_sums_over_the_taps(many, conv):
    with core(_MANY=many):
        agree(conv)


@either_way
@given(conv=convolutions())
@settings(max_examples=60)
def test_so_they_are_in_blocks_of_any_size(many, conv):
    for block in (1, 40, 200):
        with core(_MANY=many, _BLOCK=block):
            agree(conv)


@either_way
@pytest.mark.parametrize(
    ("size", "kernel", "layout"),
    [
        ((3, 70, 83), (5, 3, 4, 5), {"stride": (4, 2), "padding": (3, 4), "dilation": (2, 3)}),
        ((2, 40, 41), (3, 2, 2, 2), {"stride": (5, 6), "dilation": 3}),  # Some pixels lie under no weight.
        ((1, 2, 3), (1, 1, 2, 2), {"padding": (40, 30), "stride": (9, 7)}),  # Most windows lie on padding alone.
        ((1, 9, 9), (1, 1, 2, 2), {"stride": 2**62, "dilation": 8}),  # So many bytes that they do not fit a number.
        ((1, 9, 9), (2, 1, 1, 1), {"stride": 2**70, "dilation": 2**70}),
    ],
)
def test_so_they_are_for_uncommon_layouts(many, size, kernel, layout):
    random = np.random.default_rng(3)
    inputs = (random.normal(size=shape) for shape in (size, kernel, kernel[:1]))
    with core(_MANY=many):
        agree(Convolution(*inputs, **layout))


def test_the_way_back_does_not_build_the_taps():
    conv = Convolution(np.ones((4, 4)), np.ones((2, 2)))
    upstream = conv.output()
    before = set(vars(conv))
    conv.backward(upstream)
    conv.transpose(upstream)
    assert set(vars(conv)) == before


@either_way
def test_no_number_is_a_negative_zero(many):
    conv = Convolution([[0.0, 1.0], [2.0, -3.0]], kernel=[[-2.0]], padding=1)
    upstream = np.zeros(conv.output_shape)
    with core(_MANY=many):
        for values in (conv.output(), conv.transpose(upstream), *conv.backward(upstream)):
            assert not np.signbit(values[values == 0]).any()


@pytest.mark.parametrize(
    "sizes",
    [
        {"image": (1, 900, 900), "kernel": (1, 1, 5, 5)},
        {"image": (1, 3, 400_000), "kernel": (1, 1, 3, 3)},  # One row of windows is a large thing already.
        {"image": (1, 900, 900), "kernel": (1, 1, 5, 5), "padding": 2},
        {"image": (8, 220, 220), "kernel": (2, 8, 3, 3), "padding": 1},
        {"image": (2, 200, 200), "kernel": (8, 2, 7, 7), "padding": 3},
        {"image": (4, 300, 300), "kernel": (4, 4, 7, 7), "stride": 2, "padding": 3},
    ],
    ids=str,
)
def test_memory_is_constant_beyond_the_result(sizes):
    random = np.random.default_rng(2)
    shapes = sizes.pop("image"), sizes.pop("kernel")
    conv = Convolution(*(random.normal(size=shape) for shape in shapes), **sizes)
    windows = conv.positions * conv.kernel[0].nbytes
    assert windows > 25 * MIB
    upstream = like_output(conv)
    for work in (conv.output, lambda: conv.backward(upstream)):
        peak, result = peak_and_result(work)
        made = sum(part.nbytes for part in result) if isinstance(result, Gradients) else result.nbytes
        # The windows of a block, its product before it is in place, the piece of the padded image below it, and which
        # numbers of upstream are finite.
        assert peak - made < 2.5 * MIB, (peak, made)


def peak_and_result(work):
    tracemalloc.start()
    try:
        result = work()
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()
