"""Probabilities and losses against their definitions, finite differences and numbers too large for a naive formula."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cnnmath import cross_entropy, cross_entropy_gradient, softmax, softmax_steps, squared_error, squared_error_gradient

logits = arrays(float, st.integers(1, 6), elements=st.floats(-30, 30))


@given(logits)
def test_softmax_and_cross_entropy_are_as_defined(scores):
    powers = [math.exp(score) for score in scores]
    probabilities = softmax(scores)
    np.testing.assert_allclose(probabilities, np.array(powers) / sum(powers), rtol=1e-12)
    assert probabilities.sum() == pytest.approx(1, rel=1e-12)
    for label in range(len(scores)):
        assert cross_entropy(scores, label) == pytest.approx(math.log(sum(powers)) - scores[label], rel=1e-9, abs=1e-9)


@given(logits, st.data())
def test_the_gradient_is_the_finite_difference(scores, data):
    label = data.draw(st.integers(0, len(scores) - 1))
    step = 1e-5
    for place, slope in enumerate(cross_entropy_gradient(scores, label)):
        up, down = (np.where(np.arange(len(scores)) == place, scores + sign * step, scores) for sign in (1, -1))
        difference = (cross_entropy(up, label) - cross_entropy(down, label)) / (2 * step)
        assert slope == pytest.approx(difference, rel=1e-5, abs=1e-6)


@given(logits)
def test_the_steps_of_softmax_are_its_definition(scores):
    powers, total, probabilities = softmax_steps(scores)
    np.testing.assert_allclose(powers, [math.exp(score) for score in scores], rtol=1e-12)
    assert total == pytest.approx(sum(powers), rel=1e-12)
    np.testing.assert_allclose(probabilities, powers / total, rtol=1e-12)


def test_steps_that_are_no_numbers_are_refused():
    for wrong, said in (([1, 800], "got 800.0"), ([709.7, 709.7], "got 709.7"), ([[1, 2]], r"one row.*\(1, 2\)")):
        with pytest.raises(ValueError, match=said):
            softmax_steps(wrong)


def test_no_number_is_too_large():
    scores = [1e308, 0, -1e308]
    assert softmax(scores).tolist() == [1, 0, 0]
    assert cross_entropy(scores, 0) == 0
    assert not np.signbit(cross_entropy(scores, 0))
    assert cross_entropy([1000.0, 0.0], 1) == 1000
    assert cross_entropy_gradient(scores, 2).tolist() == [1, 0, -1]


def test_many_rows_are_each_by_itself():
    random = np.random.default_rng(0)
    scores, labels = random.normal(size=(4, 3, 5)), random.integers(0, 5, size=(4, 3))
    losses, gradients, probabilities = (
        cross_entropy(scores, labels),
        cross_entropy_gradient(scores, labels),
        softmax(scores),
    )
    assert losses.shape == (4, 3)
    for place in np.ndindex(4, 3):
        assert losses[place] == pytest.approx(cross_entropy(scores[place], labels[place]), rel=1e-14)
        np.testing.assert_allclose(gradients[place], cross_entropy_gradient(scores[place], labels[place]), rtol=1e-14)
        np.testing.assert_allclose(probabilities[place], softmax(scores[place]), rtol=1e-14)


def test_what_is_given_stays_as_it_was():
    scores = np.array([1.0, 2.0])
    for call in (softmax, lambda x: cross_entropy(x, 1), lambda x: cross_entropy_gradient(x, 1)):
        call(scores)
        assert scores.tolist() == [1, 2]


@pytest.mark.parametrize("call", [cross_entropy, cross_entropy_gradient])
@pytest.mark.parametrize("label", [-1, 3, 10**6, 1.5, True, [1, 0], [[1]]])
def test_a_label_that_is_none_is_refused(call, label):
    with pytest.raises(ValueError, match="label must") as caught:
        call([1, 2, 3], label)
    if np.ndim(label) == 0:
        assert "from 0 to 2" in str(caught.value)
        assert f"got {label}" in str(caught.value)


@pytest.mark.parametrize("call", [cross_entropy, cross_entropy_gradient])
def test_of_many_labels_the_wrong_one_is_named(call):
    with pytest.raises(ValueError, match=r"from 0 to 1.*got 2"):
        call([[1, 2], [3, 4], [5, 6]], [0, 1, 2])
    with pytest.raises(ValueError, match=r"each row of the logits \(3, 2\), the shape \(3,\); got \(\)"):
        call([[1, 2], [3, 4], [5, 6]], 0)
    with pytest.raises(TypeError, match="label"):
        call([1, 2], "cat")


@pytest.mark.parametrize("call", [softmax, lambda x: cross_entropy(x, 0)])
def test_logits_that_are_none_are_refused(call):
    for wrong, said in ((1.0, "one number a class"), ([], "at least one"), ([1, np.inf], "finite")):
        with pytest.raises(ValueError, match=f"logits .*{said}"):
            call(wrong)
    with pytest.raises(TypeError, match="logits"):
        call(["1"])


def test_squared_error_refuses_other_shapes():
    for call in (squared_error, squared_error_gradient):
        with pytest.raises(ValueError, match=r"target must have the output's shape \(2,\); got \(1, 2\)"):
            call([1, 2], [[1, 2]])
        with pytest.raises(ValueError, match="finite"):
            call([1, 2], [1, np.nan])
