"""The handout of a clip: a PDF with the last still of every step and what is said there, typeset by Typst.

python -m renders.handout CLIP TARGET TITLE LESSON
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import typst

from renders.captions import narration, read_captions
from renders.coded import whole_rate
from renders.making import reported, scratch, whole
from renders.steps import clip_steps, spoken
from renders.stills import save_still, stills

WIDTH, HIGHEST = 166.0, 105.0
"""Of a still in mm: as wide as the page, but so high that two with their words fit on it."""
TEMPLATE = Path(__file__).parent / "templates" / "handout.typ"


def handout(clip: Path, target: Path, title: str, lesson: str) -> None:
    """Write the PDF of a clip that has its steps as chapters and its captions beside it."""
    steps = clip_steps(clip)
    captions = read_captions(clip.with_suffix(".srt"))
    with scratch() as folder:
        template = Path(shutil.copy(TEMPLATE, folder))
        shown = []
        start = 0.0
        for (slug, last), still in zip(steps, stills(clip, [step.last_frame for step in steps]), strict=True):
            picture = save_still(still, folder / f"{slug}.png")
            end = (last + 1) / _rate(clip)
            said = narration(captions, start, end)
            shown.append({"title": spoken(slug), "still": picture.name, "narration": said})
            start = end
        width = min(WIDTH, HIGHEST * still.width / still.height)
        data = {"title": title, "lesson": lesson, "steps": shown, "width": width}
        pdf = typst.compile(template, sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True)
    with whole(target) as (unfinished,):
        unfinished.write_bytes(pdf)


def _rate(clip: Path) -> int:
    """Return the frames a second of a clip."""
    with av.open(clip) as container:
        return whole_rate(container.streams.video[0])


def _handout_of(clip: str, target: str, title: str, lesson: str) -> Iterator[str]:
    handout(Path(clip), Path(target), title, lesson)
    yield f"{Path(target).name}: done"


def main(arguments: list[str]) -> int:
    """Make one handout, and say so."""
    return reported("handout", _handout_of(*arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
