"""How numbers are written: which digits stand there, whether that was exact, and = or ≈ between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Self

import numpy as np

from cnnmath import Convolution

_DIGITS = 3
"""Significant digits of what has to be rounded; of a larger number all of its whole part."""
_CERTAIN = 13
"""Digits of a float that are meant: those behind them are noise that adding floats leaves."""
_MOST_WHOLE = 2**53
"""Up to here every whole number is a float of its own."""
_MOST_DECIMALS = 5
"""With more digits after the point a number is written with a power of ten."""
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Number(str):
    """A number as it is written: `shown` is the value that the text has, `meant` the one that it stands for."""

    __slots__ = ("meant", "shown")
    shown: Decimal
    meant: Decimal

    def __new__(cls, text: str, shown: Decimal, meant: Decimal) -> Self:
        """Take the text and its two values."""
        made = super().__new__(cls, text)
        made.shown, made.meant = shown, meant
        return made

    def __copy__(self) -> Self:
        """Nothing in it changes: manim's copies share it."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """The same."""
        return self

    @property
    def rounded(self) -> bool:
        """Whether it had to be rounded."""
        return self.shown != self.meant


def number(value: float, size: float | None = None, digits: int = _DIGITS) -> Number:
    """A number for the screen, with a true minus sign.

    Whole numbers stand in full. Others take three significant digits, or as many as `digits` says, but the whole part
    in full, halves away from zero; what is not zero never looks like zero. Of a sum of floats `size` says how large
    its terms are together: what is tiny beside that is noise.

    >>> number(-2.0), number(2883), number(2.625), number(-2883.5)
    ('−2', '2883', '2.63', '−2884')
    >>> number(1e-9), number(-0.0004), number(0.00012345), number(6.02e23)
    ('10⁻⁹', '−0.0004', '1.23·10⁻⁴', '6.02·10²³')
    >>> number(0.1 + 0.2).rounded, number(1 / 3).rounded, number(0.1 + 0.2 - 0.3, size=0.6)
    (False, True, '0')
    >>> number(2.095), number(2.095, digits=4)
    ('2.1', '2.095')
    """
    meant = _meant(value, size)
    shown = _kept(meant, digits)
    return Number(_written(shown), shown, meant)


def to_places(value: float, places: int) -> Number:
    """A number with so many digits after the point, and at least one that counts: below each other, they compare.

    >>> to_places(13.645, 2), to_places(-2.825, 2), to_places(10, 2), to_places(0.0004, 2)
    ('13.65', '−2.83', '10', '0.0004')
    """
    digits = places + (math.floor(math.log10(abs(value))) + 1 if value else 0)
    return number(value, digits=max(1, digits))


def results(conv: Convolution) -> list[Number]:
    """All results of a convolution.

    >>> results(Convolution([[0.1, 0.2, 0.3]], kernel=[[1, 1, -1]]))
    ['0']
    """
    sizes = replace(conv, image=np.abs(conv.image), kernel=np.abs(conv.kernel), bias=np.abs(conv.bias)).output()
    return [number(*pair) for pair in zip(conv.output().ravel().tolist(), sizes.ravel().tolist(), strict=True)]


def result_values(conv: Convolution) -> list[float]:
    """The same as floats, for their shades: noise has none.

    >>> result_values(Convolution([[0.1, 0.2, 0.3]], kernel=[[1, 1, -1]]))
    [0.0]
    """
    return [float(result.meant) for result in results(conv)]


def _meant(value: float, size: float | None) -> Decimal:
    """The decimal number that a float stands for."""
    exact = Decimal(repr(float(value)))
    if float(value).is_integer():
        return exact
    last = math.floor(math.log10(size or abs(value))) + 1 - _CERTAIN
    return exact.quantize(Decimal((0, (1,), last))) if last > _exponent(exact) else exact


def _exponent(value: Decimal) -> int:
    """The place of the last digit, as a power of ten."""
    return int(value.as_tuple().exponent)


def _kept(value: Decimal, digits: int) -> Decimal:
    """What is left of a number when it is rounded."""
    whole = value == value.to_integral_value()
    if not value or (whole and abs(value) <= _MOST_WHOLE):
        return value
    last = value.adjusted() + 1 - digits
    last = last if whole else min(0, last)
    return value.quantize(Decimal((0, (1,), last)), ROUND_HALF_UP) if last > _exponent(value) else value


def _written(value: Decimal) -> str:
    """The text of a number that has been rounded."""
    if not value:
        return "0"
    value = value.normalize()
    sign, figures = "−" if value < 0 else "", abs(value)
    if abs(value) <= _MOST_WHOLE and _exponent(value) >= -_MOST_DECIMALS:
        return f"{sign}{figures:f}"
    power = value.adjusted()
    factor = f"{figures.scaleb(-power).normalize():f}"
    return f"{sign}{'' if factor == '1' else f'{factor}·'}10{str(power).translate(_RAISED)}"


def relation(
    summands: Iterable[Sequence[Number]], total: Number, hidden: Iterable[Sequence[Number]] = (), lettered: bool = False
) -> str:
    """= where the products of numbers as they are shown add up to the total as it is shown, otherwise ≈.

    `hidden` are summands for which dots stand, and with `lettered` a letter stands for the total: both are taken as
    they are meant.

    >>> def numbers(*values):
    ...     return [number(value) for value in values]
    >>> relation([numbers(2, 3), numbers(4)], number(10)), relation([numbers(1 / 3, 3)], number(1))
    ('=', '≈')
    >>> relation([numbers(1, 2)], number(3), hidden=[numbers(1 / 3, 3)])
    '='
    >>> product = number(0.25 * 0.125)
    >>> relation([numbers(0.25, 0.125)], product), relation([numbers(0.25, 0.125)], product, lettered=True)
    ('≈', '=')
    """
    shown = [Fraction(math.prod(Fraction(factor.shown) for factor in factors)) for factors in summands]
    unseen = [Fraction(math.prod(Fraction(factor.meant) for factor in factors)) for factors in hidden]
    gap = abs(sum(shown + unseen) - Fraction(total.meant if lettered else total.shown))
    size = sum(abs(summand) for summand in shown + unseen)
    # What is meant is a float, of which the last digits are noise.
    noise = size / 10 ** (_CERTAIN - 1) if unseen or lettered else 0
    return "=" if gap <= noise else "≈"
