"""Scenes with parameters of their own: their keys are read and checked as those of a convolution are."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lecture_files import clips, mistakes

from renders.lecture import LectureClip

POOLING = """
- name: Pooled
  scene: Pooling
  image: [[1, 2, 3], [4, 5, 6]]
"""


def attributes(clip: LectureClip) -> dict[str, Any]:
    """What a scene gets from the Python that is written for a clip."""
    base = type(clip.scene, (), {})
    named: dict[str, Any] = {"cnnmath": sys.modules["cnnmath"], "scenes": type("Scenes", (), {clip.scene: base})}
    exec(clip.source(), named)
    return vars(named[clip.name])


def same(one: Any, other: Any) -> bool:
    """Whether two parameters are the same to the last digit."""
    if hasattr(one, "kernel"):
        return all(np.array_equal(getattr(one, k), getattr(other, k)) for k in ("image", "kernel", "bias", "stride"))
    # Leading axes of 1 are left out in what is written.
    return bool(np.array_equal(np.squeeze(np.array(one)), np.squeeze(np.array(other))))


@pytest.mark.parametrize(
    "more",
    ["", "  size: [1, 2]\n  kind: average\n", "  size: 2\n  stride: 1\n", "  kernel: [[1, -1/3]]\n  bias: 2\n"],
)
def test_the_python_of_a_pooling_says_the_same(tmp_path: Path, more: str) -> None:
    (clip,) = clips(tmp_path, POOLING + more)
    written = attributes(clip)
    assert {**clip.attributes}.keys() <= written.keys()
    for name, value in clip.attributes.items():
        assert same(written[name], value), name


def test_an_image_is_pooled_or_the_result_of_its_convolution(tmp_path: Path) -> None:
    (bare,), (filtered,) = (clips(tmp_path, POOLING + more) for more in ("", "  kernel: [[2]]\n  stride: 3\n"))
    assert bare.convolution is None
    assert bare.parameters["image"].tolist() == [[[1, 2, 3], [4, 5, 6]]]
    assert filtered.convolution is not None
    assert "image" not in filtered.parameters
    # The stride is that of the windows.
    assert (filtered.convolution.stride, filtered.parameters["stride"]) == ((1, 1), (3, 3))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  size: 0\n", "5: clip Pooled: size: must be a whole number of at least 1"),
        ("  kind: median\n", "5: clip Pooled: kind: expected 'max' or 'average'; got 'median'"),
        ("  stride: x\n", "5: clip Pooled: stride: must be a whole number of at least 1"),
        ("  bias: 3\n", "5: clip Pooled: bias: must stand beside a kernel; got none"),
        ("  sise: 3\n", "5: clip Pooled: sise: unknown key; expected any of name, scene, image, kernel"),
        ("  kernel: [[1, x]]\n", "5: clip Pooled: kernel: must hold numbers; got 'x' (row 1, column 2)"),
    ],
)
def test_a_mistake_is_named_by_line_and_key(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, POOLING + more)
    assert found.startswith(f"my.yaml:{said}"), found


def test_a_key_of_another_scene_is_unknown(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, POOLING.replace("Pooling", "FilterSliding") + "  kernel: [[1]]\n  kind: max\n")
    assert "kind: unknown key" in found
