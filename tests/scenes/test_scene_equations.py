"""The equations of any convolution: some of many lines, long sums in part, with true counts and true signs."""

import numpy as np
import pytest
from colour_faults import unnamed_weights
from markers import SEARCH
from page_faults import all_faults, colour_faults, layout_faults, reading_faults
from reading import Screen, read
from screen import Run, Shot, own, own_run, shoot

from cnnmath import EXAMPLE, Convolution

RANDOM = np.random.default_rng(7)
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
SIGNED = RANDOM.permutation([-4, -3, -2, 2, 3, 4, 5, 6, 7]).reshape(3, 3)
WEIGHTS = RANDOM.permutation([*range(-12, 0), *range(2, 14)])
ROWS, COLUMNS = np.mgrid[0:28, 0:28]
AWAY = np.hypot(*np.mgrid[-5.5:6, -5.5:6])
"""From the middle of an image of 12 × 12."""
THIRDS = Convolution([[1 / 3, 5, 2.5], [1.25, 7, 2 / 3], [2 / 3, 8, 1]], [[1 / 3, -0.5], [2.5, 2 / 3]], bias=0.5)
CASES = {
    "four by four": Convolution(RANDOM.integers(0, 10, (4, 4)), SIGNED, bias=2),
    "stride and padding": Convolution(RANDOM.integers(0, 10, (5, 5)), SIGNED, bias=-1, stride=2, padding=1),
    "rectangle": Convolution(RANDOM.integers(0, 10, (6, 4)), [[2, -3, 4], [5, -2, 3]], bias=-3),
    "dilation": Convolution(RANDOM.integers(0, 10, (5, 5)), [[2, -3], [4, 5]], bias=1, dilation=2),
    "thirds": THIRDS,
    "quarters": Convolution([[0.5, 2, 1], [3.25, 4, 9], [3, 0, 6]], [[2, -0.5], [4, -2]], bias=-1.5),
    "blur": Convolution(RANDOM.integers(0, 10, (6, 6)), np.full((3, 3), 1 / 9)),
    "photo": Convolution(9 - np.abs(COLUMNS - 3)[:8, :8] - np.abs(ROWS - 4)[:8, :8] / 2, SOBEL),
    "large": Convolution((ROWS * COLUMNS) % 10, SOBEL, bias=1),
    "dark corners": Convolution(np.clip(9 - np.abs(AWAY - 2.5) * 4, 0, 9).round(), SOBEL),
    "colours": Convolution(RANDOM.integers(0, 10, (3, 3, 3)), WEIGHTS.reshape(2, 3, 2, 2), [3, -2]),
    "three filters": Convolution(RANDOM.integers(0, 10, (5, 5)), RANDOM.integers(2, 9, (3, 1, 2, 2)), [1, 2, 3]),
    "a filter a result": Convolution([[3, 4], [5, 6]], RANDOM.integers(2, 9, (3, 1, 2, 2)), [1, 2, 3]),
    "one result": Convolution([[3, 4], [5, 6]], [[2, -3], [4, 5]], bias=1),
    "padding alone": Convolution([[3, 4], [5, 6]], [[2]], bias=1, padding=(1, 0)),
    "one weight": Convolution(RANDOM.integers(0, 10, (4, 4)), [[3]], bias=1),
}  # fmt: skip
QUICK = (("four by four", "letters"), ("thirds", "numbers"))
SLOW = (("stride and padding", "numbers"), ("photo", "numbers"), ("dark corners", "letters"), ("colours", "letters"),
        ("padding alone", "letters"), ("one weight", "numbers"))  # fmt: skip
"""Those that are always run, and those that CI runs; the rest takes long, by their number."""
ALL = [
    pytest.param(*case, marks=[] if case in QUICK else SEARCH if case not in SLOW else pytest.mark.slow)
    for case in ((which, notation) for which in CASES for notation in ("letters", "numbers"))
]
SCENES = ["EquationView", "CompactEquationView"]


def shown(name: str, which: str, notation: str, theme: str = "dark") -> Run:
    return own_run(name, CASES[which], notation, theme)


def says(shot: Shot, *texts: str) -> list[str]:
    """Those of these texts that stand in a picture, the highest first."""
    there = sorted(shot.texts, key=lambda text: -float(text.middle[1]))
    return [text.says for text in there if text.says in texts]


def figure(shot: Shot) -> str | None:
    """The key figure, in one line."""
    lines = sorted(shot.of_kind("figure"), key=lambda text: -float(text.middle[1]))
    return " ".join(text.says or "" for text in lines) or None


@pytest.mark.slow
@pytest.mark.parametrize(("which", "notation"), ALL)
@pytest.mark.parametrize("name", SCENES)
def test_equations_are_shown_soundly(name: str, which: str, notation: str) -> None:
    done = shown(name, which, notation)
    assert all_faults(done) == []
    assert done.scene.time <= 60
    assert all(shot.end - shot.start <= 16.1 for shot in done.shots)


@pytest.mark.parametrize(
    "which", [pytest.param("photo", marks=SEARCH), pytest.param("colours", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("name", SCENES)
def test_equations_are_shown_soundly_on_light(name: str, which: str) -> None:
    done = shown(name, which, "letters", "light")
    assert reading_faults(done) + colour_faults(done) + layout_faults(done) == []


def test_a_sum_with_products_left_out_says_how_many_there_are() -> None:
    run = own_run("EquationView", CASES["four by four"], "letters", "dark", "square")
    assert [len(says(shot, "…")) for shot in run.shots] == [0, 1, 4, 4, 4, 4, 4]
    assert {figure(shot) for shot in run.shots} == {"4 results, each a sum of 9 products and the bias"}
    assert says(run.shots[-1], "⋮") == []


def test_room_without_boxes_is_used_for_the_products_left_out() -> None:
    condensed, whole = shown("CompactEquationView", "four by four", "letters").shots
    assert says(condensed, "…") == []
    assert figure(condensed) is figure(whole) is None


@pytest.mark.slow
def test_of_many_results_the_first_and_the_last_have_a_line() -> None:
    last = shown("EquationView", "three filters", "numbers").shots[-1]
    assert {text.key[1] for text in last.of_kind("result") if text.key} == {0, 1, 2, 3, 47}
    assert says(last, "⋮") == ["⋮"]
    assert figure(last) == "48 results, each a sum of 4 products and a bias"
    above = [text for text in last.of_kind("result") if text.middle[1] > last.of_kind("dots")[0].middle[1]]
    assert {text.key[1] for text in above if text.key} == {0, 1, 2, 3}


@pytest.mark.slow
def test_of_an_image_with_dark_corners_sums_are_shown_that_come_to_something() -> None:
    run = shown("EquationView", "dark corners", "letters")
    last = run.shots[-1]
    assert says(last, "⋮") == ["⋮"] * 3
    assert figure(last) == "100 results, each a sum of 9 products and the bias"
    values = {text.says for text in run.shot("sums").of_kind("product")} - {"0"}
    assert len(values) > 4


@pytest.mark.slow
def test_with_padding_sums_are_of_different_lengths() -> None:
    last = shown("EquationView", "stride and padding", "letters").shots[-1]
    assert figure(last) == "9 results, each a sum of 4 to 9 products and the bias"


def test_where_rounded_numbers_do_not_come_to_the_result_it_says_so() -> None:
    """By hand, the first one: 0.111 − 2.5 + 3.12 + 4.67 + 0.5 = 5.901, and 5.9 is what stands there."""
    run = shown("EquationView", "thirds", "numbers")
    assert says(run.shot("others"), "=", "≈") == ["≈"] * 4
    assert says(run.shot("sums"), "=", "≈") == ["≈"] * 4
    assert "≈" in says(shown("CompactEquationView", "thirds", "numbers").shot("one-line"), "=", "≈")


def test_numbers_that_come_out_even_are_equal() -> None:
    for name in SCENES:
        for shot in shown(name, "quarters", "numbers").shots:
            assert "≈" not in says(shot, "≈")


def test_in_letters_the_sign_turns_with_the_numbers_and_back() -> None:
    run = shown("EquationView", "thirds", "letters")
    signs = {slug: sorted(set(says(run.shot(slug), "=", "≈"))) for slug in ("others", "numbers", "letters")}
    assert signs == {"others": ["="], "numbers": ["≈"], "letters": ["="]}


@pytest.mark.parametrize("slug", ["others", "sums"])
def test_a_wrong_sign_would_be_seen(slug: str) -> None:
    run = shown("EquationView", "thirds", "numbers")
    shot = run.shot(slug)
    wrong = [text for text in shot.texts if text.says == "≈"]
    for text in wrong:
        text.says = "="
    try:
        conv = run.scene.convolution
        screen = Screen(shot, conv)
        faults = screen.missummed() if slug == "sums" else screen.missaid("sparse", range(4), dots=True)
    finally:
        for text in wrong:
            text.says = "≈"
    assert len(faults) == len(wrong) == 4


@pytest.mark.slow
def test_the_lines_of_a_filter_have_its_bias() -> None:
    last = shown("EquationView", "a filter a result", "letters").shots[-1]
    biases = sorted((text for text in last.of_kind("bias")), key=lambda text: (text.middle[0], -text.middle[1]))
    assert [text.says for text in biases[-3:]] == ["b₁", "b₂", "b₃"]


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_what_is_too_much_to_be_read_leaves_its_colours(name: str) -> None:
    many = Convolution(np.arange(144).reshape(4, 6, 6) % 10, np.arange(1, 145).reshape(4, 4, 3, 3) % 7 - 3)
    done = own_run(name, many, "letters")
    assert all_faults(done) == []
    assert unnamed_weights(read(done.shots[0], many))


def test_the_posts_example_has_no_dots_and_no_figure() -> None:
    run = shoot(own("EquationView", convolution=EXAMPLE))
    assert all(says(shot, "…", "⋮", "≈") == [] and figure(shot) is None for shot in run.shots)
