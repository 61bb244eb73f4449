"""Within the rule (32×32 pixels, 4 channels, 4 filters of 7×7) a clip shows something true, or says what it met."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markers import PRINTED, search
from refusals import CONVOLUTION_SCENES, ORDINARY, said_of
from screen import PIXELS

from cnnmath import Convolution

LIMITS = (
    r"shows at most [\d.]+ (channels|filters|pixels|cells|weights|results|rows)\b.*\d",
    r"shows what a filter meets; got .+ it lies on padding alone at all \d+ stops",
    r"cannot show an image of shape \(.+\) with a kernel of shape \(.+\) in (letters|numbers)"
    r"( in a (square|tall) picture)?: "
    r"('.+' would have \d+ % of the least size|cells would be too small to be seen, at least [\d.]+ units"
    r"|it would leave the frame|.+\d)",
)
"""What a refusal may say: which limit was met, and by what."""


@st.composite
def within_the_rule(draw: st.DrawFn) -> Convolution:
    """Pixels and weights of one digit, and padding, so that each clip has something to show."""
    high, wide = draw(st.tuples(st.integers(1, 32), st.integers(1, 32)))
    kernel = draw(st.tuples(st.integers(1, min(7, high)), st.integers(1, min(7, wide))))
    channels, filters = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    digits = np.random.default_rng(draw(st.integers(0, 99)))
    return Convolution(
        digits.integers(0, 10, (channels, high, wide)),
        digits.integers(1, 10, (filters, channels, *kernel)),
        stride=draw(st.integers(1, 2)),
        padding=draw(st.integers(1, 2)),
    )


MOST_REFUSED = 0.03
"""Of all that are drawn within the rule."""


@pytest.mark.slow
def test_hardly_anything_is_refused_within_the_rule_and_that_says_which_limit_was_met(
    record_property: Callable[[str, object], None],
) -> None:
    tried: list[str] = []

    @search(brief=24, long=600)
    @given(
        st.sampled_from(CONVOLUTION_SCENES),
        within_the_rule(),
        st.sampled_from(["letters", "numbers"]),
        st.sampled_from([*PIXELS]),
    )
    def search_for_refusals(name: str, convolution: Convolution, notation: str, shape: str) -> None:
        said = said_of(name, convolution, notation, shape)
        tried.append(said)
        assert not said or said.startswith(name), said
        assert not said or any(re.search(limit, said) for limit in LIMITS), said
        assert "0.00 units" not in said

    search_for_refusals()
    refused, count = [said for said in tried if said], len(tried)
    share = len(refused) / count
    counted = f"within the rule {len(refused)} of {count} are refused ({100 * share:.1f} in 100)"
    record_property(PRINTED, "\n  ".join([counted, *refused]))
    assert share <= MOST_REFUSED, "\n".join(refused)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["TheImage", "TheFilter"])
@pytest.mark.parametrize("shape", [*PIXELS])
def test_image_and_filter_are_never_refused(name: str, shape: str) -> None:
    assert [given for given, convolution in ORDINARY.items() if said_of(name, convolution, "numbers", shape)] == []


@pytest.mark.parametrize(
    "name",
    ["NeuralNetworkView", "MatrixView", "MatrixToNetwork", "DenseNetworkView", "FamiliarDiagram", "ZeroPadding"],
)
def test_a_filter_that_lies_on_padding_alone_connects_nothing(name: str) -> None:
    beside = Convolution([[1], [2]], kernel=[[3]], padding=(0, 1), stride=(1, 2))
    assert beside.counts.taps == 0
    assert re.search(LIMITS[1], said_of(name, beside, "numbers", "wide"))
    # A scene that connects nothing shows it.
    assert said_of("FilterSliding", beside, "numbers", "wide") == ""
