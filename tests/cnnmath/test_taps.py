"""The taps against the definition written as plain loops, and the windows against the taps."""

import itertools

import numpy as np
import pytest
from core_strategies import convolutions
from hypothesis import given

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution


def by_loops(conv: Convolution):
    """Walk over every result and every weight of its filter, and say what each touches."""
    _, height, width = conv.image.shape
    _, padded_height, padded_width = conv.padded_shape
    (top, _), (left, _) = conv.pads
    _, *kernel_shape = conv.kernel.shape
    taps, padding_taps = [], []
    for result, (filter_, row, column) in enumerate(np.ndindex(*conv.output_shape)):
        for inner, (channel, down, across) in enumerate(np.ndindex(*kernel_shape)):
            weight = filter_ * int(np.prod(kernel_shape)) + inner
            y = row * conv.stride[0] + down * conv.dilation[0]
            x = column * conv.stride[1] + across * conv.dilation[1]
            if top <= y < top + height and left <= x < left + width:
                taps.append((result, (channel * height + y - top) * width + x - left, weight))
            else:
                padding_taps.append((result, (channel * padded_height + y) * padded_width + x, weight))
    return taps, padding_taps


@given(convolutions(channels=2, filters=2, size=6))
def test_taps_are_what_the_definition_touches(conv):
    taps, padding_taps = by_loops(conv)
    assert conv.taps.tolist() == taps
    assert conv.padding_taps.tolist() == padding_taps


@given(convolutions())
def test_taps_are_ordered_by_result_then_weight_and_by_pixel_too(conv):
    for table in (conv.taps, conv.padding_taps):
        assert (np.lexsort((table["weight"], table["result"])) == np.arange(len(table))).all()
    assert (np.lexsort((conv.taps["pixel"], conv.taps["result"])) == np.arange(len(conv.taps))).all()


@given(convolutions())
def test_taps_give_the_output(conv):
    products = conv.image.ravel()[conv.taps["pixel"]] * conv.kernel.ravel()[conv.taps["weight"]]
    sums = np.bincount(conv.taps["result"], products, minlength=np.prod(conv.output_shape))
    filters = np.arange(sums.size) // (sums.size // len(conv.bias))
    np.testing.assert_allclose(conv.output().ravel(), sums + conv.bias[filters], rtol=1e-10, atol=1e-10)


def test_output_and_counts_do_not_build_the_taps():
    conv = Convolution(np.ones((4, 4)), np.ones((2, 2)))
    before = set(vars(conv))
    conv.output()
    assert conv.counts.taps == 9 * 4
    assert set(vars(conv)) == before
    assert conv.taps is conv.taps


def test_much_padding_is_counted_at_once():
    """What a scene would refuse is refused before memory is taken: its taps would fill 24 GB."""
    counts = Convolution(np.ones((3, 3)), np.ones((2, 2)), padding=10**9).counts
    assert (counts.taps, counts.results) == (36, (2 * 10**9 + 2) ** 2)


@given(convolutions(channels=2, filters=2))
def test_a_window_is_where_the_filter_stands(conv):
    padded = np.pad(conv.image, ((0, 0), *conv.pads))
    output = conv.output()
    for result in range(output.size):
        window = conv.window(result)
        filter_, row, column = conv.result_place(result)
        assert (window.result, window.filter) == (result, filter_)
        covered = padded[:, window.rows, window.columns]
        assert covered.shape == conv.kernel.shape[1:]
        value = (covered * conv.kernel[filter_]).sum() + conv.bias[filter_]
        np.testing.assert_allclose(value, output[filter_, row, column], rtol=1e-10, atol=1e-10)
        for table, of_window in ((conv.taps, window.taps), (conv.padding_taps, window.padding_taps)):
            np.testing.assert_array_equal(table[table["result"] == result], of_window)
        places = {conv.padded_position(pixel) for pixel in window.taps["pixel"]}
        places |= {conv.padded_place(position) for position in window.padding_taps["position"]}
        rows, columns = (range(*side.indices(10**6)) for side in (window.rows, window.columns))
        assert places == set(itertools.product(range(conv.image.shape[0]), rows, columns))


@given(convolutions(channels=2, filters=2))
def test_products_are_those_of_the_equations(conv):
    for equation in conv.equations():
        products = conv.products(equation.result)
        assert products.tolist() == [term.product for term in equation.terms]
        np.testing.assert_allclose(products.sum() + equation.bias, equation.value, rtol=1e-10, atol=1e-10)


@given(convolutions())
def test_places_are_the_flat_indices_undone(conv):
    for place, values in (
        (conv.pixel_place, conv.image),
        (conv.weight_place, conv.kernel),
        (conv.result_place, conv.output()),
        (conv.padded_place, np.empty(conv.padded_shape)),
    ):
        for index in {0, values.size // 2, values.size - 1}:
            coordinates = place(index)
            assert all(type(part) is int for part in coordinates)
            assert np.ravel_multi_index(coordinates, values.shape) == index


@given(convolutions())
def test_runs_are_the_flat_indices_of_a_part(conv):
    """For every depth: of a filter, of its channel, of a row, of a single place."""
    for run, shape in (
        (conv.results_of, conv.output_shape),
        (conv.weights_of, conv.kernel.shape),
        (conv.pixels_of, conv.image.shape),
    ):
        flat = np.arange(np.prod(shape)).reshape(shape)
        for depth in range(1, len(shape) + 1):
            for place in np.ndindex(shape[:depth]):
                assert list(run(*place)) == flat[place].ravel().tolist()
    assert conv.first_results == tuple(np.arange(np.prod(conv.output_shape)).reshape(conv.output_shape)[:, 0, 0])


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("results_of", (1,), r"filter must be from 0 to 0 in the shape \(1, 2, 2\); got 1"),
        ("results_of", (0, 2), r"row must be from 0 to 1 in the shape \(1, 2, 2\); got 2"),
        ("weights_of", (-1,), "filter must be from 0 to 0 .*got -1"),
        ("weights_of", (0, 1), "channel must be from 0 to 0 .*got 1"),
        ("weights_of", (0, 0, 0, 0, 0), r"at most filter, channel, row, column .*got \(0, 0, 0, 0, 0\)"),
        ("pixels_of", (1,), "channel must be from 0 to 0 .*got 1"),
        ("pixels_of", (0, 3), "row must be from 0 to 2 .*got 3"),
    ],
)
def test_a_run_that_is_not_there_is_refused(name, place, said):
    with pytest.raises(IndexError, match=said):
        getattr(EXAMPLE, name)(*place)


def test_a_run_of_no_whole_number_is_refused():
    with pytest.raises(TypeError):
        EXAMPLE.results_of(0.0)
    assert EXAMPLE.results_of(np.int64(0)) == range(4)


@pytest.mark.parametrize(
    "name",
    ["pixel_place", "weight_place", "result_place", "padded_place", "padded_position", "window"],
)
@pytest.mark.parametrize("index", [-1, 10**6])
def test_an_index_that_is_not_there_is_refused(name, index):
    with pytest.raises(IndexError, match=f"from 0 to .*got {index}"):
        getattr(PADDED_EXAMPLE, name)(index)


def test_indices_may_be_numpys():
    assert EXAMPLE.window(np.int64(3)).result == 3
    assert type(EXAMPLE.window(np.int64(3)).result) is int
    with pytest.raises(TypeError):
        EXAMPLE.window(1.0)
