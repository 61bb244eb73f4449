"""The lines of CodeView for PyTorch and Keras, run as they stand on screen (NumPy's are run by its book)."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

from cnnmath import Convolution
from scenes._words.listings import Listing, keras_listing, keras_shape, torch_listing

# Keras computes with JAX here.
os.environ["KERAS_BACKEND"] = "jax"
IMAGE = (np.arange(60).reshape(2, 5, 6) * 7) % 10
KERNEL = np.arange(-6, 6).reshape(1, 2, 2, 3)
CASES = {
    "plain": Convolution(IMAGE, KERNEL, bias=2),
    "stride 2, padding 1": Convolution(IMAGE, KERNEL, bias=2, stride=2, padding=1),
    "uneven steps": Convolution(IMAGE, KERNEL, stride=(1, 2), padding=(2, 1)),
    "dilated": Convolution(IMAGE, KERNEL, bias=-1, dilation=(1, 2)),
    "three filters": Convolution(IMAGE, np.arange(36).reshape(3, 2, 2, 3), bias=[1, -2, 3]),
}
FORMS = ("wide", "narrow")


def built(listing: Listing, narrow: bool, names: dict[str, Any], fill: Any) -> dict[str, Any]:
    """Run all lines; the layer's numbers are filled in as soon as it is there. The last line is a comparison."""
    *lines, comparison = listing.lines(narrow)
    call = next(i for i, line in enumerate(lines) if line.startswith("y ="))
    exec("\n".join(lines[:call]), names)
    fill(names)
    exec("\n".join(lines[call:]), names)
    assert eval(comparison, names) is True
    return names


@pytest.mark.parametrize("narrow", [False, True], ids=FORMS)
@pytest.mark.parametrize("conv", CASES.values(), ids=CASES)
def test_the_layer_of_pytorch_gives_the_numbers_of_the_core(conv: Convolution, narrow: bool) -> None:
    torch = pytest.importorskip("torch")

    def fill(names: dict[str, Any]) -> None:
        layer = names["layer"].double()
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(np.array(conv.kernel)))
            layer.bias.copy_(torch.from_numpy(np.array(conv.bias)))

    names = built(
        torch_listing(conv), narrow, {"nn": torch.nn, "x": torch.from_numpy(np.array(conv.image))[None]}, fill
    )
    assert np.abs(names["y"][0].detach().numpy() - conv.output()).max() < 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("narrow", [False, True], ids=FORMS)
@pytest.mark.parametrize("conv", CASES.values(), ids=CASES)
def test_the_layer_of_keras_gives_the_numbers_of_the_core(conv: Convolution, narrow: bool) -> None:
    pytest.importorskip("jax", reason="Keras computes with JAX here, which this machine has no wheel for")
    keras = pytest.importorskip("keras")
    weights = conv.kernel.transpose(2, 3, 1, 0)
    assert weights.shape == keras_shape(conv)

    def fill(names: dict[str, Any]) -> None:
        names["layer"].build(names["x"].shape)
        names["layer"].set_weights([weights, conv.bias])

    image = keras.ops.convert_to_tensor(conv.image.transpose(1, 2, 0)[None].astype("float32"))
    names = built(keras_listing(conv), narrow, {"layers": keras.layers, "x": image}, fill)
    assert np.abs(np.asarray(names["y"])[0].transpose(2, 0, 1) - conv.output()).max() < 1e-3


@pytest.mark.parametrize("conv", CASES.values(), ids=CASES)
def test_what_is_narrow_says_the_same_on_shorter_lines(conv: Convolution) -> None:
    for listing in (torch_listing(conv), keras_listing(conv)):
        wide, narrow = ("".join("".join(lines).split()) for lines in (listing.wide, listing.narrow))
        assert wide == narrow
        assert max(map(len, listing.narrow)) <= 38
