"""What a picture of a weight matrix can do, however it is drawn: as labelled cells, or as coloured pixels.

A story asks a `MatrixPicture` and does not know which one it got. Results are rows, pixels are columns. `header[pixel]`
is the cell above a column and `rows[result]` the one at the end of a row: cells with a label in the one kind of
picture, in the shade of their value in the other. A matrix without `header` and `rows` is a factor of a product.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Animation, FadeIn, FadeOut, Rectangle, Scene, VGroup, VMobject

from cnnmath.values import Ints
from scenes._mobjects.cells import Cell
from scenes._mobjects.motion import DIVE, FIRST_HALF, LATE, SECOND_HALF, SOON, Fly, Moves, fly

Place = tuple[int, int]
"""A result and a pixel: the row and the column of an entry."""


class MatrixPicture(VGroup):
    """The matrix with pixels above its columns and results at the ends of its rows. At first all entries are there.

    `sharing` is the core's: the weight of each entry, −1 for an untrainable zero. `body` draws the entries that are
    there, and goes into a scene and out of it as one thing.
    """

    sharing: Ints
    side: float
    """The height of an entry."""
    body: VGroup
    header: Sequence[Cell]
    rows: Sequence[Cell]
    outline: VGroup
    """Borders around entries, header and rows; empty where every cell has its own."""
    counts: VGroup
    """Captions with the true counts; empty where labels say what is there."""
    few_rows: int
    """So many rows are made one by one; of more, those in the middle come in a run."""

    @abstractmethod
    def place(self, result: int, pixel: int) -> np.ndarray:
        """The middle of an entry."""

    @abstractmethod
    def reveal(self, mask: Any) -> Self:
        """Leave only the entries there for which the mask is true: an array that is broadcast to the matrix."""

    @abstractmethod
    def parted(self, mask: Any) -> tuple[VGroup, VGroup]:
        """The entries for which a mask is true, and the others, as two things that can stand in place of `body`."""

    @abstractmethod
    def take(self, places: Iterable[Place]) -> dict[Place, Cell]:
        """Take entries out, for each a cell in its place to become something else; a small one has no symbol.

        The matrix is without them from then on; a scene has to add the cells.
        """

    @abstractmethod
    def turn_into(self, other: MatrixPicture) -> Moves:
        """The entries become those of another picture of the same matrix: of the same kind, or cells become pixels."""

    @abstractmethod
    def unroll(self, scene: Scene, result: int, parts: Mapping[int, VMobject], run_time: float) -> None:
        """Make a row in a scene: from parts of the filter come weights, by the pixels they lie on; zeros appear."""

    @property
    def names(self) -> list[VMobject]:
        """What stands around the entries."""
        return [*self.header, *self.rows, *self.outline, *self.counts]

    def of_weights(self, weights: Iterable[int]) -> npt.NDArray[np.bool_]:
        """Where these weights stand, as a mask; −1 gives the untrainable zeros."""
        return np.isin(self.sharing, [*weights])

    def of_rows(self, results: Iterable[int]) -> npt.NDArray[np.bool_]:
        """The rows of these results, as a mask."""
        return np.isin(np.arange(len(self.sharing)), [*results])[:, None]

    @abstractmethod
    def frame_of(self, result: int) -> Rectangle:
        """A bright frame around one row."""


def become(old: Cell, new: Cell, lift: float = 0.0) -> Moves:
    """A cell becomes another one, `lift` above or below others on its way; either may be too small for its symbol.

    Below others its symbol is not seen: it appears where the cell comes to stand.
    """
    moves: list[Animation] = [Fly(old.box, new.box, lift)]
    if old.label and new.label and lift >= 0:
        return [*moves, Fly(old.label, new.label, lift)]
    early, late = (FIRST_HALF, SECOND_HALF) if lift >= 0 else (SOON, LATE)
    moves += [FadeOut(old.label, rate_func=early)] if old.label else []
    return moves + ([FadeIn(new.label, rate_func=late)] if new.label else [])


def copied(old: Cell, new: Cell) -> Moves:
    """A copy of a cell slides out from under it, and becomes another one."""
    moves: list[Animation] = [fly(old.box, new.box, lift=DIVE)]
    return moves + ([FadeIn(new.label, rate_func=LATE)] if new.label else [])
