"""In a square picture and in a tall one every scene is as sound as in a wide one: nothing is cropped or too small."""

import numpy as np
import pytest
from books import POST_SCENES
from layout_faults import CHECKS
from manim import config, tempconfig
from manim.constants import QUALITIES
from page_faults import figure_faults, layout_faults, reading_faults
from screen import FILM_SCENES, PIXELS, Drawn, Run, Shot, film_ends, film_run, own, own_run, scene_class
from test_scene_chain import CHAIN, jump

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution
from renders.themes import DARK, SHAPES
from scenes._film import OPENING
from scenes._look.frame import FRAMES, SQUARE, TALL, WIDE, Frame, fit_camera, frame
from scenes._mobjects.network import NetworkGraph
from scenes._words.subject import Subject

NARROW = pytest.mark.parametrize("shape", ["square", "tall"])
ALL = pytest.mark.parametrize("name", FILM_SCENES)
POST = pytest.mark.parametrize("name", POST_SCENES)
FOUR = Convolution(
    [[9, 6, 6, 8], [5, 7, 8, 2], [0, 3, 2, 8], [9, 0, 4, 8]], kernel=[[2, -3, 4], [5, -2, 3], [-4, 7, 6]], bias=1
)
CHANNELS = Convolution([EXAMPLE.image[0]] * 3, [[[[1, 2], [3, -4]], [[5, 6], [7, -8]], [[2, -3], [4, 9]]]], bias=3)


def sound(run: Run) -> list[str]:
    """What is wrong with what stands there, and where."""
    return reading_faults(run) + figure_faults(run) + layout_faults(run)


@pytest.mark.slow
@NARROW
@ALL
def test_every_still_says_what_the_core_says_and_is_laid_out_soundly(name: str, shape: str) -> None:
    assert sound(film_run(name, "dark", shape)) == []


@NARROW
def test_the_title_card(shape: str) -> None:
    card = film_run(OPENING.scene, "dark", shape).shot("title")
    assert [fault for check in CHECKS for fault in check(card)] == []


@NARROW
@pytest.mark.parametrize(("before", "after"), CHAIN, ids=[f"{a}-{b}" for a, b in CHAIN])
def test_the_next_clip_opens_with_the_last_picture(before: str, after: str, shape: str) -> None:
    last, first = film_ends(before, "dark", shape).last, film_ends(after, "dark", shape).first
    assert last.shape[:2] == PIXELS[shape][::-1]
    assert jump(last, first)[1] == 0


@pytest.mark.slow
@NARROW
@ALL
def test_the_stage_is_used(name: str, shape: str) -> None:
    """What is there at the end reaches over most of the picture, in a tall one over more than a square."""
    last = film_run(name, "dark", shape).shots[-1]
    boxes = np.array([d.box for d in last.visible])
    across, up = boxes[:, 2:].max(0) - boxes[:, :2].min(0)
    assert across > 0.5 * last.size[0]
    assert up > 0.7 * last.size[1]


@pytest.mark.parametrize(
    ("conv", "notation", "shape"),
    [(FOUR, "numbers", "square"), (FOUR, "numbers", "tall"), (CHANNELS, "letters", "square"),
     pytest.param(CHANNELS, "numbers", "square", marks=pytest.mark.long), (CHANNELS, "numbers", "tall")],
)  # fmt: skip
def test_the_filter_slides_over_other_images(conv: Convolution, notation: str, shape: str) -> None:
    run = own_run("FilterSliding", conv, notation, "dark", shape)
    assert run.shots[0].of_kind("pixel"), "there is room for names or numbers"
    assert sound(run) == []


@pytest.mark.long
@NARROW
@POST
def test_the_posts_examples_in_numbers(name: str, shape: str) -> None:
    assert sound(own_run(name, scene_class(name).convolution, "numbers", "dark", shape)) == []


@pytest.mark.long
@NARROW
@POST
@pytest.mark.parametrize("notation", ["letters", "numbers"])
def test_the_padded_example(name: str, notation: str, shape: str) -> None:
    assert sound(own_run(name, PADDED_EXAMPLE, notation, "dark", shape)) == []


# Where there is room


def test_a_square_picture_has_room_for_the_matrix_in_symbols() -> None:
    """Beside the network, too: 16 weights and 20 zeros in the matrix, then 16 weights on the edges."""
    run = film_run("MatrixToNetwork", "dark", "square")
    before, after = run.shot("neurons"), run.shot("other-rows")
    assert (len(before.of_kind("weight")), len(before.of_kind("zero"))) == (16, 20)
    assert (len(after.of_kind("weight")), len(after.of_kind("zero"))) == (16, 20)
    assert max(text.middle[0] for text in before.of_kind("weight")) < min(t.middle[0] for t in after.of_kind("weight"))


def test_in_a_tall_picture_the_rows_of_the_matrix_stand_apart() -> None:
    shot = film_run("MatrixToNetwork", "dark", "tall").shot("labels")
    heights = sorted({round(float(text.middle[1]), 2) for text in shot.of_kind("result")})
    assert len(heights) == 4
    assert heights[-1] - heights[0] > 0.2 * TALL.stage_height
    for kind, each in (("weight", 4), ("zero", 5)):
        for height in heights:
            assert sum(abs(text.middle[1] - height) < 0.1 for text in shot.of_kind(kind)) == each


def results_of_sums(shot: Shot) -> list[Drawn]:
    """The results at the ends of the sums, each alone on its line: in the grid of results two stand on each."""
    results = shot.of_kind("result")
    return [t for t in results if sum(abs(other.middle[1] - t.middle[1]) < 0.1 for other in results) == 1]


def test_in_a_tall_picture_image_filter_and_sums_stand_below_each_other() -> None:
    shot = film_run("EquationView", "dark", "tall").shots[0]
    tops = [max(text.middle[1] for text in shot.of_kind(kind)) for kind in ("pixel", "weight")]
    tops.append(max(text.middle[1] for text in results_of_sums(shot)))
    floors = [min(text.middle[1] for text in shot.of_kind(kind)) for kind in ("pixel", "weight")]
    assert tops[0] > floors[0] > tops[1] > floors[1] > tops[2]


@pytest.mark.parametrize("shape", list(FRAMES))
def test_while_results_wait_for_their_sums_their_places_are_seen(shape: str) -> None:
    """Four shapes, one in front of each result, and none when all sums stand there."""
    run = film_run("EquationView", "dark", shape)

    def blanks(slug: str) -> list[float]:
        shot = run.shot(slug)
        outlines = [d for d in shot.visible if not d.is_text and not d.filled]
        wide = [d for d in outlines if d.width > 4 and d.box[3] - d.box[1] < 1]
        return sorted(float(d.middle[1]) for d in wide)

    waiting = sorted(float(text.middle[1]) for text in results_of_sums(run.shot("results")))
    assert len(waiting) == 4
    assert blanks("results") == pytest.approx(waiting, abs=0.1)
    assert blanks("first") == pytest.approx(waiting[:-1], abs=0.1)
    assert blanks("others") == []


def test_in_a_square_picture_the_table_has_its_words_between_its_rows() -> None:
    shot = film_run("FilterSliding", "dark", "square").shot("side-by-side")
    words = [text for text in shot.texts if text.says in ("The filter", "applied to", "yields")]
    assert [text.middle[0] for text in words] == pytest.approx([0] * 3, abs=0.01)
    assert max(d.width for d in shot.visible if d.is_square) > 0.5


def dark_corners() -> Convolution:
    rows, columns = np.mgrid[0:28, 0:28] - 14
    return Convolution(np.clip(9 - np.abs(np.hypot(rows, columns) - 8) * 1.5, 0, 9).round(), FOUR.kernel)


@pytest.mark.slow
@NARROW
@pytest.mark.parametrize("name", ["EquationView", "MatrixView", "MatrixToNetwork"])
def test_an_image_of_28_by_28_fits(name: str, shape: str) -> None:
    """Nothing of its stills is too small or outside, or else the scene would refuse it before it begins."""
    with tempconfig({"pixel_width": PIXELS[shape][0], "pixel_height": PIXELS[shape][1]}):
        own(name, convolution=dark_corners())(skip_animations=True).setup()


def test_figures_below_layers_that_are_near_do_not_meet() -> None:
    conv = dark_corners()
    for width in (1.0, 1.5, 4.0):
        one, other = NetworkGraph(Subject(conv, "letters"), width, 5.0).figures
        assert other.get_left()[0] - one.get_right()[0] > 0.2


@NARROW
def test_a_refusal_names_the_shape(shape: str) -> None:
    long = Convolution(np.full((4, 4, 4), 123456789012.25), np.full((1, 4, 2, 2), 1234567890.5))
    with pytest.raises(ValueError, match=f"FilterSliding .* in a {shape} picture: "):
        own_run("FilterSliding", long, "numbers", "dark", shape)


# The shapes themselves


@pytest.mark.parametrize(
    ("pixels", "shape", "units"),
    [
        ((1920, 1080), WIDE, (128 / 9, 8)),
        ((854, 480), WIDE, (128 / 9, 8)),
        ((1080, 1080), SQUARE, (8, 8)),
        ((1080, 1920), TALL, (8, 128 / 9)),
        ((480, 854), TALL, (8, 128 / 9)),
        ((1600, 1000), WIDE, (128 / 9, 80 / 9)),
        ((2100, 900), WIDE, (56 / 3, 8)),
        ((1000, 1250), SQUARE, (8, 10)),
        ((1200, 1000), SQUARE, (9.6, 8)),
        ((900, 2000), TALL, (8, 160 / 9)),
    ],
)
def test_the_picture_is_undistorted_and_holds_the_shape_that_is_nearest(
    pixels: tuple[int, int], shape: Frame, units: tuple[float, float]
) -> None:
    with tempconfig({"pixel_width": pixels[0], "pixel_height": pixels[1]}):
        assert frame() is shape
        fit_camera()
        assert (config.frame_width, config.frame_height) == pytest.approx(units)
    assert config.frame_width == pytest.approx(128 / 9)


def test_a_wide_picture_is_what_it_was() -> None:
    """The places that all scenes were laid out for, when there was no other shape."""
    assert (WIDE.safe_x, WIDE.safe_y, WIDE.title_y, WIDE.figure_y) == (6.8, 3.7, 3.2, -3.3)
    assert (WIDE.stage_top, WIDE.stage_bottom, WIDE.stage_middle) == (2.6, -2.75, pytest.approx(-0.075))
    assert (WIDE.title_size, WIDE.figure_size, WIDE.lines, WIDE.page_bottom) == (0.64, 0.5, 1, -3.6)
    trio = film_run("FilterSliding", "dark").shot("slide")
    sides = {round(d.width, 4) for d in trio.visible if d.is_square}
    assert sides == {1.3399}
    matrix = film_run("MatrixView", "dark").shot("results")
    assert {round(d.width, 3) for d in matrix.visible if d.is_square} == {0.555, 0.75}


def test_the_shorter_side_is_always_as_long() -> None:
    assert {min(shape.width, shape.height) for shape in FRAMES.values()} == {8}
    for shape in FRAMES.values():
        assert shape.safe_x <= shape.width / 2 - 0.3
        assert shape.safe_y <= shape.height / 2 - 0.3


def test_the_recipe_knows_the_shapes_that_the_scenes_know() -> None:
    assert list(FRAMES) == list(SHAPES)
    for shape in FRAMES.values():
        wide, tall = DARK._replace(shape=shape.name).pixels(1080)
        assert wide / tall == pytest.approx(shape.width / shape.height)


def test_the_recipes_wide_clips_are_as_large_as_manims() -> None:
    for quality in QUALITIES.values():
        if quality["flag"]:
            assert DARK.pixels(quality["pixel_height"]) == (quality["pixel_width"], quality["pixel_height"])
