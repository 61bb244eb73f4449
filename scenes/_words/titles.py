"""Titles that more than one clip shows."""

from cnnmath import Convolution
from scenes._words.counting import count

IMAGE = "The image"
"""The film's first clip opens with this title alone, to which the title card hands over."""


def fits_title(conv: Convolution) -> str:
    """The title under which all positions of the filter have been seen."""
    who = "The filter fits" if len(conv.kernel) == 1 else "Each filter fits"
    often = "once" if conv.positions == 1 else f"{count(conv.positions)} times"
    return f"{who} in the image {often}"


ROUNDED = " (numbers rounded)"
"""After a title, as long as a number on screen had to be rounded."""
