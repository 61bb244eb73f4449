"""Clips in 1:1 and 9:16: what they are called, how large they are, and what is made of them."""

import re
from pathlib import Path

import made_clips
import pypdfium2
import pytest
from PIL import Image

from renders.__main__ import main
from renders.formats import files
from renders.handout import handout
from renders.loop import loop, whole_clip
from renders.loop_frames import Size
from renders.request import QUALITIES
from renders.themes import DARK, LIGHT, SHAPES, THEMES, check_shapes, endings, in_shapes, of_suffix

EVERY = in_shapes(THEMES.values(), SHAPES)


def test_shapes_come_behind_the_theme_and_wide_is_not_named() -> None:
    assert files("Clip", in_shapes([DARK], ["wide"]), ())[0] == "Clip.mp4"
    every = files("Clip", in_shapes([DARK, LIGHT], ["tall", "wide"]), ("gif",))
    stems = ("Clip-tall", "Clip", "Clip-light-tall", "Clip-light")
    assert [name for name in every if name.endswith((".mp4", ".gif"))] == [
        f"{stem}{ending}" for stem in stems for ending in (".mp4", ".gif")
    ]
    assert {f"{stem}-still.png" for stem in stems} < set(every)
    assert "Clip-transparent-tall.webm" in files("Clip", in_shapes([DARK], ["tall"]), ("webm",))


def test_a_suffix_says_which_theme_and_shape_it_is() -> None:
    assert len({theme.suffix for theme in EVERY}) == len(EVERY) == 12
    assert all(of_suffix(theme.suffix) == theme for theme in EVERY)
    assert all(re.fullmatch(endings(THEMES.values()), theme.suffix) for theme in EVERY)


@pytest.mark.parametrize("lines", [int(folder.split("p")[0]) for folder in QUALITIES.values()])
def test_the_shorter_side_has_the_lines_of_the_quality(lines: int) -> None:
    sizes = {shape: DARK._replace(shape=shape).pixels(lines) for shape in SHAPES}
    assert sizes["square"] == (lines, lines)
    assert sizes["tall"] == sizes["wide"][::-1]
    assert all(min(size) == lines and not size[0] % 2 for size in sizes.values())


def test_no_name_means_wide_and_an_unknown_one_is_named() -> None:
    assert check_shapes("") == ("wide",)
    assert check_shapes("tall wide tall") == ("tall", "wide")
    with pytest.raises(ValueError, match=r"unknown shape 9:16; expected any of wide, square, tall"):
        check_shapes("9:16 tall")


@pytest.mark.parametrize("what", ["film", "slides", "page"])
def test_what_is_joined_stays_wide(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([what, "--shape", "square"]) == 2
    assert capsys.readouterr().err == (
        f"render: {what} is made in the shape wide only; got square, which single clips take\n"
    )


@pytest.fixture
def tall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished clip in 9:16."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(made_clips, "SIZE", (180, 320))
    steps = [("one", (20, 20), (100, 20), 30, "A square."), ("two", (100, 20), (100, 200), 30, "It moves.")]
    return made_clips.make_clip("Clip-tall", steps, tmp_path / "renders" / "clips")


@pytest.mark.parametrize("ending", [".webp", ".gif"])
def test_a_loop_of_a_tall_clip_is_as_high_as_a_wide_one_is_wide(tall: Path, ending: str) -> None:
    loop(whole_clip(tall), tall.with_suffix(ending), (Size(160, 10),))
    with Image.open(tall.with_suffix(ending)) as made:
        assert made.size == (90, 160)


def test_two_steps_of_a_tall_clip_fit_on_a_page_of_its_handout(tall: Path) -> None:
    (tall.parent.parent / "media").mkdir(exist_ok=True)
    handout(tall, tall.with_suffix(".pdf"), "A clip", "It is tall.")
    pdf = pypdfium2.PdfDocument(tall.with_suffix(".pdf"))
    try:
        assert len(pdf) == 1
        pictures = [each for each in pdf[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        boxes = [each.get_bounds() for each in pictures]
        assert len(boxes) == 2
        for left, bottom, right, top in boxes:
            assert (top - bottom) / (right - left) == pytest.approx(320 / 180, rel=0.01)
    finally:
        pdf.close()
