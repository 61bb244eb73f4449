"""Frames of a clip as a loop has them, and the two ways to code them: animated WebP or GIF."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from PIL import Image

from renders.making import Pixels

QUALITY = 90
"""Of a WebP: with less, blocks show on the tinted cells."""


class Size(NamedTuple):
    """The longer side of a loop in pixels, which mostly is the width, and its frames a second."""

    width: int
    rate: int


SEEN = Size(400, 1)
"""What the palette of a GIF is made from."""


class Part(NamedTuple):
    """A part of a clip: the file, its frames a second, the first frame, and the one after the last."""

    clip: Path
    clip_rate: int
    first: int
    end: int

    def wanted(self, rate: int) -> list[int]:
        """Return the numbers of the frames that a loop with `rate` frames a second shows."""
        every = max(Fraction(1), Fraction(self.clip_rate, rate))
        return [self.first + round(place * every) for place in range(ceil((self.end - self.first) / every))]


def frames(part: Part, size: Size) -> Iterator[av.VideoFrame]:
    """Decode a part of a clip, scaled, `size.rate` frames a second."""
    wanted = iter(part.wanted(size.rate))
    due = next(wanted, None)
    with av.open(part.clip) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        pixels = stream.codec_context.width, stream.codec_context.height
        width, height = (round(size.width * side / max(pixels) / 2) * 2 for side in pixels)
        container.seek(part.first * 1_000_000 // part.clip_rate)  # to the key frame before
        for frame in container.decode(stream):
            if round(float(frame.time or 0) * part.clip_rate) == due:
                yield frame.reformat(width, height, format="rgb24", interpolation="AREA")
                due = next(wanted, None)
                if due is None:
                    return


def webp(shown: Iterable[av.VideoFrame], rate: int) -> bytes:
    """Code frames as an animated WebP. FFmpeg's writer is fed frame by frame; Pillow's would hold all of them."""
    file = io.BytesIO()
    with av.open(file, "w", format="webp", options={"loop": "0"}) as made:
        stream = made.add_stream("libwebp_anim", rate=rate, options={"quality": str(QUALITY)})
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(shown):
            if number == 0:
                stream.width, stream.height = frame.width, frame.height
            coded = frame.reformat(format="yuv420p")
            coded.pts, coded.time_base = number, Fraction(1, rate)
            made.mux(stream.encode(coded))
        made.mux(stream.encode())
    return file.getvalue()


def gif(shown: Iterable[av.VideoFrame], rate: int, palette: Image.Image) -> bytes:
    """Code frames as a GIF. They share one palette, so that what stands still stays as it is."""
    file = io.BytesIO()
    # Pillow takes the frames one by one, as it writes them: all at once would fill the memory.
    pictures = (
        Image.fromarray(frame.to_ndarray()).quantize(palette=palette, dither=Image.Dither.NONE) for frame in shown
    )
    next(pictures).save(
        file, "GIF", save_all=True, append_images=pictures, duration=1000 // rate, loop=0, optimize=False
    )
    return file.getvalue()


def palette_of(shown: Iterable[av.VideoFrame]) -> Image.Image:
    """Return a picture with the palette of some frames.

    Counted as often as they are seen, the colours of the background would take the palette and the few pixels of a
    symbol lose theirs. The square root of that keeps every weight's colour.
    """
    seen: Pixels = np.concatenate([np.asarray(frame.to_ndarray(), np.uint8).reshape(-1, 3) for frame in shown])
    colours, counts = np.unique(seen >> 2, axis=0, return_counts=True)
    weighed = np.repeat(colours << 2 | 2, np.ceil(np.sqrt(counts) / 2).astype(int), axis=0)
    return Image.fromarray(weighed[np.newaxis]).quantize(256, method=Image.Quantize.MEDIANCUT)


Coder = Callable[[Iterable[av.VideoFrame], int], bytes]
"""What makes a file of frames and of how many there are a second."""


def coder(part: Part, ending: str) -> Coder:
    """Return what codes frames of a part of a clip as a loop whose name ends so."""
    if ending == ".webp":
        return webp
    palette = palette_of(frames(part, SEEN))
    return lambda shown, rate: gif(shown, rate, palette)
