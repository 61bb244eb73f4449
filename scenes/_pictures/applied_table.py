"""All positions of the filter beside each other: the filter, what it is applied to, and what that yields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from manim import LEFT, RIGHT, VGroup

from scenes._layout import (
    DoesNotFitError,
    Layout,
    Measure,
    Part,
    Size,
    between,
    block,
    column,
    first_of,
    label,
    row,
    solve,
    space,
    table,
)
from scenes._look.theme import theme
from scenes._mobjects.cells import label_share, mark_share
from scenes._mobjects.grids import ImageGrid, result_grid, weight_grid
from scenes._mobjects.text import LEAST, TEXT_SIZE, symbol, words
from scenes._pictures.standing import em_width, page_room, put, word_block, write
from scenes._pictures.trio import Trio
from scenes._words.subject import Subject

_LARGEST, _NEAR = 1.0, 0.8
"""The side of a cell at most; and of what it could be with fewer positions, what is large enough for all."""
_MOST = 6
"""So many positions at most, where not all fit."""
_SMALL, _SMALLEST = 0.38, 0.34
"""Sizes of the words where there is little room, in em."""
Parts = TypeVar("Parts")
_SAID = {"filter": "The filter", "image": "applied to", "result": "yields"}


class AppliedColumn(VGroup):
    """One position of the filter: the filter, what it is applied to, and the one result that this yields."""

    def __init__(self, subject: Subject, stop: int, layout: Layout) -> None:
        side = layout.size(layout[f"image {stop}"].look)
        self.stop = stop
        self.filter = weight_grid(subject, side)
        self.image = ImageGrid(subject, side)
        self.result = result_grid(subject, side)
        for i, cell in enumerate(self.result.cells):
            if i != stop and cell.label:
                cell.remove(cell.label)
                cell.label = None
        put(layout, **{f"filter {stop}": self.filter, f"image {stop}": self.image, f"result {stop}": self.result})
        self.patch = self.image.cover(stop)
        super().__init__(self.filter, self.image, self.result, self.patch)


class AppliedTable(VGroup):
    """Positions of the filter beside or below each other; where not all fit, the first ones, dots, and the last one."""

    @classmethod
    def fits(cls, subject: Subject) -> bool:
        """Whether the cells of the table can be read, the weights' symbols in them included unless all stand there.

        What has its label here has it in the trio too, from which the table is made.
        """
        if len(subject.conv.image) > 1 or len(subject.conv.kernel) > 1:
            return False
        try:
            trio, columns = Trio(subject), cls(subject).columns
        except DoesNotFitError:
            return False
        grids = [trio.image, trio.result, *(part for one in columns for part in (one.image, one.result))]
        return not any(grid.shaded for grid in grids)

    def __init__(self, subject: Subject) -> None:
        layout = _solved(subject)
        stops = [stop for stop in range(subject.conv.counts.results) if f"image {stop}" in layout]
        self.columns = [AppliedColumn(subject, stop, layout) for stop in stops]
        self.words = VGroup()
        for kind, text in _SAID.items():
            box = layout[f"word {kind}"]
            word = write(layout, f"word {kind}", words(text, box.look, theme().text, key=("row",)))
            self.words.add(word.align_to(RIGHT * box.left, LEFT))
        self.dots = VGroup()
        if "dots" in layout:
            self.dots.add(symbol(layout["dots"].look, ("dots",)))
            put(layout, dots=self.dots)
        super().__init__(*self.columns, self.words, *self.dots)


def _solved(subject: Subject) -> Layout:
    """Where everything stands; raises DoesNotFitError where too little could be read."""
    results = range(subject.conv.counts.results)
    whole = [[*results]] if len(results) <= _MOST else []
    some = [[*results[:most], results[-1]] for most in range(_MOST - 1, 1, -1) if most + 1 < len(results)]
    two = [[0, results[-1]]] if len(results) > 2 else []
    # That all positions stand there matters more than the weights' symbols on the image; these, more than a third one.
    groups = [(whole + some, True), (whole, False), (two, True), (some + two, False)]
    options = [
        first_of(*(_arranged(_Described(subject, stops, marks)) for stops in group), near=_NEAR)
        for group, marks in groups
        if group
    ]
    return solve(first_of(*options, near=0.0), page_room(), LEAST)


class _Described:
    """Some positions of the filter, their parts as blocks."""

    def __init__(self, subject: Subject, stops: Sequence[int], marks: bool) -> None:
        conv = subject.conv
        self.stops, self.dotted = stops, len(stops) < conv.counts.results
        self.cell = cell = Size("cells", most=_LARGEST)
        weights = [subject.weight(w) for w in range(conv.counts.weights)]
        self._shapes = {
            "filter": conv.kernel.shape[2:],
            "image": conv.padded_shape[1:],
            "result": conv.output_shape[1:],
        }
        pixels = [subject.pixel(p) for p in range(conv.counts.pixels)]
        self._texts: dict[str, dict[str, Measure]] = {
            "filter": {"weights": label_share(weights) * cell},
            "image": {
                "pixels": label_share(pixels) * cell,
                **({"marks": mark_share(weights) * cell} if marks else {}),
            },
            "result": {"results": label_share([subject.result(r) for r in range(conv.counts.results)]) * cell},
        }

    def line(self, kind: str, widest: bool = False) -> Iterator[Part]:
        """The filters, the images or the results; `widest` gives all the same room."""
        rows, columns = self._shapes[kind]
        if widest:
            columns = max(shape[1] for shape in self._shapes.values())
        for stop in self.stops:
            yield block(f"{kind} {stop}", columns * self.cell, rows * self.cell, self._texts[kind], look=self.cell)

    def with_dots(self, parts: Sequence[Parts], dots: Parts) -> list[Parts]:
        """The same with dots before the last one, where some are left out."""
        return [*parts[:-1], *([dots] if self.dotted else []), parts[-1]]


def _said(kind: str, size: float, aside: bool = False) -> Part:
    """A word; those that stand `aside` begin below each other."""
    wide = max(em_width(text) for text in _SAID.values()) * size if aside else 0.0
    return word_block(f"word {kind}", _SAID[kind], size, wide, look=size)


def _arranged(one: _Described) -> Part:
    """Side by side with words left of them, or above; in a tall picture below each other."""
    beside, below = (block("dots", 0.4, 0.4, look=dots) for dots in "…⋮")

    def aside(size: float, apart: float) -> Part:
        lines = [
            [_said(kind, size, aside=True), *one.with_dots([*one.line(kind)], beside if kind == "image" else space())]
            for kind in _SAID
        ]
        return table(*lines, apart=between(apart, 0.75), below=0.32)

    def above() -> Part:
        lines = []
        for kind in _SAID:
            parts = one.with_dots([*one.line(kind, widest=True)], beside if kind == "image" else space(0.4))
            lines.append(label(row(*parts, gap=between(0.2, 0.75)), _said(kind, _SMALL), "above", gap=0.12))
        return column(*lines, gap=0.16)

    positions = one.with_dots([*zip(*map(one.line, _SAID), strict=True)], (space(), below, space()))
    headed = table([_said(kind, TEXT_SIZE) for kind in _SAID], *positions, apart=0.62, below=between(0.35, 0.75))
    return first_of(aside(TEXT_SIZE, 0.45), above(), aside(_SMALLEST, 0.18), headed, tall=[headed])
