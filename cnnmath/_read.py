"""Reading arguments: from what a caller may pass to checked, plain values."""

import numbers
from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cnnmath.values import Floats

Pair = tuple[int, int]
Array = TypeVar("Array", bound=np.ndarray[Any, Any])


def image(value: ArrayLike) -> Floats:
    """Read an image, (H, W) or (C, H, W), to a read-only (C, H, W).

    >>> image([[1, 2]]).shape
    (1, 1, 2)
    """
    read = array("image", value)
    if read.ndim not in (2, 3):
        raise ValueError(f"image must have the shape (H, W) or (C, H, W); got {read.shape}")
    return freeze(read.reshape(-1, *read.shape[-2:]))


def kernel(value: ArrayLike) -> Floats:
    """Read a kernel, (kh, kw), (C, kh, kw) or (F, C, kh, kw), to a read-only (F, C, kh, kw).

    >>> kernel([[1, 2]]).shape
    (1, 1, 1, 2)
    """
    read = array("kernel", value)
    if read.ndim not in (2, 3, 4):
        raise ValueError(f"kernel must have the shape (kh, kw), (C, kh, kw) or (F, C, kh, kw); got {read.shape}")
    return freeze(read.reshape((1,) * (4 - read.ndim) + read.shape))


def bias(value: ArrayLike, kernel: Floats) -> Floats:
    """Read the bias of each filter of a kernel, a number or (F,), to a read-only (F,).

    >>> bias(3, kernel=np.ones((2, 1, 1, 1)))
    array([3., 3.])
    """
    read, filters = array("bias", value), len(kernel)
    if read.shape not in ((), (filters,)):
        raise ValueError(
            f"bias must be one number or have the shape {(filters,)}, one number a filter of the kernel "
            f"{kernel.shape}; got {read.shape}"
        )
    return freeze(np.broadcast_to(read, filters).copy())


def padding(value: Any) -> Pair | Literal["same"]:
    """Read a padding: a whole number, a pair or "valid" to a pair, and "same" to itself.

    >>> padding("valid"), padding(2), padding("same")
    ((0, 0), (2, 2), 'same')
    """
    if isinstance(value, str):
        if value not in ("valid", "same"):
            raise ValueError(f'padding must be a number, a pair, "valid" or "same"; got {shown(value)}')
        return "same" if value == "same" else (0, 0)
    return pair("padding", value, least=0)


def array(name: str, value: ArrayLike, copy: bool = True) -> Floats:
    """Copy value to a float64 array of finite numbers with at least one element.

    Without `copy` the array may be the caller's own: to look at now, not to keep. Truth values count as 0 and 1.
    Raises TypeError for what is no number, and ValueError for complex numbers, ragged lists, an empty array, and
    numbers that are not finite.

    >>> array("image", [[True, 2]])
    array([[1., 2.]])
    """
    try:
        given = np.asarray(value)
    except ValueError as error:
        _, uneven = ragged(value) or ((), "got ragged lists")
        raise ValueError(f"{name} must be a regular array of numbers; {uneven}") from error
    _check_real(name, given)
    if given.size == 0:
        raise ValueError(f"{name} must hold at least one number; got an empty array of shape {given.shape}")
    try:
        with np.errstate(over="ignore"):
            read = np.array(given, dtype=np.float64, order="C", copy=copy or None)
    except OverflowError as error:
        raise ValueError(f"{name} must fit 64-bit floats; got a number that is too large") from error
    finite = np.isfinite(read)
    if not finite.all():
        place = tuple(np.argwhere(~finite)[0].tolist())
        raise ValueError(f"{name} must be finite; got {read[place]} at {place} of shape {read.shape}")
    return read


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


def pair(name: str, value: Any, least: int) -> Pair:
    """Read a whole number, or two of them as (rows, columns), each at least `least`.

    Raises TypeError for what is no number (a truth value is none here), else ValueError.

    >>> pair("stride", 2, least=1), pair("padding", (0, 1), least=0)
    ((2, 2), (0, 1))
    """
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        value = value, value
    if len(value) != 2:
        raise ValueError(f"{name} must be one whole number or a pair (rows, columns); got {shown(value)}")
    return _whole(name, value[0], least), _whole(name, value[1], least)


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


def freeze(values: Array) -> Array:
    """Make an array read-only, and give it back.

    >>> freeze(np.zeros(2)).flags.writeable
    False
    """
    values.flags.writeable = False
    return values


def _check_real(name: str, given: np.ndarray[Any, Any]) -> None:
    """Refuse complex numbers (ValueError) and what is no number (TypeError)."""
    kinds = {type(item) for item in given.flat} if given.dtype.kind == "O" else {given.dtype.type}
    for kind in kinds:
        # NumPy counts time differences as integers.
        if issubclass(kind, np.timedelta64) or not issubclass(kind, numbers.Complex | np.bool_):
            raise TypeError(f"{name} must hold numbers; got {kind.__name__}")
        if not issubclass(kind, numbers.Real | np.bool_):
            raise ValueError(f"{name} must hold real numbers; got complex ones ({kind.__name__})")


def _whole(name: str, value: Any, least: int) -> int:
    expected = f"{name} must be a whole number of at least {least}, or a pair (rows, columns) of them"
    if not _is_number(value):
        raise TypeError(f"{expected}; got {shown(value)}")
    if not _is_whole(value) or value < least:
        raise ValueError(f"{expected}; got {shown(value)}")
    return int(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Number) and not isinstance(value, bool | np.bool_)


def _is_whole(value: Any) -> bool:
    if isinstance(value, numbers.Integral):
        return True
    return isinstance(value, numbers.Real) and float(value).is_integer()
