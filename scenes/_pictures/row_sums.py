"""The sums of a matrix product as a picture: all of them in a table, or the first one in a line below the product."""

from __future__ import annotations

from scenes._layout import Size, between, block, column, first_of, solve
from scenes._mobjects.cells import Cell
from scenes._mobjects.equations import compact_lines, level, long_lines
from scenes._mobjects.sum_table import Columns, SumTable
from scenes._mobjects.text import LEAST, Line
from scenes._pictures.standing import put, stage_room
from scenes._words.subject import Subject

_LARGEST, _LARGEST_LINE, _CONDENSED = 0.6, 0.5, 1.3
"""Sizes of the sums of a table, of a single one, at most, and of the compact ones beside the long ones; in em."""
_ROW, _FARTHEST = 1.5, 1.5
"""From row to row, in em at least, in units at most."""
_HEAD = 1.35
"""The side of a pixel's cell above the table, in em."""
_MOST = 40
"""No line with more terms can be read."""


class AllSums(SumTable):
    """The sums of all rows, with pixels above their columns, `header[pixel]`, where these are shown.

    Raises DoesNotFitError where they could not be read.
    """

    def __init__(self, subject: Subject) -> None:
        equations = subject.conv.equations()
        columns, em = Columns(subject, equations), Size("letters", most=_LARGEST)
        rows = len(equations)
        high = between((rows * _ROW) * em, rows * _FARTHEST)
        head = block("header", 0.0, 1.5 * _HEAD * em)
        options = [
            column(head, block("sums", columns.total(most) * em, high, {"sums": 1.0 * em}, look=most))
            for most in range(min(_MOST, columns.terms), min(2, columns.terms) - 1, -1)
        ]
        layout = solve(first_of(*options, near=0.0), stage_room(), LEAST)
        box = layout["sums"]
        super().__init__(subject, equations, columns, box.look, layout.size(em), box.tall / rows)
        put(layout, sums=self)
        self.header = {slot: self._head(subject, slot) for slot in self.slots if slot is not None}

    def _head(self, subject: Subject, pixel: int) -> Cell:
        """A pixel above its column: above its letters there, so that it falls straight down on them."""
        cell = Cell(subject.pixel(pixel), _HEAD * self.em)
        below = self.lines[0].find(("pixel", pixel))
        box = next(box for box in self.boxes[0] if box)
        high = float(box.get_top()[1]) + (0.3 + _HEAD / 2) * self.em
        return cell.move_to((below.get_x(), high, 0))

    def compact(self, subject: Subject) -> list[Line]:
        """The sums without their zero terms, each at the height of the long one."""
        size = min(0.66, _CONDENSED * self.em)
        lines = compact_lines(subject.conv.equations(), subject, size, stage_room().wide)
        return [level(line, float(long[-2].get_y())) for line, long in zip(lines, self.lines, strict=True)]


def first_sum(subject: Subject, height: float, zeros: bool) -> Line:
    """The sum of the first row in a line at some height, with its zero terms or without."""
    make = long_lines if zeros else compact_lines
    (line,) = make(subject.conv.equations()[:1], subject, _LARGEST_LINE, stage_room().wide - 0.2)
    return level(line, height)
