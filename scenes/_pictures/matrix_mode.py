"""Whether the matrix views show labelled cells, or the whole matrix as coloured pixels: decided by what can be read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from manim import VMobject

from cnnmath import Convolution
from scenes._layout import DoesNotFitError
from scenes._mobjects.excerpt import excerpt
from scenes._mobjects.text import too_small
from scenes._pictures.matrix_desk import MatrixDesk
from scenes._pictures.matrix_product import Product
from scenes._pictures.network_stages import Leftover
from scenes._pictures.padded_desk import PaddedDesk
from scenes._words.subject import Subject

_MOST_ENTRIES, _MOST_GROUPS = 240, 9
"""More entries than this never fit in labelled cells; more groups of weights are not looked at one by one."""


def readable(*pictures: VMobject) -> bool:
    """Whether all texts of some pictures can be read."""
    return not too_small(*pictures)


class MatrixPictures(NamedTuple):
    """The stages of MatrixView, both in labelled cells or both in pixels: to make them again would take as long."""

    in_cells: bool
    desk: MatrixDesk
    product: Product


def matrix_pictures(subject: Subject) -> MatrixPictures:
    """In labelled cells where all of them can be read, otherwise in pixels; raises DoesNotFitError for neither."""
    if subject.conv.counts.entries <= _MOST_ENTRIES:
        with suppress(DoesNotFitError):
            return MatrixPictures(True, MatrixDesk(subject, True), Product(subject, True))
    return MatrixPictures(False, MatrixDesk(subject, False), Product(subject, False))


def product_of(subject: Subject) -> Product:
    """The still with which MatrixView ends and MatrixToNetwork begins."""
    return matrix_pictures(subject).product


def in_cells(subject: Subject) -> bool:
    """Whether the matrix is shown in labelled cells."""
    return matrix_pictures(subject).in_cells


def leftover_of(subject: Subject, dense: bool = False) -> Leftover:
    """What MatrixToNetwork ends with, and DenseNetworkView begins with: in labelled cells where all can be read."""
    if excerpt(subject.conv).whole and in_cells(subject):
        with suppress(DoesNotFitError):
            return Leftover(subject, True, dense)
    return Leftover(subject, False, dense)


def padded_desk(subject: Subject, shaded: float | None = None) -> PaddedDesk:
    """For ZeroPadding: its matrix in labelled cells where it can be read there; `shaded` as for the desk itself."""
    if shaded is None and subject.conv.counts.entries <= _MOST_ENTRIES:
        with suppress(DoesNotFitError):
            return PaddedDesk(subject, True)
    return PaddedDesk(subject, False, shaded)


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
