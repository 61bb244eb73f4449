"""Cut the README's pictures from the finished clips: stills at the ends of steps, and small loops.

python -m renders.pictures      (after `make render`, `make render SCENES=PaddingAndStrides` and
                                 `make render LECTURE=lectures/sample.yaml`)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import av
from PIL import Image

from renders.making import CLIPS, reported
from renders.steps import Step, clip_steps

TARGET = Path("docs", "pictures")
SIZE = (800, 450)
LOOP_RATE = 10
"""Frames a second of a loop."""


class Picture(NamedTuple):
    """A picture of the README: the scene, the steps that it shows, and whether they move."""

    scene: str
    steps: tuple[str, ...]
    moves: bool = False

    @property
    def path(self) -> Path:
        """Where it goes."""
        return TARGET / f"{self.scene}-{self.steps[-1]}.{'webp' if self.moves else 'png'}"


PICTURES = (
    Picture("FilterSliding", ("first", "slide"), moves=True),
    Picture("MatrixToNetwork", ("first-row", "other-rows"), moves=True),
    Picture("EquationView", ("others",)),
    Picture("MatrixView", ("results",)),
    Picture("DenseNetworkView", ("trainable",)),
    Picture("ZeroPadding", ("full-rows",)),
    Picture("Training", ("shared",)),
    Picture("Training", ("copies",), moves=True),
    Picture("RealisticView", ("others",)),
    Picture("PaddingAndStrides", ("slide",)),
    Picture("EdgesOfTheFace", ("slide",)),
    Picture("ThreeChannels", ("shares",)),
)


def cut(picture: Picture) -> Path:
    """Write one picture, whole or not at all. Raises ValueError when its clip or its steps do not exist."""
    clip = CLIPS / f"{picture.scene}.mp4"
    if not clip.is_file():
        raise ValueError(f"{clip} is not rendered yet; run `make render` first")
    first, last = span(clip_steps(clip), picture.steps)
    frames = _frames(clip, first if picture.moves else last, last)
    picture.path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = picture.path.with_name(f".{picture.path.name}")
    if picture.moves:
        still, *rest = frames
        still.save(
            unfinished,
            "WEBP",
            save_all=True,
            append_images=rest,
            duration=1000 // LOOP_RATE,
            loop=0,
            quality=60,
            method=6,
        )
    else:
        (still,) = frames
        lean(still).save(unfinished, "PNG", optimize=True)
    return unfinished.replace(picture.path)


def lean(still: Image.Image) -> Image.Image:
    """The picture in 256 colours: half the bytes, and no channel is off by more than a tenth of its range."""
    return still.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)


def span(steps: Iterable[Step], wanted: tuple[str, ...]) -> tuple[int, int]:
    """Return the first and the last frame of consecutive steps. Raises ValueError for a slug that is not there."""
    starts, ends, start = {}, {}, 0
    for step in steps:
        starts[step.slug], ends[step.slug], start = start, step.last_frame, step.last_frame + 1
    missing = [slug for slug in wanted if slug not in ends]
    if missing:
        raise ValueError(f"no step {missing[0]!r}; there are {', '.join(ends) or 'none'}")
    return starts[wanted[0]], ends[wanted[-1]]


def _frames(clip: Path, first: int, last: int) -> list[Image.Image]:
    """Decode the frames from first to last, `LOOP_RATE` a second."""
    with av.open(clip) as container:
        stream = container.streams.video[0]
        every = max(1, round(float(stream.average_rate or LOOP_RATE) / LOOP_RATE))
        kept = [
            frame.reformat(*SIZE, format="rgb24", interpolation="AREA").to_ndarray()
            for number, frame in enumerate(container.decode(stream))
            if first <= number <= last and (number - first) % every == 0
        ]
    return [Image.fromarray(pixels) for pixels in kept]


def weighed(paths: Iterable[Path]) -> Iterator[str]:
    """Name each file as it is made, and say how large it is."""
    return (f"{path}  {path.stat().st_size // 1024} KiB" for path in paths)


def main() -> int:
    """Cut all pictures and name them."""
    return reported("pictures", weighed(map(cut, PICTURES)))


if __name__ == "__main__":
    sys.exit(main())
