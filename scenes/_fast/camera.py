"""A camera that redraws only what changes, and draws it with less Python. No pixel differs from manim's own.

manim's camera draws every moving mobject, and everything in front of the first of them, anew in every frame. Here each
mobject's outline is handed to cairo once for as long as it stays the same, and only those rows of the picture are drawn
again in which something changes, within them only what touches the changes. In these rows the same calls reach cairo
in the same order as in manim. A clip to whole rows leaves the edges of a filled shape and those of a straight stroke as
they are (one to columns would not). A bent stroke comes out differently when it is cut, so it is drawn as a whole, and
the rows grow to hold it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import cairo
import numpy as np
from manim import Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

from scenes._fast.layers import NOWHERE, Band, Layer, Paint, Shape, pixels_of
from scenes._fast.outlines import Box, Outline, close
from scenes._fast.textures import Texture, TextureCamera

Style = tuple[Any, ...]

_REMEMBERED = 4000
"""So many more mobjects than are shown are remembered."""


class RedrawCamera(TextureCamera):
    """manim's camera for plain vectorized mobjects. What it cannot draw in part, it leaves to `Camera`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._known: dict[int, tuple[bytes, Style, Outline | None, Shape]] = {}
        self._layers: tuple[Layer, Layer] | None = None
        super().__init__(*args, **kwargs)

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Fill the picture; what it showed is gone."""
        super().set_pixel_array(*args, **kwargs)
        if self._layers is not None:
            self._layers = (self._layers[0], self._layer(self.pixel_array))

    def init_background(self) -> None:
        """Make the background; what was drawn over another one is gone."""
        super().init_background()
        self._layers = None

    def set_static(self, mobjects: Iterable[Mobject]) -> bool:
        """Take what stays as it is during the next animation; False when manim's own way has to be taken."""
        shapes = self.shapes(self.get_mobjects_to_display(mobjects))
        if shapes is None:
            return False
        self.layers()[0].show(shapes, self.ground)
        return True

    def show(self, mobjects: Iterable[Mobject], static: bool) -> list[Band] | None:
        """Draw the mobjects into `pixel_array`, over what is static or else over the background.

        Returns the rows that changed since the last picture, or None when manim's own way has to be taken.
        """
        shapes = self.shapes(self.get_mobjects_to_display(mobjects))
        if shapes is None:
            return None
        below, whole = self.layers()
        if static:
            return whole.show([*below.shapes, *shapes], below.pixels, len(below.shapes))
        return whole.show(shapes, self.ground)

    def get_mobjects_to_display(
        self, mobjects: Iterable[Mobject], include_submobjects: bool = True, excluded_mobjects: list[Any] | None = None
    ) -> list[Mobject]:
        """Families in the order of drawing, each mobject where it comes last, as manim has it.

        manim collects the family of every member of a family; most of them are single mobjects.
        """
        if not include_submobjects or excluded_mobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found: list[Mobject] = []
        for mobject in mobjects:
            _family(mobject, found)
        last = list(dict.fromkeys(reversed(found)))[::-1]
        return sorted(last, key=lambda mobject: mobject.z_index) if self.use_z_index else last

    @property
    def static_picture(self) -> np.ndarray:
        """The picture of what is static."""
        return self.layers()[0].pixels

    @property
    def ground(self) -> np.ndarray:
        """What is behind everything."""
        assert self.background is not None
        return self.background

    @cached_property
    def _context(self) -> cairo.Context[Any]:
        """A context in which paths are made and measured; nothing is drawn in it."""
        context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, self.pixel_width, self.pixel_height))
        context.set_matrix(self.get_cairo_context(self.pixel_array).get_matrix())
        return context

    @cached_property
    def _matrix(self) -> cairo.Matrix:
        return self._context.get_matrix()

    def layers(self) -> tuple[Layer, Layer]:
        """What is static during an animation, and the whole picture, which is `pixel_array`."""
        if self._layers is None:
            self._layers = (self._layer(np.empty_like(self.pixel_array)), self._layer(self.pixel_array))
        return self._layers

    def _layer(self, pixels: np.ndarray) -> Layer:
        # manim keeps contexts by the address of their array, also those of arrays that are gone.
        self.pixel_array_to_cairo_context.pop(id(pixels), None)
        return Layer(pixels, self.get_cairo_context(pixels))

    def shapes(self, mobjects: Iterable[Mobject]) -> list[Shape] | None:
        """The shapes of mobjects that are displayed, in the order of drawing; None when one is of another kind."""
        found, known = [], self._known
        for mobject in mobjects:
            if not isinstance(mobject, VMobject) or mobject.background_image:
                return None
            points, style = mobject.points.tobytes(), _style(mobject)
            before = known.get(id(mobject))
            if before is None or before[0] != points:
                outline = self._outline(mobject)
            elif before[1] != style:
                outline = before[2]
            else:
                found.append(before[3])
                continue
            shape = self._shape(mobject, outline)
            known[id(mobject)] = (points, style, outline, shape)
            found.append(shape)
        if len(known) > 4 * len(found) + _REMEMBERED:
            known.clear()
        return found

    def _outline(self, mobject: VMobject) -> Outline | None:
        """Hand the points to cairo as `Camera.set_cairo_context_path` does, but as plain numbers, which is faster."""
        points = mobject.points
        if len(points) < 4 or len(points) % 4 or not np.isfinite(points).all():
            return None
        context = self._context
        context.new_path()
        flat: list[float] = points[:, :2].ravel().tolist()
        tolerance = mobject.tolerance_for_point_equality
        start = 0
        for at in range(0, len(flat), 8):
            if at == 0 or not close(flat[at - 2], flat[at - 1], flat[at], flat[at + 1], tolerance):
                if at and close(flat[start], flat[start + 1], flat[at - 2], flat[at - 1], tolerance):
                    context.close_path()
                start = at
                context.new_sub_path()
                context.move_to(flat[at], flat[at + 1])
            context.curve_to(*flat[at + 2 : at + 8])
        if close(flat[start], flat[start + 1], flat[-2], flat[-1], tolerance):
            context.close_path()
        across, up = flat[::2], flat[1::2]
        box = (min(across), min(up), max(across), max(up))
        return Outline(context.copy_path(), box, points.copy())

    def _shape(self, mobject: VMobject, outline: Outline | None) -> Shape:
        paints: list[Paint] = []
        boxes: list[Box] = []
        kinds: tuple[bool | None, ...] = (True, None, False)  # the stroke behind, the fill, the stroke in front
        if outline is None:
            return Shape(None, [], NOWHERE, False)
        for behind in kinds:
            rgbas = self.get_fill_rgbas(mobject) if behind is None else self.get_stroke_rgbas(mobject, behind)
            width = None if behind is None else mobject.get_stroke_width(behind)
            # A clear paint leaves every pixel as it is.
            if width == 0 or not rgbas[:, 3].any():
                continue
            pen = None
            if width is not None:
                pen = (
                    float(width * self.cairo_line_width_multiple),
                    LINE_JOIN_MAP[mobject.joint_type],
                    CAP_STYLE_MAP[mobject.cap_style],
                )
            boxes.append(outline.stroked(pen, self._context) if pen else outline.box)
            paints.append((self._source(rgbas, mobject), pen))
        rect = pixels_of(boxes, self._matrix, self.pixel_width, self.pixel_height)
        if rect == NOWHERE:
            return Shape(None, [], NOWHERE, False)
        stroked = any(pen is not None for _, pen in paints)
        return Shape(outline.path, paints, rect, stroked and not outline.straight)

    def _source(self, rgbas: np.ndarray, mobject: VMobject) -> tuple[float, ...] | cairo.Pattern:
        """One colour as cairo takes it (the picture's channels are in reverse order), or a gradient."""
        if len(rgbas) == 1 and not isinstance(mobject, Texture):
            red, green, blue, alpha = rgbas[0].tolist()
            return (blue, green, red, alpha)
        self.set_cairo_context_color(self._context, rgbas, mobject)
        return self._context.get_source()


def _family(mobject: Mobject, found: list[Mobject]) -> None:
    """Add a mobject and all below it, those that have points."""
    if len(mobject.points):
        found.append(mobject)
    for part in mobject.submobjects:
        _family(part, found)


def _style(mobject: VMobject) -> Style:
    """All that the look of a mobject depends on, besides its points. Called for every mobject in every frame."""
    fill, stroke, behind = mobject.fill_rgbas, mobject.stroke_rgbas, mobject.background_stroke_rgbas
    return (
        fill.tobytes(),
        stroke.tobytes(),
        behind.tobytes(),
        mobject.stroke_width,
        mobject.background_stroke_width,
        mobject.joint_type,
        mobject.cap_style,
        # Where a gradient starts and ends.
        None if len(fill) == len(stroke) == len(behind) == 1 else (*mobject.sheen_direction, mobject.sheen_factor),
        # What a texture shows.
        (id(mobject.raster), mobject.window) if isinstance(mobject, Texture) else None,
    )
