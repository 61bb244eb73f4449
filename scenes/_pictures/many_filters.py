"""Filters over several channels: beside their image and their maps, as blocks of a matrix, and a real layer."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, UP, VGroup

from cnnmath import Convolution
from scenes._layout import Measure, Part, Size, between, block, column, first_of, row, solve, table
from scenes._mobjects.blocks import Block, LayerRow, Wall
from scenes._mobjects.cells import SEEN, Cell, label_share, mark_share
from scenes._mobjects.channel_lines import ChannelLines
from scenes._mobjects.channel_lines import extent as lines_extent
from scenes._mobjects.grids import Filter
from scenes._mobjects.text import CAPTION_SIZE, LEAST, can_be_read
from scenes._pictures.stacked import (
    least_side,
    plane_block,
    put_image,
    put_result,
)
from scenes._pictures.standing import name_word, named, put, stage_room, word_block, write, write_below
from scenes._words.counting import filter_word
from scenes._words.figures import in_digits
from scenes._words.many_filters import RealLayer
from scenes._words.subject import Subject

_LARGEST, _LARGEST_LINE, _SMALLEST = 1.0, 0.5, 1.6
"""The side of a cell, and the size of a line (em), at most; and the longer side of the image, at least."""
_FRAME = 0.36
"""What the frame of a filter reaches around it, in sides of a cell."""
_BESIDE, _BELOW = between(0.28, 1.2), between(0.22, 0.8)
_NEAR = 0.85
"""Sums that much smaller than they could be are large enough: then cells have more room."""
_TERMS = (9, 6, 4, 3, 2)
"""So many products of a channel stand there at most, the more the better."""


class FiltersDesk(VGroup):
    """Filters, image and maps, with room for the sums that give one result: `lines(result)`."""

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        self._subject = subject
        made = _Described(subject)
        layout = solve(first_of(*made.options(), near=0.0), stage_room().inset(0.1, 0.05), LEAST)
        self._place, self._most = layout["lines"], int(layout["lines"].look)
        self._size = layout.size(made.em)
        self.filter = Filter(subject, layout.size(made.weight))
        clear([*self.filter.grid.cells, *self.filter.biases])
        self.image = put_image(layout, subject)
        self.maps = put_result(layout, subject, "maps")
        put(layout, filter=self.filter)
        named_ = bool(layout["filter"].look)
        self.captions = {
            name: write_below(layout, name, name_word(text)) for name, text in _names(conv).items() if named_
        }
        """Where there is room for them."""
        super().__init__(self.filter, self.image, self.maps, *self.captions.values())

    def lines(self, result: int) -> ChannelLines:
        """The sums that give a result, at their place."""
        made = ChannelLines(self._subject, result, self._most, self._size)
        return made.move_to(RIGHT * self._place.x + UP * self._place.y)


class _Described:
    """The parts of the desk as blocks, and the sizes that they are measured in."""

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        self._subject = subject
        self.weight, self.result = (Size(f"cells of {what}", SEEN, _LARGEST) for what in ("weights", "results"))
        self.pixel = Size("cells of pixels", least_side(conv.padded_shape, _SMALLEST, _LARGEST), _LARGEST)
        self.em = Size("the sums", most=_LARGEST_LINE)
        self._weights = [subject.weight(w) for w in range(conv.counts.weights)]
        self._of_weights = label_share([*self._weights, *(subject.bias(f) for f in range(len(conv.bias)))])
        self._of_pixels = label_share([subject.pixel(p) for p in range(conv.counts.pixels)])
        self._of_results = label_share([subject.result(r) for r in range(conv.counts.results)])

    def options(self) -> list[Part]:
        """What can be read, and how many products of a channel stand there: the best first."""
        longest = max(len(share.terms) for share in self._subject.conv.channel_shares(0))
        most = [max(longest, 1), *(terms for terms in _TERMS if terms < longest)]
        reads = (
            ("weights", "pixels", "results", "marks"),
            ("weights", "pixels", "results"),
            ("weights", "results"),
            ("weights",),
            ("pixels", "results"),
            (),
        )
        lines = [self._lines(terms) for terms in most]
        return [self._arranged(set(read), line, words) for read in reads for words in (True, False) for line in lines]

    def _arranged(self, read: set[str], lines: Part, words: bool) -> Part:
        blocks = {"filter": self._filter(read, words), "image": self._image(read), "maps": self._maps(read)}
        if words:
            said = _names(self._subject.conv)
            blocks = {name: named(name, part, name_word(said[name])) for name, part in blocks.items()}
        filter_, image, maps = blocks.values()
        three = row(filter_, image, maps, gap=_BESIDE)
        return first_of(
            row(filter_, image, column(lines, maps, gap=_BELOW), gap=_BESIDE),
            row(filter_, image, lines, maps, gap=_BESIDE),
            column(three, lines, gap=_BELOW),
            column(row(filter_, image, gap=_BESIDE), row(lines, maps, gap=_BESIDE), gap=_BELOW),
            tall=[
                column(row(filter_, image, gap=_BESIDE), lines, maps, gap=_BELOW),
                column(filter_, row(image, maps, gap=_BESIDE), lines, gap=_BELOW),
                column(filter_, image, lines, maps, gap=_BELOW),
                column(three, lines, gap=_BELOW),
            ],
            near=_NEAR,
        )

    def _filter(self, read: set[str], words: bool) -> Part:
        wide, tall = Filter.extent(self._subject.conv)
        reads: dict[str, Measure] = {"weights": self._of_weights * self.weight}
        return block(
            "filter", (wide + _FRAME) * self.weight, (tall + _FRAME) * self.weight, _only(reads, read), look=words
        )

    def _image(self, read: set[str]) -> Part:
        reads: dict[str, Measure] = {
            "pixels": self._of_pixels * self.pixel,
            "marks": mark_share(self._weights) * self.pixel,
        }
        return plane_block("image", self._subject.conv.padded_shape, self.pixel, _only(reads, read))

    def _maps(self, read: set[str]) -> Part:
        reads: dict[str, Measure] = {"results": self._of_results * self.result}
        return plane_block("maps", self._subject.conv.output_shape, self.result, _only(reads, read))

    def _lines(self, most: int) -> Part:
        conv = self._subject.conv
        wide, tall = lines_extent(self._subject, conv.first_results, most)
        return block("lines", wide * self.em, tall * self.em, {"a sum": 1.0 * self.em}, look=most)


def clear(cells: Sequence[Cell]) -> None:
    """Where any symbol could not be read, leave all of them out: colours and places tell the cells apart."""
    if all(can_be_read(cell.symbol.em) for cell in cells):
        return
    for cell in cells:
        cell.remove(cell.symbol)
        cell.label = None


def _names(conv: Convolution) -> dict[str, str]:
    """What stands below each part."""
    return {"filter": filter_word(conv), "image": "image", "maps": "map" if len(conv.kernel) == 1 else "maps"}


def _only(reads: dict[str, Measure], read: set[str]) -> dict[str, Measure]:
    """Those that must be readable."""
    return {what: em for what, em in reads.items() if what in read}


class BlockMatrix(VGroup):
    """The matrix in blocks: `blocks[filter][channel]`, the filter of each row beside it or above all.

    `heads` stand above the columns of blocks.
    """

    def __init__(self, subject: Subject) -> None:
        conv = subject.conv
        filters, channels = conv.kernel.shape[:2]
        across, down = Block.extent(conv)
        least = min(_ENTRY, _MATRIX[0] / (channels * across), _MATRIX[1] / (filters * down))
        weight = Size("cells of weights", min(_KEY[0], _KEY[1] / LayerRow.extent(conv)[0]), most=0.7)
        entry = Size("entries", least, most=0.62)
        options = [one for short in (False, True) for one in _block_options(subject, weight, entry, short)]
        layout = solve(first_of(*options, near=0.0), stage_room().inset(0.1, 0.05), LEAST)
        labelled = bool(layout["block 0 0"].look)
        side = layout.size(entry)
        self.filters = [LayerRow(subject, f, layout.size(weight)) for f in range(filters)]
        self.blocks = [[Block(subject, f, c, side, labelled) for c in range(channels)] for f in range(filters)]
        for part in self.filters:
            clear([*part.grid.cells, part.bias])
        put(layout, **{f"filter {f}": part for f, part in enumerate(self.filters)})
        put(layout, **{f"block {b.filter} {b.channel}": b for line in self.blocks for b in line})
        self.heads = [write(layout, f"head {c}", name_word(layout[f"head {c}"].look)) for c in range(channels)]
        super().__init__(*self.filters, *(b for line in self.blocks for b in line), *self.heads)


_ENTRY, _MATRIX = 0.24, (4.6, 2.4)
"""The side of an entry, or else the width or the height of the matrix, at least."""
_KEY = 0.12, 1.6
"""The side of a weight's cell, or else the width of a filter beside or above the matrix, at least."""


def _heads(channels: int, short: bool) -> list[str]:
    """What stands above the blocks: the word only once, where it has no room above each of them."""
    return [f"{c + 1}" if c and short else f"channel {c + 1}" for c in range(channels)]


def _block_options(subject: Subject, weight: Size, entry: Size, short: bool) -> list[Part]:
    """Filters left of their rows, or above; entries with their symbols, or else none: what is liked best first."""
    conv = subject.conv
    filters, channels = conv.kernel.shape[:2]
    pieces = [subject.weight(w) for w in range(conv.counts.weights)]
    biases = [subject.bias(f) for f in range(filters)]
    reads: dict[str, Measure] = {"weights": label_share([*pieces, *biases]) * weight}
    heads = [word_block(f"head {c}", text, CAPTION_SIZE, look=text) for c, text in enumerate(_heads(channels, short))]
    (wide, tall), (key_wide, key_tall) = Block.extent(conv), LayerRow.extent(conv)
    options: list[Part] = []
    for labelled, known in ((True, True), (False, True), (False, False)):
        share: dict[str, Measure] = {"entries": label_share(pieces) * entry} if labelled else {}
        mine = reads if known else {}
        keys = [block(f"filter {f}", key_wide * weight, key_tall * weight, mine) for f in range(filters)]
        blocks = [
            [block(f"block {f} {c}", wide * entry, tall * entry, share, look=labelled) for c in range(channels)]
            for f in range(filters)
        ]
        beside = table([None, *heads], *([keys[f], *line] for f, line in enumerate(blocks)), apart=0.3, below=0.22)
        matrix = table(heads, *blocks, apart=0.22, below=0.22)
        above = [column(row(*keys, gap=between(0.25, 0.8)), matrix, gap=between(0.25, 0.8))]
        if filters > 1:
            two = table(*[[*keys[k : k + 2], *[None] * (2 - len(keys[k : k + 2]))] for k in range(0, filters, 2)],
                        apart=0.3, below=0.2)  # fmt: skip
            above += [column(two, matrix, gap=between(0.25, 0.8)), column(column(*keys, gap=0.2), matrix, gap=0.3)]
        options.append(first_of(beside, *above))
    return options


class RealPicture(VGroup):
    """A layer as large as real ones: its channels, its filters, and the maps that they give, each with its number."""

    def __init__(self, real: RealLayer) -> None:
        side = Size("a wall", most=4.2)
        said = {
            "channels": in_digits(real.channels, "channel"),
            "filters": in_digits(real.filters, "filter"),
            "maps": in_digits(real.filters, "map"),
        }
        parts = [named(name, block(name, side, side), name_word(text)) for name, text in said.items()]
        beside, corner = row(*parts, gap=between(0.3, 1.2)), column(parts[0], row(*parts[1:], gap=0.4), gap=0.3)
        layout = solve(
            first_of(beside, corner, tall=[corner, column(*parts, gap=0.3)]), stage_room().inset(0.1, 0.1), LEAST
        )
        wide = layout.size(side)
        self.channels = Wall(1, real.channels, 0, wide)
        self.filters = Wall(real.filters, real.channels, real.size, wide)
        self.maps = Wall(real.filters, 1, 0, wide)
        put(layout, channels=self.channels, filters=self.filters, maps=self.maps)
        self.words = {name: write_below(layout, name, name_word(text)) for name, text in said.items()}
        super().__init__(self.channels, self.filters, self.maps, *self.words.values())
