"""The weights' symbols on the edges of a network, each where it meets no other label, no node and few other edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from manim import Circle, FadeOut, VGroup

from cnnmath.values import Floats
from scenes._look.theme import theme
from scenes._mobjects.edges import EDGE_LAYER, Edge, Key
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Moves
from scenes._mobjects.network import NetworkGraph
from scenes._mobjects.nodes import Node
from scenes._mobjects.text import symbol
from scenes._words.piece import Piece
from scenes._words.subject import Subject

_LABEL_EM = 0.36
_LONG = 0.3
"""Wider than any one letter on an edge."""
_MOST_LABELS, _APART = 64, 0.03
"""More edges than this have no labels; between two labels there is at least this."""
_NEAR, _CROWD = 0.12, 0.25
"""At most this part of the labels may have two other edges as near as this."""
_LABEL_PLACES = np.linspace(0.14, 0.66, 32)
"""Where along its edge a label may stand, from pixel to result."""


class EdgeLabel(VGroup):
    """A weight's symbol on its edge, on a disc of background so that the edge does not cross it."""

    def __init__(self, piece: Piece, point: np.ndarray) -> None:
        self.glyph = symbol(piece.says, piece.key, _LABEL_EM).move_to(point)
        radius = 0.06 + max(self.glyph.width, self.glyph.height) / 2
        self.disc = Circle(radius, fill_color=theme().background, fill_opacity=1, stroke_width=0).move_to(point)
        if self.glyph.width > _LONG:
            # A round disc would hide more of other edges than a long number needs: an oval through its corners.
            across, up = self.glyph.width / 2, self.glyph.height / 2 + 0.02
            self.disc.stretch_to_fit_width(2 * across + 0.2)
            self.disc.stretch_to_fit_height(2 * up / (1 - (across / (across + 0.1)) ** 2) ** 0.5)
        super().__init__(self.disc.set_z_index(EDGE_LAYER + 0.5), self.glyph)

    def fade(self, darkness: float = 0.5, family: bool = True) -> EdgeLabel:
        """Fade the symbol alone: until it is gone, its disc keeps edges off it."""
        self.glyph.fade(darkness, family)
        return self

    def leave(self) -> Moves:
        """First the symbol goes, then its disc."""
        return [FadeOut(self.glyph, rate_func=FIRST_HALF), FadeOut(self.disc, rate_func=SECOND_HALF)]


def edge_labels(graph: NetworkGraph, subject: Subject) -> dict[Key, EdgeLabel]:
    """A weight's symbol on each trainable edge, where it meets no other label, no node and few other edges.

    Where two of them would touch, or many would stand where edges cross, there are none at all: then colours and the
    filter as their key say it. Before that, symbols may come onto the circles of nodes that are near to each other.
    """
    edges = [e for e in graph.edges if e.weight >= 0]
    if len(edges) > _MOST_LABELS:
        return {}
    name = [subject.weight(w) for w in range(subject.conv.counts.weights)]
    return _labels(graph, edges, name, clear=True) or _labels(graph, edges, name, clear=False)


def _labels(graph: NetworkGraph, edges: list[Edge], name: Sequence[Piece], clear: bool) -> dict[Key, EdgeLabel]:
    """Those that `edge_labels` gives; `clear`: off the circles, as far as there is such a place."""
    starts, ends = (np.array([getattr(e, at) for e in edges]).reshape(-1, 3) for at in ("start_point", "end_point"))
    taken = np.empty((0, 3))
    crowded = 0
    labels: dict[Key, EdgeLabel] = {}
    for i, edge in enumerate(edges):
        places = edge.start_point + _LABEL_PLACES[:, None] * (edge.end_point - edge.start_point)
        to_edges = np.delete(_distances(places, starts, ends), i, axis=1)
        room = _room(places, taken, to_edges)
        if clear:
            free = _off_nodes(places, name[edge.weight], (graph.input(edge.key[2]), graph.output(edge.key[1])))
            room = np.where(free | ~free.any(), room, -1.0)
        best = int(np.argmax(room))
        crowded += int((to_edges[best] < _NEAR).sum() > 1)
        taken = np.append(taken, places[best : best + 1], axis=0)
        labels[edge.key] = EdgeLabel(name[edge.weight], places[best])
    if crowded > _CROWD * len(edges) or any(_touch(*pair) for pair in combinations(labels.values(), 2)):
        return {}
    return labels


def _touch(one: EdgeLabel, other: EdgeLabel) -> bool:
    """Whether two symbols come too near to each other."""
    apart = np.abs(one.glyph.get_center() - other.glyph.get_center())
    return bool(apart[0] < (one.glyph.width + other.glyph.width) / 2 + _APART
                and apart[1] < (one.glyph.height + other.glyph.height) / 2 + _APART)  # fmt: skip


def _off_nodes(places: Floats, piece: Piece, nodes: Iterable[Node]) -> npt.NDArray[np.bool_]:
    """At which places a symbol keeps off the circles of some nodes: a short edge leaves little room between them."""
    glyph = symbol(piece.says, piece.key, _LABEL_EM)
    half = np.array([glyph.width, glyph.height]) / 2
    free = np.ones(len(places), dtype=bool)
    for node in nodes:
        off = np.maximum(np.abs(places - node.middle)[:, :2] - half, 0.0)
        free &= np.linalg.norm(off, axis=1) > node.circle.width / 2 + _APART
    return free


def _room(places: Floats, taken: Floats, to_edges: Floats) -> Floats:
    """How much free space a label has at each place: to other labels first, then to other edges."""
    to_labels = np.linalg.norm(places[:, None] - taken[None], axis=2).min(axis=1, initial=9.0)
    free: Floats = np.minimum(to_labels, 0.7) * 2 + np.minimum(to_edges.min(axis=1, initial=9.0), 0.3)
    return free


def _distances(points: Floats, starts: Floats, ends: Floats) -> Floats:
    """From each point to each edge."""
    along, off = ends - starts, points[:, None] - starts[None]
    share = np.clip((off * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    return np.asarray(np.linalg.norm(off - share[..., None] * along, axis=2))
