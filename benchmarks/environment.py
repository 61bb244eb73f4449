"""Environments of the benchmark's own, for peers that the project itself does not need."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from renders.making import MEDIA

FOLDER = MEDIA / "bench-environments"

_MINUTES = 20


class UnavailableError(Exception):
    """A peer that cannot run here; the message says why, in one line."""


def environment(name: str, packages: Sequence[str], ours_too: bool = False, install: bool = True) -> Path:
    """Make an environment with these packages, pinned, and give its Python; one that is ready is taken as it is.

    With `ours_too` it sees all packages of the environment that runs now, so that both sides stand on the same ones.
    Raises UnavailableError where the packages cannot be installed; without `install`, where they are not yet.
    """
    folder = FOLDER / name
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp, wanted = folder / "ready", "\n".join([sys.version, *packages])
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python.absolute()
    if not install:
        raise UnavailableError(f"not installed; make bench GROUPS={name} installs it")
    print(f"{name}: installing {', '.join(packages)} into {folder.as_posix()}", file=sys.stderr, flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(folder)])
    run([str(python), "-m", "pip", "install", "--quiet", *packages])
    if ours_too:
        (theirs,) = folder.rglob("site-packages")
        (theirs / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
    return python.absolute()


def run(command: Sequence[str], minutes: float = _MINUTES, variables: Mapping[str, str] | None = None) -> str:
    """Run a command, with these environment variables, and give what it prints.

    Raises UnavailableError with the last line of its errors if it fails.
    """
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60 * minutes,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(variables or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"took longer than {minutes:g} minutes: {' '.join(command[:4])}") from error
    except OSError as error:
        raise UnavailableError(str(error)) from error
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise UnavailableError(lines[-1].strip() if lines else f"ended with status {done.returncode}")
    return done.stdout
