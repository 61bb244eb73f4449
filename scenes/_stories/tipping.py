"""Pixels and results at the edges of a matrix, and beside it as the columns of a product: how one becomes the other."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, AnimationGroup, FadeIn, FadeOut, LaggedStart

from cnnmath import Convolution
from scenes._mobjects.cells import Cell
from scenes._mobjects.grids import pixel_rows
from scenes._mobjects.matrix_picture import MatrixPicture, become, copied
from scenes._mobjects.motion import DIVE, FIRST_HALF, SECOND_HALF, Moves
from scenes._pictures.matrix_product import Product

_ALONE = 16
"""So many cells fly one by one; more, row by row of the image."""


def copies(sources: Sequence[Cell], goals: Sequence[Cell], conv: Convolution) -> Animation:
    """Copies of the image's pixels go to their columns, from under it; the last one first: none passes another."""
    return _in_runs([copied(old, new) for old, new in zip(sources, goals, strict=True)], conv)


def tip(header: Sequence[Cell], column: Sequence[Cell], conv: Convolution, lift: float = DIVE) -> Animation:
    """The pixels above a matrix become a column right of it, the last one first; or the other way round."""
    return _in_runs([become(old, new, lift) for old, new in zip(header, column, strict=True)], conv)


def _in_runs(moves: Sequence[Moves], conv: Convolution) -> Animation:
    """Few pixels one by one, many by the rows of the image."""
    runs = [[p] for p in range(len(moves))] if len(moves) <= _ALONE else pixel_rows(conv)
    flights = [AnimationGroup(*(move for p in run for move in moves[p])) for run in runs]
    return LaggedStart(*reversed(flights), lag_ratio=min(0.12, 3 / len(flights)))


def onto_the_edges(product: Product, matrix: MatrixPicture, conv: Convolution) -> Moves:
    """The column of pixels goes above the columns that it is multiplied with, the results to the ends of their rows."""
    return [
        *product.matrix.turn_into(matrix),
        *(move for pair in zip(product.results.cells, matrix.rows, strict=True) for move in become(*pair, DIVE)),
        tip(product.pixels.cells[::-1], matrix.header[::-1], conv),
        *(FadeOut(border, rate_func=FIRST_HALF) for border in product.outline[1:]),
        *(FadeIn(border, rate_func=SECOND_HALF) for border in matrix.outline[1:]),
    ]
