"""The title card and those of the parts: readable in both themes and all shapes."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from layout_faults import CHECKS, faint_shapes, faint_texts
from screen import PIXELS, Run, film_run, own, shoot

from cnnmath import EXAMPLE, Convolution
from scenes._film import CARDS, OPENING, TITLE, Clip, part_of

BOTH = pytest.mark.parametrize("theme", ["dark", "light"])
Film = Callable[[str, str], Run]


@BOTH
def test_it_says_the_title(theme: str, run: Film) -> None:
    card = run(OPENING.scene, theme).shot("title")
    assert " ".join(text.says for text in card.texts if text.key == ("title",)) == TITLE
    assert {text.key for text in card.symbols} >= {("weight", w) for w in range(4)}
    assert {edge.weight for edge in card.visible if edge.is_edge} == {0, 1, 2, 3}


@BOTH
@pytest.mark.parametrize("check", [*CHECKS, faint_texts, faint_shapes], ids=lambda check: check.__name__)
def test_its_stills(theme: str, check: Callable[..., list[str]], run: Film) -> None:
    card = run(OPENING.scene, theme).shot("title")
    assert check(card) == []


def test_its_captions_lie_in_their_steps_and_can_be_read(run: Film) -> None:
    done = run(OPENING.scene, "dark")
    assert [shot.slug for shot in done.shots] == done.sections == ["title"]
    for shot in done.shots:
        said = [c for c in done.captions if shot.start - 1e-6 <= c.start and c.end <= shot.end + 1e-5]
        assert " ".join(c.text for c in said) == shot.narration
        assert all(len(c.text) <= 17 * (c.end - c.start) for c in said)
        assert shot.hold >= 1 - 1e-9
    assert all(after.start >= before.end - 1e-5 for before, after in pairwise(done.captions))


@pytest.mark.parametrize("conv", [replace(EXAMPLE, padding=1), Convolution([[1, 2, 3, 4]] * 5, [[2, 3], [4, 5]])])
def test_it_fits_other_convolutions(conv: Convolution) -> None:
    other = own(OPENING.scene, convolution=conv)
    card = shoot(other).shot("title")
    assert [fault for check in CHECKS for fault in check(card)] == []


def test_too_many_pixels_are_refused() -> None:
    large = own(OPENING.scene, convolution=Convolution([[1.0] * 9] * 9, [[2.0, 3.0]]))
    with pytest.raises(ValueError, match="Opening shows at most 36 pixels; got 81"):
        shoot(large)


@pytest.mark.parametrize("shape", PIXELS)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.scene)
def test_the_card_of_a_part(card: Clip, shape: str) -> None:
    """Which part it is, what it is called, and pictures without a word."""
    number, part = part_of(card.scene)
    (shot,) = film_run(card.scene, "light" if shape == "square" else "dark", shape).shots
    assert [fault for check in [*CHECKS, faint_texts, faint_shapes] for fault in check(shot)] == []
    assert [text.says for text in shot.texts] == [f"Part {number}", part.title]
    assert part.title.lower() in shot.narration.lower()
    assert len([drawn for drawn in shot.visible if not drawn.is_text]) > 12
    assert shot.end < 6


def test_a_scene_that_is_no_card() -> None:
    with pytest.raises(ValueError, match="TheImage is the card of no part; expected one of OneConvolution"):
        part_of("TheImage")
