"""A renderer that draws and hands over only what changes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from manim import Mobject, Scene, config, logger
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.utils.iterables import list_update

from scenes._fast.camera import RedrawCamera
from scenes._fast.encoder import Copies, FastEncoder
from scenes._fast.filmed import FilmedRenderer, FilmedWriter

SMALL = 1280 * 720
"""Of pictures with no more pixels than this a section may end while the next one begins. It takes half as much memory
again, which is too much for large ones."""


class _Once(logging.Filter):
    """Lets manim say once, not before each animation, that its cache is off."""

    _said = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message is to be seen."""
        again = record.msg == "Caching disabled."
        keep = not (again and self._said)
        self._said = self._said or again
        return keep


_ONCE = _Once()


class FastRenderer(FilmedRenderer):
    """Draws only what changes (see `camera`), and nothing while it skips; copies a picture only when it differs."""

    camera: RedrawCamera

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        logger.addFilter(_ONCE)
        self._playing = self._static = False
        self._picture: np.ndarray | None = None
        """A copy of the picture, for as long as it stays the same."""

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play; afterwards nothing is static."""
        # The encoder of the last animation may still use the array, and gives it back when it is done.
        self._picture = None
        self._playing = True
        try:
            super().play(scene, *args, **kwargs)
        finally:
            self._playing = self._static = False

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> np.ndarray | None:
        """Keep what is static as a list of shapes: from one animation to the next little of it changes."""
        self.static_image, self._static = None, False
        if self.skip_animations or not static_mobjects:
            return None
        self._static = self.camera.set_static(static_mobjects)
        return None if self._static else super().save_static_frame_data(scene, static_mobjects)

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Draw the picture. Of a skipped animation nobody sees any; the last one is drawn after it."""
        if self.skip_animations and (self._playing or not ignore_skipping):
            return
        if include_submobjects and not kwargs and self.static_image is None:
            # No mobjects means all of them, for manim too: it draws stills twice over, and its picture is the measure.
            shown = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
            bands = self.camera.show(shown, self._static)
            if bands is not None:
                if bands:
                    self._picture = None
                    self.file_writer.copies.changed(bands)
                return
        self._picture = None
        self.file_writer.copies.changed([(0, self.camera.pixel_height)])
        before = self.static_image
        if self._static:
            self.static_image = self.camera.static_picture
        super().update_frame(scene, mobjects, include_submobjects, **kwargs)
        self.static_image = before

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw a picture and hand it over; while animations are skipped there is nobody to hand it to."""
        if not self.skip_animations:
            super().render(scene, time, moving_mobjects)

    def freeze_current_frame(self, duration: float) -> None:
        """Hold the picture; while animations are skipped there is none to hold."""
        if not self.skip_animations:
            super().freeze_current_frame(duration)

    def get_frame(self) -> np.ndarray:
        """The picture, as an array that stays as it is."""
        if self._picture is None:
            self._picture = self.file_writer.copies.take(self.camera.pixel_array)
        return self._picture


class FastWriter(FilmedWriter):
    """Encodes a section in one go instead of each animation by itself, and counts equal pictures.

    Each file begins with a whole picture and ends with waiting for the encoder. Only manim's cache needs one for each
    animation: where it is on, the files are as manim has them.
    """

    def __init__(self, settings: Any) -> None:
        self.copies = Copies()
        self._joins = bool(config.disable_caching)
        self._held: np.ndarray | None = None
        self._count = 0
        video = settings.video_encoder
        if video is not None and video.width * video.height <= SMALL:
            settings = replace(settings, max_inflight_encoders=max(2, settings.max_inflight_encoders))
        super().__init__(settings)

    def next_section(self, *args: Any, **kwargs: Any) -> None:
        """Open a section, in a file of its own."""
        if self._joins and self.sections:
            self._close()
        super().next_section(*args, **kwargs)

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        """Name the file of an animation; those after the first in a section have none."""
        opened = any(self.sections[-1].partial_movie_files)
        super().add_partial_movie_file(None if self._joins and opened else hash_animation)

    def begin_animation(self, allow_write: bool = False, **kwargs: Any) -> None:
        """Open the file of an animation, unless its section has one."""
        if not (self._joins and self._current_encode_job):
            super().begin_animation(allow_write, **kwargs)

    def end_animation(self, allow_write: bool = False) -> None:
        """Close the file of an animation, unless its section goes on."""
        if not self._joins:
            self._release()
            super().end_animation(allow_write)

    def finish(self) -> None:
        """Close the last file, and put all together."""
        self._close()
        super().finish()

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """Hold the picture of a video back until another one comes."""
        if not self.output_spec.is_video:
            super().write_frame(pixels, repeat=repeat)
            self.copies.spare.put(pixels)
            return
        if pixels is not self._held:
            self._release()
            self._held = pixels
        self._count += repeat

    def _close(self) -> None:
        self._release()
        if self._current_encode_job:
            self.close_partial_movie_stream()

    def _release(self) -> None:
        if self._held is not None:
            super().write_frame(self._held, repeat=self._count)
        self._held, self._count = None, 0

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        assert self.video_encoder is not None
        return FastEncoder(target, self.video_encoder, self.copies)
