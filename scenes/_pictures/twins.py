"""Two matrices below each other after one step: the convolution's, and that of a dense layer that began as it did."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, UP, Transform, VGroup

from cnnmath.dense import Dense
from cnnmath.descent import Descent
from scenes._layout import Part, Size, between, block, column, first_of, label, row, solve
from scenes._mobjects.learning import APART, NAME, name
from scenes._mobjects.motion import Moves
from scenes._mobjects.plates import TALLEST, WIDEST, Plate, Plates, em_for, on_plate, widest
from scenes._mobjects.text import LEAST, Glyph, symbol
from scenes._pictures.standing import stage_room, word_block, write
from scenes._words.piece import Piece
from scenes._words.training import Lesson, fine

_KINDS = {"convolution": "convolution", "dense": "dense layer"}
_BELOW = 0.06
"""Between rows."""
_DOTS = 0.5
"""Room for the dots that stand for columns."""


class Twins(VGroup):
    """`plates` of both kinds, "convolution" and "dense", and the numbers on them `before` and `after` the step.

    Where not all columns can be read, the first ones stand there, and dots.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, conv = lesson, lesson.conv
        results, pixels = conv.sharing.shape
        self.dense = Descent(Dense.twin(conv), lesson.descent.target.ravel(), lesson.descent.rate)
        texts = {
            piece(result, pixel).says
            for piece in (lesson.next.entry, self._learned, lesson.entry)
            for result, pixel in np.ndindex(results, pixels)
        }
        wide, tall = Size("columns of the matrices", most=1.35), Size("rows", most=0.62)
        options = [self._described(shown, wide, tall, texts) for shown in range(pixels, _LEAST_SHOWN - 1, -1)]
        layout = solve(first_of(*options, near=0.0), stage_room(), LEAST)
        shown, side, high = layout["convolution"].look, layout.size(wide), layout.size(tall)
        em = em_for(texts, side, high)
        self.places = [(result, pixel) for result in range(results) for pixel in range(shown)]
        keys = [[lesson.entry(result, pixel).key for pixel in range(shown)] for result in range(results)]
        self.plates, self.names, self.dots = {}, VGroup(), VGroup()
        super().__init__()
        for kind, said in _KINDS.items():
            self.plates[kind] = Plates(keys, side, high, APART, _BELOW)
            self.plates[kind].move_to(RIGHT * layout[kind].x + UP * layout[kind].y)
            self.names.add(write(layout, f"word {kind}", name(said)))
            if shown < pixels:
                box = layout[f"dots {kind}"]
                self.dots.add(symbol("…", ("dots",)).move_to(RIGHT * box.x + UP * box.y))
        self._em = em
        self.before = {kind: self._labels(kind, lesson.entry) for kind in _KINDS}
        after: dict[str, Callable[[int, int], Piece]] = {"convolution": lesson.next.entry, "dense": self._learned}
        self.after = {kind: self._labels(kind, piece) for kind, piece in after.items()}
        self.add(*self.plates.values(), self.names, self.dots)
        self.add(*(glyph for labels in self.after.values() for glyph in labels.values()))

    def _described(self, shown: int, wide: Size, tall: Size, texts: set[str]) -> Part:
        """Both with their names, and so many columns."""
        results, pixels = self.lesson.conv.sharing.shape
        across, down = shown * wide + (shown - 1) * APART, results * tall + (results - 1) * _BELOW
        reads = {"entries": WIDEST / widest(texts) * wide, "rows": TALLEST * tall}
        parts = []
        for kind, said in _KINDS.items():
            body: Part = block(kind, across, down, reads, look=shown)
            if shown < pixels:
                body = row(body, block(f"dots {kind}", _DOTS, 0.2), gap=0.1)
            parts.append(label(body, word_block(f"word {kind}", said, NAME), "above", gap=_BELOW))
        return column(*parts, gap=between(0.15, 0.6))

    def _learned(self, result: int, pixel: int) -> Piece:
        """An entry of the dense layer after the step."""
        weight = int(self.lesson.conv.sharing[result, pixel])
        kind = ("weight", weight) if weight >= 0 else ("filled",)
        return Piece(fine(self.dense.after.weights[result, pixel]), (*kind, result, pixel))

    def _labels(self, kind: str, piece: Callable[[int, int], Piece]) -> dict[tuple[int, int], Glyph]:
        plates = self.plates[kind]
        return {place: on_plate(piece(*place), plates.at(*place), self._em) for place in self.places}

    def turning(self, kind: str) -> list[tuple[int, int]]:
        """The places whose number changes."""
        return [place for place in self.places if self.before[kind][place].says != self.after[kind][place].says]

    def fill(self, kind: str) -> Moves:
        """Plates of zeros that are zero no more look like those of any number, and have looked so from now on."""
        plates = [self.plates[kind].at(*p) for p in self.turning(kind) if self.lesson.conv.sharing[p] < 0]
        usual = [Plate(None, plate.width, plate.height).move_to(plate) for plate in plates]
        return [Transform(plate, goal) for plate, goal in zip(plates, usual, strict=True)]

    def copies(self, kind: str, weight: int) -> list[tuple[int, int]]:
        """The places of a weight that stand here."""
        return [place for place in self.places if self.lesson.conv.sharing[place] == weight]


_LEAST_SHOWN = 2
