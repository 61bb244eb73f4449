"""The fifteen classics against the guide's sizes and JAX: values and shapes, the transposed ones included."""

import numpy as np
import pytest

from cnnmath import Convolution, classics
from cnnmath.transposed import Transposed

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

SIZES = {
    # image, kernel, padding, stride, dilation → result
    "NO_PADDING": (4, 3, 0, 1, 1, 2),
    "ARBITRARY_PADDING": (5, 4, 2, 1, 1, 6),
    "HALF_PADDING": (5, 3, 1, 1, 1, 5),
    "FULL_PADDING": (5, 3, 2, 1, 1, 7),
    "STRIDES": (5, 3, 0, 2, 1, 2),
    "PADDING_AND_STRIDES": (5, 3, 1, 2, 1, 3),
    "ODD_SIZE": (6, 3, 1, 2, 1, 3),
    "DILATION": (7, 3, 0, 1, 2, 3),
}
FORWARD = list(SIZES)
TRANSPOSED = [name for name in FORWARD if name != "DILATION"]


def forward(name: str) -> Convolution:
    return getattr(classics, name)


def transposed(name: str) -> Transposed:
    return getattr(classics, f"TRANSPOSED_{name}")


def by_jax(image, name):
    """JAX's convolution with the guide's own sizes, not with those that the core keeps."""
    _, _, padding, stride, dilation, _ = SIZES[name]
    kernel = np.asarray(forward(name).kernel)
    batch = jax.lax.conv_general_dilated(
        image[None],
        kernel,
        window_strides=(stride, stride),
        padding=[(padding, padding)] * 2,
        rhs_dilation=(dilation, dilation),
        precision=jax.lax.Precision.HIGHEST,
    )
    return batch[0]


@pytest.mark.parametrize("name", FORWARD)
def test_the_sizes_are_the_guides(name: str) -> None:
    image, kernel, padding, stride, dilation, result = SIZES[name]
    conv = forward(name)
    assert conv.image.shape == (1, image, image)
    assert conv.kernel.shape == (1, 1, kernel, kernel)
    assert conv.pads == ((padding, padding), (padding, padding))
    assert (conv.stride, conv.dilation) == ((stride, stride), (dilation, dilation))
    assert conv.output_shape == (1, result, result)


@pytest.mark.parametrize("name", FORWARD)
def test_the_convolutions_are_jaxs(name: str) -> None:
    conv = forward(name)
    theirs = np.asarray(by_jax(conv.image, name))
    assert theirs.shape == conv.output_shape
    np.testing.assert_allclose(conv.output(), theirs, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", TRANSPOSED)
def test_the_transposed_convolutions_are_jaxs_way_back(name: str) -> None:
    case = transposed(name)
    image, _, _, _, _, result = SIZES[name]
    assert case.convolution is forward(name)
    assert case.given.shape == (1, result, result)
    _, vjp = jax.vjp(lambda pixels: by_jax(pixels, name), np.zeros((1, image, image)))
    (theirs,) = vjp(case.given)
    assert case.output().shape == (1, image, image)
    np.testing.assert_allclose(case.output(), np.asarray(theirs), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", TRANSPOSED)
def test_the_transposed_convolutions_are_jaxs_conv_transpose(name: str) -> None:
    case = transposed(name)
    image, kernel, padding, stride, _, result = SIZES[name]
    before = kernel - 1 - padding
    after = image - ((result - 1) * stride + 1) - before + kernel - 1  # the odd size asks for one row more
    theirs = jax.lax.conv_transpose(
        case.given[None],
        case.convolution.kernel,
        strides=(stride, stride),
        padding=[(before, after)] * 2,
        dimension_numbers=("NCHW", "OIHW", "NCHW"),
        transpose_kernel=True,
        precision=jax.lax.Precision.HIGHEST,
    )
    np.testing.assert_allclose(case.output(), np.asarray(theirs)[0], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", FORWARD)
def test_the_numbers_show_a_wrong_flip_or_transposition(name: str) -> None:
    kernel = forward(name).kernel[0, 0]
    assert len(np.unique(kernel)) == kernel.size
    assert not np.isin(kernel, (0, 1)).any()
    assert (kernel == kernel.round()).all()
    assert (kernel < 0).any()
    for other in (kernel.T, kernel[::-1], kernel[:, ::-1], kernel[::-1, ::-1], np.rot90(kernel)):
        assert (kernel != other).any()


@pytest.mark.parametrize("name", FORWARD)
def test_results_have_at_most_two_characters(name: str) -> None:
    shown = [*forward(name).output().ravel()]
    if name in TRANSPOSED:
        shown += [share.after for share in transposed(name).shares]
    assert all(len(f"{value:.0f}") <= 2 for value in shown)
