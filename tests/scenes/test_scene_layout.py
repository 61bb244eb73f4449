"""Safe area, overlaps, sizes, contrast, dimming: at the end of every step.

Both themes draw the same shapes in the same places, which is tested first; so what depends on places alone is looked
at in one of them, and what depends on colours in both.
"""

from collections.abc import Callable

import numpy as np
import pytest
from layout_faults import CHECKS, faint_shapes, faint_texts, undimmed
from screen import FILM_SCENES, Run

Film = Callable[[str, str], Run]
ALL = pytest.mark.parametrize("name", FILM_SCENES)


@pytest.mark.slow
@ALL
def test_both_themes_draw_the_same_shapes(name: str, run: Film) -> None:
    for dark, light in zip(run(name, "dark").shots, run(name, "light").shots, strict=True):
        for one, other in zip(dark.drawn, light.drawn, strict=True):
            assert (one.kind, one.key, one.says, one.weight) == (other.kind, other.key, other.says, other.weight)
            assert (one.visible, one.stroke_width, one.order) == (other.visible, other.stroke_width, other.order)
            assert one.points.shape == other.points.shape
            assert np.allclose(one.points, other.points)


@ALL
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_still(name: str, check: Callable[..., list[str]], run: Film) -> None:
    assert [fault for shot in run(name, "dark").shots for fault in check(shot)] == []


@pytest.mark.slow
@ALL
@pytest.mark.parametrize("check", [undimmed, faint_texts, faint_shapes], ids=lambda check: check.__name__)
def test_every_still_in_the_light(name: str, check: Callable[..., list[str]], run: Film) -> None:
    assert [fault for shot in run(name, "light").shots for fault in check(shot)] == []
