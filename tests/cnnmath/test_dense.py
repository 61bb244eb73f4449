"""The dense layer: what it takes, its taps, and that it is a convolution's twin until it learns."""

import numpy as np
import pytest
from core_strategies import convolutions, like_output
from hypothesis import given
from layer_strategies import dense_layers, linear_layers

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution, Dense


@given(dense_layers())
def test_every_pair_is_a_tap_with_a_weight_of_its_own(layer):
    results, pixels = layer.weights.shape
    assert layer.taps.tolist() == [(r, p, r * pixels + p) for r in range(results) for p in range(pixels)]
    np.testing.assert_array_equal(layer.weight_matrix(), layer.weights)
    assert layer.trainable.all()
    assert not layer.shares_weights


@given(dense_layers())
def test_a_window_is_the_whole_input(layer):
    whole = layer.input.reshape(-1, *(1, *layer.input.shape)[-2:])
    for result in range(len(layer.weights)):
        window = layer.window(result)
        assert (window.result, window.filter, len(window.padding_taps)) == (result, result, 0)
        np.testing.assert_array_equal(whole[:, window.rows, window.columns], whole)


@given(dense_layers())
def test_places_are_the_flat_indices_undone(layer):
    for place, shape in ((layer.pixel_place, layer.input.shape), (layer.weight_place, layer.weights.shape)):
        for index in range(int(np.prod(shape))):
            assert np.ravel_multi_index(place(index), shape) == index


@given(dense_layers())
def test_gradients_are_finite_differences(layer):
    upstream, step = like_output(layer), 1e-6
    for name, gradient in layer.backward(upstream)._asdict().items():
        given_values = getattr(layer, name)
        assert gradient.shape == given_values.shape
        for place in np.ndindex(given_values.shape):
            fields = {"input": layer.input, "weights": layer.weights, "bias": layer.bias}
            losses = []
            for sign in (1, -1):
                moved = given_values.copy()
                moved[place] += sign * step
                losses.append((Dense(**{**fields, name: moved}).output() * upstream).sum())
            assert gradient[place] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-5, abs=1e-5)


@given(linear_layers())
def test_a_twin_does_the_same(layer):
    twin = Dense.twin(layer)
    assert twin.input_shape == layer.input_shape
    np.testing.assert_allclose(twin.output(), layer.output().ravel(), rtol=1e-10, atol=1e-10)
    np.testing.assert_array_equal(twin.weights, layer.weight_matrix())


@given(convolutions())
def test_a_filter_as_large_as_the_image_is_a_dense_layer(conv):
    whole = Convolution(conv.image, np.resize(conv.kernel, (2, *conv.image.shape)), bias=[1, 2])
    layer = Dense(conv.image, whole.kernel.reshape(2, -1), whole.bias)
    assert layer.taps.tolist() == whole.taps.tolist()
    np.testing.assert_allclose(layer.output(), whole.output().ravel(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("conv", [EXAMPLE, PADDED_EXAMPLE])
def test_a_twin_has_every_edge_of_the_dense_network(conv):
    edges, twins = conv.network(dense=True).edges, Dense.twin(conv).network().edges
    for field in ("pixel", "result"):
        np.testing.assert_array_equal(edges[field], twins[field])


def test_key_figures_of_a_layer_too_large_to_make():
    """224 × 224 pixels to as many results: a dense layer's numbers, and the ten of a 3×3 filter."""
    counts = Convolution(np.ones((224, 224)), np.ones((3, 3)), padding=1).counts
    assert counts.entries + counts.results == 2_517_681_152
    assert counts.weights + 1 == 10


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"weights": np.ones((2, 3))}, ValueError, ["a column for each of the input's 4 numbers", "(2, 3)", "(2, 2)"]),
        ({"weights": [1, 2, 3, 4]}, ValueError, ["(M, N)", "(4,)"]),
        ({"weights": np.ones((0, 4))}, ValueError, ["weights", "at least one"]),
        ({"weights": [[1, 2, 3, np.inf]]}, ValueError, ["weights", "finite", "inf"]),
        ({"weights": [["a"] * 4]}, TypeError, ["weights", "numbers"]),
        ({"bias": [1, 2, 3]}, ValueError, ["(2,)", "one number a row of the weights", "(2, 4)", "got (3,)"]),
        ({"input": []}, ValueError, ["input", "at least one"]),
        ({"input": [[1, 2], [3, np.nan]]}, ValueError, ["input", "finite", "nan"]),
    ],
)
def test_bad_arguments_are_refused(changes, error, said):
    with pytest.raises(error) as caught:
        Dense(**{"input": [[1, 2], [3, 4]], "weights": np.ones((2, 4)), **changes})
    for words in said:
        assert words in str(caught.value)


@pytest.mark.parametrize("name", ["pixel_place", "weight_place"])
@pytest.mark.parametrize("index", [-1, 100])
def test_an_index_that_is_not_there_is_refused(name, index):
    with pytest.raises(IndexError, match=f"from 0 to .*got {index}"):
        getattr(Dense([1, 2], [[3, 4]]), name)(index)
