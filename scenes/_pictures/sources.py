"""Image and filter in a column, from which sums and matrices are made beside them."""

from __future__ import annotations

from manim import DOWN, RIGHT, VGroup

from scenes._mobjects.cells import extent, least_width
from scenes._mobjects.grids import Filter, ImageGrid, image_planes
from scenes._mobjects.text import can_be_read
from scenes._words.subject import Subject


class Sources(VGroup):
    """What a view is made from: the image above the filter, each as large as a column of width `room` allows.

    Several channels or filters stand beside the image: below it they would be too small. Cells of weights have at
    least the side `least`, where there is room; image and filter are together no higher than `height`.
    """

    TALL = 4.6

    def __init__(self, subject: Subject, room: float, largest: float, least: float = 0.5, height: float = TALL) -> None:
        conv = subject.conv
        stacked = len(conv.image) == len(conv.kernel) == 1
        wide, tall = extent(image_planes(conv))
        filter_wide, filter_tall = Filter.extent(conv, RIGHT if stacked else DOWN)
        if stacked:
            side = min(largest, height / (tall + filter_tall), room / wide, room / (filter_wide + 0.4))
            # The filter stays readable below a large image, which takes what is left.
            highest = min(4 * least, _MOST_OF_HEIGHT * height) / filter_tall
            weight_side = max(side, min(least, highest, room / (filter_wide + 0.4)))
            side = min(weight_side, (height - filter_tall * weight_side) / tall, room / wide)
        else:
            tallest = max(tall, filter_tall + 0.4)
            side = min(largest, (height + 0.4) / tallest, (room - 0.4) / (wide + filter_wide + 0.4))
            weight_side = max(side, min(least, 5 / (filter_tall + 0.4), (room - 1.5) / (filter_wide + 0.4)))
            side = min(weight_side, (height + 0.4) / tall, (room - 0.4 - (filter_wide + 0.4) * weight_side) / wide)
        self.image = ImageGrid(subject, side)
        self.filter = Filter(subject, weight_side, RIGHT if stacked else DOWN)
        super().__init__(self.image, self.filter)
        if stacked:
            self.arrange(DOWN, buff=0.4)
        else:
            VGroup(self.filter, self.image).arrange(RIGHT, buff=0.4)


_MOST_OF_HEIGHT = 0.76
"""No filter takes more of the column's height, however long its numbers are."""


def roomy_sources(subject: Subject, largest: float = 0.8) -> Sources:
    """The sources in a column as narrow as weights and pixels can be read in; of a large image the weights at least.

    Cells are no larger than `largest`, but for numbers that could not be read in them.
    """
    conv = subject.conv
    weights = [subject.weight(i) for i in range(conv.counts.weights)]
    least = max(0.5, least_width([*weights, *(subject.bias(f) for f in range(len(conv.bias)))]))
    largest = max(largest, least)
    made = [Sources(subject, 3.0, largest, least)]
    if _weights_fit(made[0]) and (not made[0].image.shaded or conv.counts.pixels > _SMALL_IMAGE):
        return made[0]
    made += [Sources(subject, room, largest, least) for room in (3.8, 4.6, 5.2, 6.2)]
    good = [sources for sources in made if _weights_fit(sources)]
    return next((sources for sources in good[:4] if not sources.image.shaded), good[0] if good else made[-1])


_SMALL_IMAGE = 36
"""More pixels than this may be shades."""


def _weights_fit(sources: Sources) -> bool:
    cells = (*sources.filter.grid.cells, *sources.filter.biases)
    return all(can_be_read(cell.symbol.em) for cell in cells)
