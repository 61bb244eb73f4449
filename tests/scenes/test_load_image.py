"""Pictures as numbers: what Pillow opens, turned, laid on white, scaled, and counted in levels."""

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cnnmath import Convolution
from scenes import load_image

ORIENTATION = 0x0112
ASYMMETRIC = np.array([[0, 60, 120], [180, 240, 255]], dtype=np.uint8)


def saved(path: Path, pixels: Any, mode: str | None = None, **options: Any) -> Path:
    picture = Image.fromarray(np.asarray(pixels, dtype=np.uint8))
    (picture.convert(mode) if mode else picture).save(path, **options)
    return path


def test_grey_values_are_digits(tmp_path: Path) -> None:
    values = load_image(saved(tmp_path / "a.png", [[0, 255, 128], [28, 14, 15]]))
    assert values.dtype == np.float64
    assert values.tolist() == [[0, 9, 5], [1, 0, 1]]
    Convolution(values, [[1, 2]])


def test_levels(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", ASYMMETRIC)
    assert load_image(path, levels=256).tolist() == ASYMMETRIC.tolist()
    assert load_image(path, levels=2).tolist() == [[0, 0, 0], [1, 1, 1]]
    assert load_image(path, levels=None) == pytest.approx(ASYMMETRIC / 255)


def test_size_is_rows_and_columns(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", np.zeros((40, 30)))
    assert load_image(path).shape == (40, 30)
    assert load_image(path, size=(4, 6)).shape == (4, 6)
    assert load_image(path, size=5).shape == (5, 5)
    assert load_image(path, size=(50, 60)).shape == (50, 60)
    assert load_image(path, size=(4, 6), color=True).shape == (3, 4, 6)


def test_a_fine_checkerboard_becomes_grey(tmp_path: Path) -> None:
    board = np.indices((64, 64)).sum(0) % 2 * 255
    assert load_image(saved(tmp_path / "a.png", board), size=(8, 8), levels=None) == pytest.approx(0.5, abs=0.02)


def test_scaling_keeps_places_and_does_not_overshoot(tmp_path: Path) -> None:
    large = np.kron([[0, 255], [255, 255]], np.ones((32, 32)))
    values = load_image(saved(tmp_path / "a.png", large), size=(4, 4), levels=None)
    assert values.min() >= 0
    assert values.max() <= 1
    assert values[0, 0] == pytest.approx(0, abs=0.01)
    assert values[3, 0] == values[0, 3] == pytest.approx(1, abs=0.01)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lecturer's folder, with a file that loads a picture, and another folder to be in."""
    folder = tmp_path / "lectures"
    (folder / "pictures").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (folder / "own.py").write_text("from scenes import load_image\nIMAGE = load_image('pictures/a.png')\n")
    return folder


def test_a_picture_is_found_beside_the_file_that_asks_for_it(own: Path) -> None:
    saved(own / "pictures" / "a.png", [[0, 255]])
    assert runpy.run_path(str(own / "own.py"))["IMAGE"].tolist() == [[0, 9]]
    Path("pictures").mkdir()
    saved(Path("pictures/a.png"), [[255, 0]])
    assert runpy.run_path(str(own / "own.py"))["IMAGE"].tolist() == [[9, 0]], "the current folder comes first"


def test_a_picture_that_is_nowhere_says_where_it_was_looked_for(own: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        runpy.run_path(str(own / "own.py"))
    searched = f"{Path.cwd()} or {own}"
    assert str(missing.value) == f"pictures/a.png: there is no such file in {searched}; expected a picture"
    with pytest.raises(FileNotFoundError, match=r"/a\.png: there is no such file; expected a picture$"):
        load_image(own / "a.png")


def test_color_is_red_green_blue(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", [[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]]])
    assert load_image(path, color=True).tolist() == [[[9, 0, 0, 9]], [[0, 9, 0, 9]], [[0, 0, 9, 0]]]
    red, green, blue, yellow = load_image(path, levels=None)[0]
    assert blue < red < green < yellow, "grey weighs the colours as eyes do"


def test_a_grey_picture_in_color_has_three_equal_channels(tmp_path: Path) -> None:
    values = load_image(saved(tmp_path / "a.png", ASYMMETRIC), color=True, levels=256)
    assert values.tolist() == [ASYMMETRIC.tolist()] * 3


@pytest.mark.parametrize("turned", range(1, 9))
def test_it_is_turned_as_its_exif_data_say(tmp_path: Path, turned: int) -> None:
    shown = {
        1: ASYMMETRIC,
        2: ASYMMETRIC[:, ::-1],
        3: ASYMMETRIC[::-1, ::-1],
        4: ASYMMETRIC[::-1],
        5: ASYMMETRIC.T,
        6: np.rot90(ASYMMETRIC, -1),
        7: np.rot90(ASYMMETRIC, 2).T,
        8: np.rot90(ASYMMETRIC),
    }
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    path = saved(tmp_path / "a.png", ASYMMETRIC, exif=exif)
    assert load_image(path, levels=256).tolist() == shown[turned].tolist()


def test_what_is_transparent_stands_on_white(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", [[[0, 0, 0, 0], [0, 0, 0, 255], [255, 0, 0, 128]]])
    assert load_image(path).tolist()[0][:2] == [9, 0]
    assert load_image(path, color=True, levels=256)[:, 0, 2].tolist() == [255, 127, 127]
    grey = saved(tmp_path / "b.png", [[[0, 0], [0, 255]]])
    with Image.open(grey) as picture:
        assert picture.mode == "LA"
    assert load_image(grey).tolist() == [[9, 0]]


def test_transparency_is_laid_on_white_before_scaling(tmp_path: Path) -> None:
    """Scaled the other way round, the black of invisible pixels would bleed into the visible ones."""
    pixels = np.zeros((8, 8, 4))
    pixels[:, 4:] = [255, 255, 255, 255]
    assert load_image(saved(tmp_path / "a.png", pixels), size=2).tolist() == [[9, 9], [9, 9]]


def test_palettes(tmp_path: Path) -> None:
    picture = Image.new("P", (3, 1))
    picture.putpalette([255, 0, 0, 0, 255, 0, 255, 255, 255])
    picture.putdata([1, 0, 2])
    picture.save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png", color=True).tolist() == [[[0, 9, 9]], [[9, 0, 9]], [[0, 0, 9]]]
    picture.save(tmp_path / "b.png", transparency=0)
    assert load_image(tmp_path / "b.png", color=True)[:, 0, 1].tolist() == [9, 9, 9]


def test_black_and_white(tmp_path: Path) -> None:
    assert load_image(saved(tmp_path / "a.png", [[0, 255]], "1")).tolist() == [[0, 9]]


def test_sixteen_bits(tmp_path: Path) -> None:
    values = np.array([[0, 255, 32768, 65535]], dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png").tolist() == [[0, 0, 5, 9]]
    assert load_image(tmp_path / "a.png", levels=None) == pytest.approx(values / 65535)
    assert load_image(tmp_path / "a.png", color=True).tolist() == [[[0, 0, 5, 9]]] * 3


def test_floats(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 0.5, 1]], dtype=np.float32)).save(tmp_path / "a.tiff")
    assert load_image(tmp_path / "a.tiff").tolist() == [[0, 5, 9]]
    Image.fromarray(np.array([[0, 300]], dtype=np.float32)).save(tmp_path / "b.tiff")
    with pytest.raises(ValueError, match=r"b\.tiff: expected brightness from 0 to 1; got 0 to 300"):
        load_image(tmp_path / "b.tiff")


@pytest.mark.parametrize(("name", "mode"), [("a.jpg", "CMYK"), ("a.jpg", "YCbCr"), ("a.bmp", "RGB"), ("a.gif", "L")])
def test_other_files(tmp_path: Path, name: str, mode: str) -> None:
    grey = np.full((16, 16, 3), 128)
    assert load_image(saved(tmp_path / name, grey, mode), size=2).tolist() == [[5, 5], [5, 5]]


def test_the_first_picture_of_an_animation_counts(tmp_path: Path) -> None:
    first, second = (Image.new("L", (2, 1), shade) for shade in (255, 0))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert load_image(tmp_path / "a.gif").tolist() == [[9, 9]]


def test_a_relative_path_counts_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path / "a.png", [[255]])
    monkeypatch.chdir(tmp_path)
    assert load_image("a.png").tolist() == [[9]]


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"^photo\.png: there is no such file in /.+; expected a picture$"):
        load_image("photo.png")


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.png: not a picture; expected a file that Pillow opens"):
        load_image(tmp_path / "a.png")
    with pytest.raises(ValueError, match=r": Is a directory"):
        load_image(tmp_path)


def test_half_a_picture_is_named(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (40, 40))
    path = saved(tmp_path / "a.png", noise)
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(ValueError, match=r"a\.png: .*truncated"):
        load_image(path)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"size": (0, 8)}, ValueError, r"a\.png: size must be a whole number of at least 1, or a pair .*; got 0"),
        ({"size": (8, 8, 8)}, ValueError, r"a\.png: size must be one whole number or a pair .*; got \(8, 8, 8\)"),
        ({"size": 2.5}, ValueError, r"a\.png: size must be a whole number .*; got 2\.5"),
        ({"size": "8x8"}, TypeError, r"a\.png: size must be a whole number .*; got '8x8'"),
        ({"levels": 1}, ValueError, r"a\.png: levels must be a whole number of at least 2.*; got 1"),
        ({"levels": (10, 10)}, ValueError, r"a\.png: levels must be one whole number of at least 2, or None; got"),
    ],
)
def test_bad_options_are_named(tmp_path: Path, options: dict[str, Any], error: type[Exception], message: str) -> None:
    path = saved(tmp_path / "a.png", [[255]])
    with pytest.raises(error, match=message):
        load_image(path, **options)
