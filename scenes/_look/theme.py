"""All colours, in one place. The theme follows manim's own background colour: dark or light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from manim import ManimColor, config, interpolate_color
from numpy.typing import NDArray

from cnnmath import Convolution, Dense
from cnnmath.values import Floats

_ENDS = ("dark", "bright", "negative", "middle", "positive")
"""The colours that shades are mixed of."""

# How strongly a cell is tinted by the colour of its weight: little enough to keep the symbol on it at 4.5:1.
TINT = 0.22
TOLD_APART = 9
"""So many colours are told apart also by who sees no red or no green: at least 10 apart by CIEDE2000, 14 for all others
(tests/scenes/test_colours.py measures it). They were found by a search; light and dark, and blue against yellow, do it.
"""


@dataclass(frozen=True)
class Theme:
    """Colours of one background. `text` and `muted` keep 4.5:1 on `background` and `panel`, shapes 3:1."""

    background: str
    panel: str
    """The inside of a neutral cell or node."""
    line: str
    """The border of a neutral cell or node, and rules."""
    text: str
    muted: str
    """Captions, and the symbol of an untrainable zero."""
    zero: str
    """Borders and edges of untrainable zeros."""
    accent: str
    """The frame around what matters now."""
    weights: tuple[str, ...]
    """The palette. The first `TOLD_APART` differ for all eyes; what tells later ones apart are letters and places."""
    filters: tuple[int, ...] = ()
    """The filter of each weight, where there are more weights than colours: then every filter has one."""
    dark: str = "#000000"
    bright: str = "#FFFFFF"
    negative: str = "#2166AC"
    middle: str = "#808080"
    positive: str = "#B2182B"

    @property
    def palette(self) -> int:
        """How many weights have colours of their own."""
        return len(self.weights)

    def weight(self, index: int) -> ManimColor:
        """The colour of a weight, the same in every scene: its own, or that of its filter if there are too many."""
        return ManimColor(self.weights[self.filters[index] if self.filters else index % self.palette])

    def ink(self, key: tuple[object, ...] | None, otherwise: str | ManimColor) -> str | ManimColor:
        """The colour of a text that stands for `key`: a weight has its own, zeros are muted."""
        if key and key[0] == "weight":
            return self.weight(int(str(key[1])))
        return self.muted if key and key[0] in ("zero", "padding") else otherwise

    def tint(self, color: str | ManimColor) -> ManimColor:
        """The inside of a cell that carries `color`: opaque, so that contrast on it can be computed."""
        return interpolate_color(ManimColor(self.background), ManimColor(color), TINT)

    def brightness(self, value: float, low: float, high: float) -> ManimColor:
        """Grey from black at `low` to white at `high`, black where there is no difference; values of both signs take a
        scale with mid-grey at 0."""
        if low < 0:
            reach = max(abs(low), abs(high))
            end = self.negative if value < 0 else self.positive
            return interpolate_color(ManimColor(self.middle), ManimColor(end), abs(value) / reach)
        share = (value - low) / (high - low) if high > low else 0.0
        return interpolate_color(ManimColor(self.dark), ManimColor(self.bright), share)

    def shades(self, values: Sequence[float]) -> list[ManimColor]:
        """The brightness of each value, on one scale for all of them."""
        low, high = min(0.0, *values), max(0.0, *values)
        return [self.brightness(value, low, high) for value in values]

    def pixels(self, values: Floats) -> NDArray[np.uint8]:
        """The same of an array of any shape, as bytes of red, green and blue in a last axis of their own."""
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        ink = {name: np.array(ManimColor(getattr(self, name)).to_rgb()) for name in _ENDS}
        if low < 0:
            share = (np.abs(values) / max(-low, high))[..., None]
            ends = np.where((values < 0)[..., None], ink["negative"], ink["positive"])
            shades = (1 - share) * ink["middle"] + share * ends
        else:
            share = (values / high if high > 0 else np.zeros_like(values))[..., None]
            shades = (1 - share) * ink["dark"] + share * ink["bright"]
        return np.rint(255 * shades).astype(np.uint8)

    def text_on(self, fill: str | ManimColor) -> ManimColor:
        """Black or white, whichever reads better on `fill`."""
        return max((ManimColor(self.dark), ManimColor(self.bright)), key=lambda ink: contrast(ink, fill))


DARK = Theme(
    background="#10131A",
    panel="#1B2130",
    line="#69748C",
    text="#F1F3F8",
    muted="#ACB6C7",
    zero="#697082",
    accent="#FFFFFF",
    weights=(
        "#D3870B",
        "#3D9FF5",
        "#ABEDCC",
        "#F86BA2",
        "#F7CA0D",
        "#E4CFFE",
        "#EF9A85",
        "#13BCB8",
        "#F6FFA5",
        "#57AB00",
        "#CA73FB",
        "#B3AE79",
        "#98E3FE",
        "#FDD2A9",
        "#78F46B",
        "#16BF81",
    ),
)

LIGHT = Theme(
    background="#FAFAF7",
    panel="#EDEFF4",
    line="#7C8598",
    text="#161A22",
    muted="#4C5463",
    zero="#868D99",
    accent="#000000",
    weights=(
        "#8C4B02",
        "#3A50C1",
        "#004D42",
        "#A71063",
        "#493200",
        "#2F0078",
        "#4B1920",
        "#2B6371",
        "#4B6340",
        "#AF011A",
        "#8B26AF",
        "#56365D",
        "#203202",
        "#053064",
        "#645B02",
        "#854C4D",
    ),
)


def luminance(color: str | ManimColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1, definition of relative luminance)."""
    channels = ManimColor(color).to_rgb()
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str | ManimColor, other: str | ManimColor) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


_filters: tuple[int, ...] = ()


def colour(layer: Convolution | Dense) -> None:
    """From now on colours are for the weights of this layer.

    Equal colours must mean something true: with more weights than colours, each filter has one, and letters and places
    tell its weights apart.
    """
    global _filters
    weights = layer.counts.weights
    own = weights <= len(DARK.weights)
    _filters = () if own else tuple(layer.weight_place(weight)[0] for weight in range(weights))


def colour_layers(weights: Sequence[int]) -> None:
    """From now on colours are for the weights of layers in a row, so many each; of too many each layer has one."""
    global _filters
    own = sum(weights) <= len(DARK.weights)
    _filters = () if own else tuple(layer for layer, many in enumerate(weights) for _ in range(many))


def theme() -> Theme:
    """The theme that reads on manim's current `background_color`."""
    return _theme(luminance(config.background_color) < 0.18, _filters)


@cache
def _theme(dark: bool, filters: tuple[int, ...]) -> Theme:
    return replace(DARK if dark else LIGHT, filters=filters)
