"""Where the story goes on, a clip begins with the picture that the one before ended with."""

from itertools import pairwise

import numpy as np
import pytest
from screen import film_ends
from storyboard import POST

CHAIN = list(pairwise(POST[: POST.index("FamiliarDiagram") + 1]))


def jump(before: np.ndarray, after: np.ndarray) -> tuple[float, int]:
    """The largest difference of a channel, and how many pixels differ by more than antialiasing does."""
    gap = np.abs(before.astype(int) - after.astype(int)).max(2)
    return float(gap.max()), int((gap > 24).sum())


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(("before", "after"), CHAIN, ids=[f"{a}-{b}" for a, b in CHAIN])
def test_the_next_clip_opens_with_the_last_picture(before: str, after: str, theme: str) -> None:
    last, first = film_ends(before, theme).last, film_ends(after, theme).first
    assert np.ptp(last.astype(int)) > 100
    largest, pixels = jump(last, first)
    assert pixels == 0, f"{pixels} pixels differ, by up to {largest}"


@pytest.mark.parametrize("name", ["TheImage", "ZeroPadding", "Credits"])
def test_a_new_story_opens_with_its_title_and_something_to_look_at(name: str) -> None:
    first = film_ends(name, "dark").first
    title, stage = first[: first.shape[0] // 5], first[first.shape[0] // 5 :]
    assert np.ptp(title.astype(int)) > 100
    assert (np.ptp(stage.astype(int), axis=2) > 0).any()
    assert jump(stage, np.broadcast_to(stage[-1, -1], stage.shape))[1] > 1000


def test_a_jump_would_be_seen() -> None:
    last, first = film_ends("TheImage", "dark").last, film_ends("FilterSliding", "dark").first
    assert jump(last, first)[1] > 100
