"""The padded image beside its matrix, in cells or, where they could not be read, in pixels."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, VGroup

from cnnmath import Convolution
from scenes._figures import in_digits, zeros_figure
from scenes._frame import frame
from scenes._large_stages import NamedMatrix
from scenes._mobjects.cells import extent
from scenes._mobjects.grids import ImageGrid, image_planes
from scenes._mobjects.matrix import GAP, Matrix
from scenes._mobjects.text import TEXT_SIZE, words
from scenes._names import Names

BOTTOM = -3.6
"""The matrix has the band of the key figure too; the figure stands below the image."""
_BORDER = 0.06
"""What the borders of the filter that lies on the image reach beyond it."""


def padding_figure(conv: Convolution) -> VGroup:
    """What the matrix is made of, in two lines."""
    counts = conv.counts
    lines = (f"{counts.taps} copies of {in_digits(counts.weights, 'weight')},", zeros_figure(conv))
    return VGroup(*(words(line, TEXT_SIZE, key=("figure",)) for line in lines)).arrange(DOWN, buff=0.2)


class PaddedDesk(VGroup):
    """The padded image on the left, its matrix as large as the stage allows on the right."""

    def __init__(self, conv: Convolution, names: Names) -> None:
        """Lay image, matrix and figure out."""
        results, pixels = conv.sharing.shape
        columns, rows = extent(image_planes(conv))
        tall, wide = frame().stage_top - BOTTOM, 7.2
        side = min(0.62, tall / (results + 1.4) / (1 + GAP), wide / (pixels + 1.4) / (1 + GAP))
        self.matrix = Matrix(conv, names, side)
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        whole.move_to(UP * (frame().stage_top + BOTTOM) / 2).align_to((frame().safe_x, 0, 0), RIGHT)
        room = whole.get_left()[0] + frame().safe_x - 0.6
        self.image = ImageGrid(conv, names, min(0.95, 4.7 / rows, (room - _BORDER) / columns))
        self.image.move_to((-frame().safe_x + room / 2, frame().stage_middle + 0.3, 0))
        self.figure = padding_figure(conv)
        self.figure.next_to(self.image, DOWN, buff=0.4)
        super().__init__(self.image, whole)


class LargePaddedDesk(VGroup):
    """The same with a matrix of pixels."""

    _LEFT = 5.0
    """Room for the image."""

    def __init__(self, conv: Convolution, names: Names, largest: float = 0.95) -> None:
        """Lay image, matrix and figure out; the image's cells are no larger than `largest`."""
        self.named = NamedMatrix(conv, 2 * frame().safe_x - self._LEFT - 0.5, frame().stage_top - BOTTOM)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        self.named.move_to(UP * (frame().stage_top + BOTTOM) / 2).align_to((frame().safe_x, 0, 0), RIGHT)
        room = self.named.get_left()[0] + frame().safe_x - 0.5
        wide, tall = extent(image_planes(conv))
        self.image = ImageGrid(conv, names, min(largest, 4.7 / tall, min(room - _BORDER, 5.4) / wide))
        self.image.move_to((-frame().safe_x + room / 2, frame().stage_middle + 0.3, 0))
        self.figure = padding_figure(conv)
        self.figure.next_to(self.image, DOWN, buff=0.4)
        super().__init__(self.image, self.named)
