"""The padded image beside its matrix, in cells or, where they could not be read, in pixels."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, VGroup

from cnnmath import Convolution
from scenes._layout.rows import BELOW, stage, stand
from scenes._look.frame import frame
from scenes._mobjects.cells import extent
from scenes._mobjects.grids import ImageGrid, image_planes
from scenes._mobjects.matrix import GAP, Matrix
from scenes._mobjects.text import TEXT_SIZE, text_block, words
from scenes._pictures.large_stages import NamedMatrix
from scenes._pictures.narrow import matrix_side_below
from scenes._words.figures import in_digits, zeros_figure
from scenes._words.subject import Subject

BOTTOM = -3.6
"""The matrix has the band of the key figure too; the figure stands below the image."""
_BORDER, _NEAR = 0.06, 0.3
"""What the borders of the filter that lies on the image reach beyond it; and between image and matrix in a square."""


def padding_figure(conv: Convolution) -> VGroup:
    """What the matrix is made of, in two lines; not in a wide picture these stand where all key figures do."""
    counts, shape = conv.counts, frame()
    lines = (f"{counts.taps} copies of {in_digits(counts.weights, 'weight')},", zeros_figure(conv))
    if not shape.wide:
        made = text_block(" ".join(lines), shape.figure_size, shape.stage_width, shape.lines, ("figure",))
        return made.move_to(UP * shape.figure_y)
    return VGroup(*(words(line, TEXT_SIZE, key=("figure",)) for line in lines)).arrange(DOWN, buff=0.2)


class PaddedDesk(VGroup):
    """The padded image on the left, or above, and its matrix as large as the stage allows on the right, or below."""

    def __init__(self, subject: Subject) -> None:
        """Lay image, matrix and figure out."""
        conv = subject.conv
        shape = frame()
        if shape.wide:
            self._beside(subject)
            return
        columns, rows = extent(image_planes(conv))
        self.figure = padding_figure(conv)
        if shape.tall:
            self.matrix = Matrix(subject, matrix_side_below(conv))
            whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
            room = shape.stage_height - whole.height - BELOW - 2 * _BORDER
            self.image = ImageGrid(subject, min(1.2, room / rows, shape.stage_width / columns))
            stand([self.image, whole], [[0], [1]], stage(0.0))
        else:
            results, pixels = conv.sharing.shape
            # Of one size, as far as both have room.
            cells = columns + (1 + GAP) * (pixels + 1.4)
            side = (shape.stage_width - 0.1 - _NEAR) / cells
            self.matrix = Matrix(subject, min(0.62, side, shape.stage_height / (results + 1.4) / (1 + GAP)))
            whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
            room = shape.stage_width - 0.1 - whole.width - _NEAR
            self.image = ImageGrid(subject, min(0.95, room / columns, shape.stage_height / rows))
            VGroup(self.image, whole).arrange(RIGHT, buff=_NEAR).move_to(UP * shape.stage_middle)
        super().__init__(self.image, whole)

    def _beside(self, subject: Subject) -> None:
        """In a wide picture."""
        conv = subject.conv
        results, pixels = conv.sharing.shape
        columns, rows = extent(image_planes(conv))
        tall, wide = frame().stage_top - BOTTOM, 7.2
        side = min(0.62, tall / (results + 1.4) / (1 + GAP), wide / (pixels + 1.4) / (1 + GAP))
        self.matrix = Matrix(subject, side)
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        whole.move_to(UP * (frame().stage_top + BOTTOM) / 2).align_to((frame().safe_x, 0, 0), RIGHT)
        room = whole.get_left()[0] + frame().safe_x - 0.6
        self.image = ImageGrid(subject, min(0.95, 4.7 / rows, (room - _BORDER) / columns))
        self.image.move_to((-frame().safe_x + room / 2, frame().stage_middle + 0.3, 0))
        self.figure = padding_figure(conv)
        self.figure.next_to(self.image, DOWN, buff=0.4)
        super().__init__(self.image, whole)


class LargePaddedDesk(VGroup):
    """The same with a matrix of pixels."""

    _LEFT = 5.0
    """Room for the image."""

    def __init__(self, subject: Subject, largest: float = 0.95) -> None:
        """Lay image, matrix and figure out; the image's cells are no larger than `largest`."""
        conv = subject.conv
        shape = frame()
        if not shape.wide:
            self._narrow(subject, largest)
            return
        self.named = NamedMatrix(conv, 2 * frame().safe_x - self._LEFT - 0.5, frame().stage_top - BOTTOM)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        self.named.move_to(UP * (frame().stage_top + BOTTOM) / 2).align_to((frame().safe_x, 0, 0), RIGHT)
        room = self.named.get_left()[0] + frame().safe_x - 0.5
        wide, tall = extent(image_planes(conv))
        self.image = ImageGrid(subject, min(largest, 4.7 / tall, min(room - _BORDER, 5.4) / wide))
        self.image.move_to((-frame().safe_x + room / 2, frame().stage_middle + 0.3, 0))
        self.figure = padding_figure(conv)
        self.figure.next_to(self.image, DOWN, buff=0.4)
        super().__init__(self.image, self.named)

    def _narrow(self, subject: Subject, largest: float) -> None:
        """In a picture that is not wide the image stands above the matrix, or left of it."""
        conv = subject.conv
        shape = frame()
        columns, rows = extent(image_planes(conv))
        self.figure = padding_figure(conv)
        if shape.tall:
            tall, wide = 0.45 * shape.stage_height, shape.stage_width - 0.1
            self.named = NamedMatrix(conv, wide, shape.stage_height - tall - BELOW, 0.6)
        else:
            tall, wide = shape.stage_height, 0.42 * shape.stage_width
            self.named = NamedMatrix(conv, shape.stage_width - 0.1 - _NEAR - wide, shape.stage_height)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        self.image = ImageGrid(subject, min(largest, tall / rows, wide / columns))
        stand([self.image, self.named], [[0], [1]] if shape.tall else [[0, 1]], stage(0.0))
        super().__init__(self.image, self.named)
