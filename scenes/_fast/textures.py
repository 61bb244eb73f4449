"""Raster pictures as mobjects: a rectangle that is painted with pixels instead of a colour.

manim's own mobject for pictures is no vectorized one: it cannot stand in a group with others, and each frame scales it
anew in full. Here cairo paints the pixels, in the same pass as everything else, and both cameras do it alike.
"""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
from manim import Camera, Rectangle, VMobject
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Window = tuple[float, float, float, float]
"""A part of a picture: its left, top, right and bottom, in pixels of it."""


class Raster:
    """A picture, (rows, columns, 4) in red, green, blue and how opaque it is. Copies of mobjects share it."""

    def __init__(self, pixels: NDArray[Any]) -> None:
        """Take bytes, also (rows, columns, 3) without transparency. Raises ValueError for other shapes."""
        given = np.asarray(pixels, dtype=np.uint8)
        if given.ndim != 3 or given.shape[2] not in (3, 4) or not given.size:
            raise ValueError(f"a picture is (rows, columns, 3 or 4); got {given.shape}")
        full = np.full((*given.shape[:2], 4), 255, dtype=np.uint8)
        full[..., : given.shape[2]] = given
        self.pixels: Pixels = full
        self._faded: tuple[float, cairo.ImageSurface] | None = None

    def __deepcopy__(self, memo: object) -> Raster:
        return self

    @property
    def shape(self) -> tuple[int, int]:
        """Its rows and columns."""
        rows, columns, _ = self.pixels.shape
        return rows, columns

    def surface(self, opacity: float) -> cairo.ImageSurface:
        """The picture as cairo takes it: colours times opacity, and its channels in manim's order."""
        if self._faded is None or self._faded[0] != opacity:
            alpha = np.rint(self.pixels[..., 3:] * min(1.0, max(0.0, opacity))).astype(np.uint16)
            data = np.ascontiguousarray(np.concatenate([(self.pixels[..., :3] * alpha + 127) // 255, alpha], axis=2))
            rows, columns = self.shape
            buffer = bytearray(data.astype(np.uint8).tobytes())
            self._faded = opacity, cairo.ImageSurface.create_for_data(buffer, cairo.FORMAT_ARGB32, columns, rows)
        return self._faded[1]


class Texture(Rectangle):
    """A rectangle that shows a picture, or a part of it: `window`. Pixels stay sharp squares, however large."""

    def __init__(self, raster: Raster, width: float, height: float, window: Window | None = None) -> None:
        super().__init__(width=width, height=height, stroke_width=0, fill_color="#808080", fill_opacity=1)
        self.raster = raster
        rows, columns = raster.shape
        self.window: Window = (0.0, 0.0, float(columns), float(rows)) if window is None else window

    def source(self, context: cairo.Context[Any]) -> cairo.SurfacePattern:
        """What paints its pixels, at the place where its corners are."""
        (left, bottom), (right, top) = self.points[:, :2].min(0), self.points[:, :2].max(0)
        from_x, from_y, to_x, to_y = self.window
        across, down = (to_x - from_x) / (right - left), (to_y - from_y) / (top - bottom)
        pattern = cairo.SurfacePattern(self.raster.surface(float(self.fill_rgbas[0, 3])))
        # The scene's y points up, that of a picture down.
        pattern.set_matrix(cairo.Matrix(across, 0, 0, -down, from_x - left * across, from_y + top * down))
        unit = context.get_matrix().xx
        small = across > unit or down > unit
        pattern.set_filter(cairo.FILTER_GOOD if small else cairo.FILTER_NEAREST)
        pattern.set_extend(cairo.EXTEND_PAD)
        return pattern


class TextureCamera(Camera):
    """manim's camera, which paints textures, too."""

    def set_cairo_context_color(self, ctx: cairo.Context[Any], rgbas: Any, vmobject: VMobject) -> Any:
        """Take a texture's pixels instead of its colour."""
        if isinstance(vmobject, Texture) and rgbas is not None and len(rgbas) and rgbas[0][3] > 0:
            ctx.set_source(vmobject.source(ctx))
            return self
        return super().set_cairo_context_color(ctx, rgbas, vmobject)
