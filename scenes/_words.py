"""Numbers as a speaker says them."""

_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(number: int) -> str:
    """Spell a small count; larger ones stay in digits.

    >>> count(4), count(25)
    ('four', '25')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)
