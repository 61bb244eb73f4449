"""Code beside or below what it works on: filter, image and result."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, UP, RoundedRectangle, VGroup

from scenes._layout import Measure, Part, Size, between, block, column, first_of, row, solve
from scenes._look.theme import theme
from scenes._mobjects.cells import FRAME_LAYER, SEEN, focus, label_share
from scenes._mobjects.code import PITCH, Code, advance
from scenes._mobjects.grids import Filter
from scenes._mobjects.marks import frame_around
from scenes._mobjects.text import LEAST
from scenes._pictures.stacked import (
    least_cell,
    plane_block,
    put_image,
    put_result,
)
from scenes._pictures.standing import filter_extent, put, stage_room
from scenes._words.listings import listings
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_LARGEST, _LARGEST_CODE = 0.9, 0.46
"""Sides of cells, and of code in em, at most."""
_GAP, _APART = between(0.3, 0.8), between(0.3, 1.0)
_SMALLEST, _SMALLEST_PLANE = 1.4, 1.0
"""How wide or high an image of shades is at least, and one channel of it."""
_AROUND = 0.05
_READ = (("weights", "pixels", "results"), ("weights", "pixels"), ("weights",), ())
"""What can be read in the grids, the best first: labels go before the code does."""


class CodeStage(VGroup):
    """`filter`, `image` and `result`, and room for one listing at a time: `code(0)` and so on."""

    def __init__(self, subject: Subject) -> None:
        self._conv = conv = subject.conv
        self.listings = listings(conv)
        options = [_arranged(subject, read, narrow) for read in _READ for narrow in (False, True)]
        self._layout = layout = solve(first_of(*options, near=0.0), stage_room(), LEAST)
        weight, read = layout["filter"].look
        self.filter = Filter(subject, layout.size(weight))
        if "weights" not in read:
            self.filter.unlabel()
        self.image = put_image(layout, subject)
        self.result = put_result(layout, subject)
        put(layout, filter=self.filter)
        super().__init__(self.filter, self.image, self.result)

    def code(self, which: int) -> Code:
        """A listing in the middle of its room."""
        box, listing = self._layout["code"], self.listings[which]
        em, narrow = box.look
        made = Code(listing.library.lower(), listing.lines(narrow), self._layout.size(em))
        middle = made.ground.get_center()
        return made.shift(RIGHT * (box.x - middle[0]) + UP * (box.y - middle[1]))

    def window(self, result: int) -> VGroup:
        """Frames around what the filter covers for a result, in every channel."""
        return VGroup(*(frame_around(cells, _AROUND) for cells in self.image.windows(result)))

    def goal(self, result: int) -> VGroup:
        """A frame around a result."""
        return VGroup(focus(self.result.cells[result]))

    def about(self, what: str) -> VGroup:
        """A bright frame around what an argument of a layer is about.

        That is "in", "out", "kernel", "stride", "padding", or the first "window".
        """
        if what == "stride":
            return VGroup(*(self.window(stop) for stop in (0, *self._conv.results_of(0)[1:2])))
        if what == "window":
            return self.window(0)
        grids = {"in": self.image, "padding": self.image, "out": self.result, "kernel": self.filter.grid}
        return VGroup(_around(grids[what]))


def _around(grid: VGroup) -> RoundedRectangle:
    """A bright frame around all of a grid."""
    frame = RoundedRectangle(
        corner_radius=0.1,
        width=grid.width + 0.2,
        height=grid.height + 0.2,
        stroke_color=theme().accent,
        stroke_width=4,
        fill_opacity=0,
    )
    return frame.move_to(grid).set_z_index(FRAME_LAYER + 1)


def _arranged(subject: Subject, read: Sequence[str], narrow: bool) -> Part:
    """The grids in a row above the code, or below each other beside it."""
    conv = subject.conv
    em = Size("the code", most=_LARGEST_CODE)
    texts = [listing.lines(narrow) for listing in listings(conv)]
    columns, lines = max(len(line) for text in texts for line in text), max(map(len, texts))
    code = block("code", columns * advance() * em, lines * PITCH * em, {"the code": 1.0 * em}, look=(em, narrow))
    filter_wide, filter_tall = filter_extent(conv)
    cell = Size(
        "the image's cells", least_cell(conv.padded_shape, read, _SMALLEST, _LARGEST, _SMALLEST_PLANE), _LARGEST
    )
    weight, result = (Size(f"cells of {what}", SEEN, _LARGEST) for what in ("weights", "results"))
    measures: dict[str, Measure] = {
        "pixels": label_share([subject.pixel(p) for p in range(conv.counts.pixels)]) * cell,
        "weights": label_share(_weights(subject)) * weight,
        "results": label_share([subject.result(r) for r in range(conv.counts.results)]) * result,
    }

    def reads(what: str) -> dict[str, Measure]:
        return {what: measures[what]} if what in read else {}

    filter_ = block("filter", filter_wide * weight, filter_tall * weight, reads("weights"), look=(weight, read))
    image = plane_block("image", conv.padded_shape, cell, reads("pixels"))
    out = plane_block("result", conv.output_shape, result, reads("results"))
    above = column(row(filter_, image, out, gap=_GAP), code, gap=_APART)
    stacked = column(row(filter_, out, gap=_GAP), image, gap=_GAP)
    beside = row(code, stacked, gap=_APART)
    return first_of(beside, above, near=0.9, tall=[above, column(row(filter_, image, gap=_GAP), out, code, gap=_APART)])


def _weights(subject: Subject) -> list[Piece]:
    weights = [subject.weight(w) for w in range(subject.conv.counts.weights)]
    return [*weights, *(subject.bias(f) for f in range(len(subject.conv.bias)))]
