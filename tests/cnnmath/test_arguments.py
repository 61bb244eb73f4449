"""What a convolution takes, and how it refuses the rest."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cnnmath import Convolution

IMAGE = np.arange(9.0).reshape(3, 3)
KERNEL = np.array([[2.0, -3.0], [4.0, -2.0]])


def make(**changes):
    return Convolution(**{"image": IMAGE, "kernel": KERNEL, **changes})


def refusal(error=ValueError, **changes) -> str:
    with pytest.raises(error) as caught:
        make(**changes)
    return str(caught.value)


def test_shapes_are_filled_up():
    conv = make()
    assert (conv.image.shape, conv.kernel.shape, conv.bias.shape) == ((1, 3, 3), (1, 1, 2, 2), (1,))
    assert (conv.stride, conv.padding, conv.dilation) == ((1, 1), (0, 0), (1, 1))
    conv = Convolution(np.ones((2, 3, 3)), np.ones((2, 2, 2)))
    assert (conv.image.shape, conv.kernel.shape) == ((2, 3, 3), (1, 2, 2, 2))
    conv = Convolution(np.ones((2, 3, 3)), np.ones((4, 2, 2, 2)), bias=7)
    assert conv.bias.tolist() == [7, 7, 7, 7]
    assert make(bias=[3]).bias.tolist() == [3]


def test_pairs_are_rows_then_columns():
    conv = Convolution(np.ones((5, 9)), np.ones((2, 3)), stride=(1, 3), padding=(0, 1), dilation=[2, 1])
    assert (conv.stride, conv.padding, conv.dilation) == ((1, 3), (0, 1), (2, 1))
    assert conv.padded_shape == (1, 5, 11)
    assert conv.output_shape == (1, 3, 3)


@pytest.mark.parametrize("two", [2, 2.0, np.int8(2), np.float32(2), np.array(2), Fraction(2), (2, 2), np.array([2, 2])])
def test_a_whole_number_may_come_in_any_type(two):
    conv = make(stride=two, padding=two, dilation=two)
    for pair in (conv.stride, conv.padding, conv.dilation):
        assert pair == (2, 2)
        assert all(type(part) is int for part in pair)


@pytest.mark.parametrize("image", [IMAGE.tolist(), IMAGE.astype(np.uint8), IMAGE.astype(np.float16), IMAGE.T.copy().T])
def test_an_image_may_come_in_any_type(image):
    assert make(image=image).image.tolist() == [IMAGE.tolist()]
    assert make(image=image).image.dtype == np.float64


def test_fractions_and_truth_values_are_numbers():
    assert make(image=[[Fraction(1, 2), 1], [2, 3]]).image.tolist() == [[[0.5, 1], [2, 3]]]
    assert make(image=IMAGE > 4).image.tolist() == [(IMAGE > 4).astype(float).tolist()]


def test_words_for_padding():
    assert make(padding="valid").padding == (0, 0)
    conv = make(padding="same")
    assert conv.padding == "same"
    assert conv.pads == ((0, 1), (0, 1))
    assert make(padding="same", dilation=(2, 3)).pads == ((1, 1), (1, 2))


@pytest.mark.parametrize("big", [10**30, 10**400])
def test_a_step_beyond_every_size_is_one_result(big):
    conv = Convolution([[1, 2]], kernel=[[3]], stride=big, dilation=big)
    assert conv.output().tolist() == [[[3]]]
    assert conv.taps.tolist() == [(0, 0, 0)]


# Shapes: both must stand in the message.


@pytest.mark.parametrize(
    ("changes", "shapes"),
    [
        ({"kernel": np.ones((4, 2))}, ["(1, 1, 4, 2)", "(1, 3, 3)"]),
        ({"kernel": np.ones((2, 4))}, ["(1, 1, 2, 4)", "(1, 3, 3)"]),
        ({"kernel": np.ones((2, 6)), "padding": 1}, ["(1, 1, 2, 6)", "(1, 5, 5)"]),
        ({"dilation": 3}, ["(1, 1, 2, 2)", "(4, 4)", "(1, 3, 3)"]),
        ({"kernel": np.ones((1, 2, 2, 2))}, ["(1, 2, 2, 2)", "(1, 3, 3)"]),
        ({"image": np.ones((3, 4, 4))}, ["(1, 1, 2, 2)", "(3, 4, 4)"]),
        ({"image": np.ones(3)}, ["(H, W)", "(C, H, W)", "(3,)"]),
        ({"image": 1.0}, ["(H, W)", "()"]),
        ({"image": np.ones((1, 1, 3, 3))}, ["(C, H, W)", "(1, 1, 3, 3)"]),
        ({"kernel": np.ones(2)}, ["(kh, kw)", "(2,)"]),
        ({"kernel": np.ones((1, 1, 1, 2, 2))}, ["(F, C, kh, kw)", "(1, 1, 1, 2, 2)"]),
        ({"bias": [1, 2]}, ["(1,)", "(2,)", "(1, 1, 2, 2)"]),
        ({"bias": [[1]]}, ["(1,)", "(1, 1)"]),
        ({"kernel": np.ones((3, 1, 2, 2)), "bias": [1]}, ["(3,)", "got (1,)"]),
    ],
)
def test_shapes_that_do_not_fit(changes, shapes):
    message = refusal(**changes)
    for shape in shapes:
        assert shape in message


@pytest.mark.parametrize("name", ["image", "kernel", "bias"])
class TestNumbers:
    def test_empty(self, name):
        for shape in ((0,), (0, 2), (2, 0), (0, 2, 2)):
            message = refusal(**{name: np.ones(shape)})
            assert name in message
            assert "at least one" in message
            assert str(shape) in message
        assert "(0,)" in refusal(**{name: []})

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    def test_not_finite(self, name, value):
        message = refusal(**{name: [[1, 2], [value, 4]]})
        assert name in message
        assert str(value) in message
        assert "finite" in message
        assert "(1, 0)" in message

    @pytest.mark.parametrize("value", [10**400, Fraction(10**400), np.longdouble("1e4000")])
    def test_too_large_for_a_float(self, name, value):
        assert name in refusal(**{name: [[value, 1], [2, 3]]})

    @pytest.mark.parametrize("value", [1j, 1 + 0j, np.complex64(2)])
    def test_complex(self, name, value):
        message = refusal(**{name: [[value, 1], [2, 3]]})
        assert name in message
        assert "real numbers" in message
        assert "complex" in message

    @pytest.mark.parametrize(
        "value", ["3", b"3", None, object(), {}, Decimal(3), np.datetime64("2020-01-01"), np.timedelta64(3, "s")]
    )
    def test_no_number(self, name, value):
        message = refusal(TypeError, **{name: [[value, value], [value, value]]})
        assert name in message
        assert "numbers" in message
        assert type(value).__name__.removeprefix("np.") in message

    def test_a_word_among_numbers(self, name):
        assert name in refusal(TypeError, **{name: [[1, "2"], [3, 4]]})
        assert name in refusal(TypeError, **{name: [[1, None], [3, 4]]})

    def test_ragged(self, name):
        message = refusal(**{name: [[1, 2], [3]]})
        assert message == f"{name} must be a regular array of numbers; {WHERE_RAGGED}"


WHERE_RAGGED = "got ragged lists: row 1 has 2 numbers, and row 2 has 1"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ([(1,), [2, 3]], "row 1 has 1 number, and row 2 has 2"),
        ([np.ones(2), np.ones(3)], "row 1 has 2 numbers, and row 2 has 3"),
        ([[1, 2], 3], "3 stands in place of row 2"),
        ([1, [2]], "a list stands in place of number 2"),
        ([[[1], [2]], [[3]]], "channel 1 has 2 rows, and channel 2 has 1"),
        ([[[1, 2]], [[3]]], "the first row has 2 numbers, and channel 2, row 1 has 1"),
    ],
)
def test_where_lists_are_ragged(image, said):
    """In words of ours: NumPy speaks of inhomogeneous shapes and dimensions."""
    assert refusal(image=image) == f"image must be a regular array of numbers; got ragged lists: {said}"


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [-(10**5000), "1" * 10_000, [1] * 10_000], ids=["whole", "text", "list"])
def test_what_is_absurdly_long_is_not_written_out(name, value):
    assert len(refusal((TypeError, ValueError), **{name: value})) < 250


@pytest.mark.parametrize(("name", "least"), [("stride", 1), ("dilation", 1), ("padding", 0)])
class TestPairs:
    @pytest.mark.parametrize("pair", [False, True])
    def test_too_small(self, name, least, pair):
        value = (least, least - 1) if pair else least - 1
        message = refusal(**{name: value})
        assert name in message
        assert f"at least {least}" in message
        assert f"got {least - 1}" in message

    @pytest.mark.parametrize("value", [1.5, (1, 0.5), np.float64(2.5), Fraction(3, 2), np.nan, np.inf, 1j, Decimal(1)])
    def test_no_whole_number(self, name, least, value):
        message = refusal(**{name: value})
        assert name in message
        assert f"whole number of at least {least}" in message
        assert "got" in message

    @pytest.mark.parametrize("value", [None, True, (1, None), ("1", "1"), (1, True), np.bool_(True), {}])
    def test_no_number(self, name, least, value):
        message = refusal(TypeError, **{name: value})
        assert name in message
        assert f"whole number of at least {least}" in message

    def test_lists_in_a_list(self, name, least):
        if name != "padding":  # which may have four sides
            assert f"whole number of at least {least}" in refusal(TypeError, **{name: ((1, 1), (1, 1))})

    @pytest.mark.parametrize("value", [(), (1,), (1, 1, 1), np.ones(3, int)])
    def test_not_two(self, name, least, value):
        message = refusal(**{name: value})
        assert name in message
        assert "(rows, columns)" in message


@pytest.mark.parametrize("name", ["stride", "dilation"])
def test_a_word_is_no_stride(name):
    assert name in refusal(TypeError, **{name: "same"})


@pytest.mark.parametrize("word", ["full", "SAME", "", "1"])
def test_an_unknown_padding_word(word):
    message = refusal(padding=word)
    assert '"valid"' in message
    assert '"same"' in message
    assert repr(word) in message


def test_padding_of_four_sides():
    uneven = ((1, 0), (0, 2))
    for given in (uneven, [[1, 0], [0, 2]], np.array(uneven)):
        conv = make(padding=given)
        assert conv.padding == conv.pads == uneven
        assert conv.padded_shape == (1, 4, 5)
    # As wide on both sides is a pair, so that there is one way to say it.
    assert make(padding=((1, 1), (2, 2))).padding == (1, 2)


@pytest.mark.parametrize("sides", [((1, 2), 3), ((1, 2), (3, 4, 5)), ((1, 2),), ((1, 2), (3, 4), (5, 6)), ((), ())])
def test_padding_of_other_sides(sides):
    message = refusal(padding=sides)
    assert "padding must be ((top, bottom), (left, right))" in message
    assert repr(sides) in message


def test_padding_of_four_sides_that_are_no_whole_numbers():
    assert "whole number of at least 0" in refusal(padding=((1, -1), (0, 0)))
    assert "whole number of at least 0" in refusal(TypeError, padding=((1, None), (0, 0)))
    assert "whole number of at least 0" in refusal(TypeError, padding=((1, (2, 3)), (0, 0)))


def test_same_with_a_stride_is_tensorflows():
    conv = make(image=np.ones((5, 6)), kernel=np.ones((3, 3)), padding="same", stride=2)
    # An image of even sides has one more zero below and to the right; a kernel on its own would not tell.
    assert conv.pads == ((1, 1), (0, 1))
    assert conv.output_shape == (1, 3, 3)
    assert make(padding="same", stride=3, kernel=[[1]]).pads == ((0, 0), (0, 0))
