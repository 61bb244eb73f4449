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


def filter_word(conv: Convolution) -> str:
    """What stands below the filters."""
    return "filter" if len(conv.kernel) == 1 else "filters"


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
    outside, inside = len(window.padding_taps), len(window.taps)
    if not outside:
        return "At the first stop no weight lies on the padding, so all of them stand in the row."
    if not inside:
        return "At the first stop every weight lies on the padding. None meets a pixel, so the row has only zeros."
    lie, they = ("lies", "It meets") if outside == 1 else ("lie", "They meet")
    return (
        f"At the first stop {counted(outside, 'weight')} {lie} on the padding. {they} no "
        f"pixel, so only {count(inside)} {'stands' if inside == 1 else 'stand'} in the row."
    )


def counted(number: int, noun: str) -> str:
    """So many of something.

    >>> counted(1, "weight"), counted(4, "weight")
    ('one weight', 'four weights')
    """
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"


def where_padded(conv: Convolution) -> str:
    """What is laid around the image, or on those sides of it that are padded.

    >>> where_padded(Convolution([[1, 2]], kernel=[[3, 4]], padding=(0, 1)))
    'zeros left and right of the image'
    """
    (top, bottom), (left, right) = conv.pads
    sides = zip(("above", "below", "left", "right"), (top, bottom, left, right), strict=True)
    padded = [side for side, pad in sides if pad]
    if len(padded) == 4:
        return "a ring of zeros around the image"
    return f"zeros {' and '.join(padded)}{' of' if padded[-1] in ('left', 'right') else ''} the image"


def whole_filter(rows: str) -> str:
    """Where the whole filter meets pixels, in words for the rows; nowhere if there are none."""
    if not rows:
        return "No row holds the whole filter: at every stop a part of it lies on the padding."
    return f"The whole filter stands only in {rows}: there it never touches the padding."
