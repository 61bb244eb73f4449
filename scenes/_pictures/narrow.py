"""How filter, image and result stand in a picture that is not wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import DOWN, RIGHT, VGroup, VMobject

from cnnmath import Convolution
from scenes._layout.rows import BELOW, Arrangement, Block, Room, best, largest, page, stand
from scenes._look.frame import frame
from scenes._mobjects.cells import LEAST_SIDE, caption, extent, least_width
from scenes._mobjects.grids import Filter, ImageGrid, filter_planes, image_planes
from scenes._mobjects.matrix import GAP
from scenes._words.subject import Subject

FRAME_ROOM = 0.36
"""What the frame of a filter reaches around it, in sides of a cell."""
_LARGEST, _LARGEST_SMALL, MARKED, _LEAST = 1.6, 0.9, 0.64, 0.46
"""Sides of cells: at most; at most where others have to be much smaller; at least so that the weights' symbols can be
read on the image; at least where most numbers can be read."""


def filter_block(conv: Convolution, bias_at: object = DOWN) -> Block:
    """A filter in its frame."""
    wide, tall = Filter.extent(conv, bias_at)
    return Block(wide + FRAME_ROOM, tall + FRAME_ROOM)


def weights_least(subject: Subject) -> float:
    """The side of cells in which all weights and biases can be read."""
    weights = [subject.weight(i) for i in range(subject.conv.counts.weights)]
    return least_width([*weights, *(subject.bias(f) for f in range(len(subject.conv.bias)))])


class NarrowSources(VGroup):
    """What a view is made from: image and filter in one row or below each other, as large as the room allows."""

    def __init__(self, subject: Subject, wide: float, tall: float, both: Sequence[Subject] = ()) -> None:
        """Lay them out; with `both` so that all these names can stand there, one after the other."""
        conv = subject.conv
        room, largest_ = Room(wide, tall, caption=0.0), _LARGEST
        least = max(weights_least(each) for each in (subject, *both))
        found: list[tuple[float, float, Arrangement, Any]] = []
        column = tall > wide * _COLUMN
        choices: list[Arrangement] = [[[0], [1]], [[0, 1]]] if column else [[[0, 1]], [[0], [1]]]
        for rows in choices:
            for bias_at in (RIGHT, DOWN):
                blocks = [Block(*extent(image_planes(conv))), filter_block(conv, bias_at)]
                side = self._side(blocks, rows, room, least, largest_)
                found.append((side, max(side, least), rows, bias_at))
        # Nearly as large is good enough for the first ones.
        most = max(side for side, *_ in found)
        near = 0.8 if column else 0.97
        side, weights, rows, bias_at = next(one for one in found if one[0] >= near * most)
        if side < min(_SEEN, _SEEN_WHOLE / min(extent(image_planes(conv)))):
            # There is no room for both: a filter that cannot be read is refused.
            rows, bias_at = [[0, 1]], RIGHT
            blocks = [Block(*extent(image_planes(conv))), filter_block(conv, bias_at)]
            side = weights = self._side(blocks, rows, room, 0.0, largest_)
        self.image = ImageGrid(subject, side)
        self.filter = Filter(subject, weights, bias_at)
        super().__init__(self.image, self.filter)
        stand([self.image, self.filter], rows, room)

    @staticmethod
    def _side(blocks: Sequence[Block], rows: Arrangement, room: Room, least: float, most: float) -> float:
        """The side of the image's cells; those of the filter are as large, but can be read."""
        return largest(lambda s: room.holds(blocks, rows, [s, max(s, least)]), most)

    @staticmethod
    def least_height(conv: Convolution, both: Sequence[Subject], wide: float, tall: float) -> float:
        """How high they are at least, in a row, so that weights and if possible pixels can be read."""
        pixel = max(least_width([each.pixel(i) for i in range(conv.counts.pixels)]) for each in both)
        weight = max(weights_least(each) for each in both)
        image, filter_ = extent(image_planes(conv)), filter_block(conv, RIGHT)
        if image[0] * pixel + filter_.wide * weight + _GAP > wide:
            pixel = (wide - _GAP - filter_.wide * weight) / image[0]
        return min(tall, max(image[1] * pixel, filter_.tall * weight))


_COLUMN = 0.85
"""In a room that is higher than so many times its width they stand below each other, even if a little smaller."""
_GAP = 0.45
"""Between image and filter."""
_SEEN, _SEEN_WHOLE = 0.12, 1.2
"""The least side of a pixel that is seen, and of an image of many that are smaller."""


STAR_SIGN = 0.95
"""Room for an operator between two blocks."""


def star_sides(subject: Subject) -> tuple[Arrangement, list[float]]:
    """image ∗ filter + b = result: in which rows, and the sides of their cells."""
    conv = subject.conv
    filters = extent(filter_planes(conv))
    blocks = [
        Block(*extent(image_planes(conv))),
        Block(*filters),
        Block(1, len(conv.kernel)),
        Block(*extent((1, *conv.output_shape))),
    ]
    room = page()._replace(apart=STAR_SIGN)
    least = max(_LEAST, weights_least(subject))
    choices: list[Arrangement] = [[[0, 1], [2, 3]], [[0, 1, 2, 3]]]

    def side(rows: Arrangement) -> float:
        return largest(lambda s: room.holds(blocks, rows, [s, max(s, least), max(s, least), s]), _LARGEST)

    rows, image = best(choices, side)
    weights = max(image, least)
    results = image
    if len(conv.image) > 1:
        # Several channels make the image's cells small; the results need not be as small as they are.
        results = largest(lambda r: room.holds(blocks, rows, [image, weights, weights, r]), max(_LARGEST_SMALL, image))
    return rows, [image, weights, weights, results]


def place_star(
    blocks: Sequence[VMobject], signs: Sequence[VMobject], rows: Arrangement, words: Sequence[str]
) -> VGroup:
    """Put the blocks there with the signs between them, a sign first in the second row. Returns their names."""
    groups = []
    for row in rows:
        parts: list[VMobject] = []
        for k in row:
            parts += [*([signs[k - 1]] if k else []), blocks[k]]
        groups.append(VGroup(*parts).arrange(RIGHT, buff=0.22))
    stand(groups, [[k] for k in range(len(groups))], page(), frame().page_middle)
    captions: dict[int, VMobject] = {}
    for row in rows:
        floor = min(float(blocks[k].get_bottom()[1]) for k in row) - 0.47
        captions |= {k: caption(words[k], blocks[k], floor) for k in row}
    return VGroup(*(captions[k] for k in sorted(captions)))


PIXELS_ABOVE = 1.25
"""Room above W, in sides of an entry, for the pixels that come from there."""


def product_sides(conv: Convolution) -> list[float]:
    """W × pixels + b = results: the sides of the cells of matrix, pixels and results."""
    results, pixels = conv.sharing.shape
    shape, each = frame(), 1 + GAP
    wide, tall = shape.stage_width - 0.1, shape.stage_height
    if shape.tall:
        side = min(0.75, wide / each / pixels, 0.45 * tall / each / results)
        below = tall - 0.6 - side * (each * results + PIXELS_ABOVE)
        return [side, min(side, below / each / pixels), min(side, below / each / results)]
    side = min((wide - 1.75) / (each * pixels + 3), tall / each / max(pixels, results))
    return [side, side, side]


def matrix_side_below(conv: Convolution) -> float:
    """The side of an entry of the matrix below the image that it is made from.

    There the weights' symbols can be read if there is room for that, at least the pixels' names.
    """
    results, pixels = conv.sharing.shape
    shape, rows, side = frame(), extent(image_planes(conv))[1], 0.0
    for least in (MARKED, LEAST_SIDE):
        tall = shape.stage_height - least * rows - BELOW
        side = min(0.85, (shape.stage_width - 0.1) / (pixels + 1.5) / (1 + GAP), tall / (results + 1.3) / (1 + GAP))
        if side >= _LEAST - 0.015:
            break
    return side
