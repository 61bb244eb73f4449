"""Lecture files as a whole: every mistake in one line and all at once, whatever they say."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lecture_files import SOUND, clip, clips, mistakes
from PIL import Image

from renders.lecture import LectureError, read

ROOT = Path(__file__).resolve().parents[3]


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


def test_all_mistakes_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = clip(scene="Nothing", kernel=[["x"]], image="photo.png", colour=1, name="a b")
    text += "- just text\n" + clip(name="Other", stride=0, padding=-1, kernel=[[1, 2, 3, 4]])
    text += clip(name="Third", kernel=[[1, 2, 3, 4]], notation="n", extra=1)
    found = [line.split(": ")[:3] for line in mistakes(tmp_path, text)]
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


def test_the_sample_is_sound() -> None:
    sample = read(ROOT / "lectures" / "sample.yaml", ask_scenes=False)
    assert len(sample) >= 4
    assert len({made.scene for made in sample}) >= 4
    assert (ROOT / "lectures" / "face.png").stat().st_size < 5000
    with Image.open(ROOT / "lectures" / "face.png") as face:
        assert face.size == (96, 96)
