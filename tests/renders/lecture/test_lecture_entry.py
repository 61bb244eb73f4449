"""What a clip of a lecture file may say, and a mistake in it: one line that names file, clip and key."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lecture_files import SOUND, clip, clips, mistakes
from PIL import Image

from renders.lecture import RESERVED, read


def test_what_is_left_out_is_as_a_convolution_has_it(tmp_path: Path) -> None:
    (made,) = clips(tmp_path, SOUND)
    conv = made.convolution
    assert (made.name, made.scene, made.notation) == ("Edges", "FilterSliding", "letters")
    assert conv.image.tolist() == [[[1, 2, 3], [4, 5, 6]]]
    assert conv.kernel.tolist() == [[[[1, -1]]]]
    assert (conv.bias.tolist(), conv.stride, conv.padding, conv.dilation) == ([0], (1, 1), (0, 0), (1, 1))


def test_every_parameter_arrives(tmp_path: Path) -> None:
    text = clip(kernel=[[1], [2]], bias=-1.5, stride=[1, 2], padding=[1, 0], dilation=[2, 1], notation="numbers")
    (made,) = clips(tmp_path, text)
    conv = made.convolution
    assert (conv.bias.tolist(), conv.stride, conv.padding, conv.dilation) == ([-1.5], (1, 2), (1, 0), (2, 1))
    assert made.notation == "numbers"
    (made,) = clips(tmp_path, clip(padding="same"))
    assert made.convolution.padding == "same"
    (made,) = clips(tmp_path, clip(padding=[[0, 1], [1, 0]], stride=2))
    assert made.convolution.padding == ((0, 1), (1, 0))


def test_numbers_are_read_as_people_write_them(tmp_path: Path) -> None:
    text = SOUND.replace("[[1, -1]]", "[[1/9, -2/4, 1e-3], [010, +.5, 7.]]").replace("[[1, 2, 3]", "[[1, 2, 1E2]")
    (made,) = clips(tmp_path, text)
    assert made.convolution.kernel.tolist() == [[[[1 / 9, -0.5, 0.001], [10, 0.5, 7]]]]
    assert made.convolution.image[0, 0].tolist() == [1, 2, 100]


@pytest.mark.parametrize("minus", ["\N{MINUS SIGN}", "\N{EN DASH}", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "-"])
def test_a_minus_sign_is_read_whatever_the_editor_made_of_it(tmp_path: Path, minus: str) -> None:
    text = SOUND.replace("[[1, -1]]", "[[-1, -1/4], [-.5, -1e-3]]\n  bias: -7").replace("-", minus)
    (made,) = clips(tmp_path, text.replace(f"{minus} name", "- name"))
    assert made.convolution.kernel.tolist() == [[[[-1, -0.25], [-0.5, -0.001]]]]
    assert made.convolution.bias.tolist() == [-7]


@pytest.mark.parametrize("blank", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"])
def test_a_blank_that_does_not_break_may_stand_around_a_number(tmp_path: Path, blank: str) -> None:
    (made,) = clips(tmp_path, SOUND.replace("[[1, -1]]", f"[[1,{blank}-1{blank}]]"))
    assert made.convolution.kernel.tolist() == [[[[1, -1]]]]


HOLDS = "kernel: must hold numbers; got "
RAGGED = "kernel: must be a regular array of numbers; got ragged lists: "


@pytest.mark.parametrize(
    ("cells", "line", "said"),
    [
        ("[[１, 2],\n     [3, 4]]", 5, HOLDS + "'１' (U+FF11 FULLWIDTH DIGIT ONE, row 1, column 1)"),
        ("[[1, 2],\n     [3, ４]]", 6, HOLDS + "'４' (U+FF14 FULLWIDTH DIGIT FOUR, row 2, column 2)"),
        ("[[1, 2],\n\n     [3–4, 4]]", 7, HOLDS + "'3–4' (U+2013 EN DASH, row 2, column 1)"),
        ("[[1, 2],\n     [—3, 4]]", 6, HOLDS + "'—3' (U+2014 EM DASH, row 2, column 1)"),
        ("[[1\N{NO-BREAK SPACE}000]]", 5, HOLDS + "'1\\xa0000' (U+00A0 NO-BREAK SPACE, row 1, c"),
        ("[[1 000]]", 5, HOLDS + "'1 000' (row 1, column 1)"),
        ("[[[1, 2]], [[3, x]]]", 5, HOLDS + "'x' (channel 2, row 1, column 2)"),
        ("[[[[1]], [[2]]], [[[3]], [[y]]]]", 5, HOLDS + "'y' (filter 2, channel 2, row 1, column 1)"),
        ("[[1, 2],\n     [3]]", 6, RAGGED + "row 1 has 2 numbers, and row 2 h"),
        ("[[1],\n     [3, 4]]", 6, RAGGED + "row 1 has 1 number, and row 2 has"),
        ("[[1, 2], 3]", 5, RAGGED + "3 stands in place of row 2"),
        ("[1, [2]]", 5, RAGGED + "a list stands in place of number 2"),
        ("[[[1], [2]], [[3]]]", 5, RAGGED + "channel 1 has 2 rows, and"),
        ("[[1, 1e999]]", 5, "kernel: must hold numbers that fit 64-bit floats; got a larger one (row 1, column 2)"),
        ("[[1]]\n  bias: [1, x]", 6, "bias: must hold numbers; got 'x' (number 2)"),
        ("[[1]]\n  stride: １", 6, "stride: must be a whole number of at least 1"),
        ("[[1]]\n  padding: ２", 6, "padding: must be a whole number of at least 0"),
        ("[[1]]\n  notation: “numbers”", 6, "notation: expected 'letters' or 'numbers'; got '“numbers”' (U+201C LEFT"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_on_its_own_line(tmp_path: Path, cells: str, line: int, said: str) -> None:
    (found,) = mistakes(tmp_path, SOUND.replace("[[1, -1]]", cells))
    assert found.startswith(f"my.yaml:{line}: clip Edges: {said}")
    assert "U+" in found or cells.isascii()


def test_words_are_not_read_as_truth_values_or_dates(tmp_path: Path) -> None:
    assert clips(tmp_path, SOUND.replace("Edges", "on"))[0].name == "on"
    assert clips(tmp_path, SOUND.replace("Edges", "Yes"))[0].name == "Yes"


def test_anchors_and_merges(tmp_path: Path) -> None:
    text = SOUND.replace("- name", "- &first\n  name") + "- <<: *first\n  name: Again\n"
    first, again = clips(tmp_path, text)
    assert (first.name, again.name) == ("Edges", "Again")
    assert first.convolution.kernel.tolist() == again.convolution.kernel.tolist()


def test_channels_and_filters(tmp_path: Path) -> None:
    (made,) = clips(tmp_path, clip(image=[[[1, 2]], [[3, 4]]], kernel=[[[[1]], [[2]]]] * 3, bias=[1, 2, 3]))
    assert made.convolution.output_shape == (3, 1, 2)
    assert made.convolution.bias.tolist() == [1, 2, 3]


# Pictures


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with a small picture, a large one, and a file that is none."""
    colours = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], dtype=np.uint8)
    Image.fromarray(colours).save(tmp_path / "small.png")
    Image.new("L", (300, 200), 255).save(tmp_path / "large.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    return tmp_path


def test_a_path_counts_from_the_files_own_folder(
    pictures: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    (made,) = clips(pictures, clip(image="small.png"))
    assert made.convolution.image.tolist() == [[[3, 5], [1, 9]]]
    (pictures / "below").mkdir()
    (made,) = clips(pictures / "below", clip(image={"path": "../small.png", "levels": 2}))
    assert made.convolution.image.tolist() == [[[0, 1], [0, 1]]]


def test_a_relative_lecture_file(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clips(pictures, clip(image="small.png"))
    monkeypatch.chdir(pictures.parent)
    (made,) = read(Path(pictures.name, "my.yaml"), ask_scenes=False)
    assert made.convolution.image.shape == (1, 2, 2)


def test_size_and_color(pictures: Path) -> None:
    (made,) = clips(pictures, clip(image={"path": "large.png", "size": [4, 6]}))
    assert made.convolution.image.tolist() == [[[9] * 6] * 4]
    (made,) = clips(pictures, clip(image={"path": "small.png", "color": True}, kernel=[[[1]]] * 3))
    assert made.convolution.image.shape == (3, 2, 2)
    assert made.convolution.image[2].tolist() == [[0, 0], [9, 9]]


# Every mistake is one line that names file, clip and key


@pytest.mark.parametrize(
    ("keys", "line", "said"),
    [
        ({"scene": "FilterSlide"}, 2, "scene: unknown scene 'FilterSlide'; expected any of Neuron, TheImage, "),
        ({"scene": 5}, 2, "scene: expected a valid string; got 5"),
        ({"scene": None}, 1, "scene: is missing"),
        ({"kernel": None}, 1, "kernel: is missing"),
        ({"image": None}, 1, "image: is missing"),
        ({"kernal": 1}, 5, "kernal: unknown key; expected any of name, scene, image, kernel, bias, stride, padding, "),
        ({"notation": "number"}, 5, "notation: expected 'letters' or 'numbers'; got 'number'"),
        ({"image": [[1, 2], [3, "x"]]}, 3, "image: must hold numbers; got 'x'"),
        ({"image": [[1, 2], [3, True]]}, 3, "image: must hold numbers; got True"),
        ({"image": 7}, 3, "image: must have the shape (H, W) or (C, H, W); got ()"),
        ({"image": [1, 2]}, 3, "image: must have the shape (H, W) or (C, H, W); got (2,)"),
        ({"image": []}, 3, "image: must hold at least one number; got an empty array of shape (0,)"),
        ({"image": [[1, 2], [3]]}, 3, "image: must be a regular array of numbers; got ragged lists"),
        ({"kernel": "sobel"}, 4, "kernel: must hold numbers; got 'sobel'"),
        ({"kernel": [1]}, 4, "kernel: must have the shape (kh, kw), (C, kh, kw) or (F, C, kh, kw); got (1,)"),
        ({"kernel": [[1], [1], [1]]}, 4, "kernel: must fit in the padded image; got the kernel (1, 1, 3, 1), "),
        ({"kernel": [[[1]], [[1]]]}, 4, "kernel: kernel and image must have the same number of channels; got 2 "),
        ({"bias": [1, 2]}, 5, "bias: must be one number or have the shape (1,), one number a filter of the kernel"),
        ({"bias": "b"}, 5, "bias: must hold numbers; got 'b'"),
        ({"stride": 0}, 5, "stride: must be a whole number of at least 1, or a pair (rows, columns) of them; got 0"),
        ({"stride": [1, 2, 3]}, 5, "stride: must be one whole number or a pair (rows, columns); got [1, 2, 3]"),
        ({"padding": "full"}, 5, 'padding: must be a number, a pair, "valid" or "same"; got \'full\''),
        ({"padding": [[1, 2], 3]}, 5, "padding: must be ((top, bottom), (left, right)) if it has pairs in it; got"),
        ({"dilation": 1.5}, 5, "dilation: must be a whole number of at least 1, or a pair"),
        ({"dilation": 3}, 4, "kernel: must fit in the padded image; got the kernel (1, 1, 1, 2), which at dilation"),
        ({"image": "photo.png"}, 3, "image: photo.png: there is no such file; expected a picture"),
        ({"image": "text.png"}, 3, "image: text.png: not a picture; expected a file that Pillow opens"),
        ({"image": "large.png"}, 3, "image: large.png has 200 rows of 300 pixels; expected at most 4096 pixels, so"),
        ({"image": {"size": 3}}, 3, "image.path: is missing"),
        ({"image": {"path": "photo.png"}}, 3, "image.path: photo.png: there is no such file; expected a picture"),
        ({"image": {"path": "small.png", "sise": 3}}, 3, "image.sise: unknown key; expected any of path, size, color"),
        ({"image": {"path": "small.png", "size": 0}}, 3, "image.size: must be a whole number of at least 1"),
        ({"image": {"path": "small.png", "color": 3}}, 3, "image.color: expected a valid boolean; got 3"),
        ({"image": {"path": "small.png", "levels": 1}}, 3, "image: small.png: levels must be a whole number"),
    ],
)
def test_a_mistake_in_a_clip(pictures: Path, keys: dict[str, Any], line: int, said: str) -> None:
    (found,) = mistakes(pictures, clip(**keys))
    assert found.startswith(f"my.yaml:{line}: clip Edges: {said}")


@pytest.mark.parametrize("name", ["two words", "1st", "für", "class", "_hidden", "a-b", "../up", ""])
def test_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    (found,) = mistakes(tmp_path, clip(name=name))
    expected = f"name: expected a Python name of ASCII letters, digits and _, a letter first; got {name!r}"
    assert found == f"my.yaml:1: clip {name or 1}: {expected}"


@pytest.mark.parametrize("name", ["MatrixView", "matrixview"])
def test_the_name_of_a_clip_of_the_film(tmp_path: Path, name: str) -> None:
    (found,) = mistakes(tmp_path, clip(name=name))
    assert found == f"my.yaml:1: clip {name}: name: MatrixView is a clip of the project; expected a name of its own"


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_that_the_scene_file_needs(tmp_path: Path, name: str) -> None:
    assert "is a name that the project needs itself" in mistakes(tmp_path, clip(name=name))[0]


def test_names_that_are_no_words(tmp_path: Path) -> None:
    assert mistakes(tmp_path, clip(name=5)) == ["my.yaml:1: clip 1: name: expected a valid string; got 5"]
    (found,) = mistakes(tmp_path, clip(name=None))
    assert found == "my.yaml:1: clip 1: name: is missing"
