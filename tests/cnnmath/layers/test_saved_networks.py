"""Networks in files: what is written is read again, and what is no network is refused."""

import json
import os

import numpy as np
import pytest
from hypothesis import given, settings
from network_strategies import cases
from test_networks import small

from cnnmath.layers import Sequential


@given(cases())
@settings(max_examples=30)
def test_what_is_written_is_read_again(tmp_path_factory, case):
    network, images, _ = case
    path = tmp_path_factory.mktemp("saved") / "network.npz"
    network.save(path)
    read = Sequential.load(str(path))
    for layer, other in zip(network.layers, read.layers, strict=True):
        assert type(layer) is type(other)
        for name, value in vars(layer).items():
            np.testing.assert_array_equal(getattr(other, name), value)
    np.testing.assert_array_equal(read.logits(images), network.logits(images))


def test_the_same_network_is_the_same_file(tmp_path):
    network = small().network
    for name in ("one.npz", "two.npz"):
        network.save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_file_that_is_cut_off(tmp_path):
    path = tmp_path / "network.npz"
    small().network.save(path)
    whole = path.read_bytes()
    for length in (0, 1, 30, 100, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"network\.npz is no network that Sequential\.save wrote, or not all"):
            Sequential.load(path)


def test_a_file_with_a_changed_byte(tmp_path):
    path = tmp_path / "network.npz"
    small().network.save(path)
    damaged = bytearray(path.read_bytes())
    place = damaged.index(small().network.layers[0].kernel.tobytes())
    damaged[place] ^= 255
    path.write_bytes(damaged)
    with pytest.raises(ValueError, match="is no network"):
        Sequential.load(path)


LAYERS = json.dumps([{"layer": "Dense"}])
FORMAT = "cnnmath.Sequential 1"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"weights": np.ones(2)}, 'an .npz with the arrays "format" and "layers"'),
        ({"format": "another 2", "layers": LAYERS}, "expected the format .*; got 'another 2'"),
        ({"format": FORMAT, "layers": "[{"}, "Expecting property name"),
        ({"format": FORMAT, "layers": "[]"}, "at least one layer"),
        ({"format": FORMAT, "layers": "[1]"}, "mapping"),
        ({"format": FORMAT, "layers": '{"layer": "Dense"}'}, "mapping"),
        ({"format": FORMAT, "layers": '[{"layer": "os.system"}]'}, "expected the layers .*; got 'os.system'"),
        ({"format": FORMAT, "layers": LAYERS}, "0.weights"),
        ({"format": FORMAT, "layers": LAYERS, "0.weights": [1, 2], "0.bias": 0}, r"got \(2,\)"),
        ({"format": FORMAT, "layers": LAYERS, "0.weights": [[np.nan]], "0.bias": [0]}, "must be finite"),
        ({"format": FORMAT, "layers": '[{"layer": "Flatten", "size": 2}]'}, "unexpected keyword argument 'size'"),
        ({"format": FORMAT, "layers": np.array([{}], dtype=object)}, "allow_pickle=False"),
    ],
)
def test_an_npz_that_is_no_network(tmp_path, arrays, message):
    np.savez(tmp_path / "other.npz", **arrays)
    with pytest.raises(ValueError, match=rf"other\.npz is no network.*{message}"):
        Sequential.load(tmp_path / "other.npz")


def test_files_of_other_kinds(tmp_path):
    np.save(tmp_path / "array.npy", np.ones(3))
    (tmp_path / "words.npz").write_text("not an archive", encoding="utf-8")
    for name in ("array.npy", "words.npz"):
        with pytest.raises(ValueError, match=f"{name} is no network"):
            Sequential.load(tmp_path / name)
    with pytest.raises(FileNotFoundError, match=r"missing\.npz"):
        Sequential.load(tmp_path / "missing.npz")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "network.npz"
    path.write_bytes(b"what was there")

    def full(file, **_):
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space left"):
        small().network.save(path)
    assert path.read_bytes() == b"what was there"
    assert os.listdir(tmp_path) == ["network.npz"]
