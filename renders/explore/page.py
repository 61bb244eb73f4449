"""The page as text: the template with styles, scripts and what Python knows, all in one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cnnmath import digits
from renders.explore import vendored
from renders.explore.bundle import bundled
from renders.explore.look import colours
from renders.explore.presets import LIMITS, Preset, presets
from renders.making import write_whole

HERE = Path(__file__).parent
TARGET = Path("renders", "explore", "index.html")
"""Where `make explore` writes the page, seen from the project's folder."""
STYLES = ("page", "cells", "panels", "learning", "digit")
MOST_BYTES = 200_000
"""So large may the page be without what a lecture file adds."""


def text(own: Iterable[Preset] = (), start: Mapping[str, Any] | None = None) -> str:
    """Give the page, which opens with `start`, a lecture entry, or with the first preset; `own` come first of these."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = {
        "presets": [preset.told() for preset in (*own, *presets())],
        "limits": LIMITS,
        "digits": network(),
        "start": dict(start) if start else None,
    }
    return environment.get_template("index.html.j2").render(
        styles=Markup(colours() + styles()),
        script=Markup(_inside(script())),
        told=Markup(_inside(json.dumps(told, ensure_ascii=False, separators=(",", ":")))),
        credits=vendored.credits(),
        licences=Markup(vendored.licences().replace("--", "- -")),
    )


def write_page(target: Path, own: Iterable[Preset] = ()) -> int:
    """Write the page, whole or not at all; give how many bytes it has."""
    page = text(own)
    write_whole(target, page)
    return len(page.encode())


@cache
def script() -> str:
    """Give all modules as one script."""
    libraries = vendored.libraries()

    def source(name: str) -> str:
        return libraries[name].text if name in libraries else (HERE / "js" / name).read_text(encoding="utf-8")

    return bundled("main.js", source)


def styles() -> str:
    """Give all styles, one file after the other."""
    return "".join((HERE / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


def network() -> dict[str, Any]:
    """Give the trained network that reads digits, and how well it does, as the page takes it."""
    conv, _, pool, _, dense = digits.NETWORK.layers
    accuracy = digits.HISTORY.validation_accuracy
    assert accuracy is not None
    return {
        "kernel": _numbers(conv.kernel),  # type: ignore[attr-defined]
        "bias": _numbers(conv.bias),  # type: ignore[attr-defined]
        "pool": list(pool.size),  # type: ignore[attr-defined]
        "weights": _numbers(dense.weights),  # type: ignore[attr-defined]
        "dense_bias": _numbers(dense.bias),  # type: ignore[attr-defined]
        "shape": list(digits.IMAGES.shape[1:]),
        "learned": len(digits.TRAINING.labels),
        "tested": len(digits.TEST.labels),
        "accuracy": float(accuracy[-1]),
        "parameters": digits.NETWORK.count_params(),
        "examples": [_sixteenths(digits.IMAGES[_first(label)]) for label in range(10)],
    }


def _first(label: int) -> int:
    """Give the first of the digits that were not learned from with this label, as an index among all of them."""
    found = next(image for image, of in zip(digits.TEST.images, digits.TEST.labels, strict=True) if of == label)
    return int(np.flatnonzero((found == digits.IMAGES).all(axis=(1, 2, 3)))[0])


def _sixteenths(image: Any) -> list[int]:
    return [int(value) for value in (image * 16).ravel()]


def _numbers(array: Any) -> Any:
    """Give an array as lists of numbers with all digits that 64-bit floats need."""
    return array.tolist()


def _inside(text: str) -> str:
    """Make a script or data fit inside its element: nothing in it may close that or open another one."""
    return re.sub(r"<(?=/script|!--|script)", r"\\u003C", text, flags=re.IGNORECASE)
