"""A bias has a shape of its own, the same in all clips: round, and neither a pixel's square nor a neuron's circle."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from manim import RoundedRectangle
from screen import FILM_SCENES, Drawn, Run


def ground(glyph: Drawn, shapes: list[Drawn]) -> Drawn | None:
    """The closed shape that a symbol stands in the middle of: the smallest around it."""
    around = [s for s in shapes if s.box[0] < glyph.middle[0] < s.box[2] and s.box[1] < glyph.middle[1] < s.box[3]]
    centred = [s for s in around if np.abs(s.middle - glyph.middle).max() < 0.2 * s.height]
    return min(centred, key=lambda s: s.width * s.height, default=None)


def cornered(shape: Drawn) -> float:
    """How far the outline stays away from the corners of its box, in parts of its height: a square 0, a circle 0.21."""
    outline = np.concatenate(shape.curves)
    corners = itertools.product((outline[:, 0].min(), outline[:, 0].max()), (outline[:, 1].min(), outline[:, 1].max()))
    return float(min(np.linalg.norm(outline - corner, axis=1).min() for corner in corners) / shape.height)


@pytest.mark.parametrize("name", FILM_SCENES)
def test_a_bias_is_round_and_pixels_and_weights_are_not(name: str, run: Callable[[str, str], Run]) -> None:
    for shot in run(name, "dark").shots:
        shapes = [d for d in shot.visible if d.is_square or d.is_circle or issubclass(d.kind, RoundedRectangle)]
        for glyph in shot.visible:
            if not (glyph.is_text and glyph.key and glyph.key[0] in ("bias", "pixel", "weight")):
                continue
            stands_on = ground(glyph, shapes)
            if stands_on is None or stands_on.is_circle or stands_on.height > 4 * glyph.height:
                continue
            away = cornered(stands_on)
            assert away > 0.1 if glyph.key[0] == "bias" else away < 0.02, (shot.slug, glyph.says, away)
