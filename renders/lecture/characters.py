"""Characters that look like others: which are read as these, and how the others are named."""

from __future__ import annotations

import unicodedata

MINUS = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
"""What stands for a minus sign before a digit: the sign itself, the dashes that editors make of one, its wide forms."""
BLANK = "\u00a0\u2007\u2009\u202f\u200b\u2060\ufeff"
"""Blanks that are none to YAML: those that do not break, thin ones, and such of no width."""
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
_PLAIN = str.maketrans(dict.fromkeys(MINUS, "-") | dict.fromkeys(BLANK))


def plain(number: str) -> str:
    """Write a number in ASCII.

    >>> plain("\N{MINUS SIGN}3\N{NO-BREAK SPACE}")
    '-3'
    """
    return number.translate(_PLAIN)


def named(character: str) -> str:
    """Name a character as tables do.

    >>> named("\N{FULLWIDTH DIGIT ONE}"), named(chr(7))
    ('U+FF11 FULLWIDTH DIGIT ONE', 'U+0007')
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def strange(text: str) -> str:
    """Name the first character that may pass for another one, neither ASCII nor a letter; nothing if there is none.

    >>> strange("für\N{NO-BREAK SPACE}1")
    'U+00A0 NO-BREAK SPACE'
    """
    return next((named(c) for c in text if not c.isascii() and unicodedata.category(c)[0] not in "LM"), "")


def like_punctuation(text: str) -> int | None:
    """Give the place of the first blank, quote or sign that YAML would take for another character; None without any.

    >>> like_punctuation("name\N{FULLWIDTH COLON} A"), like_punctuation("name: A")
    (4, None)
    """
    return next((place for place, c in enumerate(text) if not c.isascii() and _looks_plain(c)), None)


def _looks_plain(character: str) -> bool:
    alike = unicodedata.normalize("NFKC", character)
    return character in BLANK + _QUOTES or alike in tuple(" :,[]{}#&*!|>'\"%@")
