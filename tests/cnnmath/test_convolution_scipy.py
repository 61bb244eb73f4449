"""The result against SciPy's correlate2d, which knows neither channels nor stride nor dilation."""

from dataclasses import replace

import numpy as np
from core_strategies import convolutions
from hypothesis import given
from scipy.signal import correlate2d

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution


def by_scipy(conv: Convolution) -> np.ndarray:
    filters, channels, rows, columns = conv.kernel.shape
    spread = np.zeros((filters, channels, conv.dilation[0] * (rows - 1) + 1, conv.dilation[1] * (columns - 1) + 1))
    spread[:, :, :: conv.dilation[0], :: conv.dilation[1]] = conv.kernel
    # That "same" pads as it should, JAX tells.
    padded = np.pad(conv.image, [(0, 0), *conv.pads])
    results = [
        sum(correlate2d(plane, weights, "valid") for plane, weights in zip(padded, kernel, strict=True)) + bias
        for kernel, bias in zip(spread, conv.bias, strict=True)
    ]
    return np.array(results)[:, :: conv.stride[0], :: conv.stride[1]]


@given(convolutions())
def test_output_is_scipys(conv):
    output = conv.output()
    assert output.shape == conv.output_shape
    np.testing.assert_allclose(output, by_scipy(conv), rtol=1e-10, atol=1e-10)


def test_the_examples_are_scipys():
    for conv in (EXAMPLE, PADDED_EXAMPLE):
        np.testing.assert_array_equal(conv.output(), by_scipy(conv))


def test_a_large_image_is_worked_out_in_blocks():
    random = np.random.default_rng(1)
    conv = Convolution(random.normal(size=(2, 301, 407)), random.normal(size=(3, 2, 5, 4)), [1, 2, 3], (2, 1))
    np.testing.assert_allclose(conv.output(), by_scipy(conv), rtol=1e-10, atol=1e-10)


def test_padding_same_keeps_the_size_also_through_replace():
    conv = Convolution(np.arange(12.0).reshape(3, 4), np.ones((3, 3)), padding="same")
    assert conv.pads == ((1, 1), (1, 1))
    even = replace(conv, kernel=np.arange(8.0).reshape(2, 4))
    assert even.pads == ((0, 1), (1, 2))
    assert even.output_shape == conv.output_shape == (1, 3, 4)
    np.testing.assert_allclose(even.output(), by_scipy(even))
