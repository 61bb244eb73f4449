"""Pictures as numbers: a file that Pillow opens becomes an image for a convolution. Imports no manim."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from cnnmath import _read

LEVELS = 10
"""So many whole numbers a pixel can have unless another count is asked for: 0 to 9, one digit in a cell."""
WHITE = 255
"""The largest value of a band of 8 bits."""


def load_image(
    path: str | os.PathLike[str],
    size: int | tuple[int, int] | None = None,
    color: bool = False,
    levels: int | None = LEVELS,
) -> NDArray[np.float64]:
    """Read a picture to grey values, (H, W), or with `color` to red, green and blue, (3, H, W).

    `path` is anything that Pillow opens; a relative one counts from the current folder. The picture is turned as its
    EXIF data say, and what is transparent in it stands on white. Of an animation the first picture counts.

    `size` is (rows, columns), as everything here that has two directions, or one number for both. The picture is
    scaled to it with antialiasing, and stretched if its proportions are others. Without a size it stays as it is.

    Values are whole numbers from 0, black, to `levels` − 1, white: 0 to 9 unless told otherwise, which reads well in
    small cells; `levels=256` gives the usual bytes, and `levels=None` shares from 0 to 1 without any rounding.

    Raises FileNotFoundError if there is no such file, ValueError if it is no picture or for a size or a count of
    levels that is none, TypeError for what is no number; each names the file.
    """
    name = os.fspath(path)
    try:
        if levels is not None and _read.pair("levels", levels, least=2) != (levels, levels):
            raise ValueError(f"levels must be one whole number of at least 2, or None; got {levels!r}")
        shape = None if size is None else _read.pair("size", size, least=1)
        shares = np.stack([_scaled(band, shape) for band in _bands(Path(path), color)])
    except FileNotFoundError:
        raise FileNotFoundError(f"{name}: there is no such file; expected a picture") from None
    except UnidentifiedImageError:
        raise ValueError(f"{name}: not a picture; expected a file that Pillow opens, such as PNG or JPEG") from None
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from error
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ValueError(f"{name}: {reason}") from error
    values = shares if levels is None else np.floor(shares * (levels - 1) + 0.5)
    return values if color else values[0]


def _bands(path: Path, color: bool) -> list[Image.Image]:
    """Open a picture and give its bands, grey or red, green and blue, as floats from 0 to `WHITE`."""
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened)
    if picture.mode == "F" or picture.mode.startswith("I"):
        return [_deep(picture)] * (3 if color else 1)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    bands = picture.convert("RGB" if color else "L").split()
    return [band.convert("F") for band in bands]


def _deep(picture: Image.Image) -> Image.Image:
    """Bring a picture of more than 8 bits a pixel, which Pillow would cut off, to floats."""
    values = np.asarray(picture).astype(np.float64)
    most = 1.0 if picture.mode == "F" else 65535.0
    low, high = float(values.min()), float(values.max())
    if not (low >= 0 and high <= most):
        raise ValueError(f"expected brightness from 0 to {most:g}; got {low:g} to {high:g}")
    return Image.fromarray((values * (WHITE / most)).astype(np.float32))


def _scaled(band: Image.Image, shape: tuple[int, int] | None) -> NDArray[np.float64]:
    """Scale a band to shares of white. Of Pillow's filters that never overshoot, Hamming is the sharpest smooth one."""
    if shape is not None:
        band = band.resize(shape[::-1], Image.Resampling.HAMMING)
    values: NDArray[Any] = np.asarray(band, dtype=np.float64)
    return (values / WHITE).clip(0, 1)
