"""Safe area, overlaps, sizes, contrast, dimming: at the end of every step, in both themes."""

from collections.abc import Callable

import pytest
from layout_faults import CHECKS
from screen import FILM_SCENES, Run


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", FILM_SCENES)
def test_every_still(name: str, theme: str, check: Callable[..., list[str]], run: Callable[[str, str], Run]) -> None:
    assert [fault for shot in run(name, theme).shots for fault in check(shot)] == []
