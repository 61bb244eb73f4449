"""Captions: read from a clip's .srt, moved along, written as .srt and .vtt, and spoken again as narration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import srt


class Caption(NamedTuple):
    """A caption and the milliseconds at which it comes and goes."""

    start: int
    end: int
    text: str

    def later(self, milliseconds: int) -> Caption:
        """The same caption, that much later."""
        return Caption(self.start + milliseconds, self.end + milliseconds, self.text)


def read_captions(path: Path) -> list[Caption]:
    """Read an .srt file, in order of time. Raises ValueError for a file that is none."""
    try:
        parsed = sorted(srt.parse(path.read_text(encoding="utf-8")))
    except srt.SRTParseError as error:
        raise ValueError(f"{path} is no .srt file: {error}") from error
    milli = timedelta(milliseconds=1)
    return [Caption(each.start // milli, each.end // milli, each.content.strip()) for each in parsed]


def as_srt(captions: Iterable[Caption]) -> str:
    """Return the text of an .srt file."""
    subtitles = [
        srt.Subtitle(None, timedelta(milliseconds=start), timedelta(milliseconds=end), text)
        for start, end, text in captions
    ]
    return str(srt.compose(subtitles))


def as_vtt(captions: Iterable[Caption]) -> str:
    """Return the text of a WebVTT file, which browsers and upload pages take."""
    cues = [f"{_clock(start)} --> {_clock(end)}\n{_escaped(text)}\n" for start, end, text in captions]
    return "\n".join(["WEBVTT\n", *cues])


def narration(captions: Sequence[Caption], start: float, end: float) -> str:
    """Return what is said between two times in seconds: the captions that have their middle there."""
    return " ".join(each.text for each in captions if start * 2000 <= each.start + each.end < end * 2000)


def _clock(milliseconds: int) -> str:
    seconds, milli = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milli:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
