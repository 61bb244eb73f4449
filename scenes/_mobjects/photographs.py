"""Photographs and maps as textures, and frames around parts of them."""

from __future__ import annotations

import numpy as np
from manim import Rectangle

from cnnmath.values import Floats
from scenes._fast import Raster, Texture
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER

WHITE, FAR = 255, 0.99
"""The brightest level; and the share of a map's values that are told apart by their shades."""
Place = tuple[int, int, int, int]
"""A part of a picture: its first row and column, and how many rows and columns."""


def photograph(pixels: Floats, height: float) -> Texture:
    """Levels from 0 to 255, (H, W), as a picture of this height."""
    grey = np.rint(pixels).astype(np.uint8)
    return _texture(Raster(np.repeat(grey[..., None], 3, axis=2)), height)


def feature_map(values: Floats, kernel: Floats, height: float) -> Texture:
    """What a filter makes of levels, (H, W), as a picture of this height.

    Weights that add up to 1 make levels again: what is below 0 is black, above 255 white. Other values have the shades
    that they have everywhere, red and blue if any are below zero; a hundredth of them, the farthest from zero, are as
    strong as the next one, or next to nothing else could be seen.
    """
    if makes_levels(kernel):
        return photograph(values.clip(0, WHITE), height)
    reach = float(np.quantile(np.abs(values), FAR)) or float(np.abs(values).max())
    return _texture(Raster(theme().pixels(values.clip(-reach, reach))), height)


def makes_levels(kernel: Floats) -> bool:
    """Whether a filter leaves a plain picture as it is, so that what it gives can be seen as one."""
    return bool(np.isclose(kernel.sum(), 1))


def _texture(raster: Raster, height: float) -> Texture:
    rows, columns = raster.shape
    return Texture(raster, height * columns / rows, height)


def part_of(picture: Texture, place: Place) -> Texture:
    """A part of a picture, lying on it."""
    row, column, rows, columns = place
    left, top, right, _ = picture.window
    pixel = picture.width / (right - left)
    made = Texture(picture.raster, columns * pixel, rows * pixel, (column, row, column + columns, row + rows))
    middle = np.array([column + columns / 2 - left, top - row - rows / 2, 0.0]) * pixel
    return made.move_to(picture.get_corner((-1, 1, 0)) + middle)


def frame_of(part: Texture) -> Rectangle:
    """A bright frame around a part; a dark line beside it keeps it apart from what is bright itself."""
    frame = Rectangle(width=part.width, height=part.height, stroke_color=theme().accent, stroke_width=4)
    return frame.set_stroke(theme().background, 8, background=True).move_to(part).set_z_index(FRAME_LAYER)


def rim(picture: Texture) -> Rectangle:
    """The edge of a picture, which would have none where it is as bright as the background."""
    edge = Rectangle(width=picture.width, height=picture.height, stroke_color=theme().line, stroke_width=1.5)
    return edge.move_to(picture)


def grey_cells(pixels: Floats) -> list[str]:
    """The shade of each pixel of a part, in their order."""
    return [f"#{int(level):02X}{int(level):02X}{int(level):02X}" for level in np.rint(pixels).ravel()]
