"""The steps of a clip: as manim's sections file has them, and as the chapters that the finished clip carries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import av

from renders.coded import whole_rate

if TYPE_CHECKING:
    from av.container.core import Chapter

LOW = "low"
"""The type that a section has in which something stands where players put captions (scenes/_stage/captions.py)."""


class Step(NamedTuple):
    """One step of a clip: its slug and the index of its last frame in the whole clip."""

    slug: str
    last_frame: int


def read_steps(index: Path) -> list[Step]:
    """Read the steps from the JSON file that `manim --save_sections` writes; without such a file there are none."""
    return [Step(str(section["name"]), end - 1) for section, _, end in _sections(index)]


def low_spans(index: Path, rate: int) -> list[tuple[int, int]]:
    """Read when, in milliseconds, something stands where players put captions, at `rate` frames a second."""
    return [
        (start * 1000 // rate, end * 1000 // rate)
        for section, start, end in _sections(index)
        if section.get("type") == LOW
    ]


def _sections(index: Path) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Each of manim's sections, its first frame, and the first one after it."""
    end = 0
    for section in json.loads(index.read_text(encoding="utf-8")) if index.is_file() else ():
        start, end = end, end + int(section["nb_frames"])
        yield section, start, end


def as_chapters(steps: Sequence[Step], rate: int) -> list[Chapter]:
    """Return the steps as chapters of a clip with `rate` frames a second, named by their slugs as a player shows it."""
    starts = [0, *(step.last_frame + 1 for step in steps)]
    return [
        chapter(number, spoken(step.slug), start, step.last_frame + 1, rate)
        for number, (start, step) in enumerate(zip(starts, steps, strict=False))
    ]


def chapter(number: int, title: str, start: int, end: int, rate: int) -> Chapter:
    """Return a chapter from the frame `start` up to, but without, the frame `end`."""
    return {"id": number, "start": start, "end": end, "time_base": Fraction(1, rate), "metadata": {"title": title}}


def clip_steps(clip: Path) -> list[Step]:
    """Read the steps back from the chapters of a finished clip. Raises ValueError for a clip without any."""
    with av.open(clip) as container:
        rate = whole_rate(container.streams.video[0])
        steps = [
            Step(
                slug(chapter["metadata"]["title"]), round(chapter["end"] * float(chapter["time_base"] or 1) * rate) - 1
            )
            for chapter in container.chapters()
        ]
    if not steps:
        raise ValueError(f"{clip} has no steps; expected a chapter for each, as renders.finish writes them")
    return steps


def spoken(name: str) -> str:
    """Return the name of a scene or a step as words: `MatrixToNetwork` and `matrix-to-network`, "Matrix to network"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).replace("-", " ").split()
    return " ".join([*words[:1], *(word.lower() for word in words[1:])]).capitalize() if words else ""


def slug(words: str) -> str:
    """Return the slug of a step from the words that `spoken` made of it."""
    return words.lower().replace(" ", "-")
