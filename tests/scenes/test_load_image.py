"""Pictures as numbers: what Pillow opens, turned, laid on white, scaled, and counted in levels."""

import io
import runpy
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from cnnmath import Convolution
from scenes import load_image
from scenes._look import photos
from scenes._look.photos import picture_shape

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


SHOWN = {
    1: ASYMMETRIC,
    2: ASYMMETRIC[:, ::-1],
    3: ASYMMETRIC[::-1, ::-1],
    4: ASYMMETRIC[::-1],
    5: ASYMMETRIC.T,
    6: np.rot90(ASYMMETRIC, -1),
    7: np.rot90(ASYMMETRIC, 2).T,
    8: np.rot90(ASYMMETRIC),
}
"""What a viewer shows of it for each orientation that EXIF data can say."""


@pytest.mark.parametrize("turned", SHOWN)
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.png", {}),
        ("a.webp", {"lossless": True}),
        ("a.tiff", {}),
        ("a.tiff", {"compression": "tiff_lzw"}),
        ("a.jpg", {"quality": 100, "subsampling": 0}),
        ("a.avif", {"quality": 100}),
    ],
)
def test_it_is_turned_as_its_exif_data_say(tmp_path: Path, name: str, options: dict[str, Any], turned: int) -> None:
    """Uncompressed TIFF files are the ones that Pillow scrambles when it opens them by their path."""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    # In blocks of eight by eight, which JPEG keeps as they are.
    path = saved(tmp_path / name, np.kron(ASYMMETRIC, np.ones((8, 8))), exif=exif, **options)
    values = load_image(path, levels=256)
    assert values[4::8, 4::8] == pytest.approx(SHOWN[turned], abs=2)
    assert picture_shape(path) == values.shape


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
    pixels[7, 7] = [0, 0, 0, 255]
    values = load_image(saved(tmp_path / "a.png", pixels), size=2, levels=None)
    assert values[[0, 0, 1], [0, 1, 0]] == pytest.approx(1, abs=0.001)
    assert 0.9 < values[1, 1] < 0.98


INK = np.zeros((6, 6))
INK[1:5, 2:4] = 255
"""An ink's alpha: a bar, taller than wide."""


@pytest.mark.parametrize(
    ("ink", "shown"),
    [
        ([255, 255, 255], INK / 255 * 9),  # on black
        ([250, 252, 255], INK / 255 * 9),  # on black too: nobody would see it on white
        ([0, 0, 0], 9 - INK / 255 * 9),  # on white
        ([200, 200, 200], np.where(INK, 7, 9)),  # on white: it can be seen there
    ],
)
def test_white_ink_on_nothing_stands_on_black(tmp_path: Path, ink: list[int], shown: Any) -> None:
    pixels = np.dstack([np.broadcast_to(ink, (6, 6, 3)), INK])
    assert load_image(saved(tmp_path / "a.png", pixels)).tolist() == shown.tolist()
    assert load_image(saved(tmp_path / "a.webp", pixels, lossless=True, exact=True)).tolist() == shown.tolist()
    if ink[0] == ink[1]:
        assert load_image(saved(tmp_path / "b.png", pixels[..., [0, 3]])).tolist() == shown.tolist()


def test_what_is_transparent_everywhere_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", np.zeros((2, 2, 4)))
    with pytest.raises(ValueError, match=r"a\.png: it is transparent everywhere; expected a picture of which"):
        load_image(path)


def png(path: Path, depth: int, kind: int, row: bytes, width: int, key: tuple[int, ...] = ()) -> Path:
    """A PNG of one row with a colour that is transparent, as Pillow does not write it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, depth, kind, 0, 0, 0))
    clear = chunk(b"tRNS", struct.pack(f">{len(key)}H", *key)) if key else b""
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + head + clear + chunk(b"IDAT", zlib.compress(b"\0" + row)) + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize(
    ("depth", "kind", "row", "key", "shown"),
    [
        (1, 0, bytes([0b01000000]), (0,), [0, 255]),  # white ink: on black
        (1, 0, bytes([0b01000000]), (1,), [0, 255]),
        (2, 0, bytes([0b00010000]), (1,), [0, 255]),
        (4, 0, bytes([0x05]), (5,), [0, 255]),
        (8, 0, bytes([0, 5]), (5,), [0, 255]),
        (16, 0, struct.pack(">2H", 0, 1285), (1285,), [0, 255]),
        (16, 0, struct.pack(">2H", 65535, 40), (40,), [255, 0]),  # white ink: on black
        (8, 2, bytes([0, 0, 0, 9, 9, 9]), (9, 9, 9), [0, 255]),
        (16, 2, struct.pack(">6H", 0, 0, 0, 1000, 1000, 1000), (1000, 1000, 1000), [0, 255]),
    ],
)
def test_one_transparent_colour(
    tmp_path: Path, depth: int, kind: int, row: bytes, key: tuple[int, ...], shown: list[int]
) -> None:
    path = png(tmp_path / "a.png", depth, kind, row, 2, key)
    assert load_image(path, levels=256).tolist() == [shown]
    assert load_image(path, levels=256, color=True).tolist() == [[shown]] * 3


def test_sixteen_bits_with_an_alpha_band(tmp_path: Path) -> None:
    row = struct.pack(">6H", 0, 0, 0, 65535, 65535, 65535)
    assert load_image(png(tmp_path / "a.png", 16, 4, row, 3)).tolist() == [[9, 0, 9]]


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
    Image.fromarray(np.array([[0, np.nan]], dtype=np.float32)).save(tmp_path / "c.tiff")
    with pytest.raises(ValueError, match=r"c\.tiff: expected brightness from 0 to 1; got nan to nan"):
        load_image(tmp_path / "c.tiff")


def test_in_a_tiff_zero_may_be_white(tmp_path: Path) -> None:
    """Pillow turns pictures of 8 bits round, as it reads them and as it writes them, and leaves deeper ones."""
    values = np.array([[0, 85 * 257, 255 * 257]], dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / "a.tiff", tiffinfo={262: 0})
    assert load_image(tmp_path / "a.tiff", levels=256).tolist() == [[255, 170, 0]]
    Image.fromarray((values // 257).astype(np.uint8)).save(tmp_path / "b.tiff", tiffinfo={262: 0})
    assert load_image(tmp_path / "b.tiff", levels=256).tolist() == [[0, 85, 255]]


def test_twelve_bits(tmp_path: Path) -> None:
    """Their white is 4095; as one of sixteen bits it would be next to black."""
    Image.fromarray(np.array([[0, 0]], dtype=np.uint16)).save(tmp_path / "a.tiff")
    data = (tmp_path / "a.tiff").read_bytes()
    bits, bytes_ = struct.pack("<HHII", 258, 3, 1, 16)[:10], struct.pack("<HHI", 279, 4, 1)
    assert data.count(bits) == data.count(bytes_) == 1
    data = data.replace(bits, struct.pack("<HHIH", 258, 3, 1, 12)[:10])
    strip = data.index(struct.pack("<HHI", 273, 4, 1)) + 8
    offset = struct.unpack("<I", data[strip : strip + 4])[0]
    # Two pixels of 12 bits in three bytes: 0 and 4095.
    (tmp_path / "a.tiff").write_bytes(data[:offset] + b"\x00\x0f\xff" + data[offset + 3 :])
    assert load_image(tmp_path / "a.tiff").tolist() == [[0, 9]]


def test_too_little_contrast_to_show_anything_is_refused(tmp_path: Path) -> None:
    """Sixteen bits in a file of which the camera uses eleven."""
    Image.fromarray(np.array([[0, 500, 2000]], dtype=np.uint16)).save(tmp_path / "a.png")
    with pytest.raises(ValueError, match=r"a\.png: of 10 levels it would show but one: its brightness goes from 0 to"):
        load_image(tmp_path / "a.png")
    assert load_image(tmp_path / "a.png", levels=65536).tolist() == [[0, 500, 2000]]
    assert load_image(saved(tmp_path / "b.png", np.full((4, 4), 77))).tolist() == [[3] * 4] * 4, "it has but one shade"


def test_a_colour_profile_is_followed(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # One whose red is called blue.
    other = srgb.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    other = other.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be"))
    picture = Image.new("RGB", (2, 1), (200, 30, 60))
    picture.save(tmp_path / "a.png", icc_profile=other)
    assert load_image(tmp_path / "a.png", color=True, levels=256)[:, 0, 0] == pytest.approx([60, 30, 200], abs=2)
    picture.putalpha(Image.linear_gradient("L").resize((2, 1)))
    picture.save(tmp_path / "b.png", icc_profile=other)
    assert load_image(tmp_path / "b.png", color=True, levels=256)[2, 0] == pytest.approx([228, 228], abs=20)
    Image.new("RGB", (2, 1), (200, 30, 60)).save(tmp_path / "c.png", icc_profile=srgb)
    assert load_image(tmp_path / "c.png", color=True, levels=256)[:, 0, 0].tolist() == [200, 30, 60]


@pytest.mark.parametrize("profile", [b"no profile", b""])
def test_a_profile_that_does_not_go_with_its_picture_is_passed_over(tmp_path: Path, profile: bytes) -> None:
    profile = profile or ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    Image.new("L", (2, 1), 60).save(tmp_path / "a.png", icc_profile=profile)
    assert load_image(tmp_path / "a.png", levels=256).tolist() == [[60, 60]]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *(("a.jpg", mode) for mode in ("L", "RGB", "CMYK", "YCbCr")),
        *(("a.png", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *(("a.tiff", mode) for mode in ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "LAB", "I;16", "I", "F")),
        *(("a.webp", mode) for mode in ("RGB", "RGBA")),
        *(("a.gif", mode) for mode in ("L", "P")),
        *(("a.bmp", mode) for mode in ("1", "L", "P", "RGB")),
        *(("a.tga", mode) for mode in ("L", "LA", "RGBA")),
        ("a.ppm", "RGB"),
        ("a.pgm", "I;16"),
        ("a.pbm", "1"),
        ("a.jp2", "RGB"),
        ("a.ico", "RGBA"),
        ("a.avif", "RGB"),
    ],
)
def test_black_is_black_and_white_white_in_every_kind_of_file(tmp_path: Path, name: str, mode: str) -> None:
    picture: Any = Image.fromarray(np.kron([[0, 255]], np.ones((16, 8))).astype(np.uint8))
    if mode in ("I;16", "I", "F"):
        most = 1 if mode == "F" else 65535
        picture = Image.fromarray((np.asarray(picture) / 255 * most).astype({"I;16": "u2", "I": "i4", "F": "f4"}[mode]))
    elif mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        picture = ImageCms.profileToProfile(picture.convert("RGB"), srgb, lab, outputMode="LAB")
    else:
        picture = picture.convert("P").convert(mode) if mode == "PA" else picture.convert("RGB").convert(mode)
    picture.save(tmp_path / name)
    values = load_image(tmp_path / name)
    assert values[8, [2, 13]].tolist() == [0, 9]
    assert load_image(tmp_path / name, color=True)[:, 8, [2, 13]].tolist() == [[0, 9]] * 3


@pytest.mark.parametrize(("name", "mode"), [("a.gif", "L"), ("a.png", "RGB"), ("a.webp", "RGB"), ("a.tiff", "L")])
def test_the_first_picture_of_an_animation_counts(tmp_path: Path, name: str, mode: str) -> None:
    first, second = (Image.new("L", (2, 1), shade).convert(mode) for shade in (255, 0))
    first.save(tmp_path / name, save_all=True, append_images=[second])
    assert load_image(tmp_path / name).tolist() == [[9, 9]]


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


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC picture, as phones take them"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a HEIC picture, as phones take them"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "an AVIF picture"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "a raw picture of a camera"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "a video (MP4 or QuickTime)"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "a video (MP4 or QuickTime)"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01", "a video (WebM or Matroska)"),
        (b"RIFF\x24\0\0\0AVI LIST", "a video (AVI)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b'\xef\xbb\xbf <svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"<?xml version='1.0'?><note/>", ""),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"PK\x03\x04\x14\0", "a ZIP archive, as PowerPoint and Word files are"),
        (b"version https://git-lfs.github.com/spec/v1\n", "the pointer to a file in Git LFS"),
        (b"", "an empty file"),
    ],
)
def test_what_a_file_is_instead_of_a_picture_is_said(tmp_path: Path, head: bytes, kind: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(head and head.ljust(200, b"\0"))
    for ask in (load_image, picture_shape):
        with pytest.raises(ValueError, match=r"photo\.jpg: not a picture") as caught:
            ask(path)
        assert "not a picture" in str(caught.value)
        assert f", but {kind}" in str(caught.value) if kind else ", but" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tiff", "a.webp", "a.gif", "a.bmp"])
@pytest.mark.parametrize("part", [1, 50])
def test_part_of_a_picture_is_named(tmp_path: Path, name: str, part: int) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (40, 40))
    path = saved(tmp_path / name, noise)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * part // 100])
    with pytest.raises(ValueError, match=rf"{name}: it ends too early or is damaged \("):
        load_image(path)


@given(data=st.data())
@settings(max_examples=150)
def test_a_damaged_file_is_shown_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    buffer, noise = io.BytesIO(), np.random.default_rng(1).integers(0, 255, (8, 8, 4), dtype=np.uint8)
    kind = data.draw(st.sampled_from(["PNG", "GIF", "TIFF", "WEBP", "BMP", "JPEG", "PPM", "ICO", "TGA"]))
    Image.fromarray(noise).convert("RGB" if kind in ("JPEG", "PPM") else "RGBA").save(buffer, kind)
    whole = bytearray(buffer.getvalue())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
    said, values = "", np.zeros((3, 3))
    try:
        values = load_image(path, size=3)
    except ValueError as error:
        said = str(error)
    assert not said or said.startswith(f"{path}: ")
    assert values.shape == (3, 3)
    assert 0 <= values.min() <= values.max() <= 9


# Large pictures


def test_the_limit_for_large_pictures_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.png", np.full((20, 30), 255))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    assert load_image(path, size=(1, 1)).tolist() == [[9]]
    assert Image.MAX_IMAGE_PIXELS == 10
    monkeypatch.setattr(photos, "MOST_PICTURE", 599)
    with pytest.raises(ValueError, match=r"a\.png: it has 20 rows of 30 pixels; expected at most 0\.000599 million"):
        load_image(path, size=(1, 1))
    assert Image.MAX_IMAGE_PIXELS == 10


GRADIENT = np.linspace(0, 255, 1200 * 1003).reshape(1003, 1200)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("alpha", [False, True])
def test_a_large_picture_is_made_smaller_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, alpha: bool
) -> None:
    pixels = np.dstack([GRADIENT, GRADIENT[::-1]]) if alpha and name == "a.png" else GRADIENT
    path = saved(tmp_path / name, pixels)
    at_once = load_image(path, size=(3, 5), levels=None)
    monkeypatch.setattr(photos, "LARGE", 1_000_000)
    assert load_image(path, size=(3, 5), levels=None) == pytest.approx(at_once, abs=0.006)
    monkeypatch.setattr(photos, "MOST_PICTURE", 100_000)
    if name == "a.jpg":
        # Decoded at an eighth.
        assert load_image(path, size=(3, 4), levels=None).shape == (3, 4)
    else:
        with pytest.raises(ValueError, match=r"it has 1003 rows of 1200 pixels; expected at most 0\.1 million"):
            load_image(path, size=(3, 5))


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
