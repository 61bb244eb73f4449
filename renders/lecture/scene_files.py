"""What is made of a lecture file: a Python file of scenes for manim, and the jobs of the recipe."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from renders.lecture.answers import Answers
from renders.lecture.clips import LectureClip
from renders.lecture.names import MODULES
from renders.lecture.reading import read
from renders.making import write_whole
from renders.request import Job

ROOT = Path(__file__).resolve().parents[2]
SCENE_FILES = Path("renders", "media", "lectures")
"""Where the Python files of lectures land, seen from the project's folder."""
ANSWERS = "shown.json"
"""What scenes have said that they can show, beside those files."""


def scene_file(path: Path) -> Path:
    """Give the Python file of a lecture file that previews take, seen from the project's folder.

    manim puts the file's folder in front of Python's path: without an ending of its own, a lecture numpy.yaml would
    hide numpy.
    """
    return SCENE_FILES / f"{re.sub(r'[^A-Za-z0-9_]', '_', path.stem)}_clips.py"


def write_scenes(path: Path, clips: Sequence[LectureClip]) -> Path:
    """Write the scenes of a lecture file in one Python file, for whoever previews them with manim."""
    file = scene_file(path)
    head = f"# The clips of {path.name!a}. Written by the recipe: change that file, not this one.\n"
    classes = "".join(f"\n\n{clip.source()}" for clip in clips)
    text = f"{head}import cnnmath\nimport scenes\n{classes}"
    _write_once(ROOT / file, text)
    return file


def lecture_jobs(path: Path, ask_scenes: bool = True) -> tuple[Job, ...]:
    """Read a lecture file, write its scenes, and give its jobs for the recipe. Raises LectureError as `read` does."""
    clips = read(path, ask_scenes, Answers(ROOT / SCENE_FILES / ANSWERS, ROOT) if ask_scenes else None)
    write_scenes(path, clips)
    return tuple(_job(clip) for clip in clips)


def _job(clip: LectureClip) -> Job:
    """Give the job of a clip, and write the Python file that manim renders.

    That file is the clip's own and is called after what is in it: what a job waits to render stays as it is, whoever
    edits the lecture meanwhile, or renders another one of the same name from another folder.
    """
    source = clip.source()
    entry = hashlib.sha256(source.encode()).hexdigest()[:16]
    file = SCENE_FILES / "clips" / f"{clip.name}_{entry}.py"
    text = f"# Written by the recipe.\nimport cnnmath\nimport scenes\n\n\n{source}"
    _write_once(ROOT / file, text)
    return Job(clip.name, MODULES[clip.scene], file.as_posix(), entry)


def _write_once(target: Path, text: str) -> None:
    """Write a file, whole or not at all; leave it alone if it says that already."""
    if not (target.is_file() and target.read_text(encoding="utf-8") == text):
        write_whole(target, text)
