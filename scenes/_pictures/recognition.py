"""A network that reads digits: the image, its filters, the maps of each layer, a column, and a bar for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, UP, Rectangle, VGroup, VMobject

from scenes._layout import Box, Layout, Part, Size, between, block, column, first_of, row, solve
from scenes._look.theme import theme
from scenes._mobjects.bars import Bar
from scenes._mobjects.learning import NAME, name
from scenes._mobjects.shaded import Shaded
from scenes._mobjects.text import LEAST, Glyph, symbol, words
from scenes._pictures.standing import put, stage_room, word_block, write
from scenes._words.digits import Number, number
from scenes._words.recognition import Reading, activation_name

_APART = 0.12
"""Between maps."""
_NUMBER, _CLASS, _BAR_GAP = 0.95, 0.3, 0.12
"""Room for a probability, for a class, and between them and the bar."""
_STRIP = 0.3
"""Width of the column."""
_LEAST_BAR = 0.55
_FAN = 0.25
"""Between the column and the bars, for the lines of the dense layer."""
_ROW = 0.36
"""Height of a bar's row, at least."""


class ReadingPicture(VGroup):
    """`image`, `filters`, `maps` of the three layers, `strip`, and for each class a `bar` with its numbers."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.layout = layout = _solved(reading)
        sizes = {kind: layout.size(layout[kind].look) for kind in ("image", "filters", "maps", "ReLU", "pooled")}
        conv, activated, pooled = reading.maps
        self.image = Shaded("pixel", reading.image, sizes["image"], 0)
        self.maps = [
            Shaded("map", conv, sizes["maps"], _APART),
            Shaded("activated", activated, sizes["ReLU"], _APART),
            Shaded("pooled", pooled, sizes["pooled"], _APART),
        ]
        put(layout, image=self.image, maps=self.maps[0], ReLU=self.maps[1], pooled=self.maps[2])
        self.filters = [self._filter(which, sizes["filters"]) for which in range(len(conv))]
        strip = layout["strip"]
        self.strip = Shaded("column", reading.column.reshape(1, -1, 1), strip.tall / len(reading.column), 0)
        self.strip.stretch_to_fit_width(_STRIP)
        put(layout, strip=self.strip)
        self._bars(layout["bars"])
        said = {"ReLU": activation_name(reading.network)}
        self.names: dict[str, Glyph] = {
            kind: write(layout, f"word {kind}", name(said.get(kind, kind)))
            for kind in ("filters", "maps", "ReLU", "pooled")
        }
        self.truth = self.truth_of(reading)
        super().__init__(self.image, *self.filters, *self.maps, self.strip, *self.bars, *self.classes, *self.numbers)
        self.add(*self.names.values(), self.truth)

    def _filter(self, which: int, side: float) -> Shaded:
        """A filter beside its map."""
        kernel = self.reading.conv.kernel[which]
        made = Shaded("weight", kernel, side, 0)
        for cell in made.cells:
            cell.key = ("filter", which, cell.key[1])
        level = self.maps[0].borders[which].get_y()
        return made.move_to(RIGHT * self.layout["filters"].x + UP * level)

    def _bars(self, box: Box) -> None:
        """A row for each class: its name, a bar, and its probability."""
        shares = self.reading.probabilities
        pitch = box.tall / len(shares)
        left = box.left + _CLASS + _BAR_GAP
        self._long = box.right - _NUMBER - _BAR_GAP - left
        self.bars, self.classes, self.numbers = [], [], []
        for which, share in enumerate(shares):
            y = box.top - (which + 0.5) * pitch
            bar = Bar(share, self._long, min(0.5 * pitch, 0.3), theme().text)
            self.bars.append(bar.move_to(RIGHT * (left + self._long / 2) + UP * y))
            digit = symbol(number(float(which)), ("class", which), NAME)
            self.classes.append(digit.centre_on(np.array([box.left + _CLASS / 2, y, 0.0])))
            self.numbers.append(self.number_of(self.reading, which))

    def number_of(self, reading: Reading, which: int) -> Glyph:
        """The probability of a class at its place, for this or another reading."""
        piece, bar = reading.share(which), self.bars[which]
        tiny = not isinstance(piece.says, Number)
        made = words(piece.says, NAME, theme().muted, piece.key) if tiny else symbol(piece.says, piece.key, NAME)
        made.centre_on(bar.get_center())
        return made.shift(RIGHT * (bar.track.get_right()[0] + _BAR_GAP - made.get_left()[0]))

    def truth_of(self, reading: Reading) -> Glyph:
        """What the image is, below it."""
        piece = reading.truth()
        word = name(piece.says)
        word.key = piece.key
        return write(self.layout, "word image", word)

    def row(self, which: int) -> Rectangle:
        """A bright frame around the row of a class."""
        parts = VGroup(self.classes[which], self.bars[which], self.numbers[which])
        frame = Rectangle(width=parts.width + 0.16, height=_ROW * 0.98, stroke_color=theme().accent, stroke_width=3)
        return frame.move_to(RIGHT * parts.get_x() + UP * self.bars[which].get_y())

    def window(self, result: int) -> VGroup:
        """A bright frame around what a result looks at."""
        window = self.reading.conv.window(result)
        pixels = [self.image.cells[int(tap["pixel"])] for tap in window.taps]
        return bright_around(pixels)


def bright_around(cells: Sequence[VMobject]) -> VGroup:
    """A frame around some cells: a bright line on a dark one, so that it is seen on every shade."""
    group, look = VGroup(*cells), theme()
    lines = ((look.dark, 8), (look.bright, 3.5))
    frames = (
        Rectangle(width=group.width, height=group.height, stroke_color=color, stroke_width=width)
        for color, width in lines
    )
    return VGroup(*(frame.move_to(group).set_z_index(FRAME) for frame in frames))


FRAME = 4
"""z_index of frames: above the lines around planes."""


def _solved(reading: Reading) -> Layout:
    """Where everything stands."""
    conv, activated, pooled = reading.maps
    image, filters = Size("pixels", most=0.42), Size("weights", most=0.2)
    maps, small = Size("numbers of maps", most=0.24), Size("pooled numbers", most=0.26)
    many = len(conv)

    def planes(kind: str, shape: tuple[int, ...], size: Size, said: str) -> Part:
        rows, columns = shape[-2:]
        tall = len(conv) * rows * size + (many - 1) * _APART if len(shape) == 3 else rows * size
        return column(block(kind, columns * size, tall, look=size), word_block(f"word {kind}", said, NAME), gap=0.12)

    relu = activation_name(reading.network)
    digit = planes("image", reading.image.shape[1:], image, "an 8")
    columns = reading.conv.kernel.shape[3]
    # A filter stands level with its map.
    height = many * conv.shape[1] * maps + (many - 1) * _APART
    sieve = column(
        block("filters", columns * filters, height, look=filters), word_block("word filters", "filters", NAME), gap=0.12
    )
    layers = [planes("maps", conv.shape, maps, "maps"), planes("ReLU", activated.shape, maps, relu)]
    last = planes("pooled", pooled.shape, small, "pooled")
    classes = len(reading.probabilities)
    strip = block("strip", _STRIP, between(1.5, 4.6))
    bars = block(
        "bars", between(_CLASS + _LEAST_BAR + _NUMBER + 2 * _BAR_GAP, 3.6), between(classes * _ROW, 4.9), {"p": NAME}
    )
    fan = between(_FAN, 1.2)
    beside = row(digit, sieve, *layers, last, strip, bars, gap=[*[between(0.1, 0.6)] * 5, fan])
    above = row(digit, sieve, *layers, gap=between(0.15, 0.6))
    below = row(last, strip, bars, gap=[between(0.3, 1.0), fan])
    stacked = column(above, below, gap=between(0.2, 0.8))
    return solve(first_of(beside, stacked, tall=[stacked, beside]), stage_room(), LEAST)
