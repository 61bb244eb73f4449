"""The filters that are known by name do what their names say, as SciPy's own of the same names do."""

import numpy as np
import pytest
from scipy import ndimage

from cnnmath import KERNELS, Convolution, named_kernel

IMAGE = np.random.default_rng(4).integers(0, 256, (12, 9)).astype(float)
THEIRS = {
    "vertical edges": lambda image: ndimage.sobel(image, axis=1),
    "horizontal edges": lambda image: ndimage.sobel(image, axis=0),
    "blur": lambda image: ndimage.uniform_filter(image, 5),
    "sharpen": lambda image: image - ndimage.laplace(image),
    "outline": ndimage.laplace,
    "Gauss": lambda image: ndimage.convolve1d(ndimage.convolve1d(image, [0.25, 0.5, 0.25], 0), [0.25, 0.5, 0.25], 1),
}


@pytest.mark.parametrize("name", THEIRS)
def test_it_is_scipys(name: str) -> None:
    ours = Convolution(IMAGE, named_kernel(name)).output()[0]
    rim = len(named_kernel(name)) // 2
    np.testing.assert_allclose(ours, THEIRS[name](IMAGE)[rim:-rim, rim:-rim], atol=1e-9)


@pytest.mark.parametrize("name", KERNELS)
def test_what_finds_edges_finds_nothing_in_a_plain_image_and_the_others_leave_it(name: str) -> None:
    plain = Convolution(np.full((5, 5), 7.0), named_kernel(name)).output()[0, 0, 0]
    assert plain == pytest.approx(0 if "edges" in name or name == "outline" else 7)


def test_the_diagonal_one_tells_the_two_sides_of_the_diagonal_apart() -> None:
    kernel, upper = named_kernel("diagonal edges"), np.triu(np.ones((3, 3)))
    np.testing.assert_array_equal(kernel, -kernel.T)
    assert Convolution(upper, kernel).output().item() == -Convolution(upper.T, kernel).output().item() == 4


def test_an_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"vertical edges, .*; got 'edges'"):
        named_kernel("edges")
    with pytest.raises(ValueError, match="read-only"):
        named_kernel("blur")[0, 0] = 1
