"""The page's numbers are cnnmath's, for any state, read in a browser."""

import numpy as np
import pytest
from driven import Entry, Page, convolution_of, entries
from hypothesis import HealthCheck, given, settings

pytestmark = pytest.mark.slow

EXACT = 1e-9
SEARCH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
