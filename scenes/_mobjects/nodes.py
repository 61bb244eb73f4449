"""Neurons: circles below each other, with their names in them, beside them, or without names where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Circle,
    FadeIn,
    FadeOut,
    Line,
    ManimColor,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from scenes._look.theme import theme
from scenes._mobjects.cells import BOX_LAYER, LEAST_SIDE, Cell, Labelled, fitted
from scenes._mobjects.excerpt import GAP_ROWS, Part
from scenes._mobjects.motion import FIRST_HALF, LATE
from scenes._mobjects.text import READABLE, can_be_read, symbol
from scenes._words.piece import Key, Piece

_ASIDE, _SMALL, _LARGEST_ASIDE = 0.09, 0.11, 0.42
"""Where labels stand beside their nodes: the gap between them, the radius of the nodes, the largest label in em."""
_BETWEEN = 0.03
"""Labels nearer to each other than this stand further out, every other one."""
_LINE = 0.0125
"""Half of the width of a circle's line."""
_DOT = 0.028
"""Radius of a dot that stands for nodes that are left out."""
_WIDEST_PITCH = 1.4
"""Between the nodes of a layer that is shown in part."""
_NEAR_BIAS, _LARGEST_BIAS = 0.16, 0.5
"""From a node to its bias, and the largest side of that."""


def node_label_size(radius: float) -> float:
    """Size of a node's label in em. In a small node it takes more of the room, to stay readable."""
    return min(1.62 * radius, max(1.35 * radius, READABLE), 0.56)


class NodeCircle(Circle):
    """The circle of the neuron for a pixel or a result, which its `key` names."""

    def __init__(self, key: Key | None, radius: float, fill: ManimColor) -> None:
        super().__init__(radius, fill_color=fill, fill_opacity=1, stroke_color=theme().line, stroke_width=2.5)
        self.key = key
        self.set_z_index(BOX_LAYER)


class Node(Labelled):
    """A neuron: a circle with the symbol of its pixel or result in it, or on the side that `aside` points to.

    `key` says what it stands for. With a `shade` it has no symbol, as where nodes are too small and too many; then
    `label` is None and the circle has the brightness of its value.
    """

    def __init__(
        self,
        piece: Piece,
        radius: float,
        aside: np.ndarray | None = None,
        size: float = READABLE,
        shade: ManimColor | None = None,
    ) -> None:
        self.key = piece.key
        self.circle = NodeCircle(piece.key, radius, shade or ManimColor(theme().panel))
        self.label = None
        if shade is not None:
            self.circle.set_stroke(width=min(2.5, 20 * radius))
            super().__init__(self.circle)
            return
        self.label = symbol(piece.says, piece.key, node_label_size(radius) if aside is None else size)
        if aside is None:
            fitted(self.label, 1.8 * radius)
        self.label.centre_on(self.circle.get_center())
        if aside is not None:
            self.label.shift(aside * (radius + _ASIDE + self.label.width / 2))
        super().__init__(self.circle, self.label)

    @property
    def middle(self) -> np.ndarray:
        """The centre of the circle."""
        return np.asarray(self.circle.get_center())

    @property
    def cramped(self) -> bool:
        """Whether the label in the circle cannot be read, or comes onto its line."""
        if self.label is None:
            return False
        reach = float(np.linalg.norm(self.label.points - self.middle, axis=1).max())
        return not can_be_read(self.label.em) or reach > self.circle.width / 2 - _LINE

    def lit(self) -> Circle:
        """A bright ring around it: this one matters now."""
        ring = Circle(self.circle.width / 2 + 0.02, stroke_color=theme().accent, stroke_width=5, fill_opacity=0)
        return ring.move_to(self.middle).set_z_index(BOX_LAYER + 0.5)


def become_node(cell: Cell, node: Node) -> Animation:
    """A cell becomes its neuron; a label comes or goes where only one of the two has room for it."""
    moves: list[Animation] = [ReplacementTransform(cell.box, node.circle)]
    if cell.label and node.label:
        moves.append(ReplacementTransform(cell.label, node.label))
    elif node.label:
        moves.append(FadeIn(node.label, rate_func=LATE))
    elif cell.label:
        moves.append(FadeOut(cell.label, rate_func=FIRST_HALF))
    return AnimationGroup(*moves)


class Dots(VMobject):
    """Three small dots below each other, as one shape: they stand for the nodes `of` that are left out."""

    def __init__(self, of: range, room: float) -> None:
        super().__init__(fill_color=theme().muted, fill_opacity=1, stroke_width=0)
        self.of = of
        for step in (UP, ORIGIN, DOWN):
            self.append_points(Circle(min(_DOT, 0.09 * room)).shift(step * min(3.4 * _DOT, 0.29 * room)).points)
        self.set_z_index(BOX_LAYER)


class Layer(VGroup):
    """The nodes of a layer below each other, with dots where some are left out.

    Names stand in the circles; in a longer layer beside them, every other one further out if need be; and where there
    is no room for that either, the nodes have the shades of their values. `named` says which.
    """

    def __init__(
        self,
        part: Part,
        name: Callable[[int], Piece],
        shades: Sequence[ManimColor],
        height: float,
        fill: float,
        largest: float,
        aside: np.ndarray,
    ) -> None:
        """Nodes take `fill` of half a row, but are no larger than `largest`; small ones have labels `aside`."""
        self._part, self._name, self._aside = part, name, aside
        pitch = height / part.rows
        if not part.whole:
            pitch = min(pitch, _WIDEST_PITCH)
        self.pitch = pitch
        self.nodes = self._inside(min(fill * pitch, largest)) or self._beside(pitch) or self._bare(pitch, shades)
        self.named = all(node.label is not None for node in self.nodes)
        radius = float(self.nodes[0].circle.width) / 2
        self.dots = [Dots(gap, (1 + GAP_ROWS) * pitch - 2 * radius) for gap in part.gaps]
        super().__init__(*self.nodes, *self.dots)
        nodes, dots = iter(self.nodes), iter(self.dots)
        y = part.rows * pitch / 2
        for slot in part.slots:
            tall = pitch * (GAP_ROWS if isinstance(slot, range) else 1)
            (next(dots) if isinstance(slot, range) else next(nodes)).shift(UP * (y - tall / 2))
            y -= tall

    def _inside(self, radius: float) -> list[Node]:
        """With the names in the circles; none where these are too small."""
        nodes = [Node(self._name(index), radius) for index in self._part]
        return [] if any(node.cramped for node in nodes) else nodes

    def _beside(self, pitch: float) -> list[Node]:
        """With the names beside the circles; none where they would touch."""
        radius = min(0.4 * pitch, _SMALL)
        for size in (min(_LARGEST_ASIDE, max(READABLE, 1.1 * pitch)), READABLE):
            nodes = [Node(self._name(index), radius, self._aside, size) for index in self._part]
            labels = [node.label for node in nodes if node.label]
            tall = max(float(label.height) for label in labels) + _BETWEEN
            if tall <= pitch:
                return nodes
        if tall > 2 * pitch:
            return []
        wide = max(float(label.width) for label in labels)
        for label in labels[1::2]:
            label.shift((wide + 2 * _BETWEEN) * self._aside)
        return nodes

    def _bare(self, pitch: float, shades: Sequence[ManimColor]) -> list[Node]:
        """Without names, in the shades of their values."""
        radius = min(0.42 * pitch, _SMALL)
        return [Node(self._name(index), radius, shade=shades[index]) for index in self._part]

    @property
    def circles(self) -> VGroup:
        """The circles alone."""
        return VGroup(*(node.circle for node in self.nodes))


class NodeBias(VGroup):
    """A filter's bias, small, right of the neuron to which it is added: `cell`, and the line that joins them.

    Where neurons are too near to each other for its name it has none, and stands right of all of their `layer`'s names.
    """

    def __init__(self, piece: Piece, node: Node, layer: Layer) -> None:
        self.cell = _bias_cell(piece, layer.pitch)
        beside = node if self.cell.label else layer
        self.cell.next_to(beside, RIGHT, buff=_NEAR_BIAS).shift(UP * (node.middle[1] - self.cell.middle[1]))
        ends = node.get_right()[0] * RIGHT + node.middle[1] * UP, self.cell.box.get_left()
        self.line = Line(*ends, stroke_color=theme().line, stroke_width=2.5)
        super().__init__(self.line, self.cell)

    @staticmethod
    def room(pieces: Sequence[Piece], pitch: float) -> float:
        """How far they reach to the right of their nodes."""
        return _NEAR_BIAS + max(float(_bias_cell(piece, pitch).width) for piece in pieces)


def _bias_cell(piece: Piece, pitch: float) -> Cell:
    """The cell of a bias, with its name if there is room for it from neuron to neuron."""
    side = min(_LARGEST_BIAS, 0.6 * pitch)
    if pitch < LEAST_SIDE + _BETWEEN:
        return Cell(piece, side, labelled=False)
    return Cell(piece, max(LEAST_SIDE, side), elastic=True)


SIDES = (LEFT, RIGHT)
"""Where the names of pixels and of results stand that have no room in their nodes."""
