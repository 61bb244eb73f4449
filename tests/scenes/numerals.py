"""Numbers on screen, read digit by digit: what a text says, and whether that is the number that the core has.

Whole numbers must be the same to the last digit. What is rounded has three significant digits and all of its whole
part, halves go away from zero, and the title says that numbers are rounded.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

from screen import Drawn, Key, Shot

from cnnmath import Convolution, Equation

NOISE = Fraction(1, 10**12)
"""Of all terms of a sum together: so far floats may be off."""
NOTE = "(numbers rounded)"
_NUMERAL = re.compile(
    r"(?P<sign>−?)(?:(?P<figures>\d+(?:\.\d+)?)(?:·10(?P<power>[⁻⁰¹²³⁴-⁹]+))?|10(?P<one>[⁻⁰¹²³⁴-⁹]+))"
)
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_WHOLE = 2**53


def value_of(says: str) -> Fraction:
    """The number that a text shows. Raises ValueError if it shows none."""
    figures, power, sign = _parts(says)
    return sign * Fraction(figures) * Fraction(10) ** power


def _parts(says: str) -> tuple[str, int, int]:
    """The figures of a text, the power of ten behind them, and the sign."""
    match = _NUMERAL.fullmatch(says)
    if match is None:
        raise ValueError(f"{says!r} is no number")
    power = int((match["power"] or match["one"] or "0").translate(_LOWERED))
    return match["figures"] or "1", power, -1 if match["sign"] else 1


def given(value: float) -> Fraction:
    """The decimal number that a float was written as."""
    return Fraction(Decimal(repr(float(value))))


@cache
def _weights(conv: Convolution) -> tuple[list[Fraction], list[Fraction], list[Fraction]]:
    return tuple([given(value) for value in array.ravel()] for array in (conv.kernel, conv.image, conv.bias))  # type: ignore[return-value]


@cache
def _equations(conv: Convolution) -> tuple[Equation, ...]:
    return tuple(conv.equations())


def summed(conv: Convolution, equation: Equation, channel: int | None = None) -> tuple[Fraction, Fraction]:
    """A result, or what one channel adds to it, without any rounding; and how far a float may be off."""
    weights, pixels, biases = _weights(conv)
    parts = [
        weights[term.weight] * pixels[term.pixel]
        for term in equation.terms
        if channel in (None, conv.pixel_place(term.pixel)[0])
    ]
    parts += [biases[equation.filter]] if channel is None else []
    return sum(parts, start=Fraction(0)), NOISE * sum(map(abs, parts), start=Fraction(0))


def true_value(key: Key, conv: Convolution) -> tuple[Fraction, Fraction]:
    """What a key stands for, and how far a float may be off."""
    kind, index = key[0], key[1]
    weights, pixels, biases = _weights(conv)
    if kind in ("zero", "padding"):
        return Fraction(0), Fraction(0)
    if kind == "product":
        term = _equations(conv)[index].terms[key[2]]
        exact = abs(weights[term.weight] * pixels[term.pixel])
    elif kind in ("result", "share"):
        return summed(conv, _equations(conv)[index], key[2] if kind == "share" else None)
    else:
        exact = {"weight": weights, "pixel": pixels, "bias": biases}[kind][index]
    return exact, NOISE * abs(exact)


def misread(text: Drawn, conv: Convolution) -> str:
    """What is wrong with a text that stands for a number; nothing if it is right."""
    assert text.key is not None
    says = text.says or ""
    exact, noise = true_value(text.key, conv)
    try:
        shown = value_of(says)
    except ValueError:
        return f"should be a number, {float(exact):g}"
    if text.key[0] == "product":
        shown, says = abs(shown), says.lstrip("−")
    return wrong(says, shown, exact, noise)


def wrong(says: str, shown: Fraction, exact: Fraction, noise: Fraction, last: Fraction | None = None) -> str:
    """The same for a text by what it says, the value that this has, and the one that it should have.

    `last` is the place of the last digit of a number that is not rounded as most are.
    """
    whole = Fraction(round(exact))
    if abs(exact - whole) <= noise and abs(whole) <= _WHOLE:
        return "" if says == str(whole).replace("-", "−") else f"should be {whole}"
    figures, power, _ = _parts(says)
    if re.search(r"\.\d*0$", figures):
        return "ends in zeros"
    if abs(shown - exact) <= noise:
        return ""
    if not shown:
        return f"looks like nothing, and is {float(exact):g}"
    # Zeros at the end may have been left out: the last digit is the third one, or the whole part's last one.
    if last is None:
        third = Fraction(10) ** (magnitude(shown) - 2)
        last = third if abs(shown) > _WHOLE else min(third, Fraction(1))
    if shown % last or (figures.count(".") and Fraction(10) ** (power - len(figures.split(".")[1])) < last):
        return f"has more digits than {float(exact):g} is rounded to"
    away = (abs(shown) - abs(exact)) / last
    if not -Fraction(1, 2) - noise / last < away <= Fraction(1, 2) + noise / last or shown * exact < 0:
        return f"should be {float(exact):g}, rounded"
    return ""


def magnitude(value: Fraction) -> int:
    """The power of ten of the first digit."""
    return Decimal(value.numerator / Decimal(value.denominator)).adjusted()


def is_rounded(text: Drawn, conv: Convolution) -> bool:
    """Whether a text shows another number than it stands for."""
    assert text.key is not None
    try:
        shown = value_of(text.says or "")
    except ValueError:
        return False
    exact, noise = true_value(text.key, conv)
    shown = abs(shown) if text.key[0] == "product" else shown
    return abs(shown - exact) > noise


def unnoted(shot: Shot, conv: Convolution) -> list[str]:
    """The title says that numbers are rounded if any on screen is, and only then; and only then is there any ≈."""
    title = " ".join(text.says or "" for text in shot.of_kind("title"))
    rounded = [text.says for text in shot.symbols if is_rounded(text, conv)]
    found = []
    if bool(rounded) != (NOTE in title):
        found.append(f"{shot}: rounded are {rounded}, but the title says {title!r}")
    if not rounded and any(text.says == "≈" for text in shot.texts):
        found.append(f"{shot}: there is an ≈, but no number is rounded")
    return found


def sign_between(shown: list[Fraction], hidden: list[Fraction], result: Fraction) -> str:
    """= or ≈ by what the numbers on screen come to; with those that dots stand for as exactly as floats are."""
    noise = NOISE * 2 * sum(map(abs, shown + hidden), start=Fraction(0)) if hidden else 0
    return "=" if abs(sum(shown + hidden, start=Fraction(0)) - result) <= noise else "≈"


def sign_of(line: list[Drawn], conv: Convolution, equation: Equation) -> str:
    """Give the sign that should stand in a line of factors, in numbers, that comes to a number or a letter."""
    there = {t.key[1] for t in line if t.key and t.key[0] == "pixel"}
    values = [value_of(t.says or "") for t in line if t.key and t.key[0] in ("weight", "zero", "pixel", "bias")]
    shown = [w * p for w, p in zip(values[:-1:2], values[1:-1:2], strict=True)] + values[-1:]
    hidden = [given(t.weight_value) * given(t.pixel_value) for t in equation.terms if t.pixel not in there]
    says = line[-1].says or ""
    if not says[0].isalpha():
        return sign_between(shown, hidden, value_of(says))
    exact, noise = summed(conv, equation)
    return "=" if abs(sum(shown + hidden) - exact) <= noise else "≈"
