"""The coded frames of an H.264 video, by their number: what joins and cuts films without encoding anything again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from av import Packet
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream


class Coded(NamedTuple):
    """A packet and the number of the frame that it holds, counted from 0 in the order in which they are shown."""

    packet: Packet[VideoStream]
    frame: int

    @property
    def opens(self) -> bool:
        """Whether a film can begin with this frame."""
        return bool(self.packet.is_keyframe)


def whole_rate(stream: VideoStream) -> int:
    """Return the frames a second of a clip. manim's qualities all have a whole number of them.

    Joined from many pieces, its clips are off by a thousandth of a frame here and there, which is rounded away.
    """
    return round(float(stream.average_rate or 0))


def coded_frames(container: InputContainer) -> list[Coded]:
    """Return the video's packets in the order in which they are decoded, with the numbers of their frames."""
    packets = [packet for packet in container.demux(container.streams.video[0]) if packet.dts is not None]
    shown = sorted(packet.pts for packet in packets if packet.pts is not None)
    numbers = {pts: number for number, pts in enumerate(shown)}
    return [Coded(packet, numbers[packet.pts]) for packet in packets if packet.pts is not None]


def retimed(frames: Iterable[Coded], first: int, start: int, rate: int, delay: int) -> Iterator[Packet[VideoStream]]:
    """Yield the packets of `frames`, of which the frame `first` is shown as number `start` of a new film.

    `delay` is by how many frames decoding runs ahead of showing: the same for all parts of a film.
    """
    for place, (packet, frame) in enumerate(frames):
        packet.time_base = Fraction(1, rate)
        packet.pts = start + frame - first
        packet.dts = start + place - delay
        packet.duration = 1
        yield packet


def reordering(frames: Iterable[Coded]) -> int:
    """Return by how many frames decoding must run ahead, so that each is there when it is to be shown."""
    frames = list(frames)
    first = min(frame for _, frame in frames)
    return max(place - (frame - first) for place, (_, frame) in enumerate(frames))


def copy_of(stream: VideoStream, container: OutputContainer) -> VideoStream:
    """Add a stream like `stream`, its colour tags included: players believe either the header or the H.264 stream."""
    made = container.add_stream_from_template(stream)
    copy_tags(stream, made)
    return made


def copy_tags(stream: VideoStream, made: VideoStream) -> None:
    """Give a new stream the colour tags of another one."""
    old, new = stream.codec_context, made.codec_context
    new.color_primaries, new.color_trc = old.color_primaries, old.color_trc
    new.colorspace, new.color_range = old.colorspace, old.color_range
