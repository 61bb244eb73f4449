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
from manim import Camera, Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

Rect = tuple[int, int, int, int]
"""Pixels that a shape can touch: left, top, right, bottom; the last two are exclusive."""
Band = tuple[int, int]
"""Rows from the first to the one before the second."""
Span = tuple[int, int]
"""Columns, likewise."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in units of the scene."""
Pen = tuple[float, cairo.LineJoin, cairo.LineCap]
"""The width of a line, in units of the scene, how it turns corners and how it ends."""
Paint = tuple[tuple[float, ...] | cairo.Pattern, Pen | None]
"""A colour, with the pen for a stroke or None for the fill."""
Style = tuple[Any, ...]

NOWHERE: Rect = (0, 0, 0, 0)
_EXACT = 1e-6
"""Of a 256th of a pixel, which is what cairo rounds to."""
_REMEMBERED = 4000
"""So many more mobjects than are shown are remembered."""
_CLOSE = 8
"""Bands with fewer rows than this between them are drawn as one."""


class Outline:
    """The path of a mobject as cairo keeps it, the box around its points, and (once stroked) if it is `_straight`."""

    __slots__ = ("box", "extents", "path", "points", "straight")

    def __init__(self, path: cairo.Path, box: Box, points: np.ndarray) -> None:
        self.path, self.box, self.points = path, box, points
        self.straight: bool | None = None
        self.extents: dict[Pen, Box] = {}
        """Boxes around its strokes, for each pen that has been asked for."""

    def stroked(self, pen: Pen, context: cairo.Context[Any]) -> Box:
        """The box around its stroke."""
        if self.straight is None:
            self.straight = _straight(self.points, context)
        if self.straight:
            # Corners are right angles, or caps squares: neither reaches further than the half of a diagonal.
            reach = 0.75 * pen[0]
            left, low, right, high = self.box
            return (left - reach, low - reach, right + reach, high + reach)
        if pen not in self.extents:
            context.new_path()
            context.append_path(self.path)
            _take(pen, context)
            self.extents[pen] = context.stroke_extents()
        return self.extents[pen]


class Shape:
    """What one mobject adds to the picture: an outline, its paints in their order, and the pixels that it can touch."""

    __slots__ = ("bent", "paints", "path", "rect")

    def __init__(self, path: cairo.Path | None, paints: list[Paint], rect: Rect, bent: bool) -> None:
        self.path, self.paints, self.rect, self.bent = path, paints, rect, bent

    def draw(self, context: cairo.Context[Any]) -> None:
        """Draw as `Camera.display_vectorized` does."""
        if self.path is None:
            return
        context.new_path()
        context.append_path(self.path)
        for source, pen in self.paints:
            if isinstance(source, cairo.Pattern):
                context.set_source(source)
            else:
                context.set_source_rgba(*source)
            if pen is None:
                context.fill_preserve()
            else:
                _take(pen, context)
                context.stroke_preserve()


def _take(pen: Pen, context: cairo.Context[Any]) -> None:
    width, join, cap = pen
    context.set_line_width(width)
    context.set_line_join(join)
    context.set_line_cap(cap)


class RedrawCamera(Camera):
    """manim's camera for plain vectorized mobjects. What it cannot draw in part, it leaves to `Camera`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._known: dict[int, tuple[bytes, Style, Outline | None, Shape]] = {}
        self._layers: tuple[_Layer, _Layer] | None = None
        super().__init__(*args, **kwargs)

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Fill the picture; what it showed is gone."""
        super().set_pixel_array(*args, **kwargs)
        if self._layers is not None:
            self._layers = (self._layers[0], _Layer(self, self.pixel_array))

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

    def layers(self) -> tuple[_Layer, _Layer]:
        """What is static during an animation, and the whole picture, which is `pixel_array`."""
        if self._layers is None:
            self._layers = (_Layer(self, np.empty_like(self.pixel_array)), _Layer(self, self.pixel_array))
        return self._layers

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
            if at == 0 or not _close(flat[at - 2], flat[at - 1], flat[at], flat[at + 1], tolerance):
                if at and _close(flat[start], flat[start + 1], flat[at - 2], flat[at - 1], tolerance):
                    context.close_path()
                start = at
                context.new_sub_path()
                context.move_to(flat[at], flat[at + 1])
            context.curve_to(*flat[at + 2 : at + 8])
        if _close(flat[start], flat[start + 1], flat[-2], flat[-1], tolerance):
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
        rect = _pixels(boxes, self._matrix, self.pixel_width, self.pixel_height)
        if rect == NOWHERE:
            return Shape(None, [], NOWHERE, False)
        stroked = any(pen is not None for _, pen in paints)
        return Shape(outline.path, paints, rect, stroked and not outline.straight)

    def _source(self, rgbas: np.ndarray, mobject: VMobject) -> tuple[float, ...] | cairo.Pattern:
        """One colour as cairo takes it (the picture's channels are in reverse order), or a gradient."""
        if len(rgbas) == 1:
            red, green, blue, alpha = rgbas[0].tolist()
            return (blue, green, red, alpha)
        self.set_cairo_context_color(self._context, rgbas, mobject)
        return self._context.get_source()


class _Layer:
    """A picture with the list of shapes that it shows, drawn over a ground."""

    def __init__(self, camera: RedrawCamera, pixels: np.ndarray) -> None:
        self.pixels = pixels
        # manim keeps contexts by the address of their array, also those of arrays that are gone.
        camera.pixel_array_to_cairo_context.pop(id(pixels), None)
        self._context = camera.get_cairo_context(pixels)
        self.shapes: list[Shape] = []
        self._drawn = False

    def show(self, shapes: list[Shape], ground: np.ndarray, already: int = 0) -> list[Band]:
        """Show other shapes: over `ground`, which has the first `already` of them. Returns the rows that changed."""
        damage = [(0, 0, self.pixels.shape[1], self.pixels.shape[0])]
        if self._drawn:
            damage = _changes(self.shapes, shapes)
        self._drawn, self.shapes = True, shapes
        if not damage:
            return []
        movers = shapes[already:]
        rects = np.array([shape.rect for shape in movers], dtype=np.int64).reshape(-1, 4)
        bent = np.array([shape.bent for shape in movers], dtype=bool)
        parts = _parts(damage, rects, bent)
        for band, spans, touched in parts:
            self._draw(band, spans, [movers[index] for index in touched], ground)
        return [band for band, _, _ in parts]

    def _draw(self, band: Band, spans: list[Span], shapes: list[Shape], ground: np.ndarray) -> None:
        """Draw the shapes again in the spans of columns of a band of rows."""
        (top, bottom), context = band, self._context
        for left, right in spans:
            self.pixels[top:bottom, left:right] = ground[top:bottom, left:right]
        matrix = context.get_matrix()
        context.save()
        context.identity_matrix()
        context.new_path()
        context.rectangle(0, top, self.pixels.shape[1], bottom - top)
        context.clip()
        context.set_matrix(matrix)
        for shape in shapes:
            shape.draw(context)
        context.restore()


def _parts(damage: list[Rect], rects: np.ndarray, bent: np.ndarray) -> list[tuple[Band, list[Span], np.ndarray]]:
    """Bands of rows, the columns in them that have to be drawn again, and which of the rects touch these."""
    while True:
        parts = []
        grown: list[Rect] = []
        for band in merged([(top, bottom) for _, top, _, bottom in damage], _CLOSE):
            spans, touched = _columns(band, damage, rects)
            parts.append((band, spans, touched))
            cut = touched[bent[touched]]
            cut = cut[(rects[cut, 1] < band[0]) | (rects[cut, 3] > band[1])]
            grown += [tuple(rect) for rect in rects[cut].tolist()]
        if not grown:
            return parts
        damage = damage + grown


def _columns(band: Band, damage: list[Rect], rects: np.ndarray) -> tuple[list[Span], np.ndarray]:
    """The columns of a band that change. What touches them is drawn from end to end, and touches more."""
    top, bottom = band
    inside = np.flatnonzero((rects[:, 1] < bottom) & (rects[:, 3] > top))
    lefts, rights = rects[inside, 0], rects[inside, 2]
    touched = np.zeros(len(inside), dtype=bool)
    fresh = [(left, right) for left, upper, right, lower in damage if upper < bottom and lower > top]
    spans: list[Span] = []
    while fresh:
        spans = merged(spans + fresh, 0)
        reached = np.zeros(len(inside), dtype=bool)
        for left, right in spans:
            reached |= (lefts < right) & (rights > left)
        reached &= ~touched
        touched |= reached
        fresh = list(zip(lefts[reached].tolist(), rights[reached].tolist(), strict=True))
    return spans, inside[touched]


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
    )


def _straight(points: np.ndarray, context: cairo.Context[Any]) -> bool:
    """Whether an outline is a single line, or has only upright and level ones, also when cairo has rounded it."""
    curves = points[: len(points) // 4 * 4, :2].reshape(-1, 4, 2)
    if len(curves) == 1:
        across, along = curves[0] - curves[0, 0], curves[0, 3] - curves[0, 0]
        return bool(np.abs(across[:, 0] * along[1] - across[:, 1] * along[0]).max() < _EXACT)
    matrix = context.get_matrix()
    fixed = (curves * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)) * 256
    level = np.ptp(fixed, axis=1) < _EXACT
    # A coordinate halfway between two of cairo's could be rounded to either.
    sure = np.abs(fixed % 1 - 0.5).min(axis=1) > _EXACT
    return bool((level & sure).any(axis=1).all())


def _close(x: float, y: float, next_x: float, next_y: float, tolerance: float) -> bool:
    """Whether two points are one, as manim has it (`VMobject.consider_points_equals_2d`, for finite numbers)."""
    if x == next_x and y == next_y:
        return True
    return abs(x - next_x) <= tolerance + 1e-5 * abs(next_x) and abs(y - next_y) <= tolerance + 1e-5 * abs(next_y)


def _pixels(boxes: list[Box], matrix: cairo.Matrix, width: int, height: int) -> Rect:
    """The pixels that the boxes touch, with one to spare on each side, within the picture."""
    if not boxes:
        return NOWHERE
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    # The picture's y points down.
    left, right = min(lefts) * matrix.xx + matrix.x0, max(rights) * matrix.xx + matrix.x0
    top, bottom = max(highs) * matrix.yy + matrix.y0, min(lows) * matrix.yy + matrix.y0
    if right < 0 or bottom < 0 or left > width or top > height:
        return NOWHERE
    # Cut before they become whole numbers: there is no limit to where points are.
    inner = (max(left - 1, 0), max(top - 1, 0), min(right + 2, width), min(bottom + 2, height))
    return (int(inner[0]), int(inner[1]), int(inner[2]), int(inner[3]))


def _changes(before: list[Shape], after: list[Shape]) -> list[Rect]:
    """Where the picture of one list of shapes differs from that of another.

    Shapes that both have in the same order stay. (A pixel that no other shape touches gets the same paints in the same
    order as before.)
    """
    if len(before) == len(after):
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
        gone = [old for old, _ in changed]
        come = [new for _, new in changed]
    else:
        place: dict[int, list[int]] = {}
        for index, shape in enumerate(before):
            place.setdefault(id(shape), []).append(index)
        stays, come, last = set(), [], -1
        for shape in after:
            later = [index for index in place.get(id(shape), ()) if index > last]
            if later:
                last = later[0]
                stays.add(last)
            else:
                come.append(shape)
        gone = [shape for index, shape in enumerate(before) if index not in stays]
    return [shape.rect for shape in (*gone, *come) if shape.rect[2] > shape.rect[0]]


def merged(spans: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Spans with at most `gap` between them become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
