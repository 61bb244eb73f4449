"""How messages say what was given."""

from typing import Any

import numpy as np


def shown(value: Any) -> str:
    """Write a value for a message, at bearable length; Python writes no whole number of more than 4300 digits.

    >>> shown(-1), shown(10**5000), len(shown("1" * 5000))
    ('-1', 'a number of thousands of digits', 80)
    """
    try:
        text = repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return text if len(text) <= 80 else f"{text[:77]}..."


def ragged(value: Any) -> tuple[tuple[int, ...], str] | None:
    """Find what does not go with the first of its kind in nested lists: its place, and words for it.

    None for regular lists. Of up to four levels the innermost lists are rows, then channels, then filters.

    >>> ragged([[1, 2], [3]])
    ((1,), 'got ragged lists: row 1 has 2 numbers, and row 2 has 1')
    >>> ragged([[1, 2], [3, 4]]) is None
    True
    """
    value = _listed(value)
    shape, first = [], value
    while isinstance(first, list):
        shape.append(len(first))
        first = _listed(first[0]) if first else None
    kinds = ("filter", "channel", "row", "number")[-len(shape) :] if len(shape) <= 4 else ("list",) * len(shape)
    return _uneven(value, (), shape, ("array", *kinds))


def _uneven(
    value: Any, place: tuple[int, ...], shape: list[int], kinds: tuple[str, ...]
) -> tuple[tuple[int, ...], str] | None:
    value, depth = _listed(value), len(place)
    if isinstance(value, list) != (depth < len(shape)):
        what = "a list" if isinstance(value, list) else shown(value)
        return place, f"got ragged lists: {what} stands in place of {kinds[depth]} {place[-1] + 1}" if place else ""
    if not isinstance(value, list):
        return None
    if len(value) != shape[depth]:
        kind, part = kinds[depth], kinds[depth + 1]
        parts = f"{shape[depth]} {part}" + "s" * (shape[depth] > 1)
        first = f"{kind} 1" if not any(place[:-1]) else f"the first {kind}"
        return place, f"got ragged lists: {first} has {parts}, and {_named(place, kinds)} has {len(value)}"
    found = (_uneven(item, (*place, index), shape, kinds) for index, item in enumerate(value))
    return next((one for one in found if one), None)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) or (isinstance(value, np.ndarray) and value.ndim) else value


def _named(place: tuple[int, ...], kinds: tuple[str, ...]) -> str:
    """Name a place, with what it is in unless that is the first of its kind."""
    named = [f"{kind} {index + 1}" for kind, index in zip(kinds[1:], place, strict=False)]
    return ", ".join(named if any(place[:-1]) else named[-1:])
