"""A weight matrix as a block of a picture: how much room it takes, in labelled cells or in pixels, and what it is."""

from __future__ import annotations

from collections.abc import Sequence

from scenes._layout import Layout, Length, Measure, Part, Size, block, longest
from scenes._mobjects.cells import LABEL_SHARE, LARGEST_SHARE, WIDEST, label_share, label_width
from scenes._mobjects.matrix import FRAME, GAP, HEADER_GAP, ROWS_GAP, Matrix
from scenes._mobjects.matrix_picture import MatrixPicture
from scenes._mobjects.named_pixels import BETWEEN, COUNT_SIZE, STRIP, NamedPixels, names_of
from scenes._mobjects.named_pixels import GAP as STRIP_GAP
from scenes._mobjects.pixel_matrix import MARGIN
from scenes._mobjects.text import READABLE
from scenes._pictures.standing import em_width, put
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_CAPTION = 0.74 * COUNT_SIZE
"""How high a caption is, at most."""


def matrix_block(subject: Subject, in_cells: bool, entry: Size, named: bool = True, name: str = "matrix") -> Part:
    """Room for the matrix with entries of the size `entry`; its labels are readable."""
    if in_cells:
        return block(name, *_cells_extent(subject, entry, named), _reads(subject, entry, named), look=entry)
    return block(name, *_pixels_extent(subject, entry, named), look=entry)


def draw_matrix(
    subject: Subject, in_cells: bool, layout: Layout, named: bool = True, name: str = "matrix"
) -> MatrixPicture:
    """The matrix in its place."""
    side = layout.size(layout[name].look)
    made = Matrix(subject, side, named) if in_cells else NamedPixels(subject.conv, side, named)
    put(layout, **{name: made})
    return made


def _cells_extent(subject: Subject, entry: Size, named: bool) -> tuple[Length, Length]:
    results, pixels = subject.conv.sharing.shape
    wide, tall = ((count + (count - 1) * GAP) * entry for count in (pixels, results))
    if not named:
        return wide, tall
    names = [subject.result(r) for r in range(results)]
    across = FRAME + wide + ROWS_GAP * entry + elastic_width(names, entry)
    return across, tall + (1 + HEADER_GAP) * entry


def elastic_width(pieces: Sequence[Piece], side: Size) -> Length:
    """How wide cells are that are as wide as their longest label needs."""
    room = label_width(pieces) / WIDEST
    return longest(side, room * LABEL_SHARE * side, room * READABLE)


def _reads(subject: Subject, entry: Size, named: bool) -> dict[str, Measure]:
    conv = subject.conv
    reads: dict[str, Measure] = {
        "weights": label_share([subject.weight(w) for w in range(conv.counts.weights)]) * entry
    }
    if named:
        reads["pixels"] = label_share([subject.pixel(p) for p in range(conv.counts.pixels)]) * entry
        reads["results"] = LARGEST_SHARE * entry
    return reads


def _pixels_extent(subject: Subject, entry: Size, named: bool) -> tuple[Length, Length]:
    results, pixels = subject.conv.sharing.shape
    wide, tall = (count * entry + 2 * MARGIN for count in (pixels, results))
    if not named:
        return wide, tall
    beside, captions = STRIP_GAP + STRIP, 2 * (BETWEEN + _CAPTION)
    words = max(em_width(text) for text in names_of(subject.conv)) * COUNT_SIZE
    # The captions stand in the middle of the matrix, and may be wider than it; its strip is on the right of it.
    return longest(wide + beside, words, 0.5 * wide + beside + words / 2), tall + beside + captions
