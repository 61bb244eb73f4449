"""What each channel adds to a result, against a convolution of that channel alone."""

from dataclasses import replace

import numpy as np
from core_strategies import convolutions
from hypothesis import given

from cnnmath import Convolution


@given(convolutions(size=5))
def test_a_share_is_the_convolution_of_one_channel(conv: Convolution) -> None:
    alone = [
        replace(conv, image=conv.image[[c]], kernel=conv.kernel[:, [c]], bias=0.0 * conv.bias).output().ravel()
        for c in range(len(conv.image))
    ]
    for result in range(conv.counts.results):
        shares = conv.channel_shares(result)
        assert [share.channel for share in shares] == list(range(len(conv.image)))
        np.testing.assert_allclose([share.value for share in shares], [values[result] for values in alone], atol=1e-9)


@given(convolutions(size=5))
def test_the_shares_hold_every_term_once(conv: Convolution) -> None:
    for equation in conv.equations():
        shares = conv.channel_shares(equation.result)
        assert tuple(term for share in shares for term in share.terms) == equation.terms
        assert np.isclose(sum(share.value for share in shares) + equation.bias, equation.value)
