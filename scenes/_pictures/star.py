"""The convolution as one line of pictures: image ∗ filter + b = result."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, VGroup

from scenes._look.frame import frame
from scenes._mobjects.cells import Cell, caption, extent, focus, least_width
from scenes._mobjects.equations import all_equal
from scenes._mobjects.grids import ImageGrid, filter_planes, image_planes, result_grid, weight_grid
from scenes._mobjects.marks import frame_around
from scenes._mobjects.matrix import column
from scenes._mobjects.text import symbol
from scenes._pictures.narrow import place_star, star_sides
from scenes._words.counting import filter_word
from scenes._words.subject import Subject


class Star(VGroup):
    """image ∗ filter + b = result, in pictures."""

    def __init__(self, subject: Subject) -> None:
        self._kernel = subject.conv.kernel.shape
        self._named = (
            "image",
            filter_word(subject.conv),
            "bias" if len(subject.conv.bias) == 1 else "biases",
            "result",
        )
        if frame().wide:
            self._in_a_row(subject)
        else:
            self._in_rows(subject)

    def window(self, result: int) -> VGroup:
        """Frames around a result and, in every channel, around what the filter covers for it."""
        channels: dict[int, list[Cell]] = {}
        for weight, cell in self.image.under(result):
            channels.setdefault(int(np.unravel_index(weight, self._kernel)[1]), []).append(cell)
        around = 0.06 * self.image.side
        return VGroup(*(frame_around(cells, around) for cells in channels.values()), focus(self.result.cells[result]))

    def _signs(self, subject: Subject) -> VGroup:
        signs = ("∗", "+", all_equal(subject, self.image, self.result))
        return VGroup(*(symbol(sign, ("operator",), 0.8) for sign in signs))

    def _in_rows(self, subject: Subject) -> None:
        """In one or two rows, as large as a narrower stage allows."""
        order, sides = star_sides(subject)
        self.image = ImageGrid(subject, sides[0])
        self.weights = weight_grid(subject, sides[1])
        self.bias = column([subject.bias(f) for f in range(len(subject.conv.kernel))], sides[1])
        self.result = result_grid(subject, sides[3])
        self.signs = self._signs(subject)
        blocks = (self.image, self.weights, self.bias, self.result)
        self.captions = place_star(blocks, [*self.signs], order, self._named)
        super().__init__(*(part for pair in zip(blocks, self.signs, strict=False) for part in pair))
        self.add(self.result, self.captions)

    def _in_a_row(self, subject: Subject) -> None:
        """In one row."""
        conv = subject.conv
        filters = filter_planes(conv)
        grids = image_planes(conv), (1, *conv.output_shape)
        wide, tall = (sum(extent(g)[0] for g in grids), max(extent(g)[1] for g in grids))
        filter_wide, filter_tall = extent(filters)
        side = min(1.15, 9.8 / (wide + filter_wide + 1), 4.4 / max(tall, filter_tall))
        # Beside a large image the filter stays readable, and image and result take what is left.
        weights = [subject.weight(i) for i in range(conv.counts.weights)]
        least = max(0.62, least_width([*weights, *(subject.bias(f) for f in range(len(conv.bias)))]))
        weight_side = max(side, min(least, 4.4 / filter_tall))
        side = min(weight_side, (9.8 - (filter_wide + 1) * weight_side) / wide, 4.4 / tall)
        self.image = ImageGrid(subject, side)
        self.weights = weight_grid(subject, weight_side)
        self.bias = column([subject.bias(f) for f in range(len(conv.kernel))], weight_side)
        # Several channels make the image's cells small; the results need not be as small as they are.
        result_wide, result_tall = extent(grids[1])
        left = 9.8 - (filter_wide + 1) * weight_side - extent(grids[0])[0] * side
        result_side = min(0.88, 4.4 / result_tall, left / result_wide) if len(conv.image) > 1 else side
        self.result = result_grid(subject, max(side, result_side))
        self.signs = self._signs(subject)
        blocks = (self.image, self.signs[0], self.weights, self.signs[1], self.bias, self.signs[2], self.result)
        VGroup(*blocks).arrange(RIGHT, buff=0.3).move_to(UP * frame().stage_middle)
        floor = min(self.image.get_bottom()[1], self.result.get_bottom()[1])
        floor = min(floor, self.weights.get_bottom()[1])
        named = zip(self._named, (self.image, self.weights, self.bias, self.result), strict=True)
        self.captions = VGroup(*(caption(text, block, floor - 0.55) for text, block in named))
        super().__init__(*blocks, self.captions)
