"""One run for `frames`: `python -m benchmarks.frames_worker warm|dry|encode SCENE MEDIA` prints its seconds."""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene, logger, tempconfig
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from benchmarks.frames import module_of

Options = dict[str, Any]
SHARED: Options = {"pixel_width": 1920, "pixel_height": 1080, "progress_bar": "none", "disable_caching": True}


def dry(scene: type[Scene], options: Options) -> list[float]:
    """Give the processor time of the main thread for a dry run at 30 frames a second."""
    with tempconfig({**SHARED, **options, "frame_rate": 30, "dry_run": True}):
        start = time.thread_time()
        scene().render()
        return [time.thread_time() - start]


def warm(scene: type[Scene], options: Options) -> list[float]:
    """Have all texts typeset once."""
    with tempconfig({**SHARED, **options, "frame_rate": 1, "dry_run": True}):
        scene().render()
    return [0]


def encode(scene: type[Scene], options: Options) -> list[float]:
    """Give the wall time of a render at 60 frames a second, and that of encoding its frames alone."""
    frames: list[tuple[np.ndarray, int]] = []
    with tempconfig({**SHARED, **options, "frame_rate": 60, "dry_run": True}):
        taken = scene()
        writer: Any = taken.renderer.file_writer
        writer.write_frame = lambda pixels, *, repeat=1: frames.append((pixels, repeat))
        taken.render()
    with tempconfig({**SHARED, **options, "frame_rate": 60}):
        start = time.perf_counter()
        rendered = scene()
        rendered.render()
        render = time.perf_counter() - start
        spec = rendered.file_writer_settings.video_encoder
        assert spec is not None
        target = rendered.output_plan.primary_artifact
        assert target is not None
    start = time.perf_counter()
    encoder = VideoSegmentEncoder(target=target.with_name("alone.mp4"), spec=spec)
    for pixels, repeat in frames:
        encoder.write_frame(pixels, repeat=repeat)
    encoder.finish()
    return [render, time.perf_counter() - start]


def main(task: str, name: str, media: str) -> None:
    """Run a task, and print its figures in one line."""
    logger.setLevel("ERROR")
    scene: type[Scene] = getattr(importlib.import_module(module_of(name)), name)
    options = {"media_dir": str(Path(media)), "background_color": "#10131A"}
    figures = {"dry": dry, "encode": encode, "warm": warm}[task](scene, options)
    print(",".join(str(figure) for figure in figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
