"""A clip without a background as manim renders it, made without manim."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from renders.captions import Caption, as_srt
from renders.themes import THEMES
from renders.transparent import encode, keep, master

SIZE, RATE = (320, 180), 30
BEHIND = (16, 19, 26)
ORANGE = (245, 166, 35)
STEPS = (("rest", 20), ("half", 25))
FRAMES = 45
#: Where a full and a half covered square stand: rows and columns.
FULL, HALF = (slice(20, 80), slice(20, 80)), (slice(100, 160), slice(100, 160))


def picture(last: bool) -> np.ndarray:
    """As manim's frames are: where a pixel is half covered, half of its colour is the background's."""
    frame = np.empty((SIZE[1], SIZE[0], 4), np.uint8)
    frame[:] = (*BEHIND, 0)
    frame[FULL] = (*ORANGE, 255)
    if last:
        mixed = [round((128 * colour + 127 * ground) / 255) for colour, ground in zip(ORANGE, BEHIND, strict=True)]
        frame[HALF] = (*mixed, 128)
    return frame


def render(folder: Path, scene: str) -> Path:
    """Write what manim does: QuickTime RLE, captions and sections."""
    video = folder / f"{scene}.mov"
    (folder / "sections").mkdir(parents=True)
    with av.open(video, "w") as container:
        stream = container.add_stream("qtrle", rate=RATE)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "argb"
        for number in range(FRAMES):
            frame = av.VideoFrame.from_ndarray(picture(number >= STEPS[0][1]), format="rgba").reformat(format="argb")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    sections = [{"name": slug, "nb_frames": str(count)} for slug, count in STEPS]
    (folder / "sections" / f"{scene}.json").write_text(json.dumps(sections), encoding="utf-8")
    video.with_suffix(".srt").write_text(as_srt([Caption(0, 600, "A square.")]), encoding="utf-8")
    return video


def make_transparent(scene: str, endings: tuple[str, ...], clips: Path = Path("renders", "clips")) -> None:
    """Make the files with these endings of a transparent clip, below the current folder."""
    theme = THEMES["transparent"]
    name = f"{scene}{theme.suffix}"
    clips.mkdir(parents=True, exist_ok=True)
    keep(render(Path("renders", "media", name), scene), clips, name, theme)
    for ending in endings:
        encode(master(name), clips / f"{name}{ending}", "#10131A")
