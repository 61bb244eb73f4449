"""The contact sheet of a clip: what is in it, at a glance, in one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from renders.steps import Step

EVENLY = 12
WIDTH, COLUMNS, GAP, LABEL, FONT_SIZE = 1920, 4, 16, 34, 20
BACKGROUND, PLAIN, MARKED = "#1C2028", "#C9CDD6", "#FFFFFF"


def contact_sheet(video: Path, steps: Sequence[Step], target: Path) -> Path:
    """Write a PNG, 1920 pixels wide, of `EVENLY` evenly spaced frames and the last frame of every step.

    Each has its time under it; a step's last frame also the step's slug, behind a bar. Raises ValueError for a step
    that ends behind the clip's last frame.
    """
    with av.open(video) as container:
        stream = container.streams.video[0]
        count, rate = stream.frames, stream.average_rate
        width, height = stream.codec_context.width, stream.codec_context.height
    if steps and steps[-1].last_frame != count - 1:
        raise ValueError(f"{video}: the last step ends with frame {steps[-1].last_frame}, the clip with {count - 1}")
    labels = _labels(count, float(rate or 1), steps)
    tile = (WIDTH - GAP * (COLUMNS + 1)) // COLUMNS
    pictures = _frames(video, labels, (tile, round(tile * height / width)))
    _compose(pictures, labels, {step.last_frame for step in steps}).save(target)
    return target


def _labels(count: int, rate: float, steps: Sequence[Step]) -> dict[int, str]:
    """Return the label of each frame that is shown, by the frame's index, in order."""
    ends = {step.last_frame: step.slug for step in steps}
    even = np.linspace(0, count - 1, min(EVENLY, count)).round().astype(int).tolist()
    times = {index: f"{index / rate:.1f} s" for index in sorted({*even, *ends})}
    return {index: f"{time}  {ends[index]}" if index in ends else time for index, time in times.items()}


def _frames(video: Path, wanted: Mapping[int, str], size: tuple[int, int]) -> list[Image.Image]:
    """Decode the clip once and keep the wanted frames, scaled to (width, height)."""
    kept = []
    with av.open(video) as container:
        container.streams.video[0].thread_type = "AUTO"
        for index, frame in enumerate(container.decode(video=0)):
            if index in wanted:
                small = frame.reformat(*size, format="rgb24", interpolation="AREA")
                kept.append(Image.fromarray(small.to_ndarray()))
    return kept


def _compose(pictures: Sequence[Image.Image], labels: Mapping[int, str], ends: set[int]) -> Image.Image:
    width, height = pictures[0].size
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (WIDTH, GAP + rows * (height + LABEL + GAP)), BACKGROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(FONT_SIZE)
    for place, (picture, (index, label)) in enumerate(zip(pictures, labels.items(), strict=True)):
        row, column = divmod(place, COLUMNS)
        left, top = GAP + column * (width + GAP), GAP + row * (height + LABEL + GAP)
        sheet.paste(picture, (left, top))
        bottom = top + height
        if index in ends:
            draw.rectangle((left, bottom + 8, left + 5, bottom + 28), MARKED)
        draw.text((left + 14, bottom + 6), label, MARKED if index in ends else PLAIN, font)
    return sheet
