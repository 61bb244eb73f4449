"""The matrix views' pictures for a matrix that is too large for labelled cells: pixels, strips and true counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, VGroup, VMobject

from cnnmath import Convolution
from scenes._layout.rows import BELOW, stage, stand
from scenes._look.frame import frame
from scenes._look.theme import theme
from scenes._mobjects.edge_labels import edge_labels
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.pixel_matrix import PixelMatrix
from scenes._mobjects.shades import BiasStrip, Strip
from scenes._mobjects.text import Glyph, symbol, words
from scenes._pictures.narrow import NarrowSources, graph_below
from scenes._pictures.sources import roomy_sources
from scenes._words.digits import result_values
from scenes._words.subject import Subject

_COUNT_SIZE = 0.38
"""Of the captions that say how many there are, in em."""
_LARGEST, _LARGEST_ALONE = 0.4, 0.6
"""Side of an entry, beside other things and where the matrix has the stage for itself."""
_STRIP, _GAP, _BETWEEN = 0.26, 0.14, 0.16
"""Thickness of the strips beside the matrix, their distance from it, and that of the captions."""
_SOURCES, _BESIDE = 0.38, 0.3
"""In a square picture: the share of image and filter, and the room between them and the matrix."""
_COLUMN = 0.44
"""Width of a strip that is a factor."""
_SUM_Y = -2.72


def sum_y() -> float:
    """Where a sum is written below the product."""
    return _SUM_Y if frame().wide else frame().stage_bottom + 0.15


def is_fine(conv: Convolution) -> bool:
    """Whether the entries stand without gaps and dots: the same in all pictures, as they turn into each other."""
    results, pixels = conv.sharing.shape
    return bool(results > 70 or pixels > 90)


def count_caption(text: str) -> Glyph:
    """A muted text that says how many there are."""
    return words(text, _COUNT_SIZE, theme().muted, key=("count",))


def pixel_matrix(conv: Convolution, wide: float, tall: float, largest: float = _LARGEST) -> PixelMatrix:
    """The matrix as large as the room allows."""
    results, pixels = conv.sharing.shape
    side = min(largest, wide / pixels, tall / results)
    return PixelMatrix(conv.sharing, (side, side), is_fine(conv))


class NamedMatrix(VGroup):
    """The matrix with the strip of pixels above its columns, the strip of results beside its rows, and their counts."""

    def __init__(self, conv: Convolution, wide: float, tall: float, largest: float = _LARGEST) -> None:
        counts, look = conv.counts, theme()
        self.captions = VGroup(
            count_caption(f"{counts.pixels} columns: pixels"), count_caption(f"{counts.results} rows: results")
        )
        high = max(caption.height for caption in self.captions) + _BETWEEN
        wide, tall = wide - _STRIP - _GAP - 0.2, tall - _STRIP - _GAP - 2 * high - 0.1
        self.matrix = matrix = pixel_matrix(conv, wide, tall, largest)
        side = matrix.cell[0]
        self.header = Strip(look.shades(conv.image.ravel().tolist()), side, _STRIP, down=False)
        self.rows = Strip(look.shades(result_values(conv)), side, _STRIP, down=True)
        self.header.next_to(matrix.border, UP, buff=_GAP)
        self.rows.next_to(matrix.border, LEFT, buff=_GAP)
        self.captions[0].next_to(self.header, UP, buff=_BETWEEN)
        self.captions[1].next_to(matrix.border, DOWN, buff=_BETWEEN)
        super().__init__(matrix, self.header, self.rows, self.captions)


class LargeDesk(VGroup):
    """Where the matrix is made: image and filter on the left, the matrix on the right."""

    def __init__(self, subject: Subject) -> None:
        if not frame().wide:
            self._below(subject)
            return
        left = roomy_sources(subject)
        self.image, self.filter = left.image, left.filter
        left.move_to(UP * frame().stage_middle).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        start = left.get_right()[0] + 0.5
        self.named = NamedMatrix(subject.conv, frame().safe_x - start, frame().stage_height)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        self.named.move_to(((start + frame().safe_x) / 2, frame().stage_middle, 0))
        super().__init__(left, self.named)

    def _below(self, subject: Subject) -> None:
        """The matrix below image and filter, and right of them in a square picture."""
        shape = frame()
        wide, tall = shape.stage_width - 0.1, shape.stage_height
        if shape.tall:
            self.named = NamedMatrix(subject.conv, wide, 0.55 * tall, 0.6)
            sources = NarrowSources(subject, wide, tall - self.named.height - BELOW)
        else:
            sources = NarrowSources(subject, _SOURCES * wide, tall)
            self.named = NamedMatrix(subject.conv, wide - sources.width - _BESIDE, tall)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        self.image, self.filter = sources.image, sources.filter
        room = stage(0.0)._replace(apart=_BESIDE)
        stand([sources, self.named], [[0], [1]] if shape.tall else [[0, 1]], room)
        super().__init__(sources, self.named)


class LargeProduct(VGroup):
    """W times the column of pixels plus the column of biases equals the column of results, with room for a sum."""

    _TALL, _WIDE, _BUFF, _LONGEST = 4.15, 7.1, 0.5, 0.3

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        look, counts, shape = theme(), conv.counts, frame()
        square = shape.square
        # In a tall picture matrix and strips have their own rows, otherwise one together.
        tall = {"wide": self._TALL, "square": shape.stage_height - 1.9, "tall": 0.42 * shape.stage_height}[shape.name]
        wide = {"wide": self._WIDE, "square": 3.2, "tall": shape.stage_width - 0.3}[shape.name]
        self.matrix = pixel_matrix(conv, wide, tall, 0.6 if shape.tall else _LARGEST)
        side = min(0.4, 0.35 * shape.stage_height / counts.results) if shape.tall else self.matrix.cell[1]
        shades = look.shades(conv.image.ravel().tolist())
        self.pixels = Strip(shades, min(self._LONGEST, 0.9 * tall / counts.pixels), _COLUMN, down=True)
        if not shape.tall:
            self.pixels = Strip(shades, min(self._LONGEST, tall / counts.pixels), _COLUMN, down=True)
        self.biases = BiasStrip([subject.bias(f) for f in range(len(conv.kernel))], side, conv.positions)
        self.results = Strip(look.shades(result_values(conv)), side, _COLUMN, down=True)
        signs, size = ("×", "+", "="), 0.6 if square else 0.8
        self.signs = VGroup(*(symbol(sign, ("operator",), size) for sign in signs))
        factors = (self.matrix, self.pixels, self.biases, self.results)
        blocks = (factors[0], self.signs[0], factors[1], self.signs[1], factors[2], self.signs[2], factors[3])
        # A filter has one bias, however many rows it is added to: the strip shows it as one block.
        said = (f"{counts.results} rows × {counts.pixels} columns", f"{counts.pixels} pixels",
                _biases(len(conv.bias)), f"{counts.results} results")  # fmt: skip
        self.captions = VGroup(*map(count_caption, said))
        if shape.tall:
            VGroup(*blocks[1:]).arrange(RIGHT, buff=self._BUFF)
            VGroup(self.matrix, VGroup(*blocks[1:])).arrange(DOWN, buff=1.0)
            self._name(factors[:1], self.captions[:1])
            self._name(factors[1:], self.captions[1:])
        else:
            VGroup(*blocks).arrange(RIGHT, buff=0.16 if square else self._BUFF)
            # Strips that are near to each other have their names above and below by turns.
            lower = [0, 2] if square else [0, 1, 2, 3]
            self._name([factors[k] for k in lower], [self.captions[k] for k in lower])
            for k in (1, 3) if square else ():
                self.captions[k].next_to(factors[k], UP, buff=_BETWEEN)
        super().__init__(*blocks, self.captions)
        self._keep_inside(VGroup(*blocks))
        self.set_x(0).align_to(UP * shape.stage_top, UP)
        free = self.get_bottom()[1] - (sum_y() + 0.45)
        self.shift(DOWN * max(0.0, free / 2))

    def _keep_inside(self, blocks: VMobject) -> None:
        """A name that would leave the frame at the side of its strip reaches no further out than it may."""
        room = frame().stage_width - 0.1
        if self.width <= room:
            return
        most = max(room, float(blocks.width)) / 2
        for caption in self.captions:
            over = float(caption.get_right()[0]) - (blocks.get_x() + most)
            under = (blocks.get_x() - most) - float(caption.get_left()[0])
            caption.shift(RIGHT * (max(0.0, under) - max(0.0, over)))

    @staticmethod
    def _name(blocks: Sequence[VMobject], captions: Iterable[VMobject]) -> None:
        """Put names on one line below the lowest of some blocks."""
        floor = min(float(block.get_bottom()[1]) for block in blocks) - _BETWEEN
        for block, caption in zip(blocks, captions, strict=True):
            assert isinstance(caption, Glyph)
            caption.set_x(block.get_x()).shift(UP * (floor - 0.7 * _COUNT_SIZE - caption.baseline))


def _biases(number: int) -> str:
    return "1 bias" if number == 1 else f"{number} biases"


class LargeLabelled(VGroup):
    """The matrix alone on the whole stage."""

    def __init__(self, conv: Convolution) -> None:
        self.named = NamedMatrix(conv, frame().stage_width - 0.2, frame().stage_height, _LARGEST_ALONE)
        super().__init__(self.named)
        self.move_to(UP * frame().stage_middle)


class LargeLeftover(VGroup):
    """The network, in part if it is large, beside its matrix, of which only the zeros are left."""

    def __init__(self, subject: Subject, dense: bool = False) -> None:
        conv = subject.conv
        shape = frame()
        wide = {"wide": 6.0, "square": 3.3, "tall": shape.stage_width - 0.1}[shape.name]
        tall = 0.36 * shape.stage_height if shape.tall else shape.stage_height
        self.named = NamedMatrix(conv, wide, tall)
        self.matrix, self.header, self.rows = self.named.matrix, self.named.header, self.named.rows
        if shape.tall:
            self.named.move_to(ORIGIN).align_to(UP * shape.stage_top, UP)
            self.graph = graph_below(subject, self.named, dense=dense)
        else:
            self._graph_beside(subject, dense)
        self.graph.draw_edges()
        self.labels = edge_labels(self.graph, subject)
        self.matrix.reveal(conv.sharing < 0)
        super().__init__(self.named, self.graph, *self.labels.values())

    def _graph_beside(self, subject: Subject, dense: bool) -> None:
        """The network right of the matrix."""
        self.named.move_to(UP * frame().stage_middle).align_to((-frame().safe_x + 0.1, 0, 0), LEFT)
        room = frame().safe_x - 0.1 - self.named.get_right()[0] - 0.5
        height = frame().stage_height
        self.graph = NetworkGraph(subject, room, height, dense)
        self.graph.move_to((0, frame().stage_middle, 0)).align_to((frame().safe_x - 0.1, 0, 0), RIGHT)
