"""One row of the weight matrix as a strip of cells, in runs: the rows of the grid that it goes over."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, VGroup

from scenes._look.theme import theme
from scenes._mobjects.cells import Cell
from scenes._mobjects.matrix import ZeroCell
from scenes._mobjects.text import CAPTION_SIZE, Glyph, can_be_read, words
from scenes._words.subject import Subject

_LARGEST, _BETWEEN, _LABEL_ROOM = 0.56, 0.1, 1.35


class Strip(VGroup):
    """`label`, then a cell for each entry of a row: its weight in its colour, or a grey zero.

    Where the numbers would be too small to read, the cells stand without them.
    """

    def __init__(self, subject: Subject, row: int, runs: Sequence[Sequence[int]], label: str, room: float) -> None:
        weights = [weight for run in runs for weight in run]
        gaps = (len(runs) - 1) * _BETWEEN
        side = min(_LARGEST, (room - _LABEL_ROOM - gaps) / len(weights))
        self.cells = [
            Cell(subject.weight(weight), side) if weight >= 0 else ZeroCell(subject, row, entry, side)
            for entry, weight in enumerate(weights)
        ]
        gaps_before = [gap for gap, run in enumerate(runs) for _ in run]
        for entry, (cell, before) in enumerate(zip(self.cells, gaps_before, strict=True)):
            cell.shift(RIGHT * (entry * side + before * _BETWEEN))
        if not all(can_be_read(cell.symbol.em) for cell in self.cells):
            for cell in self.cells:
                cell.remove(cell.symbol)
                cell.label = None
        self.label: Glyph = words(label, CAPTION_SIZE, theme().muted, key=("row",))
        self.label.move_to(self.cells[0]).align_to(self.cells[0].get_left() + 0.25 * LEFT, RIGHT)
        super().__init__(self.label, *self.cells)
        self.shift(LEFT * (self.cells[-1].get_right()[0] - room / 2 + (room - _LABEL_ROOM - self._wide) / 2))

    @property
    def _wide(self) -> float:
        return float(self.cells[-1].get_right()[0] - self.cells[0].get_left()[0])
