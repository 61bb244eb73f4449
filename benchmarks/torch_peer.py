"""PyTorch in a process of its own, which does what it is asked and says how long it took."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from benchmarks.environment import UnavailableError, environment

PACKAGES = "torch==2.13.0", f"numpy=={np.__version__}"


def interpreter(install: bool = True) -> Path:
    """Give a Python that has PyTorch; raises UnavailableError where there is none and none can or may be installed."""
    if importlib.util.find_spec("torch"):
        return Path(sys.executable)
    return environment("pytorch", PACKAGES, install=install)


@contextmanager
def asking(worker: str, folder: str, python: Path) -> Iterator[tuple[str, Callable[..., float]]]:
    """Start a worker on the cases in a folder; give its version, and a function that asks it to time something.

    Raises UnavailableError if it ends before it is ready.
    """
    command = [str(python), str(Path(__file__).with_name(worker)), folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        questions, answers = _pipes(process)
        version = answers.readline().strip()
        if not version:
            raise UnavailableError("its process ended too soon; its message is above")

        def ask(*words: str) -> float:
            print(*words, file=questions, flush=True)
            return float(answers.readline())

        yield version, ask


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("expected a process with pipes; got one without")
    return process.stdin, process.stdout
