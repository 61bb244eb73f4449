"""What is written of a scene is what was filmed of it, wherever it is written: manim 0.22 sees to neither.

Of `manim -n 3,5` a few animations are filmed; manim leaves the captions at their places in the whole scene, and falls
over steps of which nothing was filmed. And it lists the parts of a film for FFmpeg without escaping apostrophes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import srt
from manim import CairoRenderer, Scene, config, logger
from manim.scene.scene_file_writer import SceneFileWriter

Span = tuple[float, float]
"""Seconds of a scene, from when to when."""


class FilmedRenderer(CairoRenderer):
    """manim's own, which keeps account of what is filmed."""

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play, and take note of the seconds that are in the film; those in manim's cache are, too."""
        start = self.time
        super().play(scene, *args, **kwargs)
        if self.animations_hashes[-1] is not None:
            self.file_writer.filmed.append((start, self.time))


class FilmedWriter(SceneFileWriter):
    """manim's own, which writes captions and sections of what is filmed, into folders of any name."""

    def __init__(self, settings: Any) -> None:
        self.filmed: list[Span] = []
        super().__init__(settings)

    def finish(self) -> None:
        """Put the film together, and its captions and sections."""
        if self.output_spec.is_video:
            self._keep_filmed()
        super().finish()

    def _keep_filmed(self) -> None:
        """Leave out what was not filmed, as well as captions of a former film."""
        if not self.filmed and config.from_animation_number > 0:
            logger.error(
                f"Nothing is filmed: -n {config.from_animation_number} begins behind the last of "
                f"{len(self.partial_movie_files)} animations, which are counted from 0."
            )
        self.subcaptions = filmed_captions(self.subcaptions, self.filmed)
        if not self.subcaptions and self.output_plan.subcaption_file:
            self.output_plan.subcaption_file.unlink(missing_ok=True)
        for section in self.sections:
            if not section.get_clean_partial_movie_files():
                section.video = None

    @staticmethod
    def _concat_manifest_bytes(input_files: list[str]) -> bytes:
        """List files as FFmpeg reads it: between apostrophes all stands for itself, except an apostrophe."""
        names = (os.fsencode(Path(name).as_posix()).replace(b"'", rb"'\''") for name in input_files)
        return b"".join(b"file 'file:%s'\n" % name for name in names)


def filmed_captions(captions: Iterable[srt.Subtitle], spans: Sequence[Span]) -> list[srt.Subtitle]:
    """Return captions at the times of a film of these spans of a scene, less those of which nothing is in it.

    >>> said = srt.Subtitle(1, timedelta(seconds=2), timedelta(seconds=7), "A square.")
    >>> [(each.start.seconds, each.end.seconds) for each in filmed_captions([said], [(1, 3), (4, 5)])]
    [(1, 3)]
    """
    kept: list[srt.Subtitle] = []
    for caption in captions:
        start, end = (in_film(time.total_seconds(), spans) for time in (caption.start, caption.end))
        if round(1000 * start) < round(1000 * end):
            kept.append(srt.Subtitle(len(kept), timedelta(seconds=start), timedelta(seconds=end), caption.content))
    return kept


def in_film(time: float, spans: Sequence[Span]) -> float:
    """Return at which second of a film of these spans a second of the scene is, or what comes next of the film."""
    skipped = last = 0.0
    for start, end in spans:
        if time < start:
            break
        skipped, last = skipped + start - last, end
    return min(time, last) - skipped
