"""A neuron, and a layer of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from manim import FadeIn, FadeOut, LaggedStart, ReplacementTransform, VGroup, VMobject
from numpy.typing import ArrayLike

from cnnmath import Dense
from cnnmath.activations import CURVES, Kind
from scenes._mobjects.edges import GrowEdge
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.motion import SECOND_HALF, Fly, fly
from scenes._pictures.neuron_stage import LayerStage, NeuronStage
from scenes._stage.viewpoint import Viewpoint
from scenes._words import neurons as said
from scenes._words import titles

MOST_INPUTS, MOST_NEURONS = 6, 5


class Neuron(Viewpoint):
    """A neuron weighs its inputs, adds them up and passes the sum on; the weights of a layer are a matrix."""

    inputs: ClassVar[ArrayLike] = (2, 7, 4)
    weights: ClassVar[ArrayLike] = ((2, -3, 5), (3, -2, -4))
    """A row for each neuron of the layer, (neurons, inputs); of one neuron, (inputs,). They stand there in numbers."""
    bias: ClassVar[ArrayLike] = (4, 6)
    """One for each neuron, or one number for all."""
    activation: ClassVar[Kind] = "relu"

    def construct(self) -> None:
        """One neuron, part by part; then a layer, and its matrix."""
        self.neuron()
        self.add_up()
        self.pass_on()
        if self.layer.counts.results > 1:
            self.others()
            self.matrix()

    def check(self) -> None:
        """Take the layer, and limit its size."""
        super().check()
        self.layer = Dense(self.inputs, np.atleast_2d(np.asarray(self.weights)), self.bias)
        if self.activation not in CURVES:
            known = ", ".join(map(repr, CURVES))
            raise ValueError(f"{type(self).__name__}.activation is {self.activation!r}; expected any of {known}")
        self.limit("inputs", self.layer.counts.pixels, MOST_INPUTS)
        self.limit("neurons", self.layer.counts.results, MOST_NEURONS)

    @property
    def coloured(self) -> Dense:
        """The layer whose weights have the colours."""
        return self.layer

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        counts = self.layer.counts
        return f"{counts.results} neurons with {counts.pixels} inputs"

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.neurons = said.Neurons(self.layer, self.activation)
        self.stage = NeuronStage(self.neurons)
        yield self.stage
        if self.layer.counts.results > 1:
            yield LayerStage(self.neurons)

    def neuron(self) -> None:
        """Inputs, lines with weights, the neuron with its bias."""
        stage = self.stage
        self.show_title(titles.NEURON)
        self.step("neuron", said.neuron(self.neurons))
        self.play(LaggedStart(*(FadeIn(node, scale=0.7) for node in stage.inputs), lag_ratio=0.2), run_time=0.8)
        self.play(FadeIn(stage.neuron, scale=0.7), run_time=0.5)
        lines = [GrowEdge(edge) for edge in stage.edges]
        names = [FadeIn(label, scale=0.6, rate_func=SECOND_HALF) for label in stage.weights]
        self.play(*lines, *names, run_time=1.0)
        self.play(FadeIn(stage.bias, scale=0.7), GrowEdge(stage.bias_line), run_time=0.6)

    def add_up(self) -> None:
        """Each input meets the weight on its line; the products are added."""
        stage = self.stage
        self.step("sum", said.summed(self.neurons))
        self.products = [stage.product(i) for i in self.neurons.sources]
        for i, product in enumerate(self.products):
            # The number rides on its line, and where it has passed the weight it is their product.
            self.play(fly(stage.inputs[i].symbol, product.glyph), FadeIn(product.disc), run_time=1.0 if i == 0 else 0.6)
        line = stage.sum
        signs = [glyph for glyph in line if glyph.key is None]
        # Terms and signs take turns, the bias is the last term.
        terms = [line[2 * i] for i in range(len(self.products) + 1)]
        flights = [Flight(product.glyph, term) for product, term in zip(self.products, terms, strict=False)]
        flights.append(Flight(stage.bias.symbol, terms[-1], copied=True))
        self.play(
            plan(flights, self.mobjects, 1.6),
            *(FadeOut(product.disc) for product in self.products),
            *(FadeIn(sign, rate_func=SECOND_HALF) for sign in signs),
            run_time=1.6,
        )
        self.play(FadeIn(stage.total), run_time=0.5)
        self.play(plan([Flight(stage.total, stage.inner, copied=True)], self.mobjects, 0.8), run_time=0.8)

    def pass_on(self) -> None:
        """The sum goes through the activation."""
        stage = self.stage
        self.step("activation", said.activated(self.neurons))
        self.play(GrowEdge(stage.through[0]), FadeIn(stage.box, scale=0.8), FadeIn(stage.word), run_time=0.7)
        self.play(GrowEdge(stage.through[1]), FadeIn(stage.output.circle, scale=0.7), run_time=0.6)
        mark = stage.box.box.copy().set_fill(opacity=0).set_stroke(self.theme.accent, 5)
        self.play(FadeIn(mark), run_time=0.3)
        self.play(Fly(stage.inner.copy(), stage.output.symbol, copied=True), FadeOut(mark), run_time=1.2)
        self.settle(stage)

    def others(self) -> None:
        """The neuron becomes the first of a layer."""
        self.step("layer", said.layer(self.neurons))
        stage, self.whole = self.stage, LayerStage(self.neurons)
        graph, labels = self.whole.graph, self.whole.labels
        leaving = (stage.sum, stage.box, stage.word, *stage.through, stage.output, stage.bias, stage.bias_line)
        self.play(*self.new_title("A layer of neurons"), *map(FadeOut, leaving), run_time=0.8)
        first = graph.outputs[0]
        self.play(
            *(ReplacementTransform(old, new) for old, new in zip(stage.inputs, graph.inputs, strict=True)),
            ReplacementTransform(VGroup(stage.neuron, stage.inner), VGroup(first.circle, first.symbol)),
            *(ReplacementTransform(edge, graph.edge(0, i)) for i, edge in enumerate(stage.edges)),
            *(
                ReplacementTransform(label, labels["edge", 0, i]) if ("edge", 0, i) in labels else FadeOut(label)
                for i, label in enumerate(stage.weights)
            ),
            run_time=1.4,
        )
        for result, node in enumerate(graph.outputs[1:], start=1):
            names = [label for key, label in labels.items() if key[1] == result]
            self.play(
                FadeIn(node, scale=0.7),
                *(GrowEdge(edge) for edge in graph.of_result(result)),
                *(FadeIn(name, scale=0.6, rate_func=SECOND_HALF) for name in names),
                run_time=1.0 if result == 1 else 0.7,
            )
        self.settle(graph, *labels.values())

    def matrix(self) -> None:
        """The weights of each neuron become a row."""
        self.step("matrix", said.matrix())
        graph, labels, matrix = self.whole.graph, self.whole.labels, self.whole.matrix
        heads = [
            Flight(part, goal, copied=True)
            for nodes, cells in ((graph.inputs, matrix.header), (graph.outputs, matrix.rows))
            for node, cell in zip(nodes, cells, strict=True)
            for part, goal in ((node.symbol, cell.symbol),)
        ]
        boxes = [cell.box for cell in (*matrix.header, *matrix.rows)]
        self.play(plan(heads, self.mobjects, 1.4), *(FadeIn(box, rate_func=SECOND_HALF) for box in boxes), run_time=1.4)
        self.settle(graph, *labels.values(), *matrix.header, *matrix.rows)
        for result in range(self.layer.counts.results):
            row = matrix.row(result)
            named = [labels.get(("edge", result, i)) for i in self.neurons.sources]
            flights = [
                Flight(label.glyph, cell.symbol, copied=True)
                for label, cell in zip(named, row, strict=True)
                if label is not None
            ]
            boxed = [FadeIn(cell.box if label else cell) for label, cell in zip(named, row, strict=True)]
            time = 1.6 if result == 0 else 1.0
            flying = [plan(flights, self.mobjects, time)] if flights else []
            self.play(*flying, *boxed, run_time=time)
            self.settle(graph, *labels.values(), *matrix.header, *matrix.rows, *matrix.cells[: (result + 1) * len(row)])
        self.play(*self.new_figure(said.layer_figure(self.neurons)), run_time=0.8)
        self.settle(self.whole)
