"""The steps of a clip, as manim's sections file has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """One step of a clip: its slug and the index of its last frame in the whole clip."""

    slug: str
    last_frame: int


def read_steps(index: Path) -> list[Step]:
    """Read the steps from the JSON file that `manim --save_sections` writes; without such a file there are none."""
    if not index.is_file():
        return []
    steps: list[Step] = []
    frames = 0
    for section in json.loads(index.read_text(encoding="utf-8")):
        frames += int(section["nb_frames"])
        steps.append(Step(section["name"], frames - 1))
    return steps
