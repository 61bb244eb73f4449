"""The same sums as neurons and connections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from manim import (
    ORIGIN,
    RIGHT,
    AnimationGroup,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    VMobject,
)

from scenes._base import SAFE_X, Viewpoint
from scenes._figures import sharing_figure
from scenes._limits import check_network
from scenes._mobjects.edges import Edge, GrowEdge
from scenes._mobjects.equations import compact_equation, fitting
from scenes._mobjects.motion import DIVE, LATE, Fly, Moves, fly
from scenes._mobjects.text import Line
from scenes._stages import SparseNetwork, Star
from scenes._words import count


class NeuralNetworkView(Viewpoint):
    """Pixels are input neurons, results output neurons; each term of a sum is a connection, and weights are shared."""

    def construct(self) -> None:
        """Unroll the grids into layers, draw each equation's edges, see what is shared."""
        self.open()
        self.layers()
        self.first()
        self.others()
        self.shared()

    def check(self) -> None:
        """Limit the layers to nodes that can be read."""
        super().check()
        check_network(self)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield Star(self.convolution, self.names)
        yield SparseNetwork(self.convolution, self.names)
        yield from map(self.line, range(self.convolution.counts.results))

    def open(self) -> None:
        """The last still of CompactEquationView."""
        self.show_title("The compact equation view")
        self.star = Star(self.convolution, self.names)
        self.add(self.star)

    def layers(self) -> None:
        """Pixels unroll into input neurons, results into output neurons; the filter steps aside."""
        self.step(
            "layers", "Unroll the image: every pixel becomes an input neuron. Every result becomes an output neuron."
        )
        star = self.star
        self.stage = stage = SparseNetwork(self.convolution, self.names)
        self.play(*self.new_title("The neural network view"), FadeOut(star.signs), FadeOut(star.captions), run_time=1)
        self.play(
            star.image.animate.shift((stage.graph.inputs[0].get_x() - star.image.get_x()) * RIGHT),
            star.result.animate.shift((stage.graph.outputs[0].get_x() - star.result.get_x()) * RIGHT),
            Fly(star.weights, stage.filter.grid, DIVE),
            Fly(star.bias, stage.filter.bias, DIVE),
            run_time=1.6,
        )
        self.play(FadeIn(stage.filter.frame), FadeIn(stage.caption), run_time=0.6)
        for cells, nodes in ((star.image.pixels, stage.graph.inputs), (star.result.cells, stage.graph.outputs)):
            self.play(
                LaggedStart(
                    *(
                        AnimationGroup(
                            ReplacementTransform(cell.box, node.circle), ReplacementTransform(cell.symbol, node.label)
                        )
                        for cell, node in zip(cells, nodes, strict=True)
                    ),
                    lag_ratio=0.12,
                ),
                *(FadeOut(cell) for cell in (star.image.padding.values() if cells is star.image.pixels else ())),
                run_time=2.2 if cells is star.image.pixels else 1.4,
            )
        self.settle(stage.filter, stage.caption, *stage.graph.inputs, *stage.graph.outputs)

    def first(self) -> None:
        """The first equation draws its edges one by one."""
        terms = count(len(self.convolution.equations()[0].terms))
        self.step(
            "first", f"The first sum connects {terms} pixels with the first result. Each weight becomes a connection."
        )
        self.write(0)
        for edge in self.stage.graph.of_result(0):
            self.play(*self.draw(edge), run_time=0.9)

    def write(self, result: int, pace: float = 1.0) -> None:
        """Show a result's equation below."""
        self.equation = self.line(result)
        self.play(*self.new_figure(self.equation), run_time=0.9 * pace)

    def line(self, result: int) -> Line:
        """A result's equation, as large as the stage allows."""
        equation = self.convolution.equations()[result]
        return fitting(partial(compact_equation, equation, self.names), 0.6, 2 * SAFE_X - 0.2).move_to(ORIGIN)

    def draw(self, edge: Edge) -> Moves:
        """A term of the equation becomes an edge that carries its weight."""
        label = self.stage.labels[edge.key]
        term = self.equation.find(("weight", edge.weight))
        return [GrowEdge(edge), FadeIn(label.disc, rate_func=LATE), fly(term, label.glyph, path_arc=-0.4)]

    def others(self) -> None:
        """The other equations, each drawing its edges together."""
        self.step("others", "Every sum draws its own connections, always with the same weights.")
        for result in range(1, self.convolution.counts.results):
            pace = 1.0 if result == 1 else 0.7
            self.write(result, pace)
            flights = [AnimationGroup(*self.draw(edge)) for edge in self.stage.graph.of_result(result)]
            self.play(LaggedStart(*flights, lag_ratio=0.3), run_time=2.0 * pace)

    def shared(self) -> None:
        """One weight after the other: all its edges at once."""
        counts = self.convolution.counts
        self.step(
            "shared",
            f"Equal colour means equal weight: {count(counts.weights)} weights are shared by "
            f"{count(counts.taps)} connections.",
        )
        stage = self.stage
        self.play(*self.new_figure(sharing_figure(self.convolution)), run_time=0.8)
        shown = [*stage.graph.edges, *stage.labels.values(), *stage.filter.grid.cells, stage.filter.bias]
        for weight in range(counts.weights):
            own = {*map(id, stage.graph.of_weight(weight)), id(stage.filter.grid.cells[weight])}
            own |= {id(stage.labels[edge.key]) for edge in stage.graph.of_weight(weight)}
            pace = 1.0 if weight == 0 else 0.6
            self.spotlight((part for part in shown if id(part) not in own), 0.8 * pace, pace)
        self.settle(stage)
