"""Grids of several planes, as images and results are: below each other, or in several stacks where cells are larger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cnnmath import Convolution
from scenes._layout import Layout, Length, Measure, Part, Size, block, first_of
from scenes._mobjects.cells import SEEN, Grid, Shape, extent, in_stacks
from scenes._mobjects.grids import ImageGrid, result_grid
from scenes._pictures.standing import put
from scenes._words.subject import Subject

Reads = Mapping[str, Mapping[str, Measure]]
"""What must be readable in each of several grids."""
_STACK = 0.8
"""That planes stand below each other may cost so much of the size."""


class Stacked(NamedTuple):
    """How a block of planes looks: the side of its cells, and how many stacks stand side by side."""

    cell: Size | Length
    stacks: int


def plane_blocks(
    name: str, shape: Shape, cell: Size | Length, reads: Mapping[str, Measure] | None = None
) -> list[Part]:
    """Planes below each other, then in ever more stacks."""
    blocks: list[Part] = []
    for stacks in _stackings(shape):
        wide, tall = extent(in_stacks(shape, stacks))
        blocks.append(block(name, wide * cell, tall * cell, reads, look=Stacked(cell, stacks)))
    return blocks


def plane_block(name: str, shape: Shape, cell: Size | Length, reads: Mapping[str, Measure] | None = None) -> Part:
    """Planes below each other, or in several stacks where cells are larger then."""
    return in_any_stacks(plane_blocks(name, shape, cell, reads))


def like_stacked(names: Sequence[str], shape: Shape, cell: Size | Length, reads: Reads) -> list[dict[str, Part]]:
    """Several grids of the same planes, by their names: all below each other, then all in ever more stacks."""
    each = [plane_blocks(name, shape, cell, reads[name]) for name in names]
    return [dict(zip(names, blocks, strict=True)) for blocks in zip(*each, strict=True)]


def in_any_stacks(blocks: Sequence[Part]) -> Part:
    """The first of some blocks of planes, unless cells are larger in another one."""
    return first_of(*blocks, near=_STACK)


def stacked(layout: Layout, name: str) -> tuple[float, int]:
    """The side of the cells, and in how many stacks planes have come to stand."""
    look: Stacked = layout[name].look
    return layout.size(look.cell), look.stacks


def least_side(shape: Shape, smallest: float, largest: float, plane: float = 0.0) -> float:
    """The least side of cells with which the longer side of planes is so long, in as many stacks as one likes.

    The longer side of one `plane` is so long at least. Cells need not be larger than `largest` for that, and are never
    too small to be seen.
    """
    longer = min(max(extent(in_stacks(shape, stacks))) for stacks in _stackings(shape))
    return max(SEEN, min(largest, max(smallest / longer, plane / max(shape[1:]))))


def least_cell(shape: Shape, read: Collection[str], smallest: float, largest: float, plane: float = 0.0) -> float:
    """The same for an image of which so much can be read.

    Its numbers say how large cells are; and without any texts in the picture it may be as small as can be seen.
    """
    if "pixels" in read or not read:
        return SEEN
    return least_side(shape, smallest, largest, plane)


def image_shape(conv: Convolution, ring: bool = True) -> Shape:
    """The planes of an image, with or without its padding."""
    return conv.padded_shape if ring else conv.image.shape


def put_image(layout: Layout, subject: Subject, ring: bool = True) -> ImageGrid:
    """The image at its place."""
    image = ImageGrid(subject, *stacked(layout, "image"), ring=ring)
    put(layout, image=image)
    return image


def put_result(layout: Layout, subject: Subject, name: str = "result") -> Grid:
    """The results at their place, a plane for each filter."""
    result = result_grid(subject, *stacked(layout, name))
    put(layout, **{name: result})
    return result


def _stackings(shape: Shape) -> list[int]:
    """In how many stacks of equal height planes can stand."""
    return [stacks for stacks in range(1, shape[0] + 1) if shape[0] % stacks == 0]
