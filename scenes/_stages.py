"""The pictures at which one clip hands over to the next. Both clips build them here, so the two stills are equal."""

from __future__ import annotations

from typing import NamedTuple

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, VGroup, VMobject

from cnnmath import Convolution
from scenes._frame import frame
from scenes._mobjects.cells import LARGEST_SHARE, caption, extent, labels_fit, least_width
from scenes._mobjects.edges import PLAIN
from scenes._mobjects.equations import all_equal
from scenes._mobjects.grids import Filter, ImageGrid, filter_planes, image_planes, result_grid, weight_grid
from scenes._mobjects.matrix import GAP, Matrix, column
from scenes._mobjects.network import NetworkGraph, edge_labels
from scenes._mobjects.text import READABLE, TEXT_SIZE, Glyph, symbol, words
from scenes._names import Names
from scenes._narrow import (
    PIXELS_ABOVE,
    NarrowSources,
    graph_below,
    graph_in,
    is_clear,
    key_filter,
    line_heights,
    matrix_side_below,
    place_star,
    place_sums,
    place_trio,
    product_sides,
    star_sides,
    trio_blocks,
    trio_rows,
    trio_sides,
    trio_with_sums,
    weights_least,
)
from scenes._rows import BELOW, stage, stand
from scenes._theme import theme


class ImageAlone(VGroup):
    """The image in the middle of the stage."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        shape = frame()
        # In a tall picture channels stand below each other.
        wide, tall = extent(image_planes(conv, ring=False, across=not shape.tall))
        room = (1.5, 4.7, 12) if shape.wide else (2.1, shape.stage_height - 0.4, shape.stage_width - 0.2)
        side = min(room[0], room[1] / tall, room[2] / wide)
        self.image = ImageGrid(conv, names, side, ring=False, across=not shape.tall)
        self.image.move_to(UP * frame().stage_middle)
        super().__init__(self.image)


class Trio(VGroup):
    """Filter, image and result side by side, as large as the stage allows; before there are results, no padding.

    With `sums` there is room for what each channel adds to a result, between image and result: from the image to
    `sums_to`. In a picture that is not wide they stand in rows.
    """

    def __init__(self, conv: Convolution, names: Names, result: bool = True, sums: bool = False) -> None:
        if frame().wide:
            self._side_by_side(conv, names, result, sums)
        else:
            self._in_rows(conv, names, result, sums)
        beside = not sums or frame().wide or not is_clear(self.result, line_heights(self.image))
        self.sums_to = float(self.result.get_left()[0]) if beside else frame().safe_x - 0.05

    def _in_rows(self, conv: Convolution, names: Names, result: bool, sums: bool) -> None:
        """As the stage of a narrower picture allows."""
        blocks, room = trio_blocks(conv, ring=result), stage()
        if sums:
            order, sides, room = trio_with_sums(conv, names)
        else:
            order, sides = trio_sides(conv, names, blocks, trio_rows(result), room)
        self.side = sides[1]
        self.filter = Filter(conv, names, sides[0])
        self.image = ImageGrid(conv, names, sides[1], ring=result)
        self.result = result_grid(conv, names, sides[2])
        shown = [self.filter, self.image, *([self.result] if result else [])]
        place = place_sums if sums else place_trio
        self.captions = place(shown, order, (filter_word(conv), "image", "result"), room)
        super().__init__(*shown, self.captions)

    def _side_by_side(self, conv: Convolution, names: Names, result: bool, sums: bool) -> None:
        """In one row."""
        wide, tall = extent(image_planes(conv, ring=result))
        filter_wide, filter_tall = Filter.extent(conv)
        result_wide, result_tall = extent((1, *conv.output_shape))
        filter_tall += 0.4
        # Several channels make the image's cells small; the results need not be as small as they are.
        apart = result and len(conv.image) > 1
        result_side = min(0.88, 4.55 / result_tall, 2.4 / result_wide)
        wide += result_wide if result and not apart else 0
        gaps = [2.6] if not result else [1.1, SUMS_ROOM] if sums else [1.8, 1.8]
        room = 13.0 - sum(gaps) - (result_side * result_wide if apart else 0)
        side = min(1.3, room / (filter_wide + wide), 4.55 / max(tall, filter_tall, result_tall))
        # Beside a large image the filter stays readable, and the image takes what is left.
        weight_side = max(side, min(0.62, 4.75 / filter_tall))
        if apart and LARGEST_SHARE * side >= READABLE:
            weight_side = max(side, min(weight_side, (room - wide * side) / filter_wide))
        side = min(weight_side, (room - filter_wide * weight_side) / wide, 4.55 / max(tall, result_tall))
        self.side = side
        self.filter = Filter(conv, names, weight_side)
        self.image = ImageGrid(conv, names, side, ring=result)
        self.result = result_grid(conv, names, result_side if apart else side)
        blocks: list[VMobject] = [self.filter, self.image, *([self.result] if result else [])]
        if sums:
            # What is left over belongs to the sums.
            gaps[1] = max(SUMS_ROOM, min(7.5, 12.9 - gaps[0] - sum(block.width for block in blocks)))
        for left, right, gap in zip(blocks[:-1], blocks[1:], gaps, strict=True):
            right.next_to(left, RIGHT, buff=gap)
        floor = min(block.get_bottom()[1] for block in blocks)
        self.captions = VGroup(
            *(
                caption(text, block, floor - 0.5)
                for text, block in zip((filter_word(conv), "image", "result"), blocks, strict=False)
            )
        )
        super().__init__(*blocks, self.captions)
        self.move_to(UP * frame().stage_middle)


SUMS_ROOM = 5.2
"""Between image and result, where each channel's share of a sum is written."""


def filter_word(conv: Convolution) -> str:
    """What stands below the filters."""
    return "filter" if len(conv.kernel) == 1 else "filters"


class AppliedColumn(VGroup):
    """One position of the filter: the filter, what it is applied to, and the one result that this yields.

    They stand below each other, and side by side in a tall picture.
    """

    def __init__(self, conv: Convolution, names: Names, stop: int, side: float, apart: float) -> None:
        self.stop = stop
        self.filter = weight_grid(conv, names, side)
        self.image = ImageGrid(conv, names, side)
        self.result = result_grid(conv, names, side)
        for i, cell in enumerate(self.result.cells):
            if i != stop and cell.label:
                cell.remove(cell.label)
                cell.label = None
        VGroup(self.filter, self.image, self.result).arrange(RIGHT if frame().tall else DOWN, buff=apart)
        self.patch = self.image.cover(stop)
        super().__init__(self.filter, self.image, self.result, self.patch)


_WORD_ROOM = 0.52
"""For words between what stands below each other."""


class TableRoom(NamedTuple):
    """How the positions of the filter stand beside each other: the room for them, and across for one of them.

    `between` is the room between two of them, `apart` that between their parts, `label` that for the words, of size
    `label_size`; without it they stand between the parts. No cell is larger than `largest`, and none smaller than
    `smallest` only to have room for all positions.
    """

    along: float
    across: float
    apart: float
    label: float
    label_size: float
    between: float
    largest: float
    smallest: float

    @classmethod
    def of(cls, conv: Convolution, names: Names) -> TableRoom:
        """The room in this shape of picture."""
        shape = frame()
        if shape.wide:
            return cls(shape.stage_width - 2.3, 5.3 - 2 * 0.32, 0.32, 2.3, TEXT_SIZE, 0.45, 0.72, 0.6)
        if shape.tall:
            return cls(shape.page_height - 0.8, shape.stage_width - 2 * 0.62, 0.62, 0.8, TEXT_SIZE, 0.4, 1.0, 0.6)
        pixels = (names.pixel(p) for p in range(conv.counts.pixels))
        least = least_width([*pixels, *(names.result(r) for r in range(conv.counts.results))])
        least = max(least, weights_least(conv, names))
        wide, tall = shape.stage_width, shape.page_height
        made = cls(wide - 0.1, tall - 3 * _WORD_ROOM - 0.2, _WORD_ROOM, 0.0, 0.38, 0.2, 0.72, least)
        if made.side(conv) >= least:
            return made
        return cls(wide - 1.65, tall - 2 * 0.32 - 0.3, 0.32, 1.65, 0.34, 0.18, 0.72, least)

    def side(self, conv: Convolution) -> float:
        """The side of a cell with which filter, image and result of a position fit."""
        axis = 2 if frame().tall else 1
        cells = conv.kernel.shape[axis + 1] + conv.padded_shape[axis] + conv.output_shape[axis]
        return float(min(self.largest, self.across / cells))


class AppliedTable(VGroup):
    """Positions of the filter side by side; where not all fit, the first ones, dots, and the last one.

    In a tall picture they stand below each other.
    """

    @classmethod
    def fits(cls, conv: Convolution, names: Names) -> bool:
        """Whether the cells of the table can be read, the weights' symbols in them included."""
        if TableRoom.of(conv, names).side(conv) < READABLE or len(conv.image) > 1 or len(conv.kernel) > 1:
            return False
        table = cls(conv, names)
        glyphs = [part for part in table.get_family() if isinstance(part, Glyph)]
        marks = table.columns[0].image.mark_size > 0 or frame().square
        reach = max(-float(table.get_left()[0]), float(table.get_right()[0]))
        return reach <= frame().safe_x + 0.01 and marks and min(glyph.em for glyph in glyphs) >= READABLE - 0.006

    def __init__(self, conv: Convolution, names: Names) -> None:
        results, tall, room = conv.counts.results, frame().tall, TableRoom.of(conv, names)
        axis = 1 if tall else 2
        cells = max(conv.kernel.shape[axis + 1], conv.padded_shape[axis], conv.output_shape[axis])
        side = room.side(conv)
        # All of them a little smaller, or else fewer of them.
        smaller = min(side, (room.along / results - room.between) / cells)
        if smaller >= min(side, room.smallest):
            side, shown = smaller, list(range(results))
        else:
            fit = max(2, int((room.along - 0.8) // (cells * side + room.between)))
            shown = [*range(fit - 1), results - 1]
        self.columns = [AppliedColumn(conv, names, stop, side, room.apart) for stop in shown]
        self.dots = VGroup(symbol("⋮" if tall else "…", ("dots",))) if len(shown) < results else VGroup()
        between = [*self.columns[:-1], *self.dots, self.columns[-1]]
        taken = sum(float(part.height if tall else part.width) for part in between)
        gap = min(0.75, (room.along - taken) / len(between))
        aside = DOWN if tall else RIGHT
        middle = frame().stage_middle if frame().wide else frame().page_middle - 0.05
        middle -= 0.0 if room.label else room.apart / 2
        VGroup(*between).arrange(aside, buff=gap).move_to(UP * middle + aside * room.label / 2)
        blocks = (self.columns[0].filter, self.columns[0].image, self.columns[0].result)
        named = zip(("The filter", "applied to", "yields"), blocks, strict=True)
        self.words = VGroup(*(self._word(text, block, room) for text, block in named))
        super().__init__(*self.columns, self.words, *self.dots)

    def _word(self, text: str, block: VGroup, room: TableRoom) -> Glyph:
        """What stands left of a block, or above the first ones, or above all of them."""
        word = words(text, room.label_size, theme().text, key=("row",))
        if not room.label:
            return word.set_x(0).shift(UP * (block.get_top()[1] + 0.17 - word.baseline))
        if not frame().tall:
            return word.move_to(UP * block.get_y()).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        top = float(self.columns[0].get_top()[1])
        return word.set_x(block.get_x()).shift(UP * (top + 0.35 - word.baseline))


class Sources(VGroup):
    """What a view is made from: the image above the filter, each as large as a column of width `room` allows.

    Several channels or filters stand beside the image: below it they would be too small. Cells of weights have at
    least the side `least`, where there is room; image and filter are together no higher than `height`.
    """

    TALL = 4.6

    def __init__(
        self, conv: Convolution, names: Names, room: float, largest: float, least: float = 0.5, height: float = TALL
    ) -> None:
        stacked = len(conv.image) == len(conv.kernel) == 1
        wide, tall = extent(image_planes(conv))
        filter_wide, filter_tall = Filter.extent(conv, RIGHT if stacked else DOWN)
        if stacked:
            side = min(largest, height / (tall + filter_tall), room / wide, room / (filter_wide + 0.4))
            # The filter stays readable below a large image, which takes what is left.
            weight_side = max(side, min(least, 4 * least / filter_tall, room / (filter_wide + 0.4)))
            side = min(weight_side, (height - filter_tall * weight_side) / tall, room / wide)
        else:
            tallest = max(tall, filter_tall + 0.4)
            side = min(largest, (height + 0.4) / tallest, (room - 0.4) / (wide + filter_wide + 0.4))
            weight_side = max(side, min(least, 5 / (filter_tall + 0.4), (room - 1.5) / (filter_wide + 0.4)))
            side = min(weight_side, (height + 0.4) / tall, (room - 0.4 - (filter_wide + 0.4) * weight_side) / wide)
        self.image = ImageGrid(conv, names, side)
        self.filter = Filter(conv, names, weight_side, RIGHT if stacked else DOWN)
        super().__init__(self.image, self.filter)
        if stacked:
            self.arrange(DOWN, buff=0.4)
        else:
            VGroup(self.filter, self.image).arrange(RIGHT, buff=0.4)


def roomy_sources(conv: Convolution, names: Names, largest: float = 0.8) -> Sources:
    """The sources in a column as narrow as weights and pixels can be read in; of a large image the weights at least."""
    made = [Sources(conv, names, 3.0, largest)]
    if _weights_fit(made[0]) and (not made[0].image.shaded or conv.counts.pixels > _SMALL_IMAGE):
        return made[0]
    made += [Sources(conv, names, room, largest) for room in (3.8, 4.6, 5.2, 6.2)]
    good = [sources for sources in made if _weights_fit(sources)]
    return next((sources for sources in good[:4] if not sources.image.shaded), good[0] if good else made[-1])


_SMALL_IMAGE = 36
"""More pixels than this may be shades."""


def _weights_fit(sources: Sources) -> bool:
    cells = (*sources.filter.grid.cells, *sources.filter.biases)
    return all(cell.symbol.em >= READABLE - 0.006 for cell in cells)


class Star(VGroup):
    """image ∗ filter + b = result, in pictures."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        self.signs = VGroup(*(symbol(sign, ("operator",), 0.8) for sign in ("∗", "+", all_equal(conv, names))))
        self._named = ("image", filter_word(conv), "bias" if len(conv.bias) == 1 else "biases", "result")
        if frame().wide:
            self._in_a_row(conv, names)
        else:
            self._in_rows(conv, names)

    def _in_rows(self, conv: Convolution, names: Names) -> None:
        """In one or two rows, as large as a narrower stage allows."""
        order, sides = star_sides(conv, names)
        self.image = ImageGrid(conv, names, sides[0])
        self.weights = weight_grid(conv, names, sides[1])
        self.bias = column([names.bias(f) for f in range(len(conv.kernel))], sides[1])
        self.result = result_grid(conv, names, sides[3])
        blocks = (self.image, self.weights, self.bias, self.result)
        self.captions = place_star(blocks, [*self.signs], order, self._named)
        super().__init__(*(part for pair in zip(blocks, self.signs, strict=False) for part in pair))
        self.add(self.result, self.captions)

    def _in_a_row(self, conv: Convolution, names: Names) -> None:
        """In one row."""
        filters = filter_planes(conv)
        grids = image_planes(conv), (1, *conv.output_shape)
        wide, tall = (sum(extent(g)[0] for g in grids), max(extent(g)[1] for g in grids))
        filter_wide, filter_tall = extent(filters)
        side = min(1.15, 9.8 / (wide + filter_wide + 1), 4.4 / max(tall, filter_tall))
        # Beside a large image the filter stays readable, and image and result take what is left.
        weights = [names.weight(i) for i in range(conv.counts.weights)]
        least = max(0.62, least_width([*weights, *(names.bias(f) for f in range(len(conv.bias)))]))
        weight_side = max(side, min(least, 4.4 / filter_tall))
        side = min(weight_side, (9.8 - (filter_wide + 1) * weight_side) / wide, 4.4 / tall)
        self.image = ImageGrid(conv, names, side)
        self.weights = weight_grid(conv, names, weight_side)
        self.bias = column([names.bias(f) for f in range(len(conv.kernel))], weight_side)
        # Several channels make the image's cells small; the results need not be as small as they are.
        result_wide, result_tall = extent(grids[1])
        left = 9.8 - (filter_wide + 1) * weight_side - extent(grids[0])[0] * side
        result_side = min(0.88, 4.4 / result_tall, left / result_wide) if len(conv.image) > 1 else side
        self.result = result_grid(conv, names, max(side, result_side))
        blocks = (self.image, self.signs[0], self.weights, self.signs[1], self.bias, self.signs[2], self.result)
        VGroup(*blocks).arrange(RIGHT, buff=0.3).move_to(UP * frame().stage_middle)
        floor = min(self.image.get_bottom()[1], self.result.get_bottom()[1])
        floor = min(floor, self.weights.get_bottom()[1])
        named = zip(self._named, (self.image, self.weights, self.bias, self.result), strict=True)
        self.captions = VGroup(*(caption(text, block, floor - 0.55) for text, block in named))
        super().__init__(*blocks, self.captions)


class SparseNetwork(VGroup):
    """The convolution as a network of its taps, with the filter beside it as the key to the colours."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        if frame().wide:
            self._beside(conv, names)
        else:
            self.filter, self.caption = key_filter(conv, names, filter_word(conv))
            self.graph = graph_below(conv, names, self.filter, self.caption)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [names.weight(i) for i in range(conv.counts.weights)])
        super().__init__(self.graph, *self.labels.values(), self.filter, self.caption)

    def _beside(self, conv: Convolution, names: Names) -> None:
        """The filter left of the network."""
        self.graph = NetworkGraph(conv, names, width=7.4, height=frame().stage_height)
        self.graph.move_to(UP * frame().stage_middle + RIGHT * 1.9)
        wide, tall = Filter.extent(conv)
        side = min(0.95, 2.6 / wide, 4.6 / (tall + 0.4))
        # Several filters take more of the room, to stay readable.
        side = max(side, min(0.62, 3.4 / wide, 4.6 / (tall + 0.4)))
        self.filter = Filter(conv, names, side).move_to(UP * frame().stage_middle).set_x(-5.1)
        self.filter.shift(RIGHT * max(0.0, -frame().safe_x + 0.05 - float(self.filter.get_left()[0])))
        self.caption = caption(filter_word(conv), self.filter)


class MatrixDesk(VGroup):
    """Where the matrix is made: image over filter on the left, the matrix with A…J above its columns on the right.

    In a picture that is not wide the matrix stands below them.
    """

    def __init__(self, conv: Convolution, names: Names) -> None:
        if frame().wide:
            self._beside(conv, names)
        else:
            self._below(conv, names)

    def _below(self, conv: Convolution, names: Names) -> None:
        """Image and filter in the upper part, with cells large enough for the weights' symbols if there is room."""
        shape = frame()
        self.matrix = Matrix(conv, names, matrix_side_below(conv))
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        room = shape.stage_height - whole.height - BELOW - (0.3 if shape.tall else 0.0)
        sources = NarrowSources(conv, names, shape.stage_width - 0.1, room)
        self.image, self.filter = sources.image, sources.filter
        stand([sources, whole], [[0], [1]], stage(0.0))
        super().__init__(sources, whole)

    def _beside(self, conv: Convolution, names: Names) -> None:
        """Side by side."""
        left = roomy_sources(conv, names)
        self.image, self.filter = left.image, left.filter
        left.move_to(UP * frame().stage_middle).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        start = left.get_right()[0] + 0.5
        results, pixels = conv.sharing.shape
        pitch = min((frame().safe_x - start) / (pixels + 1.4), 5.2 / (results + 1.3))
        self.matrix = Matrix(conv, names, min(0.85, pitch / (1 + GAP)))
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        whole.move_to(((start + frame().safe_x) / 2, frame().stage_middle, 0))
        super().__init__(left, whole)


class Product(VGroup):
    """W times the column of pixels plus the column of biases equals the column of results.

    In a tall picture the line breaks behind W.
    """

    def __init__(self, conv: Convolution, names: Names) -> None:
        pixels, shape = conv.counts.pixels, frame()
        sides = self._wide_sides(conv, names) if shape.wide else product_sides(conv)
        self.matrix = Matrix(conv, names, sides[0])
        shades = theme().shades(conv.image.ravel().tolist())
        self.pixels = column([names.pixel(p) for p in range(pixels)], sides[1], shades)
        equations = conv.equations()
        self.biases = column([names.bias(equation.filter) for equation in equations], sides[2])
        self.results = column([names.result(r) for r in range(conv.counts.results)], sides[2])
        signs, size = ("×", "+", all_equal(conv, names)), 0.6 if shape.square else 0.8
        self.signs = VGroup(*(symbol(sign, ("operator",), size) for sign in signs))
        blocks = (self.matrix, self.signs[0], self.pixels, self.signs[1], self.biases, self.signs[2], self.results)
        buff = 0.12 if shape.square else 0.3
        if shape.tall:
            VGroup(*blocks[1:]).arrange(RIGHT, buff=buff)
            VGroup(self.matrix, VGroup(*blocks[1:])).arrange(DOWN, buff=0.6)
        else:
            VGroup(*blocks).arrange(RIGHT, buff=buff)
        down = PIXELS_ABOVE / 2 * sides[0] if shape.tall else 0.0
        VGroup(*blocks).move_to(UP * (shape.stage_middle - down))
        self.counts = VGroup()
        if self.pixels.shaded:
            self.pixels.shift(UP * _COUNT_ROOM / 2)
            self.counts.add(caption(f"{pixels} pixels", self.pixels))
        super().__init__(*blocks, *self.counts)

    @staticmethod
    def _wide_sides(conv: Convolution, names: Names) -> list[float]:
        """The sides of the cells of matrix, pixels and results."""
        results, pixels = conv.sharing.shape
        # All of the stage: less than the usual room for the other factors, where the matrix makes them small too.
        side = min(0.72, max(7.2, 9.2 * pixels / (pixels + 2)) / (1 + GAP) / pixels, 5.2 / (1 + GAP) / results)
        pieces = [names.pixel(p) for p in range(pixels)]
        short = min(side, frame().stage_height / (1 + GAP) / pixels)
        if not labels_fit(pieces, short):
            short = min(side, (frame().stage_height - _COUNT_ROOM) / (1 + GAP) / pixels)
        return [side, short, side]


_COUNT_ROOM = 0.65
"""Below a column of shades, for their number."""


class LabelledMatrix(VGroup):
    """The matrix alone, with pixels above its columns and results beside its rows."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        results, pixels = conv.sharing.shape
        wide, tall = (12.6, 5.2) if frame().wide else (frame().stage_width - 0.2, frame().stage_height)
        side = min(0.95, wide / (1 + GAP) / (pixels + 1.4), tall / (1 + GAP) / (results + 1.3))
        self.matrix = Matrix(conv, names, side)
        super().__init__(*self.matrix.parts)
        if frame().tall and results > 1:
            # The rows stand apart: there is room for that, and each has its result.
            apart = min(1.4 * side, (0.7 * frame().stage_height - self.height) / (results - 1))
            for result, name in enumerate(self.matrix.rows):
                VGroup(*self.matrix.row(result), name).shift(DOWN * max(0.0, apart) * result)
        self.move_to(UP * frame().stage_middle)


class Leftover(VGroup):
    """The network beside its matrix, of which only the zeros are left."""

    def __init__(self, conv: Convolution, names: Names, dense: bool = False) -> None:
        results, pixels = conv.sharing.shape
        shape = frame()
        wide, tall = {"wide": (6.0, 5.0), "square": (4.56, 4.8), "tall": (shape.stage_width - 0.1, 4.9)}[shape.name]
        largest = 0.75 if shape.tall else 0.62
        side = min(largest, wide / (1 + GAP) / (pixels + 1.3), tall / (1 + GAP) / (results + 1.3))
        self.matrix = Matrix(conv, names, side)
        self.left = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        if shape.tall:
            self.left.move_to(ORIGIN).align_to(UP * shape.stage_top, UP)
            self.graph = graph_below(conv, names, self.left, dense=dense)
        else:
            self._graph_beside(conv, names, dense)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [names.weight(w) for w in range(conv.counts.weights)])
        self.zeros = self.matrix.zeros
        super().__init__(*self.zeros, *self.matrix.header, *self.matrix.rows, self.graph, *self.labels.values())

    def _graph_beside(self, conv: Convolution, names: Names, dense: bool) -> None:
        """The network right of the matrix."""
        shape = frame()
        # In a square picture every bit of the width lets one read the matrix, and what stands on the edges.
        margin, gap, nodes, largest = (0.02, 0.12, 0.02, 0.3) if shape.square else (0.1, 0.7, 0.9, 0.48)
        self.left.move_to(UP * shape.stage_middle).align_to((-shape.safe_x + margin, 0, 0), LEFT)
        start = self.left.get_right()[0] + gap
        wide = shape.safe_x - start - nodes
        self.graph = NetworkGraph(conv, names, wide, shape.stage_height, dense, largest)
        if (over := float(self.graph.width) - (shape.safe_x - start - min(0.06, nodes))) > 0:
            # Names beside the nodes take more than the usual room.
            self.graph = NetworkGraph(conv, names, wide - over, shape.stage_height, dense, largest)
        middle = (start + shape.safe_x) / 2
        self.graph.move_to((middle, shape.stage_middle, 0))


class DenseNetwork(VGroup):
    """The whole dense graph: coloured edges for the taps, grey ones for the untrainable zeros."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        if frame().wide:
            self.graph = NetworkGraph(conv, names, width=9.6, height=frame().stage_height, dense=True)
        else:
            self.graph = graph_in(conv, names, frame().stage_width - 0.1, frame().stage_height, dense=True)
        self.graph.move_to(UP * frame().stage_middle)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, [names.weight(w) for w in range(conv.counts.weights)])
        super().__init__(self.graph, *self.labels.values())


class PlainNetwork(VGroup):
    """The same graph without colours and names, as in a textbook."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        dense = DenseNetwork(conv, names)
        self.graph = dense.graph
        for edge in self.graph.edges:
            edge.restyle(theme().muted, PLAIN)
        graph = self.graph
        circles = (node.circle for node in (*graph.inputs, *graph.outputs))
        super().__init__(*circles, *graph.dots, *graph.figures, *graph.edges)
