"""The numbers beside PyTorch's on the processor, in double precision as ours; installed apart where it is missing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import cases, networks
from benchmarks.core import LARGE, LAYER
from benchmarks.environment import UnavailableError
from benchmarks.measure import Measure, Peer, Target
from benchmarks.timing import in_turns, ready, run_of
from benchmarks.torch_peer import asking, interpreter
from cnnmath import Convolution


class Work(NamedTuple):
    """What both sides do: ours as a call, PyTorch's as the case and the direction that its process knows."""

    name: str
    call: Callable[[], object]
    case: str
    direction: str
    target: Target | None


def measures() -> Iterator[Measure]:
    """Measure the result, which has a target, and the gradients; then a whole network."""
    yield from _layers()
    yield from networks.measures(install=True)


def _layers() -> Iterator[Measure]:
    convolutions = {"large": cases.image(512), "layer": cases.layer()}
    work: list[Work] = []
    for (case, conv), sizes in zip(convolutions.items(), (LARGE, LAYER), strict=True):
        work.append(Work(f"output(), {sizes}", conv.output, case, "forward", Target(4)))
        work.append(Work(f"backward(), {sizes}", partial(conv.backward, conv.output()), case, "backward", None))
    try:
        with peer(convolutions) as (version, ask):
            for name, call, case, direction, target in work:
                seconds = in_turns({"ours": run_of(ready(call)), "theirs": partial(ask, case, direction)})
                yield Measure(name, "s", seconds["ours"], Peer(version, seconds["theirs"]), target)
    except UnavailableError as error:
        for name, call, _, _, target in work:
            seconds = in_turns({"ours": run_of(ready(call))})
            yield Measure(name, "s", seconds["ours"], Peer("PyTorch", skipped=str(error)), target)


@contextmanager
def peer(convolutions: dict[str, Convolution]) -> Iterator[tuple[str, Callable[[str, str], float]]]:
    """Start a process with PyTorch; give its version, and a function that asks it to time a case in a direction.

    Raises UnavailableError where it cannot run, and AssertionError if it comes to other numbers than ours.
    """
    python = interpreter()
    with tempfile.TemporaryDirectory() as folder:
        for case, conv in convolutions.items():
            np.savez(
                Path(folder, f"{case}.npz"),
                image=conv.image,
                kernel=conv.kernel,
                bias=conv.bias,
                padding=conv.pads[0][0],
                upstream=conv.output(),
            )
        with asking("pytorch_worker.py", folder, python) as (version, ask):
            for case, conv in convolutions.items():
                _compare(conv, Path(folder, f"{case}-torch.npz"))
            yield version, ask


def _compare(conv: Convolution, theirs: Path) -> None:
    """Raise AssertionError if the other side came to another result or other gradients."""
    ours = conv.output(), *conv.backward(conv.output())
    with np.load(theirs) as arrays:
        for number, part in enumerate(ours):
            np.testing.assert_allclose(arrays[f"arr_{number}"], part, rtol=1e-8, atol=1e-8)
