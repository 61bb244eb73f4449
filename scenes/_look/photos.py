"""Pictures as numbers: a file that Pillow opens becomes an image for a convolution. Imports no manim."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from cnnmath import _read
from scenes._look.beside import found
from scenes._look.file_kinds import begins_as_picture, kind_of_file

LEVELS = 10
"""So many whole numbers a pixel can have unless another count is asked for: 0 to 9, one digit in a cell."""
MOST_PICTURE = 200_000_000
"""So many pixels of a file are decoded at most: what the largest cameras of phones take, and below 2 GB."""
MOST_LEVELS = 65536
"""A picture of 16 bits has so many."""
LARGE = 20_000_000
"""A picture of more pixels is made smaller in steps, where less is asked for."""
SPARE = 32
"""So many times as large as what is asked for the first step leaves a picture, so that nothing of it is seen."""
FAINT = 1 / 8
"""A picture whose brightness varies by less, of 0 for black to 1 for white, cannot be told from its ground."""

Shares = NDArray[np.float32]
"""Of white, from 0 to 1."""


class _Layer(NamedTuple):
    """A picture before it is laid on a ground: its bands, and how opaque it is, or None for all of it.

    `box` is what counts of it, (left, top, right, bottom), where a first step has left parts of a pixel over.
    """

    bands: list[Shares]
    alpha: Shares | None = None
    box: tuple[float, float, float, float] | None = None


def load_image(
    path: str | os.PathLike[str],
    size: int | tuple[int, int] | None = None,
    color: bool = False,
    levels: int | None = LEVELS,
) -> NDArray[np.float64]:
    """Read a picture to grey values, (H, W), or with `color` to red, green and blue, (3, H, W).

    `path` is anything that Pillow opens; a relative one counts from the current folder, or from that of the file that
    calls this. The picture is shown as a viewer shows it: turned as its EXIF data say, in sRGB if it has a colour
    profile, and of an animation the first picture. What is transparent in it stands on white. Where next to nothing can
    be told apart on white (brightness varies by less than an eighth), as with white ink, and more on black, it stands
    on black.

    `size` is (rows, columns), as everything here that has two directions, or one number for both. The picture is
    scaled to it with antialiasing, and stretched if its proportions are others. Without a size it stays as it is.

    Values are whole numbers from 0, black, to `levels` − 1, white: 0 to 9 unless told otherwise, which reads well in
    small cells; `levels=256` gives the usual bytes, and `levels=None` shares from 0 to 1 without any rounding.

    Raises FileNotFoundError if there is no such file, ValueError if it is no picture, is damaged, has more than
    `MOST_PICTURE` pixels (a JPEG only if it has still as many at an eighth of its size, or if no size is given), if
    nothing could be told apart in the numbers, or for a size or a count of levels that is none, TypeError for what is
    no number; each names the file.
    """
    file = found(path)
    with _said_of(path):
        if levels is not None and _read.pair("levels", levels, least=2) != (levels, levels):
            raise ValueError(f"levels must be one whole number of at least 2, or None; got {levels!r}")
        if levels is not None and levels > MOST_LEVELS:
            raise ValueError(f"levels must be at most {MOST_LEVELS}, which 16 bits hold; got more")
        shape = None if size is None else _read.pair("size", size, least=1)
        if shape and shape[0] * shape[1] > MOST_PICTURE:
            raise ValueError(f"size must be at most {MOST_PICTURE / 1e6:g} million pixels; got more")
        layer = _layer(file, color, shape)
        bands = _on_a_ground(layer)
        shares = np.stack([_scaled(band, shape, layer.box) for band in bands])
        values = shares if levels is None else np.floor(shares * (levels - 1) + 0.5)
        if levels is not None:
            _check_contrast(bands, values, levels)
    return values if color else values[0]


def picture_shape(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Tell the rows and columns of a picture without decoding it; raises as `load_image` does."""
    with _said_of(path), _opened(Path(path)) as picture:
        # Asked for its EXIF data, a PNG would be decoded. Of a TIFF Pillow tells the size as it will be.
        exif = Image.Exif()
        exif.load(picture.info.get("exif", b""))
        turned = picture.format != "TIFF" and exif.get(0x0112) in range(5, 9)
        return picture.size if turned else picture.size[::-1]


@contextmanager
def _said_of(path: str | os.PathLike[str]) -> Iterator[None]:
    """Name the file in whatever is raised."""
    name = os.fspath(path)
    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError(f"{name}: there is no such file; expected a picture") from None
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from error
    except (ValueError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ValueError(f"{name}: {reason}") from error


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile]:
    """Open a picture. Whatever is raised while it is open and is not ours is said of the file, which is damaged."""
    with path.open("rb") as file, warnings.catch_warnings():
        # Of odd tags, which change nothing; of large pictures, for which there is a limit of ours.
        warnings.simplefilter("ignore")
        theirs, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            # As a file: Pillow reads turned TIFF files wrongly by their path.
            with Image.open(file) as picture:
                yield picture
        except _RefusedError:
            raise
        except MemoryError:
            raise ValueError("it takes more memory than there is; scale it down first") from None
        except Exception as error:  # Pillow raises whatever a damaged file leads to
            if kind := kind_of_file(path):
                expected = "expected one such as PNG, JPEG or WebP"
                raise ValueError(f"not a picture that Pillow opens, but {kind}; {expected}") from error
            if isinstance(error, UnidentifiedImageError) and not begins_as_picture(path):
                raise ValueError("not a picture; expected a file that Pillow opens, such as PNG or JPEG") from None
            raise ValueError(f"it ends too early or is damaged ({_said(error, file)})") from error
        finally:
            Image.MAX_IMAGE_PIXELS = theirs


def _said(error: Exception, file: object) -> str:
    """Give the words of an error of Pillow's without the file's address in memory."""
    return str(error).replace(f" {file!r}", "") or type(error).__name__


class _RefusedError(ValueError):
    """What is refused in our own words."""


def _layer(path: Path, color: bool, shape: tuple[int, int] | None) -> _Layer:
    """Open a picture and give it as a viewer has it: turned, grey or red, green and blue, and how opaque it is."""
    with _opened(path) as picture:
        if shape and picture.width * picture.height > LARGE:
            # A JPEG can be decoded at a half, a quarter or an eighth of its size.
            picture.draft(None, (max(shape) * SPARE, max(shape) * SPARE))
        if picture.width * picture.height > MOST_PICTURE:
            raise _RefusedError(
                f"it has {picture.height} rows of {picture.width} pixels; expected at most {MOST_PICTURE / 1e6:g} "
                "million pixels: scale it down first"
            )
        _scale_key(picture)
        most = _deepest(picture)
        ImageOps.exif_transpose(picture, in_place=True)
        picture.load()
        return _deep(picture, most, color) if most else _plain(picture, color, shape)


def _scale_key(picture: ImageFile) -> None:
    """Say which colour of a PNG is transparent as its pixels are said: Pillow leaves it in the bits of the file."""
    key, raw = picture.info.get("transparency"), picture.tile[0].args if picture.tile else None
    times = {"1": 255, "L;2": 85, "L;4": 17}.get(raw) if isinstance(raw, str) else None
    if times and isinstance(key, int):
        picture.info["transparency"] = key * times
    elif raw == "RGB;16B" and isinstance(key, tuple):
        picture.info["transparency"] = tuple(part >> 8 for part in key)


def _deepest(picture: Image.Image) -> float:
    """Give the value of white in a picture of more than 8 bits a pixel, which Pillow would cut off; otherwise 0."""
    if picture.mode == "F":
        return 1.0
    if not picture.mode.startswith("I"):
        return 0.0
    return 4095.0 if getattr(picture, "tag_v2", {}).get(258) == (12,) else 65535.0


def _deep(picture: Image.Image, most: float, color: bool) -> _Layer:
    """Give a picture of one band and more than 8 bits."""
    values, key = np.asarray(picture), picture.info.get("transparency")
    low, high = float(values.min()), float(values.max())
    if not (low >= 0 and high <= most):
        raise _RefusedError(f"expected brightness from 0 to {most:g}; got {low:g} to {high:g}")
    alpha = (values != key).astype(np.float32) if isinstance(key, int) else None
    shares = values.astype(np.float32)
    shares /= most
    if getattr(picture, "tag_v2", {}).get(262) == 0:
        # In a TIFF zero may be white; of these Pillow turns only the ones of 8 bits round.
        shares = 1 - shares
    return _Layer([shares] * (3 if color else 1), alpha)


def _plain(picture: Image.Image, color: bool, shape: tuple[int, int] | None) -> _Layer:
    """Give a picture of 8 bits or fewer a band."""
    opaque = not picture.has_transparency_data
    picture = _in_srgb(picture if opaque else picture.convert("RGBA"))
    if opaque:
        picture = picture.convert("RGB" if color else "L")
    box = None
    if shape and picture.width * picture.height > LARGE:
        across, down = (
            max(1, have // (want * SPARE)) for have, want in zip(picture.size, reversed(shape), strict=True)
        )
        box = 0, 0, picture.width / across, picture.height / down
        picture = picture.reduce((across, down))
    alpha = None if opaque else _shares(picture.getchannel("A"))
    return _Layer([_shares(band) for band in picture.convert("RGB" if color else "L").split()], alpha, box)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Bring a picture with a colour profile of its own to sRGB."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("L", "RGB", "RGBA", "CMYK", "LAB"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).lower():
            return picture
        mode: Any = "RGBA" if picture.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        # Such as the profile of a colour picture in a grey one: viewers pass over it.
        return picture
    return made or picture


def _shares(band: Image.Image) -> Shares:
    shares = np.asarray(band).astype(np.float32)
    shares /= 255
    return shares


def _on_a_ground(layer: _Layer) -> list[Shares]:
    """Lay a picture on white, or on black if next to nothing can be told apart on white and more on black."""
    if layer.alpha is None:
        return layer.bands
    if not layer.alpha.any():
        raise ValueError("it is transparent everywhere; expected a picture of which something can be seen")
    on_white = [1 - layer.alpha * (1 - band) for band in layer.bands]
    if _contrast(on_white) >= FAINT:
        return on_white
    on_black = [layer.alpha * band for band in layer.bands]
    return max(on_white, on_black, key=_contrast)


def _contrast(bands: list[Shares]) -> float:
    """Give by how much a picture varies in that band in which it varies most."""
    return max(float(band.max()) - float(band.min()) for band in bands)


def _check_contrast(bands: list[Shares], values: NDArray[np.float64], levels: int) -> None:
    """Raise ValueError if all pixels come out as one number, and only because the picture varies by less than that."""
    one = values[0].size > 1 and not np.ptp(values, axis=(1, 2)).any()
    if one and 0 < _contrast(bands) < 1 / (levels - 1):
        low, high = min(float(band.min()) for band in bands), max(float(band.max()) for band in bands)
        raise ValueError(
            f"of {levels} levels it would show but one: its brightness goes from {low:.3g} to {high:.3g}, where 0 is "
            "black and 1 is white; expected a picture of more contrast, or more levels"
        )


def _scaled(
    band: Shares, shape: tuple[int, int] | None, box: tuple[float, float, float, float] | None
) -> NDArray[np.float64]:
    """Scale a band. Of Pillow's filters that never overshoot, Hamming is the sharpest smooth one."""
    if shape is not None:
        band = np.asarray(Image.fromarray(band).resize(shape[::-1], Image.Resampling.HAMMING, box=box))
    values = band.astype(np.float64)
    return values.clip(0, 1, out=values)
