"""Faults of a picture that need no knowledge of what it shows: each function lists what is wrong with one snapshot."""

from __future__ import annotations

import numpy as np
from scipy.spatial import ConvexHull
from screen import Drawn, Shot

MARGIN = 0.3
"""Nothing stands nearer to the frame's edge."""
CAPITAL = 0.683
"""Height of a capital letter in em."""
SMALLEST = 8 / 36
"""Lowest text: 1/36 of the frame's shorter side."""
TOUCH = 0.02
"""Closer than this, two texts overlap."""
BELOW_TITLE = 0.08
"""So much room is left below the title."""
CLEAR = 0.02
"""So much room is left between a sign and a cell beside it."""


def outside(shot: Shot) -> list[str]:
    """What leaves the safe area."""
    # 427 × 240 pixels are not quite 16:9.
    safe = shot.size / 2 - MARGIN + 0.005
    return [
        f"{shot}: {d} leaves the safe area: {np.round(d.box, 3)}"
        for d in shot.visible
        if (d.box[:2] < -safe).any() or (d.box[2:] > safe).any()
    ]


def too_small(shot: Shot) -> list[str]:
    """Texts lower than 1/36 of the frame."""
    return [
        f"{shot}: {d} has an em of {d.em:.3f}: capitals {CAPITAL * d.em:.3f} high, the least is {SMALLEST:.3f}"
        for d in shot.texts
        if CAPITAL * d.em < SMALLEST - 1e-6
    ]


def overlaps(shot: Shot) -> list[str]:
    """Texts that stand on each other."""
    boxes = np.array([text.box for text in shot.texts]).reshape(-1, 4)
    room = np.minimum(boxes[:, None, 2:], boxes[:, 2:]) - np.maximum(boxes[:, None, :2], boxes[:, :2])
    pairs = np.argwhere(np.triu((room > TOUCH).all(2), 1))
    near = [(shot.texts[i], shot.texts[k]) for i, k in pairs]
    return [f"{shot}: {one} and {other} overlap" for one, other in near if outlines_meet(one, other)]


def outlines_meet(one: Drawn, other: Drawn) -> bool:
    """Whether two outlines come closer than they may, or one lies inside the other."""
    mine, yours = np.concatenate(one.curves), np.concatenate(other.curves)
    gaps = np.linalg.norm(mine[:, None] - yours[None], axis=2)
    if gaps.min() < TOUCH:
        return True
    small, large = sorted((one, other), key=lambda d: d.width * d.height)
    return in_hull(small.middle, np.concatenate(large.curves))


def in_hull(point: np.ndarray, points: np.ndarray) -> bool:
    """Whether a point lies inside the convex hull of others: in the hole of a zero, say."""
    facets = ConvexHull(points).equations
    return bool((facets[:, :2] @ point + facets[:, 2] < 0).all())


def contains(shape: Drawn, points: np.ndarray) -> np.ndarray:
    """Which points lie inside a shape (even-odd over all its curves)."""
    inside = np.zeros(len(points), dtype=bool)
    left, bottom, right, top = shape.box
    near = (points >= [left, bottom]).all(1) & (points <= [right, top]).all(1)
    if not near.any():
        return inside
    x, y = points[near].T[:, :, None]
    crossings = np.zeros(near.sum(), dtype=int)
    for curve in shape.curves:
        ends = np.roll(curve, -1, axis=0)
        (x1, y1), (x2, y2) = curve.T, ends.T
        spans = (y1 > y) != (y2 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossings += (spans & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)).sum(1)
    inside[near] = crossings % 2 == 1
    return inside


def undimmed(shot: Shot) -> list[str]:
    """What is half faded: a step ends with everything there or gone."""
    found = []
    for d in shot.visible:
        if d.filled and d.fill[3] < 0.999:
            found.append(f"{shot}: {d} has a fill of opacity {d.fill[3]:.3f}")
        if d.stroked and d.stroke[3] < 0.999:
            found.append(f"{shot}: {d} has a stroke of opacity {d.stroke[3]:.3f}")
    return found


def luminance(color: np.ndarray) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = np.where(color[:3] <= 0.04045, color[:3] / 12.92, ((color[:3] + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blended(color: np.ndarray, ground: np.ndarray) -> np.ndarray:
    """A colour with its opacity laid over an opaque ground."""
    return np.append(color[3] * color[:3] + (1 - color[3]) * ground[:3], 1.0)


def grounds(text: Drawn, shot: Shot) -> dict[tuple[float, ...], Drawn | None]:
    """The colours that a text really stands on, along its outline, each with the shape that gives it."""
    points = np.concatenate(text.curves)[::5]
    color = np.tile(shot.background, (len(points), 1))
    owner: list[Drawn | None] = [None] * len(points)
    for shape in shot.shapes_at(text):
        if shape.order >= text.order or not shape.filled:
            continue
        for i in np.flatnonzero(contains(shape, points)):
            color[i] = blended(shape.fill, color[i])
            owner[i] = shape
    return {tuple(np.round(c, 4)): o for c, o in zip(color, owner, strict=True)}


def faint_texts(shot: Shot) -> list[str]:
    """Texts with less than 4.5:1 to what lies behind any part of them."""
    found = []
    for text in shot.texts:
        for ground, shape in grounds(text, shot).items():
            ratio = contrast(blended(text.fill, np.array(ground)), np.array(ground))
            if ratio < 4.5:
                found.append(f"{shot}: {text} has {ratio:.2f}:1 on {shape or 'the background'}")
    return found


def faint_shapes(shot: Shot) -> list[str]:
    """Borders and edges with less than 3:1 to the background."""
    found = []
    for d in shot.visible:
        if d.is_text:
            continue
        color = d.stroke if d.stroked else d.fill if d.is_edge else None
        if color is not None and (ratio := contrast(blended(color, shot.background), shot.background)) < 3:
            found.append(f"{shot}: {d} has {ratio:.2f}:1 to the background")
    return found


def covered_texts(shot: Shot) -> list[str]:
    """Texts with a shape in front of them, or a line through them."""
    found = []
    for text in shot.texts:
        points = np.concatenate(text.curves)[::5]
        left, bottom, right, top = text.box
        for shape in shot.shapes_at(text):
            if shape.order > text.order and shape.filled and contains(shape, points).any():
                found.append(f"{shot}: {shape} covers {text}")
            elif shape.stroked:
                margin = shape.stroke_width / 200
                line = np.concatenate([densely(curve) for curve in shape.curves])
                low, high = (
                    [left - margin + TOUCH, bottom - margin + TOUCH],
                    [right + margin - TOUCH, top + margin - TOUCH],
                )
                crossing = line[(line > low).all(1) & (line < high).all(1)]
                if len(crossing) and not hidden(crossing, shape, text, shot):
                    found.append(f"{shot}: the line of {shape} runs through {text}")
    return found


def hidden(points: np.ndarray, line: Drawn, text: Drawn, shot: Shot) -> bool:
    """Whether filled shapes between a line and a text hide the line there."""
    left = np.ones(len(points), dtype=bool)
    for shape in shot.shapes_at(text):
        if line.order < shape.order < text.order and shape.filled and shape.fill[3] > 0.99:
            left &= ~contains(shape, points)
    return not left.any()


def densely(curve: np.ndarray, step: float = 0.03) -> np.ndarray:
    """A closed polyline with points at most `step` apart."""
    ends = np.roll(curve, -1, axis=0)
    count = max(2, int(np.ceil(np.linalg.norm(ends - curve, axis=1).max() / step)) + 1)
    t = np.linspace(0, 1, count)[:, None, None]
    return ((1 - t) * curve + t * ends).reshape(-1, 2)


def crowds_title(shot: Shot) -> list[str]:
    """What comes too near to the title from below."""
    title = shot.of_kind("title")
    bottom = min((text.box[1] for text in title), default=np.inf)
    return [
        f"{shot}: {d} reaches up to {d.box[3]:.2f}, and the title down to {bottom:.2f}"
        for d in shot.visible
        if d not in title and d.box[3] > bottom - BELOW_TITLE
    ]


def squeezed(shot: Shot) -> list[str]:
    """Signs between cells that nearly touch one."""
    found = []
    for sign in shot.of_kind("operator"):
        left, bottom, right, top = sign.box
        for d in shot.shapes_at(sign, CLEAR):
            beside = bottom > d.box[1] and top < d.box[3]
            if d.is_square and d.stroked and beside and min(abs(left - d.box[2]), abs(d.box[0] - right)) < CLEAR:
                found.append(f"{shot}: {sign} is squeezed against {d}")
    return found


CHECKS = (outside, too_small, overlaps, undimmed, faint_texts, faint_shapes, covered_texts, crowds_title, squeezed)
