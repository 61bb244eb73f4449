"""What may be asked of the render recipe: which scenes, in which quality. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from scenes._film import CARDS, CLASSICS, FILM, OPENING, PARTS, Clip, Part, part_of

#: manim's quality letters and the folder that manim writes each one's videos to.
QUALITIES = {"l": "480p15", "m": "720p30", "h": "1080p60", "p": "1440p60", "k": "2160p60"}

#: What film and slides are called when they are not those of a lecture file.
PROJECT = "cnn-viewpoints"

#: How the names of a film's files end.
FILM_ENDINGS = (".mp4", ".srt", ".vtt", "-chapters.txt")

#: The decks of slides, and how their names end: a folder for the browser, the same as one file, one for PowerPoint.
SLIDES = {"html": "", "file": ".html", "pptx": ".pptx"}

#: What stands for all the classics among names of scenes.
EVERY_CLASSIC = "classics"


class Job(NamedTuple):
    """One clip to make: its scene, the module of `scenes` that draws it, and the file that manim renders.

    `entry` stands for all that a lecture file says of the clip; a change of it is a reason to render again.
    """

    scene: str
    module: str
    file: str
    entry: str = ""


class Named(Protocol):
    """Anything that is picked by the name of its scene."""

    @property
    def scene(self) -> str:
        """The name."""


AnyClip = TypeVar("AnyClip", bound=Named)


def check_quality(letter: str) -> str:
    """Return `letter` if manim knows it as a quality, else raise ValueError."""
    if letter not in QUALITIES:
        known = ", ".join(f"{name} ({folder})" for name, folder in QUALITIES.items())
        raise ValueError(f"unknown quality {letter!r}; expected one of {known}")
    return letter


def check_slides(names: str) -> tuple[str, ...]:
    """Return the decks named, with blanks between; html and pptx for no name. Raises ValueError for an unknown one."""
    unknown = [name for name in names.split() if name not in SLIDES]
    if unknown:
        raise ValueError(f"unknown slides {', '.join(unknown)}; expected any of {', '.join(SLIDES)}")
    return tuple(dict.fromkeys(names.split())) or ("html", "pptx")


def film_jobs(film: Sequence[Clip] = FILM) -> tuple[Job, ...]:
    """Return a job for each clip of the film, in its order."""
    return tuple(Job(clip.scene, clip.module, f"scenes/{clip.module}.py") for clip in film)


def pick(names: Sequence[str], film: Sequence[AnyClip]) -> tuple[AnyClip, ...]:
    """Return the named clips in the order of the film or lecture, all of them for no name at all.

    Raises ValueError for a name that is not in there.
    """
    known = [clip.scene for clip in film]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"unknown scene {', '.join(unknown)}; expected any of {', '.join(known)}")
    return tuple(clip for clip in film if not names or clip.scene in names)


def check_part(given: str) -> int:
    """Return the number of a part of the film, 0 for blanks. Raises ValueError if there is no such part."""
    if not given.strip():
        return 0
    if given.strip() not in {str(number) for number in range(1, len(CARDS) + 1)}:
        known = ", ".join(f"{number} ({part.title})" for number, part in map(_numbered, CARDS))
        raise ValueError(f"unknown part {given}; expected one of {known}")
    return int(given)


def _numbered(card: Clip) -> tuple[int, Part]:
    return part_of(card.scene)


def own_jobs(names: Sequence[str], part: int = 0) -> tuple[Job, ...]:
    """Return the jobs of these scenes of the film and the classics, in their order; the film's for no name at all.

    The name `classics` stands for all of those. Of a `part` only its own scenes are known. Raises ValueError for a name
    that is not.
    """
    if part:
        return pick(names, film_jobs(_numbered(CARDS[part - 1])[1].clips))
    if not names:
        return film_jobs()
    classics = [clip.scene for clip in CLASSICS] if EVERY_CLASSIC in names else []
    return pick([*(n for n in names if n != EVERY_CLASSIC), *classics], film_jobs((*FILM, *CLASSICS)))


def story_jobs(jobs: Sequence[Job], part: int = 0) -> tuple[Job, ...]:
    """Return the jobs of a film that is made of these: the title card first, and each part's own card before it.

    The film of one part begins with that part's card. Of a part that no job is of there is no card.
    """
    cards = {each.clips: each.card for each in PARTS}
    told: list[Job] = [] if part else list(film_jobs((OPENING,)))
    for clips, card in cards.items():
        own = [job for job in jobs if job.scene in {clip.scene for clip in clips}]
        told += [*(film_jobs((card,)) if card and own else ()), *own]
    return (*told, *(job for job in jobs if job not in told))


def project_name(part: int = 0) -> str:
    """Return what the project's film and slides are called, or those of one part."""
    return f"{PROJECT}-part-{part}" if part else PROJECT


def heading_of(scene: str) -> str:
    """Return the title of the part of the film that a scene is in; nothing for one that is in none."""
    return next((part.title for part in PARTS if any(clip.scene == scene for clip in part.clips)), "")


def called(lecture: str) -> str:
    """Return what the files of film and slides are called: as the project, or as the lecture file if there is one."""
    return Path(lecture).stem if lecture else PROJECT
