"""What a figure depends on, without saying whose machine it was."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from typing import Any

PACKAGES = ("numpy", "scipy", "manim", "av", "torch")


def facts() -> dict[str, Any]:
    """Give the machine's kind and cores, its load just now, and the versions of what the figures hang on."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": cores(),
        "BLAS threads": os.environ.get("OPENBLAS_NUM_THREADS"),
        "load": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def busy() -> str:
    """Say so if other work takes so much of the machine that the figures would be its own; otherwise nothing."""
    load, limit = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0, cores() / 2
    return f"the load is {load:.1f}, expected below {limit:g}: do not quote these figures" if load > limit else ""


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def version(package: str) -> str | None:
    """Give the version of an installed package, None if it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def words(found: dict[str, Any]) -> str:
    """Write the facts in one line.

    >>> words({"cores": 2, "load": [0.1, 0.2, 0.3], "torch": None})
    'cores 2, load 0.1 0.2 0.3'
    """
    shown = {name: " ".join(map(str, fact)) if isinstance(fact, list) else fact for name, fact in found.items()}
    return ", ".join(f"{name} {fact}" for name, fact in shown.items() if fact is not None)
