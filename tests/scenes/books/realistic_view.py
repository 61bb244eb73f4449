"""What RealisticView shows: a photograph's own pixels and numbers, and maps that SciPy makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from books import Book, Still, stills
from claims import number
from PIL import Image
from reading import THEMES, rgb
from scipy.signal import correlate2d
from screen import Drawn, Key, Run

from cnnmath import named_kernel

PHOTOGRAPH = Path(__file__).parents[3] / "scenes" / "_look" / "pictures" / "photographer.png"


@cache
def from_file(path: Path) -> np.ndarray:
    """The levels of a picture."""
    return np.asarray(Image.open(path).convert("L"), dtype=float)


def photo_of(scene: Any) -> np.ndarray:
    """The photograph that the scene was given."""
    given = PHOTOGRAPH if scene.photo is None else scene.photo
    return from_file(Path(given)) if isinstance(given, str | Path) else np.asarray(given, dtype=float)


def map_of(scene: Any, name: str) -> np.ndarray:
    """What SciPy makes of it."""
    return np.asarray(correlate2d(photo_of(scene), np.asarray(scene.filters[name], dtype=float), mode="valid"))


def names(scene: Any) -> list[str]:
    return list(scene.filters)


def place(scene: Any) -> tuple[int, int, int]:
    """Where the part in numbers begins, and its side: around what the first map finds most, within the photograph."""
    found, kernel = np.abs(map_of(scene, names(scene)[0])), np.shape(scene.filters[names(scene)[0]])
    side = max(kernel) + 2
    middle = [
        int(at) + size // 2 for at, size in zip(np.unravel_index(found.argmax(), found.shape), kernel, strict=True)
    ]
    row, column = (
        max(0, min(m - side // 2, whole - side)) for m, whole in zip(middle, photo_of(scene).shape, strict=True)
    )
    return row, column, side


def inner(scene: Any) -> np.ndarray:
    """The part in numbers."""
    row, column, side = place(scene)
    return photo_of(scene)[row : row + side, column : column + side]


def steps(scene: Any) -> list[str]:
    return ["photo", "pixels", "numbers", "part", "whole", *(["others"] if len(scene.filters) > 1 else [])]


def value(still: Still, key: Key) -> float | None:
    scene = still.scene
    kernel = np.asarray(scene.filters[names(scene)[0]], dtype=float)
    match key:
        case ("pixel", int(i)):
            return float(inner(scene).flat[i])
        case ("weight", int(i)):
            return float(kernel.flat[i])
        case ("bias", 0):
            return 0.0
        case ("result", int(i)):
            return float(correlate2d(inner(scene), kernel, mode="valid").flat[i])
    return None


def levels(values: np.ndarray) -> np.ndarray:
    """Levels as a picture, what is beyond black and white cut off."""
    return np.repeat(np.rint(values.clip(0, 255))[..., None], 3, axis=-1)


def shades(values: np.ndarray, theme: str) -> np.ndarray:
    """Values from blue to red, or from black to white where none is below zero; the last hundredth is cut off."""
    look = THEMES[theme]
    reach = np.quantile(np.abs(values), 0.99) or np.abs(values).max()
    cut = values.clip(-reach, reach)
    if cut.min() < 0:
        share = (np.abs(cut) / np.abs(cut).max())[..., None]
        end = np.where((cut < 0)[..., None], rgb(look.negative), rgb(look.positive))
        return 255 * ((1 - share) * rgb(look.middle) + share * end)
    return np.repeat(255 * (cut / (cut.max() or 1))[..., None], 3, axis=-1)


def map_pixels(scene: Any, name: str, theme: str) -> np.ndarray:
    """A map as a picture."""
    values, kernel = map_of(scene, name), np.asarray(scene.filters[name], dtype=float)
    return levels(values) if abs(kernel.sum() - 1) < 1e-9 else shades(values, theme)


def textures(still: Still) -> list[Drawn]:
    return [drawn for drawn in still.shot.visible if drawn.pixels is not None]


def named(still: Still, texture: Drawn) -> str:
    """The word below a picture, or below it and what stands beside it; or, without words, the nearest filter's name."""
    left, bottom, right, _ = texture.box
    below = [t for t in still.shot.of_kind("caption") if t.middle[1] < bottom and t.box[0] < right and t.box[2] > left]
    if not below:
        cells = [drawn for drawn in still.shot.visible if drawn.key and drawn.key[0] == "filter"]
        nearest = min(cells, key=lambda cell: float(np.abs(cell.middle - texture.middle).max()))
        return names(still.scene)[nearest.key[1]]  # type: ignore[index]
    return max(below, key=lambda text: float(text.middle[1])).says or ""


def texture_faults(still: Still) -> Iterator[str]:
    """Every picture is the photograph, a part of it, or the map that its name says; its pixels are squares."""
    scene, photo = still.scene, photo_of(still.scene)
    for texture in textures(still):
        assert texture.pixels is not None
        rows, columns = texture.pixels.shape[:2]
        if abs(texture.width / texture.height - columns / rows) > 1e-3:
            yield f"{still.shot}: pixels of {texture} are not square"
        name = named(still, texture)
        expected = map_pixels(scene, name, still.shot.theme) if name in scene.filters else levels(photo)
        if name == f"{rows} × {columns}" and (rows, columns) != photo.shape:
            expected = next((part for part in parts(levels(photo), rows) if same(part, texture)), expected)
        if not same(expected, texture):
            yield f"{still.shot}: the picture over {name!r} is another one"


def parts(photo: np.ndarray, side: int) -> Iterator[np.ndarray]:
    """The parts of a photograph that have this side and hold the middle one of those in numbers."""
    windows = np.lib.stride_tricks.sliding_window_view(photo, (side, side), axis=(0, 1))
    yield from (windows[row, column].transpose(1, 2, 0) for row, column in np.ndindex(windows.shape[:2]))


def same(expected: np.ndarray, texture: Drawn) -> bool:
    """Whether a picture is that one, but for rounding."""
    assert texture.pixels is not None
    return expected.shape[:2] == texture.pixels.shape[:2] and bool(
        np.abs(expected - texture.pixels[..., :3]).max() <= 1 and (texture.pixels[..., 3] == 255).all()
    )


def cell_faults(still: Still) -> Iterator[str]:
    """In the closer look cells are as bright as their pixels."""
    if still.shot.slug != "numbers":
        return
    for text in still.shot.of_kind("pixel"):
        boxes = [d for d in still.shot.shapes_at(text) if d.is_square and d.filled]
        assert text.key
        level = inner(still.scene).flat[text.key[1]]
        if not boxes or np.abs(255 * boxes[-1].fill[:3] - level).max() > 1:
            yield f"{still.shot}: {text} stands on another shade"


def shade_faults(still: Still) -> Iterator[str]:
    """Filters in shades: one cell a weight, red above zero and blue below."""
    shown: dict[int, dict[int, Drawn]] = {}
    for drawn in still.shot.visible:
        if drawn.key and drawn.key[0] == "filter":
            shown.setdefault(drawn.key[1], {})[drawn.key[2]] = drawn
    if still.shot.slug in ("others", "wall") and len(shown) != len(still.scene.filters):
        yield f"{still.shot}: {len(shown)} filters stand there"
    for which, cells in shown.items():
        kernel = np.asarray(still.scene.filters[names(still.scene)[which]], dtype=float)
        if len(cells) != kernel.size:
            yield f"{still.shot}: filter {which} has {len(cells)} cells"
        for index, cell in cells.items():
            red, _, blue = cell.fill[:3] if kernel.min() < 0 else (0, 0, 0)
            if np.sign(round(red - blue, 3)) != np.sign(kernel.flat[index]) * (kernel.min() < 0):
                yield f"{still.shot}: weight {index} of filter {which} has the wrong colour"


def faults(run: Run) -> list[str]:
    return [
        fault for still in stills(run) for fault in (*texture_faults(still), *cell_faults(still), *shade_faults(still))
    ]


def _signs(still: Still, match: Any) -> bool:
    scene = still.scene
    name = names(scene)[0]
    values, one = map_of(scene, name), abs(np.sum(scene.filters[name]) - 1) < 1e-9
    said = {
        "Red is above zero, blue below": not one and values.min() < 0 < values.max(),
        "The bluer, the further below zero": not one and values.max() <= 0 and values.min() < 0,
        "The brighter, the larger": not one and values.min() >= 0,
        "Again 0 is black and 255 white": one,
    }
    return bool(said[match[0]])


def _others(still: Still, match: Any) -> bool:
    return match[1].replace(" and ", ", ").split(", ") == names(still.scene)[1:]


CLAIMS = [
    (
        r"A photograph is an image like any other, only larger: (\d+) by (\d+) pixels",
        lambda s, m: (int(m[1]), int(m[2])) == photo_of(s.scene).shape,
    ),
    (
        r"Go closer, and there they are: (\d+) by (\d+) of them",
        lambda s, m: {(int(m[1]), int(m[2]))} == {t.pixels.shape[:2] for t in textures(s)} - {photo_of(s.scene).shape},
    ),
    (
        r"Closer still, every pixel is a number, from 0 for black to 255 for white",
        lambda s, m: len(s.shot.of_kind("pixel")) == inner(s.scene).size,
    ),
    (
        r"A filter of (\w+) by (\w+) goes over them, and every stop gives one number",
        lambda s, m: (number(m[1]), number(m[2])) == np.shape(s.scene.filters[names(s.scene)[0]]),
    ),
    (
        r"On the whole photograph it stops ([\d,]+) times, always with the same weights",
        lambda s, m: int(m[1].replace(",", "")) == map_of(s.scene, names(s.scene)[0]).size,
    ),
    (
        r"Red is above zero, blue below|The bluer, the further below zero|The brighter, the larger|"
        r"Again 0 is black and 255 white",
        _signs,
    ),
    (r"Other weights make other maps of the same photograph: (.+)", _others),
    (
        r"Other weights, other maps: (\w+) filters look at the same photograph",
        lambda s, m: number(m[1]) == len(names(s.scene)) - 1,
    ),
]
FIGURES = [
    (
        r"(\d+) × (\d+) = ([\d,]+) pixels",
        lambda s, m: (
            (int(m[1]), int(m[2])) == photo_of(s.scene).shape and int(m[3].replace(",", "")) == photo_of(s.scene).size
        ),
    ),
    (
        r"(\d+) weights?, ([\d,]+) results?",
        lambda s, m: (
            int(m[1]) == np.size(s.scene.filters[names(s.scene)[0]])
            and int(m[2].replace(",", "")) == map_of(s.scene, names(s.scene)[0]).size
        ),
    ),
    (
        r"(\d+) × (\d+)",
        lambda s, m: (int(m[1]), int(m[2])) in {t.pixels.shape[:2] for t in textures(s)} | {inner(s.scene).shape},
    ),
]


def _own_photo() -> Path:
    """A photograph of one's own, 640 × 480: the project's, wider."""
    path = Path(mkdtemp()) / "own.png"
    Image.open(PHOTOGRAPH).resize((640, 480)).save(path)
    return path


RANDOM = np.random.default_rng(6)
BOOK = Book(
    steps=steps,
    value=value,
    claims=CLAIMS,
    figures=FIGURES,
    faults=faults,
    others={
        "a photograph of one's own": {"photo": _own_photo()},
        "one filter": {"filters": {"dark below": [[2, 1], [-1, -3]]}},
        "levels, a blur first, eight filters": {
            "photo": RANDOM.integers(0, 256, (40, 60)),
            "filters": {
                "blur": named_kernel("blur"),
                **{f"filter {chr(97 + k)}": RANDOM.integers(-4, 5, (1 + k % 3, 3)) for k in range(7)},
            },
        },
        "only below zero": {"photo": RANDOM.integers(1, 256, (30, 24)), "filters": {"negative": [[-1]]}},
    },
    refused={
        "too small": ({"photo": np.zeros((8, 40))}, "24 to 1024 pixels along a side; got"),
        "no levels": ({"photo": np.full((40, 40), 300)}, "levels from 0 to 255; got 300"),
        "colours": ({"photo": np.zeros((3, 40, 40))}, "in grey"),
        "a large filter": ({"filters": {"large": np.ones((7, 7))}}, "up to 5 × 5 weights"),
        "too many": ({"filters": {str(k): [[1]] for k in range(9)}}, "1 to 8 filters; got 9"),
        "none": ({"filters": {}}, "1 to 8 filters; got 0"),
    },
)
