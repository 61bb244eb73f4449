"""The same sums as neurons and connections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import ORIGIN, Animation, AnimationGroup, FadeIn, FadeOut, LaggedStart, VGroup, VMobject

from scenes._look.frame import frame
from scenes._mobjects.cells import Cell, focus
from scenes._mobjects.connecting import FLYING, LANDING, connect
from scenes._mobjects.edges import Edge
from scenes._mobjects.equations import compact_lines
from scenes._mobjects.excerpt import excerpt
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import LATE, shrink_to
from scenes._mobjects.nodes import Dots, Node, become_node
from scenes._mobjects.text import Line
from scenes._pictures.network_stages import SparseNetwork
from scenes._pictures.star import Star
from scenes._stage.viewpoint import Viewpoint
from scenes._words import networks as said
from scenes._words.figures import sharing_figure

_MOST_ROUNDS = 9
"""So many weights are looked at one after the other."""
_FIRST = 8.0
"""The edges of the first equation take no longer in all (s)."""


class NeuralNetworkView(Viewpoint):
    """Pixels are input neurons, results output neurons; each term of a sum is a connection, and weights are shared."""

    connects = True

    def construct(self) -> None:
        """Unroll the grids into layers, draw each equation's edges, see what is shared."""
        self.open()
        self.layers()
        self.first()
        if self.convolution.counts.results > 1:
            self.others()
        self.shared()

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
        """The filter steps aside, pixels unroll into input neurons, results into output neurons."""
        star = self.star
        self.stage = stage = SparseNetwork(self.subject)
        graph, image, result = stage.graph, star.image, star.result
        self.step("layers", said.layers(self.convolution, cut=bool(graph.dots)))
        self.play(
            *self.new_title("The neural network view"),
            *(FadeOut(part) for part in (star.signs, star.captions, star.weights, star.bias)),
            run_time=1,
        )
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
        self.settle(*graph.inputs, *graph.outputs, *graph.dots, *graph.figures)
        # It comes when there is room for it: on its way nothing passes over it.
        self.play(FadeIn(stage.filter), FadeIn(stage.caption), run_time=0.8)

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
        """Every cell becomes its neuron; labels come and go where only one of the two has room for them."""
        self.play(LaggedStart(*map(become_node, cells, nodes), lag_ratio=0.12), *also, run_time=run_time)

    def first(self) -> None:
        """The first equation draws its edges one by one; then its bias comes to the neuron."""
        self.step("first", said.first_sum(self.convolution, self.stage.graph.shown.complete))
        self.write(0)
        edges = self.stage.graph.of_result(0)
        pace = min(1.2, _FIRST / max(1, len(edges)))
        for edge in edges:
            self.play(self.draw(edge, pace), run_time=pace)
        self.add_bias(0, 1.0)

    def write(self, result: int, pace: float = 1.0) -> None:
        """Show a result's equation below."""
        self.equation = self.line(result)
        self.play(*self.new_figure(self.equation), run_time=0.9 * pace)

    def line(self, result: int) -> Line:
        """A result's equation, as large as the stage allows; a very long one without some of its terms."""
        equation = self.convolution.equations()[result]
        return compact_lines([equation], self.subject, 0.6, frame().stage_width - 0.2)[0].move_to(ORIGIN)

    def draw(self, edge: Edge, run_time: float) -> AnimationGroup:
        """A term of the equation becomes an edge: its weight comes to where the line is drawn.

        Where edges have no names, the weight lights up in the filter.
        """
        stage = self.stage
        label, ring = stage.labels.get(edge.key), stage.graph.input(edge.key[2]).lit()
        if label is None:
            return connect(edge, run_time, (ring, focus(stage.filter.grid.cells[edge.weight])))
        pixel, weight = ("pixel", edge.key[2]), ("weight", edge.weight)
        if not any(glyph.key == pixel for glyph in self.equation):
            # This term is left out of a long sum: only its dots stand there.
            return connect(edge, run_time, (ring,), label)
        source = self.equation.find(weight)
        flight = plan([Flight(source, label.glyph, copied=True)], self.mobjects, FLYING * run_time)
        return connect(edge, run_time, (ring,), label, [flight])

    def add_bias(self, result: int, run_time: float) -> None:
        """The bias of the sum comes to its neuron; where it has no name there, it just appears."""
        bias = self.stage.graph.bias(result)
        source = next(glyph for glyph in self.equation if glyph.key and glyph.key[0] == "bias")
        flights = [Flight(source, bias.cell.symbol, copied=True)] if bias.cell.label else []
        self.play(
            *([plan(flights, self.mobjects, FLYING * run_time)] if flights else []),
            FadeIn(bias.line, rate_func=LANDING),
            FadeIn(bias.cell.box, rate_func=LANDING),
            run_time=run_time,
        )

    def others(self) -> None:
        """The other equations, each drawing its edges together."""
        self.step("others", said.other_sums(self.convolution))
        others = list(self.stage.graph.shown.results)[1:]
        for result in others:
            pace = 0.8 if result == others[0] else 0.5
            self.write(result, pace)
            edges = self.stage.graph.of_result(result)
            if edges:
                drawn = [self.draw(edge, 1.2 * pace) for edge in edges]
                self.play(LaggedStart(*drawn, lag_ratio=0.35), run_time=2.4 * pace)
            self.add_bias(result, 0.8 * pace)

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
        return [*edges, *labels, *cells, stage.filter.bias, *stage.graph.biases]
