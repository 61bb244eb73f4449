"""A photo is shown by its shades where labels cannot be read, and a long sweep stays short."""

import numpy as np
import pytest
from cases import PHOTO, SOBEL
from layout_faults import outside, overlaps, too_small
from screen import Run, own_run

from cnnmath import Convolution
from scenes._look.theme import DARK
from scenes._mobjects.cells import labels_fit
from scenes._words.piece import Piece

LARGE = Convolution(np.kron(PHOTO.image[0], np.ones((2, 2))), SOBEL)


def fills_of_the_grid(run: Run, step: int, columns: int, rows: int, left: bool) -> np.ndarray:
    """The fills (rows, columns, 3) of the largest block of equal squares at one end of the stage."""
    squares = [d for d in run.shots[step].drawn if d.is_square and d.filled]
    sides = sorted({round(d.width, 3) for d in squares})
    small = [d for d in squares if abs(d.width - sides[0]) < 0.01]
    blocks: dict[bool, list] = {True: [], False: []}
    places = sorted({round(float(d.middle[0]), 2) for d in small})
    # The widest gap is that between image and results.
    end = int(np.argmax(np.diff(places)))
    for d in small:
        blocks[bool(d.middle[0] < (places[end] + places[end + 1]) / 2)].append(d)
    block = sorted(blocks[left], key=lambda d: (-round(d.middle[1], 2), d.middle[0]))
    assert len(block) == rows * columns
    return np.array([d.fill[:3] for d in block]).reshape(rows, columns, 3)


@pytest.fixture(scope="module")
def sliding() -> Run:
    return own_run("FilterSliding", LARGE, "numbers")


def test_every_result_takes_the_shade_of_its_value(sliding: Run):
    output = LARGE.output()[0]
    reach = np.abs(output).max()
    fills = fills_of_the_grid(sliding, -1, 14, 14, left=False)
    middle, negative, positive = (
        np.array([int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)]) for c in (DARK.middle, DARK.negative, DARK.positive)
    )
    share = np.abs(output / reach)[..., None]
    expected = middle + share * (np.where(output[..., None] < 0, negative, positive) - middle)
    np.testing.assert_allclose(fills, expected, atol=0.01)


def test_every_pixel_takes_the_shade_of_its_value(sliding: Run):
    image = LARGE.image[0]
    fills = fills_of_the_grid(sliding, -1, 16, 16, left=True)
    np.testing.assert_allclose(fills, np.repeat(image[..., None] / image.max(), 3, axis=2), atol=0.01)


def test_a_sweep_of_hundreds_of_stops_takes_no_minutes(sliding: Run):
    assert [snap.slug for snap in sliding.shots] == ["first", "slide"]
    assert 15 <= sliding.scene.time <= 30
    assert all(outside(shot) + too_small(shot) + overlaps(shot) == [] for shot in sliding.shots)


def test_the_first_result_alone_is_there_after_the_first_stop(sliding: Run):
    fills = fills_of_the_grid(sliding, 0, 14, 14, left=False)
    blank = np.array([int(DARK.panel[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    empty = np.isclose(fills, blank, atol=0.005).all(axis=2)
    assert not empty[0, 0]
    assert empty.sum() == empty.size - 1


def test_a_photo_of_eight_by_eight_keeps_its_numbers():
    run = own_run("TheImage", PHOTO, "numbers")
    says = [d.says for d in run.shots[-1].drawn if d.is_text and d.key and d.key[0] == "pixel"]
    assert len(says) == 64
    assert outside(run.shots[-1]) + too_small(run.shots[-1]) + overlaps(run.shots[-1]) == []


@pytest.mark.parametrize(("says", "side", "fit"), [("7", 0.42, True), ("7", 0.3, False), ("−12.5", 0.6, False)])
def test_labels_are_left_out_where_they_could_not_be_read(says: str, side: float, fit: bool):
    assert labels_fit([Piece(says)], side) is fit
