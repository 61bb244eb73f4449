"""The film's parts and their clips: the one list that recipe, tests, README and film read. Imports no manim."""

from __future__ import annotations

from typing import NamedTuple


class Clip(NamedTuple):
    """One clip: the scene class and the module of `scenes` that holds it."""

    scene: str
    module: str


TITLE = "Convolutional neural networks from different viewpoints"
"""What the film and its slides are called."""

OPENING = Clip("Opening", "opening")
"""The title card, which stands before the film's first clip."""


class Part(NamedTuple):
    """A part of the film: what it is called, its clips in their order, and the card that stands before them."""

    title: str
    clips: tuple[Clip, ...]
    card: Clip | None = None


_POST = (
    Clip("Neuron", "neuron"),
    Clip("TheImage", "the_image"),
    Clip("TheFilter", "the_filter"),
    Clip("FilterSliding", "filter_sliding"),
    Clip("EquationView", "equation_view"),
    Clip("CompactEquationView", "compact_equation_view"),
    Clip("NeuralNetworkView", "neural_network_view"),
    Clip("MatrixView", "matrix_view"),
    Clip("MatrixToNetwork", "matrix_to_network"),
    Clip("DenseNetworkView", "dense_network_view"),
    Clip("FamiliarDiagram", "familiar_diagram"),
    Clip("ZeroPadding", "zero_padding"),
)
_NETWORK: tuple[Clip, ...] = (
    Clip("Activation", "activation"),
    Clip("Pooling", "pooling"),
    Clip("ManyFilters", "many_filters"),
    Clip("ManyLayers", "many_layers"),
    Clip("DenseLayer", "dense_layer"),
    Clip("OutputLayer", "output_layer"),
    Clip("Training", "training"),
    Clip("DigitRecognition", "digit_recognition"),
)
_VIEWS: tuple[Clip, ...] = (
    Clip("CodeView", "code_view"),
    Clip("RealisticView", "realistic_view"),
    Clip("ManyFilterView", "many_filter_view"),
)

PARTS: tuple[Part, ...] = tuple(
    part
    for part in (
        Part("One convolution", _POST, Clip("OneConvolution", "parts")),
        Part("A network of them", _NETWORK, Clip("ANetworkOfThem", "parts")),
        Part("Other views", _VIEWS, Clip("OtherViews", "parts")),
        Part("Credits", (Clip("Credits", "credits"),)),
    )
    if part.clips
)

FILM: tuple[Clip, ...] = tuple(clip for part in PARTS for clip in part.clips)

CARDS: tuple[Clip, ...] = tuple(part.card for part in PARTS if part.card)
"""One for each part with a number: the credits have none."""


def part_of(card: str) -> tuple[int, Part]:
    """The number of the part whose card this is, from 1, and the part. Raises ValueError for another scene."""
    numbered = [part for part in PARTS if part.card]
    for number, part in enumerate(numbered, start=1):
        if part.card and part.card.scene == card:
            return number, part
    raise ValueError(f"{card} is the card of no part; expected one of {', '.join(clip.scene for clip in CARDS)}")


CLASSICS: tuple[Clip, ...] = (
    Clip("NoPadding", "classics"),
    Clip("ArbitraryPadding", "classics"),
    Clip("HalfPadding", "classics"),
    Clip("FullPadding", "classics"),
    Clip("Strides", "classics"),
    Clip("PaddingAndStrides", "classics"),
    Clip("OddSize", "classics"),
    Clip("Dilation", "classics"),
    Clip("TransposedNoPadding", "classics"),
    Clip("TransposedArbitraryPadding", "classics"),
    Clip("TransposedHalfPadding", "classics"),
    Clip("TransposedFullPadding", "classics"),
    Clip("TransposedStrides", "classics"),
    Clip("TransposedPaddingAndStrides", "classics"),
    Clip("TransposedOddSize", "classics"),
)
"""The classics of convolution arithmetic: clips of their own, in the order of Dumoulin and Visin's guide."""
