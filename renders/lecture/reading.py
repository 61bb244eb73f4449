"""The clips of a lecture file, or every mistake in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from renders.lecture.answers import Answers
from renders.lecture.clips import LectureClip
from renders.lecture.document import MOST_TEXT, Document
from renders.lecture.entry import clip_or_mistakes
from renders.lecture.faults import Fault, LectureError, short
from renders.lecture.names import MODULES, MOST_NAME
from renders.lecture.not_yaml import NotReadError


def read(path: Path, ask_scenes: bool = True, answers: Answers | None = None) -> list[LectureClip]:
    """Read the clips of a lecture file. Raises LectureError with every mistake in it.

    With `ask_scenes` every scene is asked whether it can show its convolution, which takes the import of manim; but
    for those that are among `answers`, where the others are added.
    """
    document = _document(path)
    if not isinstance(document.data, list) or not document.data:
        got = "nothing" if document.data in (None, []) else short(document.data)
        raise LectureError(path, [Fault(1, "", "", f"expected a list of clips, each with - name: first; got {got}")])
    faults, clips = [], []
    for index, given in enumerate(document.data):
        called = _called(given, index)
        for place, message, clip in clip_or_mistakes(given, path.parent):
            if clip is not None:
                clips.append((index, clip))
            else:
                key = ".".join(_cut(part) for part in place if isinstance(part, str))
                faults.append(Fault(document.line((index, *place)), called, key, message))
    for twice in document.twice:
        called = _called(document.data[cast("int", twice.place[0])], cast("int", twice.place[0]))
        key = ".".join(_cut(str(part)) for part in twice.place[1:])
        faults.append(Fault(twice.line, called, key, "stands twice in this clip; expected it once"))
    faults += _same_names(document)
    if ask_scenes:
        for index, message in _refusals(clips, answers):
            called = _called(document.data[index], index)
            faults.append(Fault(document.line((index, "scene")), called, "scene", message))
    if faults:
        raise LectureError(path, faults)
    return [clip for _, clip in clips]


def refused(path: Path, name: str, message: str) -> LectureError:
    """Give the error for a clip that its scene cannot show, as `read` does."""
    return LectureError(path, [Fault(lines_of_names(path).get(name, 1), f"clip {name}", "scene", message)])


def lines_of_names(path: Path) -> dict[str, int]:
    """Tell on which line each clip of a lecture file has its name. Raises LectureError for a file that is no YAML."""
    document = _document(path)
    given = enumerate(document.data if isinstance(document.data, list) else [])
    named = ((index, clip["name"]) for index, clip in given if isinstance(clip, dict) and "name" in clip)
    return {str(name): document.line((index, "name")) for index, name in named}


def _document(path: Path) -> Document:
    """Parse a file; raises LectureError if there is none or if it is no YAML."""
    try:
        # A file of another sort may be as large as it likes.
        with path.open(encoding="utf-8-sig") as file:
            return Document(file.read(MOST_TEXT + 1))
    except NotReadError as error:
        fault = Fault(error.line, "", "", error.message)
    except UnicodeDecodeError as error:
        fault = Fault(1, "", "", f"not YAML in UTF-8: {error}")
    except OSError as error:
        fault = Fault(1, "", "", f"{error.strerror}; expected a lecture file in YAML")
    raise LectureError(path, [fault])


def _cut(key: str) -> str:
    return key if len(key) <= MOST_NAME else f"{key[: MOST_NAME - 3]}..."


def _called(given: Any, index: int) -> str:
    """Give the words by which a reader finds a clip: its name, or its place in the list."""
    name = given.get("name") if isinstance(given, dict) else None
    return (
        f"clip {name}"
        if isinstance(name, str) and name.isprintable() and 0 < len(name) <= MOST_NAME
        else f"clip {index + 1}"
    )


def _same_names(document: Document) -> Iterator[Fault]:
    """Yield the clips whose name, or one that differs in case alone, is taken: their files would be the same."""
    taken: dict[str, tuple[int, int]] = {}
    for index, given in enumerate(document.data):
        name = given.get("name") if isinstance(given, dict) else None
        if not isinstance(name, str):
            continue
        line = document.line((index, "name"))
        first, its_line = taken.setdefault(name.casefold(), (index, line))
        if first != index:
            yield Fault(line, f"clip {name}", "name", f"is taken by the clip in line {its_line}; expected another one")


def _refusals(clips: Sequence[tuple[int, LectureClip]], answers: Answers | None) -> Iterator[tuple[int, str]]:
    """Yield what scenes say that cannot show their convolution, by drawing what they check and filming nothing."""
    clips = [(index, clip) for index, clip in clips if answers is None or clip not in answers]
    if not clips:
        return
    shown = []
    from manim import logger, tempconfig

    level = logger.level
    logger.setLevel("WARNING")
    with tempfile.TemporaryDirectory() as folder, tempconfig({"media_dir": folder, "dry_run": True}):
        for index, clip in clips:
            scene = getattr(import_module(f"scenes.{MODULES[clip.scene]}"), clip.scene)
            mine = type(clip.name, (scene,), clip.attributes)
            try:
                mine().setup()
                shown.append(clip)
            except (ValueError, TypeError) as error:
                yield index, str(error)
            except Exception as error:  # a scene that falls over its convolution cannot show it either
                yield index, f"{clip.scene} cannot show this ({type(error).__name__}: {error})"
    logger.setLevel(level)
    if answers is not None:
        answers.add(shown)
