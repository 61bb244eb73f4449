"""What cannot be read while things move: every play is sampled ten times a second, and each text that stands is asked.

A text that stands is unreadable while a filled shape covers it, another text strikes it, or a line crosses it, unless
the two stand for the same thing, so that one is turning into the other. Times are added up as text-seconds, by step.
Run as a program (`make motion SCENES="MatrixView"`), it says where a scene is bad; with `--others`
(`make motion OTHERS=1`), how the post's scenes move with other convolutions: a table.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import manim
import numpy as np
import screen
from books import POST_SCENES
from cases import COLOURS, LARGE, PHOTO, TWO_FILTERS
from layout_faults import TOUCH, contains, densely, outlines_meet
from manim import Mobject, Scene, tempconfig
from manim.utils.family import extract_mobject_family_members
from screen import BACKGROUNDS, FILM_SCENES, PIXELS, Drawn, own, scene_class, snapshot

from cnnmath import Convolution
from scenes._fast.renderer import FastRenderer, FastWriter
from scenes._film import CLASSICS
from scenes._stage.viewpoint import Viewpoint

RATE = 10
"""Samples in a second of film."""
SEEN = 0.5
"""What is fainter than this nobody reads, and it hides nothing."""
FAINT = 0.3
"""So little of a line is no line through a text."""
STILL = 0.01
"""What moves less from one sample to the next stands."""
COVERED = 0.1
"""A text is covered if so much of its outline is."""
OTHERS: dict[str, Convolution] = {
    "channels and filters": COLOURS,
    "two filters": TWO_FILTERS,
    "8 × 8": PHOTO,
    "stride and padding": LARGE["strided"],
    "dilation": LARGE["dilated"],
}
"""What scenes are watched with besides their own convolutions: each may lose three text-seconds."""


class Strike(NamedTuple):
    """A text that could not be read at a moment."""

    slug: str
    time: float
    text: str
    by: str
    lasts: float


@dataclass
class Motion:
    """All of a scene, its strikes and how much of it was looked at."""

    scene: str
    shape: str
    strikes: list[Strike] = field(default_factory=list)
    moments: int = 0

    @property
    def seconds(self) -> float:
        """Unreadable text-seconds."""
        return round(sum(strike.lasts for strike in self.strikes), 6)

    def by_second(self) -> dict[tuple[str, int], float]:
        """The same by step and second of the film."""
        found: dict[tuple[str, int], float] = defaultdict(float)
        for strike in self.strikes:
            found[strike.slug, int(strike.time)] += strike.lasts
        return dict(found)

    def report(self, most: int = 12) -> str:
        """A line for the whole, and one for each of the worst seconds."""
        lines = [f"{self.scene} ({self.shape}): {self.seconds:.1f} text-seconds in {self.moments} moments"]
        worst = sorted(self.by_second().items(), key=lambda item: -item[1])[:most]
        for (slug, second), lost in sorted(worst, key=lambda item: item[0][1]):
            here = [s for s in self.strikes if (s.slug, int(s.time)) == (slug, second)]
            causes = Counter(f"{s.text} by {s.by}" for s in here)
            some = "; ".join(f"{what} ×{times}" for what, times in causes.most_common(3))
            lines.append(f"  {second:4d} s  {slug:14s} {lost:5.1f}  {some}")
        return "\n".join(lines)


class Part(NamedTuple):
    """One mobject at a moment."""

    mobject: Mobject
    drawn: Drawn


class Watch:
    """Looks at one moment after the other."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        self.slug = ""
        self._before: dict[int, np.ndarray] = {}

    def look(self, scene: Scene, time: float, lasts: float) -> None:
        """Ask each text that stands whether it can be read."""
        parts = extract_mobject_family_members(scene.mobjects, use_z_index=True, only_those_with_points=True)
        seen = [Part(part, drawn) for k, part in enumerate(parts) if is_seen(drawn := snapshot(part, k))]
        boxes = np.array([part.drawn.box for part in seen]).reshape(-1, 4)
        now = {id(part.mobject): box for part, box in zip(seen, boxes, strict=True)}
        self.motion.moments += 1
        for k, (mobject, text) in enumerate(seen):
            before = self._before.get(id(mobject))
            if not text.is_text or before is None or np.abs(before - boxes[k]).max() > STILL:
                continue
            by = self._striking(text, seen, boxes, k)
            if by is not None:
                self.motion.strikes.append(Strike(self.slug, time, name(text), name(by), lasts))
        self._before = now

    def _striking(self, text: Drawn, seen: list[Part], boxes: np.ndarray, at: int) -> Drawn | None:
        """What hides a text, if anything does."""
        left, bottom, right, top = boxes[at]
        meet = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < top) & (boxes[:, 3] > bottom)
        meet[at] = False
        others = [seen[i].drawn for i in np.flatnonzero(meet)]
        return next((other for other in others if strikes(other, text, others)), None)


def is_seen(drawn: Drawn) -> bool:
    """Whether a viewer sees it."""
    opaque = max(drawn.fill[3] if drawn.filled else 0.0, drawn.stroke[3] if drawn.stroked else 0.0)
    return bool(opaque >= SEEN) and drawn.visible


def name(drawn: Drawn) -> str:
    """What it is called in a report."""
    if drawn.is_text:
        return f"{drawn.says!r}"
    return drawn.kind.__name__


def strikes(other: Drawn, text: Drawn, around: Iterable[Drawn]) -> bool:
    """Whether it hides the text: covers it, is written over it, or crosses it."""
    if other.is_text:
        alike = other.key == text.key or other.says == text.says
        return not alike and outlines_meet(other, text)
    outline = np.concatenate(text.curves)[::5]
    if other.filled and other.fill[3] >= SEEN and other.order > text.order:
        return bool(contains(other, outline).mean() > COVERED)
    if not (other.stroked or other.is_edge):
        return False
    left, bottom, right, top = text.box
    line = np.concatenate([densely(curve) for curve in other.curves])
    low, high = np.array([left, bottom]) + TOUCH, np.array([right, top]) - TOUCH
    crossing = line[(line > low).all(1) & (line < high).all(1)]
    if other.order < text.order:
        crossing = crossing[~behind(crossing, other, text, around)]
    return len(crossing) > 0


def behind(points: np.ndarray, line: Drawn, text: Drawn, around: Iterable[Drawn]) -> np.ndarray:
    """Which points of a line are hidden by shapes between it and the text, or show through them only faintly."""
    hidden = np.zeros(len(points), dtype=bool)
    opaque = line.stroke[3] if line.stroked else line.fill[3]
    for shape in around:
        if line.order < shape.order < text.order and shape.filled and opaque * (1 - shape.fill[3]) < FAINT:
            hidden |= contains(shape, points)
    return hidden


class Sampler(FastRenderer):
    """Draws nothing: hands every moment to a watch."""

    watch: Watch

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw nothing."""

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> None:
        """Keep nothing."""

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Look at a moment of a movement."""
        self.watch.look(scene, self.time, 1 / RATE)
        self.time += 1 / RATE

    def freeze_current_frame(self, duration: float) -> None:
        """Let the time of a still pass: the tests of stills look at those."""
        self.time += duration


def watch(made: type[Viewpoint], shape: str = "wide") -> Motion:
    """Sample a scene."""
    motion = Motion(made.__name__, shape)

    class Watched(made):  # type: ignore[misc, valid-type]
        def step(self, slug: str, narration: str) -> None:
            super().step(slug, narration)
            self.renderer.watch.slug = slug

    Watched.__name__ = Watched.__qualname__ = made.__name__
    settings = {
        "dry_run": True,
        "disable_caching": True,
        "media_dir": screen.media_dir,
        "background_color": BACKGROUNDS["dark"],
        "pixel_width": PIXELS[shape][0],
        "pixel_height": PIXELS[shape][1],
        "frame_rate": RATE,
        "progress_bar": "none",
    }
    with tempconfig(settings):
        renderer = Sampler(FastWriter)
        renderer.watch = Watch(motion)
        Watched(renderer).render()
    return motion


def chosen(names: str) -> Iterator[type[Viewpoint]]:
    """The scenes of these names; none are all of the film, "classics" are those."""
    classics = [clip.scene for clip in CLASSICS]
    yield from (scene_class(one) for one in names.replace("classics", " ".join(classics)).split() or FILM_SCENES)


def watched_with(name: str, convolution: Convolution, shape: str) -> Motion | None:
    """Sample a scene with another convolution, in numbers; None where it refuses it."""
    try:
        return watch(own(name, convolution=convolution, notation="numbers"), shape)
    except ValueError as error:
        # A refusal names the scene; anything else is a fault.
        if name not in str(error):
            raise
        return None


def table(names: Iterable[str], shape: str) -> Iterator[str]:
    """A row for each scene: its text-seconds with each of the other convolutions, a dash where it refuses one."""
    yield f"| {shape} | {' | '.join(OTHERS)} |"
    yield "|---|" + "---:|" * len(OTHERS)
    for name in names:
        found = [watched_with(name, convolution, shape) for convolution in OTHERS.values()]
        cells = ["–" if motion is None else f"{motion.seconds:.1f}" for motion in found]
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Say where scenes are bad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", default="", help="names of scenes, or classics; all of the film if left out")
    parser.add_argument("--shape", default="wide", help="wide, square, tall")
    parser.add_argument("--others", action="store_true", help="a table: the post's scenes with other convolutions")
    asked = parser.parse_args()
    manim.logger.setLevel("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        screen.media_dir = Path(folder)
        if asked.others:
            for shape in asked.shape.split():
                for row in table(asked.scenes.split() or POST_SCENES, shape):
                    print(row, flush=True)
            return
        total = 0.0
        for made in chosen(asked.scenes):
            for shape in asked.shape.split():
                motion = watch(made, shape)
                total += motion.seconds
                print(motion.report(), flush=True)
        print(f"all: {math.fsum([total]):.1f} text-seconds")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
