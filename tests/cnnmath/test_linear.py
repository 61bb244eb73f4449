"""Every kind of linear layer is read alike: convolution, dense layer and pooling, off the same list of taps."""

import copy
import math
import pickle
from dataclasses import fields

import numpy as np
import pytest
from core_strategies import like_output
from hypothesis import given
from layer_strategies import linear_layers
from scipy.sparse import csr_array

from cnnmath import EXAMPLE, Convolution, Dense, Pooling

ONE_OF_EACH = [
    EXAMPLE,
    Dense([[1, 2], [3, 4]], [[1, 2, 3, 4], [5, 6, 7, 8]], bias=[1, 2]),
    Pooling([[1, 5, 2], [3, 4, 1]], size=2, padding=1),
    Pooling([[1, 5, 2], [3, 4, 1]], size=2, kind="average", padding=1),
]
each = pytest.mark.parametrize("layer", ONE_OF_EACH, ids=lambda layer: getattr(layer, "kind", type(layer).__name__))


@given(linear_layers())
def test_the_matrix_applied_is_the_layer(layer):
    assert layer.inputs.size == math.prod(layer.input_shape)
    for matrix in (layer.weight_matrix(), layer.weight_matrix(sparse=True)):
        product = (matrix @ layer.inputs + layer.biases).reshape(layer.output_shape)
        np.testing.assert_allclose(product, layer.output(), rtol=1e-10, atol=1e-10)


@given(linear_layers())
def test_the_sparse_matrix_is_the_dense_one(layer):
    sparse = layer.weight_matrix(sparse=True)
    assert isinstance(sparse, csr_array)
    assert sparse.nnz == len(layer.taps)
    assert sparse.has_canonical_format
    np.testing.assert_array_equal(sparse.toarray(), layer.weight_matrix())


@given(linear_layers())
def test_taps_are_ordered_and_stand_where_sharing_says(layer):
    assert layer.taps.dtype.names == ("result", "pixel", "weight")
    assert (np.lexsort((layer.taps["pixel"], layer.taps["result"])) == np.arange(len(layer.taps))).all()
    assert (layer.sharing >= 0).sum() == len(layer.taps)
    np.testing.assert_array_equal(layer.sharing[layer.taps["result"], layer.taps["pixel"]], layer.taps["weight"])
    assert (layer.weight_matrix()[layer.sharing < 0] == 0).all()


@given(linear_layers())
def test_equal_sharing_is_equal_value(layer):
    matrix = layer.weight_matrix()
    for weight in set(layer.taps["weight"].tolist()):
        assert len(set(matrix[layer.sharing == weight].tolist())) == 1


@given(linear_layers())
def test_what_can_be_learned_is_what_has_a_weight_but_in_a_pooling(layer):
    assert layer.trainable.dtype == bool
    np.testing.assert_array_equal(layer.trainable, (layer.sharing >= 0) & (not isinstance(layer, Pooling)))
    counts = np.bincount(layer.taps["weight"])
    assert layer.shares_weights == (counts.max(initial=0) > 1)


@given(linear_layers())
def test_counts_count_what_is_there(layer):
    results, pixels = layer.sharing.shape
    counts = layer.counts
    assert (counts.results, counts.pixels, counts.entries) == (results, pixels, results * pixels)
    assert (counts.taps, counts.zeros) == (len(layer.taps), int((layer.sharing < 0).sum()))
    names = {Convolution: "kernel", Dense: "weights"}
    assert counts.weights == (getattr(layer, names[type(layer)]).size if type(layer) in names else 0)


@given(linear_layers())
def test_the_network_has_an_edge_for_every_tap_or_entry(layer):
    results, pixels = layer.sharing.shape
    for dense in (False, True):
        network = layer.network(dense)
        assert (network.inputs, network.outputs) == (pixels, results)
        edges = network.edges
        assert edges.dtype.names == ("pixel", "result", "weight")
        np.testing.assert_array_equal(edges["weight"], layer.sharing[edges["result"], edges["pixel"]])
        wanted = np.arange(results * pixels) if dense else np.flatnonzero(layer.sharing.ravel() >= 0)
        np.testing.assert_array_equal(edges["result"] * pixels + edges["pixel"], wanted)


@given(linear_layers())
def test_equations_are_the_rows_written_out(layer):
    matrix, output = layer.weight_matrix(), layer.output().ravel()
    for result, equation in enumerate(layer.equations()):
        taps = layer.taps[layer.taps["result"] == result]
        assert (equation.result, equation.value) == (result, output[result])
        assert [(term.pixel, term.weight) for term in equation.terms] == taps[["pixel", "weight"]].tolist()
        assert [term.weight_value for term in equation.terms] == matrix[result, taps["pixel"]].tolist()
        assert [term.pixel_value for term in equation.terms] == layer.inputs[taps["pixel"]].tolist()
        assert [term.product for term in equation.terms] == layer.products(result).tolist()
        assert equation.bias == layer.biases[result]
        total = sum(term.product for term in equation.terms) + equation.bias
        assert total == pytest.approx(equation.value, rel=1e-10, abs=1e-10)


@given(linear_layers())
def test_what_is_seen_lies_in_the_window(layer):
    for result in range(layer.counts.results):
        seen = layer.pixels_seen(result)
        assert (np.diff(seen) > 0).all()
        assert seen.tolist() == layer.window(result).taps["pixel"].tolist()
        assert set(np.flatnonzero(layer.sharing[result] >= 0)) <= set(seen.tolist())


@given(linear_layers())
def test_the_way_back_to_the_pixels_is_the_matrix_transposed(layer):
    upstream = like_output(layer)
    pixels = layer.backward(upstream)[0]
    assert pixels.shape == layer.input_shape
    np.testing.assert_allclose(pixels.ravel(), layer.weight_matrix().T @ upstream.ravel(), rtol=1e-10, atol=1e-10)


@each
@pytest.mark.parametrize("index", [-1, 10**6])
def test_a_result_that_is_not_there_is_refused(layer, index):
    for reading in (layer.window, layer.products, layer.pixels_seen):
        with pytest.raises(IndexError, match=f"result must be from 0 to .*got {index}"):
            reading(index)


@each
def test_what_is_not_shaped_like_the_output_is_refused(layer):
    for call in (layer.backward, layer.entry_gradients, lambda upstream: layer.step(upstream, rate=1)):
        with pytest.raises(ValueError, match=r"upstream must have the output's shape .* got \(7,\)"):
            call(np.ones(7))
        with pytest.raises(ValueError, match="finite"):
            call(np.full(layer.output_shape, np.nan))


@each
def test_nothing_in_a_layer_changes(layer):
    kept = [*(field.name for field in fields(layer)), "taps", "sharing", "trainable", "inputs"]
    for other in (layer, copy.copy(layer), pickle.loads(pickle.dumps(layer))):
        for values in (getattr(other, name) for name in kept):
            assert not isinstance(values, np.ndarray) or not values.flags.writeable
        for values in (other.window(0).taps, other.window(0).padding_taps, other.network().edges):
            assert not values.flags.writeable
        np.testing.assert_array_equal(other.output(), layer.output())
        for name in kept:
            np.testing.assert_array_equal(getattr(other, name), getattr(layer, name))
    assert copy.deepcopy(layer) is layer


@each
def test_what_a_method_makes_is_the_callers_own(layer):
    upstream = like_output(layer)
    gradients = (lambda part=part: layer.backward(upstream)[part] for part in (0, -1))
    for make in (layer.output, layer.weight_matrix, *gradients):
        first = make()
        expected = first.copy()
        first += 1
        np.testing.assert_array_equal(make(), expected)
    assert upstream.tolist() == like_output(layer).tolist()
