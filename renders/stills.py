"""Stills of a clip, in its full size."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import av
from PIL import Image

from renders.pixels import rgb


def stills(video: Path, frames: Collection[int]) -> Iterator[Image.Image]:
    """Yield the frames with these numbers, in their order. Raises ValueError for one that the video does not have."""
    left = set(frames)
    with av.open(video) as container:
        container.streams.video[0].thread_type = "AUTO"
        for number, frame in enumerate(container.decode(video=0)):
            if number in left:
                left.remove(number)
                yield Image.fromarray(rgb(frame))
    if left:
        raise ValueError(f"{video} ends with frame {number}; expected frame {min(left)} too")


def last_frame(video: Path) -> Image.Image:
    """Return a video's last frame; only the end of the file is decoded."""
    with av.open(video) as container:
        stream = container.streams.video[0]
        container.seek(max(0, (stream.duration or 0) - 1), stream=stream)
        *_, last = container.decode(stream)
        return Image.fromarray(rgb(last))


def save_still(still: Image.Image, target: Path) -> Path:
    """Write a still as PNG, as small as it gets without a change of any pixel."""
    still.save(target, "PNG", optimize=True)
    return target
