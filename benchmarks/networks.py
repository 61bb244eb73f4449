"""A whole network on real digits, forward and one epoch of training, beside PyTorch with one thread.

Both sides do the same: the network of cnnmath.digits in double precision; an epoch is 45 steps of gradient descent on
batches of 32, with the loss and the accuracy on all training digits measured before and after, as `fit` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.environment import UnavailableError
from benchmarks.measure import Measure, Peer, Target
from benchmarks.timing import in_turns, ready, run_of
from benchmarks.torch_peer import asking, interpreter
from cnnmath import digits
from cnnmath.layers import Sequential

RATE, BATCH_SIZE, SEED, RUNS = 0.3, 32, 1, 15


def measures(install: bool) -> Iterator[Measure]:
    """Measure both; PyTorch is installed if it may be."""
    work: dict[str, tuple[str, Callable[[], object]]] = {
        "forward": ("a batch of 1,797 digits forward", lambda: digits.NETWORK.logits(digits.IMAGES)),
        "epoch": ("one epoch, 1,440 digits", _epoch),
    }
    try:
        python = interpreter(install)
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder, "network.npz"))
            with asking("network_worker.py", folder, python) as (version, ask):
                _compare(Path(folder, "torch.npz"))
                for case, (name, call) in work.items():
                    seconds = in_turns({"ours": run_of(ready(call)), "theirs": partial(ask, case)}, RUNS)
                    yield Measure(name, "s", seconds["ours"], Peer(version, seconds["theirs"]), Target(2))
    except UnavailableError as error:
        for name, call in work.values():
            seconds = in_turns({"ours": run_of(ready(call))}, RUNS)
            yield Measure(name, "s", seconds["ours"], Peer("PyTorch", skipped=str(error)), Target(2))


def _epoch() -> Sequential:
    trained, _ = digits.NETWORK.fit(*digits.TRAINING, 1, RATE, BATCH_SIZE, SEED)
    return trained


def _write(path: Path) -> None:
    """Write the network's weights and the digits, in the order in which our training takes them."""
    images, labels = digits.TRAINING
    order = np.argsort(np.random.default_rng(SEED).random(len(labels)), kind="stable")
    numbers = {
        f"{layer}.{name}": values
        for layer in (0, 4)
        for name, values in digits.NETWORK.layers[layer].parameters.items()
    }
    np.savez(
        path,
        allow_pickle=False,
        all=digits.IMAGES,
        images=images[order],
        labels=labels[order],
        rate=np.array(RATE),
        batch_size=np.array(BATCH_SIZE),
        **numbers,
    )


def _compare(theirs: Path) -> None:
    """Raise AssertionError if the other side came to other logits or other weights."""
    trained = _epoch()
    with np.load(theirs) as arrays:
        np.testing.assert_allclose(arrays["logits"], digits.NETWORK.logits(digits.IMAGES), rtol=1e-8, atol=1e-8)
        for layer in (0, 4):
            for name, values in trained.layers[layer].parameters.items():
                np.testing.assert_allclose(arrays[f"{layer}.{name}"], values, rtol=1e-8, atol=1e-8)
