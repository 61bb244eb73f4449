"""The network takes the whole stage, when nothing is left of the matrix beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from manim import FadeIn, FadeOut, ReplacementTransform, VMobject

from scenes._mobjects.motion import SECOND_HALF
from scenes._mobjects.network import NetworkGraph
from scenes._pictures.network_stages import DenseNetwork
from scenes._stage.viewpoint import Viewpoint


def network_alone(
    scene: Viewpoint, graph: NetworkGraph, labels: Mapping[tuple[str, int, int], VMobject], others: Iterable[VMobject]
) -> DenseNetwork:
    """The `others` leave, and the network becomes the one that stands alone."""
    end = DenseNetwork(scene.subject)
    scene.play(*(FadeOut(part) for part in others), run_time=0.8)
    scene.settle(graph, *labels.values())
    pairs = zip(graph.submobjects, end.graph.submobjects, strict=True)
    new = end.labels
    scene.play(
        *(ReplacementTransform(*pair) for pair in pairs),
        *(ReplacementTransform(labels[key], new[key]) for key in labels if key in new),
        *(move for key, label in labels.items() if key not in new for move in label.leave()),
        *(FadeIn(label, rate_func=SECOND_HALF) for key, label in new.items() if key not in labels),
        run_time=1.6,
    )
    scene.settle(end)
    return end
