"""A photograph and closer looks at it, the photograph beside a map, and a wall of filters with their maps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

from manim import VGroup

from cnnmath import Convolution
from cnnmath.values import Floats
from scenes._layout import Part, Size, between, block, column, first_of, row, solve
from scenes._look.theme import theme
from scenes._mobjects.cells import Grid, label_share
from scenes._mobjects.photographs import Place, feature_map, frame_of, grey_cells, part_of, photograph, rim
from scenes._mobjects.shaded import Shaded
from scenes._mobjects.text import LEAST
from scenes._pictures.standing import is_named, name_word, named, put, stage_room, write_below
from scenes._words.digits import number
from scenes._words.photographs import size_words
from scenes._words.piece import Piece

_LARGEST, _CLOSE, _CELL = 4.6, 3.6, 0.9
"""The height of a photograph, the side of a closer look, and that of a cell, at most."""
_LEAST = 1.3
"""Of a photograph, beside what is seen of it from nearer."""
_BESIDE, _BELOW = between(0.5, 1.4), between(0.25, 0.7)


def _standing(name: str, shape: tuple[int, int], height: Size) -> Part:
    """Room for a picture of that shape."""
    return block(name, shape[1] / shape[0] * height, 1.0 * height, look=height)


class Closer(VGroup):
    """The photograph, a square part of it in which pixels can be seen, and a part of that in numbers."""

    def __init__(self, pixels: Floats, near: Place, nearest: Place) -> None:
        row_, column_, rows, columns = nearest
        inner = pixels[row_ : row_ + rows, column_ : column_ + columns]
        pieces = [Piece(number(float(level)), ("pixel", i)) for i, level in enumerate(inner.ravel())]
        large, close, cell = (
            Size("photo", _LEAST * min(1.0, pixels.shape[0] / pixels.shape[1]), _LARGEST),
            Size("closer", _LEAST, _CLOSE),
            Size("cells", most=_CELL),
        )
        words = {"photo": size_words(pixels.shape), "closer": size_words(near[2:]), "numbers": size_words(nearest[2:])}
        cells = block("numbers", columns * cell, rows * cell, {"pixels": label_share(pieces) * cell})
        parts = {"photo": _standing("photo", pixels.shape, large), "closer": _standing("closer", (1, 1), close)}
        glyphs = {name: name_word(text) for name, text in words.items()}
        photo, closer, numbers = (named(n, p, glyphs[n]) for n, p in {**parts, "numbers": cells}.items())
        layout = solve(
            first_of(
                row(photo, closer, numbers, gap=_BESIDE),
                column(row(photo, closer, gap=_BESIDE), numbers, gap=_BELOW),
                tall=[column(row(photo, closer, gap=_BESIDE), numbers, gap=_BELOW)],
            ),
            stage_room(),
            LEAST,
        )
        self.photo = photograph(pixels, layout.size(large))
        self.numbers = Grid((1, 1, rows, columns), pieces, layout.size(cell))
        put(layout, photo=self.photo, numbers=self.numbers)
        self._colour(inner)
        self.near, self.nearest = part_of(self.photo, near), nearest
        self.closer = part_of(self.photo, near).scale_to_fit_width(layout.size(close))
        put(layout, closer=self.closer)
        self.frames = frame_of(self.near), frame_of(part_of(self.closer, nearest))
        self.rims = rim(self.photo), rim(self.closer)
        self.words = {name: write_below(layout, name, glyph) for name, glyph in glyphs.items()}
        super().__init__(self.photo, self.closer, self.numbers, *self.rims, *self.frames, *self.words.values())

    def _colour(self, inner: Floats) -> None:
        """Cells are as bright as their pixels."""
        for cell, shade in zip(self.numbers.cells, grey_cells(inner), strict=True):
            cell.box.set_fill(shade)
            cell.symbol.set_fill(theme().text_on(shade))


class PhotoAndMap(VGroup):
    """The photograph and what a filter makes of it, equally large."""

    def __init__(self, pixels: Floats, layer: Convolution, values: Floats, name: str) -> None:
        side = Size("photo", most=_LARGEST)
        words = {"photo": name_word("photograph"), "map": name_word(name)}
        # A row of pixels is equally high in both.
        shapes = {"photo": pixels.shape, "map": values.shape}
        pixel = {which: shape[0] / pixels.shape[0] for which, shape in shapes.items()}
        parts = [
            named(
                which,
                block(which, shape[1] / shape[0] * pixel[which] * side, pixel[which] * side),
                words[which],
            )
            for which, shape in shapes.items()
        ]
        layout = solve(first_of(row(*parts, gap=_BESIDE), column(*parts, gap=_BELOW)), stage_room())
        self.photo = photograph(pixels, layout.size(side))
        self.map = feature_map(values, layer.kernel, pixel["map"] * layout.size(side))
        put(layout, photo=self.photo, map=self.map)
        self.rims = rim(self.photo), rim(self.map)
        self.words = {which: write_below(layout, which, word) for which, word in words.items()}
        super().__init__(self.photo, self.map, *self.rims, *self.words.values())


class PhotoAlone(VGroup):
    """The photograph in the middle of the stage, with its size below."""

    def __init__(self, pixels: Floats) -> None:
        height, word = Size("photo", most=_LARGEST), name_word(size_words(pixels.shape))
        layout = solve(named("photo", _standing("photo", pixels.shape, height), word), stage_room())
        self.photo = photograph(pixels, layout.size(height))
        put(layout, photo=self.photo)
        self.rim, self.word = rim(self.photo), write_below(layout, "photo", word)
        super().__init__(self.photo, self.rim, self.word)


class Wall(VGroup):
    """Filters in shades, the map of each below or beside it, and its name, where that leaves the maps large enough.

    `maps[name]`, `kernels[name]`, `words[name]`.
    """

    def __init__(self, layers: Mapping[str, Convolution], values: Mapping[str, Floats]) -> None:
        height, many = Size("maps", most=_LARGEST), len(layers)
        glyphs = {name: name_word(name) for name in layers}
        ways: dict[bool, list[Part]] = {True: [], False: []}
        for worded, above in product(ways, (True, False)):
            items = [_item(name, layer, height, above) for name, layer in layers.items()]
            if worded:
                items = [named(name, item, glyphs[name]) for name, item in zip(layers, items, strict=True)]
            for wide in _widths(many):
                rows = (row(*items[start : start + wide], gap=_APART) for start in range(0, many, wide))
                ways[worded].append(column(*rows, gap=_UNDER))
        layout = solve(first_of(*(first_of(*some) for some in ways.values()), near=_ENOUGH), stage_room())
        tall = layout.size(height)
        self.maps = {name: feature_map(values[name], layers[name].kernel, tall) for name in layers}
        self.kernels = {name: _kernel(which, layers[name], tall) for which, name in enumerate(layers)}
        self.rims, self.words = {}, {}
        for name, made in self.maps.items():
            box, kernel = layout[name], self.kernels[name]
            if box.look:
                made.move_to((box.x, box.bottom + made.height / 2, 0))
                kernel.move_to((box.x, box.top - kernel.height / 2, 0))
            else:
                made.move_to((box.right - made.width / 2, box.y, 0))
                kernel.move_to((box.left + kernel.width / 2, box.top - kernel.height / 2, 0))
            self.rims[name] = rim(made)
            self.words[name] = write_below(layout, name, glyphs[name]) if is_named(layout, name) else VGroup()
        super().__init__(*self.maps.values(), *self.rims.values(), *self.kernels.values(), *self.words.values())

    def item(self, name: str) -> VGroup:
        """A filter, its map and its name."""
        return VGroup(self.kernels[name], self.maps[name], self.rims[name], self.words[name])


_APART, _UNDER = between(0.3, 0.7), between(0.14, 0.4)
_KERNEL, _HAIR = 0.26, 0.05
"""How high a filter is, and how far from its map, in heights of the map."""
_ENOUGH = 0.6
"""Names stand below the maps as long as these are so large, in parts of what they could be without."""


def _widths(many: int) -> list[int]:
    """How many may stand in a row: as many rows as long, or fewer."""
    return sorted({math.ceil(many / rows) for rows in range(1, many + 1)}, reverse=True)


def _item(name: str, layer: Convolution, height: Size, above: bool) -> Part:
    """Room for a filter above or beside its map."""
    rows, columns = layer.kernel.shape[2:]
    _, high, wide = layer.output_shape
    map_, kernel = wide / high, _KERNEL * columns / rows
    if above:
        return block(name, max(map_, kernel) * height, (1 + _KERNEL + _HAIR) * height, look=above)
    return block(name, (map_ + kernel + _HAIR) * height, 1.0 * height)


def _kernel(which: int, layer: Convolution, tall: float) -> Shaded:
    """A filter in shades."""
    made = Shaded("weight", layer.kernel[0], _KERNEL * tall / layer.kernel.shape[2], 0)
    for cell in made.cells:
        cell.key = ("filter", which, cell.key[1])
    return made
