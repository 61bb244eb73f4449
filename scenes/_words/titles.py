"""Titles that more than one clip shows, and what a part's card says."""

from typing import NamedTuple

from cnnmath import Convolution
from scenes._words.counting import count

NEURON = "A neuron"
"""The film's first clip opens with this title alone, to which the title card hands over."""


def fits_title(conv: Convolution) -> str:
    """The title under which all positions of the filter have been seen.

    A filter that moves on by more than one pixel, or has padding around the image, fits in other places, too.
    """
    who = "The filter" if len(conv.kernel) == 1 else "Each filter"
    if conv.stride != (1, 1) or len(conv.padding_taps):
        return f"{who} stops {'once' if conv.positions == 1 else f'{count(conv.positions)} times'}"
    often = "once" if conv.positions == 1 else f"{count(conv.positions)} times"
    return f"{who} fits in the image {often}"


ROUNDED = " (numbers rounded)"
"""After a title, as long as a number on screen had to be rounded."""


class PartWords(NamedTuple):
    """What stands on the card of a part, and what is said over it."""

    number: str
    name: str
    spoken: str


def part_words(number: int, title: str) -> PartWords:
    """What a part's card says.

    >>> part_words(2, "A network of them")
    PartWords(number='Part 2', name='A network of them', spoken='Part two: a network of them.')
    """
    return PartWords(f"Part {number}", title, f"Part {count(number)}: {title[0].lower()}{title[1:]}.")
