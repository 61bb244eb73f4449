"""All positions of the filter beside each other: the filter, what it is applied to, and what that yields."""

from __future__ import annotations

from typing import NamedTuple

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from cnnmath import Convolution
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import least_width
from scenes._mobjects.grids import ImageGrid, result_grid, weight_grid
from scenes._mobjects.text import READABLE, TEXT_SIZE, Glyph, symbol, words
from scenes._pictures.narrow import weights_least
from scenes._pictures.trio import Trio
from scenes._words.names import Names


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
        """Whether the cells of the table can be read, the weights' symbols in them included.

        What has its label here has it in the trio too, from which the table is made.
        """
        if TableRoom.of(conv, names).side(conv) < READABLE or len(conv.image) > 1 or len(conv.kernel) > 1:
            return False
        table, trio = cls(conv, names), Trio(conv, names)
        grids = [trio.image, trio.result, *(column.image for column in table.columns), table.columns[0].result]
        if any(grid.shaded for grid in grids):
            return False
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
