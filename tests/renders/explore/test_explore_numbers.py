"""The page's numbers are cnnmath's, for any state, read in a browser."""

import numpy as np
import pytest
from driven import NUMBERS, SEARCH, Entry, Open, Page, convolution_of, entries
from hypothesis import given
from hypothesis import strategies as st

from cnnmath import EXAMPLE, Dense, Descent, digits, softmax
from renders.explore.presets import LESSON

pytestmark = pytest.mark.slow

EXACT = 1e-9


def close(found: object, expected: object) -> None:
    np.testing.assert_allclose(np.array(found, dtype=float), np.array(expected, dtype=float), rtol=EXACT, atol=EXACT)


@SEARCH
@given(entry=entries())
def test_result_taps_matrix_and_equations_are_the_cores(shared: Page, entry: Entry) -> None:
    shared.show(entry)
    conv, found = convolution_of(entry), shared.values()
    assert found["outputShape"] == list(conv.output_shape)
    assert found["pads"] == [list(side) for side in conv.pads]
    close(found["output"], conv.output().ravel())
    assert [tuple(tap) for tap in found["taps"]] == conv.taps.tolist()
    assert [tuple(tap) for tap in found["paddingTaps"]] == conv.padding_taps.tolist()
    close(found["matrix"], conv.weight_matrix())
    assert found["sharing"] == conv.sharing.tolist()
    assert found["counts"] == {key: getattr(conv.counts, key) for key in found["counts"]}
    for ours, theirs in zip(found["equations"], conv.equations(), strict=True):
        assert (ours["result"], ours["filter"]) == (theirs.result, theirs.filter)
        assert [(term["weight"], term["pixel"]) for term in ours["terms"]] == [
            (term.weight, term.pixel) for term in theirs.terms
        ]
        close([term["weightValue"] * term["pixelValue"] for term in ours["terms"]], [t.product for t in theirs.terms])
        close((ours["bias"], ours["value"]), (theirs.bias, theirs.value))


@SEARCH
@given(entry=entries())
def test_a_state_comes_back_and_goes_through_a_link(shared: Page, entry: Entry) -> None:
    shared.show(entry)
    found = shared.state()
    assert found["notation"] == entry["notation"]
    one, other = convolution_of(entry), convolution_of(found)
    for name in ("image", "kernel", "bias"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert (one.stride, one.pads, one.dilation) == (other.stride, other.pads, other.dilation)
    assert shared.do("const link = explore.link; explore.state = explore.state; return link === explore.link;")
    assert shared.page.evaluate("location.hash.slice(1) === explore.link")


@SEARCH
@given(entry=entries(), data=st.data())
def test_gradients_wishes_and_steps_are_the_cores(shared: Page, entry: Entry, data: st.DataObject) -> None:
    conv = convolution_of(entry)
    size = conv.counts.results
    target = np.reshape(data.draw(st.lists(NUMBERS, min_size=size, max_size=size)), conv.output_shape)
    rate = data.draw(st.sampled_from([0.0001, 0.00025]))
    descent = Descent(conv, target, rate)
    learned = {**entry, "target": target.tolist(), "rate": rate}
    shared.show(learned)
    found = shared.values()
    close(found["differences"], descent.differences.ravel())
    close(found["loss"], descent.loss)
    close(found["wishes"], descent.wishes)
    for ours, theirs in (("weights", "kernel"), ("biases", "bias"), ("inputs", "image")):
        close(found["gradients"][ours], getattr(descent.gradients, theirs).ravel())
    shared.press("one step")
    stepped = convolution_of(shared.state())
    close(stepped.kernel, descent.after.kernel)
    close(stepped.bias, descent.after.bias)


@SEARCH
@given(entry=entries(most_side=4, most_filter=3), data=st.data())
def test_without_the_rules_it_learns_as_the_cores_dense_twin(shared: Page, entry: Entry, data: st.DataObject) -> None:
    conv = convolution_of(entry)
    target = conv.output() + data.draw(st.integers(1, 3))
    descent = Descent(Dense.twin(conv), target.ravel(), 0.0001)
    shared.show({**entry, "target": target.tolist(), "rate": 0.0001})
    shared.press("without the rules")
    assert [tuple(tap) for tap in shared.values()["taps"]] == descent.layer.taps.tolist()
    close(shared.values()["output"], conv.output().ravel())
    shared.press("ten steps")
    *_, last = descent.steps(11)
    found = shared.values()
    close(found["matrix"], last.layer.weights)
    close(found["output"], last.layer.output())
    close(found["loss"], last.loss)
    close(found["gradients"]["weights"], last.gradients.weights.ravel())
    shared.press("without the rules")
    close(shared.values()["matrix"], conv.weight_matrix())


def test_the_examples_lesson_is_the_films(opened: Open) -> None:
    page = opened()
    page.press("learn")
    descent = Descent(EXAMPLE, target=LESSON["target"], rate=LESSON["rate"])
    assert page.values()["loss"] == descent.loss == 21
    page.press("ten steps")
    close(page.values()["loss"], [step.loss for step in descent.steps(11)][-1])


@SEARCH
@given(image=st.integers(0, len(digits.IMAGES) - 1), noise=st.lists(st.integers(0, 16), min_size=64, max_size=64))
def test_the_network_reads_digits_as_the_core_does(shared: Page, image: int, noise: list[int]) -> None:
    for drawn in (digits.IMAGES[image, 0], np.reshape(noise, (8, 8)) / 16):
        shared.do("explore.digit = given;", drawn.ravel().tolist())
        found, passed = shared.values()["digit"], digits.NETWORK(drawn)
        conv, relu, pooled, _, scores = passed.outputs
        for ours, theirs in (("conv", conv), ("relu", relu), ("pooled", pooled), ("scores", scores)):
            close(found[ours], theirs.ravel())
        close(found["shares"], softmax(passed.logits))
        best = np.argsort(-softmax(passed.logits), kind="stable")[:3]
        assert [answer["digit"] for answer in found["answers"]] == best.tolist()


def test_what_it_says_of_the_network_is_so(opened: Open) -> None:
    page = opened()
    page.press("draw a digit")
    said = page.page.locator("[data-view=digit] .figure").inner_text()
    accuracy = digits.NETWORK.evaluate(*digits.TEST).accuracy
    for number in (f"{len(digits.TRAINING.labels):,}", len(digits.TEST.labels), digits.NETWORK.count_params()):
        assert str(number) in said
    assert f"{accuracy:.1%}".replace("%", " %") in said
