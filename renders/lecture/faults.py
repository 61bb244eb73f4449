"""The mistakes of a lecture file, one line each, and how they are said."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

MOST_SAID = 1000
"""Characters of a mistake, whatever was given; the names of all scenes are some 300."""


class Fault(NamedTuple):
    """One mistake: the line, the clip as the reader knows it, the key (or none), and what was given and expected."""

    line: int
    clip: str
    key: str
    message: str


class LectureError(Exception):
    """A lecture file that cannot be rendered: its mistakes, in the order of the file, as one line each."""

    def __init__(self, path: Path, faults: Iterable[Fault]) -> None:
        """Keep the mistakes, and say them."""
        self.faults = sorted(set(faults))
        super().__init__("\n".join(_one_line(path, fault) for fault in self.faults))


def _one_line(path: Path, fault: Fault) -> str:
    """Say a mistake; what the file says may hold line breaks of its own."""
    line, *rest = fault
    text = " ".join(": ".join(filter(None, rest)).split())
    return f"{path}:{line}: {text if len(text) <= MOST_SAID else text[: MOST_SAID - 3] + '...'}"


class MisplacedError(ValueError):
    """A mistake within the lists or keys of a key: where, as indices and keys."""

    def __init__(self, message: str, place: tuple[int | str, ...]) -> None:
        """Keep both."""
        self.place = place
        super().__init__(message)


def said(check: Callable[..., Any]) -> Callable[..., Any]:
    """Let pydantic report whatever a check raises in the check's own words."""

    def checked(value: Any, info: ValidationInfo) -> Any:
        try:
            return check(value, info)
        except (ValueError, TypeError, OSError) as error:
            raise PydanticCustomError(
                "refused", "{reason}", {"reason": str(error), "place": getattr(error, "place", ())}
            ) from error

    return checked


def near(word: object, known: Collection[str]) -> str:
    """Name what is known, and what was probably meant."""
    meant = difflib.get_close_matches(str(word)[:100], known, 1)
    return f"expected any of {', '.join(known)}" + (f" (did you mean {meant[0]}?)" if meant else "")


def short(value: Any, most: int = 60) -> str:
    """Show a value in one line of bearable length."""
    text = " ".join(repr(value).split())
    if len(text) <= most:
        return text
    return f"{text[: most - 3]}..." + (f" ({len(value):,} characters)" if isinstance(value, str) else "")


def less(key: int | str, message: str) -> str:
    """Take away a key with which a message begins: it stands in front of it anyway."""
    return message.removeprefix(f"{key} ") if message.startswith(f"{key} must ") else message
