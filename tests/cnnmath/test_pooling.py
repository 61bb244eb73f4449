"""Pooling against its definition written as plain loops: who wins, who is averaged, which windows there are."""

import math
from dataclasses import replace

import numpy as np
import pytest
from core_strategies import like_output
from hypothesis import given
from layer_strategies import poolings

from cnnmath import Pooling


def places(pool: Pooling, axis: int) -> list[int]:
    """Where the windows begin along an axis, before the image at a negative number (torch.nn.MaxPool2d, "Shape")."""
    length, size, stride, pad = (
        pool.image.shape[1 + axis],
        pool.size[axis],
        pool.stride[axis],
        pool.padding[axis],
    )
    steps = (length + 2 * pad - size) / stride
    count = (math.ceil(steps) if pool.ceil_mode else math.floor(steps)) + 1
    # "Sliding windows that would start in the right padded region are ignored."
    return [start for start in (step * stride - pad for step in range(count)) if not pool.ceil_mode or start < length]


def windows(pool: Pooling):
    """Walk over all windows: for each its pixels, as flat indices, and how many cells its average may count."""
    (_, height, width), (high, wide) = pool.image.shape, pool.size
    for channel in range(len(pool.image)):
        for top in places(pool, 0):
            for left in places(pool, 1):
                cells = [(row, column) for row in range(top, top + high) for column in range(left, left + wide)]
                pixels = [
                    (channel * height + row) * width + column
                    for row, column in cells
                    if 0 <= row < height and 0 <= column < width
                ]
                ends = height + pool.padding[0], width + pool.padding[1]
                counted = sum(row < ends[0] and column < ends[1] for row, column in cells)
                yield pixels, counted if pool.count_include_pad else len(pixels)


@given(poolings())
def test_a_result_is_the_maximum_or_average_of_its_window(pool):
    flat, all_windows = pool.image.ravel(), list(windows(pool))
    assert math.prod(pool.output_shape) == len(all_windows)
    for result, ((pixels, counted), value) in enumerate(zip(all_windows, pool.output().ravel(), strict=True)):
        assert pool.pixels_seen(result).tolist() == pixels
        values = flat[pixels]
        if pool.kind == "max":
            assert value == values.max()
            # NumPy's argmax is the first of equals.
            assert pool.winners.ravel()[result] == pixels[int(values.argmax())]
        else:
            assert value == pytest.approx(values.sum() / counted, rel=1e-12, abs=1e-12)
            assert set(pool.weight_matrix()[result, pixels].tolist()) == {1 / counted}
    assert pool.left_out.tolist() == sorted(
        set(range(flat.size)) - {pixel for pixels, _ in all_windows for pixel in pixels}
    )


@given(poolings())
def test_a_window_says_what_it_covers_and_what_wins(pool):
    padded = np.pad(np.arange(pool.image.size).reshape(pool.image.shape), ((0, 0), *pool.pads), constant_values=-1)
    assert padded.shape == pool.padded_shape
    for result in range(pool.counts.results):
        window = pool.window(result)
        covered = padded[window.filter, window.rows, window.columns]
        assert covered.shape == pool.size
        assert window.taps["pixel"].tolist() == covered[covered >= 0].tolist()
        assert len(window.padding_taps) == (covered < 0).sum()
        places = {pool.padded_place(position) for position in window.padding_taps["position"]}
        assert all(padded[place] == -1 for place in places)
        assert len(places) == len(window.padding_taps)
        weights, lost = window.taps["weight"], window.padding_taps["weight"]
        if pool.kind == "max":
            assert window.taps["pixel"][weights == 0].tolist() == [pool.winners.ravel()[result]]
            assert set(weights.tolist()) <= {0, -1}
            assert set(lost.tolist()) <= {-1}
        else:
            assert len(set(weights.tolist())) == 1
            assert set(lost.tolist()) <= ({int(weights[0])} if pool.count_include_pad else {-1})


@given(poolings(ties=False))
def test_the_gradient_is_the_finite_difference(pool):
    upstream, step = like_output(pool), 1e-7
    gradient = pool.backward(upstream).image
    for place in np.ndindex(pool.image.shape):
        losses = []
        for sign in (1, -1):
            moved = pool.image.copy()
            moved[place] += sign * step
            losses.append((replace(pool, image=moved).output() * upstream).sum())
        assert gradient[place] == pytest.approx((losses[0] - losses[1]) / (2 * step), abs=1e-6)


def test_the_first_of_equals_wins():
    pool = Pooling(np.ones((2, 4, 4)), size=2)
    assert pool.winners.tolist() == [[[0, 2], [8, 10]], [[16, 18], [24, 26]]]
    assert pool.backward(np.ones(pool.output_shape)).image.sum() == 8


def test_a_pixel_that_wins_two_windows_gets_both_gradients():
    pool = Pooling([[0, 9, 0]], size=(1, 2), stride=1)
    assert pool.winners.tolist() == [[[1, 1]]]
    assert pool.backward([[[3, 4]]]).image.tolist() == [[[0, 7, 0]]]


def test_padding_never_wins():
    pool = Pooling([[-5.0, -7.0], [-6.0, -8.0]], size=2, padding=1)
    assert pool.output().tolist() == [[[-5, -7], [-6, -8]]]
    assert pool.weight_matrix().tolist() == np.eye(4).tolist()


def test_padding_of_an_average_counts_or_not():
    image = [[4.0, 8.0], [12.0, 16.0]]
    counted, not_counted = (Pooling(image, 2, "average", padding=1, count_include_pad=flag) for flag in (True, False))
    assert counted.output().tolist() == [[[1, 2], [3, 4]]]
    assert not_counted.output().tolist() == [[[4, 8], [12, 16]]]
    assert set(counted.sharing[counted.sharing >= 0].tolist()) == {0}


def test_weights_of_several_sizes_are_told_apart():
    pool = Pooling([[1, 2, 3]], size=(1, 3), kind="average", stride=1, padding=(0, 1), count_include_pad=False)
    assert pool.taps.tolist() == [(0, 0, 1), (0, 1, 1), (1, 0, 0), (1, 1, 0), (1, 2, 0), (2, 1, 1), (2, 2, 1)]
    assert pool.weight_matrix()[1].tolist() == [1 / 3] * 3


@pytest.mark.parametrize(("ceil_mode", "result"), [(False, [[[4]]]), (True, [[[4, 5], [7, 8]]])])
def test_a_window_that_does_not_fit_is_left_out_or_hangs_out(ceil_mode, result):
    pool = Pooling([[0, 1, 2], [3, 4, 5], [6, 7, 8]], size=2, ceil_mode=ceil_mode)
    assert pool.output().tolist() == result
    assert pool.left_out.tolist() == ([] if ceil_mode else [2, 5, 6, 7, 8])
    assert pool.pads == (((0, 1), (0, 1)) if ceil_mode else ((0, 0), (0, 0)))


def test_what_hangs_out_is_not_divided_by():
    """As in torch.nn.AvgPool2d(2, ceil_mode=True): padding counts, what lies beyond it does not."""
    pool = Pooling([[4.0, 8.0, 12.0]], size=(1, 2), kind="average", ceil_mode=True)
    assert pool.output().tolist() == [[[6, 12]]]


def test_pooling_learns_nothing():
    for kind in ("max", "average"):
        pool = Pooling(np.arange(16.0).reshape(4, 4), size=2, kind=kind)
        assert not pool.trainable.any()
        assert pool.counts.weights == 0
        stepped = pool.step(np.ones(pool.output_shape), rate=1)
        np.testing.assert_array_equal(stepped.weight_matrix(), pool.weight_matrix())


def test_an_average_has_no_winners():
    with pytest.raises(ValueError, match='"max" has winners; this is "average"'):
        _ = Pooling([[1, 2]], size=1, kind="average").winners


@pytest.mark.parametrize("kind", ["max", "average"])
def test_counting_builds_no_taps_and_neither_does_the_result(kind):
    pool = Pooling(np.ones((4, 4)), size=2, kind=kind)
    assert pool.counts.results == pool.output().size
    pool.backward(pool.output())
    assert not {"taps", "_touches"} & set(vars(pool))


@pytest.mark.parametrize("kind", ["max", "average"])
def test_a_step_beyond_every_size_is_one_result(kind):
    assert Pooling([[1, 2]], size=1, kind=kind, stride=10**30).output().tolist() == [[[1]]]


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"size": 4}, ValueError, [r"size must fit", "(4, 4)", "(1, 3, 3)"]),
        ({"size": (1, 6), "padding": (0, 1)}, ValueError, [r"size must fit", "(1, 6)", "(1, 3, 5)"]),
        ({"size": 0}, ValueError, ["size", "at least 1", "got 0"]),
        ({"size": "2"}, TypeError, ["size", "'2'"]),
        ({"size": 2.5}, ValueError, ["size", "2.5"]),
        ({"stride": 0}, ValueError, ["stride", "at least 1", "got 0"]),
        ({"padding": 2}, ValueError, ["padding", "half", "(2, 2)"]),
        ({"size": 3, "padding": 2}, ValueError, ["padding", "half", "(2, 2)", "(3, 3)"]),
        ({"padding": "full"}, ValueError, ["padding", '"same"', "'full'"]),
        ({"padding": ((0, 2), (0, 0))}, ValueError, ["padding", "half", "((0, 2), (0, 0))"]),
        ({"kind": "mean"}, ValueError, ["kind", '"max"', '"average"', "'mean'"]),
        ({"kind": None}, ValueError, ["kind", "None"]),
        ({"image": [[np.nan]]}, ValueError, ["image", "finite", "nan"]),
        ({"image": np.ones((0, 2))}, ValueError, ["image", "at least one"]),
        ({"image": [1, 2]}, ValueError, ["image", "(H, W)", "(2,)"]),
        ({"ceil_mode": 1}, TypeError, ["ceil_mode", "True or False", "got 1"]),
        ({"count_include_pad": "yes"}, TypeError, ["count_include_pad", "True or False", "'yes'"]),
    ],
)
def test_bad_arguments_are_refused(changes, error, said):
    with pytest.raises(error) as caught:
        Pooling(**{"image": np.arange(9.0).reshape(3, 3), "size": 2, **changes})
    for words in said:
        assert words in str(caught.value)


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize("padding", [((1, 0), (0, 1)), ((0, 1), (1, 1)), "same"])
def test_padding_that_differs_at_every_side_is_an_image_padded_by_hand(kind, padding):
    image = np.random.default_rng(2).normal(size=(2, 5, 6))
    pool = Pooling(image, size=(2, 3), kind=kind, stride=(2, 1), padding=padding)
    (top, bottom), (left, right) = pool.pads
    outside = -1e9 if kind == "max" else 0.0
    by_hand = np.pad(image, ((0, 0), (top, bottom), (left, right)), constant_values=outside)
    other = Pooling(by_hand, size=(2, 3), kind=kind, stride=(2, 1))
    upstream = np.random.default_rng(3).normal(size=pool.output_shape)
    np.testing.assert_allclose(pool.output(), other.output(), rtol=1e-12)
    gradient = other.backward(upstream).image[:, top : top + 5, left : left + 6]
    np.testing.assert_allclose(pool.backward(upstream).image, gradient, rtol=1e-12)
    np.testing.assert_allclose(pool.weight_matrix() @ image.ravel(), pool.output().ravel(), rtol=1e-12)
