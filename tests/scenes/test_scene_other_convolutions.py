"""A lecturer's own convolution is shown as soundly as the post's, or refused before anything is drawn."""

from dataclasses import replace

import pytest
from books import POST_SCENES
from page_faults import all_faults
from screen import Run, film_run, outcome, own, shoot

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution

OTHERS = {
    "wide": Convolution([[3, 1, 4, 2], [5, 9, 2, 6], [5, 3, 5, 8]], kernel=[[2, -3], [4, 5]], bias=-1, stride=(1, 2)),
    "tall": Convolution([[3, 1, 4], [2, 5, 9], [2, 6, 5], [3, 5, 8]], kernel=[[2, -3, 4], [5, -2, 3]], bias=2),
    "padded": PADDED_EXAMPLE,
    "decimal": Convolution([[0.5, -2, 1], [3.25, 4, 9], [-3, 0, 6]], kernel=[[2, -0.75], [4, -2]], bias=-1.5),
}
"""Every one is small enough for at least one scene; a scene may refuse any but the post's own, and the wide one in
letters: that has three by four pixels and four results, which are no more; but `ZeroPadding` needs padding."""

FIVE_CHANNELS = Convolution([EXAMPLE.image[0]] * 5, kernel=[[EXAMPLE.kernel[0, 0]] * 5])
FIVE_FILTERS = Convolution(EXAMPLE.image, kernel=[EXAMPLE.kernel[0]] * 5)
HUGE = Convolution([[float(i + j) for i in range(40)] for j in range(40)], kernel=[[2, -3], [4, -2]])


QUICK = [
    ("FilterSliding", "wide", "numbers"),
    ("NeuralNetworkView", "tall", "numbers"),
    ("FamiliarDiagram", "tall", "numbers"),
]
"""Those that are always run; the rest is slow, by their number."""
SHOWN = (("wide", "letters"), ("wide", "numbers"), ("tall", "numbers"), ("padded", "letters"), ("decimal", "numbers"))
CASES = pytest.mark.parametrize(
    ("name", "which", "notation"),
    [
        pytest.param(name, *shown, marks=[] if (name, *shown) in QUICK else pytest.mark.slow)
        for name in POST_SCENES
        for shown in SHOWN
    ],
)


@CASES
def test_another_convolution_is_shown_soundly_or_refused(name: str, which: str, notation: str) -> None:
    done = outcome(name, OTHERS[which], notation)
    if isinstance(done, str):
        assert name in done, f"a refusal names the scene and the limit: {done}"
        assert any(character.isdigit() for character in done), f"a refusal says what was given: {done}"
        assert (which, notation) != ("wide", "letters") or name == "ZeroPadding", "it has no more than the post's own"
        return
    assert all_faults(done) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", POST_SCENES)
def test_the_posts_example_is_shown_in_numbers_too(name: str) -> None:
    assert all_faults(shoot(own(name, notation="numbers"))) == []


@pytest.mark.slow
@pytest.mark.xdist_group("MatrixView")
def test_a_filter_as_large_as_the_image_leaves_no_zero_terms_out() -> None:
    whole = Convolution([[3, 4], [5, 6]], kernel=[[2, -3], [4, 5]], bias=1)
    assert all_faults(shoot(own("MatrixView", convolution=whole))) == []


@pytest.mark.parametrize("name", POST_SCENES)
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"notation": "roman"}, "roman"),
        ({"convolution": FIVE_CHANNELS}, "channels; got 5"),
        ({"convolution": FIVE_FILTERS}, "filters; got 5"),
        ({"convolution": HUGE}, "got 1600|got 1521"),
    ],
    ids=["notation", "channels", "filters", "size"],
)
def test_what_cannot_be_shown_is_refused_before_rendering(
    name: str, parameters: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "Credits" and parameters.get("convolution") is HUGE:
        pytest.skip("the credits show the filter only")
    if name == "ZeroPadding" and parameters.get("convolution") is HUGE:
        parameters = {"convolution": replace(HUGE, padding=(1, 1))}
    made = own(name, **parameters)
    monkeypatch.setattr(made, "construct", lambda self: pytest.fail("drawn before it was refused"))
    # Laying out what is far too large would take minutes.
    monkeypatch.setattr(made, "pictures", lambda self: pytest.fail("laid out before it was refused"))
    with pytest.raises(ValueError, match=said) as refusal:
        shoot(made)
    if "convolution" in parameters:
        assert name in str(refusal.value)


def test_a_lecturers_clip_of_two_lines_shows_its_own_numbers() -> None:
    done = outcome("FilterSliding", OTHERS["wide"], "numbers")
    assert isinstance(done, Run)
    assert {text.says for text in done.shot("slide").of_kind("result")} != {
        text.says for text in film_run("FilterSliding", "dark").shot("slide").of_kind("result")
    }
