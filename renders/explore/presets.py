"""Convolutions to begin with: the film's examples, the classics, well-known filters, those of a lecture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cnnmath import EXAMPLE, PADDED_EXAMPLE, Convolution, classics
from scenes._film import CLASSICS
from scenes._look.photos import load_image

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "lectures" / "face.png"
LIMITS = {"side": 8, "filter": 5, "channels": 3, "filters": 2, "padding": 4, "stride": 8, "dilation": 7}
"""How much the page takes: rows and columns of image and filter, channels, filters, and the others along each axis."""

_EDGES = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
_BLUR = [[1 / 16, 1 / 8, 1 / 16], [1 / 8, 1 / 4, 1 / 8], [1 / 16, 1 / 8, 1 / 16]]
_SHARPEN = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
"""Sobel's, the binomial one, and the identity less the Laplacian."""
LESSON = {"target": [[[10, 15], [20, -20]]], "rate": 0.005}
"""What the example learns in the film."""


class Preset(NamedTuple):
    """A convolution under a name, in a group of the menu, and how it is written at first."""

    group: str
    title: str
    convolution: Convolution
    notation: str = "numbers"
    learn: Mapping[str, Any] | None = None
    """A target and a rate to learn with, where the page's own would tell less."""

    def told(self) -> dict[str, Any]:
        """Give it as the page takes it."""
        return {"group": self.group, "title": self.title, "entry": entry(self.convolution, self.notation)} | (
            {"learn": dict(self.learn)} if self.learn else {}
        )


def entry(convolution: Convolution, notation: str = "numbers") -> dict[str, Any]:
    """Give a convolution as the keys of a lecture entry, all axes written out.

    >>> entry(Convolution([[1, 2.5]], kernel=[[3]]))["image"]
    [[[1, 2.5]]]
    """
    padding: Any = convolution.padding
    return {
        "image": _plain(convolution.image),
        "kernel": _plain(convolution.kernel),
        "bias": _plain(convolution.bias),
        "stride": list(convolution.stride),
        "padding": padding if padding == "same" else [list(side) for side in convolution.pads],
        "dilation": list(convolution.dilation),
        "notation": notation,
    }


def _plain(value: Any) -> Any:
    """Give an array as lists, whole numbers without a point."""
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value]
    return int(value) if float(value).is_integer() else float(value)


def presets() -> list[Preset]:
    """Give the presets that every page has, the post's example first."""
    face = load_image(PICTURE, (8, 8))
    colour = load_image(PICTURE, (4, 4), color=True)
    own = "On a small picture"
    return [
        Preset("The post", "The post’s example", EXAMPLE, "letters", LESSON),
        Preset("The post", "With zero padding", PADDED_EXAMPLE, "letters"),
        *_classics(),
        Preset(own, "Edges (Sobel)", Convolution(face, _EDGES)),
        Preset(own, "Blur", Convolution(face, _BLUR, padding=1)),
        Preset(own, "Sharpen", Convolution(face, _SHARPEN, padding=1)),
        Preset("More shapes", "1-D: a signal", Convolution([[3, 1, 4, 1, 5, 9, 2, 6]], [[-2, 3, 2]], bias=4)),
        Preset(
            "More shapes", "Two filters", Convolution(EXAMPLE.image, np.stack([EXAMPLE.kernel[0], -_turned()]), [5, -4])
        ),
        Preset("More shapes", "Three channels", Convolution(colour, _of_channels(), bias=3)),
    ]


def _turned() -> Any:
    """Give the example's filter turned by a quarter: another filter of the same numbers."""
    return np.rot90(EXAMPLE.kernel[0], axes=(1, 2))


def _of_channels() -> Any:
    return np.array([[[[-1, 2], [3, -2]], [[2, -3], [4, 5]], [[6, 3], [-3, 2]]]])


def _classics() -> Iterable[Preset]:
    """Give the classics of convolution arithmetic that are no transposed ones, under the names of their clips."""
    for clip in CLASSICS:
        found = getattr(classics, _constant(clip.scene), None)
        if isinstance(found, Convolution):
            yield Preset("Convolution arithmetic", _spoken(clip.scene), found)


def _constant(scene: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in scene).strip("_").upper()


def _spoken(scene: str) -> str:
    return _constant(scene).replace("_", " ").capitalize()


def fits(convolution: Convolution) -> str:
    """Say what is too large for the page; nothing if all of it fits.

    >>> fits(Convolution([[0] * 9], [[1]]))
    'an image of 1×9; the page takes up to 8×8'
    """
    channels, rows, columns = convolution.input_shape
    filters, _, high, wide = convolution.kernel.shape
    side, of_filter = LIMITS["side"], LIMITS["filter"]
    if max(rows, columns) > side:
        return f"an image of {rows}×{columns}; the page takes up to {side}×{side}"
    if max(high, wide) > of_filter:
        return f"a filter of {high}×{wide}; the page takes up to {of_filter}×{of_filter}"
    for count, key in ((channels, "channels"), (filters, "filters")):
        if count > LIMITS[key]:
            return f"{count} {key}; the page takes up to {LIMITS[key]}"
    pads = 0 if convolution.padding == "same" else max(max(side) for side in convolution.pads)
    for key, amount in (
        ("padding", pads),
        ("stride", max(convolution.stride)),
        ("dilation", max(convolution.dilation)),
    ):
        if amount > LIMITS[key]:
            return f"a {key} of {amount}; the page takes up to {LIMITS[key]}"
    return ""


def of_lecture(clips: Iterable[Any], name: str) -> tuple[list[Preset], Mapping[str, str]]:
    """Give a lecture's convolutions as presets, and by clip what is too large for the page."""
    taken, left = [], {}
    for clip in clips:
        too_large = fits(clip.convolution)
        if too_large:
            left[clip.name] = too_large
        else:
            taken.append(Preset(name, clip.name, clip.convolution, clip.notation))
    return taken, left
