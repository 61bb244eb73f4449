"""A clip's filter from the file of a trained model, and every mistake in it."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lecture_files import clip, clips, mistakes

from cnnmath.layers import Conv2D, Dense, Flatten, Sequential

ROOT = Path(__file__).resolve().parents[3]
KERNEL = np.random.default_rng(0).normal(size=(4, 2, 3, 2))
IMAGE = np.arange(60).reshape(2, 6, 5).tolist()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with a network that was saved here, its arrays by name, a file that is no model, one cut short."""
    conv = Conv2D(KERNEL, [1, 2, 3, 4], stride=(2, 1), padding=((0, 1), (1, 0)), dilation=(1, 2))
    Sequential([conv, Flatten(), Dense(np.ones((3, 48)))]).save(tmp_path / "net.npz")
    np.savez(tmp_path / "arrays.npz", **{"conv1.weight": KERNEL, "conv1.bias": np.arange(4), "fc.weight": np.eye(2)})
    np.savez(tmp_path / "large.npz", weight=np.ones((64, 64, 3, 3)))
    (tmp_path / "text.onnx").write_text("no model", encoding="utf-8")
    whole = (tmp_path / "arrays.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    return tmp_path


def test_a_layer_brings_bias_stride_padding_and_dilation(models: Path) -> None:
    (made,) = clips(models, clip(kernel={"file": "net.npz", "layer": 0}, image=IMAGE))
    conv = made.convolution
    assert conv.kernel.tolist() == KERNEL.tolist()
    assert conv.bias.tolist() == [1, 2, 3, 4]
    assert (conv.stride, conv.padding, conv.dilation) == ((2, 1), ((0, 1), (1, 0)), (1, 2))


def test_what_the_clip_says_itself_counts(models: Path) -> None:
    kernel = {"file": "net.npz", "layer": "0", "filters": [3, 0], "channels": [1]}
    (made,) = clips(models, clip(kernel=kernel, image=IMAGE[0], bias=[7, 8], padding="same", stride=1))
    conv = made.convolution
    assert conv.kernel.tolist() == KERNEL[[3, 0]][:, [1]].tolist()
    assert (conv.bias.tolist(), conv.stride, conv.padding, conv.dilation) == ([7, 8], (1, 1), "same", (1, 2))
    (made,) = clips(models, clip(kernel=kernel, image=IMAGE[0]))
    assert made.convolution.bias.tolist() == [4, 1]


def test_weights_may_be_rounded_to_what_can_be_read(models: Path) -> None:
    (made,) = clips(models, clip(kernel={"file": "net.npz", "layer": 0, "decimals": 1}, image=IMAGE))
    assert made.convolution.kernel.tolist() == KERNEL.round(1).tolist()


def test_the_path_counts_from_the_lecture_files_folder(
    models: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    (models / "below").mkdir()
    (made,) = clips(models / "below", clip(kernel={"file": "../arrays.npz", "layer": "conv1"}, image=IMAGE))
    assert made.convolution.kernel.shape == (4, 2, 3, 2)


def onnx_model(path: Path, kernel: np.ndarray, **attributes: Any) -> None:
    onnx = pytest.importorskip("onnx", reason="needs the extra `models`: make models")
    helper = onnx.helper
    conv = helper.make_node("Conv", ["image", "conv1.weight"], ["made"], **attributes)
    values = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in ("image", "made")]
    weights = onnx.numpy_helper.from_array(kernel.astype(np.float32), "conv1.weight")
    onnx.save(helper.make_model(helper.make_graph([conv], "net", values[:1], values[1:], [weights])), path)


def test_an_onnx_file(models: Path) -> None:
    onnx_model(models / "net.onnx", KERNEL, strides=[2, 2], pads=[1, 1, 1, 1])
    (made,) = clips(models, clip(kernel={"file": "net.onnx", "layer": "conv1", "filters": [2]}, image=IMAGE))
    np.testing.assert_allclose(made.convolution.kernel, KERNEL[[2]], rtol=1e-6)
    assert (made.convolution.stride, made.convolution.padding) == ((2, 2), (1, 1))


def test_the_pages_example(tmp_path: Path) -> None:
    kernel = np.random.default_rng(1).normal(size=(4, 3, 3, 3))
    onnx_model(tmp_path / "model.onnx", kernel, pads=[1, 1, 1, 1])
    (tmp_path / "face.png").write_bytes((ROOT / "lectures" / "face.png").read_bytes())
    text = (ROOT / "docs" / "your-own.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in text.split("```yaml\n")[1:]]
    (example,) = (block for block in blocks if "model.onnx" in block)
    (made,) = clips(tmp_path, example)
    np.testing.assert_allclose(made.convolution.kernel, kernel[[0, 3]][:, [0]], rtol=1e-6)
    assert made.convolution.output_shape == (2, 8, 8)


def test_a_clips_python_is_the_same_convolution(models: Path) -> None:
    import cnnmath

    (made,) = clips(models, clip(kernel={"file": "net.npz", "layer": "0"}, image=IMAGE))
    named: dict[str, Any] = {"cnnmath": cnnmath, "scenes": type("Scenes", (), {"FilterSliding": type("X", (), {})})}
    exec(made.source(), named)
    again = named["Edges"].convolution
    assert again.kernel.tolist() == KERNEL.tolist()
    assert (again.stride, again.padding, again.dilation) == ((2, 1), ((0, 1), (1, 0)), (1, 2))


@pytest.mark.parametrize(
    ("kernel", "said"),
    [
        ({"layer": "conv1"}, "kernel.file: is missing"),
        (
            {"file": "arrays.npz", "layers": "conv1"},
            "kernel.layers: unknown key; expected any of file, layer, ",
        ),
        ({"file": 3}, "kernel.file: expected a valid string; got 3"),
        ({"file": "no.onnx"}, "kernel.file: no.onnx: there is no such file; expected a trained model"),
        ({"file": "arrays.npz"}, "kernel.layer: arrays.npz has several layers; expected the name of one: conv1, fc"),
        (
            {"file": "arrays.npz", "layer": "conv2"},
            "kernel.layer: arrays.npz has no layer 'conv2'; expected any of conv1",
        ),
        ({"file": "arrays.npz", "layer": "fc"}, "kernel.layer: arrays.npz: 'fc' is a Dense; expected a convolution"),
        ({"file": "arrays.npz", "layer": "x" * 2000}, "kernel.layer: expected at most 1,000 characters; got 2,000"),
        ({"file": "text.onnx"}, "kernel.file: text.onnx is no ONNX model, or not all of it: "),
        ({"file": "cut.npz", "layer": "conv1"}, "kernel.file: cut.npz is no .npz file, or not all of it: "),
        ({"file": "my.yaml"}, "kernel.file: my.yaml must be a file .onnx, .safetensors or .npz; got '.yaml'"),
        (
            {"file": "arrays.npz", "layer": "conv1", "filters": [4]},
            "kernel.filters: must be from 0 to 3, of 4; got 4",
        ),
        (
            {"file": "arrays.npz", "layer": "conv1", "channels": 1},
            "kernel.channels: must be a list of whole numbers; got 1",
        ),
        (
            {"file": "arrays.npz", "layer": "conv1", "channels": [1]},
            "kernel: kernel and image must have the same number of channels; got 1 in the kernel",
        ),
        *(
            (
                {"file": "arrays.npz", "layer": "conv1", "decimals": wrong},
                f"kernel.decimals: must be a whole number from 0 to 15, the digits behind the point; got {wrong!r}",
            )
            for wrong in (-1, 16, 0.5, "1", True)
        ),
        ({"file": "large.npz"}, "kernel: has 64 filters of 64 channels, more than any scene shows; expected some of"),
    ],
)
def test_a_mistake(models: Path, kernel: dict[str, Any], said: str) -> None:
    (found,) = mistakes(models, clip(kernel=kernel, image=IMAGE))
    assert found.startswith(f"my.yaml:4: clip Edges: {said}")


def test_a_mistake_stands_on_its_own_line(models: Path) -> None:
    text = clip(kernel=None, image=IMAGE) + "  kernel:\n    file: arrays.npz\n    layer: conv1\n    filters: [9]\n"
    (found,) = mistakes(models, text)
    assert found == "my.yaml:7: clip Edges: kernel.filters: must be from 0 to 3, of 4; got 9"


def test_the_line_that_installs_the_extra(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    (found,) = mistakes(models, clip(kernel={"file": "text.onnx"}))
    assert (
        "kernel.file: text.onnx: reading it needs the package onnx; in the project's folder, run: make models" in found
    )
