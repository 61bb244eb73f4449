"""Channels are stacked, filters come one after another, and every channel's share of a sum is shown."""

import numpy as np
import pytest
from page_faults import colour_faults, figure_faults, layout_faults, reading_faults
from screen import Run, scene_class, shoot

from cnnmath import Convolution

RANDOM = np.random.default_rng(5)
WEIGHTS = RANDOM.permutation([*range(-9, -1), *range(2, 10)] * 2)[:24]
COLOURS = Convolution(RANDOM.integers(0, 10, (3, 3, 3)), kernel=WEIGHTS.reshape(2, 3, 2, 2), bias=[3, -2])
PADDED = Convolution(COLOURS.image[:2], kernel=WEIGHTS[:8].reshape(1, 2, 2, 2), bias=-4, padding=1, stride=2)
TWO_FILTERS = Convolution(COLOURS.image[0], kernel=WEIGHTS[:8].reshape(2, 1, 2, 2), bias=[2, 3])
CASES = {"three by two": COLOURS, "padded": PADDED, "two filters": TWO_FILTERS}


def sound(done: Run) -> list[str]:
    return reading_faults(done) + figure_faults(done) + colour_faults(done) + layout_faults(done)


@pytest.mark.parametrize("notation", ["letters", pytest.param("numbers", marks=pytest.mark.slow)])
@pytest.mark.parametrize("which", ["three by two", *(pytest.param(w, marks=pytest.mark.slow) for w in list(CASES)[1:])])
@pytest.mark.parametrize("name", ["TheImage", "TheFilter", "FilterSliding"])
def test_channels_and_filters_are_shown_soundly(name: str, which: str, notation: str) -> None:
    done = shoot(type(name, (scene_class(name),), {"convolution": CASES[which], "notation": notation}))
    assert sound(done) == []
