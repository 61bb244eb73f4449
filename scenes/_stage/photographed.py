"""What scenes of photographs share: a photograph and filters of one's own, checked before anything is drawn."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from cnnmath import KERNELS, Convolution
from cnnmath.values import Floats
from scenes._look.photos import load_image, picture_shape
from scenes._mobjects.photographs import WHITE
from scenes._stage.viewpoint import Viewpoint

PHOTOGRAPH = Path(__file__).parents[1] / "_look" / "pictures" / "photographer.png"
"""The project's own; its source and licence stand beside it."""
LONGEST, SHORTEST = 1024, 24
"""Pixels along a side of a photograph, at most and at least; a larger file is made smaller."""
WIDEST = 5
"""Weights along a side of a filter, at most."""


class Photographed(Viewpoint):
    """A scene of a photograph in grey and of filters over it, each with a name."""

    photo: ClassVar[str | os.PathLike[str] | ArrayLike | None] = None
    """A picture file, or levels from 0, black, to 255, white, (H, W). None is the project's own photograph."""
    filters: ClassVar[Mapping[str, ArrayLike]] = KERNELS
    """(kh, kw) each, by their names."""
    most_maps: ClassVar[int] = 16

    def check(self) -> None:
        """Read the photograph, and work out what every filter makes of it."""
        super().check()
        self.pixels = self._read()
        self.layers = {name: self._layer(name, kernel) for name, kernel in self.filters.items()}
        if not 1 <= len(self.layers) <= self.most_maps:
            raise ValueError(f"{type(self).__name__} shows 1 to {self.most_maps} filters; got {len(self.layers)}")

    @cached_property
    def maps(self) -> dict[str, Floats]:
        """The result of every filter, (oh, ow)."""
        return {name: layer.output()[0] for name, layer in self.layers.items()}

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        rows, columns = self.pixels.shape
        return f"a photograph of {rows} × {columns} pixels with {len(self.layers)} filters"

    def _read(self) -> Floats:
        name, photo = type(self).__name__, self.photo
        if photo is None or isinstance(photo, str | os.PathLike):
            path = PHOTOGRAPH if photo is None else photo
            rows, columns = picture_shape(path)
            less = min(1.0, LONGEST / max(rows, columns))
            size = (max(1, round(rows * less)), max(1, round(columns * less)))
            pixels = np.asarray(load_image(path, size=size, levels=WHITE + 1), dtype=float)
        else:
            pixels = np.asarray(photo, dtype=float)
        if pixels.ndim != 2:
            raise ValueError(f"{name} shows a photograph in grey, (H, W); got shape {pixels.shape}")
        if not SHORTEST <= min(pixels.shape) <= max(pixels.shape) <= LONGEST:
            raise ValueError(
                f"{name} shows photographs of {SHORTEST} to {LONGEST} pixels along a side; got {pixels.shape}"
            )
        if not (np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= WHITE):
            raise ValueError(f"{name} shows levels from 0 to {WHITE}; got {pixels.min():g} to {pixels.max():g}")
        return pixels

    def _layer(self, name: str, kernel: ArrayLike) -> Convolution:
        layer = Convolution(self.pixels, kernel)
        filters, channels, *size = layer.kernel.shape
        if (filters, channels) != (1, 1) or max(size) > WIDEST or not name.strip():
            raise ValueError(
                f"{type(self).__name__} shows filters of up to {WIDEST} × {WIDEST} weights, each with a name; got "
                f"{name!r} of shape {np.shape(kernel)}"
            )
        return layer
