"""What all that make files share: a file appears whole or not at all, and a line is said in one piece."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

MEDIA, CLIPS = Path("renders", "media"), Path("renders", "clips")

Item = TypeVar("Item")
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@contextmanager
def whole(*targets: Path) -> Iterator[list[Path]]:
    """Give a path to write for each target, and move them all there when the block has ended well.

    They lie in a hidden folder of manim's media, on the same file system: what a kill leaves there is in nobody's way.
    """
    MEDIA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MEDIA, prefix=".unfinished-") as folder:
        unfinished = [Path(folder, target.name) for target in targets]
        yield unfinished
        for made, target in zip(unfinished, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(made, target)


def write_whole(target: Path, text: str) -> None:
    """Write a text file, whole or not at all; until it is whole it lies in a hidden folder beside its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as unfinished:
        made = Path(unfinished, target.name)
        made.write_text(text, encoding="utf-8")
        os.replace(made, target)


def say(line: str) -> None:
    """Write a line in one piece: two jobs at once share the screen."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def reported(program: str, lines: Iterable[str]) -> int:
    """Say the lines of a job as it makes them. A mistake is one line, too; returns the exit code."""
    try:
        for line in lines:
            say(line)
    except (ValueError, OSError) as error:
        print(f"{program}: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


def told(items: Iterable[Item], count: int, name: str) -> Iterator[Item]:
    """Pass items on, and say after each quarter of them how far the file `name` is."""
    quarters = {round(count * share / 4): 25 * share for share in (1, 2, 3)} if count >= 100 else {}
    for number, item in enumerate(items, 1):
        yield item
        if number in quarters:
            say(f"{name}: {quarters[number]} %")
