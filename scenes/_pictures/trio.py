"""The image alone, and filter, image and result side by side: where the first clips begin and end."""

from __future__ import annotations

from manim import RIGHT, UP, VGroup, VMobject

from cnnmath import Convolution
from scenes._layout.rows import stage
from scenes._look.frame import frame
from scenes._mobjects.cells import LARGEST_SHARE, caption, extent
from scenes._mobjects.grids import Filter, ImageGrid, image_planes, result_grid
from scenes._mobjects.text import READABLE
from scenes._pictures.narrow import (
    is_clear,
    line_heights,
    place_sums,
    place_trio,
    trio_blocks,
    trio_rows,
    trio_sides,
    trio_with_sums,
)
from scenes._words.counting import filter_word
from scenes._words.names import Names


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
