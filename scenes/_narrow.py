"""How filter, image and result stand in a picture that is not wide."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, RIGHT, VGroup, VMobject

from cnnmath import Convolution
from scenes._frame import frame
from scenes._mobjects.cells import caption, extent, least_width
from scenes._mobjects.grids import Filter, image_planes
from scenes._names import Names
from scenes._rows import Arrangement, Block, Room, best, largest, stage, stand

FRAME_ROOM = 0.36
"""What the frame of a filter reaches around it, in sides of a cell."""
_LARGEST, _LARGEST_SMALL, _MARKED, _LEAST = 1.6, 0.9, 0.64, 0.46
"""Sides of cells: at most; at most where others have to be much smaller; at least so that the weights' symbols can be
read on the image; at least where most numbers can be read."""
FILTER, IMAGE, RESULT = 0, 1, 2


def filter_block(conv: Convolution, bias_at: object = DOWN) -> Block:
    """A filter in its frame."""
    wide, tall = Filter.extent(conv, bias_at)
    return Block(wide + FRAME_ROOM, tall + FRAME_ROOM)


def weights_least(conv: Convolution, names: Names) -> float:
    """The side of cells in which all weights and biases can be read."""
    weights = [names.weight(i) for i in range(conv.counts.weights)]
    return least_width([*weights, *(names.bias(f) for f in range(len(conv.bias)))])


def trio_blocks(conv: Convolution, ring: bool) -> list[Block]:
    """Filter, image and result."""
    return [filter_block(conv), Block(*extent(image_planes(conv, ring=ring))), Block(*extent((1, *conv.output_shape)))]


def trio_rows(result: bool) -> list[Arrangement]:
    """In which rows they may stand, the first ones where there is the choice."""
    if not result:
        row, column = [[FILTER, IMAGE]], [[FILTER], [IMAGE]]
        return [column, row] if frame().tall else [row, column]
    row, corner, column = [[FILTER, IMAGE, RESULT]], [[FILTER, IMAGE], [RESULT]], [[FILTER], [IMAGE], [RESULT]]
    return [corner, column, row] if frame().tall else [row, corner]


def trio_sides(
    conv: Convolution, names: Names, blocks: Sequence[Block], rows: Sequence[Arrangement], room: Room
) -> tuple[Arrangement, list[float]]:
    """In which rows they stand, and the sides of their cells: the same for all where these are large enough."""
    order, side = best(rows, lambda one: largest(lambda s: room.holds(blocks, one, [s, s, s]), _LARGEST))
    sides = [side, side, side]
    weights = max(_MARKED, weights_least(conv, names))
    if side >= weights:
        return order, sides
    for one in rows:
        # The weights lie on the image's cells, and must be read there.
        small = largest(lambda s, one=one: room.holds(blocks, one, [s, _MARKED, s]), _MARKED)  # type: ignore[misc]
        if small >= max(_LEAST, weights_least(conv, names)):
            return one, [small, _MARKED, small]
    return _readable_weights(conv, names, blocks, rows, room)


def _readable_weights(
    conv: Convolution, names: Names, blocks: Sequence[Block], rows: Sequence[Arrangement], room: Room
) -> tuple[Arrangement, list[float]]:
    """Beside a large image the filter stays readable, and the image takes what is left; the results may be larger."""
    least = max(_LEAST, weights_least(conv, names))
    order, side = best(rows, lambda one: largest(lambda s: room.holds(blocks, one, [max(s, least), s, s]), _LARGEST))
    weights = largest(lambda w: room.holds(blocks, order, [w, side, side]), _LARGEST_SMALL)
    results = largest(lambda r: room.holds(blocks, order, [weights, side, r]), _LARGEST_SMALL)
    return order, [max(weights, side), side, max(results, side) if len(conv.image) > 1 else side]


def place_trio(blocks: Sequence[VMobject], order: Arrangement, words: Sequence[str], room: Room) -> VGroup:
    """Put them there, each with its name below it; the names of a row stand on one line. Returns the names."""
    stand(blocks, order, room)
    captions: dict[int, VMobject] = {}
    for row in order:
        floor = min(float(blocks[k].get_bottom()[1]) for k in row) - 0.47
        captions |= {k: caption(words[k], blocks[k], floor) for k in row}
    return VGroup(*(captions[k] for k in sorted(captions)))


SUMS_LEAST = 2.75
"""Between image and result of a square picture, where each channel's share of a sum is written."""


def trio_with_sums(conv: Convolution, names: Names) -> tuple[Arrangement, list[float], Room]:
    """With the shares of a sum beside the image: in a tall picture at its right, above filter and result."""
    blocks, room = trio_blocks(conv, True), stage()
    if frame().tall:
        order = [[IMAGE], [FILTER, RESULT]]
        side = largest(lambda s: room.holds(blocks, order, [s, s, s]), _LARGEST_SMALL)
        results = largest(lambda r: room.holds(blocks, order, [side, side, r]), _LARGEST_SMALL)
        return order, [side, side, results], room
    order = [[FILTER, IMAGE, RESULT]]
    room = Room(room.wide - SUMS_LEAST, room.tall, apart=0.12)
    side = largest(lambda s: room.holds(blocks, order, [s, s, s]), _LARGEST_SMALL)
    return order, [side, side, side], room


def place_sums(blocks: Sequence[VMobject], order: Arrangement, words: Sequence[str], room: Room) -> VGroup:
    """Put them there, the image as far left as can be. Returns the names."""
    shape = frame()
    captions = place_trio(blocks, order, words, room)
    left, right = -shape.safe_x + 0.05, shape.safe_x - 0.05
    if shape.tall:
        blocks[IMAGE].align_to((left, 0, 0), LEFT)
    else:
        blocks[FILTER].align_to((left, 0, 0), LEFT)
        blocks[IMAGE].next_to(blocks[FILTER], RIGHT, buff=0.25)
        blocks[RESULT].align_to((right, 0, 0), RIGHT)
    for word, block in zip(captions, blocks, strict=True):
        word.set_x(block.get_x())
    return captions
