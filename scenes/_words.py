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


def times(number: int) -> str:
    """How often, in words.

    >>> times(1), times(4)
    ('only once', 'only four times')
    """
    return {1: "only once", 2: "only twice"}.get(number, f"only {count(number)} times")


def first_stop(conv: Convolution) -> str:
    """How many of the filter's weights meet pixels at the first stop of a padded convolution."""
    window = conv.window(0)
    return (
        f"At the first stop {count(len(window.padding_taps))} weights lie on the padding. They meet no "
        f"pixel, so only {count(len(window.taps))} stand in the row."
    )


def counted(number: int, noun: str) -> str:
    """So many of something.

    >>> counted(1, "weight"), counted(4, "weight")
    ('one weight', 'four weights')
    """
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"
