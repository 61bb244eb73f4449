"""Narration cut into captions."""

from __future__ import annotations

import math
from collections.abc import Sequence

LINE_LENGTH = 84
"""Characters in one caption: two lines of subtitle."""

LOW = "low"
"""The type of manim's section for a step in which something stands where players put captions."""

_WORDS = (
    "a an the of to in on at by for from with without as and or but nor so that which who where when if than into onto "
    "over under above below beside between through its their his her our your my this these those each every no all "
    "both is are was were be has have had can must may will do does not only more less one two"
)
_LEANING = frozenset(_WORDS.split())
"""Words that belong to the next one: articles, prepositions, conjunctions, helping verbs, numbers."""
_AFTER_LEANING, _AFTER_WORD, _AFTER_COMMA = 1.0, 0.2, 0.05
"""What a cut costs; after a sentence it costs nothing. A caption twice as long as it should be costs 1, too."""


def captions(narration: str) -> list[str]:
    """Narration cut between words into as few captions as can be, each of at most two subtitle lines.

    They are about equally long; a cut is rather after a sentence or a comma, and hardly ever after a word that leans on
    the next one.

    >>> captions("Each of the other positions makes a row of its own. The weights stay the same; their columns change.")
    ['Each of the other positions makes a row of its own.', 'The weights stay the same; their columns change.']
    """
    words = narration.split()
    for count in range(math.ceil(len(narration) / LINE_LENGTH), len(words)):
        if pieces := _cut(words, count, len(narration) / count):
            return pieces
    return words


def _cut(words: Sequence[str], count: int, usual: float) -> list[str]:
    """The best way to cut words into so many captions; nothing where one of them would be too long."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    """By how many words are used up: what that costs, and the captions."""
    for _ in range(count):
        longer: dict[int, tuple[float, list[str]]] = {}
        for start, (before, pieces) in best.items():
            for end in range(start + 1, len(words) + 1):
                piece = " ".join(words[start:end])
                if len(piece) > LINE_LENGTH:
                    break
                cost = before + (len(piece) / usual - 1) ** 2 + (_cost_after(words[end - 1]) if end < len(words) else 0)
                if end not in longer or cost < longer[end][0]:
                    longer[end] = cost, [*pieces, piece]
        best = longer
    return best.get(len(words), (0.0, []))[1]


def _cost_after(word: str) -> float:
    if word[-1] in ".!?":
        return 0.0
    if word[-1] in ",;:":
        return _AFTER_COMMA
    return _AFTER_LEANING if word.lower() in _LEANING else _AFTER_WORD
