"""The convolution as one line of pictures: image ∗ filter + b = result."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes._layout import Measure, Part, Size, between, block, column, first_of, row, solve
from scenes._mobjects.cells import focus, label_share
from scenes._mobjects.equations import all_equal
from scenes._mobjects.grids import weight_grid, weights_extent
from scenes._mobjects.marks import frame_around
from scenes._mobjects.matrix import GAP
from scenes._mobjects.matrix import column as vector
from scenes._mobjects.text import LEAST, symbol, too_small
from scenes._pictures.stacked import (
    least_cell,
    plane_block,
    put_image,
    put_result,
)
from scenes._pictures.standing import name_word, named, page_room, put, write_below
from scenes._words.counting import filter_word
from scenes._words.subject import Subject

_LARGEST, _LARGEST_OWN = 1.6, 0.88
"""Sides of cells, and of weights and results where several channels make the image's cells small."""
_SIGN, _SIGN_ROOM = 0.8, 0.5
"""The size of a sign in em, and the width that it has."""
_BESIDE, _BELOW = between(0.2, 0.4), between(0.3, 0.7)
_SMALLEST, _SEEN = 1.6, 0.5
"""How wide and high an image is at least whose pixels are shades, unless these are larger than that."""
_READ = (("weights", "pixels", "results"), ("weights", "pixels"), ("weights",), ())
"""What can be read, the best first. Of weights that cannot be read the colours are left."""


class Star(VGroup):
    """image ∗ filter + b = result, in pictures: in one row, or in two or three where these are larger."""

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        bias = "bias" if len(conv.bias) == 1 else "biases"
        self._named = {"image": "image", "weights": filter_word(conv), "bias": bias, "result": "result"}
        options = [self._arranged(subject, read) for read in _READ]
        layout = solve(first_of(*options, near=0.0), page_room(), LEAST)
        self.image = put_image(layout, subject)
        weight = layout.size(layout["weights"].look)
        self.weights = weight_grid(subject, weight)
        self.bias = vector([subject.bias(f) for f in range(len(conv.kernel))], weight)
        self.result = put_result(layout, subject)
        for cells in (self.weights.cells, self.bias.cells):
            for cell in cells if too_small(*cells) else ():
                cell.unlabel()
        signs = ("∗", "+", all_equal(subject, self.image, self.result))
        self.signs = VGroup(*(symbol(sign, ("operator",), _SIGN) for sign in signs))
        put(layout, weights=self.weights, bias=self.bias)
        put(layout, **{f"sign {k}": sign for k, sign in enumerate(self.signs)})
        words = [write_below(layout, name, name_word(text)) for name, text in self._named.items()]
        self.captions = VGroup(*words)
        super().__init__(self.image, self.weights, self.bias, self.result, *self.signs, self.captions)

    def window(self, result: int) -> VGroup:
        """Frames around a result and, in every channel, around what the filter covers for it."""
        around = 0.06 * self.image.side
        frames = (frame_around(cells, around) for cells in self.image.windows(result))
        return VGroup(*frames, focus(self.result.cells[result]))

    def _arranged(self, subject: Subject, read: Sequence[str]) -> Part:
        """So much of it can be read."""
        blocks = self._blocks(subject, read)
        image, weights, bias, result = (named(k, blocks[k], name_word(text)) for k, text in self._named.items())
        star, plus, equals = (block(f"sign {k}", _SIGN_ROOM, _SIGN_ROOM) for k in range(3))
        one = row(image, star, weights, plus, bias, equals, result, gap=_BESIDE)
        two = column(row(image, star, weights, gap=_BESIDE), row(plus, bias, equals, result, gap=_BESIDE), gap=_BELOW)
        middle = row(star, weights, plus, bias, gap=_BESIDE)
        three = column(image, middle, row(equals, result, gap=_BESIDE), gap=_BELOW)
        return first_of(one, two, three, near=0.9, tall=[two, three, one])

    def _blocks(self, subject: Subject, read: Sequence[str]) -> dict[str, Part]:
        conv = subject.conv
        filters = weights_extent(conv)
        cell = Size("the image's cells", least_cell(conv.padded_shape, read, _SMALLEST, _SEEN), _LARGEST)
        several = len(conv.image) > 1
        weight = Size("cells of weights", most=_LARGEST_OWN) if several else cell
        result = Size("the result's cells", most=_LARGEST_OWN) if several else cell
        if not several and "pixels" not in read:
            weight = Size("cells of weights", most=_LARGEST_OWN)
        pieces = [subject.weight(w) for w in range(conv.counts.weights)]
        pieces += [subject.bias(f) for f in range(len(conv.bias))]
        texts: dict[str, dict[str, Measure]] = {
            "image": {"pixels": label_share([subject.pixel(p) for p in range(conv.counts.pixels)]) * cell},
            "weights": {"weights": label_share(pieces) * weight},
            "bias": {},
            "result": {"results": label_share([subject.result(r) for r in range(conv.counts.results)]) * result},
        }
        high = len(conv.kernel) + (len(conv.kernel) - 1) * GAP
        sizes = {
            "weights": (filters[0] * weight, filters[1] * weight, weight),
            "bias": (1.0 * weight, high * weight, weight),
        }
        reads = {name: {k: v for k, v in found.items() if k in read} for name, found in texts.items()}
        blocks: dict[str, Part] = {
            name: block(name, wide, tall, reads[name], look=size) for name, (wide, tall, size) in sizes.items()
        }
        blocks["image"] = plane_block("image", conv.padded_shape, cell, reads["image"])
        return {**blocks, "result": plane_block("result", conv.output_shape, result, reads["result"])}
