"""What the tests know of a clip that shows more than one convolution: its book, a file each in tests/scenes/books.

Every clip of `scenes/_film.py` is tested for stills, themes, shapes, chain and motion without being named. What is on
its stills is read back by the book: `books/<module>.py` with one `BOOK`, which says

- which steps the clip has with these parameters (`steps`),
- what each text with a key must say (`value`): a number, which is read digit by digit, or the text itself,
- when each sentence, key figure or word with a number in it is true (`claims`, `figures`),
- what else must hold of its pictures (`faults`: curves, bars, frames, shades, edges),
- other parameters that it shows (`others`), and some that it refuses, with what it says of them (`refused`).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from claims import sentences
from numerals import NOISE, NOTE, given, magnitude, value_of, wrong
from screen import FILM_SCENES, Drawn, Key, Run, Shot
from storyboard import BOARDS

from scenes._film import FILM

__path__ = [str(Path(__file__).with_suffix(""))]
"""Where Python looks for `books.activation`, and so on."""

POST_SCENES = [name for name in FILM_SCENES if name in BOARDS]
"""The clips that show one convolution, whatever it is."""
BOOK_SCENES = [name for name in FILM_SCENES if name not in BOARDS]

__path__ = [str(Path(__file__).with_suffix(""))]
"""The folder beside this file holds its books: `books.activation`."""

_WORDS = (None, "title", "figure", "caption")
"""Kinds of texts that are words, not values."""


@dataclass(frozen=True)
class Still:
    """The end of a step, and the scene with its parameters."""

    run: Run
    shot: Shot

    @property
    def scene(self) -> Any:
        return self.run.scene


@dataclass(frozen=True)
class Fine:
    """A number that has more digits than most: `digits` of them, or so many `places` after the point."""

    value: float
    digits: int | None = None
    places: int = 0

    def last(self, shown: Fraction) -> Fraction:
        """The place of its last digit. What is not zero does not look like zero."""
        power = -self.places if self.digits is None else magnitude(shown) + 1 - self.digits
        return Fraction(10) ** min(0, power, magnitude(shown))


Read = float | str | Fine
Claim = Callable[[Still, "re.Match[str]"], bool]
Claims = Sequence[tuple[str, Claim]]
Parameters = Mapping[str, object]


@dataclass(frozen=True)
class Book:
    """What a clip must show."""

    steps: Callable[[Any], Sequence[str]]
    value: Callable[[Still, Key], Read | None]
    claims: Claims
    figures: Claims
    faults: Callable[[Run], list[str]]
    others: Mapping[str, Parameters]
    refused: Mapping[str, tuple[Parameters, str]]


def book_of(name: str) -> Book:
    """The book of a clip. Raises AssertionError where it has none."""
    module = next(clip.module for clip in FILM if clip.scene == name)
    try:
        return importlib.import_module(f"books.{module}").BOOK
    except ModuleNotFoundError as error:
        if error.name not in ("books", f"books.{module}"):
            raise
        raise AssertionError(
            f"{name} is in scenes/_film.py, and nobody says what it must show: add tests/scenes/books/{module}.py "
            "with its BOOK (tests/scenes/books.py says what is in one, docs/add-a-view.md has an example)"
        ) from None


def stills(run: Run) -> list[Still]:
    """The end of every step."""
    return [Still(run, shot) for shot in run.shots]


def kind(text: Drawn) -> object:
    """The first word of a text's key."""
    return text.key[0] if text.key else None


def misread(text: Drawn, should: Read) -> str:
    """What is wrong with a text that should say this; nothing if it is right."""
    says = text.says or ""
    if isinstance(should, str):
        return "" if says == should else f"should say {should!r}"
    exact = exact_of(should)
    try:
        shown = value_of(says)
    except ValueError:
        return f"should be a number, {float(exact):g}"
    last = should.last(shown) if isinstance(should, Fine) and shown else None
    return wrong(says, shown, exact, NOISE * max(abs(exact), Fraction(1)), last)


def exact_of(should: float | Fine) -> Fraction:
    """The number that is meant."""
    return given(should.value if isinstance(should, Fine) else should)


def value_faults(run: Run) -> list[str]:
    """Texts that say something else than what they stand for, numbers that stand for nothing, and unsaid rounding."""
    book, found = book_of(run.name), []
    for still in stills(run):
        rounded = False
        for text in still.shot.texts:
            if kind(text) in _WORDS:
                continue
            should = book.value(still, text.key or ())
            if should is None and re.search(r"\d", text.says or ""):
                found.append(f"{still.shot}: nobody says what {text} should say (value of its book)")
            elif should is not None:
                fault = misread(text, should)
                found += [f"{still.shot}: {text} {fault}"] if fault else []
                rounded = rounded or is_rounded(text, should)
        title = " ".join(text.says or "" for text in still.shot.of_kind("title"))
        if rounded != (NOTE in title):
            found.append(f"{still.shot}: numbers are {'' if rounded else 'not '}rounded, but the title says {title!r}")
    return found


def is_rounded(text: Drawn, should: Read) -> bool:
    """Whether a text shows another number than it stands for."""
    if isinstance(should, str):
        return False
    try:
        shown = value_of(text.says or "")
    except ValueError:
        return False
    exact = exact_of(should)
    return abs(shown - exact) > NOISE * max(abs(exact), Fraction(1))


def told_faults(run: Run) -> list[str]:
    """Sentences, key figures and words with numbers that nobody stands behind, or that are not true here."""
    book, found = book_of(run.name), []
    for still in stills(run):
        figures = sorted(still.shot.of_kind("figure"), key=lambda text: -float(text.middle[1]))
        figure = " ".join(text.says or "" for text in figures)
        words = [t.says or "" for t in still.shot.texts if kind(t) in (None, "caption")]
        said: list[tuple[Claims, str]] = [(book.claims, sentence) for sentence in sentences(still.shot.narration)]
        said += [(book.figures, text) for text in (figure, *words) if re.search(r"\d", text) or text == figure != ""]
        for claims, text in said:
            matching = [(claim, match) for pattern, claim in claims if (match := re.fullmatch(pattern, text))]
            if not matching:
                found.append(f"{still.shot}: its book does not say when this is true: {text}")
            elif not any(claim(still, match) for claim, match in matching):
                found.append(f"{still.shot}: this is not true here: {text}")
    return found
