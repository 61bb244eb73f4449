"""What may be asked of the render recipe: which scenes, in which quality. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence

from scenes._film import CLASSICS, FILM, Clip

#: manim's quality letters and the folder that manim writes each one's videos to.
QUALITIES = {"l": "480p15", "m": "720p30", "h": "1080p60", "p": "1440p60", "k": "2160p60"}

#: What stands for all the classics among names of scenes.
EVERY_CLASSIC = "classics"


def check_quality(letter: str) -> str:
    """Return `letter` if manim knows it as a quality, else raise ValueError."""
    if letter not in QUALITIES:
        known = ", ".join(f"{name} ({folder})" for name, folder in QUALITIES.items())
        raise ValueError(f"unknown quality {letter!r}; expected one of {known}")
    return letter


def pick(names: Sequence[str], film: Sequence[Clip] = FILM, classics: Sequence[Clip] = CLASSICS) -> tuple[Clip, ...]:
    """Return the named clips in the film's order, then the classics'; the whole film for no name at all.

    The name `classics` stands for all of them. Raises ValueError for a name that is neither there nor there.
    """
    known = [clip.scene for clip in (*film, *classics)]
    unknown = [name for name in names if name not in (*known, EVERY_CLASSIC)]
    if unknown:
        raise ValueError(
            f"unknown scene {', '.join(unknown)}; expected any of {', '.join(known)}, or {EVERY_CLASSIC} for the "
            f"last {len(classics)}"
        )
    wanted = [*names, *(clip.scene for clip in classics if EVERY_CLASSIC in names)]
    return tuple(clip for clip in (*film, *classics) if clip.scene in wanted) if names else tuple(film)
