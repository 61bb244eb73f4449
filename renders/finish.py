"""Make a clip that plays everywhere out of the video that manim wrote; captions, contact sheet and still beside it.

manim writes H.264 without colour tags and with the index (the moov atom) at the end: players then guess the colours,
and a browser has to load all of the file before it shows a frame. Both are set here without encoding anything again.

    python -m renders.finish VIDEO [FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import av
from av.bitstream import BitStreamFilterContext
from av.video.stream import VideoStream

from renders.captions import as_srt, as_vtt, read_captions
from renders.coded import whole_rate
from renders.contact import contact_sheet
from renders.making import put, reason
from renders.steps import Step, as_chapters, low_spans, read_steps
from renders.stills import last_frame, save_still


class Colours(NamedTuple):
    """The colour tags of a stream, as the numbers of ITU-T H.273 (range: 1 is the limited "tv" range)."""

    primaries: int
    transfer: int
    matrix: int
    range: int


#: What manim's frames really are. Its colours are meant for a screen: BT.709 primaries and transfer (1). But it lets
#: swscale make YUV of RGB, and that computes with the matrix of BT.601 (SMPTE 170M, 6) in limited range, whatever the
#: size; none of manim's settings changes it (pure red becomes Y 81, BT.709's would be 63). A tag that said BT.709
#: would make every player show wrong colours.
COLOURS = Colours(primaries=1, transfer=1, matrix=6, range=1)

_SET_TAGS = (
    f"h264_metadata=colour_primaries={COLOURS.primaries}:transfer_characteristics={COLOURS.transfer}"
    f":matrix_coefficients={COLOURS.matrix}:video_full_range_flag=0"
)


class Facts(NamedTuple):
    """What must be the same before and after: codec, pixel format, (width, height), frames, seconds of film."""

    codec: str
    pixel_format: str
    size: tuple[int, int]
    frames: int
    seconds: float


def finish(source: Path, folder: Path, name: str = "") -> list[Path]:
    """Write a clip's files of the video `source` to `folder`, called `name` or as the video is, and return them.

    These are the clip (`.mp4`), its captions (`.srt`, `.vtt`), its contact sheet (`.png`) and its last still
    (`-still.png`). Captions and steps are those that manim wrote beside the video. Each file is made in a hidden
    folder beside `source`, and moved only when all are complete. Raises
    ValueError for a video that is not H.264 in yuv420p; then, and on any other failure, nothing in `folder` is touched.
    """
    name = name or source.stem
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".finish-") as unfinished:
        video = Path(unfinished, f"{name}.mp4")
        steps = read_steps(_index(source))
        remux(source, video, steps)
        captions = copy_captions(source, video.with_suffix(".srt"))
        sheet = contact_sheet(video, steps, video.with_suffix(".png"))
        still = save_still(last_frame(video), video.with_name(f"{name}-still.png"))
        targets = []
        for made in (*captions, sheet, still, video):
            targets.append(folder / made.name)
            put(made, targets[-1])
    return targets


def remux(source: Path, target: Path, steps: Sequence[Step] = ()) -> None:
    """Copy the packets of an H.264 video to the mp4 `target`: tagged with `COLOURS`, moov in front.

    The steps become chapters: players jump to them, and film and slides find them there.

    Raises ValueError if `source` is not H.264 in yuv420p, or if what was written does not hold what it should.
    """
    before = facts(source)
    if (before.codec, before.pixel_format) != ("h264", "yuv420p"):
        raise ValueError(f"{source} is {before.codec} in {before.pixel_format}; expected h264 in yuv420p")
    _copy_packets(source, target, steps)
    _check(target, before)


def _copy_packets(source: Path, target: Path, steps: Sequence[Step]) -> None:
    with av.open(source) as old, av.open(target, "w", format="mp4", options={"movflags": "+faststart"}) as new:
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        new.metadata["comment"] = old.metadata.get("comment", "")
        new.set_chapters(as_chapters(steps, whole_rate(stream)))
        # The filter writes the tags into the H.264 stream, the header into the mp4's own colour atom: players
        # differ in which of the two they believe.
        tagged = BitStreamFilterContext(_SET_TAGS, stream, copy)
        context = copy.codec_context
        context.color_primaries, context.color_trc, context.colorspace, context.color_range = COLOURS
        for packet in old.demux(stream):
            if packet.dts is None:  # the empty packet at the end, which flushes the filter
                continue
            for done in tagged.filter(packet):
                done.stream = copy
                new.mux(done)
        for done in tagged.filter(None):
            done.stream = copy
            new.mux(done)


def _check(target: Path, before: Facts) -> None:
    """Raise ValueError unless `target` holds the same film as before, tagged, with moov in front."""
    after = facts(target)
    if after != before:
        raise ValueError(f"finishing changed the film: got {after}, expected {before}")
    check_streamable(target)


def check_streamable(video: Path) -> None:
    """Raise ValueError unless an mp4 is tagged with `COLOURS` and has its index, the moov atom, in front."""
    if colours(video) != COLOURS:
        raise ValueError(f"{video} is tagged {colours(video)}; expected {COLOURS}")
    atoms = top_atoms(video)
    if atoms.index("moov") > atoms.index("mdat"):
        raise ValueError(f"{video} has its atoms in the order {atoms}; expected moov before mdat")


def facts(video: Path) -> Facts:
    """Read the facts of a video's first video stream, without decoding it."""
    with av.open(video) as container:
        stream = _video_stream(container, video)
        context = stream.codec_context
        packets = [packet for packet in container.demux(stream) if packet.dts is not None]
        base = stream.time_base
        seconds = 0.0 if base is None else float(sum(packet.duration or 0 for packet in packets) * base)
        pixel_format = context.pix_fmt or "no pixel format"
        return Facts(context.name, pixel_format, (context.width, context.height), len(packets), round(seconds, 3))


def _index(video: Path) -> Path:
    """Where manim writes what a video's sections are."""
    return video.parent / "sections" / f"{video.stem}.json"


def _rate(video: Path) -> int:
    """Read a video's frames a second."""
    with av.open(video) as container:
        return whole_rate(_video_stream(container, video))


def colours(video: Path) -> Colours:
    """Read the colour tags of a video's first frame, as a player sees them."""
    with av.open(video) as container:
        context = _video_stream(container, video).codec_context
        return Colours(context.color_primaries, context.color_trc, context.colorspace, context.color_range)


def top_atoms(video: Path) -> list[str]:
    """Return the names of an mp4's outermost atoms in their order."""
    names = []
    with video.open("rb") as file:
        while header := file.read(8):
            size = int.from_bytes(header[:4])
            names.append(header[4:].decode("latin-1"))
            if size == 1:  # the real size stands in the next eight bytes
                size = int.from_bytes(file.read(8)) - 8
            file.seek(size - 8, os.SEEK_CUR)
    return names


def _video_stream(container: av.container.InputContainer, video: Path) -> VideoStream:
    if not container.streams.video:
        raise ValueError(f"{video} holds no video stream")
    return container.streams.video[0]


def copy_captions(source: Path, target: Path) -> list[Path]:
    """Write manim's captions anew, such that every program reads them, and as WebVTT too.

    In WebVTT those of steps with something low in the picture go to the top.

    A clip without a word gets files without a caption, so that each clip has the same files.
    """
    theirs, vtt = source.with_suffix(".srt"), target.with_suffix(".vtt")
    spans = low_spans(_index(source), _rate(source))
    captions = [each._replace(high=each.within(spans)) for each in read_captions(theirs)] if theirs.is_file() else []
    for file, text in ((target, as_srt(captions)), (vtt, as_vtt(captions))):
        file.write_text(text, encoding="utf-8", newline="\n")
    return [target, vtt]


def main(arguments: list[str] | None = None) -> int:
    """Finish one video from the command line; print what was made."""
    parser = argparse.ArgumentParser(prog="python -m renders.finish", description="Finish one video of manim's.")
    parser.add_argument("video", type=Path, help="the mp4 that manim wrote")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("renders/clips"), help="where it goes")
    given = parser.parse_args(arguments)
    try:
        made = finish(given.video, given.folder)
    except (ValueError, OSError) as error:
        print(f"finish: {reason(error)}", file=sys.stderr)
        return 1
    print(*made, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
