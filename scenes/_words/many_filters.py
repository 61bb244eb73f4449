"""What is said and written of filters over several channels, and of several filters."""

from __future__ import annotations

from typing import NamedTuple

from cnnmath import Convolution
from cnnmath.layers import Conv2D
from scenes._words.counting import count, counted, ordinal
from scenes._words.figures import in_digits


class RealLayer(NamedTuple):
    """The size of a layer as it stands in real networks."""

    filters: int
    channels: int
    size: int

    @property
    def weights(self) -> int:
        """The weights of one filter over one channel."""
        return self.size * self.size

    @property
    def learned(self) -> int:
        """How many numbers such a layer learns, as the layer itself counts them."""
        return Conv2D.create(self.filters, self.channels, self.size, seed=0).count_params()


REAL = RealLayer(filters=64, channels=3, size=3)
"""As in the first layer of a network that looks at photographs (VGG: Simonyan and Zisserman, 2015)."""


def channels(conv: Convolution) -> str:
    """What an image of several channels is."""
    many, rows, columns = conv.image.shape
    if many == 1:
        return f"An image of one channel: {count(rows)} by {count(columns)} pixels."
    return f"An image of {count(many)} channels: at every place stand {count(many)} numbers, one in each channel."


def block(conv: Convolution) -> str:
    """What a filter over it is."""
    many, (rows, columns) = len(conv.image), conv.kernel.shape[2:]
    if many == 1:
        return f"A filter over it has one layer of {count(rows)} by {count(columns)} weights, and one bias."
    return f"So a filter has {count(many)} layers, one for each channel, and one bias."


def first(conv: Convolution) -> str:
    """How it gives one number."""
    if len(conv.image) == 1:
        return "Lay it on the image: multiply, add up, and add the bias. That is one number."
    both = "both channels" if len(conv.image) == 2 else "all channels"
    return f"Lay it on {both} at once. The sums of the channels and the bias add up to one number."


def first_map(conv: Convolution) -> str:
    """What all its stops give."""
    if conv.positions == 1:
        return "The filter fits nowhere else, so its map is this one number."
    return f"It stops in {counted(conv.positions, 'place')} and fills one map, however many channels there are."


def next_filter(conv: Convolution, which: int) -> str:
    """Another filter."""
    nth = ordinal(which)
    return f"A {nth} filter has its own weights, and makes a {nth} map of the same pixels."


def stacked(conv: Convolution) -> str:
    """What the maps are together."""
    filters = len(conv.kernel)
    if filters == 1:
        return "One filter makes one map: a new image with one channel."
    return (
        f"{count(filters).capitalize()} filters make {count(filters)} maps: a new image with {count(filters)} channels."
    )


def matrix(conv: Convolution) -> str:
    """How the matrix is built."""
    known = "Every block has the pattern that we know."
    return f"As a matrix: a row of blocks for each filter, a column of blocks for each channel. {known}"


def real() -> str:
    """A layer as large as real ones."""
    return (
        f"A real layer is built just like this: {REAL.filters} filters of {REAL.size} by {REAL.size} over "
        f"{count(REAL.channels)} channels."
    )


# Key figures


def maps_figure(conv: Convolution) -> str:
    """As many maps as filters."""
    filters = len(conv.kernel)
    return f"{in_digits(filters, 'filter')}, so {in_digits(filters, 'map')}"


def numbers_figure(conv: Convolution) -> str:
    """How many numbers there are to learn."""
    filters, many, rows, columns = conv.kernel.shape
    return _product(filters, many, rows * columns, conv.kernel.size + conv.bias.size)


def real_figure() -> str:
    """The same for the real layer."""
    return _product(REAL.filters, REAL.channels, REAL.weights, REAL.learned)


def _product(filters: int, channels: int, weights: int, numbers: int) -> str:
    biases = "1 bias" if filters == 1 else f"{filters} biases"
    factors = (in_digits(filters, "filter"), in_digits(channels, "channel"), in_digits(weights, "weight"))
    return f"{' × '.join(factors)} + {biases} = {numbers:,} numbers"
