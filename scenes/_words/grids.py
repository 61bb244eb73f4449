"""What is said of image, filter and sliding."""

from __future__ import annotations

from cnnmath import Convolution
from scenes._words.counting import count, counted, ordinal, steps


def brightness(conv: Convolution) -> str:
    """What an image is; pixels of both signs are coloured, not bright."""
    channels, rows, columns = conv.image.shape
    has = "a brightness" if conv.image.min() >= 0 else "a value"
    if rows * columns == 1:
        one = "one pixel" if channels == 1 else f"{count(channels)} channels, one pixel for each"
        return f"This is an image of {one}. {'It has' if channels == 1 else 'Each has'} {has}."
    grid = "a grid of pixels" if channels == 1 else f"{count(channels)} channels, a grid of pixels for each"
    return f"This is an image: {grid}. Each pixel has {has}."


def too_small(conv: Convolution) -> str:
    """Why there are shades instead of numbers."""
    return (
        f"Written down, its {conv.counts.pixels} numbers would be too small to read. Their shades stand for them."
        if conv.counts.pixels > 1
        else "Written down, its number would be too small to read. A shade stands for it."
    )


def numbers(conv: Convolution) -> str:
    """What a pixel is to a computer, and how its shade goes with it."""
    low, high = conv.image.min(), conv.image.max()
    if low < 0:
        above = "red ones are above zero, " if high > 0 else ""
        return f"To a computer, every pixel is a number: {above}blue ones are below zero."
    scale = ": the brighter the pixel, the larger the number" if low < high else ""
    return f"To a computer, brightness is a number{scale}."


def letters(conv: Convolution) -> str:
    """Why letters."""
    who = "each pixel gets" if conv.counts.pixels > 1 else "the pixel gets"
    return f"What follows works with any numbers, so {who} a letter as its name."


def plain() -> str:
    """Why the shades leave."""
    return "We keep the numbers and leave the shades out, so that colours can mean something else."


# The filter


def weights(conv: Convolution, colours: int) -> str:
    """What a filter is, up to its cells, and what the colours of its weights mean."""
    many, channels = len(conv.kernel) > 1, len(conv.image)
    if channels > 1:
        one = f"There are {count(len(conv.kernel))} filters, each with" if many else "The filter has"
        what = f"{one} a grid for every channel of the image. The cells"
    else:
        what = f"There are {count(len(conv.kernel))} filters, each {_grid(conv)}. Their" if many else (
            f"The filter is {_grid(conv)}. Its"
        )  # fmt: skip
        what += " cells" if many or conv.counts.weights > 1 else " cell"
    hold = "holds a weight" if conv.counts.weights == 1 else "hold weights"
    return f"{what} {hold}, {_colours(conv, colours)}."


def _grid(conv: Convolution) -> str:
    """The filter's grid beside the image's."""
    (rows, columns), (high, wide) = conv.kernel.shape[2:], conv.image.shape[1:]
    if rows * columns == 1:
        return "a single cell"
    if (rows, columns) == (high, wide):
        return "a grid as large as the image"
    return "a smaller grid" if rows <= high and columns <= wide else "a grid of its own size"


def _colours(conv: Convolution, colours: int) -> str:
    """What the colours tell apart."""
    if conv.counts.weights == 1:
        return "which has a colour of its own"
    if conv.counts.weights <= colours:
        return "and every weight has a colour of its own"
    if len(conv.kernel) == 1:
        return "too many for a colour each, so they share one"
    return "too many for a colour each, so every filter has one"


def bias(conv: Convolution) -> str:
    """The one number more."""
    whose = "the filter: the bias" if len(conv.kernel) == 1 else "each filter: its bias"
    return f"One more number belongs to {whose}, which is added at the end."


# Sliding


def first_stop(conv: Convolution) -> str:
    """What the filter covers at its first stop."""
    window = conv.window(0)
    outside, inside = len(window.padding_taps), len(window.taps)
    who = "the filter" if len(conv.kernel) == 1 else "the first filter"
    one_row = 1 in conv.image.shape[1:]
    where = "the image" if conv.positions == 1 else f"{'one end' if one_row else 'a corner'} of the image"
    if outside:
        where = "the image and its padding"
    weight = "Each weight" if inside + outside > 1 else "Its weight"
    covers = f"{weight} covers one pixel"
    if outside and inside:
        covers = f"{weight} covers one pixel or one zero of the padding"
    elif outside:
        covers = f"{weight} covers one zero of the padding"
    yields = "they yield" if inside + outside > 1 else "it yields"
    return f"Lay {who} on {where}. {covers}. With the bias {yields} one result."


def shares() -> str:
    """What channels add."""
    return (
        "Each channel has its own weights, and its products are its share. The shares and the bias add up "
        "to one result."
    )


def slide(conv: Convolution) -> str:
    """How often the filter stops."""
    places = conv.positions
    if places == 1:
        return "There is no other place where it fits, so there is one result." if not steps(conv) else (
            f"It would move on by {steps(conv)}, where it does not fit any more, so there is one result."
        )  # fmt: skip
    by = f" by {steps(conv)} at a time" if steps(conv) else ""
    which = "" if len(conv.kernel) == 1 else " of this filter"
    return (
        f"Then it slides on{by}. It stops in {counted(places, 'place')}, so there are {count(places)} results{which}."
    )


def next_filter(which: int) -> str:
    """Another filter over the same image."""
    nth = ordinal(which)
    return (
        f"The {nth} filter has its own weights and its own bias. Over the same image it gives a {nth} plane of results."
    )


def side_by_side(conv: Convolution, shown: int) -> str:
    """The positions beside each other: all of them, or the first ones and the last one."""
    if conv.counts.results == 1:
        here = "Here is all of it"
    elif shown == conv.counts.results:
        here = "Here are all of them"
    else:
        first = "the first one" if shown == 2 else f"the first {count(shown - 1)}"
        here = f"Here are {first} and the last one"
    return f"{here}: the filter, the part of the image that it is applied to, and what it yields."
