"""How numbers are written: whole ones in full, others rounded fairly and said to be, and = or ≈ between them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markers import search
from numerals import NOTE, unnoted, value_of, wrong
from page_faults import all_faults
from screen import look_at, own, own_run, shoot

from cnnmath import Convolution
from scenes._mobjects.sums import Product, SumLine
from scenes._words.digits import number, relation, results
from scenes._words.piece import Piece

LONG = Convolution([[202, 206, 210], [205, 208, 211], [207, 209, 198]], [[2, 3], [4, 5]], bias=1)
TINY = Convolution([[5, 2, 1], [8, 4, 9], [3, 1, 6]], [[1e-9, -0.0004], [3, 2]])
HALVES = Convolution([[1, 2], [3, 4]], [[2.625]], bias=-0.75)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (2883, "2883"), (-2883, "−2883"), (1234567, "1234567"), (0, "0"), (-0.0, "0"), (3.0000000000000004, "3"),
        (2.625, "2.63"), (1.875, "1.88"), (-2.625, "−2.63"), (0.125, "0.125"), (1.005, "1.01"), (2883.5, "2884"),
        (-2883.5, "−2884"), (123.456, "123"), (99.96, "100"), (0.999999, "1"), (0.0625, "0.0625"), (1 / 3, "0.333"),
        (1e-9, "10⁻⁹"), (-1e-9, "−10⁻⁹"), (-0.0004, "−0.0004"), (0.000123, "1.23·10⁻⁴"), (2.5e-7, "2.5·10⁻⁷"),
        (2**53, "9007199254740992"), (2**53 + 2, "9.01·10¹⁵"), (1e16, "10¹⁶"), (6.02e23, "6.02·10²³"),
    ],
)  # fmt: skip
def test_a_number_is_written(value: float, says: str) -> None:
    assert number(value) == says


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(2883, False), (0.1 + 0.2, False), (2.63, False), (2.625, True), (1 / 3, True), (1e-9, False), (2**53 + 2, True)],
)
def test_a_number_knows_whether_it_is_rounded(value: float, rounded: bool) -> None:
    assert number(value).rounded is rounded


@search(brief=300, long=20_000)
@given(
    st.floats(1e-99, 1e99)
    | st.floats(-1e5, 1e5).map(lambda x: x if abs(x) > 1e-99 else 0.0)
    | st.integers(-(2**60), 2**60)
)
def test_any_number_is_read_as_what_it_is(value: float) -> None:
    says, exact = str(number(value)), Fraction(Decimal(repr(float(value))))
    assert wrong(says, value_of(says), exact, abs(exact) / 10**12) == ""


def test_what_floats_leave_over_is_nothing() -> None:
    assert results(Convolution([[0.1, 0.2, 0.3]], [[1, 1, -1]])) == ["0"]
    assert results(Convolution([[0.1, 0.2, 0.3]], [[1e-9, 1e-9, 1e-9]])) == ["6·10⁻¹⁰"]


def test_a_sign_tells_whether_rounding_can_be_seen() -> None:
    third, three = number(1 / 3), number(3)
    assert relation([[third, three]], number(1)) == "≈"
    assert relation([[number(2883)], [number(-1)]], number(2882)) == "="
    assert relation([[number(1e-9), number(5)]], number(5e-9)) == "="
    assert relation([[number(1e-9), number(5)]], number(6e-9)) == "≈"
    # What dots stand for is as exact as it is meant.
    assert relation([[number(2)]], number(3), hidden=[[third, three]]) == "="
    assert relation([[number(2.625)]], number(2.625)) == "="
    assert relation([[number(2.625)]], number(2.625), lettered=True) == "≈"


@pytest.mark.parametrize(("weight", "total", "sign"), [(2.5, 7.5, "="), (1 / 3, 1, "≈"), (1e-9, 3e-9, "=")])
def test_the_sums_of_the_classics_are_as_honest(weight: float, total: float, sign: str) -> None:
    factors = Product(Piece(number(weight), ("weight", 0)), Piece(number(3), ("pixel", 0)))
    shot = look_at(lambda: [SumLine([factors], Piece(number(total), ("result", 0)), room=10)])
    assert {text.says for text in shot.texts} & {"=", "≈"} == {sign}


def said(name: str, conv: Convolution, slug: str, kind: str) -> list[str]:
    """What stands for all things of a kind at the end of a step, in numbers."""
    return sorted({text.says or "" for text in own_run(name, conv, "numbers").shot(slug).of_kind(kind)})


def test_results_stand_in_full() -> None:
    assert said("FilterSliding", LONG, "slide", "result") == ["2876", "2883", "2908", "2930"]


@pytest.mark.slow
@pytest.mark.parametrize("which", [LONG, TINY, HALVES], ids=["long", "tiny", "halves"])
@pytest.mark.parametrize("name", ["FilterSliding", "EquationView", "MatrixView"])
def test_every_number_on_screen_is_the_cores(name: str, which: Convolution) -> None:
    assert all_faults(own_run(name, which, "numbers")) == []


def titles(name: str, conv: Convolution, notation: str) -> dict[str, bool]:
    """At the end of which steps the title says that numbers are rounded."""
    shots = own_run(name, conv, notation).shots
    return {shot.slug: any(NOTE in (text.says or "") for text in shot.of_kind("title")) for shot in shots}


def test_the_title_says_that_numbers_are_rounded_as_long_as_they_are() -> None:
    assert titles("EquationView", HALVES, "letters") == {
        "results": False, "first": False, "others": False, "same-bias": False,
        "numbers": True, "sums": True, "letters": False,
    }  # fmt: skip
    assert set(titles("EquationView", LONG, "numbers").values()) == {False}


def test_rounding_that_nobody_mentions_is_seen() -> None:
    shot = own_run("TheFilter", HALVES, "numbers").shots[-1]
    assert unnoted(shot, HALVES) == []
    for text in shot.of_kind("title"):
        text.says = "The filter"
    assert len(unnoted(shot, HALVES)) == 1


@pytest.mark.parametrize(("which", "signs"), [(HALVES, {"="}), (LONG, {"=", "·"})], ids=["halves", "long"])
def test_the_title_card_has_letters_where_numbers_would_be_rounded(which: Convolution, signs: set[str]) -> None:
    card = own_run("Opening", which, "numbers").shot("title")
    assert {text.says for text in card.texts} & set("=≈·") == signs


@pytest.mark.parametrize("value", [1e-100, -1e100])
def test_numbers_beyond_all_measure_are_refused(value: float) -> None:
    with pytest.raises(
        ValueError, match=r"TheFilter shows numbers from 1e-99 to 1e99 and 0; got 1e[-+]100 in the kernel"
    ):
        shoot(own("TheFilter", convolution=Convolution([[1, 2]], [[value]])))
