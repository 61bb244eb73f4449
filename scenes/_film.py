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
    """A part of the film: what it is called, and its clips in their order."""

    title: str
    clips: tuple[Clip, ...]


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
    Clip("Training", "training"),
)
_VIEWS: tuple[Clip, ...] = ()

PARTS: tuple[Part, ...] = tuple(
    part
    for part in (
        Part("One convolution", _POST),
        Part("A network of them", _NETWORK),
        Part("Other views", _VIEWS),
        Part("Credits", (Clip("Credits", "credits"),)),
    )
    if part.clips
)

FILM: tuple[Clip, ...] = tuple(clip for part in PARTS for clip in part.clips)

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
