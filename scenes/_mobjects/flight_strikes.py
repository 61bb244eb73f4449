"""Who strikes whom while things fly: boxes instead of outlines, by the rule of tests/scenes/motion.py.

A text that stands is struck by another text over it, by a filled shape in front of it, and by a border that crosses it;
not by a text that stands for the same, since one is turning into the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from manim import Mobject, VMobject

from scenes._mobjects.text import Glyph

SEEN = 0.5
"""What is fainter than this nobody reads, and it hides nothing."""
_TOUCH = 0.02
_COVERED = 0.1
"""A text is covered if so much of its box is."""


def texts(mobjects: Iterable[Mobject]) -> Iterator[Glyph]:
    """What can be read of some mobjects."""
    for mobject in mobjects:
        for part in mobject.get_family():
            if isinstance(part, Glyph) and len(part.points) and part.get_fill_opacity() >= SEEN:
                yield part


def box(part: VMobject) -> np.ndarray:
    """Left, bottom, right, top of an outline."""
    points = part.points[:, :2]
    return np.array([*points.min(0), *points.max(0)])


def boxes(parts: Iterable[VMobject]) -> np.ndarray:
    """The boxes of all of these: (…, 4)."""
    return np.array([box(part) for part in parts]).reshape(-1, 4)


def around(found: np.ndarray) -> np.ndarray:
    """The box around all of these."""
    return np.array([*found[:, :2].min(0), *found[:, 2:].max(0)])


def meet(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Width and height of what boxes (…, 4) share, negative where they lie apart."""
    wide, tall = (
        np.minimum(one[..., axis + 2], other[..., axis + 2]) - np.maximum(one[..., axis], other[..., axis])
        for axis in (0, 1)
    )
    return wide, tall


def names_of(text: VMobject) -> set[object]:
    """What a text says, and what it stands for: two texts that share any of these may lie on each other."""
    return {name for name in (getattr(text, "key", None), getattr(text, "says", None)) if name is not None}


Parts = list[list[VMobject]]
"""Those of a source, and those of a goal."""


@dataclass(frozen=True)
class Mover:
    """What flies: the box of its texts and that of its shapes, at the start and at the goal (2, 4), if it has any."""

    ink: np.ndarray | None
    body: np.ndarray | None
    stands_for: frozenset[object]
    filled: bool

    @property
    def whole(self) -> np.ndarray:
        """The box of both, at the start and at the goal."""
        parts = [part for part in (self.ink, self.body) if part is not None]
        return np.array([around(np.array([part[end] for part in parts])) for end in (0, 1)])


def mover(source: VMobject, goal: VMobject) -> Mover:
    """Look at what becomes what."""
    ends: Parts = [[cast(VMobject, part) for part in end.get_family() if len(part.points)] for end in (source, goal)]
    written: Parts = [[part for part in end if isinstance(part, Glyph)] for end in ends]
    shapes: Parts = [[part for part in end if not isinstance(part, Glyph)] for end in ends]
    names = frozenset(name for end in written for glyph in end for name in names_of(glyph))
    filled = any(part.get_fill_opacity() >= SEEN for end in shapes for part in end)
    return Mover(_both(written, ends), _both(shapes, ends), names, filled)


def _both(parts: Parts, ends: Parts) -> np.ndarray | None:
    """The boxes at both ends; what one end lacks comes out of all that is there, or passes into it."""
    if not any(parts):
        return None
    return np.array([around(boxes(some or all_)) for some, all_ in zip(parts, ends, strict=True)])


def moved(ends: np.ndarray, shares: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Where a box is at these shares of a straight way, shifted by `shifts` (ways, shares, 2): (ways, shares, 4)."""
    line = ends[0] + shares[:, None] * (ends[1] - ends[0])
    return np.asarray(line + np.concatenate([shifts, shifts], axis=-1))


def _swept(places: np.ndarray) -> np.ndarray:
    """Boxes around all places from half-way since the last moment to half-way to the next: nothing slips through."""
    between = (places[:, :-1] + places[:, 1:]) / 2
    since, until = np.concatenate([places[:, :1], between], 1), np.concatenate([between, places[:, -1:]], 1)
    parts = np.stack([places, since, until])
    return np.concatenate([parts[..., :2].min(0), parts[..., 2:].max(0)], axis=-1)


def written_over(
    flying: Mover, shares: np.ndarray, shifts: np.ndarray, standing: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """Which texts with the boxes `standing` its texts strike at each moment of each way: (ways, shares, texts).

    `others` says which of these stand for something else than what flies.
    """
    if flying.ink is None:
        return np.zeros((*shifts.shape[:2], len(standing)), dtype=bool)
    wide, tall = meet(_swept(moved(flying.ink, shares, shifts))[:, :, None], standing)
    return np.asarray((wide > 0) & (tall > 0) & others)


def covered(flying: Mover, shares: np.ndarray, shifts: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """The same for its shapes: which texts they cover or cross, as long as they can be seen."""
    if flying.body is None:
        return np.zeros((*shifts.shape[:2], len(standing)), dtype=bool)
    wide, tall = meet(_swept(moved(flying.body, shares, shifts))[:, :, None], standing)
    width, height = standing[:, 2] - standing[:, 0], standing[:, 3] - standing[:, 1]
    inside = (wide >= width - _TOUCH) & (tall >= height - _TOUCH)
    found = (wide > _TOUCH) & (tall > _TOUCH) & ~inside
    if flying.filled:
        found |= wide.clip(0) * tall.clip(0) > _COVERED * width * height
    return np.asarray(found)
