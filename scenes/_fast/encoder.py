"""An encoder that gets each picture once, uncopied, and converts to the colours of video only rows that changed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes._fast.layers import Band, merged

_REACH = 2
"""Rows to either side of a row whose colours it has a part in: one sample of colour is made of four rows."""


class Copies:
    """Copies of the picture, in arrays that are used again: to get fresh ones takes longer than to fill them.

    Of a used one only the rows are filled that have changed since it was.
    """

    def __init__(self) -> None:
        self.spare: SimpleQueue[np.ndarray] = SimpleQueue()
        """Arrays that nobody uses any more."""
        self._changes: list[list[Band]] = []
        self._age: dict[int, int] = {}

    def changed(self, bands: list[Band]) -> None:
        """Take note of rows that have changed."""
        self._changes.append(bands)

    def age(self, array: np.ndarray) -> int:
        """How many changes an array has seen."""
        return self._age[id(array)]

    def since(self, age: int, until: int | None = None) -> list[Band]:
        """The rows that have changed between two ages."""
        return merged([band for bands in self._changes[age:until] for band in bands], 0)

    def take(self, picture: np.ndarray) -> np.ndarray:
        """A copy of the picture as it is now."""
        try:
            array = self.spare.get_nowait()
            missed = self.since(self.age(array))
        except Empty:
            array = np.empty_like(picture)
            missed = [(0, len(picture))]
        for top, bottom in missed:
            array[top:bottom] = picture[top:bottom]
        self._age[id(array)] = len(self._changes)
        return array


class FastEncoder(VideoSegmentEncoder):
    """Encodes equal pictures as often as they are repeated, and gives the array of each back."""

    def __init__(self, target: Path, spec: VideoEncoderSpec, copies: Copies) -> None:
        super().__init__(target=target, spec=spec)
        self._copies = copies
        self._reformatter = VideoReformatter()
        self._frame: av.VideoFrame | None = None
        self._age = 0
        # Other encoders may still be reading a frame that they were given. And x264 makes something of the bytes at
        # the end of a row that is longer than the picture is wide: with these, equal pictures gave unequal files.
        whole_rows = spec.width % 64 == 0 and spec.height % 2 == 0
        self._in_place = spec.codec == "libx264" and spec.pixel_format == "yuv420p" and whole_rows

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """Encode the picture `repeat` times."""
        self._validate_frame(pixels, repeat)
        rate = self.spec.frame_rate
        stream: Any = self._stream
        try:
            frame = self._converted(pixels)
            self._copies.spare.put(pixels)
            for _ in range(repeat):
                frame.pts, frame.time_base = self._next_pts, Fraction(rate.denominator, rate.numerator)
                self._next_pts += 1
                self._container.mux(stream.encode(frame))
        except BaseException as error:
            raise self._operation_error("encode", error) from error

    def _converted(self, pixels: np.ndarray) -> av.VideoFrame:
        """The picture in the colours of video: the last one, with the rows that have changed."""
        age = self._copies.age(pixels)
        if self._frame is None or not self._in_place:
            self._frame = self._reformat(pixels)
        else:
            for top, bottom in self._copies.since(self._age, age):
                self._convert_rows(pixels, top, bottom, self._frame)
        self._age = age
        return self._frame

    def _convert_rows(self, pixels: np.ndarray, top: int, bottom: int, frame: av.VideoFrame) -> None:
        height = len(pixels)
        # Two rows share their colours, so both ends are even.
        first, last = max(0, top - _REACH) // 2 * 2, min(height, (bottom + _REACH + 1) // 2 * 2)
        # What stands just outside has a part in the colours of the outermost rows.
        start, end = max(0, first - 2 * _REACH), min(height, last + 2 * _REACH)
        part = self._reformat(pixels[start:end])
        for whole, rows, scale in zip(_planes(frame), _planes(part), (1, 2, 2), strict=True):
            whole[first // scale : last // scale] = rows[(first - start) // scale : (last - start) // scale]

    def _reformat(self, pixels: np.ndarray) -> av.VideoFrame:
        rgba = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        return self._reformatter.reformat(rgba, format=self.spec.pixel_format, threads=1)


def _planes(frame: av.VideoFrame) -> Iterator[np.ndarray]:
    """The planes of a frame as arrays of rows that can be written to."""
    for plane in frame.planes:
        yield np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
