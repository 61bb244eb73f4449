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
Style = tuple[Any, ...]

NOWHERE: Rect = (0, 0, 0, 0)
_FAR = 100_000
"""Further out (in pixels) than anything that a frame shows."""
_EXACT = 1e-6
"""Of a 256th of a pixel, which is what cairo rounds to."""
_CLOSE = 8
"""Bands with fewer rows than this between them are drawn as one."""


class Shape:
    """What one mobject adds to the picture: an outline as cairo keeps it, its paints, the pixels that it can touch."""

    __slots__ = ("bent", "paints", "path", "rect")

    def __init__(self, path: cairo.Path | None, paints: list[tuple[Any, ...]], rect: Rect, bent: bool) -> None:
        self.path, self.paints, self.rect, self.bent = path, paints, rect, bent

    def draw(self, context: cairo.Context) -> None:
        """Draw as `Camera.display_vectorized` does: stroke behind, fill, stroke in front."""
        if self.path is None or not self.paints:
            return
        context.new_path()
        context.append_path(self.path)
        for source, width, join, cap in self.paints:
            context.set_source(source)
            if width is None:
                context.fill_preserve()
            else:
                context.set_line_width(width)
                context.set_line_join(join)
                context.set_line_cap(cap)
                context.stroke_preserve()


class RedrawCamera(Camera):
    """manim's camera for plain vectorized mobjects. What it cannot draw in part, it leaves to `Camera`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._known: dict[int, tuple[bytes, Style, Shape]] = {}
        self._paths: dict[bytes, cairo.Path | None] = {}
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

    @property
    def static_picture(self) -> np.ndarray:
        """The picture of what is static."""
        return self.layers()[0].pixels

    @property
    def ground(self) -> np.ndarray:
        """What is behind everything."""
        assert self.background is not None
        return self.background

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
            if before is None or before[0] != points or before[1] != style:
                before = known[id(mobject)] = (points, style, self._shape(mobject, points))
            found.append(before[2])
        if len(known) > 4 * len(found) + 4000:
            known.clear()
            self._paths.clear()
        return found

    def _shape(self, mobject: VMobject, points: bytes) -> Shape:
        """Hand the outline to cairo, unless it has it."""
        context = self.get_cairo_context(self.pixel_array)
        if points in self._paths:
            path = self._paths[points]
            context.new_path()
            if path is not None:
                context.append_path(path)
        else:
            self.set_cairo_context_path(context, mobject)
            path = context.copy_path() if len(mobject.points) >= mobject.n_points_per_cubic_curve else None
            self._paths[points] = path
        if path is None:
            return Shape(None, [], NOWHERE, False)
        return self._painted(mobject, path, context)

    def _painted(self, mobject: VMobject, path: cairo.Path, context: cairo.Context) -> Shape:
        """The shape of a path that stands in the context."""
        join, cap = LINE_JOIN_MAP[mobject.joint_type], CAP_STYLE_MAP[mobject.cap_style]
        paints: list[tuple[Any, ...]] = []
        boxes = []
        for kind in ("behind", "fill", "front"):
            rgbas = self.get_fill_rgbas(mobject) if kind == "fill" else self.get_stroke_rgbas(mobject, kind == "behind")
            width = None if kind == "fill" else mobject.get_stroke_width(kind == "behind")
            # A clear paint leaves every pixel as it is.
            if width == 0 or not rgbas[:, 3].any():
                continue
            self.set_cairo_context_color(context, rgbas, mobject)
            if width is None:
                boxes.append(context.path_extents())
            else:
                width *= self.cairo_line_width_multiple
                context.set_line_width(width)
                context.set_line_join(join)
                context.set_line_cap(cap)
                boxes.append(context.stroke_extents())
            paints.append((context.get_source(), width, join, cap))
        stroked = any(width is not None for _, width, _, _ in paints)
        rect = _pixels(boxes, context, self.pixel_width, self.pixel_height)
        return Shape(path, paints, rect, stroked and not _straight(mobject.points, context))


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
        for band in _merged([(top, bottom) for _, top, _, bottom in damage], _CLOSE):
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
        spans = _merged(spans + fresh, 0)
        reached = np.zeros(len(inside), dtype=bool)
        for left, right in spans:
            reached |= (lefts < right) & (rights > left)
        reached &= ~touched
        touched |= reached
        fresh = list(zip(lefts[reached].tolist(), rights[reached].tolist(), strict=True))
    return spans, inside[touched]


def _style(mobject: VMobject) -> Style:
    """All that the look of a mobject depends on, besides its points."""
    fill, stroke = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    behind = mobject.get_stroke_rgbas(background=True)
    plain = len(fill) == len(stroke) == len(behind) == 1
    return (
        fill.tobytes(),
        stroke.tobytes(),
        behind.tobytes(),
        mobject.stroke_width,
        mobject.background_stroke_width,
        mobject.joint_type,
        mobject.cap_style,
        None if plain else (tuple(mobject.sheen_direction), mobject.sheen_factor),
    )


def _straight(points: np.ndarray, context: cairo.Context) -> bool:
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


def _pixels(boxes: list[tuple[float, ...]], context: cairo.Context, width: int, height: int) -> Rect:
    """The pixels that boxes in units of the scene touch, with one to spare on each side, within the picture."""
    corners = [
        context.user_to_device(min(max(x, -_FAR), _FAR), min(max(y, -_FAR), _FAR))
        for left, low, right, high in boxes
        for x, y in ((left, low), (right, high))
    ]
    if not corners:
        return NOWHERE
    across, down = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(int(min(across)) - 2, 0), max(int(min(down)) - 2, 0)
    right, bottom = min(int(max(across)) + 3, width), min(int(max(down)) + 3, height)
    return (left, top, right, bottom) if left < right and top < bottom else NOWHERE


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


def _merged(spans: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Spans with at most `gap` between them become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
