"""Join clips to one film, with chapters and captions. The job that the recipe runs for `make film`.

python -m renders.film TARGET TITLE CLIP …      (names of clips in renders/clips, such as TheImage or TheImage-light)

Nothing is encoded again: the film holds the very frames of its clips.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.stream import VideoStream

from renders.captions import Caption, as_srt, as_vtt, read_captions
from renders.coded import coded_frames, copy_of, reordering, retimed, whole_rate
from renders.finish import check_streamable
from renders.making import CLIPS, counted, put, reported, scratch
from renders.steps import chapter, spoken

#: The least seconds of a chapter below an uploaded video: the common players show no shorter ones.
SHORTEST = 10

#: What mov_text needs to know before the first caption: one plain style, which players replace by their own.
_STYLES = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, BackColour, Alignment, Encoding
Style: Default,Arial,16,&Hffffff,&H0,2,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class Part(NamedTuple):
    """A clip in the film: its scene and file, how many frames it has and with which of the film's frames it starts."""

    scene: str
    clip: Path
    frames: int
    start: int


class Film(NamedTuple):
    """What is joined: the parts in their order, all with the same `rate` in frames a second."""

    parts: tuple[Part, ...]
    rate: int

    @property
    def frames(self) -> int:
        """How many frames there are in all."""
        return self.parts[-1].start + self.parts[-1].frames

    def captions(self) -> list[Caption]:
        """Return the captions of all parts, at the film's times."""
        return [
            caption.later(round(part.start * 1000 / self.rate))
            for part in self.parts
            for caption in read_captions(part.clip.with_suffix(".srt"))
        ]

    def chapters(self) -> list[tuple[str, int]]:
        """Return the name of each scene as a player shows it, and its first frame."""
        return [(spoken(part.scene), part.start) for part in self.parts]


def film_of(clips: Mapping[str, Path]) -> Film:
    """Measure the clips of these scenes. Raises ValueError for none, and for one coded differently from the first."""
    if not clips:
        raise ValueError("got no clip; expected at least one to make a film of")
    parts: list[Part] = []
    coded = [_coding(clip) for clip in clips.values()]
    start = 0
    for (scene, clip), (frames, *coding) in zip(clips.items(), coded, strict=True):
        if coding != list(coded[0][1:]):
            raise ValueError(
                f"{clip} is coded differently from {parts[0].clip} (another size, frame rate or encoder); "
                "render both again"
            )
        parts.append(Part(scene, clip, frames, start))
        start += frames
    return Film(tuple(parts), coded[0][1])


def _coding(clip: Path) -> tuple[int, int, int, bytes]:
    """Return the number of frames, and what must be the same in all clips: rate, reordering and stream header."""
    with av.open(clip) as container:
        stream = container.streams.video[0]
        frames = coded_frames(container)
        return len(frames), whole_rate(stream), reordering(frames), stream.codec_context.extradata or b""


def join(clips: Mapping[str, Path], target: Path, title: str) -> None:
    """Make the film `target` with its .srt and .vtt and its list of chapters beside it: all whole or none at all."""
    film = film_of(clips)
    with scratch() as folder:
        video = folder / target.name
        captions = film.captions()
        _write(film, captions, video, title)
        _check(video, film)
        texts = {".srt": as_srt(captions), ".vtt": as_vtt(captions), "-chapters.txt": chapter_list(film)}
        for ending, text in texts.items():
            made = folder / (target.stem + ending)
            made.write_text(text, encoding="utf-8", newline="\n")
            put(made, target.parent / made.name)
        put(video, target)


def _write(film: Film, captions: Iterable[Caption], target: Path, title: str) -> None:
    with (
        av.open(film.parts[0].clip) as first,
        av.open(target, "w", format="mp4", options={"movflags": "+faststart"}) as new,
    ):
        video = copy_of(first.streams.video[0], new)
        video.time_base = Fraction(1, 512 * film.rate)
        words = new.add_stream("mov_text")
        assert isinstance(words, SubtitleStream)
        words.codec_context.subtitle_header = _STYLES
        words.time_base = words.codec_context.time_base = Fraction(1, 1000)
        video.metadata["language"] = words.metadata["language"] = "eng"
        new.metadata["title"] = title
        starts = [*film.chapters(), ("", film.frames)]
        new.set_chapters(
            [
                chapter(number, name, start, end, film.rate)
                for number, ((name, start), (_, end)) in enumerate(pairwise(starts))
            ]
        )
        _copy_frames(film, video, new)
        _add_captions(captions, words, new)


def _copy_frames(film: Film, video: VideoStream, new: OutputContainer) -> None:
    for part in film.parts:
        with av.open(part.clip) as old:
            frames = coded_frames(old)
            for packet in retimed(frames, 0, part.start, film.rate, reordering(frames)):
                packet.stream = video
                new.mux(packet)


def _add_captions(captions: Iterable[Caption], words: SubtitleStream, new: OutputContainer) -> None:
    for number, (start, end, text, _) in enumerate(captions):
        line = text.replace("\n", "\\N")
        shown = SubtitleSet.create(f"{number},0,Default,,0,0,0,,{line}".encode(), 0, end - start, start)
        packet = words.codec_context.encode_subtitle(shown)
        packet.time_base = Fraction(1, 1000)
        packet.pts = packet.dts = start
        packet.duration = end - start
        packet.stream = words
        new.mux(packet)


def _check(video: Path, film: Film) -> None:
    """Raise ValueError unless the film holds all frames of its parts, with their colours, ready to be streamed."""
    got = film_of({film.parts[0].scene: video})
    if (got.frames, got.rate) != (film.frames, film.rate):
        raise ValueError(f"joining gave {got.frames} frames at {got.rate}; expected {film.frames} at {film.rate}")
    check_streamable(video)


def chapter_list(film: Film) -> str:
    """Return the chapters as lines to paste below an uploaded video: the first at 0:00, each at least `SHORTEST` long.

    A scene that is too short joins the one behind it, the last one the one before; the longest gives the name.
    """
    names, frames = zip(*film.chapters(), strict=True)
    starts = [frame // film.rate for frame in (*frames, film.frames)]
    merged: list[tuple[int, int, str]] = []  # start, seconds of the scene that gives the name, name
    for (start, end), name in zip(pairwise(starts), names, strict=True):
        own = (start, end - start, name)
        merged.append(own)
        if len(merged) > 1 and start - merged[-2][0] < SHORTEST:
            merged[-2:] = [_merge(merged[-2], own)]
    if len(merged) > 1 and starts[-1] - merged[-1][0] < SHORTEST:
        merged[-2:] = [_merge(merged[-2], merged[-1])]
    return "".join(f"{_clock(start)} {name}\n" for start, _, name in merged)


def _merge(before: tuple[int, int, str], after: tuple[int, int, str]) -> tuple[int, int, str]:
    named = max(before, after, key=lambda scene: scene[1])
    return before[0], named[1], named[2]


def _clock(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def _film_of(target: str, title: str, *names: str) -> Iterator[str]:
    # What a theme adds to the name of a scene's clip begins with a hyphen, which no class can have.
    join({name.partition("-")[0]: CLIPS / f"{name}.mp4" for name in names}, Path(target), title)
    yield f"{Path(target).name}: joined {counted(len(names), 'clip')}"


def main(arguments: list[str]) -> int:
    """Join the film, say so."""
    return reported("film", _film_of(*arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
