"""The lecture files of one call: which they are, what is rendered of each, and how all that is called."""

from __future__ import annotations

import glob
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from renders.request import Job, called
from renders.starting import own_file

BETWEEN = re.compile(r"(?:(?<=\.yaml)|(?<=\.yml))\s+")
"""What stands between two lecture files: the names of files may hold blanks, too."""
PATTERN = re.compile(r"[*?\[]")


class Lecture(NamedTuple):
    """A lecture file, the jobs that are asked for, and those of all its clips."""

    file: Path
    jobs: tuple[Job, ...]
    all_jobs: tuple[Job, ...]

    @property
    def name(self) -> str:
        """What its film and slides are called."""
        return called(str(self.file))


def lecture_files(given: str) -> tuple[Path, ...]:
    """Return the lecture files that are asked for, each once: `a.yaml b.yaml`, or `course/*.yaml`.

    Raises ValueError for a pattern that no file fits, and as `own_file` does.
    """
    whole = own_file(given)
    if whole is None or whole.is_file():
        return () if whole is None else (whole,)
    found = [file for name in BETWEEN.split(given.strip()) for file in _fitting(name)]
    return tuple({file.resolve(): file for file in found}.values())


def _fitting(name: str) -> list[Path]:
    file = own_file(name)
    if file is None or file.exists() or not PATTERN.search(name):
        return [] if file is None else [file]
    fitting = sorted(Path(path) for path in glob.glob(str(file), recursive=True))
    if not fitting:
        raise ValueError(f"{name} fits no file; expected lecture files in YAML")
    return fitting


def as_word(lectures: Sequence[Lecture]) -> str:
    """Write where lecture files are as the recipe takes it: without a letter that a shell or YAML reads as its own."""
    return " ".join(quote(str(lecture.file.resolve())) for lecture in lectures)


def of_word(word: str) -> tuple[Path, ...]:
    """Return the files that `as_word` wrote."""
    return tuple(Path(unquote(part)) for part in word.split())


class Story(NamedTuple):
    """What becomes one film and one deck: what its files are called, what stands above it, and its clips in order."""

    name: str
    heading: str
    jobs: tuple[Job, ...]

    @property
    def scenes(self) -> list[str]:
        """The names of its clips."""
        return [job.scene for job in self.jobs]

    @property
    def spelt(self) -> str:
        """The name as Snakemake reads it: braces are its wildcards."""
        return self.name.replace("{", "{{").replace("}", "}}")

    def rule(self, kind: str, number: int) -> str:
        """Name the rule that makes a kind of thing of the story with this number; the first needs none."""
        return f"{kind}_{number + 1}" if number else kind


def jobs_of(lectures: Sequence[Lecture]) -> tuple[Job, ...]:
    """Return the jobs of all lectures, each once, in their order."""
    return tuple({job.scene: job for lecture in lectures for job in lecture.jobs}.values())


def check_names(lectures: Sequence[Lecture], what: str) -> None:
    """Raise ValueError for two lecture files whose film or slides would be called the same."""
    first: dict[str, Path] = {}
    for lecture in lectures:
        other = first.setdefault(lecture.name.casefold(), lecture.file)
        if other != lecture.file:
            raise ValueError(
                f"{other} and {lecture.file} have one name, which is that of what {what} makes of them; "
                "expected lecture files whose names differ"
            )


def title(names: Sequence[str], most: int = 3) -> str:
    """Name what a page shows: the lectures, of many the first ones.

    >>> title(["edges", "padding"]), title(["a", "b", "c", "d"])
    ('edges, padding', 'a, b and 2 more')
    """
    shown = list(names) if len(names) <= most else names[: most - 1]
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(shown) < len(names) else "")
