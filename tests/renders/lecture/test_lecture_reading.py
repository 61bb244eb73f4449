"""Lecture files as a whole: every mistake in one line and all at once, whatever they say."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lecture_files import SOUND, clip, clips, mistakes
from PIL import Image

from renders.lecture import LectureError, document, read

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


LAUGHS = "[" + ", ".join(f"&a{i} [{', '.join([f'*a{i - 1}' if i else '1'] * 10)}]" for i in range(12)) + "]"
"""Twelve lists, each of ten times the one before."""


@pytest.mark.parametrize("reader", ["SafeLoader", "CSafeLoader"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "my.yaml:1: expected a list of clips, each with - name: first; got nothing"),
        ("[]", "my.yaml:1: expected a list of clips, each with - name: first; got nothing"),
        ("clips: 3", "my.yaml:1: expected a list of clips, each with - name: first; got {'clips': 3}"),
        ("- name: [1\n  scene: x", "my.yaml:1: not YAML: the [ in column 9 has no ] that closes it"),
        ("- image: [[1, 2], [3, 4]\n  scene: x", "my.yaml:1: not YAML: the [ in column 10 has no ] that closes it"),
        ("- image:\n    [[1, 2],\n     [3, 4]]]\n", "my.yaml:3: not YAML: the ] in column 13 closes nothing"),
        ("- image:\n  [[1],\n  [3]]\n", "my.yaml:2: not YAML: the [ in column 3 must be further right than its key"),
        ("- image: [[1, 2] [3, 4]]\n", "my.yaml:1: not YAML: no comma before the [ in column 18"),
        ("- image: {path: a.png, size: 3\n  x: 1", "my.yaml:1: not YAML: the { in column 10 has no } that closes it"),
        ("- image: [1, {a: ]", "my.yaml:1: not YAML: the ] in column 18 closes nothing, or comes too early"),
        ('- name: "A\n  scene: x', 'my.yaml:1: not YAML: the " in column 9 has no second one that ends the text'),
        ("- name: A\n\tscene: x", "my.yaml:2: not YAML: a tab in column 1; expected blanks"),
        ("- name: A\n  \tscene: x", "my.yaml:2: not YAML: a tab in column 3; expected blanks"),
        ("- name: A\n\t- name: B", "my.yaml:2: not YAML: a tab in column 1; expected blanks"),
        ("- name: A\n  # the \u201cface\u201d\n scene: x", "my.yaml:3: not YAML: this line does not go on from those"),
        ("- name: A\n\xa0 scene: x", "my.yaml:2: not YAML: U+00A0 NO-BREAK SPACE in column 1; expected the plain"),
        ("- name： A\n  b: 1", "my.yaml:1: not YAML: U+FF1A FULLWIDTH COLON in column 7; expected the plain"),
        ("- name: A\n scene: x", "my.yaml:2: not YAML: this line does not go on from those above; expected one key"),
        ("- name: A\n   scene: x", "my.yaml:2: not YAML: this line does not go on from those above; expected one key"),
        ("- name:A\n  scene: x", "my.yaml:1: not YAML: no blank after name:"),
        ("- scene: x: y", "my.yaml:1: not YAML: this line does not go on from those above; expected one key: value"),
        ("- name: A\n-name: B", "my.yaml:2: not YAML: no blank after the -"),
        ("- name: A\n  scene\n  bias: 1", "my.yaml:2: not YAML: scene has no colon; expected key: value"),
        ("- name: @A", "my.yaml:1: not YAML: @ in column 9 begins no value; expected quotes around it"),
        ("- name: A\nscene: x", "my.yaml:2: not YAML: this line does not go on from those above; expected one key"),
        ("- [1]\n- image: [, 1]", "my.yaml:2: not YAML: no value before the , in column 11"),
        ("- name: |A", "my.yaml:1: not YAML: | in column 9 has a meaning of its own in YAML; expected quotes around"),
        ("- name: &*", "my.yaml:1: not YAML: & in column 9 has a meaning of its own in YAML; expected quotes around"),
        ("- name: A\n---\n- name: B", "my.yaml:2: not YAML: a second document begins here; expected all clips in one"),
        ("- name: !!python/name:os.system x", "my.yaml:1: not YAML: could not determine a constructor"),
        ("- name: !!int x", "my.yaml:1: not YAML: a tag does not go with its value"),
        ("- name: *nothing", "my.yaml:1: not YAML: *nothing stands for nothing; expected &nothing somewhere above"),
        ("- name: A\n  x: \x07", "my.yaml:2: not YAML: U+0007 in column 6, which a text does not hold"),
        ("[" * 100_000, "my.yaml:1: "),
        ("[" * 60 + "]" * 60, "my.yaml:1: expected at most 50 lists and mappings in each other; got more"),
        ("- name: " + "x" * 600_000, "my.yaml:1: expected at most 500,000 characters; got more"),
        (LAUGHS, "my.yaml:1: expected at most 500,000 values; got more, each alias counted as all that it stands for"),
    ],
)
def test_a_file_that_is_no_list_of_clips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str, reader: str
) -> None:
    """PyYAML reads in C where it can, and in Python elsewhere: both say the same."""
    if not hasattr(yaml, reader):
        pytest.skip(f"this PyYAML has no {reader}")
    monkeypatch.setattr(document, "_Loader", document.loader_of(getattr(yaml, reader)))
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


ODD = st.text("- :[]{}\"'\n\t,#&*!|>%@`?~<=/.ab1\N{FULLWIDTH DIGIT ONE}\N{MINUS SIGN}\N{NO-BREAK SPACE}", max_size=12)


@given(st.lists(st.tuples(st.integers(0, len(SOUND)), ODD), max_size=3))
@settings(max_examples=200)
def test_whatever_is_typed_into_it_there_is_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, typed: list[tuple[int, str]]
) -> None:
    text = SOUND
    for place, odd in typed:
        text = text[:place] + odd + text[place:]
    said = ["my.yaml:1: "]
    try:
        clips(tmp_path_factory.getbasetemp(), text)
    except LectureError as error:
        said = [line.rpartition("/my.yaml")[2] for line in str(error).splitlines()]
    assert all(said)


def test_a_list_that_holds_itself(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, SOUND.replace("[[1, -1]]", "&a [*a]"))
    assert found == "my.yaml:5: clip Edges: kernel: must be lists of at most 4 levels; got deeper ones"


def test_the_sample_is_sound() -> None:
    sample = read(ROOT / "lectures" / "sample.yaml", ask_scenes=False)
    assert len(sample) >= 4
    assert len({made.scene for made in sample}) >= 4
    assert (ROOT / "lectures" / "face.png").stat().st_size < 5000
    with Image.open(ROOT / "lectures" / "face.png") as face:
        assert face.size == (96, 96)
