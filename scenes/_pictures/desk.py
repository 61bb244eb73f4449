"""Where equations are written: which of them, how much of each, and how large, decided in one place."""

from __future__ import annotations

from manim import RIGHT, VGroup, VMobject

from scenes._mobjects.cells import Grid, label_size
from scenes._mobjects.equations import BoxedEquation, LineShape, compact_lines, level
from scenes._mobjects.grids import Filter
from scenes._mobjects.text import Line, symbol, too_small
from scenes._pictures.desk_layout import laid_out
from scenes._pictures.lines import line_slots
from scenes._pictures.stacked import put_image, put_result
from scenes._pictures.standing import put
from scenes._words.figures import sums_figure
from scenes._words.subject import Subject

_LARGEST_COMPACT, _COMPACT_MARGIN = 0.66, 0.2
"""Size of lines without boxes in em, and what they leave free of the room for the lines."""


class Desk(VGroup):
    """Image and filter on the left, one boxed line for each result on the right; or above each other.

    Where not all results have a line, `dots` stand above the last one; `results` lists those that have one. Where the
    lines are too long, terms are left out before the last one. `figure` then says how much there really is.
    """

    def __init__(self, subject: Subject, letters: Subject | None = None) -> None:
        """Lay the desk out; with `letters` so that numbers take exactly the places of those letters."""
        self._conv, self._subject = subject.conv, subject
        equations = subject.conv.equations()
        # What a line shows must not change when its letters turn into numbers: both fit.
        layout, self.results, shape, side = laid_out(subject.conv, [letters or subject, subject.in_numbers])
        self.image = put_image(layout, subject)
        self.filter = Filter(subject, side, layout["filter"].look)
        if too_small(self.filter):
            self.filter.unlabel()
        put(layout, filter=self.filter)
        self.line_side, self._room = shape.side, layout["lines"]
        self.lines = [BoxedEquation(equations[result], subject, shape) for result in self.results]
        self.dots = VGroup()
        self._stack(shape)
        self.result: Grid | None = None
        if "result" in layout:
            self.result = put_result(layout, subject)
            if layout["result"].top < self._room.bottom:
                # Below the results of the lines.
                self.result.align_to(self.lines[0], RIGHT)
        super().__init__(*self.grids, *self.lines, *self.dots)

    @property
    def grids(self) -> list[VMobject]:
        """Image, filter and, if it stands there, the result."""
        return [self.image, self.filter, *([self.result] if self.result else [])]

    def _stack(self, shape: LineShape) -> None:
        """Put the lines below each other, with dots where some are left out."""
        room = self._room
        right = room.x + max(shape.width(len(line.equation.terms)) for line in self.lines) / 2
        slots = line_slots(self.results, self._conv.counts.results)
        pitch, at = room.tall / sum(share for _, share in slots), room.top
        for which, share in slots:
            height = at - share * pitch / 2
            at -= share * pitch
            if which is None:
                dots = symbol("⋮", ("dots",), max(0.5, 1.2 * label_size(self.line_side)))
                self.dots.add(dots.set_y(height))
            else:
                self.lines[which].end_at(right, height)
        for glyph in self.dots:
            glyph.set_x(self.lines[0].result.get_x())

    def in_numbers(self) -> Desk:
        """The same desk, everything in the same place, in numbers."""
        return Desk(self._subject.in_numbers, self._subject)

    @property
    def figure(self) -> str | None:
        """How many results there are, and of how many products, where not all stand here."""
        whole = not self.dots and not any(line.rest for line in self.lines)
        return None if whole else sums_figure(self._conv)

    def compact(self, subject: Subject) -> list[Line]:
        """The same equations as typeset lines in the same places."""
        equations = [line.equation for line in self.lines]
        for margin in (_COMPACT_MARGIN, 0.0):
            largest = min(_LARGEST_COMPACT, self.line_side)
            lines = compact_lines(equations, subject, largest, self._room.wide - margin)
            if not too_small(*lines):
                break
        for line, boxed in zip(lines, self.lines, strict=True):
            level(line.shift(RIGHT * self._room.x), boxed.get_y())
        return lines
