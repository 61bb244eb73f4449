"""Modules of PyTorch, where it is installed: what ours give is what theirs compute."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnmath import layers
from cnnmath.layers import Sequential

torch = pytest.importorskip("torch", reason="PyTorch is not installed (make bench GROUPS=pytorch installs it apart)")
nn = torch.nn


@pytest.fixture(autouse=True)
def same_weights() -> None:
    torch.manual_seed(3)


def sequential(*parts: Any) -> Any:
    """Make a network, in float64 and as it is once trained, its normalisations with numbers of their own."""
    model = nn.Sequential(*parts).double().eval()
    for part in model.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            for values in (part.weight, part.bias, part.running_mean, part.running_var):
                if values is not None:
                    nn.init.uniform_(values, 0.5, 1.5)
    return model


def same_logits(model: Any, shape: tuple[int, ...] = (2, 7, 8)) -> Sequential:
    images = np.random.default_rng(7).normal(size=(3, *shape))
    with torch.no_grad():
        theirs = model(torch.from_numpy(images)).numpy()
    net = Sequential.from_torch(model)
    np.testing.assert_allclose(net.logits(images), theirs, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(net(images[0]).logits, theirs[0], rtol=1e-10, atol=1e-10)
    return net


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"stride": (2, 3), "padding": (1, 2)},
        {"padding": "same", "dilation": (1, 2)},
        {"padding": "valid", "bias": False},
        {"dilation": 2, "padding": 2},
        {"padding_mode": "reflect"},
    ],
)
@pytest.mark.parametrize("size", [1, (2, 3), 4])
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
def test_a_convolution(size: Any, how: dict[str, Any]) -> None:
    conv = nn.Conv2d(2, 3, size, **how).double()
    image = np.random.default_rng(1).normal(size=(2, 9, 10))
    theirs = conv(torch.from_numpy(image[None])).detach().numpy()[0]
    np.testing.assert_allclose(layers.from_torch(conv)(image).output(), theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    "pool",
    [
        nn.MaxPool2d(2),
        nn.MaxPool2d((3, 2), stride=(1, 2), padding=(1, 0)),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.AvgPool2d(3, padding=1),
        nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
        nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True),
    ],
)
def test_a_pooling(pool: Any) -> None:
    image = -np.random.default_rng(1).uniform(1, 2, size=(2, 7, 8))
    theirs = pool(torch.from_numpy(image[None])).numpy()[0]
    np.testing.assert_allclose(layers.from_torch(pool)(image).output(), theirs, rtol=1e-12)


def test_a_whole_network() -> None:
    net = same_logits(
        sequential(
            nn.ZeroPad2d((1, 2, 0, 1)),
            nn.Conv2d(2, 4, 3, bias=False),
            nn.BatchNorm2d(4),
            nn.LeakyReLU(),
            nn.MaxPool2d(2),
            nn.Sequential(nn.Conv2d(4, 3, 2, padding=1), nn.Tanh()),
            nn.Dropout2d(),
            nn.Flatten(),
            nn.Linear(60, 5),
            nn.BatchNorm1d(5, affine=False),
            nn.Sigmoid(),
            nn.Identity(),
            nn.Linear(5, 3, bias=False),
        )
    )
    names = [type(layer).__name__ for layer in net.layers]
    assert names[:4] == ["Conv2D", "Activation", "MaxPooling2D", "Conv2D"]
    assert names[4:] == ["Activation", "Flatten", "Dense", "Activation", "Dense"]
    assert net.layers[0].padding == ((0, 1), (1, 2))


@pytest.mark.parametrize("end", [nn.Softmax(dim=1), nn.LogSoftmax(dim=-1)])
def test_a_softmax_at_the_end_is_left_out(end: Any) -> None:
    model = sequential(nn.Flatten(), nn.Linear(112, 3), end)
    images = np.random.default_rng(7).normal(size=(1, 2, 7, 8))
    theirs = model(torch.from_numpy(images)).detach().numpy()[0]
    theirs = np.exp(theirs) if isinstance(end, nn.LogSoftmax) else theirs
    np.testing.assert_allclose(Sequential.from_torch(model)(images[0]).probabilities, theirs, rtol=1e-10)


def test_half_precision() -> None:
    for kind in (torch.float32, torch.float16, torch.bfloat16):
        conv = nn.Conv2d(2, 3, 2).to(kind)
        assert layers.from_torch(conv).kernel.tolist() == conv.weight.detach().double().tolist()


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (nn.Conv2d(4, 4, 2, groups=2), "has groups=2; expected groups=1, the only one here"),
        (
            nn.Conv2d(2, 2, 2, padding=1, padding_mode="reflect"),
            "has padding_mode='reflect'; expected",
        ),
        (nn.Conv2d(2, 2, 2, padding="same", padding_mode="circular"), "has padding_mode='circular'; expected"),
        (nn.ConvTranspose2d(2, 2, 2), "is a layer ConvTranspose2d, which has no counterpart here; expected any of "),
        (nn.Conv1d(2, 2, 2), "is a layer Conv1d, which has no counterpart here"),
        (nn.MaxPool2d(2, dilation=2), "has dilation=2; expected dilation=1"),
        (nn.MaxPool2d(2, return_indices=True), "has return_indices=True; expected return_indices=False"),
        (nn.AvgPool2d(2, divisor_override=3), "has divisor_override=3; expected divisor_override=None"),
        (nn.LeakyReLU(0.2), "has the slope 0.2 below zero; expected 0.01, the only one here"),
        (nn.GELU(), "is a layer GELU, which has no counterpart here"),
        (nn.Flatten(0), "has start_dim=0; expected start_dim=1"),
        (nn.LazyConv2d(2, 2), "is a layer LazyConv2d, which has no counterpart here"),
    ],
)
def test_a_module_that_has_no_counterpart(module: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        layers.from_torch(module)
    assert str(caught.value).startswith(f"the module {said}")
    with pytest.raises(ValueError, match=r".") as caught:
        Sequential.from_torch(nn.Sequential(nn.Sequential(module)))
    assert str(caught.value).startswith(f"0.0 {said}")


def test_a_class_of_ones_own() -> None:
    class Mine(nn.Module):
        pass

    class Doubled(nn.Conv2d):
        def forward(self, image: Any) -> Any:
            return 2 * super().forward(image)

    with pytest.raises(ValueError, match="Mine says only in its forward what follows what"):
        Sequential.from_torch(Mine())
    with pytest.raises(ValueError, match="0 is a Doubled, a Conv2d with a forward of its own"):
        Sequential.from_torch(nn.Sequential(Doubled(2, 2, 1)))
    with pytest.raises(ValueError, match=r"expected one layer, or Sequential\.from_torch"):
        layers.from_torch(nn.Sequential(nn.ReLU()))


def test_what_is_no_module() -> None:
    for thing in (3, None, torch.ones(3)):
        with pytest.raises(TypeError, match="must be a module of PyTorch; got"):
            layers.from_torch(thing)
        with pytest.raises(TypeError, match="must be a module of PyTorch; got"):
            Sequential.from_torch(thing)


def exported() -> Any:
    return sequential(
        nn.Conv2d(2, 3, 3, padding=1, stride=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 5),
        nn.Softmax(dim=1),
    )  # fmt: skip


@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_what_pytorch_exports(tmp_path: Path, newer: bool) -> None:
    pytest.importorskip("onnx")
    if newer:
        pytest.importorskip("onnxscript", reason="the newer exporter of PyTorch needs onnxscript")
    model = exported().float()
    images = torch.randn(2, 2, 7, 8)
    path = tmp_path / "net.onnx"
    torch.onnx.export(model, (images,), str(path), dynamo=newer, input_names=["image"])
    net = Sequential.from_onnx(path)
    theirs = model(images).detach().numpy()
    np.testing.assert_allclose(net(images[1].numpy()).probabilities, theirs[1], atol=1e-5)
    assert layers.from_file(path, "0").stride == (2, 2)


def test_a_state_dict_in_safetensors(tmp_path: Path) -> None:
    save = pytest.importorskip("safetensors.torch").save_file
    model = exported().to(torch.bfloat16)
    save(model.state_dict(), str(tmp_path / "net.safetensors"))
    read = layers.from_file(tmp_path / "net.safetensors", "0")
    assert read.kernel.tolist() == model[0].weight.double().tolist()
    assert read.bias.tolist() == model[0].bias.double().tolist()
