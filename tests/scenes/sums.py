"""Sums in numbers, read off the screen token by token and worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from numerals import value_of
from screen import Drawn, Shot

_SIGNS = "+·()/=≈…−"


def lines(shot: Shot) -> list[list[Drawn]]:
    """Texts on one baseline that have a = or ≈ among them, from left to right: signs and numbers."""
    texts = [text for text in shot.texts if _token(text)]
    found: dict[float, list[Drawn]] = {}
    for text in texts:
        level = next((y for y in found if abs(y - text.baseline) < 0.04), text.baseline)
        found.setdefault(level, []).append(text)
    runs = (run for level in found.values() for run in _runs(sorted(level, key=lambda one: float(one.box[0]))))
    return [run for run in runs if any(text.says in "=≈" for text in run if text.says)]


def _runs(level: list[Drawn]) -> Iterator[list[Drawn]]:
    """Texts of a line that follow each other closely."""
    run: list[Drawn] = []
    for text in level:
        if run and text.box[0] - run[-1].box[2] > 1.2 * text.em:
            yield run
            run = []
        run.append(text)
    yield run


def _token(text: Drawn) -> bool:
    says = text.says or ""
    if says and says in _SIGNS:
        return True
    try:
        value_of(says)
    except ValueError:
        return False
    return True


def sum_faults(shot: Shot) -> list[str]:
    """Lines whose left side does not come to their right side, or does though a ≈ stands between them."""
    found = []
    for line in lines(shot):
        says = [text.says or "" for text in line]
        at = next(k for k, one in enumerate(says) if one in "=≈")
        if "…" in says:
            continue  # What the dots stand for is checked number by number.
        try:
            equal = _worked_out(says[:at]) == _worked_out(says[at + 1 :])
        except (ValueError, SyntaxError, TypeError) as error:
            found.append(f"{shot}: {' '.join(says)} cannot be worked out ({error})")
            continue
        if equal != (says[at] == "="):
            found.append(f"{shot}: {' '.join(says)} is {'exact' if equal else 'not exact'}")
    return found


def _worked_out(says: list[str]) -> Fraction:
    """The value of a sum of products."""
    made = "".join({"·": "*"}.get(one, one) if one in _SIGNS else f"F('{value_of(one)}')" for one in says)
    return Fraction(eval(made, {"F": Fraction}))
