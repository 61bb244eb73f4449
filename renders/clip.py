"""Make one clip: render a scene with manim, finish what it wrote. The job that the recipe runs once for each clip.

python -m renders.clip SCENE FILE QUALITY [THEME [SHAPE]]
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renders.alive import job_prefix, remove_dead
from renders.finish import facts, finish
from renders.journal import fail, has_failed
from renders.making import CLIPS as CLIPS
from renders.making import MEDIA as MEDIA
from renders.making import has_room, reason, say
from renders.request import QUALITIES, check_quality
from renders.themes import DARK, THEMES, Theme

NO_ROOM = os.strerror(errno.ENOSPC)
NO_QUOTA = os.strerror(errno.EDQUOT)
"""How the system says that a disk is full, or a user's share of it, which manim's traceback passes on."""
LOG = "manim.log"
"""What manim printed of a clip, in `renders/media/<clip>`."""


class RenderError(Exception):
    """manim failed on a scene; the message is what it printed."""


@contextmanager
def job_folder(name: str) -> Iterator[Path]:
    """Give a media folder that no other job has, whoever renders the same clip at the same time, and wherever.

    In it are the job's own folder for formulas and what manim prints, `manim.log`. That is kept where all look for it,
    in `renders/media/<name>`; the rest goes when the block ends. What killed jobs have left is removed first.
    """
    clip = MEDIA / name
    clip.mkdir(parents=True, exist_ok=True)
    remove_dead(clip)
    with tempfile.TemporaryDirectory(dir=clip, prefix=job_prefix(), ignore_cleanup_errors=True) as folder:
        log = Path(folder, LOG)
        try:
            yield Path(folder)
        finally:
            if log.is_file():
                os.replace(log, clip / LOG)


def render(scene: str, file: Path, quality: str, theme: Theme, media: Path) -> Path:
    """Render `scene` of a Python file with manim into the folder `media` and return the video that it wrote.

    Each job has a media folder of its own, hence a folder of its own for formulas: processes that share that one get
    each other's formulas. Nothing is cached between runs, so that a clip shows its sources and nothing older.
    Raises RenderError with manim's traceback; all that manim printed stays in `manim.log`. Raises OSError for a full
    disk: on one manim may have no room to say anything.
    """
    lines, rate = QUALITIES[quality].split("p")
    pixels = theme.pixels(int(lines))
    folder = media / "videos" / file.stem / f"{pixels[1]}p{rate}"
    video = folder / f"{scene}{'.mov' if theme.transparent else '.mp4'}"
    log = media / LOG
    with log.open("wb") as printed:
        ended = subprocess.run(
            _manim(scene, file, quality, theme, pixels, media),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**os.environ, "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    if ended.returncode != 0 or not video.is_file():
        said = log.read_text(encoding="utf-8", errors="replace")
        where = str(MEDIA / media.parent.name / LOG)
        if NO_QUOTA in _unwrapped(said):
            raise OSError(errno.EDQUOT, NO_QUOTA, where)
        if NO_ROOM in _unwrapped(said) or not has_room(media):
            raise OSError(errno.ENOSPC, NO_ROOM, where)
        raise RenderError(_tail(said) or f"nothing, and ended with exit code {ended.returncode}")
    return video


def _manim(scene: str, file: Path, quality: str, theme: Theme, pixels: tuple[int, int], media: Path) -> list[str]:
    """Return the command line; the `manim` of this environment, whatever else is on the path.

    One encoder at a time: the other jobs keep the cores busy, and more would cost gigabytes for each job at 4K.
    """
    command = [sys.executable, "-m", "manim", "render", file.as_posix(), scene, f"-q{quality}"]
    options = ["--config_file", theme.config, "--media_dir", str(media)]
    options += ["--save_sections", "--disable_caching", "--progress_bar", "none"]
    options += ["--max-inflight-encoders", "1"]
    options += ["--resolution", "{},{}".format(*pixels)] if theme.shape != DARK.shape else []
    return command + options + (["--transparent", "--format", "mov"] if theme.transparent else [])


def _unwrapped(log: str) -> str:
    """Return a log with all in one line, also what stands in the box of a traceback."""
    return " ".join(log.replace("│", " ").split())


def _tail(log: str, most: int = 60) -> str:
    """Return the last traceback of a log, or its last lines if there is none."""
    lines = log.rstrip().splitlines()
    starts = [number for number, line in enumerate(lines) if "Traceback (most recent call last)" in line]
    return "\n".join(lines[starts[-1] if starts else -most :][-most:])


def _hand_out(video: Path, name: str, theme: Theme) -> None:
    """Make of manim's video what is handed out, or what that is encoded from."""
    if theme.transparent:
        from renders.transparent import keep  # other clips are not made of it: a change there concerns these alone

        keep(video, CLIPS, name, theme)
    else:
        finish(video, CLIPS, name)


def main(arguments: list[str]) -> int:
    """Make the clip, say so; on failure print manim's traceback."""
    scene, file, quality, *given = arguments
    theme, shape = (*given, *(DARK.name, DARK.shape)[len(given) :])
    look = THEMES[theme]._replace(shape=shape)
    name = f"{scene}{look.suffix}"
    if has_failed(name):  # the queue tries a job again, whatever it failed of
        return 1
    started = time.monotonic()
    say(f"{name}: rendering in {QUALITIES[check_quality(quality)]}")
    try:
        with job_folder(name) as media:
            video = render(scene, Path(file), quality, look, media)
            film = facts(video).seconds
            _hand_out(video, name, look)
    except RenderError as error:
        say(f"\n{name} FAILED. manim said:\n{error}\n")
        fail(name)
        return 1
    except (ValueError, OSError) as error:
        say(f"\n{name} FAILED: {reason(error)}\n")
        return 1
    say(f"{name}: done, {film:.0f} s of film in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
