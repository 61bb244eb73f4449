"""Captions: read from a clip's .srt, moved along, written as .srt and .vtt, and spoken again as narration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import srt


class Caption(NamedTuple):
    """A caption and the milliseconds at which it comes and goes."""

    start: int
    end: int
    text: str
    high: bool = False
    """Whether it goes to the top of the picture, as there is something below that it would cover."""

    def later(self, milliseconds: int) -> Caption:
        """The same caption, that much later."""
        return self._replace(start=self.start + milliseconds, end=self.end + milliseconds)

    def within(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether its middle is in one of these spans of milliseconds."""
        return any(start * 2 <= self.start + self.end < end * 2 for start, end in spans)


def read_captions(path: Path) -> list[Caption]:
    """Read an .srt file, in order of time; somebody may have edited it. What says nothing, or for no time, is left out.

    An .srt file cannot say which captions go to the top: the .vtt beside it does, if there is one.

    Raises ValueError, with the line, for a file that is none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        parsed = list(srt.parse(text))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not in UTF-8; save it so") from error
    except srt.SRTParseError as error:
        line = text.count("\n", 0, error.expected_start) + 1
        raise ValueError(f"{path}:{line}: got {_short(error.unmatched_content)}; {_EXPECTED}") from error
    for each in parsed:
        when = f"{path}: the caption of {srt.timedelta_to_srt_timestamp(each.start)}"
        if each.end < each.start:
            raise ValueError(f"{when} ends at {srt.timedelta_to_srt_timestamp(each.end)}, before it starts")
        if timing := next((line for line in each.content.splitlines() if _TIMING.match(line)), None):
            raise ValueError(f"{when} says {_short(timing)}; expected a blank line before the next caption")
    milli = timedelta(milliseconds=1)
    read = (Caption(each.start // milli, each.end // milli, _lines(each.content)) for each in sorted(parsed))
    high = _high(path.with_suffix(".vtt"))
    return [each._replace(high=each.within(high)) for each in read if each.text and each.start < each.end]


def _high(vtt: Path) -> list[tuple[int, int]]:
    """The times of the captions that a .vtt of ours has at the top, in milliseconds; without a file there are none."""
    if not vtt.is_file():
        return []
    found = re.findall(rf"(?m)^(\S+) --> (\S+){_AT_THE_TOP}$", vtt.read_text(encoding="utf-8-sig", errors="replace"))
    milli = timedelta(milliseconds=1)
    return [
        (srt.srt_timestamp_to_timedelta(one) // milli, srt.srt_timestamp_to_timedelta(other) // milli)
        for one, other in found
    ]


_AT_THE_TOP = " line:0"

_TIMING = re.compile(r"\s*\d+:\d+:\d+[,.]\d+\s*-->\s*\d")
_EXPECTED = "expected a number, a line such as 00:00:01,000 --> 00:00:04,000, and then what is said"


def _short(text: str) -> str:
    """Show the first line of a text that has any."""
    return repr(text.strip().partition("\n")[0][:60])


def _lines(text: str) -> str:
    """Return what a text says in lines of which none is blank: such a line ends a caption in either kind of file."""
    printed = ("".join(" " if category(char) == "Cc" else char for char in line) for line in text.splitlines())
    lines = (" ".join(line.split()) for line in printed)
    return "\n".join(filter(None, lines))


def as_srt(captions: Iterable[Caption]) -> str:
    """Return the text of an .srt file. It knows no way to write an arrow of hyphens that is none between times."""
    subtitles = [
        srt.Subtitle(None, timedelta(milliseconds=start), timedelta(milliseconds=end), said.replace("-->", "→"))
        for start, end, text, _ in captions
        if (said := _lines(text))
    ]
    return str(srt.compose(subtitles))


def as_vtt(captions: Iterable[Caption]) -> str:
    """Return the text of a WebVTT file, which browsers and upload pages take. It says which captions go to the top."""
    said = ((each, _lines(each.text)) for each in captions)
    cues = [
        f"{_clock(each.start)} --> {_clock(each.end)}{_AT_THE_TOP if each.high else ''}\n{_escaped(text)}\n"
        for each, text in said
        if text
    ]
    return "\n".join(["WEBVTT\n", *cues])


def narration(captions: Sequence[Caption], start: float, end: float) -> str:
    """Return what is said between two times in seconds: the captions that have their middle there."""
    return " ".join(
        " ".join(each.text.split()) for each in captions if start * 2000 <= each.start + each.end < end * 2000
    )


def _clock(milliseconds: int) -> str:
    seconds, milli = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milli:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
