"""Outlines of text, kept on disk: the same formula stands in many clips and in every preview of each."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from manim import config

Outlines = tuple[np.ndarray, ...]


def kept(source: str, make: Callable[[], Sequence[np.ndarray]]) -> Outlines:
    """The outlines of a Typst source: those on disk, or else what `make` makes, which is put there.

    The name of the file holds all that they depend on; files appear whole, so processes may share the folder.
    """
    name = hashlib.sha256(f"{_versions()}\n{source}".encode()).hexdigest()[:32]
    file = Path(config.get_dir("media_dir")) / "outlines" / f"{name}.npz"
    try:
        with np.load(file, allow_pickle=False) as stored:
            return tuple(stored[f"arr_{index}"] for index in range(len(stored.files)))
    except (OSError, ValueError, KeyError, EOFError):
        made = tuple(make())
    # A folder that cannot be written to costs time, nothing else.
    with suppress(OSError):
        _write(file, made)
    return made


@cache
def _versions() -> str:
    """What makes the outlines; to look it up takes as long as to read one of them."""
    return f"{version('manim')} {version('typst')} {version('svgelements')}"


def _write(file: Path, arrays: Outlines) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, *arrays)
        os.replace(beside, file)
    except BaseException:
        os.unlink(beside)
        raise
