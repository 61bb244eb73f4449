"""Loops for documents, slides without video and chats: animated WebP or GIF, as large as fits in 2 MB.

python -m renders.loop CLIP TARGET      (a file, or a folder for a loop of each step: its name ends with -webp or -gif)
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import av

from renders.coded import whole_rate
from renders.finish import facts
from renders.formats import LoopFolder, is_folder
from renders.loop_frames import Part, Size, coder, frames
from renders.loop_size import Probe, best_fit
from renders.making import counted, put, reason, say, scratch, whole
from renders.steps import clip_steps

MOST_BYTES = 2_000_000
#: From the best on. A GIF counts time in hundredths of a second: 10 and 5 frames a second keep their pace in both.
SIZES = (*(Size(width, 10) for width in (800, 640, 560, 480)), *(Size(width, 5) for width in (480, 400, 320, 240)))


def whole_clip(clip: Path) -> Part:
    """Return all of a clip as the part of it that a loop shows."""
    return Part(clip, _rate(clip), 0, facts(clip).frames)


def clip_parts(clip: Path) -> dict[str, Part]:
    """Return the steps of a clip as parts of it, by their slugs."""
    rate, parts, start = _rate(clip), {}, 0
    for slug, last_frame in clip_steps(clip):
        parts[slug] = Part(clip, rate, start, last_frame + 1)
        start = last_frame + 1
    return parts


def _rate(clip: Path) -> int:
    with av.open(clip) as container:
        return whole_rate(container.streams.video[0])


def loop(part: Part, target: Path, sizes: tuple[Size, ...] = SIZES) -> Size:
    """Write the loop of a part of a clip that the target's ending asks for, in the best size that fits; return that.

    Raises ValueError if none fits.
    """
    code = coder(part, target.suffix)
    probe = Probe(part, code, sizes[0])

    def make(size: Size) -> bytes:
        say(f"{target.name}: {size.width} pixels at {size.rate} frames a second")
        return code(frames(part, size), size.rate)

    fitted = best_fit(sizes, MOST_BYTES, cache(probe.guess), make)
    if fitted is None:
        least, seconds = sizes[-1], (part.end - part.first) / part.clip_rate
        raise ValueError(
            f"{part.clip} is too long for a {target.suffix} loop: {seconds:.0f} s take more than "
            f"{MOST_BYTES / 1e6:g} MB even at {least.width} pixels and {least.rate} frames a second"
        )
    size, file = fitted
    with whole(target) as (unfinished,):
        unfinished.write_bytes(file)
    return size


def loops(clip: Path, folder: Path) -> list[Path]:
    """Write a loop for each step of a clip to the new `folder`, all of them or none; return the files.

    Raises ValueError if one does not fit.
    """
    parts = clip_parts(clip)
    names = LoopFolder.called(folder.name).files(parts)
    with scratch() as unfinished:
        made = unfinished / folder.name
        made.mkdir()
        for name, part in zip(names, parts.values(), strict=True):
            loop(part, made / name)
        put(made, folder)
    return [folder / name for name in names]


def clear_parts(folders: Iterable[Path]) -> None:
    """Delete those folders of loops, of clips beside them, that lack one of a step."""
    for folder in folders:
        clip = folder.with_name(f"{LoopFolder.called(folder.name).stem}.mp4")
        if folder.is_dir() and clip.is_file() and not _is_whole(folder, clip):
            shutil.rmtree(folder)


def _is_whole(folder: Path, clip: Path) -> bool:
    return all((folder / name).is_file() for name in LoopFolder.called(folder.name).files(clip_parts(clip)))


def _make(clip: Path, target: Path) -> str:
    """Make what is asked for; return what can be said of it."""
    if is_folder(target.name):
        files = loops(clip, target)
        return f"{counted(len(files), 'loop')}, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
    size = loop(whole_clip(clip), target)
    return f"{size.width} pixels, {target.stat().st_size / 1e6:.1f} MB"


def main(arguments: list[str]) -> int:
    """Make one loop or those of all steps, and say so."""
    clip, target = Path(arguments[0]), Path(arguments[1])
    started = time.monotonic()
    try:
        said = _make(clip, target)
    except (ValueError, OSError) as error:
        say(f"\n{target.name} FAILED. {reason(error)}\n")
        return 1
    say(f"{target.name}: done, {said} in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
