"""Lecture files for tests: a sound clip, others made of it, and what is read or said of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from renders.lecture import LectureClip, LectureError, read

SOUND = """
- name: Edges
  scene: FilterSliding
  image: [[1, 2, 3], [4, 5, 6]]
  kernel: [[1, -1]]
"""


def clips(folder: Path, text: str) -> list[LectureClip]:
    path = folder / "my.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, ask_scenes=False)


def mistakes(folder: Path, text: str) -> list[str]:
    """What is said of a file, each line without the folder."""
    with pytest.raises(LectureError) as caught:
        clips(folder, text)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{folder / 'my.yaml'}:") for line in lines)
    return [line.replace(f"{folder}/", "") for line in lines]


def clip(**keys: Any) -> str:
    """A file of one clip: the sound one with other keys; None leaves a key out."""
    entry: dict[str, Any] = {
        "name": "Edges",
        "scene": "FilterSliding",
        "image": [[1, 2, 3], [4, 5, 6]],
        "kernel": [[1, -1]],
    }
    entry |= keys
    lines = [f"{key}: {json.dumps(value)}" for key, value in entry.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"
