"""Numbers as a speaker says them, and what a convolution has only one of, or none."""

from cnnmath import Convolution

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(number: int) -> str:
    """Spell a small count; larger ones stay in digits.

    >>> count(4), count(25)
    ('four', '25')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def counted(number: int, noun: str) -> str:
    """So many of something.

    >>> counted(1, "weight"), counted(4, "weight")
    ('one weight', 'four weights')
    """
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"


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


def steps(conv: Convolution) -> str:
    """How far the filter moves at a time, where that is not one pixel; nothing if it is.

    >>> steps(Convolution([[1, 2, 3]], kernel=[[4]], stride=2)), steps(Convolution([[1, 2]], kernel=[[3]]))
    ('two pixels', '')
    """
    down, across = conv.stride
    if 1 in conv.output_shape[1:]:
        # A filter that stops in one row only never moves down, and the other way round.
        moves = [step for step, stops in zip(conv.stride, conv.output_shape[1:], strict=True) if stops > 1]
        down = across = max(moves, default=max(conv.stride))
    if (down, across) == (1, 1):
        return ""
    return counted(down, "pixel") if down == across else f"{counted(across, 'pixel')} or {counted(down, 'row')}"


def filter_word(conv: Convolution) -> str:
    """What stands below the filters."""
    return "filter" if len(conv.kernel) == 1 else "filters"


def is_dense(conv: Convolution) -> bool:
    """Whether every result depends on every pixel: the sparse network and the dense one are the same."""
    return conv.counts.zeros == 0


def touches_all(conv: Convolution, result: int) -> bool:
    """Whether a result depends on every pixel, so that its row holds no zero."""
    return bool(conv.trainable[result].all())


def one_zero(conv: Convolution, many: str, one: str) -> str:
    """One sentence for several zeros, another one for a single zero."""
    return one if conv.counts.zeros == 1 else many
