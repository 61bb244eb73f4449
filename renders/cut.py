"""Cut a clip into its steps: a video and a last still each. The job that the recipe runs for each scene of a deck.

python -m renders.cut CLIP FOLDER SCENE

Nothing is encoded again: manim begins every step with a key frame.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from PIL import Image

from renders.captions import narration, read_captions
from renders.coded import Coded, coded_frames, copy_of, reordering, retimed, whole_rate
from renders.making import counted, put, reported, scratch
from renders.pixels import rgb
from renders.steps import Step, clip_steps, spoken

INDEX = "steps.json"


class Slide(NamedTuple):
    """One step as files of its folder: its video, the stills that it begins and ends with; how long, what is said."""

    slug: str
    name: str
    seconds: float
    narration: str
    video: str
    first: str
    last: str


class Cut(NamedTuple):
    """The steps of a scene: its class and its name in words, the size of its pictures, the colour behind them."""

    scene: str
    name: str
    size: tuple[int, int]
    background: str
    slides: tuple[Slide, ...]


def cut(clip: Path, folder: Path, scene: str) -> Cut:
    """Write the steps of `clip` and an index of them to the new `folder`; all of them or none.

    Raises ValueError for a step that does not begin with a key frame.
    """
    with scratch() as unfinished:
        made = unfinished / folder.name
        made.mkdir()
        steps = clip_steps(clip)
        rate = _cut_videos(clip, steps, made)
        size, background = _save_stills(clip, steps, made)
        index = Cut(scene, spoken(scene), size, background, tuple(_slides(clip, steps, rate)))
        as_json = {**index._asdict(), "slides": [slide._asdict() for slide in index.slides]}
        (made / INDEX).write_text(json.dumps(as_json, indent=1, ensure_ascii=False), encoding="utf-8")
        put(made, folder)
    return index


def read_cut(folder: Path) -> Cut:
    """Read the index of a folder that `cut` made."""
    read = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    slides = tuple(Slide(**slide) for slide in read["slides"])
    return Cut(read["scene"], read["name"], tuple(read["size"]), read["background"], slides)


def slides(cuts: Iterable[Cut]) -> str:
    """How many there are, in words."""
    return counted(sum(len(cut.slides) for cut in cuts), "slide")


def _file(number: int, slug: str, ending: str) -> str:
    return f"{number:02d}-{slug}{ending}"


def _slides(clip: Path, steps: Sequence[Step], rate: int) -> list[Slide]:
    captions = read_captions(clip.with_suffix(".srt"))
    slides = []
    start, first = 0, "first.png"
    for number, (slug, last_frame) in enumerate(steps, 1):
        end = last_frame + 1
        said = narration(captions, start / rate, end / rate)
        last = _file(number, slug, ".png")
        seconds = round((end - start) / rate, 3)
        slides.append(Slide(slug, spoken(slug), seconds, said, _file(number, slug, ".mp4"), first, last))
        start, first = end, last  # a step begins with the picture that the one before ended with
    return slides


def _cut_videos(clip: Path, steps: Sequence[Step], folder: Path) -> int:
    """Copy the coded frames of each step to a file; return the frames a second."""
    with av.open(clip) as old:
        stream = old.streams.video[0]
        rate, frames = whole_rate(stream), coded_frames(old)
        delay = reordering(frames)
        start = 0
        for number, (slug, last_frame) in enumerate(steps, 1):
            piece = [frame for frame in frames if start <= frame.frame <= last_frame]
            if not _stands_alone(piece, frames, start):
                raise ValueError(f"{clip}: step {slug!r} does not begin with a key frame; render the clip again")
            target = folder / _file(number, slug, ".mp4")
            with av.open(target, "w", format="mp4", options={"movflags": "+faststart"}) as new:
                video = copy_of(stream, new)
                video.time_base = Fraction(1, 512 * rate)
                for packet in retimed(piece, start, 0, rate, delay):
                    packet.stream = video
                    new.mux(packet)
            start = last_frame + 1
    return rate


def _stands_alone(piece: Sequence[Coded], frames: Sequence[Coded], start: int) -> bool:
    """Whether a run of frames begins with a key frame and is coded in one piece, hence needs nothing before it."""
    if not piece or not piece[0].opens or piece[0].frame != start:
        return False
    place = frames.index(piece[0])
    return list(frames[place : place + len(piece)]) == list(piece)


def _save_stills(clip: Path, steps: Sequence[Step], folder: Path) -> tuple[tuple[int, int], str]:
    """Save the first picture of the clip and the last one of each step; return their size and background."""
    wanted = {step.last_frame: _file(number, step.slug, ".png") for number, step in enumerate(steps, 1)}
    size, background = (0, 0), ""
    with av.open(clip) as container:
        container.streams.video[0].thread_type = "AUTO"
        for number, frame in enumerate(container.decode(video=0)):
            if number and number not in wanted:
                continue
            pixels = rgb(frame)
            picture = Image.fromarray(pixels)
            if number == 0:
                picture.save(folder / "first.png", optimize=True)
                size, background = picture.size, _background(pixels)
            if number in wanted:
                picture.save(folder / wanted[number], optimize=True)
    return size, background


def _background(pixels: np.ndarray) -> str:
    """Return the colour around a picture, as players show it: what coding made of the colour that manim was given."""
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colours, counts = np.unique(edge, axis=0, return_counts=True)
    red, green, blue = colours[counts.argmax()].tolist()
    return f"#{red:02X}{green:02X}{blue:02X}"


def _cut_one(clip: str, folder: str, scene: str) -> Iterator[str]:
    yield f"{scene}: cut into {counted(len(cut(Path(clip), Path(folder), scene).slides), 'step')}"


def main(arguments: list[str]) -> int:
    """Cut one clip, say so."""
    return reported("cut", _cut_one(*arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
