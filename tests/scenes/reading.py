"""Read a picture as a viewer does, by outlines and places, and list where it differs from what the core says.

Nothing here asks a mobject what it belongs to: cells are the squares that are there, grids are squares that touch, a
column or a row is what stands in line, and an edge joins the two nodes that it ends in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numerals import given, misread, sign_between, sign_of, value_of
from screen import Drawn, Key, Shot

from cnnmath import Convolution, Equation, symbols
from scenes._look.theme import DARK, LIGHT, Theme

THEMES = {"dark": DARK, "light": LIGHT}

NEAR = 0.03
"""Things that stand in line, or end in one point, differ by less than this."""
CAPITAL, FARTHEST = 0.683, 0.8
"""Height of a capital letter in em, and how far from a node its name begins at most."""


# What a text says


def letters_of(key: Key, conv: Convolution) -> set[str]:
    """The letters that a key may show."""
    kind, index = key[0], key[1]
    if kind in ("zero", "padding", "share"):
        return {"0"}
    if kind == "product":
        return set()
    same = conv.output_shape[1:] == conv.image.shape[1:]
    letters = {
        "pixel": symbols.pixel,
        "weight": symbols.weight,
        "result": symbols.same_result if same else symbols.result,
        "bias": lambda i: symbols.bias(i, len(conv.bias)),
    }
    return {letters[kind](index)}


def misspelt(shot: Shot, conv: Convolution, in_numbers: Iterable[str]) -> list[str]:
    """Symbols that do not say what the core says for what they stand for; `in_numbers` lists the kinds in numbers."""
    found = []
    numeric = {*in_numbers, "zero", "padding", "product", "share"}
    for text in shot.symbols:
        assert text.key is not None
        assert text.says is not None
        if text.key[0] in numeric:
            fault = misread(text, conv)
            found += [f"{shot}: {text} {fault}"] if fault else []
        elif text.says not in (letters := letters_of(text.key, conv)):
            found.append(f"{shot}: {text} should say {letters}")
    return found


def wrong_outlines(shot: Shot) -> list[str]:
    """Texts whose outline is not that of what they say: left over from a morph, or squeezed."""
    return [
        f"{shot}: {text} is drawn differently from {text.says!r}"
        for text in shot.texts
        if not same_outline(text.points, text.fresh)
    ]


def same_outline(points: np.ndarray, fresh: np.ndarray) -> bool:
    """Whether two outlines are the same but for place and size."""
    mine, yours = unplaced(points), unplaced(fresh)
    if len(mine) != len(yours):
        return False
    return bool(np.abs(mine - yours).max() < 0.01)


def unplaced(points: np.ndarray) -> np.ndarray:
    """An outline moved to the origin, one wide or high."""
    flat = points[:, :2] - points[:, :2].min(0)
    return flat / np.ptp(flat, axis=0).max()


# What is there


def keys(shot: Shot) -> Counter[Key]:
    """How often everything stands on screen."""
    return Counter(text.key for text in shot.symbols if text.key)


def miscounted(shot: Shot, expected: Counter[Key]) -> list[str]:
    """What is missing, and what is there once too often."""
    there = keys(shot)
    missing, extra = expected - there, there - expected
    return [f"{shot}: {n} of {key} missing" for key, n in missing.items()] + [
        f"{shot}: {n} of {key} too many" for key, n in extra.items()
    ]


# Cells and grids


@dataclass(eq=False)
class Place:
    """Where a cell is: its square, and what stands in it."""

    middle: np.ndarray
    side: float
    texts: list[Drawn]
    squares: list[Drawn]
    """The squares that lie here on each other, the lowest first."""

    @property
    def keys(self) -> list[Key]:
        return [t.key for t in self.texts if t.key]

    def one(self, *kinds: str) -> Key | None:
        """The only key of these kinds here."""
        mine = [key for key in self.keys if key[0] in kinds]
        return mine[0] if len(mine) == 1 else None


class Buckets:
    """Cells by where they are, so that a picture of a thousand of them is read in no time."""

    _SIZE = 1.6
    """Wider than any cell: what touches is in the same bucket or in the next."""

    def __init__(self, cells: Iterable[Place]) -> None:
        self._buckets: dict[tuple[int, int], dict[int, Place]] = {}
        self._fine = 0.25
        for cell in cells:
            self.add(cell)

    def _at(self, middle: np.ndarray) -> tuple[int, int]:
        x, y = np.floor(middle / self._fine).astype(int)
        return int(x), int(y)

    def add(self, cell: Place) -> None:
        self._buckets.setdefault(self._at(cell.middle), {})[id(cell)] = cell

    def take(self, cell: Place) -> None:
        del self._buckets[self._at(cell.middle)][id(cell)]

    def __contains__(self, cell: Place) -> bool:
        return id(cell) in self._buckets.get(self._at(cell.middle), {})

    def around(self, thing: Place | Drawn) -> list[Place]:
        """The cells that may touch this one, or lie below it."""
        reach = int(np.ceil(max(self._SIZE if isinstance(thing, Drawn) else 1.05 * thing.side, 0.0) / self._fine))
        x, y = self._at(thing.middle)
        keys = ((x + i, y + j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1))
        return [cell for key in keys for cell in self._buckets.get(key, {}).values()]


class Screen:
    """The picture, read."""

    image_keys: list[Key]
    """What stands in the cells of the image, in C order."""

    def __init__(self, shot: Shot, conv: Convolution, bare: bool = False) -> None:
        """Read a shot; `bare`: the image stands there without its padding."""
        self.shot, self.conv = shot, conv
        channels, self.rows, self.columns = conv.image.shape if bare else conv.padded_shape
        pixel_at = {conv.padded_position(i): i for i in range(conv.counts.pixels)}
        if bare:
            self.image_keys = [("pixel", i) for i in range(conv.counts.pixels)]
            return
        self.image_keys = []
        for position in range(channels * self.rows * self.columns):
            place = conv.padded_place(position)
            self.image_keys.append(("pixel", pixel_at[place]) if place in pixel_at else ("padding", position))

    @cached_property
    def places(self) -> list[Place]:
        """All cells; squares that lie on each other are one."""
        found: list[Place] = []
        known = Buckets([])
        for square in (d for d in self.shot.visible if d.is_square and d.filled):
            near = min(NEAR, square.height / 4)
            same = next((p for p in known.around(square) if np.abs(p.middle - square.middle).max() < near), None)
            if same is None:
                known.add(same := Place(square.middle, square.height, [], []))
                found.append(same)
            same.squares.append(square)
        for text in self.shot.symbols:
            inside = [p for p in known.around(text) if np.abs(p.middle - text.middle).max() < p.side / 2]
            if inside:
                min(inside, key=lambda p: p.side).texts.append(text)
        return found

    @cached_property
    def grids(self) -> list[list[list[Place]]]:
        """Groups of cells that touch, as rows of cells from the top, left to right; single cells are left out."""
        left, groups = Buckets(self.places), []
        for start in self.places:
            if start not in left:
                continue
            left.take(start)
            group = [start]
            for cell in group:
                for other in left.around(cell):
                    if touches(cell, other):
                        left.take(other)
                        group.append(other)
            if len(group) > 1:
                groups.append(in_rows(group))
        return groups

    @cached_property
    def singles(self) -> list[Place]:
        """Cells that touch no other and are no factor of a boxed product."""
        together = {id(cell) for grid in self.grids for row in grid for cell in row}
        together |= {id(cell) for pair in self.products for cell in pair}
        return [place for place in self.places if id(place) not in together]

    @cached_property
    def products(self) -> list[tuple[Place, Place]]:
        """A weight's cell and, right after it, a pixel's: a product in boxes."""
        together = {id(cell) for grid in self.grids for row in grid for cell in row}
        alone = [place for place in self.places if id(place) not in together]
        return [
            (weight, pixel)
            for weight in alone
            for pixel in alone
            if weight.one("weight") and pixel.one("pixel") and follows(weight, pixel)
        ]

    def misplaced(self) -> list[str]:
        """Everything that stands in the wrong place."""
        return [*self._grid_faults(), *self._line_faults(), *self._matrix_faults(), *self._network_faults()]

    # Image, filter, result

    def _grid_faults(self) -> Iterator[str]:
        conv, shot = self.conv, self.shot
        met = {(("weight", int(t["weight"])), ("pixel", int(t["pixel"]))) for t in conv.taps}
        for weight, pixel in self.products:
            if (weight.one("weight"), pixel.one("pixel")) not in met:
                yield f"{shot}: {weight.keys} times {pixel.keys}, which never meet"
        for grid in self.grids:
            shape = (len(grid), len(grid[0]))
            cells = [cell for row in grid for cell in row]
            kinds = {key[0] for cell in cells for key in cell.keys}
            where = f"the grid at {np.round(np.mean([c.middle for c in cells], axis=0), 2)}"
            if any(len(row) != shape[1] for row in grid):
                yield f"{shot}: {where} is no rectangle"
            elif kinds & {"pixel", "padding"}:
                yield from self._image_faults(cells, shape, where)
            elif kinds == {"weight"} and not self.is_covered_image(cells, shape):
                met = [cell.one("weight") for cell in cells]
                planes = planes_of("weight", conv.kernel.shape)
                if met not in planes or shape != conv.kernel.shape[2:]:
                    yield f"{shot}: {where} is not the filter: {[c.keys for c in cells]}"
            elif kinds == {"result"}:
                planes = planes_of("result", conv.output_shape)
                right = any(
                    all(c.keys in ([], [key]) for c, key in zip(cells, plane, strict=True))
                    for plane in planes
                    if len(plane) == len(cells)
                )
                if not right or shape != conv.output_shape[1:]:
                    yield f"{shot}: {where} is not the result: {[c.keys for c in cells]}, {shape}"
            elif kinds - {"weight"}:
                yield f"{shot}: {where} mixes {kinds}"

    # Shades

    @cached_property
    def _shades(self) -> tuple[Counter[str], list[str], list[int], set[int]]:
        """How many planes of pixels and of results are shown by shades, what is wrong with them, and which stops of the
        filter lie there without its symbols: one, or one in each picture side by side, from left to right."""
        conv, found, faults = self.conv, Counter[str](), []
        look = THEMES[self.shot.theme]
        images = [p for p in (*padded_shades(conv, look), *(shades(c, conv.image, look) for c in conv.image))]
        results = [shades(plane, conv.output(), look) for plane in conv.output()]
        covers: list[tuple[float, dict[int, Key]]] = []
        bare: set[int] = set()
        for grid in self.grids:
            cells = [cell for row in grid for cell in row]
            kinds = {key[0] for cell in cells for key in cell.keys}
            fills = np.array([cell.squares[0].fill[:3] for cell in cells])
            blank = np.abs(fills - rgb(look.panel)).max(1) < 0.01
            shape = (len(grid), len(grid[0]))
            image = [i for i, plane in enumerate(images) if plane.shape[:2] == shape and close(plane, fills).all()]
            result = [plane for plane in results if plane.shape[:2] == shape and (close(plane, fills) | blank).all()]
            starts = [image[0] * len(cells) if image[0] < len(conv.image) else 0] if image else []
            if kinds & {"pixel", "padding"}:
                starts = [self.image_keys.index(key) for key in [cells[0].one("pixel", "padding")] if key]
            if starts:
                found["pixel"] += not kinds & {"pixel", "padding"}
                bare |= {id(cell) for cell in cells if len(cell.squares) > 1 and not cell.one("weight")}
                covered = {
                    starts[0] + i: weight_by_colour(cell.squares[-1], look)
                    for i, cell in enumerate(cells)
                    if len(cell.squares) > 1 and not cell.one("weight")
                }
                if covered and covers and self.shot.slug != "side-by-side":
                    covers[0][1].update(covered)
                elif covered:
                    covers.append((float(cells[0].middle[0]), covered))
            elif kinds & {"result", "bias", "zero"} or blank.all():
                continue
            elif result:
                found["result"] += 1
            elif not any(cell.keys for cell in cells) and all(is_weight(cell, look) for cell in cells):
                # A filter without symbols: `wrong_borders` says whether its colours are all there.
                continue
            elif not all(cell.keys for cell in cells):
                where = np.round(np.mean([c.middle for c in cells], axis=0), 2)
                faults.append(f"{self.shot}: the shades of the grid at {where} are those of no plane")
        stops = []
        for _, covered in sorted(covers, key=lambda cover: cover[0]):
            marks = {(p, w[1]) for p, w in covered.items()}
            under = ({(p, hue(conv, k[1])) for p, k in self.under(r)} for r in range(conv.counts.results))
            stop = next((r for r, there in enumerate(under) if there == marks), None)
            if stop is None:
                faults.append(f"{self.shot}: the image is covered as no stop of the filter is: {covered}")
            else:
                stops.append(stop)
        yielded = [text.key[1] for text in self.shot.of_kind("result") if text.key]
        if covers and self.shot.slug == "side-by-side" and sorted(yielded) != stops:
            faults.append(f"{self.shot}: side by side lie the stops {stops}, which yield {sorted(yielded)}")
        return found, faults, stops, bare

    @property
    def shaded(self) -> Counter[str]:
        """How many planes of "pixel" and of "result" are shown by their shades."""
        return self._shades[0]

    @property
    def shade_faults(self) -> list[str]:
        """Shades that are not those of the values."""
        return self._shades[1]

    @property
    def bare_stops(self) -> list[int]:
        """The results for which the filter lies on the image without its symbols."""
        return self._shades[2]

    @property
    def bare(self) -> set[int]:
        """The ids of the places on which the filter lies without its symbols: their colours are those of that stop."""
        return self._shades[3]

    def is_covered_image(self, cells: list[Place], shape: tuple[int, int]) -> bool:
        """Whether these cells, which carry only weights, are a shaded image on which the filter lies."""
        return shape == (self.rows, self.columns) and any(not cell.keys for cell in cells)

    def _image_faults(self, cells: list[Place], shape: tuple[int, int], where: str) -> Iterator[str]:
        size = self.rows * self.columns
        shown = [cell.one("pixel", "padding") for cell in cells]
        starts = [c for c in range(0, len(self.image_keys), size) if shown == self.image_keys[c : c + size]]
        if not starts or shape != (self.rows, self.columns):
            yield f"{self.shot}: {where} is not the image: {[c.keys for c in cells]}"
            return
        (start,) = starts
        marks = {
            (start + i, cell.one("weight")) for i, cell in enumerate(cells) if any(k[0] == "weight" for k in cell.keys)
        }
        if not marks:
            return
        own = range(start, start + size)
        stops = [r for r in range(self.conv.counts.results) if marks == {m for m in self.under(r) if m[0] in own}]
        if not stops:
            yield f"{self.shot}: {where} is covered as no stop of the filter is: {marks}"
        # In a tall picture the result is not below the image, but right of it.
        axis = int(self.shot.size[1] > self.shot.size[0])
        x = float(np.mean([cell.middle[axis] for cell in cells]))
        for grid in self.grids:
            below = [cell for row in grid for cell in row]
            labelled = [k for cell in below for k in cell.keys if k[0] == "result"]
            in_line = abs(np.mean([c.middle[axis] for c in below]) - x) < NEAR
            alone = len(labelled) == 1 and len(below) > 1
            if alone and in_line and labelled != [("result", stops[0] if stops else None)]:
                yield f"{self.shot}: {where} shows stop {stops}, but yields {labelled}"

    def under(self, result: int) -> set[tuple[int, Key]]:
        """What lies on which padded position at one stop."""
        window = self.conv.window(result)
        position = {key: i for i, key in enumerate(self.image_keys)}
        pixels = {(position["pixel", int(t["pixel"])], ("weight", int(t["weight"]))) for t in window.taps}
        return pixels | {(int(t["position"]), ("weight", int(t["weight"]))) for t in window.padding_taps}

    # Columns, rows, matrix

    @cached_property
    def lone_pixels(self) -> list[Place]:
        return [p for p in self.singles if p.one("pixel")]

    @cached_property
    def header(self) -> list[Place]:
        """Pixels above the matrix."""
        level = [p for p in self.lone_pixels if abs(p.middle[1] - self.lone_pixels[0].middle[1]) < NEAR]
        return sorted(level, key=lambda p: p.middle[0]) if len(level) > 1 else []

    def column(self, kind: str) -> list[Place]:
        """Single cells of one kind that stand in a column, from the top."""
        cells = [p for p in self.singles if p.one(kind)]
        # A name's cell may be wider than its neighbours.
        upright = [p for p in cells if abs(p.middle[0] - cells[0].middle[0]) < 0.3 * p.side]
        return sorted(upright, key=lambda p: -p.middle[1])

    @property
    def has_result_grid(self) -> bool:
        """Whether results stand in a grid of their own."""
        return any(cell.one("result") for grid in self.grids for row in grid for cell in row)

    @property
    def lone_results(self) -> list[int]:
        """The results that stand in no grid."""
        together = {id(text) for grid in self.grids for row in grid for cell in row for text in cell.texts}
        texts = self.shot.of_kind("result")
        return sorted({int(text.key[1]) for text in texts if text.key and id(text) not in together})

    @property
    def some_left_out(self) -> bool:
        """Whether dots below each other say that something is left out."""
        return any(text.says == "⋮" for text in self.shot.texts)

    def _line_faults(self) -> Iterator[str]:
        for kind, cells in (("pixel", self.header or self.column("pixel")), ("result", self.column("result"))):
            order = [p.one(kind) for p in cells]
            some = kind == "result" and self.some_left_out
            # Which ones may be left out is said by the page; here they only stand in their order.
            names = [int(key[1]) if key else -1 for key in order]
            expected = sorted({*names} - {-1}) if some else [*range(len(order))]
            if names != expected:
                yield f"{self.shot}: {kind}s stand in the order {order}"
        for kind, cells in (("pixel", self.lone_pixels),):
            if len(self.header or self.column("pixel")) != len(cells):
                yield f"{self.shot}: single {kind}s stand neither in one row nor in one column"

    @cached_property
    def entries(self) -> dict[tuple[int, int], Place]:
        """Matrix entries by their row and column on screen; row −1 or column −1 where a name is not in line."""
        cells = [p for p in self.singles if p.one("weight", "zero")]
        rows = self.column("result")
        found: dict[tuple[int, int], Place] = {}
        xs = sorted({round(float(p.middle[0]), 2) for p in cells})
        ys = sorted({-round(float(p.middle[1]), 2) for p in cells})
        # In a tall picture the results of the product stand below the matrix.
        tall = self.shot.size[1] > self.shot.size[0]
        apart = tall and not self.header and not any(abs(p.middle[1] + y) < NEAR for p in rows for y in ys)
        for cell in cells:
            heights = [-y for y in ys] if apart else [float(p.middle[1]) for p in rows]
            row = next((r for r, y in enumerate(heights) if abs(y - cell.middle[1]) < NEAR), -1)
            if self.header:
                heads = enumerate(self.header)
                column = next((c for c, p in heads if abs(p.middle[0] - cell.middle[0]) < NEAR), -1)
            else:
                column = next((c for c, x in enumerate(xs) if abs(x - cell.middle[0]) < NEAR), -1)
            while (row, column) in found:
                row, column = -1, min(column, 0) - 1
            found[row, column] = cell
        return found

    def _matrix_faults(self) -> Iterator[str]:
        sharing = self.conv.sharing
        for (row, column), cell in self.entries.items():
            outside = not (0 <= row < sharing.shape[0] and 0 <= column < sharing.shape[1])
            if outside and cell.one("weight") and self.conv.kernel.shape[2:] == (1, 1):
                continue  # A filter of one cell: no grid tells it from an entry.
            if outside:
                yield f"{self.shot}: the entry {cell.keys} at {np.round(cell.middle, 2)} has no row or column"
                continue
            weight = int(sharing[row, column])
            expected = ("weight", weight) if weight >= 0 else ("zero", row, column)
            if cell.keys != [expected]:
                yield f"{self.shot}: entry ({row}, {column}) is {cell.keys}, not {expected}"

    # Network

    @cached_property
    def layers(self) -> tuple[list[Drawn], list[Drawn]]:
        """The nodes, left and right, from the top."""
        nodes = [d for d in self.shot.visible if d.is_circle and d.stroked]
        if not nodes:
            return [], []
        left = min(d.middle[0] for d in nodes)
        sides: tuple[list[Drawn], list[Drawn]] = ([], [])
        for node in sorted(nodes, key=lambda d: -d.middle[1]):
            sides[int(node.middle[0] > left + NEAR)].append(node)
        return sides

    @cached_property
    def node_names(self) -> tuple[list[list[Key]], list[list[Key]]]:
        """What stands in each node, or right beside it on the outer side."""
        left, right = ([self._names_of(node, kind, away) for node in side] for side, kind, away in self._sides)
        return left, right

    @property
    def _sides(self) -> list[tuple[list[Drawn], str, int]]:
        """Each layer, the kind of its names, and the direction in which they may stand beside it."""
        return [(self.layers[0], "pixel", -1), (self.layers[1], "result", 1)]

    def _names_of(self, node: Drawn, kind: str, away: int) -> list[Key]:
        symbols, radius = self.shot.symbols, node.width / 2
        inside = [t.key for t in symbols if t.key and np.linalg.norm(t.middle - node.middle) < radius]
        if inside:
            return inside
        beside = [
            t
            for t in self.shot.of_kind(kind)
            if abs(t.baseline + CAPITAL / 2 * t.em - node.middle[1]) < NEAR
            and radius < away * (t.middle[0] - node.middle[0]) - t.width / 2 < radius + FARTHEST
        ]
        nearest = sorted(beside, key=lambda t: abs(t.middle[0] - node.middle[0]))
        return [t.key for t in nearest[:1] if t.key]

    @cached_property
    def nodes(self) -> tuple[list[int], list[int]]:
        """Which pixels and which results the nodes stand for, from the top; −1 where a name is none of its layer's.

        Nodes without names are what they say that they are; whether that can be, their edges and shades tell.
        """
        found = []
        for names, (side, kind, _) in zip(self.node_names, self._sides, strict=True):
            keys = [n[0] if len(n) == 1 else None for n in names] if any(names) else [node.key for node in side]
            found.append([key[1] if key and key[0] == kind else -1 for key in keys])
        return found[0], found[1]

    @cached_property
    def edges(self) -> dict[tuple[int, int], list[Drawn]]:
        """Edges by the result and the pixel whose nodes they really join; −1 where they end in none."""
        found: dict[tuple[int, int], list[Drawn]] = {}
        for edge in (d for d in self.shot.visible if d.is_edge):
            start, end = ends(edge)
            if start[0] > end[0]:
                start, end = end, start
            pixel, result = (
                next((i for i, n in zip(which, side, strict=True) if np.linalg.norm(n.middle - point) < NEAR), -1)
                for which, side, point in zip(self.nodes, self.layers, (start, end), strict=True)
            )
            found.setdefault((result, pixel), []).append(edge)
        return found

    def _network_faults(self) -> Iterator[str]:
        shot = self.shot
        for names, indices, (side, kind, _) in zip(self.node_names, self.nodes, self._sides, strict=True):
            for name in names if any(names) else []:
                if len(name) != 1 or name[0][0] != kind:
                    yield f"{shot}: a node of the {kind}s is called {name}"
            if indices != sorted(set(indices)):
                yield f"{shot}: the {kind}s' nodes are in the order {indices}"
            if side and len({round(float(n.middle[0]), 2) for n in side}) > 1:
                yield f"{shot}: the {kind}s' nodes do not stand in one column"
            if any(names) or shot.scene == "FamiliarDiagram":
                continue
            values = self.conv.image.ravel() if kind == "pixel" else self.conv.output().ravel()
            wanted = shades(values, values, THEMES[shot.theme])
            for index, node in zip(indices, side, strict=True):
                if index >= 0 and np.abs(node.fill[:3] - wanted[index]).max() > 0.01:
                    yield f"{shot}: the node of {kind} {index} has the shade {np.round(node.fill[:3], 2)}"
        for (result, pixel), edges in self.edges.items():
            if min(result, pixel) < 0:
                yield f"{shot}: {edges} joins no two nodes"
            elif len(edges) > 1:
                yield f"{shot}: {len(edges)} edges join pixel {pixel} and result {result}"
            elif edges[0].key != ("edge", result, pixel):
                yield f"{shot}: {edges[0]} joins pixel {pixel} and result {result}"
            elif edges[0].weight != self.conv.sharing[result, pixel]:
                yield f"{shot}: {edges[0]} has weight {edges[0].weight}"
        yield from self._edge_label_faults()
        yield from self._gap_faults()

    def _gap_faults(self) -> Iterator[str]:
        """Nodes that are left out without dots in their place, or without the true counts below the layers."""
        shot, counts = self.shot, (self.conv.counts.pixels, self.conv.counts.results)
        cut = any(side and len(side) < count for side, count in zip(self.layers, counts, strict=True))
        for indices, count, (side, kind, _) in zip(self.nodes, counts, self._sides, strict=True):
            if not side:
                continue
            in_line = [d for d in shot.visible if d.is_dots and abs(d.middle[0] - side[0].middle[0]) < NEAR]
            heights = [9.0, *(float(n.middle[1]) for n in side), -9.0]
            steps = zip([-1, *indices], [*indices, count], heights, heights[1:], strict=False)
            for before, after, top, bottom in steps:
                dots = [d for d in in_line if bottom < d.middle[1] < top]
                if len(dots) != (after > before + 1):
                    yield f"{shot}: {len(dots)} dots between the {kind}s {before} and {after}"
            drawn, window = self._drawn_of_the_first()
            told = f"first result: {drawn} of {window} connections drawn"
            if 0 in self.nodes[1] and (drawn < window) != any(t.says == told for t in shot.texts):
                yield f"{shot}: whether it draws {drawn} of {window} connections is not what it says"
            said = [t for t in shot.texts if t.says == f"{count} {kind}s" and t.middle[1] < heights[-2]]
            if cut and not any(abs(t.middle[0] - side[0].middle[0]) < NEAR for t in said):
                yield f"{shot}: nothing below the {kind}s says that they are {count}"

    def _drawn_of_the_first(self) -> tuple[int, int]:
        """How many pixels of the first window have nodes, and how many there are."""
        window = np.flatnonzero(self.conv.sharing[0] >= 0)
        return len(set(window.tolist()) & set(self.nodes[0])), len(window)

    def edge_labels(self) -> list[Drawn]:
        """Weights that stand on discs."""
        discs = [d for d in self.shot.visible if d.is_circle and not d.stroked]
        weights = self.shot.of_kind("weight")
        return [w for w in weights if any(np.linalg.norm(d.middle - w.middle) < NEAR for d in discs)]

    def _edge_label_faults(self) -> Iterator[str]:
        named: Counter[tuple[int, int]] = Counter()
        for label in self.edge_labels():
            assert label.key is not None
            on = [
                place
                for place, (edge, *_) in self.edges.items()
                if edge.weight == label.key[1] and distance(label.middle, *ends(edge)) < NEAR
            ]
            if not on:
                yield f"{self.shot}: {label} is on no edge of its weight"
            named.update(on)
        if self.edge_labels():
            for place, (edge, *_) in self.edges.items():
                if edge.weight is not None and edge.weight >= 0 and not named[place]:
                    yield f"{self.shot}: {edge} has no label"

    # Lines of symbols

    def line_of(self, equals: Drawn) -> list[Drawn]:
        """All texts on the line of an = sign, from the left."""
        level = [
            t
            for t in self.shot.texts
            if t is equals
            or (t.says in "+−·×∗()…" and abs(t.middle[1] - equals.middle[1]) < 0.3 * equals.em)
            or (t in self.shot.symbols and abs(t.baseline + 0.3 * t.em - equals.middle[1]) < 0.25 * equals.em)
        ]
        return sorted(level, key=lambda t: float(t.middle[0]))

    def sums(self) -> dict[int, list[Drawn]]:
        """Lines that end in "= result", or ≈, by that result, each up to it."""
        found = {}
        for equals in (t for t in self.shot.texts if t.says in ("=", "≈")):
            line = self.line_of(equals)
            at = next(i for i, t in enumerate(line) if t is equals)
            after = line[at + 1] if at + 1 < len(line) else None
            if after is not None and after.key and after.key[0] == "result":
                found[int(after.key[1])] = line[: at + 2]
        return found

    def missaid(self, form: str, results: Iterable[int], dots: bool, boxed: bool = False) -> list[str]:
        """Equations that do not read, left to right, as the core says. `form` is "sparse" or "long".

        In numbers (`dots`) a dot stands between two factors; between `boxed` ones always.
        """
        found, lines, results = [], self.sums(), list(results)
        if sorted(lines) != results:
            found.append(f"{self.shot}: equations of {sorted(lines)}, not of {results}")
        for equation in self.conv.equations():
            line = lines.get(equation.result)
            if line is None:
                continue
            # An image may stand on the same level.
            line = written_sum(line)
            expected = spelt(self.conv, equation, form, dots or boxed, self._shown_in(line, equation))
            said = [t.key if t.key and t.key[0] != "operator" else t.says for t in line if t.says not in "()"]
            read_as = ["=" if word == "≈" else word for word in said]
            if read_as != expected:
                found.append(f"{self.shot}: equation {equation.result} reads {said}, not {expected}")
            elif line[-2].says != self._sign(line, equation, dots):
                found.append(f"{self.shot}: {said} is written with {line[-2].says}")
            spoken = "".join(t.says or "" for t in line)
            if spoken.count("(") != spoken.count(")") or "()" in spoken:
                found.append(f"{self.shot}: the brackets of {spoken} do not match")
        return found

    @staticmethod
    def _shown_in(line: list[Drawn], equation: Equation) -> list[int]:
        """Which terms stand in a line: all, or around dots as many as there are, the last one included."""
        count = len(equation.terms)
        shown = sum(t.key is not None and t.key[0] == "pixel" for t in line)
        cut = any(t.says == "…" for t in line) and 0 < shown < count
        return [*range(shown - 1), count - 1] if cut else list(range(count))

    def _sign(self, line: list[Drawn], equation: Equation, numbers: bool) -> str:
        """= or ≈ by what the numbers on screen come to; those that dots stand for count as they would be shown."""
        if not numbers:
            return "="
        return sign_of(line, self.conv, equation)

    def missummed(self) -> list[str]:
        """Sums of products that, with the signs on screen, do not come to the result on screen."""
        found, lines = [], self.sums()
        results = list(range(self.conv.counts.results))
        if self.some_left_out:
            results = self.lone_results
        if sorted(lines) != results:
            found.append(f"{self.shot}: sums of {sorted(lines)}")
        for result, whole in lines.items():
            line = [text for text in whole if text.says not in "()"]
            first = next((i for i, t in enumerate(line) if t.key and t.key[0] == "product"), len(line) - 3)
            terms = self.conv.equations()[result].terms
            shown = [t.key[2] for t in line if t.key and t.key[0] == "product"]
            cut = any(text.says == "…" for text in line)
            hidden = [
                given(term.weight_value) * given(term.pixel_value) for k, term in enumerate(terms) if k not in shown
            ]
            there, sign, expect_number = [], 1, True
            for text in line[first:-2]:
                if expect_number and text.says != "…":
                    there.append(sign * value_of(text.says or ""))
                elif not expect_number:
                    sign = {"+": 1, "−": -1}[text.says or ""]
                expect_number = not expect_number
            expected = [*range(len(shown) - 1), len(terms) - 1] if cut else list(range(len(terms)))
            if shown != expected or len(line[first:-2]) != 2 * (len(shown) + cut) + 1 or cut is not bool(hidden):
                found.append(f"{self.shot}: the sum of {result} reads {[t.says for t in line[first:]]}")
            if line[-2].says != sign_between(there, hidden, value_of(line[-1].says or "")):
                found.append(f"{self.shot}: {[t.says for t in line[first:]]} comes to {float(sum(there)):g}")
        return found


@cache
def read(shot: Shot, conv: Convolution) -> Screen:
    """Read a picture once."""
    return Screen(shot, conv, bare=shot.scene in ("TheImage", "TheFilter") and not shot.of_kind("padding"))


def written_sum(line: list[Drawn]) -> list[Drawn]:
    """From the right: the result, its sign, the bias, and factors and dots as long as they are joined by +."""
    start = max(len(line) - 3, 0)
    while start and line[start].says in "()":
        start -= 1
    while start and line[start - 1].says == "(":
        start -= 1
    while start > 1 and line[start - 1].says == "+":
        start -= 2
        if line[start].says != "…":
            while start and not (line[start].key and line[start].key[0] in ("weight", "zero")):
                start -= 1
            while start and line[start - 1].says == "(":
                start -= 1
    return line[start:]


def spelt(conv: Convolution, equation: Equation, form: str, dots: bool, shown: Sequence[int]) -> list[Key | str]:
    """An equation as it is read, operators as what they say; `dots` between the factors; with the `shown` terms."""
    if form == "long":
        factors: list[tuple[Key, int]] = [
            (("weight", int(w)) if w >= 0 else ("zero", equation.result, p), p)
            for p, w in enumerate(conv.sharing[equation.result])
        ]
    else:
        factors = [(("weight", equation.terms[k].weight), equation.terms[k].pixel) for k in shown]
    said: list[Key | str] = []
    for i, (factor, pixel) in enumerate(factors):
        if form != "long" and i == len(factors) - 1 and len(factors) < len(equation.terms):
            said += [*(["+"] if said else []), "…"]
        said += [*(["+"] if said else []), factor, *(["·"] if dots else []), ("pixel", pixel)]
    return [*said, *(["+"] if said else []), ("bias", equation.filter), "=", ("result", equation.result)]


def rgb(color: object) -> np.ndarray:
    """Red, green, blue of "#RRGGBB"."""
    text = str(color)
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def shades(plane: np.ndarray, whole: np.ndarray, look: Theme) -> np.ndarray:
    """What colours values should have, (rows, columns, 3): grey, or with both signs from mid-grey to two colours."""
    low, high = min(0.0, whole.min()), max(0.0, whole.max())
    if low < 0:
        share = np.abs(plane / max(-low, high))[..., None]
        ends = np.where(plane[..., None] < 0, rgb(look.negative), rgb(look.positive))
        return np.asarray(rgb(look.middle) + share * (ends - rgb(look.middle)))
    share = plane / high if high else np.zeros_like(plane)
    return np.repeat(share[..., None], 3, axis=-1)


def padded_shades(conv: Convolution, look: Theme) -> list[np.ndarray]:
    """The shades of each channel in its ring of padding, which has the colour of the background."""
    (top, bottom), (left, right) = conv.pads
    found = []
    for channel in conv.image:
        framed = np.tile(rgb(look.background), (*conv.padded_shape[1:], 1))
        rows, columns = framed.shape[:2]
        framed[top : rows - bottom, left : columns - right] = shades(channel, conv.image, look)
        found.append(framed)
    return found


def close(plane: np.ndarray, fills: np.ndarray) -> np.ndarray:
    """Which cells have their colour."""
    return np.abs(plane.reshape(-1, 3) - fills).max(1) < 0.01


def hue(conv: Convolution, weight: int) -> int:
    """Which of the palette's colours a weight has: of more weights than colours each filter has one."""
    size = conv.kernel.size
    return weight if size <= 16 else weight // (size // len(conv.kernel))


def is_weight(place: Place, look: Theme) -> bool:
    """Whether a cell has the border of a weight."""
    border = place.squares[-1]
    return bool(border.stroked) and min(np.abs(rgb(color) - border.stroke[:3]).max() for color in look.weights) < 0.01


def weight_by_colour(square: Drawn, look: Theme) -> Key:
    """The first weight with the colour of a square's border."""
    gaps = [np.abs(rgb(color) - square.stroke[:3]).max() for color in look.weights]
    return ("weight", int(np.argmin(gaps)))


def planes_of(kind: str, shape: tuple[int, ...]) -> list[list[Key]]:
    """The keys of each plane of an array whose last two axes are rows and columns."""
    size = shape[-2] * shape[-1]
    return [[(kind, start + i) for i in range(size)] for start in range(0, int(np.prod(shape)), size)]


def touches(one: Place, other: Place) -> bool:
    """Whether two cells of one size share a side."""
    gap = np.sort(np.abs(one.middle - other.middle))
    return bool(abs(one.side - other.side) < 0.01 and gap[0] < NEAR and abs(gap[1] - one.side) < 0.02 * one.side)


def follows(one: Place, other: Place) -> bool:
    """Whether a cell stands right after another one of its size."""
    across, up = other.middle - one.middle
    gap = across - (one.squares[0].width + other.squares[0].width) / 2
    return bool(abs(one.side - other.side) < 0.01 and abs(up) < NEAR and 0 < gap < 0.4 * one.side)


def in_rows(cells: list[Place]) -> list[list[Place]]:
    """Cells in rows from the top, each from the left."""
    top, left = max(c.middle[1] for c in cells), min(c.middle[0] for c in cells)
    side = cells[0].side
    rows: dict[int, dict[int, Place]] = {}
    for cell in cells:
        row, column = round((top - cell.middle[1]) / side), round((cell.middle[0] - left) / side)
        rows.setdefault(row, {})[column] = cell
    return [[rows[r][c] for c in sorted(rows[r])] for r in sorted(rows)]


def bars(edge: Drawn) -> list[np.ndarray]:
    """The corners of each bar that an edge is made of: one, or a dash each."""
    corners = edge.points[::4, :2]
    return [corners[i : i + 4] for i in range(0, len(corners), 4)]


def ends(edge: Drawn) -> tuple[np.ndarray, np.ndarray]:
    """Where the middle line of a bar, or of its dashes, starts and ends: the middles of its two short sides."""
    found = []
    for corners in bars(edge):
        sides = [(corners[i] + corners[(i + 1) % 4]) / 2 for i in range(4)]
        lengths = [np.linalg.norm(corners[i] - corners[(i + 1) % 4]) for i in range(4)]
        short = int(np.argmin([lengths[0] + lengths[2], lengths[1] + lengths[3]]))
        found += [sides[short], sides[short + 2]]
    far = farthest(found, found[0])
    return far, farthest(found, far)


def farthest(points: Sequence[np.ndarray], start: np.ndarray) -> np.ndarray:
    """The one that is farthest from a point."""
    return max(points, key=lambda point: float(np.linalg.norm(point - start)))


def distance(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    """From a point to a line's piece."""
    along = end - start
    share = float(np.clip((point - start) @ along / (along @ along), 0, 1))
    return float(np.linalg.norm(point - start - share * along))
