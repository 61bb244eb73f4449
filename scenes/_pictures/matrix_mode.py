"""Whether the matrix views show labelled cells, or the whole matrix as coloured pixels: decided by what can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from manim import VMobject

from cnnmath import Convolution
from scenes._mobjects.text import too_small
from scenes._pictures.large_stages import LargeProduct
from scenes._pictures.matrix_stages import LabelledMatrix, MatrixDesk, Product
from scenes._pictures.network_stages import Leftover
from scenes._pictures.padded_desk import PaddedDesk
from scenes._words.subject import Subject

_MOST_ENTRIES, _MOST_GROUPS = 240, 9
"""More entries than this never fit in labelled cells; more groups of weights are not looked at one by one."""


def readable(*pictures: VMobject) -> bool:
    """Whether all texts of some pictures can be read."""
    return not too_small(*pictures)


class InCells(NamedTuple):
    """The stages of a matrix in labelled cells, which all can be read: to make them again would take as long."""

    desk: MatrixDesk
    product: Product


def matrix_in_cells(subject: Subject) -> InCells | None:
    """For MatrixView, and the product with which MatrixToNetwork begins; None if they cannot be read."""
    if subject.conv.counts.entries > _MOST_ENTRIES:
        return None
    desk = MatrixDesk(subject)
    if desk.image.shaded or not readable(*desk.matrix.parts):
        return None
    product = Product(subject)
    if product.results.shaded or not readable(product.matrix, product.biases, product.results):
        return None
    return InCells(desk, product)


def product_of(subject: Subject) -> Product | LargeProduct:
    """The still with which MatrixView ends and MatrixToNetwork begins."""
    in_cells = matrix_in_cells(subject)
    return in_cells.product if in_cells else LargeProduct(subject)


def leftover_in_cells(subject: Subject) -> bool:
    """For what MatrixToNetwork ends with, and DenseNetworkView begins with."""
    if not matrix_in_cells(subject):
        return False
    stage = Leftover(subject)
    return stage.graph.shown.whole and readable(*stage.matrix.parts, *LabelledMatrix(subject).matrix.parts)


def padded_in_cells(subject: Subject) -> PaddedDesk | None:
    """For ZeroPadding: its stage with the matrix in labelled cells; None if it cannot be read."""
    if subject.conv.counts.entries > _MOST_ENTRIES:
        return None
    desk = PaddedDesk(subject)
    return None if desk.image.shaded or not readable(*desk.matrix.parts) else desk


def weight_groups(conv: Convolution) -> list[Sequence[int]]:
    """The weights in groups that are looked at one after the other: each alone, or a row, a channel, a filter."""
    for axes in (4, 3, 2, 1):
        groups = [conv.weights_of(*place) for place in np.ndindex(conv.kernel.shape[:axes])]
        if len(groups) <= _MOST_GROUPS:
            return [*groups]
    return [range(conv.counts.weights)]


def group_pace(groups: int, which: int) -> float:
    """How slowly a group is looked at: the first one longer, of many each a little shorter."""
    return 0.8 if which == 0 else min(0.5, 3.6 / groups)
