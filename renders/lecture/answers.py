"""Which clips their scenes can show, as they said when they were asked: asking ten of them takes seconds.

Only that they can is remembered, and only as long as no source file of the project has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from renders.lecture.clips import LectureClip
from renders.making import write_whole
from renders.unchanged import state_of_sources


class Answers:
    """The clips that can be shown, in a note that lasts from one command to the next; a damaged one says nothing."""

    def __init__(self, note: Path, root: Path) -> None:
        """Read what the file `note` says, if it was written with the sources that the project in `root` has now."""
        self._note, self._sources = note, state_of_sources(root)
        self._shown: set[str] = set()
        try:
            read = json.loads(note.read_text(encoding="utf-8"))
            if read["sources"] == self._sources:
                self._shown.update(read["shown"])
        except (OSError, ValueError, LookupError, TypeError):
            pass

    def __contains__(self, clip: LectureClip) -> bool:
        """Whether the clip's scene has said that it can show it."""
        return _key(clip) in self._shown

    def add(self, clips: Iterable[LectureClip]) -> None:
        """Write down that these can be shown, too."""
        new = {_key(clip) for clip in clips} - self._shown
        if new:
            self._shown |= new
            write_whole(self._note, json.dumps({"sources": self._sources, "shown": sorted(self._shown)}))


def _key(clip: LectureClip) -> str:
    return hashlib.sha256(clip.source().encode()).hexdigest()[:32]
