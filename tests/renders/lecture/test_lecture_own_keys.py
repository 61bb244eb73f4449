"""Scenes with parameters of their own: their keys are read and checked as those of a convolution are."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lecture_files import clips, mistakes
from PIL import Image

from cnnmath import digits, named_kernel
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


ACTIVATION = """
- name: Bent
  scene: Activation
  image: [[1, -2]]
  kernel: [[0.5]]
"""


def test_an_activation_is_named_beside_its_convolution(tmp_path: Path) -> None:
    (bare,), (tanh,) = (clips(tmp_path, ACTIVATION + more) for more in ("", "  activation: tanh\n"))
    assert attributes(bare)["activation"] == "relu"
    assert attributes(tanh)["activation"] == "tanh"
    assert attributes(tanh)["convolution"].image.tolist() == [[[1, -2]]]
    (found,) = mistakes(tmp_path, ACTIVATION + "  activation: step\n")
    assert found.startswith("my.yaml:6: clip Bent: activation: expected 'relu', 'leaky_relu', 'sigmoid' or 'tanh'; got")


NEURON = """
- name: One
  scene: Neuron
  inputs: [0.5, -1/4]
  weights: [[1, 2], [-3, 4]]
"""


def test_a_neuron_takes_its_numbers(tmp_path: Path) -> None:
    (clip,) = clips(tmp_path, NEURON + "  bias: [1, 2]\n  activation: sigmoid\n")
    written = attributes(clip)
    assert clip.convolution is None
    assert written["inputs"] == [0.5, -0.25]
    assert written["weights"] == [[1, 2], [-3, 4]]
    assert (written["bias"], written["activation"]) == ([1, 2], "sigmoid")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  bias: [1, 2, 3]\n", "6: clip One: bias: must be one number or have the shape (2,)"),
        ("  bias: [[1]]\n", "6: clip One: bias: must be lists of at most one level; got 2"),
        ("  image: [[1]]\n", "6: clip One: image: unknown key; expected any of name, scene, inputs, weights, bias"),
        ("  activation: 1\n", "6: clip One: activation: expected 'relu', 'leaky_relu', 'sigmoid' or 'tanh'; got 1"),
    ],
)
def test_a_mistake_in_a_neuron_is_named(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, NEURON + more)
    assert found.startswith(f"my.yaml:{said}"), found


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


TRAINING = """
- name: Learning
  scene: Training
  image: [[1, 2, 3]]
  kernel: [[2, -1]]
  rate: 0.01
"""


def test_a_training_says_what_is_wanted(tmp_path: Path) -> None:
    (clip,) = clips(tmp_path, TRAINING + "  wanted: [[3, 4.5]]\n  steps: 3\n")
    written = attributes(clip)
    assert (written["rate"], written["steps"]) == (0.01, 3)
    assert np.array(written["wanted"]).ravel().tolist() == [3, 4.5]
    assert written["convolution"].kernel.ravel().tolist() == [2, -1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "2: clip Learning: wanted: is missing"),
        ("  wanted: [1, 2, 3]\n", "7: clip Learning: wanted: must have a number for each result, (1, 2); got (3,)"),
        ("  wanted: [[1, x]]\n", "7: clip Learning: wanted: must hold numbers; got 'x' (row 1, column 2)"),
        ("  wanted: [[1, 2]]\n  steps: 0\n", "8: clip Learning: steps: expected greater than or equal to 1; got 0"),
        ("  wanted: [[1, 2]]\n  stepps: 1\n", "8: clip Learning: stepps: unknown key"),
    ],
)
def test_a_mistake_in_a_training_is_named_by_line_and_key(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, TRAINING + more)
    assert found.startswith(f"my.yaml:{said}"), found


DIGITS = """
- name: Mine
  scene: DigitRecognition
"""


def test_a_network_is_found_beside_the_lecture(tmp_path: Path) -> None:
    digits.NETWORK.save(tmp_path / "mine.npz")
    (clip,) = clips(tmp_path, DIGITS + "  network: mine.npz\n  images: [[0, 1], [1, 0]]\n  labels: [3]\n")
    written = attributes(clip)
    assert Path(written["network"]) == (tmp_path / "mine.npz").resolve()
    assert (np.array(written["images"]).tolist(), written["labels"]) == ([[0, 1], [1, 0]], [3])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  network: none.npz\n", "network: "),
        ("  labels: [1]\n", "labels: must be one for each of the images, 0; got 1"),
        ("  images: [[0, 1]]\n", "labels: must be one for each of the images, 1; got 0"),
        ("  images: [[0, x]]\n", "images: must hold numbers; got 'x' (row 1, column 2)"),
        ("  nework: a.npz\n", "nework: unknown key"),
    ],
)
def test_a_mistake_in_a_recognition_is_named_by_line_and_key(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, DIGITS + more)
    assert f": clip Mine: {said}" in found, found


OUTPUT = """
- name: Which
  scene: OutputLayer
  scores: [1, 0.5, -3]
"""


@pytest.mark.parametrize("truth", ["1", "dog"])
def test_the_true_class_is_a_number_or_a_label(tmp_path: Path, truth: str) -> None:
    (clip,) = clips(tmp_path, OUTPUT + f"  truth: {truth}\n  labels: [cat, dog, bird]\n")
    written = attributes(clip)
    assert clip.convolution is None
    assert written["scores"] == [1, 0.5, -3]
    assert (written["truth"], written["labels"]) == (1, ["cat", "dog", "bird"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "2: clip Which: truth: is missing"),
        ("  truth: dog\n", "5: clip Which: truth: must be a number, or one of the labels ; got 'dog'"),
        ("  truth: 0\n  scores: [[1]]\n", "scores"),
        ("  truth: 0\n  label: [a]\n", "6: clip Which: label: unknown key; expected any of name, scene, scores, truth"),
    ],
)
def test_a_mistake_in_scores_is_named_by_line_and_key(tmp_path: Path, more: str, said: str) -> None:
    found = mistakes(tmp_path, OUTPUT + more)
    assert any(said in fault for fault in found), found


LAYERS = """
- name: Deep
  scene: ManyLayers
  image: [[1, 2, 3, 4], [5, 6, 7, 8], [9, 1, 2, 3], [4, 5, 6, 7]]
  kernel: [[1, 2], [3, 4]]
"""


def test_layers_stand_behind_a_convolution(tmp_path: Path) -> None:
    more = "  activation: tanh\n  layers:\n    - kernel: [[0, -1/2], [1, 3]]\n      bias: 2\n"
    (bare,), (clip,) = (clips(tmp_path, LAYERS + text) for text in ("", more))
    assert "layers" not in bare.attributes
    written = attributes(clip)
    assert written["convolution"].kernel.ravel().tolist() == [1, 2, 3, 4]
    assert written["activation"] == "tanh"
    (layer,) = written["layers"]
    assert layer.kernel.ravel().tolist() == [0, -0.5, 1, 3]
    assert layer.bias.tolist() == [2]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  layers: []\n", "layers"),
        ("  layers:\n    - bias: 2\n", "kernel: is missing"),
        ("  layers:\n    - kernel: [[1, x]]\n", "kernel: must hold numbers; got 'x' (row 1, column 2)"),
        ("  layers:\n    - {kernel: [[1]], bias: [1, 2]}\n", "bias"),
        ("  layers:\n    - {kernel: [[1]], stride: 2}\n", "stride: unknown key"),
    ],
)
def test_a_mistake_in_a_layer_is_named(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, LAYERS + more)
    assert found.startswith("my.yaml:"), found
    assert said in found, found


DENSE = """
- name: All
  scene: DenseLayer
  maps: [[1, 2], [3, 1/2]]
  kernel: [[1, -1]]
"""


@pytest.mark.parametrize(("weights", "read"), [("3", 3), ("[[1, 2, 3, 4]]", [[1, 2, 3, 4]])])
def test_a_dense_layer_has_weights_or_only_outputs(tmp_path: Path, weights: str, read: object) -> None:
    (clip,) = clips(tmp_path, DENSE + f"  weights: {weights}\n")
    written = attributes(clip)
    assert clip.convolution is None
    assert written["maps"] == [[1, 2], [3, 0.5]]
    assert (written["weights"], written["kernel"]) == (read, [[1, -1]])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "2: clip All: weights: is missing"),
        ("  weights: [[1, 2]]\n", "6: clip All: weights: must have a column for each of the input's 4 numbers"),
        ("  weights: [[1, x]]\n", "6: clip All: weights: must hold numbers; got 'x' (row 1, column 2)"),
        ("  weights: 2\n  image: [[1]]\n", "7: clip All: image: unknown key; expected any of name, scene, maps"),
    ],
)
def test_a_mistake_in_a_dense_layer_is_named(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, DENSE + more)
    assert found.startswith(f"my.yaml:{said}"), found


PHOTO = """
- name: All
  scene: RealisticView
"""


def _picture(folder: Path) -> None:
    Image.fromarray(np.arange(40 * 60, dtype=np.uint8).reshape(40, 60)).save(folder / "own.png")


def test_a_photograph_and_filters_of_ones_own(tmp_path: Path) -> None:
    _picture(tmp_path)
    more = "  photo: own.png\n  filters: {soft: [[1/2, 1/2]], hard: [[-1], [1]]}\n"
    (bare,), (clip,) = (clips(tmp_path, PHOTO + text) for text in ("", more))
    assert clip.convolution is bare.convolution is None
    assert not {"photo", "filters"} & {*bare.attributes}
    written = attributes(clip)
    assert Path(written["photo"]) == (tmp_path / "own.png").resolve()
    assert {name: np.asarray(rows).tolist() for name, rows in written["filters"].items()} == {
        "soft": [[0.5, 0.5]],
        "hard": [[-1], [1]],
    }


@pytest.mark.parametrize("scene", ["RealisticView", "ManyFilterView"])
def test_known_filters_by_name(tmp_path: Path, scene: str) -> None:
    text = PHOTO.replace("RealisticView", scene) + "  filters: [sharpen, blur]\n"
    (clip,) = clips(tmp_path, text)
    assert [*attributes(clip)["filters"]] == ["sharpen", "blur"]
    np.testing.assert_array_equal(attributes(clip)["filters"]["sharpen"], named_kernel("sharpen"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  photo: none.png\n", "there is no such file; expected a picture"),
        ("  photo: my.yaml\n", "not a picture"),
        ("  filters: [edges]\n", "a filter's name is one of vertical edges"),
        ("  filters: {own: [[1, x]]}\n", "own must hold numbers; got 'x' (row 1, column 2)"),
        ("  filters: {own: [[[1]]]}\n", "own must be lists of at most 2 levels; got 3"),
        ("  filters: {}\n", "expected at least one filter; got none"),
        ("  kernel: [[1]]\n", "kernel: unknown key"),
    ],
)
def test_a_mistake_in_a_photograph_is_named(tmp_path: Path, more: str, said: str) -> None:
    (found,) = mistakes(tmp_path, PHOTO + more)
    assert found.startswith("my.yaml:"), found
    assert said in found, found
