"""Networks in ONNX files: what ours give is what onnx.reference computes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx_models import node, normal, onnx, predicted, write

from cnnmath import layers
from cnnmath.layers import Sequential


def same(path: Path, shape: tuple[int, ...] = (2, 7, 8), last: bool = False, tolerance: float = 1e-12) -> Sequential:
    """Hold our logits to ONNX's for three images (C, H, W); the file's have their channels last, if it says so."""
    images = normal(3, *shape)
    theirs = predicted(path, np.moveaxis(images, 1, -1) if last else images)
    net = Sequential.from_onnx(path)
    np.testing.assert_allclose(net.logits(images), theirs.reshape(3, -1), rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(net(images[0]).logits, theirs[0].ravel(), rtol=tolerance, atol=tolerance)
    return net


def kinds(net: Sequential) -> list[str]:
    return [type(layer).__name__ for layer in net.layers]


def ended(*nodes: Any, inputs: int, outputs: int = 3) -> list[Any]:
    """Put a flattening and a dense layer behind nodes."""
    return [*nodes, node("Flatten", "@"), node("Gemm", "@", normal(outputs, inputs), normal(outputs), transB=1)]


@pytest.mark.parametrize(
    ("attributes", "inputs"),
    [
        ({}, 5 * 7 * 3),
        ({"pads": [1, 0, 0, 2], "strides": [2, 1]}, 3 * 9 * 3),
        ({"dilations": [2, 3], "group": 1}, 3 * 5 * 3),
        ({"auto_pad": "SAME_UPPER", "strides": [2, 3]}, 4 * 3 * 3),
        ({"auto_pad": "SAME_UPPER"}, 7 * 8 * 3),
        ({"auto_pad": "SAME_LOWER"}, 7 * 8 * 3),
        ({"auto_pad": "VALID", "strides": [2, 2]}, 3 * 4 * 3),
    ],
)
def test_a_convolution(tmp_path: Path, attributes: dict[str, Any], inputs: int) -> None:
    conv = node("Conv", "@", normal(3, 2, 3, 2), normal(3), **attributes)
    net = same(write(tmp_path / "net.onnx", ended(conv, node("Relu", "@"), inputs=inputs)))
    assert kinds(net) == ["Conv2D", "Activation", "Flatten", "Dense"]


@pytest.mark.parametrize(
    ("pool", "inputs"),
    [
        (node("MaxPool", "@", kernel_shape=[2, 2], strides=[2, 2]), 3 * 4 * 2),
        (node("MaxPool", "@", kernel_shape=[2, 3]), 6 * 6 * 2),
        (node("MaxPool", "@", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]), 4 * 4 * 2),
        (node("MaxPool", "@", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1), 4 * 4 * 2),
        (node("MaxPool", "@", kernel_shape=[3, 2], strides=[2, 3], auto_pad="SAME_UPPER"), 4 * 3 * 2),
        (node("AveragePool", "@", kernel_shape=[2, 2], strides=[2, 2]), 3 * 4 * 2),
        (node("AveragePool", "@", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]), 4 * 4 * 2),
        (
            node("AveragePool", "@", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 0, 0, 1], count_include_pad=1),
            3 * 4 * 2,
        ),
        (node("GlobalAveragePool", "@"), 2),
        (node("GlobalMaxPool", "@"), 2),
    ],
)
def test_a_pooling(tmp_path: Path, pool: Any, inputs: int) -> None:
    assert kinds(same(write(tmp_path / "net.onnx", ended(pool, inputs=inputs))))[1:] == ["Flatten", "Dense"]


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [("Relu", {}), ("LeakyRelu", {}), ("LeakyRelu", {"alpha": 0.01}), ("Sigmoid", {}), ("Tanh", {})],
)
def test_activations(tmp_path: Path, kind: str, attributes: dict[str, Any]) -> None:
    # The file keeps the slope in 32 bits.
    path = write(tmp_path / "net.onnx", ended(node(kind, "@", **attributes), inputs=112))
    same(path, tolerance=1e-8 if kind == "LeakyRelu" else 1e-12)


@pytest.mark.parametrize(
    "gemm",
    [
        node("Gemm", "@", normal(3, 112), normal(3), transB=1),
        node("Gemm", "@", normal(112, 3), normal(1, 3)),
        node("Gemm", "@", normal(112, 3), normal(1), alpha=0.5, beta=2.0),
        node("Gemm", "@", normal(112, 3)),
        node("MatMul", "@", normal(112, 3)),
    ],
)
def test_dense_layers(tmp_path: Path, gemm: Any) -> None:
    same(write(tmp_path / "net.onnx", [node("Flatten", "@", axis=1), gemm]))


@pytest.mark.parametrize(
    "flat",
    [
        [node("Flatten", "@")],
        [node("Reshape", "@", np.array([-1, 112]))],
        [node("Reshape", "@", np.array([0, -1]))],
        [node("Constant", value_ints=[0, -1], out="shape"), node("Reshape", "image", "shape")],
    ],
)
def test_what_flattens(tmp_path: Path, flat: list[Any]) -> None:
    net = same(write(tmp_path / "net.onnx", [*flat, node("MatMul", "@", normal(112, 3))]))
    assert kinds(net) == ["Flatten", "Dense"]


def test_a_shape_that_is_worked_out_from_the_images(tmp_path: Path) -> None:
    """PyTorch's older exporter writes x.view(x.size(0), -1) so."""
    nodes = [
        node("Relu", "@", out="x"),
        node("Shape", "x"),
        node("Gather", "@", np.array(0), axis=0),
        node("Unsqueeze", "@", np.array([0])),
        node("Concat", "@", np.array([-1]), axis=0, out="target"),
        node("Reshape", "x", "target"),
        node("MatMul", "@", normal(112, 3)),
    ]
    assert kinds(same(write(tmp_path / "net.onnx", nodes))) == ["Activation", "Flatten", "Dense"]


def test_channels_last_as_keras_exports_them(tmp_path: Path) -> None:
    """Images are turned, a bias stands behind its kernel, pixels are flattened with channels last."""
    nodes = [
        node("Transpose", "@", perm=[0, 3, 1, 2]),
        node("Conv", "@", normal(3, 2, 2, 2), auto_pad="SAME_UPPER", strides=[2, 2]),
        node("Add", "@", normal(1, 3, 1, 1)),
        node("Relu", "@"),
        node("MaxPool", "@", kernel_shape=[2, 2], strides=[2, 2]),
        node("Transpose", "@", perm=[0, 2, 3, 1]),
        node("Tanh", "@"),
        node("Reshape", "@", np.array([-1, 12])),
        node("MatMul", "@", normal(12, 5)),
        node("Add", normal(5), "@"),
        node("Softmax", "@"),
    ]
    net = Sequential.from_onnx(write(tmp_path / "net.onnx", nodes, ("N", 7, 8, 2)))
    images = normal(2, 2, 7, 8)
    theirs = predicted(tmp_path / "net.onnx", np.moveaxis(images, 1, -1))
    np.testing.assert_allclose(net(images[1]).probabilities, theirs[1], rtol=1e-12)
    assert kinds(net) == ["Conv2D", "Activation", "MaxPooling2D", "Activation", "Flatten", "Dense"]


def test_a_bias_behind_a_convolution_whose_channels_are_last(tmp_path: Path) -> None:
    nodes = [
        node("Transpose", "@", perm=[0, 3, 1, 2]),
        node("Conv", "@", normal(3, 2, 2, 2)),
        node("Transpose", "@", perm=[0, 2, 3, 1]),
        node("Mul", "@", normal(3)),
        node("Sub", "@", np.array(2.0)),
        node("Div", "@", normal(1, 1, 1, 3)),
        node("ReduceMean", "@", axes=[1, 2], keepdims=0),
        node("MatMul", "@", normal(3, 4)),
    ]
    same(write(tmp_path / "net.onnx", nodes, ("N", 7, 8, 2)), last=True)


def test_a_grey_picture_whose_axis_is_only_reshaped(tmp_path: Path) -> None:
    conv = node("Conv", "@", normal(3, 1, 2, 2), normal(3))
    for start in ([node("Reshape", "@", np.array([-1, 1, 7, 8]))], [node("Unsqueeze", "@", np.array([1]))]):
        path = write(tmp_path / "net.onnx", ended(*start, conv, inputs=6 * 7 * 3), ("N", 7, 8))
        images = normal(3, 7, 8)
        np.testing.assert_allclose(Sequential.from_onnx(path).logits(images), predicted(path, images), rtol=1e-12)
    start = [node("Reshape", "@", np.array([-1, 1, 7, 8]))]
    same(write(tmp_path / "net.onnx", ended(*start, conv, inputs=6 * 7 * 3), ("N", 7, 8, 1)), (1, 7, 8), last=True)


def test_padding_and_normalisation_become_part_of_the_convolution(tmp_path: Path) -> None:
    nodes = [
        node("Pad", "@", np.array([0, 0, 1, 0, 0, 0, 0, 2])),
        node("Conv", "@", normal(3, 2, 2, 2)),
        node("BatchNormalization", "@", normal(3), normal(3), normal(3) + 1, normal(3) ** 2, epsilon=0.25),
        node("Identity", "@"),
        node("GlobalAveragePool", "@"),
        node("Squeeze", "@", np.array([2, 3])),
        node("MatMul", "@", normal(3, 2)),
    ]
    net = same(write(tmp_path / "net.onnx", nodes))
    assert kinds(net) == ["Conv2D", "AveragePooling2D", "Flatten", "Dense"]
    assert net.layers[0].padding == ((1, 0), (0, 2))


def test_weights_that_are_worked_out(tmp_path: Path) -> None:
    nodes = [
        node("Flatten", "@", out="x"),
        node("Transpose", normal(3, 112), perm=[1, 0], out="weights"),
        node("MatMul", "x", "weights"),
    ]
    same(write(tmp_path / "net.onnx", nodes))


def test_float32_to_1e_5(tmp_path: Path) -> None:
    conv = node("Conv", "@", normal(3, 2, 3, 3), normal(3))
    path = write(tmp_path / "net.onnx", ended(conv, inputs=5 * 6 * 3), dtype=np.float32)
    images = normal(2, 2, 7, 8)
    theirs = predicted(path, images.astype(np.float32))
    np.testing.assert_allclose(Sequential.from_onnx(path).logits(images), theirs, atol=1e-4, rtol=1e-5)


# One layer by name


def branched(path: Path) -> Path:
    """Write what is no chain: a sum of two convolutions."""
    nodes = [
        node("Conv", "image", normal(4, 2, 3, 3), normal(4), strides=[2, 1], pads=[1, 0, 0, 1], out="a"),
        node("Conv", "image", normal(4, 2, 3, 3), strides=[2, 1], pads=[1, 0, 0, 1], group=1, out="b"),
        node("Add", "a", "b"),
    ]
    return write(path, nodes)


def test_a_layer_of_a_network_that_is_no_chain(tmp_path: Path) -> None:
    path = branched(tmp_path / "net.onnx")
    with pytest.raises(ValueError, match="no chain of layers: what the input gives goes to n0, n1; one layer"):
        Sequential.from_onnx(path)
    layer = layers.from_file(path, "n0")
    assert layer.kernel.tolist() == normal(4, 2, 3, 3).tolist()
    assert layer.bias.tolist() == normal(4).tolist()
    assert (layer.stride, layer.padding) == ((2, 1), ((1, 0), (0, 1)))
    with pytest.raises(ValueError, match="several layers; expected the name of one: n0, n1"):
        layers.from_file(path)
    with pytest.raises(ValueError, match=r"net\.onnx has no layer 'conv1'; expected any of n0, n1"):
        layers.from_file(path, "conv1")


# Refused by name


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (node("Conv", "@", normal(4, 1, 2, 2), group=2), "n0 has group=2; expected group=1"),
        (node("ConvTranspose", "@", normal(2, 3, 2, 2)), "n0 is a layer ConvTranspose, which has no counterpart here"),
        (node("MaxPool", "@", kernel_shape=[2, 2], dilations=[2, 2]), "node0 has dilations=[2, 2]; expected dilations"),
        (node("MaxPool", "@", kernel_shape=[2, 2], pads=[2, 0, 0, 0]), "node0: padding must be at most half the size"),
        (node("LeakyRelu", "@", alpha=0.25), "node0 has the slope 0.25 below zero; expected 0.01"),
        (node("Elu", "@"), "node0 is a layer Elu, which has no counterpart here; expected any of Add, "),
        (node("Pad", "@", np.array([0, 0, 1, 1, 0, 0, 1, 1]), mode="reflect"), "n0 has mode='reflect'; expected"),
        (node("Pad", "@", np.array([0, 0, 1, 1, 0, 0, 1, 1])), "node1: n0 pads, so a convolution must follow"),
        (node("Transpose", "@", perm=[0, 1, 3, 2]), "node0 has perm=[0, 1, 3, 2]"),
        (node("Add", "@", normal(3, 1, 1)), "n0 must follow a convolution or a dense layer"),
        (node("Add", "@", "@"), "node0 must have one input that does not depend on the image"),
        (node("Reshape", "@", np.array([0, 8, 2, 7])), "n0 gives the shape (1, 8, 2, 7), which has no counterpart"),
        (node("MatMul", "@", normal(8, 3)), "n0 takes images pixel by pixel, (C, H, W) = (2, 7, 8)"),
        (node("Conv", "@", np.full((1, 2, 1, 1), np.nan)), "n0: kernel must be finite; got nan"),
        (
            node("Conv", "@", normal(4, 2, 2, 2), auto_pad="SAME_LOWER", strides=[2, 2]),
            'n0 has strides=[2, 2]; expected strides=[1, 1], for auto_pad="SAME_LOWER" would depend on the image',
        ),
    ],
)
def test_a_node_that_has_no_counterpart(tmp_path: Path, made: Any, said: str) -> None:
    path = write(tmp_path / "net.onnx", [made, node("Relu", "@")])
    with pytest.raises(ValueError, match=r".") as caught:
        Sequential.from_onnx(path)
    assert str(caught.value).startswith(said)


def test_a_softmax_that_is_not_the_end(tmp_path: Path) -> None:
    nodes = [node("Flatten", "@"), node("Softmax", "@"), node("Relu", "@")]
    with pytest.raises(ValueError, match="node1 must be the last layer, since networks end in logits here; node2"):
        Sequential.from_onnx(write(tmp_path / "net.onnx", nodes))


@pytest.mark.parametrize("cut", [0, 1, 40, -30])
def test_a_file_that_is_no_model_or_not_all_of_it(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "net.onnx", ended(node("Relu", "@"), inputs=112))
    path.write_bytes(path.read_bytes()[:cut])
    for read in (Sequential.from_onnx, layers.from_file):
        with pytest.raises(ValueError, match=r"net\.onnx is no ONNX model, or not all of it: "):
            read(path)
    path.write_text("no model")
    with pytest.raises(ValueError, match=r"net\.onnx is no ONNX model, or not all of it: "):
        Sequential.from_onnx(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Sequential.from_onnx(tmp_path / "net.onnx")


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    path = branched(tmp_path / "net.onnx")
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ImportError, match=r"net\.onnx: reading it needs the package onnx; in the project's"):
        Sequential.from_onnx(path)


def test_a_file_with_two_inputs(tmp_path: Path) -> None:
    path = write(tmp_path / "net.onnx", [node("Add", "@", "other")])
    model = onnx.load(str(path))
    model.graph.input.append(onnx.helper.make_tensor_value_info("other", 11, ["N", 2, 7, 8]))
    onnx.save(model, str(path))
    with pytest.raises(ValueError, match="has 2 inputs and 1 outputs; expected one of each"):
        Sequential.from_onnx(path)
