"""One layer by name from .safetensors and .npz, and what of a layer fits on screen."""

import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnmath import layers
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D, Sequential

KERNEL = np.random.default_rng(0).normal(size=(4, 2, 3, 2))
STATE = {
    "conv1.weight": KERNEL,
    "conv1.bias": np.arange(4.0),
    "bn.weight": np.ones(4),
    "bn.running_mean": np.ones(4),
    "classifier.0.weight": np.arange(6.0).reshape(2, 3),
}


def safetensors(path: Path, arrays: dict[str, np.ndarray]) -> Path:
    numpy = pytest.importorskip("safetensors.numpy", reason="needs the extra `models`: make models")
    numpy.save_file(arrays, str(path))
    return path


def npz(path: Path, arrays: dict[str, np.ndarray]) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.mark.parametrize(("write", "name"), [(safetensors, "net.safetensors"), (npz, "net.npz")])
class TestArrays:
    def test_a_layer_by_name(self, tmp_path: Path, write: Any, name: str) -> None:
        path = write(tmp_path / name, STATE)
        conv = layers.from_file(path, "conv1")
        assert isinstance(conv, Conv2D)
        assert conv.kernel.tolist() == KERNEL.tolist()
        assert conv.bias.tolist() == [0, 1, 2, 3]
        assert (conv.stride, conv.padding, conv.dilation) == ((1, 1), (0, 0), (1, 1))
        dense = layers.from_file(str(path), "classifier.0")
        assert isinstance(dense, Dense)
        assert (dense.weights.tolist(), dense.bias.tolist()) == ([[0, 1, 2], [3, 4, 5]], [0, 0])

    def test_what_is_no_layer(self, tmp_path: Path, write: Any, name: str) -> None:
        path = write(tmp_path / name, STATE)
        with pytest.raises(ValueError, match=r"bn: weights of the shape (.*) are of no layer here; expected"):
            layers.from_file(path, "bn")
        with pytest.raises(ValueError, match=r"has no layer 'conv2'; expected any of .*conv1"):
            layers.from_file(path, "conv2")
        with pytest.raises(ValueError, match=r"has several layers; expected the name of one: .*classifier.0"):
            layers.from_file(path)
        with pytest.raises(ValueError, match="holds no convolution and no dense layer by name"):
            layers.from_file(write(tmp_path / name, {"running_mean": np.ones(3)}))

    def test_the_only_layer_needs_no_name(self, tmp_path: Path, write: Any, name: str) -> None:
        for key in ("weight", "kernel", "0.weight"):
            assert layers.from_file(write(tmp_path / name, {key: KERNEL})).kernel.tolist() == KERNEL.tolist()

    def test_other_types_of_numbers(self, tmp_path: Path, write: Any, name: str) -> None:
        path = write(tmp_path / name, {"weight": KERNEL.astype(np.float16)})
        assert layers.from_file(path).kernel.tolist() == KERNEL.astype(np.float16).tolist()

    def test_weights_that_are_not_finite(self, tmp_path: Path, write: Any, name: str) -> None:
        path = write(tmp_path / name, {"a.weight": KERNEL * np.nan})
        with pytest.raises(ValueError, match="a: kernel must be finite; got nan"):
            layers.from_file(path)

    @pytest.mark.parametrize("cut", [0, 5, 100, -10])
    def test_a_file_that_is_no_model_or_not_all_of_it(self, tmp_path: Path, write: Any, name: str, cut: int) -> None:
        path = write(tmp_path / name, STATE)
        path.write_bytes(path.read_bytes()[:cut])
        with pytest.raises(ValueError, match=rf"{name} is no {path.suffix} file, or not all of it: "):
            layers.from_file(path, "conv1")
        path.write_text("no model at all", encoding="utf-8")
        with pytest.raises(ValueError, match=rf"{name} is no {path.suffix} file, or not all of it: "):
            layers.from_file(path, "conv1")
        path.unlink()
        with pytest.raises(FileNotFoundError):
            layers.from_file(path, "conv1")


def test_bfloat16(tmp_path: Path) -> None:
    """Trained weights come in it, and numpy does not know it: the upper half of a 32-bit number."""
    pytest.importorskip("safetensors", reason="needs the extra `models`: make models")
    values = np.array([[1.5, -2.0], [0.0, 0.25]], np.float32)
    halves = (values.view(np.uint32) >> 16).astype(np.uint16).tobytes()
    head = json.dumps({"a.weight": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, len(halves)]}}).encode()
    (tmp_path / "net.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + halves)
    assert layers.from_file(tmp_path / "net.safetensors").weights.tolist() == values.tolist()


def test_a_network_that_was_saved_here(tmp_path: Path) -> None:
    conv = Conv2D(KERNEL, [1, 2, 3, 4], stride=(2, 1), padding=((0, 1), (1, 0)), dilation=(1, 2))
    net = Sequential([conv, Activation("relu"), MaxPooling2D(2, padding="same"), Flatten(), Dense(np.ones((3, 24)))])
    net.save(tmp_path / "net.npz")
    read = layers.from_file(tmp_path / "net.npz", "0")
    assert read.kernel.tolist() == KERNEL.tolist()
    assert (read.stride, read.padding, read.dilation) == ((2, 1), ((0, 1), (1, 0)), (1, 2))
    with pytest.raises(ValueError, match="has no layer '1'; expected any of 0, 4"):
        layers.from_file(tmp_path / "net.npz", "1")
    again = Sequential.load(tmp_path / "net.npz")
    assert again.layers[2].padding == "same"
    image = np.random.default_rng(1).normal(size=(2, 7, 6))
    assert again(image).logits.tolist() == net(image).logits.tolist()


def test_pickled_arrays_are_not_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "net.npz", **{"a.weight": np.array([{}], dtype=object)})
    with pytest.raises(ValueError, match="or not all of it"):
        layers.from_file(tmp_path / "net.npz")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("net.pt", r"must be a file \.onnx, \.safetensors or \.npz; PyTorch writes one by torch\.onnx\.export or"),
        ("net.pth", "PyTorch writes one by"),
        ("net.keras", "Keras writes one by"),
        ("net.h5", "Keras writes one by"),
        ("net", "got ''"),
    ],
)
def test_other_files(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        layers.from_file(tmp_path / name)


@pytest.mark.parametrize(("package", "name"), [("safetensors", "net.safetensors"), ("onnx", "net.onnx")])
def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, name: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ImportError, match=rf"{name}: reading it needs the package {package}; .*make models"):
        layers.from_file(tmp_path / name)


def test_nothing_is_imported_that_a_model_came_from() -> None:
    foreign = {"torch", "keras", "tensorflow", "jax", "onnx", "safetensors"}
    code = f"import sys, cnnmath.layers; sys.exit(', '.join({foreign} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# What fits on screen


def test_select() -> None:
    layer = Conv2D(KERNEL, [1, 2, 3, 4], stride=2, padding="same", dilation=(1, 2))
    chosen = layer.select(filters=[3, 0], channels=(1,))
    assert chosen.kernel.tolist() == [[KERNEL[3, 1].tolist()], [KERNEL[0, 1].tolist()]]
    assert chosen.bias.tolist() == [4, 1]
    assert (chosen.stride, chosen.padding, chosen.dilation) == ((2, 2), "same", (1, 2))
    assert layer.select().kernel.tolist() == KERNEL.tolist()
    assert layer.select(channels=np.array([1, 0])).kernel.tolist() == KERNEL[:, ::-1].tolist()


@pytest.mark.parametrize("name", ["filters", "channels"])
def test_select_what_is_not_there(name: str) -> None:
    layer = Conv2D(KERNEL[:2])
    for item in (2, -1):
        with pytest.raises(IndexError, match=f"{name} must be from 0 to 1, of 2; got {item}"):
            layer.select(**{name: [0, item]})
    for wrong in (1, "01", [0.5], [None], [True], {0}):
        with pytest.raises(TypeError, match=f"{name} must be a list of whole numbers; got"):
            layer.select(**{name: wrong})
    for wrong in ([], [1, 1]):
        with pytest.raises(ValueError, match=f"{name} must hold at least one, and none twice; got"):
            layer.select(**{name: wrong})
