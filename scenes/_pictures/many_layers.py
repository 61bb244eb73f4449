"""Two layers in a row: as grids, as three columns of neurons, as matrices, as one filter, and how far they see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, RoundedRectangle, VGroup

from scenes._layout import Measure, Part, Size, between, block, column, first_of, row, solve, table
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell, Grid, label_share
from scenes._mobjects.edges import Edge
from scenes._mobjects.excerpt import Part as Shown
from scenes._mobjects.grids import Filter, ImageGrid, result_grid
from scenes._mobjects.nodes import Layer
from scenes._mobjects.text import CAPTION_SIZE, LEAST, Line, symbol
from scenes._pictures.many_filters import clear
from scenes._pictures.standing import name_word, put, stage_room, word_block, write
from scenes._words.digits import result_values
from scenes._words.many_layers import NAMES, Chain, Second, field_names, fields
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_LARGEST, _FRAME, _SIGN = 1.1, 0.36, 0.6
"""The side of a cell at most, what a filter's frame reaches around it in sides, and the size of a sign (em)."""
_GAP = between(0.14, 0.45)


class _Parts:
    """Blocks of grids in cells of one size, with signs between them."""

    def __init__(self, read: bool) -> None:
        self.cell = Size("cells", most=_LARGEST)
        self._read = read

    def grid(self, name: str, wide: float, tall: float, pieces: Sequence[Piece]) -> Part:
        reads: dict[str, Measure] = {"labels": label_share(pieces) * self.cell} if self._read else {}
        return block(name, wide * self.cell, tall * self.cell, reads, look=self._read)

    def image(self, name: str, subject: Subject) -> Part:
        _, rows, columns = subject.conv.image.shape
        return self.grid(name, columns, rows, [subject.pixel(p) for p in range(subject.conv.counts.pixels)])

    def filter(self, name: str, subject: Subject) -> Part:
        wide, tall = Filter.extent(subject.conv)
        weights = [subject.weight(w) for w in range(subject.conv.counts.weights)]
        return self.grid(name, wide + _FRAME, tall + _FRAME, [*weights, subject.bias()])

    def result(self, name: str, subject: Subject) -> Part:
        _, rows, columns = subject.conv.output_shape
        return self.grid(name, columns, rows, [subject.result(r) for r in range(subject.conv.counts.results)])

    @staticmethod
    def sign(name: str) -> Part:
        return block(name, 0.42, 0.42)


def _signs(says: Sequence[str]) -> dict[str, VGroup]:
    return {f"sign {k}": VGroup(symbol(one, ("operator",), _SIGN)) for k, one in enumerate(says)}


class ChainDesk(VGroup):
    """image ∗ filter = map, map ∗ filter = last number: in a row, or the second layer below the first."""

    def __init__(self, chain: Chain) -> None:
        first, second = chain.subjects
        options = []
        for read in (True, False):
            parts = _Parts(read)
            image, filter_, map_ = (
                parts.image("image", first), parts.filter("first", first), parts.image("map", second)
            )  # fmt: skip
            other, last = parts.filter("second", second), parts.result("last", second)
            signs = [parts.sign(f"sign {k}") for k in range(4)]
            one = [image, signs[0], filter_, signs[1], map_]
            two = [signs[2], other, signs[3], last]
            options.append((parts, first_of(
                row(*one, *two, gap=_GAP),
                column(row(*one, gap=_GAP), row(*two, gap=_GAP), gap=between(0.3, 1.0)),
            )))  # fmt: skip
        layout = solve(first_of(*(option for _, option in options), near=0.0), stage_room().inset(0.1, 0.1), LEAST)
        side = layout.size(options[0 if layout["image"].look else 1][0].cell)
        self.image, self.map, self.last = ImageGrid(first, side), ImageGrid(second, side), result_grid(second, side)
        self.filters = Filter(first, side), Filter(second, side)
        for filter_mobject in self.filters:
            clear([*filter_mobject.grid.cells, *filter_mobject.biases])
        self.signs = _signs("∗=∗=")
        put(layout, image=self.image, first=self.filters[0], map=self.map, second=self.filters[1], last=self.last)
        put(layout, **self.signs)
        super().__init__(self.image, *self.filters, self.map, self.last, *self.signs.values())


class ChainNetwork(VGroup):
    """Three columns of neurons; `edges[layer][result, source]`."""

    def __init__(self, chain: Chain) -> None:
        first, second = chain.subjects
        stage = frame()
        counts = (chain.first.counts.pixels, chain.first.counts.results, chain.results)
        names = (first.pixel, second.pixel, second.result)
        values = chain.first.image.ravel().tolist(), chain.second.image.ravel().tolist(), result_values(chain.second)
        tall, wide = stage.stage_height - 0.1, min(4.6, (stage.stage_width - 2.4) / 2)
        sides = (LEFT, UP, RIGHT)
        self.layers = [
            Layer(Shown(tuple(range(many)), many), name, theme().shades(shown), tall, 0.42, 0.42, aside)
            for many, name, shown, aside in zip(counts, names, values, sides, strict=True)
        ]
        for node in self.layers[1].nodes:
            # Beside its neuron a name would stand on the lines that end there.
            if node.label and np.linalg.norm(node.label.get_center() - node.middle) > node.circle.width / 2:
                node.unlabel()
        for k, layer in enumerate(self.layers):
            layer.shift(RIGHT * k * wide)
        VGroup(*self.layers).move_to(UP * stage.stage_middle)
        before = chain.weights[0]
        self.edges = [
            {
                (int(tap["result"]), int(tap["pixel"])): Edge(
                    self.layers[k].nodes[int(tap["pixel"])].middle,
                    self.layers[k + 1].nodes[int(tap["result"])].middle,
                    ("edge", k, int(tap["result"]), int(tap["pixel"])),  # type: ignore[arg-type]
                    int(tap["weight"]) + k * before,
                )
                for tap in conv.taps
            }
            for k, conv in enumerate((chain.first, chain.second))
        ]
        super().__init__(*self.layers, *(edge for layer in self.edges for edge in layer.values()))


class ProductPicture(VGroup):
    """The second matrix left of the product, and the first matrix above that: columns stand in line."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        numbers, pixels = chain.first.counts.results, chain.first.counts.pixels
        rows = {
            "first": [chain.entry(1, r, p) for r in range(numbers) for p in range(pixels)],
            "second": [chain.entry(2, 0, r) for r in range(numbers)],
            "product": [chain.product(p) for p in range(pixels)],
        }
        entry, em = Size("entries", most=0.85), Size("the sum", most=0.5)
        shapes = {"first": (numbers, pixels), "second": (1, numbers), "product": (1, pixels)}
        labels = label_share([piece for one in rows.values() for piece in one])
        words = [word_block(f"name {name}", text, CAPTION_SIZE) for name, text in _MATRICES.items()]
        options = []
        for read, most in ((True, _WHOLE), (True, _FEW), (False, _WHOLE), (False, _FEW), (False, _LEAST)):
            share: dict[str, Measure] = {"entries": labels * entry} if read else {}
            made = {
                name: block(name, wide * entry, tall * entry, share, look=read) for name, (tall, wide) in shapes.items()
            }
            first = column(words[0], made["first"], gap=0.12)
            second = column(words[1], made["second"], gap=0.12)
            line = block("sum", _widest(chain, most) * em, 1.2 * em, {"a sum": 1.0 * em}, look=most)
            beside = table([None, first], [second, made["product"]], apart=0.35, below=0.2)
            above = column(second, column(first, made["product"], gap=0.2), gap=between(0.25, 0.6))
            schemes = [column(one, line, gap=between(0.25, 0.6)) for one in (beside, above)]
            options.append(first_of(*schemes, tall=schemes[::-1]))
        layout = solve(first_of(*options, near=0.0), stage_room().inset(0.1, 0.05), LEAST)
        side = layout.size(entry)
        shades = theme().shades(chain.matrix[0].tolist())
        self.grids = {
            name: Grid((1, 1, *shapes[name]), rows[name], side, shades=shades if name == "product" else ())
            for name in shapes
        }
        put(layout, **self.grids)
        if not layout["first"].look:
            clear([*self.grids["first"].cells, *self.grids["second"].cells])
        self.names = [write(layout, f"name {name}", name_word(text)) for name, text in _MATRICES.items()]
        self._place, self._size, self._most = layout["sum"], layout.size(em), int(layout["sum"].look)
        if self.grids["second"].get_right()[0] < self.grids["product"].get_left()[0]:
            # The product's row stands on the line of the second matrix.
            self.grids["product"].set_y(self.grids["second"].get_y())
        super().__init__(*self.grids.values(), *self.names)

    def column(self, pixel: int) -> list[Cell]:
        """A column of the first matrix."""
        pixels = self._chain.first.counts.pixels
        return self.grids["first"].cells[pixel::pixels]

    def sum_line(self, pixel: int) -> Line:
        """An entry of the product, worked out."""
        line = Line(sum_pieces(self._chain, pixel, self._most), self._size)
        return line.move_to(RIGHT * self._place.x + UP * self._place.y)


_MATRICES = {"first": "matrix of the first layer", "second": "of the second"}


_WHOLE, _FEW, _LEAST = 99, 4, 2
"""So many products of a sum stand there at most, the more the better."""


def sum_pieces(chain: Chain, pixel: int, most: int) -> list[Piece | str]:
    """Row times column, without the products in which a zero stands; of many, dots before the last one."""
    products = [(chain.entry(2, 0, r), chain.entry(1, r, pixel)) for r in range(chain.first.counts.results)]
    products = [pair for pair in products if not any(one.key and one.key[0] == "zero" for one in pair)]
    pieces: list[Piece | str] = []
    for at, pair in enumerate(products):
        if most <= at + 1 < len(products):
            pieces += ["+", "…"] if at + 1 == most else []
            continue
        pieces += ["+"] if pieces else []
        for k, one in enumerate(pair):
            pieces += ["·"] if k else []
            pieces += ["(", one, ")"] if one.says.startswith("−") else [one]
    return [*(pieces or ["0"]), "=", chain.product(pixel)]


def _widest(chain: Chain, most: int) -> float:
    """The width of the longest sum, in em: all are about as long as that of the most signs."""
    lines = sorted((sum_pieces(chain, p, most) for p in range(chain.first.counts.pixels)), key=len)
    return max(float(Line(line, 1.0).width) for line in lines[-3:])


class OnePicture(VGroup):
    """image ∗ one filter = the same number."""

    def __init__(self, chain: Chain) -> None:
        first, second = chain.numbers
        _, _, rows, columns = chain.one.kernel.shape
        self.pieces = [chain.product(pixel) for pixel in chain.field]
        options = []
        for read in (True, False):
            parts = _Parts(read)
            one = parts.grid("one", columns, rows + 1.2, [*self.pieces, chain.one_bias])
            signs = [parts.sign(f"sign {k}") for k in range(2)]
            last = parts.grid("last", 1, 1, [second.result(0)])
            image = parts.image("image", first)
            options.append((parts, first_of(
                row(image, signs[0], one, signs[1], last, gap=_GAP),
                column(image, row(signs[0], one, signs[1], last, gap=_GAP), gap=_GAP),
            )))  # fmt: skip
        layout = solve(first_of(*(option for _, option in options), near=0.0), stage_room().inset(0.1, 0.2), LEAST)
        side = layout.size(options[0 if layout["image"].look else 1][0].cell)
        shades = theme().shades(chain.one.kernel.ravel().tolist())
        self.image = ImageGrid(first, side)
        self.one = Grid((1, 1, rows, columns), self.pieces, side, shades=shades)
        self.bias = Cell(chain.one_bias, side).next_to(self.one, DOWN, buff=0.2 * side)
        self.last = Cell(second.result(0), side)
        self.signs = _signs("∗=")
        put(layout, image=self.image, one=VGroup(self.one, self.bias), last=self.last, **self.signs)
        super().__init__(self.image, self.one, self.bias, self.last, *self.signs.values())


class BetweenPicture(VGroup):
    """The map, the same behind the activation, the second filter, and what it makes of that."""

    def __init__(self, chain: Chain) -> None:
        _, second = chain.numbers
        active: Second = chain.activated
        name = NAMES[chain.kind]
        options = []
        for read in (True, False):
            parts = _Parts(read)
            map_, other = parts.image("map", second), parts.image("active", active)
            filter_, last = parts.filter("second", active), parts.result("last", active)
            signs = [parts.sign(f"sign {k}") for k in range(2)]
            word = word_block("word", name, 0.42)
            head, tail = [map_, word, other], [signs[0], filter_, signs[1], last]
            options.append((parts, first_of(
                row(*head, *tail, gap=_GAP),
                column(row(*head, gap=_GAP), row(*tail, gap=_GAP), gap=between(0.3, 1.0)),
            )))  # fmt: skip
        layout = solve(first_of(*(option for _, option in options), near=0.0), stage_room().inset(0.1, 0.2), LEAST)
        side = layout.size(options[0 if layout["map"].look else 1][0].cell)
        self.map, self.active = ImageGrid(second, side), ImageGrid(active, side)
        self.filter, self.last = Filter(active, side), result_grid(active, side)
        clear([*self.filter.grid.cells, *self.filter.biases])
        self.word = write(layout, "word", name_word(name))
        self.signs = _signs("∗=")
        put(layout, map=self.map, active=self.active, second=self.filter, last=self.last, **self.signs)
        super().__init__(self.map, self.word, self.active, self.filter, self.last, *self.signs.values())


class FieldPicture(VGroup):
    """A grid of pixels, and around its middle how far each layer sees; `words` say it."""

    def __init__(self) -> None:
        sizes = fields()
        side = sizes[-1][0]
        cell = Size("cells", most=0.8)
        words = [word_block(f"word {k}", text, CAPTION_SIZE) for k, text in enumerate(field_names())]
        grid = block("grid", side * cell, side * cell)
        lines = column(*words, gap=between(0.3, 0.9), align="start")
        layout = solve(
            first_of(row(grid, lines, gap=between(0.4, 1.5)), column(grid, lines, gap=0.4)),
            stage_room().inset(0.2, 0.2), LEAST,
        )  # fmt: skip
        self.side = layout.size(cell)
        self.grid = Grid((1, 1, side, side), [None] * side**2, self.side)
        put(layout, grid=self.grid)
        self.middle = self.grid.cells[side * side // 2]
        self.frames = [self._frame(rows, columns) for rows, columns in sizes]
        self.words = [write(layout, f"word {k}", name_word(text)) for k, text in enumerate(field_names())]
        super().__init__(self.grid, *self.frames, *self.words)

    def _frame(self, rows: int, columns: int) -> RoundedRectangle:
        made = RoundedRectangle(
            corner_radius=0.08, width=columns * self.side, height=rows * self.side,
            stroke_color=theme().accent, stroke_width=5,
        )  # fmt: skip
        return made.move_to(ORIGIN + self.middle.middle).set_z_index(FRAME_LAYER)
