"""The names of things: letters for pixels, weights, results and biases, apart from any number.

Each kind has its own alphabet, so that no two kinds share a letter. Past its end every alphabet starts again
with the subscript ₁, then ₂, and so on, so that no name comes twice.
"""

import operator

_PIXELS = "ABCDEFGHJKLMN"  # No I (it looks like 1), no O (like 0), and the results begin at P.
_RESULTS = "PQRSTUVWXYZ"
_WEIGHTS = "αβγδεζηθκλμνξπρστυφχψω"  # No ι and no ο, for the same reason.
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def pixel(index: int) -> str:
    """Name the pixel with this flat index; raises ValueError if it is negative.

    >>> [pixel(i) for i in (0, 8, 12, 13, 26)]
    ['A', 'J', 'N', 'A₁', 'A₂']
    """
    return _name("pixel", index, _PIXELS)


def weight(index: int) -> str:
    """Name the weight with this flat index; raises ValueError if it is negative.

    >>> [weight(i) for i in (0, 3, 8, 21, 22)]
    ['α', 'δ', 'κ', 'ω', 'α₁']
    """
    return _name("weight", index, _WEIGHTS)


def result(index: int) -> str:
    """Name the result with this flat index; raises ValueError if it is negative.

    >>> [result(i) for i in (0, 3, 10, 11)]
    ['P', 'S', 'Z', 'P₁']
    """
    return _name("result", index, _RESULTS)


def same_result(index: int) -> str:
    """Name a result that stands where a pixel stands: the pixel's name and a prime.

    Raises ValueError if the index is negative.

    >>> [same_result(i) for i in (0, 8, 13)]
    ['A′', 'J′', 'A₁′']
    """
    return _name("result", index, _PIXELS) + "′"


def bias(index: int, count: int = 1) -> str:
    """Name the bias of the filter with this index, out of count filters.

    Raises ValueError if the index is negative or not below count.

    >>> bias(0), bias(0, count=2), bias(1, count=2)
    ('b', 'b₁', 'b₂')
    """
    index = _index("bias", index)
    if index >= count:
        raise ValueError(f"bias index must be below the number of filters, {count}; got {index}")
    return "b" if count == 1 else "b" + _subscript(index + 1)


def _name(kind: str, index: int, alphabet: str) -> str:
    turn, place = divmod(_index(kind, index), len(alphabet))
    return alphabet[place] + (_subscript(turn) if turn else "")


def _index(kind: str, index: int) -> int:
    index = operator.index(index)
    if index < 0:
        raise ValueError(f"{kind} index must be 0 or more; got {index}")
    return index


def _subscript(number: int) -> str:
    return str(number).translate(_SUBSCRIPTS)
