"""Finished clips without manim: small pictures, coded and cut into steps as manim does it, then put through finish."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np

from renders.captions import Caption, as_srt
from renders.finish import finish

SIZE, RATE = (320, 180), 30
BACKGROUND = (16, 19, 26)
SQUARE = 40

Place = tuple[int, int]
Told = tuple[str, Place, Place, int, str]
"""A step: its slug, where the square starts and ends, how many frames it takes, what is said."""


def picture(place: Place) -> np.ndarray:
    """A square on a plain background."""
    frame = np.empty((SIZE[1], SIZE[0], 3), np.uint8)
    frame[:] = BACKGROUND
    x, y = place
    frame[y : y + SQUARE, x : x + SQUARE] = (245, 166, 35)
    return frame


def frames(step: Told) -> list[np.ndarray]:
    """The square moves in the first half and rests in the second."""
    _, start, end, count, _ = step
    shares = np.minimum(np.arange(count) / max(1, count // 2), 1)
    places = [tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True)) for share in shares]
    return [picture((x, y)) for x, y in places]


def make_clip(scene: str, steps: Sequence[Told], folder: Path, rate: int = RATE) -> Path:
    """Write `<scene>.mp4`, `.srt` and `.png` to `folder`; every step begins with a key frame, as in manim's clips."""
    raw = folder / "raw" / f"{scene}.mp4"
    (raw.parent / "sections").mkdir(parents=True, exist_ok=True)
    with av.open(raw, "w") as container:
        stream = container.add_stream("libx264", rate)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "g": "1000", "forced-idr": "1"}
        for step in steps:
            for number, pixels in enumerate(frames(step)):
                frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
                frame.pict_type = av.video.frame.PictureType.I if number == 0 else av.video.frame.PictureType.NONE
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
    sections = [{"name": slug, "nb_frames": str(count)} for slug, _, _, count, _ in steps]
    (raw.parent / "sections" / f"{scene}.json").write_text(json.dumps(sections), encoding="utf-8")
    captions, start = [], 0
    for _, _, _, count, said in steps:
        # As manim has them: cut off after the millisecond.
        captions.append(Caption(start * 1000 // rate, (start + count) * 1000 // rate, said))
        start += count
    raw.with_suffix(".srt").write_text(as_srt(captions), encoding="utf-8")
    finish(raw, folder)
    return folder / f"{scene}.mp4"


STORY: dict[str, list[Told]] = {
    "Opening": [("title", (0, 0), (20, 20), 60, "A title, and {more} of it.")],
    "TheSquare": [
        ("draw-it", (20, 20), (200, 20), 45, "A square."),
        ("move-it", (200, 20), (200, 120), 61, "It moves & stays < here."),
    ],
    "SquareToSquare": [("back", (200, 120), (20, 120), 50, "It goes back.")],
}
"""Each clip begins with the picture that the one before ended with."""


def make_story(folder: Path) -> dict[str, Path]:
    """Make all clips of `STORY`."""
    return {scene: make_clip(scene, steps, folder) for scene, steps in STORY.items()}
