"""The padded image beside or above its matrix, with the key figure in two lines: it has the room of that, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import VGroup

from cnnmath import Convolution
from scenes._layout import Measure, Part, Size, between, column, first_of, row, solve
from scenes._mobjects.cells import label_share, mark_share
from scenes._mobjects.text import LEAST, TEXT_SIZE, Glyph, words
from scenes._pictures.matrix_blocks import draw_matrix, matrix_block
from scenes._pictures.stacked import least_side, plane_block, put_image
from scenes._pictures.standing import page_room, word_block, write
from scenes._words.figures import in_digits, zeros_figure
from scenes._words.subject import Subject

_LARGEST, _LARGEST_ENTRY, _LARGEST_PIXEL = 0.95, 0.85, 0.4
"""Sides of the image's cells, and of an entry as a labelled cell and as a pixel."""
_SMALLEST_IMAGE, _SMALLEST_MATRIX = 2.2, 3.0
"""How wide and high image and matrix are at least where they are shades and pixels."""
_BESIDE, _BELOW, _LEADING = between(0.36, 1.0), between(0.2, 0.7), 0.1
"""Gaps: in a row, in a column, and between the lines of the figure."""


def figure_lines(conv: Convolution) -> tuple[str, str]:
    """What the matrix is made of."""
    counts = conv.counts
    return f"{counts.taps} copies of {in_digits(counts.weights, 'weight')},", zeros_figure(conv)


class PaddedDesk(VGroup):
    """`image` and `matrix`, and the `figure`, which is not part of it at first.

    An image that is `shaded` stays so, in cells of at most this side: labels that have gone must not come back.
    Raises DoesNotFitError where the matrix could not be read in cells, or in any way.
    """

    def __init__(self, subject: Subject, in_cells: bool, shaded: float | None = None) -> None:
        layout = solve(first_of(*_desks(subject, in_cells, shaded), near=0.0), page_room(), LEAST)
        self.image = put_image(layout, subject)
        self.matrix = draw_matrix(subject, in_cells, layout)
        lines = enumerate(figure_lines(subject.conv))
        self.figure = VGroup(*(write(layout, f"figure {i}", _line(text)) for i, text in lines))
        super().__init__(self.image, self.matrix)


def _line(text: str) -> Glyph:
    return words(text, TEXT_SIZE, key=("figure",))


def _desks(subject: Subject, in_cells: bool, shaded: float | None) -> Iterator[Part]:
    """With names of weights on the image, then of pixels alone; without any where the matrix has none."""
    if shaded is None:
        yield _desk(subject, in_cells, _LARGEST, ("pixels", "marks"))
        yield _desk(subject, in_cells, _LARGEST, ("pixels",))
    if not in_cells:
        yield _desk(subject, in_cells, shaded or _LARGEST, ())


def _desk(subject: Subject, in_cells: bool, largest: float, read: Sequence[str]) -> Part:
    conv = subject.conv
    results, pixels = conv.sharing.shape
    least = 0.0 if read else least_side(conv.padded_shape, _SMALLEST_IMAGE, largest)
    cell = Size("the image's cells", least, largest)
    smallest = 0.0 if in_cells else min(_LARGEST_PIXEL, _SMALLEST_MATRIX / max(results, pixels))
    entry = Size("entries", smallest, _LARGEST_ENTRY if in_cells else _LARGEST_PIXEL)
    texts: dict[str, Measure] = {
        "pixels": label_share([subject.pixel(p) for p in range(pixels)]) * cell,
        "marks": mark_share([subject.weight(w) for w in range(conv.counts.weights)]) * cell,
    }
    image = plane_block("image", conv.padded_shape, cell, {name: texts[name] for name in read})
    matrix = matrix_block(subject, in_cells, entry)
    lines = [word_block(f"figure {i}", text, TEXT_SIZE) for i, text in enumerate(figure_lines(conv))]
    figure = column(*lines, gap=_LEADING)
    beside = row(column(image, figure, gap=_BELOW), matrix, gap=_BESIDE)
    above = column(image, matrix, figure, gap=_BELOW)
    below = column(row(image, matrix, gap=_BESIDE), figure, gap=_BELOW)
    return first_of(beside, below, above, near=0.9, tall=[above, below, beside])
