"""The one picture of a classic: input, filter, output and weight matrix side by side, and room for a sum below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from manim import DOWN, RIGHT, UP, Rectangle, VGroup, VMobject

from cnnmath import Convolution
from cnnmath.transposed import Share, Transposed
from cnnmath.values import Ints
from scenes._look import frame as _frame
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, Cell, Grid, Patch
from scenes._mobjects.grids import ImageGrid, result_grid, weight_grid
from scenes._mobjects.pixel_matrix import PixelMatrix, cell_for
from scenes._mobjects.sums import Product, SumLine
from scenes._mobjects.sweep import Sweep
from scenes._mobjects.text import READABLE, Glyph, symbol, words
from scenes._words.digits import number
from scenes._words.piece import Piece
from scenes._words.subject import Subject

WIDE, GRID_TALL, GRID_MIDDLE = _frame.WIDE.stage_width - 0.2, 4.23, 0.6
"""Room for the grids and the matrix."""
SUM_Y, STRIP_Y, SUM_ROOM = -2.5, -3.25, _frame.WIDE.stage_width - 0.4
_LARGEST, _GAP, _MATRIX_LEAST, _FRAME = 1.0, 0.5, 2.7, 0.08
LABEL_SIZE = 0.46
"""Size of "input" and "output", in em: it is these that people mix up."""


def side_for(conv: Convolution) -> float:
    """The side of all cells: as large as the padded image, the filter and the results side by side allow."""
    grids = (conv.padded_shape[1:], conv.kernel.shape[2:], conv.output_shape[1:])
    columns, rows = sum(grid[1] for grid in grids), max(grid[0] for grid in grids)
    return float(min(_LARGEST, GRID_TALL / rows, (WIDE - _MATRIX_LEAST - 3 * _GAP) / columns))


class ClassicStage(VGroup):
    """Four things in a row, each with its name below; the output has a bright frame."""

    def __init__(
        self, conv: Convolution, weights: Grid, source: Grid, target: Grid, framed: Sequence[Cell], turning: bool
    ) -> None:
        self.conv, self.filter, self.source, self.target = conv, weights, source, target
        room = WIDE - 3 * _GAP - sum(grid.width for grid in (source, weights, target))
        self.matrix = PixelMatrix(conv.sharing, cell_for(conv.sharing, room, GRID_TALL, turning))
        slot = self.matrix.border.copy()
        if turning:
            slot.stretch_to_fit_width(max(slot.width, slot.height)).stretch_to_fit_height(slot.width)
        blocks = VGroup(source, weights, target, slot)
        gap = min(1.1, (WIDE - sum(block.width for block in blocks)) / 3)
        blocks.arrange(RIGHT, buff=gap).move_to(UP * GRID_MIDDLE)
        self.matrix.move_to(slot)
        self.upright = self.matrix.border.copy()
        framed_cells = VGroup(*(cell.box for cell in framed))
        margin = 2 * _FRAME if len(framed) == len(target.cells) else 0.0
        self.frame = Rectangle(
            width=framed_cells.width + margin, height=framed_cells.height + margin, stroke_color=theme().accent
        )
        self.frame.set_stroke(width=4).move_to(framed_cells).set_z_index(FRAME_LAYER)
        self.matrix_label = matrix_label("W", conv.sharing).next_to(self.matrix.border, DOWN, buff=0.18)
        self.labels = VGroup(
            *(
                words(text, LABEL_SIZE, color, key=("label", text)).next_to(block, DOWN, buff=0.18)
                for text, block, color in (
                    ("input", source, theme().text),
                    ("filter", weights, theme().muted),
                    ("output", VGroup(target, self.frame), theme().text),
                )
            )
        )
        super().__init__(source, weights, self.frame, self.labels, self.matrix, self.matrix_label)

    def sum_line(
        self, terms: Sequence[Product], total: Piece, before: Piece | None = None, room: float = SUM_ROOM
    ) -> SumLine:
        """A sum at its place below the grids."""
        line = SumLine(terms, total, room, before)
        return line.shift(UP * (SUM_Y - 0.34 * line.total.em - line.total.baseline))


def matrix_label(name: str, sharing: Ints) -> VGroup:
    """What the small matrix is, "W" or "WT" for the transposed one, and its size."""
    rows, columns = sharing.shape
    ink, key = theme().muted, ("label", name)
    parts = [symbol("W", key, LABEL_SIZE, ink)]
    if name == "WT":
        raised = symbol("T", key, READABLE + 0.01, ink).next_to(parts[0], RIGHT, buff=0.02)
        parts.append(raised.align_to(parts[0], UP).shift(UP * 0.1))
    size = words(f": {rows} × {columns}", LABEL_SIZE, ink, key).next_to(parts[-1], RIGHT, buff=0.03)
    return VGroup(*parts, size.shift(UP * (parts[0].baseline - size.baseline)))


class ForwardStage(ClassicStage):
    """A convolution: image in, results out."""

    def __init__(self, subject: Subject) -> None:
        side = side_for(subject.conv)
        self.subject = subject
        self.image, self.result = ImageGrid(subject, side), result_grid(subject, side)
        for cell in self.image.padding.values():
            if cell.label:
                cell.label.set_fill(theme().text)
        super().__init__(
            subject.conv, weight_grid(subject, side), self.image, self.result, self.result.cells, turning=False
        )
        self.curtain = self.matrix.curtain(0)
        self.add(self.result.boxes, self.curtain)

    def sweep(self) -> Sweep:
        """The filter, ready to be laid on the image."""
        return Sweep(self.image, self.filter)

    def sum_of(self, result: int) -> SumLine:
        """How a result is worked out."""
        names = self.subject
        terms = [Product(names.weight(t.weight), names.pixel(t.pixel)) for t in self.conv.equations()[result].terms]
        return self.sum_line(terms, names.result(result))


class TransposedStage(ClassicStage):
    """A transposed convolution: values on the results' side in, a picture of the image's shape out."""

    def __init__(self, transposed: Transposed, subject: Subject) -> None:
        conv = transposed.convolution
        side = side_for(conv)
        self.subject, self.transposed = subject, transposed
        values = transposed.given.ravel().tolist()
        self._given = [Piece(number(value), ("input", i)) for i, value in enumerate(values)]
        self.given = Grid((1, *conv.output_shape), self._given, side)
        self.image = _blank(ImageGrid(subject, side))
        super().__init__(conv, weight_grid(subject, side), self.given, self.image, self.image.pixels, turning=True)
        self.add(self.image)

    def value(self, share: Share) -> Glyph:
        """What stands in the output's cell after a share has come to it."""
        cell = self.image.pixels[share.pixel]
        return Cell(self.after(share), cell.side).symbol.centre_on(cell.middle)

    def after(self, share: Share) -> Piece:
        """The sum so far."""
        return Piece(number(share.after, _size(share)), ("output", share.pixel, share.result))

    def part(self, share: Share) -> Product:
        """The weight and the given value of a share."""
        return Product(self.subject.weight(share.weight), self._given[share.result])

    def sum_so_far(self, share: Share) -> SumLine:
        """One share comes to what is there."""
        before = None if share.before is None else Piece(number(share.before), ("before", share.pixel, share.result))
        return self.sum_line([self.part(share)], self.after(share), before)

    def whole_sum(self, pixel: int) -> SumLine:
        """All that comes to one pixel."""
        shares = self.transposed.of_pixel(pixel)
        return self.sum_line([self.part(share) for share in shares], self.after(shares[-1]))

    def stamp(self, result: int) -> Stamp:
        """What one given value spreads over the output."""
        products = {
            share.weight: Piece(number(share.product), ("share", share.pixel, share.result))
            for share in self.transposed.of_result(result)
        }
        return Stamp(self.subject, self.image.under(result), products)

    def gathering(self, pixel: int) -> Patch:
        """The input cells that give to one pixel, in the colours of the weights that they go through."""
        shares = self.transposed.of_pixel(pixel)
        weights = [self.subject.weight(share.weight) for share in shares]
        return Patch(weights, [self.given.cells[share.result] for share in shares], size=0)


class Stamp(VGroup):
    """The filter times one value, as it lies on the output: `boxes` in the weights' colours, `products` on them.

    What lies beyond the output has no product: it is cut off.
    """

    def __init__(self, subject: Subject, under: Sequence[tuple[int, Cell]], products: dict[int, Piece]) -> None:
        look = theme()
        patch = Patch([subject.weight(weight) for weight, _ in under], [cell for _, cell in under], size=0)
        self.boxes = VGroup(*(cast(VMobject, part[0]) for part in patch))
        self.products: dict[int, Glyph] = {}
        for weight, cell in under:
            if weight in products:
                label = Cell(products[weight], cell.side).symbol.centre_on(cell.middle)
                self.products[weight] = label.set_fill(look.weight(weight)).set_z_index(label.z_index)
        super().__init__(self.boxes, *self.products.values())


def _size(share: Share) -> float:
    """How large the terms of a sum so far are together."""
    return abs(share.before or 0.0) + abs(share.product)


def _blank(image: ImageGrid) -> ImageGrid:
    """Take all symbols and shades away: an output has none yet."""
    image.blank()
    for cell in image.cells:
        if cell.label:
            cell.remove(cell.label)
            cell.label = None
    return image
