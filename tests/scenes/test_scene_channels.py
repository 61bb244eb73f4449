"""Channels are stacked, filters come one after another, and every channel's share of a sum is shown."""

import pytest
from cases import COLOURS, PADDED, TWO_FILTERS
from page_faults import all_faults
from screen import own_run

CASES = {"three by two": COLOURS, "padded": PADDED, "two filters": TWO_FILTERS}


@pytest.mark.parametrize("notation", ["letters", pytest.param("numbers", marks=pytest.mark.slow)])
@pytest.mark.parametrize("which", ["three by two", *(pytest.param(w, marks=pytest.mark.slow) for w in list(CASES)[1:])])
@pytest.mark.parametrize("name", ["TheImage", "TheFilter", "FilterSliding"])
def test_channels_and_filters_are_shown_soundly(name: str, which: str, notation: str) -> None:
    assert all_faults(own_run(name, CASES[which], notation)) == []
