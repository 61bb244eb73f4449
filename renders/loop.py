"""Loops for documents, slides without video and chats: animated WebP or GIF, as large as fits in 2 MB.

python -m renders.loop CLIP TARGET
"""

from __future__ import annotations

import io
import itertools
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from PIL import Image

from renders.coded import whole_rate
from renders.finish import facts
from renders.making import Pixels, reason, say, whole

MOST_BYTES = 2_000_000
QUALITY = 90
"""Of a WebP: with less, blocks show on the tinted cells."""


class Size(NamedTuple):
    """What is tried: the longer side in pixels, which mostly is the width, and the frames a second."""

    width: int
    rate: int


#: From the best on. A GIF counts time in hundredths of a second: 10 and 5 frames a second keep their pace in both.
SIZES = (*(Size(width, 10) for width in (800, 640, 560, 480)), *(Size(width, 5) for width in (480, 400, 320, 240)))


def loop(clip: Path, target: Path, sizes: tuple[Size, ...] = SIZES) -> Size:
    """Write the loop of a clip that the target's ending asks for, in the best size that fits; return that.

    Raises ValueError if none fits.
    """
    write = WRITERS[target.suffix]
    for size in sizes:
        file = io.BytesIO()
        say(f"{target.name}: trying {size.width} pixels at {size.rate} frames a second")
        write(clip, file, size)
        if len(file.getbuffer()) <= MOST_BYTES:
            with whole(target) as (unfinished,):
                unfinished.write_bytes(file.getvalue())
            return size
    least = sizes[-1]
    raise ValueError(
        f"{clip} is too long for a {target.suffix} loop: {facts(clip).seconds:.0f} s take more than "
        f"{MOST_BYTES / 1e6:g} MB even at {least.width} pixels and {least.rate} frames a second"
    )


def _frames(clip: Path, size: Size) -> Iterator[av.VideoFrame]:
    """Decode a clip, scaled, `size.rate` frames a second."""
    with av.open(clip) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        pixels = stream.codec_context.width, stream.codec_context.height
        width, height = (round(size.width * side / max(pixels) / 2) * 2 for side in pixels)
        every = Fraction(whole_rate(stream), size.rate)
        wanted = (round(place * every) for place in itertools.count())
        due = next(wanted)
        for number, frame in enumerate(container.decode(stream)):
            if number == due:
                due = next(number_ for number_ in wanted if number_ > number)
                yield frame.reformat(width, height, format="rgb24", interpolation="AREA")


def _webp(clip: Path, file: io.BytesIO, size: Size) -> None:
    """Write an animated WebP. FFmpeg's writer is fed frame by frame; Pillow's would hold all of them."""
    with av.open(file, "w", format="webp", options={"loop": "0"}) as made:
        stream = made.add_stream("libwebp_anim", rate=size.rate, options={"quality": str(QUALITY)})
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(_frames(clip, size)):
            if number == 0:
                stream.width, stream.height = frame.width, frame.height
            coded = frame.reformat(format="yuv420p")
            coded.pts, coded.time_base = number, Fraction(1, size.rate)
            made.mux(stream.encode(coded))
        made.mux(stream.encode())


def _gif(clip: Path, file: io.BytesIO, size: Size) -> None:
    """Write a GIF whose frames share one palette, so that what stands still stays as it is."""
    palette = _palette(clip, size)
    # Pillow takes the frames one by one, as it writes them: all at once would fill the memory.
    frames = (
        Image.fromarray(frame.to_ndarray()).quantize(palette=palette, dither=Image.Dither.NONE)
        for frame in _frames(clip, size)
    )
    next(frames).save(
        file, "GIF", save_all=True, append_images=frames, duration=1000 // size.rate, loop=0, optimize=False
    )


def _palette(clip: Path, size: Size) -> Image.Image:
    """Return a picture with the palette of a clip, made from a frame a second.

    Counted as often as they are seen, the colours of the background would take the palette and the few pixels of a
    symbol lose theirs. The square root of that keeps every weight's colour.
    """
    small = _frames(clip, Size(size.width // 2, 1))
    seen: Pixels = np.concatenate([np.asarray(frame.to_ndarray(), np.uint8).reshape(-1, 3) for frame in small])
    colours, counts = np.unique(seen >> 2, axis=0, return_counts=True)
    weighed = np.repeat(colours << 2 | 2, np.ceil(np.sqrt(counts) / 2).astype(int), axis=0)
    return Image.fromarray(weighed[np.newaxis]).quantize(256, method=Image.Quantize.MEDIANCUT)


WRITERS: dict[str, Callable[[Path, io.BytesIO, Size], None]] = {".webp": _webp, ".gif": _gif}


def main(arguments: list[str]) -> int:
    """Make one loop, and say so."""
    clip, target = Path(arguments[0]), Path(arguments[1])
    started = time.monotonic()
    try:
        size = loop(clip, target)
    except (ValueError, OSError) as error:
        say(f"\n{target.name} FAILED. {reason(error)}\n")
        return 1
    weight = target.stat().st_size / 1e6
    say(f"{target.name}: done, {size.width} pixels, {weight:.1f} MB in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
