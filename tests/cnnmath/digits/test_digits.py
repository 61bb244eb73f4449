"""The digits are UCI's, the split is fixed, and the network reads digits that it never saw, however it is trained."""

import os
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnmath import Convolution, digits
from cnnmath.digits.__main__ import main
from cnnmath.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D, Sequential

FOLDER = Path(digits.__file__).parent

PROGRAM = """
import sys
from cnnmath import Convolution, digits
digits.train()[0].save(sys.argv[1])
"""


def parameters(network: Sequential) -> list[np.ndarray]:
    return [values for layer in network.layers for values in layer.parameters.values()]


def difference(one: Sequential, other: Sequential) -> float:
    return max(np.abs(a - b).max() for a, b in zip(parameters(one), parameters(other), strict=True))


def test_the_digits_are_ucis():
    """The counts are those that optdigits.names gives for the test set."""
    assert digits.IMAGES.shape == (1797, 1, 8, 8)
    assert np.bincount(digits.LABELS).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    sixteenths = digits.IMAGES * 16
    np.testing.assert_array_equal(sixteenths, np.round(sixteenths))
    assert (sixteenths.min(), sixteenths.max()) == (0, 16)
    # The first one, a nought, as the source has it.
    assert sixteenths[0, 0, 2].tolist() == [0, 3, 15, 2, 0, 11, 8, 0]


def test_the_split_is_fixed_and_has_every_digit_once():
    training, test = digits.TRAINING, digits.TEST
    assert np.bincount(training.labels).tolist() == [144] * 10
    assert len(test.labels) == 357
    keys = [sorted((label, image.tobytes()) for image, label in zip(*part, strict=True)) for part in (training, test)]
    everything = zip(digits.IMAGES, digits.LABELS, strict=True)
    assert sorted(keys[0] + keys[1]) == sorted((label, image.tobytes()) for image, label in everything)
    assert test.labels[:8].tolist() == [5, 9, 1, 0, 7, 8, 2, 6]


def test_nothing_can_be_changed():
    for values in (digits.IMAGES, digits.LABELS, *digits.TRAINING, *digits.TEST, digits.HISTORY.loss):
        assert not values.flags.writeable
    assert digits.NETWORK is digits.NETWORK
    with pytest.raises(AttributeError, match="no attribute 'DIGITS'"):
        _ = digits.DIGITS


def test_the_network_is_the_one_that_the_film_shows():
    assert [type(layer) for layer in digits.NETWORK.layers] == [Conv2D, Activation, MaxPooling2D, Flatten, Dense]
    assert digits.NETWORK.layers[0].kernel.shape == (4, 1, 3, 3)
    assert digits.NETWORK.output_shapes((1, 8, 8)) == ((4, 6, 6), (4, 6, 6), (4, 3, 3), (36,), (10,))
    assert digits.NETWORK.count_params() == 410


def test_it_reads_digits_that_it_never_saw():
    evaluation = digits.NETWORK.evaluate(*digits.TEST)
    assert evaluation.accuracy >= 0.96
    mistakes = digits.NETWORK.mistakes(*digits.TEST)
    assert 0 < len(mistakes) == round((1 - evaluation.accuracy) * 357)
    for index in mistakes:
        assert digits.NETWORK(digits.TEST.images[index]).label != digits.TEST.labels[index]


def test_the_files_are_those_of_a_new_training():
    network, history = digits.train()
    assert difference(network, digits.NETWORK) < 1e-9
    kept = digits.HISTORY
    np.testing.assert_allclose(history.filters[0], kept.filters[0], rtol=0, atol=1e-9)
    for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
        np.testing.assert_allclose(getattr(history, name), getattr(kept, name), rtol=0, atol=1e-9)
    assert kept.epochs == history.epochs
    assert kept.validation_accuracy[-1] == digits.NETWORK.evaluate(*digits.TEST).accuracy
    np.testing.assert_array_equal(kept.filters[0][-1], digits.NETWORK.layers[0].kernel)


def test_the_command_writes_both_files(tmp_path, capsys):
    main([str(tmp_path)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network.npz", "training.npz"]
    assert difference(Sequential.load(tmp_path / "network.npz"), digits.NETWORK) < 1e-9
    with np.load(tmp_path / "training.npz") as arrays, np.load(FOLDER / "training.npz") as kept:
        assert sorted(arrays) == sorted(kept)
    accuracy = digits.HISTORY.validation_accuracy[-1]
    assert f"{accuracy:.1%} of those that it never saw" in capsys.readouterr().out


def without_wide_vectors() -> str:
    """Name what NumPy would use of this processor beside the least that it needs."""
    return ",".join(np.show_config(mode="dicts")["SIMD Extensions"].get("found", ()))


@pytest.mark.slow
@pytest.mark.parametrize(
    "machine",
    [
        {"OPENBLAS_NUM_THREADS": "1"},
        {"OPENBLAS_NUM_THREADS": "2"},
        {"OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Prescott"},
        {"OPENBLAS_NUM_THREADS": "1", "NPY_DISABLE_CPU_FEATURES": without_wide_vectors()},
    ],
    ids=["one thread", "two threads", "an old processor for BLAS", "an old processor for NumPy"],
)
def test_another_machine_comes_to_the_same_weights(machine, tmp_path):
    path = tmp_path / "network.npz"
    subprocess.run([sys.executable, "-c", PROGRAM, path], env={**os.environ, **machine}, check=True)
    assert difference(Sequential.load(path), digits.NETWORK) < 1e-9


def test_source_and_licence_are_named():
    named = (FOLDER / "SOURCE.md").read_text(encoding="utf-8")
    readme = Path("README.md").read_text(encoding="utf-8")
    for text in (named, digits.__doc__, readme):
        for word in ("Alpaydin", "Kaynak", "CC BY 4.0", "10.24432/C50P49"):
            assert word in text


def test_whoever_does_not_ask_for_networks_does_not_load_them():
    code = "import sys, cnnmath; print([name for name in sys.modules if name.startswith('cnnmath.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cnnmath.convolution" in run.stdout
    assert "cnnmath.layers" not in run.stdout
    assert "cnnmath.digits" not in run.stdout


def test_what_the_page_says_of_networks_runs(tmp_path, monkeypatch, capsys):
    page = Path("docs/your-own.md").read_text(encoding="utf-8")
    assert f"reads {digits.HISTORY.validation_accuracy[-1]:.0%}".replace("%", " %") in page
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (code,) = (block for block in blocks if "cnnmath.layers" in block)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["network"].evaluate(*digits.TEST).accuracy > 0.85
    assert isinstance(names["one"].layers[0], Convolution)
    assert "(11, 2, 1, 3, 3)" in capsys.readouterr().out
    assert Sequential.load("mine.npz").count_params() == names["network"].count_params()


def test_all_digits_at_once_take_little_memory():
    digits.NETWORK.evaluate(digits.IMAGES, digits.LABELS)
    tracemalloc.start()
    try:
        digits.NETWORK.evaluate(digits.IMAGES, digits.LABELS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # A copy of the images, and what 128 of them need at a time; all at once need 4.8 MiB.
    assert peak < digits.IMAGES.nbytes + 2 * 2**20, peak
