"""Size and likeness of our videos beside manim's defaults, against the same frames without loss.

SSIM is that of libavfilter over brightness, the mean of all frames: 1 is equal.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import av

from benchmarks.film import STOCK_CONFIG, video_of
from benchmarks.frames import file_of
from benchmarks.measure import Measure, Peer, Target
from scenes._film import FILM

LOSSLESS = "\n[video_encoder.options]\npreset = ultrafast\ncrf = 0\n"
QUALITY = "m"


def measures() -> Iterator[Measure]:
    """Render every scene three times at 720p30, and add up."""
    sizes: dict[str, float] = {"ours": 0, "stock": 0}
    likeness: dict[str, list[float]] = {"ours": [], "stock": []}
    for clip in FILM:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lossless = folder / "lossless.cfg"
            lossless.write_text(STOCK_CONFIG.read_text(encoding="utf-8") + LOSSLESS, encoding="utf-8")
            file = file_of(clip.scene)
            reference = video_of(clip.scene, file, QUALITY, folder / "reference", lossless)
            sides = {
                "ours": video_of(clip.scene, file, QUALITY, folder / "ours"),
                "stock": video_of(clip.scene, file, QUALITY, folder / "stock", STOCK_CONFIG, stock=True),
            }
            for side, video in sides.items():
                sizes[side] += video.stat().st_size / 1e6
                likeness[side] += ssim(video, reference, folder / "ssim.txt")
    peer = "manim's defaults"
    note = f"twelve scenes at 720p30, {len(likeness['ours'])} frames"
    yield Measure("size of the film", "MB", [sizes["ours"]], Peer(peer, [sizes["stock"]]), Target(1), note)
    ours, stock = (statistics.fmean(likeness[side]) for side in ("ours", "stock"))
    unlike = Peer(peer, [1 - stock])
    yield Measure("what is lost of it, 1 − SSIM", "", [1 - ours], unlike, Target(1), note)


def ssim(video: Path, reference: Path, report: Path) -> list[float]:
    """Give how like a video is to a reference in each frame."""
    graph = av.filter.Graph()
    with av.open(str(video)) as one, av.open(str(reference)) as other:
        sources = [graph.add_buffer(template=side.streams.video[0]) for side in (one, other)]
        compare, sink = graph.add("ssim", f"stats_file={report}"), graph.add("buffersink")
        for pad, source in enumerate(sources):
            source.link_to(compare, 0, pad)
        compare.link_to(sink)
        graph.configure()
        for number, frames in enumerate(zip(one.decode(video=0), other.decode(video=0), strict=True)):
            for source, frame in zip(sources, frames, strict=True):
                frame.pts, frame.time_base = number, one.streams.video[0].time_base
                source.push(frame)
            try:
                while True:
                    sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                pass
    del sink, compare, sources, graph  # the report is written when the last of these is gone
    lines = report.read_text(encoding="utf-8").splitlines()
    return [float(line.split("Y:")[1].split()[0]) for line in lines]
