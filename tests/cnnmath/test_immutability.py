"""Nothing in a convolution changes after it is made."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution

KEPT = ["image", "kernel", "bias", "taps", "padding_taps", "sharing", "trainable"]


def test_fields_cannot_be_set():
    assert [field.name for field in fields(EXAMPLE)] == ["image", "kernel", "bias", "stride", "padding", "dilation"]
    for field in fields(EXAMPLE):
        with pytest.raises(FrozenInstanceError):
            setattr(EXAMPLE, field.name, None)


@pytest.mark.parametrize("name", KEPT)
def test_kept_arrays_are_read_only(name):
    values = getattr(PADDED_EXAMPLE, name)
    assert not values.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        values[0] = values[0]


def test_views_are_read_only():
    window = PADDED_EXAMPLE.window(0)
    for values in (window.taps, window.padding_taps, EXAMPLE.network().edges, EXAMPLE.network(dense=True).edges):
        assert not values.flags.writeable


def test_arguments_are_copied():
    image, kernel, bias = np.ones((3, 3)), np.ones((2, 2)), np.ones(1)
    conv = Convolution(image, kernel, bias)
    for given in (image, kernel, bias):
        given += 1
    assert conv.output().tolist() == [[[5, 5], [5, 5]]]


def test_what_a_method_makes_is_the_callers_own():
    for make in (
        EXAMPLE.output,
        EXAMPLE.weight_matrix,
        lambda: EXAMPLE.weight_matrix(sparse=True).toarray(),
        lambda: EXAMPLE.transpose(EXAMPLE.output()),
        lambda: EXAMPLE.backward(EXAMPLE.output()).kernel,
    ):
        first = make()
        expected = first.copy()
        first += 1
        np.testing.assert_array_equal(make(), expected)


def test_a_sparse_matrix_shares_nothing_with_the_taps():
    expected = EXAMPLE.taps.tolist()
    matrix = EXAMPLE.weight_matrix(sparse=True)
    matrix.indices[:] = 0
    matrix.indptr[:] = 0
    matrix.data[:] = 0
    assert EXAMPLE.taps.tolist() == expected
    assert EXAMPLE.weight_matrix(sparse=True).nnz == 16


def test_replace_makes_a_variant_and_leaves_the_original():
    variant = replace(EXAMPLE, padding=1, bias=0)
    assert variant.output_shape == (1, 4, 4)
    assert len(variant.taps) == 36
    assert EXAMPLE.output_shape == (1, 2, 2)
    assert len(EXAMPLE.taps) == 16
    with pytest.raises(ValueError, match="kernel"):
        replace(EXAMPLE, kernel=np.ones((9, 9)))


def test_copies_and_pickles_are_as_fixed_as_the_original():
    assert copy.deepcopy(EXAMPLE) is EXAMPLE
    for other in (copy.copy(PADDED_EXAMPLE), pickle.loads(pickle.dumps(PADDED_EXAMPLE))):
        assert not any(getattr(other, name).flags.writeable for name in KEPT)
        np.testing.assert_array_equal(other.output(), PADDED_EXAMPLE.output())


def test_comparing_and_hashing_do_not_trip_over_arrays():
    assert EXAMPLE == EXAMPLE
    assert EXAMPLE != PADDED_EXAMPLE
    assert len({EXAMPLE, PADDED_EXAMPLE, EXAMPLE}) == 2
    assert EXAMPLE.window(0) != EXAMPLE.window(1)
    assert EXAMPLE.equations() == EXAMPLE.equations()
    assert hash(EXAMPLE.equations()[0]) == hash(EXAMPLE.equations()[0])
