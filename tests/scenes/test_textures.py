"""Raster pictures as mobjects: each pixel where it belongs, sharp, and the same with manim's own camera."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import FadeIn, FadeOut, Square, VGroup, tempconfig
from screen import dry, picture
from test_fast import same

from scenes._fast import Raster, Texture
from scenes._stage.viewpoint import Viewpoint

NOISE = np.random.default_rng(8).integers(0, 256, (6, 8, 4), dtype=np.uint8)
OPAQUE = np.dstack([NOISE[..., :3], np.full((6, 8), 255, dtype=np.uint8)])


class Photos(Viewpoint):
    """Pictures that come, grow, shrink below their own size, pass before each other and leave."""

    def construct(self) -> None:
        large = Raster(np.random.default_rng(2).integers(0, 256, (300, 200, 3)))
        photo, part = Texture(large, 3.0, 4.5), Texture(Raster(NOISE), 1.0, 0.7, window=(2, 1, 6, 5))
        self.play(FadeIn(photo), FadeIn(Square()), run_time=1)
        self.play(FadeIn(part), photo.animate.shift([2.2, 0.4, 0]).scale(0.3), run_time=1)
        group = VGroup(photo, part)
        self.play(group.animate.shift([-1, 0.3, 0]), part.animate.scale(3), run_time=1)
        part.window = (0, 0, 3, 2)
        self.wait(0.4)
        self.play(FadeOut(group, scale=0.2), run_time=1)


@pytest.mark.parametrize("background", [{}, {"background_color": "#FAFAF7"}, {"background_opacity": 0.0}], ids=str)
def test_both_cameras_paint_alike(
    background: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert same(Photos, monkeypatch, tmp_path, **background) > 10


class Empty(Viewpoint):
    def construct(self) -> None:
        """Nothing."""


@given(st.integers(0, 7), st.integers(0, 5), st.integers(1, 8), st.integers(1, 6))
def test_a_pixel_is_a_sharp_square_at_its_place(left: int, top: int, wide: int, tall: int) -> None:
    wide, tall = min(wide, 8 - left), min(tall, 6 - top)
    with tempconfig(dry("dark", "wide")):
        scene = Empty()
        scene.setup()
        unit = scene.camera.pixel_height / scene.camera.frame_height
        side = 20 / unit
        scene.add(Texture(Raster(OPAQUE), wide * side, tall * side, (left, top, left + wide, top + tall)))
        shown = picture(scene)
    middle = np.array(shown.shape[:2]) / 2
    rows = np.rint(middle[0] + (np.arange(tall) - (tall - 1) / 2) * 20).astype(int)
    columns = np.rint(middle[1] + (np.arange(wide) - (wide - 1) / 2) * 20).astype(int)
    expected = OPAQUE[top : top + tall, left : left + wide, :3]
    # From near one edge of a pixel to near the other one.
    for down in (-7, 0, 7):
        for across in (-7, 0, 7):
            np.testing.assert_array_equal(shown[np.ix_(rows + down, columns + across)], expected)


def test_what_is_half_there_is_mixed_with_what_is_behind() -> None:
    with tempconfig(dry("light", "wide")):
        scene = Empty()
        scene.setup()
        scene.add(Texture(Raster(np.zeros((1, 1, 3))), 2, 2).set_opacity(0.5))
        shown = picture(scene)
        behind = np.array(scene.camera.background_color.to_rgb()) * 255
    assert np.abs(shown[shown.shape[0] // 2, shown.shape[1] // 2] - behind / 2).max() <= 1.5


def test_copies_share_their_pixels() -> None:
    texture = Texture(Raster(NOISE), 2, 2)
    assert texture.copy().raster is texture.raster
    assert VGroup(texture).copy()[0].raster is texture.raster


@pytest.mark.parametrize("shape", [(4,), (4, 4), (4, 4, 2), (0, 4, 3)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="rows, columns, 3 or 4"):
        Raster(np.zeros(shape))
