"""A renderer that draws and hands over only what changes, and an encoder that copies nothing."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import av
import numpy as np
from manim import CairoRenderer, Mobject, Scene
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.utils.iterables import list_update

from scenes._fast.camera import Band, RedrawCamera, merged


class FastRenderer(CairoRenderer):
    """Draws only what changes (see `_redraw`), and nothing while it skips; copies a picture only when it differs."""

    camera: RedrawCamera

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def get_frame(self) -> np.ndarray:
        """The picture, as an array that stays as it is."""
        if self._picture is None:
            self._picture = self.file_writer.copies.take(self.camera.pixel_array)
        return self._picture


class Copies:
    """Copies of the picture, in arrays that are used again: to get fresh ones takes longer than to fill them.

    Of a used one only the rows are filled that have changed since it was.
    """

    def __init__(self) -> None:
        self.spare: SimpleQueue[np.ndarray] = SimpleQueue()
        """Arrays that nobody uses any more."""
        self._changes: list[list[Band]] = []
        self._age: dict[int, int] = {}
        """How many changes each array has seen."""

    def changed(self, bands: list[Band]) -> None:
        """Take note of rows that have changed."""
        self._changes.append(bands)

    def take(self, picture: np.ndarray) -> np.ndarray:
        """A copy of the picture as it is now."""
        try:
            array = self.spare.get_nowait()
            missed = [band for bands in self._changes[self._age[id(array)] :] for band in bands]
        except Empty:
            array = np.empty_like(picture)
            missed = [(0, len(picture))]
        for top, bottom in merged(missed, 0):
            array[top:bottom] = picture[top:bottom]
        self._age[id(array)] = len(self._changes)
        return array


class FastWriter(SceneFileWriter):
    """Counts equal pictures of a video instead of handing each over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.copies = Copies()
        self._held: np.ndarray | None = None
        self._count = 0
        super().__init__(*args, **kwargs)

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

    def end_animation(self, allow_write: bool = False) -> None:
        """Hand over the last picture, and close the segment."""
        self._release()
        super().end_animation(allow_write)

    def _release(self) -> None:
        if self._held is not None:
            super().write_frame(self._held, repeat=self._count)
        self._held, self._count = None, 0

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        assert self.video_encoder is not None
        return FastEncoder(target, self.video_encoder, self.copies.spare)


class FastEncoder(VideoSegmentEncoder):
    """Converts a picture to the colours of video once, without copying it first, however often it is repeated."""

    def __init__(self, target: Path, spec: VideoEncoderSpec, spare: SimpleQueue[np.ndarray]) -> None:
        super().__init__(target=target, spec=spec)
        self._spare = spare

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """Encode the picture `repeat` times, and give its array back."""
        self._validate_frame(pixels, repeat)
        rate = self.spec.frame_rate
        stream: Any = self._stream
        try:
            frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba").reformat(format=self.spec.pixel_format)
            self._spare.put(pixels)
            for _ in range(repeat):
                frame.pts, frame.time_base = self._next_pts, Fraction(rate.denominator, rate.numerator)
                self._next_pts += 1
                self._container.mux(stream.encode(frame))
        except BaseException as error:
            raise self._operation_error("encode", error) from error
