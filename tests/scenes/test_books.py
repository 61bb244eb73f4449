"""Clips that show more than one convolution: with other parameters they are as sound, or refused in words."""

from typing import Any

import pytest
from books import BOOK_SCENES, book_of
from page_faults import all_faults
from screen import PIXELS, own, shoot

SHAPES = [pytest.param(shape, marks=[] if shape == "wide" else pytest.mark.slow) for shape in PIXELS]
BOOKS = pytest.mark.parametrize("name", BOOK_SCENES)


def test_what_is_there_has_a_book() -> None:
    """`book_of` says in one sentence what to add."""
    for name in BOOK_SCENES:
        book = book_of(name)
        assert book.others, f"{name}: no other parameters in its book"
        assert book.refused, f"{name}: nothing in its book is refused"
        assert book.claims


@pytest.mark.slow
@BOOKS
@pytest.mark.parametrize("shape", SHAPES)
def test_with_other_parameters_every_still_is_sound(name: str, shape: str) -> None:
    for which, parameters in book_of(name).others.items():
        assert all_faults(shoot(own(name, **parameters), shape=shape)) == [], which


@BOOKS
def test_what_cannot_be_shown_is_refused_before_it_is_drawn(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for parameters, said in book_of(name).refused.values():
        made: Any = own(name, **parameters)
        monkeypatch.setattr(made, "construct", lambda self: pytest.fail("drawn before it was refused"))
        with pytest.raises((ValueError, TypeError), match=said):
            shoot(made)
