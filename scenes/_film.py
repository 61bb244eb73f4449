"""The film's order of scenes: the one list that recipe, tests, README and film read. Imports no manim."""

from __future__ import annotations

from typing import NamedTuple


class Clip(NamedTuple):
    """One clip: the scene class and the module of `scenes` that holds it."""

    scene: str
    module: str


FILM: tuple[Clip, ...] = (
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
    Clip("Credits", "credits"),
)
