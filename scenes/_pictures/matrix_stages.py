"""The pictures of the matrix in labelled cells at which one clip hands over to the next."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes._layout.rows import BELOW, stage, stand
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.cells import caption, labels_fit
from scenes._mobjects.equations import all_equal
from scenes._mobjects.matrix import GAP, Matrix, column
from scenes._mobjects.text import symbol
from scenes._pictures.narrow import PIXELS_ABOVE, NarrowSources, matrix_side_below, product_sides
from scenes._pictures.sources import roomy_sources
from scenes._words.subject import Subject


class MatrixDesk(VGroup):
    """Where the matrix is made: image over filter on the left, the matrix with A…J above its columns on the right.

    In a picture that is not wide the matrix stands below them.
    """

    def __init__(self, subject: Subject) -> None:
        if frame().wide:
            self._beside(subject)
        else:
            self._below(subject)

    def _below(self, subject: Subject) -> None:
        """Image and filter in the upper part, with cells large enough for the weights' symbols if there is room."""
        shape = frame()
        self.matrix = Matrix(subject, matrix_side_below(subject.conv))
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        room = shape.stage_height - whole.height - BELOW - (0.3 if shape.tall else 0.0)
        sources = NarrowSources(subject, shape.stage_width - 0.1, room)
        self.image, self.filter = sources.image, sources.filter
        stand([sources, whole], [[0], [1]], stage(0.0))
        super().__init__(sources, whole)

    def _beside(self, subject: Subject) -> None:
        """Side by side."""
        left = roomy_sources(subject)
        self.image, self.filter = left.image, left.filter
        left.move_to(UP * frame().stage_middle).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        start = left.get_right()[0] + 0.5
        results, pixels = subject.conv.sharing.shape
        pitch = min((frame().safe_x - start) / (pixels + 1.4), 5.2 / (results + 1.3))
        self.matrix = Matrix(subject, min(0.85, pitch / (1 + GAP)))
        whole = VGroup(self.matrix, *self.matrix.header, *self.matrix.rows)
        whole.move_to(((start + frame().safe_x) / 2, frame().stage_middle, 0))
        super().__init__(left, whole)


class Product(VGroup):
    """W times the column of pixels plus the column of biases equals the column of results.

    In a tall picture the line breaks behind W.
    """

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        pixels, shape = conv.counts.pixels, frame()
        sides = self._wide_sides(subject) if shape.wide else product_sides(conv)
        self.matrix = Matrix(subject, sides[0])
        shades = theme().shades(conv.image.ravel().tolist())
        self.pixels = column([subject.pixel(p) for p in range(pixels)], sides[1], shades)
        equations = conv.equations()
        self.biases = column([subject.bias(equation.filter) for equation in equations], sides[2])
        self.results = column([subject.result(r) for r in range(conv.counts.results)], sides[2])
        signs, size = ("×", "+", all_equal(subject, self.pixels, self.results)), 0.6 if shape.square else 0.8
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
    def _wide_sides(subject: Subject) -> list[float]:
        """The sides of the cells of matrix, pixels and results."""
        results, pixels = subject.conv.sharing.shape
        # All of the stage: less than the usual room for the other factors, where the matrix makes them small too.
        side = min(0.72, max(7.2, 9.2 * pixels / (pixels + 2)) / (1 + GAP) / pixels, 5.2 / (1 + GAP) / results)
        pieces = [subject.pixel(p) for p in range(pixels)]
        short = min(side, frame().stage_height / (1 + GAP) / pixels)
        if not labels_fit(pieces, short):
            short = min(side, (frame().stage_height - _COUNT_ROOM) / (1 + GAP) / pixels)
        return [side, short, side]


_COUNT_ROOM = 0.65
"""Below a column of shades, for their number."""


class LabelledMatrix(VGroup):
    """The matrix alone, with pixels above its columns and results beside its rows."""

    def __init__(self, subject: Subject) -> None:
        results, pixels = subject.conv.sharing.shape
        wide, tall = (12.6, 5.2) if frame().wide else (frame().stage_width - 0.2, frame().stage_height)
        side = min(0.95, wide / (1 + GAP) / (pixels + 1.4), tall / (1 + GAP) / (results + 1.3))
        self.matrix = Matrix(subject, side)
        super().__init__(*self.matrix.parts)
        if frame().tall and results > 1:
            # The rows stand apart: there is room for that, and each has its result.
            apart = min(1.4 * side, (0.7 * frame().stage_height - self.height) / (results - 1))
            for result, name in enumerate(self.matrix.rows):
                VGroup(*self.matrix.row(result), name).shift(DOWN * max(0.0, apart) * result)
        self.move_to(UP * frame().stage_middle)
