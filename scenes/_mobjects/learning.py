"""The parts of training: weights and bias in a frame, columns of results, and a matrix on which wishes stand."""

from __future__ import annotations

from manim import RIGHT, UP, RoundedRectangle, VGroup, VMobject

from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER
from scenes._mobjects.plates import BiasPlate, Plate, Plates, em_for, on_plate
from scenes._mobjects.text import READABLE, Glyph, words
from scenes._words.piece import Piece
from scenes._words.training import Lesson

APART, BELOW = 0.06, 0.1
"""Between the columns of the matrix, and between its rows."""
FRAME, BIAS_GAP, MARK = 0.12, 0.16, 0.38
"""Around weights and bias, between them, and room for a weight's letter on its plate."""
NAME = READABLE
"""Size of the words that name things, in em."""


def name(text: str) -> Glyph:
    """A small muted word that names something."""
    return words(text, NAME, theme().muted, key=("caption",))


class Numbers(VGroup):
    """Room for numbers: `grounds` are their plates, and `marks` letters that stand there, too."""

    grounds: list[VMobject]
    marks: list[Glyph]
    em: float

    def label(self, which: int, piece: Piece) -> Glyph:
        """A number at its place."""
        return on_plate(piece, self.grounds[which], self.em)


class Parameters(Numbers):
    """Room for a number for each weight, as the filter has them, and one for the bias, in one frame.

    The bias's plate is the last one; with `marked` letters stand on all of them.
    """

    def __init__(self, lesson: Lesson, room: float, tall: float, em: float, marked: bool) -> None:
        rows, columns = lesson.conv.kernel.shape[2:]
        keys = [[("weight", row * columns + column) for column in range(columns)] for row in range(rows)]
        aside = MARK if marked else 0.0
        self.em, self._aside = em, aside / 2
        plates = Plates(keys, room + aside, tall)
        bias = BiasPlate(room + aside, tall).next_to(plates, RIGHT, buff=BIAS_GAP)
        self.grounds = [*plates.flat, bias]
        inner = VGroup(plates, bias)
        self.frame = RoundedRectangle(
            corner_radius=0.12,
            width=inner.width + 2 * FRAME,
            height=inner.height + 2 * FRAME,
            stroke_color=theme().muted,
            stroke_width=2,
        )
        self.frame.move_to(inner).set_z_index(FRAME_LAYER)
        self.marks = []
        for weight, ground in enumerate(self.grounds if marked else []):
            piece = lesson.name(weight) if weight < lesson.conv.counts.weights else lesson.bias_name()
            mark = on_plate(piece, ground, READABLE)
            if weight < lesson.conv.counts.weights:
                mark.set_fill(theme().weight(weight))
            self.marks.append(mark.shift(RIGHT * (ground.get_left()[0] + MARK / 2 + 0.06 - mark.get_center()[0])))
        super().__init__(self.frame, plates, bias, *self.marks)

    def label(self, which: int, piece: Piece) -> Glyph:
        """A number at its place: that of a weight, or behind the last one of the bias."""
        made = super().label(which, piece)
        if which < len(self.grounds) - 1:
            made.set_fill(theme().weight(which))
        return made.shift(RIGHT * self._aside)


class Column(Numbers):
    """Room for a column of numbers."""

    def __init__(self, count: int, wide: float, tall: float, em: float) -> None:
        self.em, self.marks = em, []
        plates = Plates([[None]] * count, wide, tall, below=BELOW)
        self.grounds = [*plates.flat]
        super().__init__(plates)


class LessonMatrix(VGroup):
    """The plates of the matrix around the origin, and its pixels above them.

    On them stand weights and zeros (as numbers, or with `lettered` by their letters), or their wishes.
    """

    def __init__(self, lesson: Lesson, wide: float, tall: float, em: float, lettered: bool) -> None:
        self._lesson, self.lettered, self.em = lesson, lettered, em
        results, pixels = lesson.conv.sharing.shape
        self.places = [(result, pixel) for result in range(results) for pixel in range(pixels)]
        keys = [lesson.entry(*place).key for place in self.places]
        self.plates = Plates([keys[r * pixels : (r + 1) * pixels] for r in range(results)], wide, tall, APART, BELOW)
        self.header = Plates([[("pixel", p) for p in range(pixels)]], wide, tall, APART)
        self.header.next_to(self.plates, UP, buff=2 * BELOW)
        above = [lesson.pixel(p) for p in range(pixels)]
        size = min(em_for((one.says for one in above), wide, tall), 1.15 * em)
        self.pixels = [on_plate(one, plate, size) for one, plate in zip(above, self.header.flat, strict=True)]
        super().__init__(self.plates, self.header, *self.pixels)

    def at(self, result: int, pixel: int) -> Plate:
        """The plate of an entry."""
        return self.plates.at(result, pixel)

    def weight(self, lesson: Lesson, result: int, pixel: int) -> Glyph:
        """The weight or zero at its place, as it is in this lesson."""
        piece = (lesson.letter if self.lettered else lesson.entry)(result, pixel)
        return self._inked(on_plate(piece, self.at(result, pixel), self.em), result, pixel)

    def wish(self, result: int, pixel: int) -> Glyph:
        """What an entry wishes, at its place: in its weight's colour, or muted where it is a zero's."""
        made = on_plate(self._lesson.wish(result, pixel), self.at(result, pixel), self.em)
        return self._inked(made, result, pixel)

    def _inked(self, glyph: Glyph, result: int, pixel: int) -> Glyph:
        weight, look = int(self._lesson.conv.sharing[result, pixel]), theme()
        return glyph.set_fill(look.weight(weight) if weight >= 0 else look.muted)

    def row(self, result: int) -> list[tuple[int, int]]:
        """The places of a row."""
        return [place for place in self.places if place[0] == result]

    @property
    def zeros(self) -> list[tuple[int, int]]:
        """The places of the untrainable zeros."""
        return [place for place in self.places if self._lesson.conv.sharing[place] < 0]
