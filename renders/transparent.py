"""Clips without a background: for web pages and reveal.js (WebM), and for editing (ProRes 4444).

manim renders them once, without loss, and both are encoded from that. (Its own WebM takes six times as long.)

python -m renders.transparent MASTER TARGET THEME
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, cast

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from PIL import Image, ImageColor

from renders.coded import whole_rate
from renders.finish import copy_captions, facts
from renders.making import MEDIA, Pixels, reported, told, whole
from renders.steps import Step, as_chapters, clip_steps, read_steps
from renders.stills import save_still
from renders.themes import THEMES, Theme, background


class Encoding(NamedTuple):
    """How a kind of file is encoded: FFmpeg's names for encoder and pixels, and what the encoder is told."""

    codec: str
    pixels: str
    options: dict[str, str]


ENCODINGS = {
    # Sharp edges at a fifth of the time that libvpx takes if it is let. It can show no alpha with hidden frames.
    ".webm": Encoding(
        "libvpx-vp9",
        "yuva420p",
        {"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1", "auto-alt-ref": "0"},
    ),
    # The vendor's name is Apple's: some editors take no other.
    ".mov": Encoding("prores_ks", "yuva444p10le", {"profile": "4444", "alpha_bits": "8", "vendor": "apl0"}),
}
#: The tag of ITU-T H.273 for BT.709, which is what is computed here.
BT709 = 1


def master(name: str) -> Path:
    """Return where the lossless video of a clip without a background is kept."""
    return MEDIA / "masters" / f"{name}.mov"


def keep(source: Path, folder: Path, name: str, theme: Theme) -> None:
    """Keep what manim rendered as the clip's master, and write captions and last still to `folder`."""
    steps = read_steps(source.parent / "sections" / f"{source.stem}.json")
    targets = (master(name), *(folder / f"{name}{ending}" for ending in (".srt", ".vtt", "-still.png")))
    with whole(*targets) as (video, captions, _, still):
        _with_chapters(source, video, steps)
        copy_captions(source, captions)
        *_, last = _frames(source, background(theme))
        save_still(Image.fromarray(last), still)


def _with_chapters(source: Path, target: Path, steps: list[Step]) -> None:
    """Copy a video, with its steps as chapters."""
    with av.open(source) as old, av.open(target, "w") as new:
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        new.set_chapters(as_chapters(steps, whole_rate(stream)))
        for packet in old.demux(stream):
            if packet.dts is not None:
                packet.stream = copy
                new.mux(packet)


def encode(source: Path, target: Path, behind: str) -> None:
    """Encode a master as the target's ending says, its steps as chapters; `behind` is the colour that it leaves out."""
    codec, pixels, options = ENCODINGS[target.suffix]
    with av.open(source) as container:
        rate = whole_rate(container.streams.video[0])
    _, _, (width, height), count, _ = facts(source)
    with av.open(target, "w") as made:
        stream = cast("VideoStream", made.add_stream(codec, rate=rate, options=options))
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = ColorRange.MPEG
        made.set_chapters(as_chapters(clip_steps(source), rate))
        for number, frame in enumerate(told(_frames(source, behind), count, target.name)):
            coded = av.VideoFrame.from_ndarray(frame, format="rgba")
            coded = coded.reformat(format=pixels, dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
            coded.pts, coded.time_base = number, Fraction(1, rate)
            made.mux(stream.encode(coded))
        made.mux(stream.encode())


def _frames(source: Path, behind: str) -> Iterator[Pixels]:
    """Decode manim's video without a background into frames that stand clean on any."""
    clean = _cleaner(ImageColor.getrgb(behind)[:3])
    with av.open(source) as container:
        for frame in container.decode(video=0):
            yield clean(np.asarray(frame.to_ndarray(format="rgba"), np.uint8))


def _cleaner(behind: tuple[int, ...]) -> Callable[[Pixels], Pixels]:
    """Return what takes the background out of a frame's colours.

    manim leaves it out of the alpha alone: where a pixel is half covered, as at every edge, half of the background's
    colour is still in it, which on another background is a rim. Covered by a, a colour c became a c + (1 - a) b.
    """
    ground = np.array(behind, np.float32)

    def clean(frame: Pixels) -> Pixels:
        partly = (frame[..., 3] > 0) & (frame[..., 3] < 255)
        mixed = frame[partly].astype(np.float32)
        covered = mixed[:, 3:] / 255
        frame[partly, :3] = np.clip(ground + (mixed[:, :3] - ground) / covered, 0, 255).round().astype(np.uint8)
        return frame

    return clean


def _encoded(source: Path, target: Path, theme: Theme) -> Iterator[str]:
    started = time.monotonic()
    yield f"{target.name}: encoding {facts(source).seconds:.0f} s of film"
    with whole(target) as (unfinished,):
        encode(source, unfinished, background(theme))
    size = target.stat().st_size / 1e6
    yield f"{target.name}: done, {size:.1f} MB in {time.monotonic() - started:.0f} s"


def main(arguments: list[str]) -> int:
    """Encode one file, and say so."""
    return reported("encoded", _encoded(Path(arguments[0]), Path(arguments[1]), THEMES[arguments[2]]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
