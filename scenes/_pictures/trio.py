"""The image alone, and filter, image and result side by side: where the first clips begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from manim import VGroup

from scenes._layout import Measure, Part, Size, between, block, column, first_of, longest, row, solve
from scenes._look.frame import frame
from scenes._mobjects.cells import SEEN, label_share, mark_share
from scenes._mobjects.grids import Filter
from scenes._mobjects.shares import least_room
from scenes._mobjects.text import LEAST, too_small
from scenes._pictures.stacked import (
    image_shape,
    in_any_stacks,
    least_side,
    plane_blocks,
    put_image,
    put_result,
)
from scenes._pictures.standing import filter_extent, name_word, named, put, stage_room, write_below
from scenes._words.counting import filter_word
from scenes._words.subject import Subject

_LARGEST, _LARGEST_ALONE, _LARGEST_OWN = 1.6, 2.1, 0.9
"""Sides of cells, at most: of all, of the image alone, and of weights and results where the image's are smaller."""
_MARKED, _SMALLER = 0.64, 0.46
"""In smaller cells of the image a weight's symbol would come too near to the pixel's; and the least side of cells that
are smaller than these for their sake."""
_SMALLEST_IMAGE = 2.2
"""How wide or high an image of shades is at least."""
_BESIDE, _BELOW = between(0.42, 2.2), between(0.35, 1.3)


class ImageAlone(VGroup):
    """The image in the middle of the stage."""

    def __init__(self, subject: Subject) -> None:
        cell = Size("the image's cells", most=_LARGEST_ALONE)
        below, *beside = plane_blocks("image", subject.conv.image.shape, cell)
        # Channels stand beside each other, in a tall picture below each other, unless that makes them smaller.
        layout = solve(first_of(*beside[::-1], below, tall=[below, *beside]), stage_room().inset(0.1, 0.2))
        self.image = put_image(layout, subject, ring=False)
        super().__init__(self.image)


class Trio(VGroup):
    """Filter, image and result beside or below each other, as large as the stage allows; without results no padding.

    With `sums` there is room for what each channel adds to a result, between image and result: from the image to
    `sums_to`.
    """

    def __init__(self, subject: Subject, result: bool = True, sums: bool = False) -> None:
        said = {"filter": filter_word(subject.conv), "image": "image", **({"result": "result"} if result else {})}
        words = {name: name_word(text) for name, text in said.items()}
        # What lines that can be read take at least; more than that, where pixels can then still be read.
        least = least_room(subject) + line_margin().both if sums else 0.0
        rooms = [*(room for room in _SUMS if room > least), least]
        described = []
        for liked in _PREFERRED:
            blocks = _blocks(subject, liked, ring=result, stack=sums)
            described.append([named(name, blocks[name], word) for name, word in words.items()])
        pictures = _with_sums(described, rooms) if sums else [_arranged(*parts) for parts in described]
        layout = solve(first_of(*pictures, near=0.0), stage_room(), LEAST)
        self.filter = Filter(subject, layout.size(layout["filter"].look))
        if too_small(self.filter):
            self.filter.unlabel()
        self.image = put_image(layout, subject, ring=result)
        self.side = self.image.side
        put(layout, filter=self.filter)
        results = [put_result(layout, subject)] if result else []
        self.captions = VGroup(*(write_below(layout, name, word) for name, word in words.items()))
        super().__init__(self.filter, self.image, *results, self.captions)
        if results:
            (self.result,) = results
        if sums:
            self.sums_to = layout["sums"].right
            if layout["sums"].wide < _SUMS[0]:
                self._make_room()

    def _make_room(self) -> None:
        """Where the result can stand between two lines, these have the room above and below it too."""
        heights = [float(plane[0].box.get_y() + plane[-1].box.get_y()) / 2 for plane in self.image.channels]
        between_lines = (heights[-1] + heights[-2]) / 2
        if all(abs(between_lines - y) > self.result.height / 2 + _LINE for y in heights):
            self.result.set_y(between_lines)
            self.sums_to = max(self.sums_to, float(self.result.get_right()[0]))


_ALL = ("weights", "pixels", "results", "marks")


class _Liked(NamedTuple):
    """Whether all cells are equally large where that can be, what can be read, and how long the image's side must be.

    `marks` are the weights' symbols on the image. Where not even weights can be read, colours are left.
    """

    tied: bool
    read: Sequence[str]
    smallest: float = _SMALLEST_IMAGE


_PREFERRED = (
    _Liked(True, _ALL),
    _Liked(False, _ALL),
    _Liked(True, ("weights", "pixels", "results")),
    _Liked(False, ("weights", "pixels", "marks")),
    _Liked(True, ("weights", "pixels")),
    _Liked(True, ("weights", "results")),
    _Liked(True, ("weights",)),
    _Liked(True, ()),
    _Liked(True, (), 0.0),
)
"""The best first."""
_SUMS, _LINE = (5.2, 2.75), 0.24
"""Between image and result, for each channel's share of a sum; above and below the middles of such lines."""


class Margin(NamedTuple):
    """What lines beside the channels leave free on their left, and on both sides together."""

    left: float
    both: float


def line_margin() -> Margin:
    """In a narrow picture the sums stand nearer to the image."""
    return Margin(0.55, 0.95) if frame().wide else Margin(0.25, 0.43)


def _blocks(subject: Subject, liked: _Liked, ring: bool, stack: bool) -> dict[str, Part]:
    """Filter, image and result, in which so much can be read.

    Cells of weights, and of the results of several channels, which make the image's small, may be larger than those of
    the image. Those that are not tied are smaller: the image's are then as large as marks need. Lines beside the
    channels need them in one `stack`.
    """
    conv, (tied, read, smallest) = subject.conv, liked
    least = _MARKED if "marks" in read else least_side(image_shape(conv, ring), smallest, _LARGEST)
    cell = Size("the image's cells", least, _LARGEST if tied else least)
    weight, result = (
        Size(f"cells of {what}", *((SEEN, _LARGEST_OWN) if tied else (_SMALLER, _MARKED)))
        for what in ("weights", "results")
    )
    free = not tied or len(conv.image) > 1
    weight_side = longest(cell, weight) if tied else weight
    result_side = (longest(cell, result) if tied else result) if free else cell
    weights = [subject.weight(w) for w in range(conv.counts.weights)]
    biases = [subject.bias(f) for f in range(len(conv.bias))]
    texts: dict[str, dict[str, Measure]] = {
        "filter": {"weights": label_share([*weights, *biases]) * weight},
        "image": {
            "marks": mark_share(weights) * cell,
            "pixels": label_share([subject.pixel(p) for p in range(conv.counts.pixels)]) * cell,
        },
        "result": {
            "results": label_share([subject.result(r) for r in range(conv.counts.results)]) * (result if free else cell)
        },
    }
    reads = {name: {what: em for what, em in found.items() if what in read} for name, found in texts.items()}
    wide, tall = filter_extent(conv)
    grids = {"image": (image_shape(conv, ring), cell), "result": (conv.output_shape, result_side)}
    blocks = {name: plane_blocks(name, *placed, reads[name]) for name, placed in grids.items()}
    return {
        "filter": block("filter", wide * weight_side, tall * weight_side, reads["filter"], look=weight_side),
        **{name: made[0] if stack else in_any_stacks(made) for name, made in blocks.items()},
    }


def _arranged(filter_: Part, image: Part, result: Part | None = None) -> Part:
    """In a row, or below each other, or of three, two in a row; in a tall picture these are liked better."""
    if result is None:
        beside, below = row(filter_, image, gap=_BESIDE), column(filter_, image, gap=_BELOW)
        return first_of(beside, below, tall=[below, beside])
    beside, below = row(filter_, image, result, gap=_BESIDE), column(filter_, image, result, gap=_BELOW)
    corner = column(row(filter_, image, gap=_BESIDE), result, gap=_BELOW)
    wide_filter = column(filter_, row(image, result, gap=_BESIDE), gap=_BELOW)
    return first_of(beside, corner, wide_filter, tall=[corner, below, beside, wide_filter])


def _with_sums(described: Sequence[Sequence[Part]], rooms: Sequence[float]) -> list[Part]:
    """With so much room for sums, the best first; what can be read matters more than how things stand."""
    *read, seen, small = described
    ways = _beside_sums, _below_sums
    return [way(room, *parts) for some in (read, [seen], [small]) for way in ways for parts in some for room in rooms]


def _beside_sums(least: float, filter_: Part, image: Part, result: Part) -> Part:
    """In a row with the sums between image and result; in a tall picture filter and result below the image."""
    sums = block("sums", between(least, 7.5), 0.0)
    return first_of(
        row(filter_, image, sums, result, gap=[between(0.25, 1.1), 0.0, between(0.12, 0.5)]),
        tall=[_below_sums(least, filter_, image, result)],
    )


def _below_sums(least: float, filter_: Part, image: Part, result: Part) -> Part:
    """The sums beside the image, filter and result below."""
    sums = block("sums", between(least, 7.5), 0.0)
    return column(row(image, sums), row(filter_, result, gap=_BESIDE), gap=_BELOW)
