"""The same sums as neurons and connections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import (
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from scenes._look.frame import frame
from scenes._mobjects.cells import Cell, Grid
from scenes._mobjects.edges import Edge, GrowEdge
from scenes._mobjects.equations import compact_lines
from scenes._mobjects.excerpt import excerpt
from scenes._mobjects.motion import DIVE, LATE, Fly, Moves, fly, shrink_to
from scenes._mobjects.network import Dots, Node
from scenes._mobjects.text import Line
from scenes._pictures.network_stages import SparseNetwork
from scenes._pictures.star import Star
from scenes._stage.limits import check_network
from scenes._stage.viewpoint import Viewpoint
from scenes._words import networks as said
from scenes._words.figures import sharing_figure

_MOST_ROUNDS = 9
"""So many weights are looked at one after the other."""
_BESIDE = 0.3
"""Between image and result, before they unroll."""


class NeuralNetworkView(Viewpoint):
    """Pixels are input neurons, results output neurons; each term of a sum is a connection, and weights are shared."""

    def construct(self) -> None:
        """Unroll the grids into layers, draw each equation's edges, see what is shared."""
        self.open()
        self.layers()
        self.first()
        if self.convolution.counts.results > 1:
            self.others()
        self.shared()

    def check(self) -> None:
        """Limit the layers to nodes that can be read."""
        super().check()
        check_network(self)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Star(self.subject)
        yield SparseNetwork(self.subject)
        yield from map(self.line, excerpt(self.convolution).results)

    def open(self) -> None:
        """The last still of CompactEquationView."""
        self.show_title("The compact equation view")
        self.star = Star(self.subject)
        self.add(self.star)

    def layers(self) -> None:
        """Pixels unroll into input neurons, results into output neurons; the filter steps aside."""
        star = self.star
        self.stage = stage = SparseNetwork(self.subject)
        graph, image, result = stage.graph, star.image, star.result
        self.step("layers", said.layers(self.convolution, cut=bool(graph.dots)))
        self.play(*self.new_title("The neural network view"), FadeOut(star.signs), FadeOut(star.captions), run_time=1)
        share = self.share_of_size()
        self.play(
            *(
                (grid.animate.scale(share) if share < 1 else grid.animate).shift(self.way(grid, goal, share))
                for grid, goal in self.goals()
            ),
            Fly(star.weights, stage.filter.grid, DIVE),
            Fly(star.bias, stage.filter.bias, DIVE),
            run_time=1.6,
        )
        self.play(FadeIn(stage.filter.frame), FadeIn(stage.caption), run_time=0.6)
        self.gather(image.pixels, graph.pixel_dots)
        self.unroll(
            [image.pixels[p] for p in graph.shown.pixels],
            graph.inputs,
            2.2,
            *(FadeOut(cell) for cell in image.padding.values()),
            *(FadeIn(figure, rate_func=LATE) for figure in graph.figures[:1]),
        )
        self.gather(result.cells, graph.result_dots)
        self.unroll(
            [result.cells[r] for r in graph.shown.results],
            graph.outputs,
            1.4,
            *(FadeIn(figure, rate_func=LATE) for figure in graph.figures[1:]),
        )
        self.settle(stage.filter, stage.caption, *graph.inputs, *graph.outputs, *graph.dots, *graph.figures)

    def goals(self) -> list[tuple[Grid, float]]:
        """Image and result, and where across their nodes will stand."""
        graph = self.stage.graph
        return [
            (self.star.image, float(graph.inputs[0].middle[0])),
            (self.star.result, float(graph.outputs[0].middle[0])),
        ]

    def share_of_size(self) -> float:
        """What is left of the size of image and result where they have no room beside each other."""
        (image, _), (result, _) = self.goals()
        from_image, to_result = (float(self.way(*goal)[0]) for goal in self.goals())
        if result.get_left()[0] + to_result - image.get_right()[0] - from_image >= _BESIDE:
            return 1.0
        room = frame().safe_x - self.left_edge() - _BESIDE
        return min(1.0, room / float(image.width + result.width))

    def left_edge(self) -> float:
        """How far left the grids may stand: clear of the filter."""
        shape = frame()
        return -shape.safe_x if shape.tall else float(self.stage.filter.get_right()[0]) + 0.2

    def way(self, grid: Grid, goal: float, share: float = 1.0) -> np.ndarray:
        """From a grid to where its nodes will stand, as far as it stays on the stage and clear of the filter."""
        half, shape = share * grid.width / 2, frame()
        left = self.left_edge()
        across = (min(max(goal, left + half), shape.safe_x - half) - grid.get_x()) * RIGHT
        # Elsewhere the grids do not stand at the height of their nodes.
        return across if shape.wide else across + (self.stage.graph.get_y() - grid.get_y()) * UP

    def gather(self, cells: Sequence[Cell], dots: Sequence[Dots]) -> None:
        """What is not shown goes into the dots that stand for it."""
        if dots:
            groups = [VGroup(*(cells[index] for index in gap.of)) for gap in dots]
            self.play(
                *(shrink_to(group, gap.get_center(), 0.1) for group, gap in zip(groups, dots, strict=True)),
                *(FadeIn(gap, rate_func=LATE) for gap in dots),
                run_time=1.6,
            )

    def unroll(self, cells: Sequence[Cell], nodes: Sequence[Node], run_time: float, *also: Animation) -> None:
        """Every cell becomes its neuron; a label that a small cell had no room for appears."""
        moves = [
            AnimationGroup(
                ReplacementTransform(cell.box, node.circle),
                ReplacementTransform(cell.label, node.label) if cell.label else FadeIn(node.label, rate_func=LATE),
            )
            for cell, node in zip(cells, nodes, strict=True)
        ]
        self.play(LaggedStart(*moves, lag_ratio=0.12), *also, run_time=run_time)

    def first(self) -> None:
        """The first equation draws its edges one by one."""
        self.step("first", said.first_sum(self.convolution))
        self.write(0)
        edges = self.stage.graph.of_result(0)
        for edge in edges:
            self.play(*self.draw(edge), run_time=min(0.9, 8 / len(edges)))

    def write(self, result: int, pace: float = 1.0) -> None:
        """Show a result's equation below."""
        self.equation = self.line(result)
        self.play(*self.new_figure(self.equation), run_time=0.9 * pace)

    def line(self, result: int) -> Line:
        """A result's equation, as large as the stage allows; a very long one without some of its terms."""
        equation = self.convolution.equations()[result]
        return compact_lines([equation], self.subject, 0.6, frame().stage_width - 0.2)[0].move_to(ORIGIN)

    def draw(self, edge: Edge) -> Moves:
        """A term of the equation becomes an edge that carries its weight; a term left out comes out of the dots."""
        pixel, weight = ("pixel", edge.key[2]), ("weight", edge.weight)
        written = any(glyph.key == pixel for glyph in self.equation)
        source = self.equation.find(weight) if written else next(g for g in self.equation if g.says == "…")
        label = self.stage.labels.get(edge.key)
        if label is None:
            return [GrowEdge(edge), shrink_to(source.copy(), edge.start_point)]
        flight = fly(source, label.glyph, path_arc=-0.4) if written else FadeIn(label.glyph, rate_func=LATE)
        return [GrowEdge(edge), FadeIn(label.disc, rate_func=LATE), flight]

    def others(self) -> None:
        """The other equations, each drawing its edges together."""
        self.step("others", said.other_sums(self.convolution))
        others = list(self.stage.graph.shown.results)[1:]
        for result in others:
            pace = 1.0 if result == others[0] else 0.7 if len(others) < 9 else 0.5
            self.write(result, pace)
            flights = [AnimationGroup(*self.draw(edge)) for edge in self.stage.graph.of_result(result)]
            if flights:
                self.play(LaggedStart(*flights, lag_ratio=0.3), run_time=2.0 * pace)

    def shared(self) -> None:
        """One weight after the other, all its edges at once; of many weights some, and then each filter."""
        stage = self.stage
        conv = self.convolution
        filters = [conv.weights_of(which) for which in range(len(conv.kernel))]
        rounds: list[Sequence[int]] = [[w] for own in filters for w in own if stage.graph.of_weight(w)]
        by_filter = len(rounds) > _MOST_ROUNDS
        if by_filter:
            rounds = [*rounds[: _MOST_ROUNDS - len(filters)], *(filters if len(filters) > 1 else [])]
        twice = any(len(stage.graph.of_weight(weight)) > 1 for weight in range(conv.counts.weights))
        whole, filters_too = not stage.graph.dots, by_filter and len(filters) > 1
        self.step("shared", said.sharing(conv, self.theme.palette, whole, twice, filters_too))
        self.play(*self.new_figure(sharing_figure(conv)), run_time=0.8)
        for turn, own in enumerate(rounds):
            pace = 1.0 if turn == 0 else 0.6
            self.spotlight(self.besides(own), 0.8 * pace, pace)
        self.settle(stage)

    def besides(self, weights: Sequence[int]) -> list[VMobject]:
        """Everything that does not belong to these weights: edges, labels, cells of the filter, and the biases."""
        stage = self.stage
        edges = [edge for edge in stage.graph.edges if edge.weight not in weights]
        labels = [stage.labels[edge.key] for edge in edges if edge.key in stage.labels]
        cells = [cell for weight, cell in enumerate(stage.filter.grid.cells) if weight not in weights]
        return [*edges, *labels, *cells, stage.filter.bias]
