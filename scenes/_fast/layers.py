"""Pictures that are drawn again where their shapes change, and only there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cairo
import numpy as np

from scenes._fast.outlines import Box, Pen, take

Rect = tuple[int, int, int, int]
"""Pixels that a shape can touch: left, top, right, bottom; the last two are exclusive."""
Band = tuple[int, int]
"""Rows from the first to the one before the second."""
Span = tuple[int, int]
"""Columns, likewise."""
Paint = tuple[tuple[float, ...] | cairo.Pattern, Pen | None]
"""A colour, with the pen for a stroke or None for the fill."""

NOWHERE: Rect = (0, 0, 0, 0)
_CLOSE = 8
"""Bands with fewer rows than this between them are drawn as one."""


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
                take(pen, context)
                context.stroke_preserve()


class Layer:
    """A picture with the list of shapes that it shows, drawn over a ground."""

    def __init__(self, pixels: np.ndarray, context: cairo.Context[Any]) -> None:
        self.pixels = pixels
        self._context = context
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


def pixels_of(boxes: list[Box], matrix: cairo.Matrix, width: int, height: int) -> Rect:
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
