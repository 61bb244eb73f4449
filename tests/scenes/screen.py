"""What is on screen: dry runs of scenes, and a snapshot of every mobject that draws something at the end of each step.

The snapshots hold outlines, colours and places as they are drawn. `says` and `key` of a text are taken along, but the
tests trust them only after they have compared the outline with one that is typeset afresh.
"""

from __future__ import annotations

import importlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from manim import Circle, Mobject, Scene, Square, tempconfig
from manim.utils.family import extract_mobject_family_members

from cnnmath import Convolution
from scenes._fast import Texture
from scenes._film import CARDS, CLASSICS, FILM, OPENING
from scenes._mobjects.code import _outlines as _code_outlines
from scenes._mobjects.edges import Edge
from scenes._mobjects.network import Dots
from scenes._mobjects.text import Glyph, _outlines
from scenes._stage.captions import LOW
from scenes._stage.viewpoint import Viewpoint

BACKGROUNDS = {"dark": "#10131A", "light": "#FAFAF7"}
FRAME_RATE = 15
PIXELS = {"wide": (427, 240), "square": (240, 240), "tall": (240, 427)}
"""Width and height of the pictures, by their shape."""
FILM_SCENES = [clip.scene for clip in FILM]

media_dir: Path = Path()
"""Set by conftest: a folder of this process alone."""
ends_dir: Path = Path()
"""Set by conftest: a folder that all processes share."""

Key = tuple[Any, ...]
Result = TypeVar("Result")


@dataclass(eq=False)
class Drawn:
    """One mobject as it is drawn: `order` grows towards the viewer."""

    kind: type
    says: str | None
    key: Key | None
    points: np.ndarray
    fill: np.ndarray
    """Red, green, blue, alpha."""
    stroke: np.ndarray
    stroke_width: float
    order: int
    z_index: float
    name: str
    weight: int | None = None
    pixels: np.ndarray | None = None
    """What a texture shows: (rows, columns, 4), no more than its window."""

    @property
    def is_text(self) -> bool:
        return issubclass(self.kind, Glyph)

    @property
    def is_edge(self) -> bool:
        return issubclass(self.kind, Edge)

    @property
    def is_dots(self) -> bool:
        """Whether these are the dots for nodes that are left out."""
        return issubclass(self.kind, Dots)

    @property
    def is_square(self) -> bool:
        return issubclass(self.kind, Square)

    @property
    def is_circle(self) -> bool:
        return issubclass(self.kind, Circle)

    @property
    def filled(self) -> bool:
        return bool(self.fill[3] > 0.004)

    @property
    def stroked(self) -> bool:
        return bool(self.stroke[3] > 0.004 and self.stroke_width > 0.05)

    @property
    def visible(self) -> bool:
        return (self.filled or self.stroked) and bool(np.ptp(self.points[:, :2], axis=0).max() > 1e-3)

    @cached_property
    def box(self) -> np.ndarray:
        """Left, bottom, right, top of what is drawn, half of the stroke included (100 widths are one unit)."""
        outline = np.concatenate(self.curves)
        margin = self.stroke_width / 200 if self.stroked else 0.0
        return np.array([*(outline.min(0) - margin), *(outline.max(0) + margin)])

    @cached_property
    def curves(self) -> list[np.ndarray]:
        """The outline as closed polylines."""
        return polylines(self.points)

    @cached_property
    def middle(self) -> np.ndarray:
        outline = self.points[:, :2]
        return (outline.min(0) + outline.max(0)) / 2

    @property
    def width(self) -> float:
        return float(np.ptp(self.points[:, 0]))

    @property
    def height(self) -> float:
        return float(np.ptp(self.points[:, 1]))

    @property
    def fresh(self) -> np.ndarray:
        """The outline that its text has at one em."""
        return fresh_outline(self.says or "", bool(self.key and self.key[0] in CODE))

    @cached_property
    def em(self) -> float:
        """The size of a text, measured against one that is typeset afresh."""
        fresh = self.fresh
        return float(max(self.width, self.height) / np.ptp(fresh[:, :2], axis=0).max())

    @cached_property
    def baseline(self) -> float:
        """Where the line that the text stands on is."""
        fresh = self.fresh
        return float(self.points[:, 1].min() - fresh[:, 1].min() * self.em)

    def __repr__(self) -> str:
        x, y = self.middle
        return f"{self.name} at ({x:.2f}, {y:.2f})"


def polylines(points: np.ndarray, per_curve: int = 6) -> list[np.ndarray]:
    """Cubic Béziers, four points each, as polylines; a new one begins where a curve does not start at the last end."""
    curves = np.asarray(points)[: len(points) // 4 * 4, :2].reshape(-1, 4, 2)
    if not len(curves):
        return [np.asarray(points)[:, :2]]
    t = np.linspace(0, 1, per_curve, endpoint=False)[:, None, None]
    a, b, c, d = (curves[:, i] for i in range(4))
    samples = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    samples = samples.transpose(1, 0, 2)
    breaks = np.flatnonzero(np.abs(curves[1:, 0] - curves[:-1, 3]).max(1) > 1e-5) + 1
    return [part.reshape(-1, 2) for part in np.split(samples, breaks)]


_MATH = re.compile(
    r"[A-Za-zα-ω][₀-₉]*′?|−?[0-9.]+(·10)?[⁻⁰¹²³⁴-⁹]*|[-+=∗·×−≈()/…⋮]|e\^.+|(max|tanh|−ln)\(.+\)|1/\(1 \+ e⁻ˣ\)"
)


CODE = ("numpy", "pytorch", "keras")
"""What keys of tokens of code begin with."""


@cache
def fresh_outline(says: str, code: bool = False) -> np.ndarray:
    """The outline of a text at one em, typeset for the tests alone: symbols, numbers and operators as mathematics."""
    with tempconfig({"media_dir": media_dir}):
        if code:
            (outline,) = _code_outlines.__wrapped__((says,))
            return np.asarray(outline)
        (outline,) = _outlines.__wrapped__((says,), bool(_MATH.fullmatch(says)))
    return outline


@dataclass(eq=False)
class Shot:
    """The picture that ends a step."""

    scene: str
    theme: str
    slug: str
    narration: str
    start: float
    held_from: float
    hold: float
    drawn: list[Drawn]
    background: np.ndarray
    size: np.ndarray
    """Width and height of the picture, in units of the scene."""

    @property
    def end(self) -> float:
        return self.held_from + self.hold

    @cached_property
    def visible(self) -> list[Drawn]:
        return [d for d in self.drawn if d.visible]

    @cached_property
    def texts(self) -> list[Drawn]:
        return [d for d in self.visible if d.is_text]

    @cached_property
    def _shapes(self) -> tuple[list[Drawn], np.ndarray]:
        """What is no text, and its boxes."""
        shapes = [d for d in self.visible if not d.is_text]
        return shapes, np.array([d.box for d in shapes]).reshape(-1, 4)

    def shapes_at(self, text: Drawn, around: float = 0.0) -> list[Drawn]:
        """What is no text and reaches into a text's box, or `around` it, in the order in which it is drawn."""
        shapes, boxes = self._shapes
        meet = (boxes[:, :2] <= text.box[2:] + around).all(1) & (boxes[:, 2:] >= text.box[:2] - around).all(1)
        return [shapes[i] for i in np.flatnonzero(meet)]

    @cached_property
    def symbols(self) -> list[Drawn]:
        """The texts that stand for something of the convolution."""
        kinds = ("pixel", "weight", "result", "bias", "zero", "padding", "product", "share")
        return [d for d in self.texts if d.key and d.key[0] in kinds]

    def of_kind(self, *kinds: str) -> list[Drawn]:
        return [d for d in self.texts if d.key and d.key[0] in kinds]

    def __repr__(self) -> str:
        return f"{self.scene}/{self.slug} ({self.theme})"


class Caption(NamedTuple):
    start: float
    end: float
    text: str


@dataclass(eq=False)
class Run:
    """One dry run of a scene."""

    scene: Viewpoint
    name: str
    theme: str
    shots: list[Shot] = field(default_factory=list)
    first: np.ndarray | None = None
    """The picture when the first step opens."""
    last: np.ndarray | None = None
    captions: list[Caption] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    low: set[str] = field(default_factory=set)
    """The steps in which something stands where players put captions, as manim's sections say."""
    durations: list[tuple[float, bool]] = field(default_factory=list)
    """Of every play and wait, and whether it is a wait in which nothing moves."""

    def shot(self, slug: str) -> Shot:
        return next(s for s in self.shots if s.slug == slug)


def draw_order(scene: Scene) -> list[Drawn]:
    """Everything that the camera would draw now, in its order."""
    parts = extract_mobject_family_members(scene.mobjects, use_z_index=True, only_those_with_points=True)
    return [snapshot(part, order) for order, part in enumerate(parts)]


def pixels_of(texture: Texture) -> np.ndarray:
    """What is in a texture's window."""
    left, top, right, bottom = map(round, texture.window)
    return texture.raster.pixels[top:bottom, left:right]


def snapshot(part: Any, order: int) -> Drawn:
    """Copy what matters: most of manim's methods change points in place."""
    says, key = getattr(part, "says", None), getattr(part, "key", None)
    return Drawn(
        kind=type(part),
        says=says,
        key=key,
        points=np.array(part.points),
        fill=np.array(part.get_fill_rgbas()[0]),
        stroke=np.array(part.get_stroke_rgbas()[0]),
        stroke_width=float(part.get_stroke_width()),
        order=order,
        z_index=float(part.z_index),
        name=f"{type(part).__name__} {says!r} {key}" if says is not None else f"{type(part).__name__} {key or ''}",
        weight=getattr(part, "weight", None),
        pixels=pixels_of(part) if isinstance(part, Texture) else None,
    )


def picture(scene: Scene) -> np.ndarray:
    """The frame that would be drawn now."""
    scene.renderer.static_image = None
    scene.renderer.update_frame(scene)
    return scene.renderer.get_frame()[:, :, :3]


def shoot(scene_class: type[Viewpoint], theme: str = "dark", shape: str = "wide") -> Run:
    """Run a scene without writing anything, animations skipped, and look at the end of every step."""
    run: Run

    class Watched(scene_class):  # type: ignore[misc, valid-type]
        _open: tuple[str, str, float] | None = None

        def step(self, slug: str, narration: str) -> None:
            super().step(slug, narration)
            if run.first is None:
                run.first = picture(self)
            self._open = (slug, narration, self.time)

        def next_section(self, name: str = "unnamed", *args: Any, **kwargs: Any) -> None:
            super().next_section(name, *args, **kwargs)
            run.sections.append(name)

        def _note_low(self) -> None:
            super()._note_low()
            section = self.renderer.file_writer.sections[-1]  # one in which nothing is filmed does not stay
            if section.type_ == LOW:
                run.low.add(section.name)

        def still(self, seconds: float) -> None:
            assert self._open is not None
            slug, narration, start = self._open
            look = draw_order(self)
            begun = self.time
            super().still(seconds)
            background = np.array(self.camera.background_color.to_rgba())
            size = np.array([self.camera.frame_width, self.camera.frame_height])
            shot = Shot(run.name, theme, slug, narration, start, begun, self.time - begun, look, background, size)
            run.shots.append(shot)

        def play(self, *args: Any, **kwargs: Any) -> None:
            before = self.renderer.num_plays
            super().play(*args, **kwargs)
            if self.renderer.num_plays > before:
                run.durations.append((self.duration, self.is_current_animation_frozen_frame()))

    Watched.__name__ = Watched.__qualname__ = scene_class.__name__
    with tempconfig(dry(theme, shape)):
        scene = Watched(skip_animations=True)
        run = Run(scene, scene_class.__name__, theme)
        scene.render()
        run.last = picture(scene)
    writer = scene.renderer.file_writer
    run.captions = [Caption(s.start.total_seconds(), s.end.total_seconds(), s.content) for s in writer.subcaptions]
    return run


def dry(theme: str, shape: str) -> dict[str, object]:
    """manim's settings for a run that writes nothing."""
    return {
        "dry_run": True,
        "disable_caching": True,
        "media_dir": media_dir,
        "background_color": BACKGROUNDS[theme],
        "pixel_width": PIXELS[shape][0],
        "pixel_height": PIXELS[shape][1],
        "frame_rate": FRAME_RATE,
        "progress_bar": "none",
    }


def look_at(
    make: Callable[[], Iterable[Mobject]], theme: str = "dark", scene: str = "Sheet", slug: str = "sheet"
) -> Shot:
    """A picture without a film: what a function makes, at its place."""

    class Sheet(Viewpoint):
        """One still."""

        def construct(self) -> None:
            self.step(slug, "Look at this picture.")
            self.add(*make())

    shot = shoot(Sheet, theme).shots[0]
    shot.scene = scene
    return shot


def scene_class(name: str) -> type[Viewpoint]:
    """A scene of the film, its title card, or a classic, by its name."""
    module = next(clip.module for clip in (OPENING, *CARDS, *FILM, *CLASSICS) if clip.scene == name)
    return getattr(importlib.import_module(f"scenes.{module}"), name)


@cache
def film_run(name: str, theme: str, shape: str = "wide") -> Run:
    """The dry run of one of the film's scenes, once a process."""
    return keep_ends(f"{name}-{theme}-{shape}", shoot(scene_class(name), theme, shape))


class Ends(NamedTuple):
    """The pictures with which a scene begins and ends."""

    first: np.ndarray
    last: np.ndarray


def keep_ends(key: str, run: Run) -> Run:
    """Write them down under a name, for other processes: whole or not at all."""
    handle, unfinished = tempfile.mkstemp(dir=ends_dir)
    with open(handle, "wb") as file:
        np.save(file, np.stack([run.first, run.last]))
    os.replace(unfinished, ends_dir / f"{key}.npy")
    return run


def ends(key: str, make: Callable[[], Run]) -> Ends:
    """Those that any process has kept under this name; where there are none, `make` keeps them."""
    kept = ends_dir / f"{key}.npy"
    if not kept.exists():
        make()
    return Ends(*np.load(kept))


def film_ends(name: str, theme: str, shape: str = "wide") -> Ends:
    """Those of one of the film's scenes."""
    return ends(f"{name}-{theme}-{shape}", lambda: film_run(name, theme, shape))


def own(name: str, **parameters: object) -> type[Viewpoint]:
    """A lecturer's subclass of one of the film's scenes."""
    return type(name, (scene_class(name),), parameters)


@cache
def own_run(name: str, conv: Convolution, notation: str, theme: str = "dark", shape: str = "wide") -> Run:
    """The dry run of a scene with another convolution, once a process."""
    return shoot(own(name, convolution=conv, notation=notation), theme, shape)


def outcome(name: str, conv: Convolution, notation: str, shape: str = "wide") -> Run | str:
    """The dry run of a scene with another convolution, or what its refusal says, before anything is drawn."""
    return _unless_refused(own(name, convolution=conv, notation=notation), lambda made: shoot(made, shape=shape))


def refusal(name: str, conv: Convolution, notation: str, shape: str = "wide") -> str | None:
    """What a scene's refusal says, before anything is drawn, or None if the scene plays to its end: without a look."""

    def play(made: type[Viewpoint]) -> None:
        with tempconfig(dry("dark", shape)):
            made(skip_animations=True).render()

    return _unless_refused(own(name, convolution=conv, notation=notation), play)


def _unless_refused(made: type[Viewpoint], run: Callable[[type[Viewpoint]], Result]) -> Result | str:
    begun: list[Viewpoint] = []
    construct = made.construct
    made.construct = lambda self: (begun.append(self), construct(self))  # type: ignore[method-assign, assignment]
    try:
        return run(made)
    except ValueError as error:
        if begun:
            raise
        return str(error)
