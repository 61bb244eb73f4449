"""The steps of a clip: as manim's sections file has them, and as the chapters that the finished clip carries."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import av

from renders.coded import whole_rate
from scenes._stage.captions import LOW

if TYPE_CHECKING:
    from av.container.core import Chapter


class Step(NamedTuple):
    """One step of a clip: its slug and the index of its last frame in the whole clip."""

    slug: str
    last_frame: int
    low: bool = False
    """Whether something stands where players put captions."""


def read_steps(index: Path) -> list[Step]:
    """Read the steps from the JSON file that `manim --save_sections` writes; without such a file there are none."""
    if not index.is_file():
        return []
    steps: list[Step] = []
    frames = 0
    for section in json.loads(index.read_text(encoding="utf-8")):
        frames += int(section["nb_frames"])
        steps.append(Step(section["name"], frames - 1, section.get("type") == LOW))
    return steps


def low_spans(steps: Sequence[Step], rate: int) -> list[tuple[int, int]]:
    """Return from when to when, in milliseconds, something stands low in a clip with `rate` frames a second."""
    starts = [0, *(step.last_frame + 1 for step in steps)]
    spans = [
        (start * 1000 // rate, (step.last_frame + 1) * 1000 // rate) for start, step in zip(starts, steps, strict=False)
    ]
    return [span for span, step in zip(spans, steps, strict=True) if step.low]


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
