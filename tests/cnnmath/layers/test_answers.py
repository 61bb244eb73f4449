"""Which image a filter answers to most, held to SciPy's correlation of each of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnnmath import digits
from cnnmath.layers import Conv2D, strongest_answers


@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(1, 4))
def test_it_is_the_largest_of_all(seed: int, filters: int, many: int) -> None:
    random = np.random.default_rng(seed)
    images, kernel = random.normal(size=(many, 1, 5, 6)), random.normal(size=(filters, 1, 2, 3))
    answers = strongest_answers(Conv2D(kernel), images)
    for which, answer in enumerate(answers):
        maps = np.stack([correlate2d(image[0], kernel[which, 0], mode="valid") for image in images])
        assert np.unravel_index(maps.argmax(), maps.shape) == answer[:3]
        assert answer.value == pytest.approx(maps.max())


def test_of_equal_ones_it_is_the_first() -> None:
    assert strongest_answers(Conv2D([[1]]), np.ones((3, 1, 2, 2)))[0][:3] == (0, 0, 0)


def test_each_filter_of_the_digit_network_has_one() -> None:
    layer = digits.NETWORK.layers[0]
    assert isinstance(layer, Conv2D)
    assert all(answer.value > 0 for answer in strongest_answers(layer, digits.TEST.images))


def test_without_images_there_is_none() -> None:
    with pytest.raises(ValueError, match="at least one image"):
        strongest_answers(Conv2D([[1]]), np.ones((0, 1, 2, 2)))
