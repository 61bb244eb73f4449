"""Titles that more than one clip shows."""

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
