"""What may be asked of the recipe."""

import pytest

from renders.request import (
    QUALITIES,
    check_part,
    check_quality,
    film_jobs,
    heading_of,
    own_jobs,
    pick,
    project_name,
    story_jobs,
)
from scenes._film import CARDS, CLASSICS, FILM, PARTS, Clip

SHORT = (Clip("One", "one"), Clip("Two", "two"), Clip("Three", "three"))


def test_no_name_means_the_whole_film() -> None:
    assert pick([], FILM) == FILM


def test_clips_come_in_the_order_of_the_film() -> None:
    assert pick(["Three", "One"], SHORT) == (SHORT[0], SHORT[2])


def test_the_classics_come_by_name_or_all_together_but_not_with_the_film() -> None:
    assert own_jobs(["Dilation", "TheImage"]) == film_jobs(
        (Clip("TheImage", "the_image"), Clip("Dilation", "classics"))
    )
    assert own_jobs(["classics"]) == film_jobs(CLASSICS)
    assert own_jobs(["classics", "Strides", "Credits"]) == film_jobs((FILM[-1], *CLASSICS))
    assert own_jobs([]) == film_jobs()
    assert len(CLASSICS) == 15
    with pytest.raises(ValueError, match=r"unknown scene classic; .*TheImage.*TransposedOddSize"):
        own_jobs(["classics", "classic"])


def test_an_unknown_scene_is_named_beside_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown scene Four, one; expected any of One, Two, Three"):
        pick(["Four", "Two", "one"], SHORT)


@pytest.mark.parametrize("letter", QUALITIES)
def test_manims_letters_are_taken(letter: str) -> None:
    assert check_quality(letter) == letter


@pytest.mark.parametrize("letter", ["x", "", "hm", "H"])
def test_an_unknown_quality_is_named_beside_the_known_ones(letter: str) -> None:
    with pytest.raises(ValueError, match=rf"unknown quality '{letter}'; expected one of l .* k \(2160p60\)"):
        check_quality(letter)


@pytest.mark.slow
def test_the_folders_are_those_that_manim_writes_to() -> None:
    from manim.constants import QUALITIES as MANIMS

    folders = {each["flag"]: f"{each['pixel_height']}p{each['frame_rate']}" for each in MANIMS.values() if each["flag"]}
    assert folders == QUALITIES


def test_the_film_has_a_card_before_each_part() -> None:
    told = [job.scene for job in story_jobs(own_jobs([]))]
    assert told[:2] == ["Opening", "OneConvolution"]
    assert told[-1] == "Credits"
    assert told.index("ANetworkOfThem") == told.index("ZeroPadding") + 1
    assert [name for name in told if name not in {card.scene for card in CARDS}] == [
        "Opening",
        *(clip.scene for clip in FILM),
    ]
    assert [job.scene for job in story_jobs(own_jobs(["Pooling"]))] == ["Opening", "ANetworkOfThem", "Pooling"]


def test_a_part_of_the_film() -> None:
    jobs = own_jobs([], check_part("2"))
    assert [job.scene for job in jobs] == [clip.scene for clip in PARTS[1].clips]
    assert [job.scene for job in story_jobs(jobs, 2)] == ["ANetworkOfThem", *(clip.scene for clip in PARTS[1].clips)]
    assert project_name(2) == "cnn-viewpoints-part-2"
    assert check_part(" ") == 0
    assert heading_of("Pooling") == "A network of them"
    assert heading_of("Opening") == ""
    with pytest.raises(ValueError, match=r"unknown part 9; expected one of 1 \(One convolution\), 2 "):
        check_part("9")
    with pytest.raises(ValueError, match="unknown scene TheImage; expected any of Activation"):
        own_jobs(["TheImage"], 2)
