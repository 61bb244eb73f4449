"""Numbers as a speaker says them."""

from cnnmath import Convolution

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(number: int) -> str:
    """Spell a small count; larger ones stay in digits.

    >>> count(4), count(25)
    ('four', '25')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def fits_title(conv: Convolution) -> str:
    """The title under which all positions of the filter have been seen."""
    who = "The filter fits" if len(conv.kernel) == 1 else "Each filter fits"
    return f"{who} in the image {count(conv.positions)} times"


def ordinal(number: int) -> str:
    """Which one of a few, from 0.

    >>> ordinal(1)
    'second'
    """
    return _ORDINALS[number]
