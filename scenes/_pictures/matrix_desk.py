"""Where a matrix is made: image and filter, and the matrix that comes out of them; and the matrix alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import DOWN, RIGHT, VGroup

from scenes._layout import Measure, Part, Size, between, block, column, first_of, longest, row, solve
from scenes._mobjects.cells import SEEN, label_share, mark_share
from scenes._mobjects.grids import Filter
from scenes._mobjects.text import LEAST
from scenes._pictures.matrix_blocks import draw_matrix, matrix_block
from scenes._pictures.stacked import least_side, plane_block, put_image
from scenes._pictures.standing import put, stage_room
from scenes._words.subject import Subject

_LARGEST, _LARGEST_ENTRY, _LARGEST_PIXEL, _LARGEST_ALONE = 0.95, 0.85, 0.6, 0.95
"""Sides of the cells of image and filter, of an entry as a labelled cell, as a pixel, and of the matrix alone."""
_FRAME = 0.36
"""What the frame of a filter reaches around it, in sides of a cell."""
_SMALLEST_IMAGE, _SMALLEST_MATRIX = 2.2, 3.0
"""How wide and high image and matrix are at least where they are shades and pixels."""
_BESIDE, _BELOW = between(0.42, 1.0), between(0.32, 0.8)


class MatrixDesk(VGroup):
    """Image and filter beside or above their matrix.

    Raises DoesNotFitError where it could not be read in cells, or in any way.
    """

    def __init__(self, subject: Subject, in_cells: bool) -> None:
        layout = solve(first_of(*_desks(subject, in_cells), near=0.0), stage_room(), LEAST)
        self.image = put_image(layout, subject)
        side, bias_at, named = layout["filter"].look
        self.filter = Filter(subject, layout.size(side), bias_at)
        if not named:
            self.filter.unlabel()
        put(layout, filter=self.filter)
        self.matrix = draw_matrix(subject, in_cells, layout)
        super().__init__(self.image, self.filter, self.matrix)


class MatrixAlone(VGroup):
    """The matrix on the whole stage."""

    def __init__(self, subject: Subject, in_cells: bool) -> None:
        entry = Size("entries", most=_LARGEST_ALONE if in_cells else _LARGEST_PIXEL)
        layout = solve(matrix_block(subject, in_cells, entry), stage_room(), LEAST)
        self.matrix = draw_matrix(subject, in_cells, layout)
        super().__init__(self.matrix)


def _desks(subject: Subject, in_cells: bool) -> Iterator[Part]:
    """What can be read in image and filter, the best first; in cells all labels stand there."""
    yield from (_desk(subject, in_cells, read) for read in (("weights", "pixels", "marks"), ("weights", "pixels")))
    if not in_cells:
        yield from (_desk(subject, in_cells, read) for read in (("weights",), ()))
        yield _desk(subject, in_cells, (), tied=False)


def _desk(subject: Subject, in_cells: bool, read: Sequence[str], tied: bool = True) -> Part:
    """Image, filter and matrix; if they are `tied`, the filter's cells are no smaller than the image's."""
    conv = subject.conv
    results, pixels = conv.sharing.shape
    shaded = 0.0 if "pixels" in read else least_side(conv.padded_shape, _SMALLEST_IMAGE, _LARGEST)
    cell, weight = Size("the image's cells", shaded, _LARGEST), Size("cells of weights", SEEN, _LARGEST)
    smallest = 0.0 if in_cells else min(_LARGEST_PIXEL, _SMALLEST_MATRIX / max(results, pixels))
    entry = Size("entries", smallest, _LARGEST_ENTRY if in_cells else _LARGEST_PIXEL)
    weights = [subject.weight(w) for w in range(conv.counts.weights)]
    biases = [subject.bias(f) for f in range(len(conv.bias))]
    texts: dict[str, Measure] = {
        "marks": mark_share(weights) * cell,
        "pixels": label_share([subject.pixel(p) for p in range(pixels)]) * cell,
    }
    image = plane_block("image", conv.padded_shape, cell, {k: v for k, v in texts.items() if k in read})
    own = {"weights": label_share([*weights, *biases]) * weight} if "weights" in read else {}

    def filter_(bias_at: object) -> Part:
        across, down = Filter.extent(conv, bias_at)
        side = longest(cell, weight) if tied else weight
        return block("filter", (across + _FRAME) * side, (down + _FRAME) * side, own, look=(side, bias_at, bool(own)))

    matrix = matrix_block(subject, in_cells, entry)
    stacked, beside = column(image, filter_(RIGHT), gap=_BELOW), row(image, filter_(DOWN), gap=_BESIDE)
    upright, level = column(image, filter_(DOWN), gap=_BELOW), row(image, filter_(RIGHT), gap=_BESIDE)
    sources = [row(one, matrix, gap=_BESIDE) for one in (stacked, beside, upright)]
    above = [column(one, matrix, gap=_BELOW) for one in (beside, level, upright, stacked)]
    return first_of(*sources, *above, near=0.9, tall=[*above, *sources])
