"""Lecture files: what they may say, every mistake in one line, all at once, and the scenes that are made of them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cnnmath import Convolution
from renders import lecture
from renders.lecture import LectureClip, LectureError, lecture_jobs, read, scene_file, write_scenes

ROOT = Path(__file__).resolve().parents[2]

SOUND = """
- name: Edges
  scene: FilterSliding
  image: [[1, 2, 3], [4, 5, 6]]
  kernel: [[1, -1]]
"""


def clips(folder: Path, text: str) -> list[LectureClip]:
    path = folder / "my.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, ask_scenes=False)


def mistakes(folder: Path, text: str) -> list[str]:
    """What is said of a file, each line without the folder."""
    with pytest.raises(LectureError) as caught:
        clips(folder, text)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{folder / 'my.yaml'}:") for line in lines)
    return [line.replace(f"{folder}/", "") for line in lines]


def clip(**keys: Any) -> str:
    """A file of one clip: the sound one with other keys; None leaves a key out."""
    entry: dict[str, Any] = {
        "name": "Edges",
        "scene": "FilterSliding",
        "image": [[1, 2, 3], [4, 5, 6]],
        "kernel": [[1, -1]],
    }
    entry |= keys
    lines = [f"{key}: {json.dumps(value)}" for key, value in entry.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


# What it may say


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
    (made,) = clips(tmp_path, clip(padding=[[0, 1], [1, 0]]))
    assert made.convolution.padding == ((0, 1), (1, 0))


def test_numbers_are_read_as_people_write_them(tmp_path: Path) -> None:
    text = SOUND.replace("[[1, -1]]", "[[1/9, -2/4, 1e-3], [010, +.5, 7.]]").replace("[[1, 2, 3]", "[[1, 2, 1E2]")
    (made,) = clips(tmp_path, text)
    assert made.convolution.kernel.tolist() == [[[[1 / 9, -0.5, 0.001], [10, 0.5, 7]]]]
    assert made.convolution.image[0, 0].tolist() == [1, 2, 100]


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
        ({"scene": "FilterSlide"}, 2, "scene: unknown scene 'FilterSlide'; expected any of TheImage, "),
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


@pytest.mark.parametrize("name", sorted(lecture.RESERVED))
def test_a_name_that_the_scene_file_needs(tmp_path: Path, name: str) -> None:
    assert "is a name that the project needs itself" in mistakes(tmp_path, clip(name=name))[0]


def test_names_that_are_no_words(tmp_path: Path) -> None:
    assert mistakes(tmp_path, clip(name=5)) == ["my.yaml:1: clip 1: name: expected a valid string; got 5"]
    (found,) = mistakes(tmp_path, clip(name=None))
    assert found == "my.yaml:1: clip 1: name: is missing"


@pytest.mark.parametrize("again", ["Edges", "edges"])
def test_twice_the_same_name(tmp_path: Path, again: str) -> None:
    (found,) = mistakes(tmp_path, clip() + clip(name=again))
    assert found == f"my.yaml:5: clip {again}: name: is taken by the clip in line 1; expected another one"
    entry = "{name: A, scene: TheImage, image: [[1]], kernel: [[1]]}"
    assert "clip A: name: is taken" in mistakes(tmp_path, f"[{entry}, {entry}]")[0]


def test_a_key_that_stands_twice_or_is_empty(tmp_path: Path) -> None:
    assert mistakes(tmp_path, SOUND + "  bias: 1\n  bias: 2\n") == [
        "my.yaml:7: clip Edges: bias: stands twice in this clip; expected it once"
    ]
    assert mistakes(tmp_path, SOUND + "  bias:\n") == ["my.yaml:6: clip Edges: bias: has no value"]
    assert "colour: unknown key" in mistakes(tmp_path, SOUND + "  colour:\n")[0]


def test_the_likely_word_is_named(tmp_path: Path) -> None:
    assert mistakes(tmp_path, clip(kernal=1))[0].endswith("(did you mean kernel?)")
    assert mistakes(tmp_path, clip(scene="MatrixVeiw"))[0].endswith("(did you mean MatrixView?)")


def test_all_mistakes_at_once_in_the_order_of_the_file(pictures: Path) -> None:
    text = clip(scene="Nothing", kernel=[["x"]], image="photo.png", colour=1, name="a b")
    text += "- just text\n" + clip(name="Other", stride=0, padding=-1, kernel=[[1, 2, 3, 4]])
    text += clip(name="Third", kernel=[[1, 2, 3, 4]], notation="n", extra=1)
    found = [line.split(": ")[:3] for line in mistakes(pictures, text)]
    assert found == [
        ["my.yaml:1", "clip a b", "name"],
        ["my.yaml:2", "clip a b", "scene"],
        ["my.yaml:3", "clip a b", "image"],
        ["my.yaml:4", "clip a b", "kernel"],
        ["my.yaml:5", "clip a b", "colour"],
        [
            "my.yaml:6",
            "clip 2",
            "expected a mapping with name, scene, image, kernel, bias, stride, padding, dilation, "
            "notation; got 'just text'",
        ],
        ["my.yaml:11", "clip Other", "stride"],
        ["my.yaml:12", "clip Other", "padding"],
        ["my.yaml:16", "clip Third", "kernel"],
        ["my.yaml:17", "clip Third", "notation"],
        ["my.yaml:18", "clip Third", "extra"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "my.yaml:1: expected a list of clips, each with - name: first; got nothing"),
        ("[]", "my.yaml:1: expected a list of clips, each with - name: first; got nothing"),
        ("clips: 3", "my.yaml:1: expected a list of clips, each with - name: first; got {'clips': 3}"),
        ("- name: [1\n  scene: x", "my.yaml:2: not YAML: "),
        ("- name: !!python/name:os.system x", "my.yaml:1: not YAML: could not determine a constructor"),
        ("- name: *nothing", "my.yaml:1: not YAML: found undefined alias 'nothing'"),
        ("- name: \x07", "my.yaml:1: not YAML in UTF-8: "),
    ],
)
def test_a_file_that_is_no_list_of_clips(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.startswith(said)


def test_a_file_that_is_not_there_or_not_in_utf8(tmp_path: Path) -> None:
    with pytest.raises(LectureError, match=r"my\.yaml:1: No such file or directory; expected a lecture file in YAML"):
        read(tmp_path / "my.yaml")
    (tmp_path / "my.yaml").write_bytes(b"- name: \xff")
    with pytest.raises(LectureError, match=r"my\.yaml:1: not YAML in UTF-8: "):
        read(tmp_path / "my.yaml")


KEYS = ("name", "scene", "image", "kernel", "bias", "stride", "padding", "dilation", "notation", "path", "size", "x")
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(allow_nan=False)
    | st.sampled_from(("Edges", "TheImage", "same", "numbers", "my.yaml", "", "ä\n"))
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
)
ENTRY = st.dictionaries(st.sampled_from(KEYS), ANYTHING) | ANYTHING


@given(st.lists(ENTRY, max_size=3) | ANYTHING)
def test_whatever_it_says_there_is_no_traceback(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    folder = tmp_path_factory.getbasetemp()
    lines, faults = [str(folder / "my.yaml:")], 1
    try:
        clips(folder, json.dumps(data))
    except LectureError as error:
        lines, faults = str(error).splitlines(), len(error.faults)
    assert len(lines) == faults >= 1
    assert all(line.startswith(str(folder / "my.yaml:")) for line in lines)


def test_a_list_that_holds_itself(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, SOUND.replace("[[1, -1]]", "&a [*a]"))
    assert found == "my.yaml:5: clip Edges: kernel: must be lists of at most 4 levels; got deeper ones"
    (found,) = mistakes(tmp_path, "[" * 5000)
    assert "not YAML" in found


# The scenes that are made of it


@pytest.mark.parametrize(
    "convolution",
    [
        Convolution([[1, 2, 3], [4, 5, 6]], [[1, -1]]),
        Convolution([[0.1, 2e-17], [1e300, 1 / 3]], [[1 / 9]], bias=0.5, stride=(1, 2), padding=(1, 0)),
        Convolution(np.arange(12).reshape(3, 2, 2), np.arange(12).reshape(2, 3, 1, 2), bias=[1, 2], padding="same"),
        Convolution(np.arange(25).reshape(5, 5), np.arange(4).reshape(2, 2), dilation=(1, 3), stride=2),
        Convolution([[[1, 2]]], np.arange(4).reshape(4, 1, 1, 1)),
    ],
)
def test_a_clips_python_is_the_same_convolution(convolution: Convolution) -> None:
    source = LectureClip("Mine", "TheScene", convolution, "numbers").source()
    base = type("TheScene", (), {})
    named: dict[str, Any] = {
        "cnnmath": sys.modules["cnnmath"],
        "scenes": type("Scenes", (), {"TheScene": base}),
    }
    exec(source, named)
    made = named["Mine"].convolution
    assert issubclass(named["Mine"], base)
    assert named["Mine"].notation == "numbers"
    for key in ("image", "kernel", "bias"):
        assert np.array_equal(getattr(made, key), getattr(convolution, key)), key
    for key in ("stride", "padding", "dilation"):
        assert getattr(made, key) == getattr(convolution, key), key


@pytest.mark.parametrize(
    ("name", "file"), [("a.yaml", "a_clips.py"), ("My talk 2.1.yml", "My_talk_2_1_clips.py"), ("für", "f_r_clips.py")]
)
def test_the_scene_file_has_a_name_that_python_takes(name: str, file: str) -> None:
    assert scene_file(Path("folder", name)) == Path("renders/media/lectures", file)


def test_the_scene_file_is_whole_and_written_only_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lecture, "ROOT", tmp_path)
    made = clips(tmp_path, clip(name="Convolution") + clip(name="Other"))
    path = tmp_path / 'it\'s a "talk".yaml'
    file = tmp_path / write_scenes(path, made)
    compile(file.read_text(encoding="utf-8"), file, "exec")
    assert [part.name for part in file.parent.iterdir()] == [file.name]
    before = file.stat().st_mtime_ns, file.stat().st_ino
    write_scenes(path, made)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
    write_scenes(path, made[:1])
    assert "Other" not in file.read_text(encoding="utf-8")


def test_a_job_changes_with_its_own_entry_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture, "ROOT", tmp_path)
    path = tmp_path / "my.yaml"

    def jobs(text: str) -> list[tuple[str, ...]]:
        path.write_text(text, encoding="utf-8")
        return list(lecture_jobs(path, ask_scenes=False))

    old = jobs(clip() + clip(name="Other"))
    new = jobs("# a remark\n" + clip() + clip(name="Other", bias=1))
    assert [job[:3] for job in old] == [job[:3] for job in new]
    assert old[0] == new[0]
    assert old[1] != new[1]
    path.write_text(clip(stride=0), encoding="utf-8")
    kept = (tmp_path / scene_file(path)).read_bytes()
    with pytest.raises(LectureError):
        lecture_jobs(path, ask_scenes=False)
    assert (tmp_path / scene_file(path)).read_bytes() == kept


# From the command line, where the scenes are asked too


def ask(folder: Path, text: str, *command: str) -> subprocess.CompletedProcess[str]:
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", *command, "my.yaml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [("renders.lecture",), ("renders", "--lecture")])
def test_what_a_scene_cannot_show_is_said_with_all_else_before_anything_renders(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    large = [[1] * 40] * 40
    text = clip(image=large, kernel=[[1, 2], [3, 4]], scene="MatrixView") + clip(name="Other", colour=1)
    text += clip(name="Padded", scene="ZeroPadding") + clip(name="a b", image=large, scene="EquationView")
    done = ask(tmp_path, text, *command)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("my.yaml")]
    found = [line.split(": ")[:3] for line in lines]
    assert found == [
        ["my.yaml:2", "clip Edges", "scene"],
        ["my.yaml:9", "clip Other", "colour"],
        ["my.yaml:11", "clip Padded", "scene"],
        ["my.yaml:14", "clip a b", "name"],
        ["my.yaml:15", "clip a b", "scene"],
    ]
    assert "at most" in lines[0]
    assert len(done.stderr.splitlines()) - len(lines) == (1 if "--lecture" in command else 0)
    assert [path.name for path in tmp_path.iterdir()] == ["my.yaml"]


def test_a_classic_is_shown_with_numbers_of_ones_own(tmp_path: Path) -> None:
    own = clip(scene="Strides", image=[[3, 1, 4, 2, 5]] * 5, kernel=[[1, -1, 2]] * 3, stride=2, notation="numbers")
    (made,) = clips(tmp_path, own)
    assert (made.scene, made.convolution.stride) == ("Strides", (2, 2))
    # The first clip is sound: nothing is said of it.
    wrong = own + clip(name="Other", scene="Strides") + clip(name="strides", scene="TransposedStrides")
    said = ask(tmp_path, wrong, "renders.lecture").stderr
    assert "clip Edges" not in said
    assert 'clip Other: scene: Other works in numbers; got the notation "letters"' in said
    assert "clip strides: name: Strides is a clip of the project; expected a name of its own" in said
    assert "clip strides: scene: unknown scene 'TransposedStrides'; expected any of TheImage, " in said


def test_the_sample_is_sound() -> None:
    sample = read(ROOT / "lectures" / "sample.yaml", ask_scenes=False)
    assert len(sample) >= 4
    assert len({made.scene for made in sample}) >= 4
    assert (ROOT / "lectures" / "face.png").stat().st_size < 5000
    with Image.open(ROOT / "lectures" / "face.png") as face:
        assert face.size == (96, 96)
