"""Reading arguments: from what a caller may pass to checked, plain values."""

import numbers
from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cnnmath._words import ragged, shown
from cnnmath.values import Floats, Ints

Pair = tuple[int, int]
Pads = tuple[Pair, Pair]
"""How far a padding reaches around an image, ((top, bottom), (left, right))."""
Padding = Pair | Pads | Literal["same"]
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


def weights(value: ArrayLike) -> Floats:
    """Read the weights of a dense layer, (M, N), to a read-only array.

    >>> weights([[1, 2]]).shape
    (1, 2)
    """
    read = array("weights", value)
    if read.ndim != 2:
        raise ValueError(f"weights must have the shape (M, N), a row a result; got {read.shape}")
    return freeze(read)


def bias(value: ArrayLike, weights: Floats, each: str = "one number a filter of the kernel") -> Floats:
    """Read the bias of each filter of a kernel, or row of weights, a number or (F,), to a read-only (F,).

    >>> bias(3, np.ones((2, 1, 1, 1)))
    array([3., 3.])
    """
    read, filters = array("bias", value), len(weights)
    if read.shape not in ((), (filters,)):
        raise ValueError(
            f"bias must be one number or have the shape {(filters,)}, {each} {weights.shape}; got {read.shape}"
        )
    return freeze(np.broadcast_to(read, filters).copy())


def logits(value: ArrayLike) -> Floats:
    """Read logits, (…, classes), to look at, not to keep.

    >>> logits([1, 2]).shape
    (2,)
    """
    read = array("logits", value, copy=False)
    if read.ndim == 0:
        raise ValueError("logits must have the shape (classes,) or (…, classes), one number a class; got one number")
    return read


def labels(value: ArrayLike, logits: tuple[int, ...]) -> Ints:
    """Read the true class of each row of logits of this shape, (…, classes), to whole numbers of the shape (…).

    >>> labels([1, 0], logits=(2, 3)).tolist()
    [1, 0]
    """
    read = shaped("label", value, logits[:-1], f"one number for each row of the logits {logits}, the")
    wrong = (read != np.floor(read)) | (read < 0) | (read >= logits[-1])
    if np.asarray(value).dtype == bool or wrong.any():
        given = np.asarray(value).flat[int(np.argmax(wrong))]
        raise ValueError(
            f"label must be a whole number from 0 to {logits[-1] - 1}, one of the {logits[-1]} classes that there are "
            f"logits for; got {given}"
        )
    return read.astype(np.int64)


def choice(name: str, value: Any, choices: tuple[str, ...]) -> Any:
    """Read one of several words.

    >>> choice("kind", "max", ("max", "average"))
    'max'
    """
    if not isinstance(value, str) or value not in choices:
        *most, last = (f'"{word}"' for word in choices)
        raise ValueError(f"{name} must be {', '.join(most)} or {last}; got {value!r}")
    return value


def flag(name: str, value: Any) -> bool:
    """Read a truth value.

    >>> flag("ceil_mode", np.True_)
    True
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {value!r}")
    return bool(value)


def padding(value: Any) -> Padding:
    """Read a padding: a number, a pair or "valid" to a pair, "same" and ((top, bottom), (left, right)) to themselves.

    What is as wide on both sides is a pair, however it was given.

    >>> padding("valid"), padding(2), padding("same")
    ((0, 0), (2, 2), 'same')
    >>> padding(((0, 1), (2, 2))), padding(((1, 1), (2, 2)))
    (((0, 1), (2, 2)), (1, 2))
    """
    if isinstance(value, str):
        if value not in ("valid", "same"):
            raise ValueError(f'padding must be a number, a pair, "valid" or "same"; got {shown(value)}')
        return "same" if value == "same" else (0, 0)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, list | tuple) or not any(isinstance(side, list | tuple) for side in value):
        return pair("padding", value, least=0)
    if [len(side) if isinstance(side, list | tuple) else 1 for side in value] != [2, 2]:
        raise ValueError(f"padding must be ((top, bottom), (left, right)) if it has pairs in it; got {shown(value)}")
    (top, bottom), (left, right) = (pair("padding", side, least=0) for side in value)
    return (top, left) if (top, left) == (bottom, right) else ((top, bottom), (left, right))


def chosen(name: str, value: Any, length: int) -> list[int]:
    """Read which of so many are chosen, in their order; None stands for all.

    Raises IndexError if there is no such one, TypeError for what is no list of whole numbers, and ValueError for an
    empty list and for what is chosen twice.

    >>> chosen("filters", [3, 0], length=4), chosen("filters", None, length=2)
    ([3, 0], [0, 1])
    """
    if value is None:
        return list(range(length))
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, list | tuple | range) or not all(_is_number(item) and _is_whole(item) for item in value):
        raise TypeError(f"{name} must be a list of whole numbers; got {value!r}")
    for item in value:
        if not 0 <= item < length:
            raise IndexError(f"{name} must be from 0 to {length - 1}, of {length}; got {item}")
    if not value or len(set(value)) < len(value):
        raise ValueError(f"{name} must hold at least one, and none twice; got {list(value)!r}")
    return [int(item) for item in value]


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


def shaped(name: str, value: ArrayLike, shape: tuple[int, ...], whose: str) -> Floats:
    """Read an array that must have a certain shape, to look at, not to keep.

    >>> shaped("target", [1, 2], (2,), "the output's")
    array([1., 2.])
    """
    read = array(name, value, copy=False)
    if read.shape != shape:
        raise ValueError(f"{name} must have {whose} shape {shape}; got {read.shape}")
    return read


def number(name: str, value: Any) -> float:
    """Read one finite number; raises as `array` does, and ValueError for several.

    >>> number("rate", 1)
    1.0
    """
    read = array(name, value, copy=False)
    if read.shape != ():
        raise ValueError(f"{name} must be one number; got the shape {read.shape}")
    return float(read)


def whole(name: str, value: Any, least: int) -> int:
    """Read a whole number of at least `least`; raises TypeError for what is no number, else ValueError.

    >>> whole("epochs", 3.0, least=1)
    3
    """
    return _whole(f"{name} must be a whole number of at least {least}", value, least)


def batch(value: ArrayLike) -> Floats:
    """Read a batch of images, (N, H, W) or (N, C, H, W), or of vectors, (N, K), to a new array with the batch last.

    >>> batch([[[1, 2, 3]], [[4, 5, 6]]]).shape, batch([[1, 2, 3], [4, 5, 6]]).shape
    ((1, 1, 3, 2), (3, 2))
    """
    read = array("images", value, copy=False)
    if read.ndim not in (2, 3, 4):
        raise ValueError(
            f"images must have the shape (N, H, W), (N, C, H, W) or, for vectors, (N, K); got {read.shape}"
        )
    images = read[:, None] if read.ndim == 3 else read
    return np.array(np.moveaxis(images, 0, -1), order="C")


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
    expected = f"{name} must be a whole number of at least {least}, or a pair (rows, columns) of them"
    return _whole(expected, value[0], least), _whole(expected, value[1], least)


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


def _whole(expected: str, value: Any, least: int) -> int:
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
