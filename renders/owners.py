"""Whose clip is whose: a clip in renders/clips is not replaced by one that another lecture file calls the same.

What was rendered for which lecture file is written down as a render begins. A clip belongs to a file as long as the
clip is there, and the file still holds a clip of that name. So it is with the film and the slides, which are called as
the lecture file is: there may be one of that name in another folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from renders.lecture import ROOT, SCENE_FILES, Fault, LectureError, lines_of_names
from renders.making import CLIPS, whole
from renders.request import Job, called, project_name
from renders.turns import alone
from scenes._film import CARDS

OWNERS = SCENE_FILES / "owners.json"

Owners = dict[str, dict[str, str]]
"""By a clip's name in lower case: the lecture files that it was rendered for, and the entry of each.

By a film's or a deck's path: the lecture file that it was made for, with no entry.
"""


def owners() -> Owners:
    """Return what is written down; nothing if that is damaged."""
    try:
        read = json.loads((ROOT / OWNERS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    held = read.items() if isinstance(read, dict) else ()
    return {name: files for name, files in held if isinstance(files, dict)}


def check(path: Path, jobs: Sequence[Job], all_jobs: Sequence[Job]) -> None:
    """Raise LectureError for every job whose clip would replace that of another lecture file.

    Two files may hold the very same entry, as a copied lecture does: then their clips are the same. `all_jobs` are
    those of the whole lecture file.
    """
    known = owners()
    entries = {job.scene.casefold(): job.entry for job in all_jobs}
    faults = []
    for job in jobs:
        for other, entry in known.get(job.scene.casefold(), {}).items():
            if entry == job.entry or Path(other) == path.resolve() or not _is_there(job.scene):
                continue
            if place := _still_held(known, Path(other), job.scene, entries):
                message = (
                    f"{CLIPS.as_posix()} holds the clip of this name of {place}, which would be overwritten; "
                    "expected another name in one of the two files, or that clip to be deleted first"
                )
                faults.append(Fault(_line(path, job.scene) or 1, f"clip {job.scene}", "name", message))
    if faults:
        raise LectureError(path, faults)


def claim(path: Path, jobs: Sequence[Job]) -> None:
    """Write down that these clips are now rendered for a lecture file."""
    with alone(ROOT / OWNERS):
        known, before = owners(), owners()
        for job in jobs:
            others = known.get(job.scene.casefold(), {})
            same = {file: entry for file, entry in others.items() if entry == job.entry and Path(file).is_file()}
            known[job.scene.casefold()] = {**same, str(path.resolve()): job.entry}
        if known != before:
            _write(known)


def _write(known: Owners) -> None:
    with whole(ROOT / OWNERS) as (made,):
        made.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")


def take(path: Path, products: Sequence[Path], all_jobs: Sequence[Job]) -> None:
    """Write down that a film or decks are now made for a lecture file.

    Raises ValueError if that would replace those of another one, or of the project.
    """
    own_names = {project_name(part) for part in range(len(CARDS) + 1)}
    if (name := called(str(path)).casefold()) in own_names:
        own = f"{name} is what the project's own film and slides are called"
        raise ValueError(f"{own}; expected another name than {path}")
    with alone(ROOT / OWNERS):
        known = owners()
        entries = {job.scene.casefold(): job.entry for job in all_jobs}
        for product in products:
            key = product.as_posix().casefold()
            for other in map(Path, known.get(key, {}) if (ROOT / product).exists() else ()):
                if other != path.resolve() and (other.is_file() or not _is_moved(known, other, entries)):
                    raise ValueError(
                        f"{product.as_posix()} was made for {other} and would be overwritten; expected a lecture file "
                        f"of another name than {path}, or what was made to be deleted first"
                    )
            known[key] = {str(path.resolve()): ""}
        _write(known)


def _is_there(scene: str) -> bool:
    """Whether anything of a clip is there; file systems may not tell capitals from small letters."""
    folder, begins = ROOT / CLIPS, tuple(f"{scene.casefold()}{mark}" for mark in ".-")
    return folder.is_dir() and any(name.casefold().startswith(begins) for name in os.listdir(folder))


def _still_held(known: Owners, other: Path, scene: str, entries: Mapping[str, str]) -> str:
    """Say where another lecture file names a clip; nothing if it has no right to the name any more."""
    if not other.is_file():
        return "" if _is_moved(known, other, entries) else f"{other} (which is not there now)"
    try:
        line = _line(other, scene)
    except LectureError:
        return str(other)  # it is being edited: nobody can tell that it does not hold the clip any more
    return f"{other}:{line}" if line else ""


def _is_moved(known: Owners, other: Path, entries: Mapping[str, str]) -> bool:
    """Whether a file that is gone was moved or renamed: a clip of it is among these, as it was.

    Else it may only be away for a while.
    """
    return any(files.get(str(other), "gone") == entries.get(name) for name, files in known.items())


def _line(path: Path, scene: str) -> int | None:
    lines = {name.casefold(): line for name, line in lines_of_names(path).items()}
    return lines.get(scene.casefold())
