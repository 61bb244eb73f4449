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
    """Give the Python file of a lecture file, seen from the project's folder.

    manim puts the file's folder in front of Python's path: without an ending of its own, a lecture numpy.yaml would
    hide numpy.
    """
    return SCENE_FILES / f"{re.sub(r'[^A-Za-z0-9_]', '_', path.stem)}_clips.py"


def write_scenes(path: Path, clips: Sequence[LectureClip]) -> Path:
    """Write the scenes of a lecture file for manim, whole or not at all; leave the file alone if it says that."""
    file = scene_file(path)
    head = f"# The clips of {path.name!a}. Written by the recipe: change that file, not this one.\n"
    classes = "".join(f"\n\n{clip.source()}" for clip in clips)
    text = f"{head}import cnnmath\nimport scenes\n{classes}"
    target = ROOT / file
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return file
    write_whole(target, text)
    return file


def lecture_jobs(path: Path, ask_scenes: bool = True) -> tuple[Job, ...]:
    """Read a lecture file, write its scenes, and give its jobs for the recipe. Raises LectureError as `read` does."""
    clips = read(path, ask_scenes, Answers(ROOT / SCENE_FILES / ANSWERS, ROOT) if ask_scenes else None)
    file = write_scenes(path, clips).as_posix()
    return tuple(
        Job(clip.name, MODULES[clip.scene], file, hashlib.sha256(clip.source().encode()).hexdigest()[:16])
        for clip in clips
    )
