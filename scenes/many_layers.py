"""Two layers in a row: what a number sees, and why an activation stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from manim import DOWN, Create, FadeIn, FadeOut, LaggedStart, VMobject

from cnnmath.activations import CURVES, Kind
from cnnmath.layers import Conv2D
from scenes._look.theme import colour_layers
from scenes._mobjects.cells import Cell, focus
from scenes._mobjects.edges import Edge, GrowEdge
from scenes._mobjects.flights import Flight, plan
from scenes._mobjects.marks import frame_around
from scenes._mobjects.motion import Moves, fly
from scenes._mobjects.nodes import Node, become_node
from scenes._pictures.many_layers import (
    BetweenPicture,
    ChainDesk,
    ChainNetwork,
    FieldPicture,
    OnePicture,
    ProductPicture,
)
from scenes._stage.viewpoint import Viewpoint
from scenes._words import many_layers as said
from scenes._words.many_layers import Chain

MOST_NUMBERS, SLOWLY, _TIGHT = 25, 2, 0.03
"""Of pixels at most; so many entries of the product are worked out one by one; and how near a frame goes around cells
that touch others, in sides of one."""


class ManyLayers(Viewpoint):
    """Every layer lets a number see more of the image, and without an activation between them two layers are one."""

    layers: ClassVar[Sequence[Conv2D]] = (Conv2D([[4, 3], [-2, 2]], bias=2),)
    """The layer behind the convolution."""
    activation: ClassVar[Kind] = "relu"
    """What then goes between the two."""
    notation = "numbers"
    most_channels = most_filters = 1

    def construct(self) -> None:
        """Forwards, backwards, both at once, and with an activation between."""
        self.grids()
        self.network()
        self.backwards()
        self.product()
        self.fold()
        self.between()
        self.field()

    def check(self) -> None:
        """Two layers that follow each other, small enough to be three columns of neurons."""
        super().check()
        name = type(self).__name__
        self.limit("pixels", self.convolution.counts.pixels, MOST_NUMBERS)
        if len(self.layers) != 1:
            raise ValueError(f"{name} shows one layer behind the convolution; got {len(self.layers)}")
        if self.activation not in CURVES:
            raise ValueError(f"{name} knows the activations {', '.join(CURVES)}; got {self.activation!r}")
        (layer,) = self.layers
        if layer.kernel.shape[:2] != (1, 1):
            raise ValueError(f"{name} shows layers of one filter and one channel; got a kernel {layer.kernel.shape}")
        for one in (self.convolution, layer):
            if (one.stride, one.dilation) != ((1, 1), (1, 1)) or one.padding not in (0, (0, 0), "valid"):
                raise ValueError(
                    f"{name} shows layers of stride 1 without padding and dilation; got stride {one.stride}, padding "
                    f"{one.padding}, dilation {one.dilation}"
                )
        self.chain = Chain(self.convolution, layer, self.activation, self.notation)

    def take_colours(self) -> None:
        """The weights of the second layer come behind those of the first."""
        colour_layers(self.chain.weights)

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield ChainDesk(self.chain)
        yield ChainNetwork(self.chain)
        picture = ProductPicture(self.chain)
        yield picture
        yield OnePicture(self.chain)
        yield BetweenPicture(self.chain)

    def grids(self) -> None:
        """One layer after the other."""
        self.show_title("Many layers")
        self.step("grids", said.grids(self.chain))
        self.desk = desk = ChainDesk(self.chain)
        signs = list(desk.signs.values())
        self.play(FadeIn(desk.image), run_time=0.8)
        self.play(FadeIn(signs[0]), FadeIn(desk.filters[0]), run_time=0.8)
        self.play(FadeIn(signs[1]), run_time=0.4)
        self.play(LaggedStart(*(FadeIn(cell, scale=0.6) for cell in desk.map.cells), lag_ratio=0.3), run_time=1.4)
        self.play(FadeIn(signs[2]), FadeIn(desk.filters[1]), run_time=0.8)
        self.play(FadeIn(signs[3]), FadeIn(desk.last, scale=0.6), run_time=0.8)
        self.play(*self.new_figure(said.chain_figure(self.chain)), run_time=0.8)
        self.settle(desk)

    def network(self) -> None:
        """Grids become columns of neurons."""
        self.step("network", said.network(self.chain))
        desk, self.graph = self.desk, ChainNetwork(self.chain)
        leaving = [*desk.filters, *desk.signs.values()]
        self.play(*map(FadeOut, leaving), run_time=0.6)
        moves: Moves = []
        for grid, layer in zip((desk.image, desk.map, desk.last), self.graph.layers, strict=True):
            moves += map(become_node, grid.cells, layer.nodes)
        self.play(*moves, run_time=1.6)
        for edges in self.graph.edges:
            self.play(LaggedStart(*map(GrowEdge, edges.values()), lag_ratio=0.1), run_time=1.4)
        self.settle(self.graph)

    def backwards(self) -> None:
        """From the last number to all that it is made of."""
        self.step("backwards", said.backwards(self.chain))
        pixels, numbers, last = (layer.nodes for layer in self.graph.layers)
        first, second = self.graph.edges
        every = [edge for edges in self.graph.edges for edge in edges.values()]
        self.play(*(edge.animate.set_fill(opacity=0.15) for edge in every), self.light(last[0]), run_time=0.8)
        seen, reached = self.chain.seen, self.chain.field
        back: list[Edge] = [second[0, number] for number in seen]
        self.play(*(edge.animate.set_fill(opacity=1) for edge in back), run_time=0.8)
        self.play(*(self.light(numbers[number]) for number in seen), run_time=0.6)
        back = [edge for (number, _), edge in first.items() if number in seen]
        self.play(*(edge.animate.set_fill(opacity=1) for edge in back), run_time=0.8)
        self.play(*(self.light(pixels[pixel]) for pixel in reached), run_time=0.6)
        self.play(*self.new_figure(said.field_figure(self.chain)), run_time=0.8)
        self.play(*(edge.animate.set_fill(opacity=1) for edge in every), run_time=0.4)

    def light(self, node: Node) -> VMobject:
        """A bright ring around a neuron."""
        return node.circle.animate.set_stroke(self.theme.accent, 5)  # type: ignore[return-value]

    def product(self) -> None:
        """Row times column."""
        self.step("product", said.product(self.chain))
        self.made = made = ProductPicture(self.chain)
        self.play(FadeOut(self.graph), *self.new_figure(None), run_time=0.8)
        for name, word in zip(("first", "second"), made.names, strict=True):
            self.play(FadeIn(made.grids[name]), FadeIn(word), run_time=0.8)
        cells = made.grids["product"].cells
        row = frame_around(made.grids["second"].cells)
        self.play(Create(row), run_time=0.5)
        # Where most meets is worth a look: the entry of most products, too.
        slowly = list(dict.fromkeys([0, max(range(len(cells)), key=lambda p: len(made.sum_line(p)))]))[:SLOWLY]
        for pace, pixel in zip((1.0, 0.6), slowly, strict=False):
            column = made.column(pixel)
            mark, line = frame_around(column, _TIGHT * column[0].side), made.sum_line(pixel)
            self.play(FadeIn(mark), run_time=0.4 * pace)
            self.play(LaggedStart(*map(FadeIn, line), lag_ratio=0.15), run_time=1.4 * pace)
            self.play(FadeIn(cells[pixel].box), *self.land(line[-1], cells[pixel]), run_time=0.8 * pace)
            self.play(FadeOut(mark), FadeOut(line), run_time=0.4 * pace)
        rest = [cell for pixel, cell in enumerate(cells) if pixel not in slowly]
        self.play(LaggedStart(*(FadeIn(cell, scale=0.6) for cell in rest), lag_ratio=0.3), run_time=2.0)
        self.play(FadeOut(row), run_time=0.4)
        self.settle(made)

    def land(self, source: VMobject, cell: Cell) -> Moves:
        """A number comes into its cell."""
        return [fly(source, cell.symbol)] if cell.label else []

    def fold(self) -> None:
        """The row becomes a filter that does both at once."""
        self.step("fold", said.fold(self.chain))
        made, self.one = self.made, OnePicture(self.chain)
        row = made.grids["product"].cells
        inside = [row[pixel] for pixel in self.chain.field]
        others = [cell for cell in row if cell not in inside]
        leaving = [made.grids["first"], made.grids["second"], *made.names, *others]
        self.play(*map(FadeOut, leaving), run_time=0.8)
        flights = [Flight(*pair) for pair in zip(inside, self.one.one.cells, strict=True)]
        self.play(plan(flights, self.mobjects, 1.6), run_time=1.6)
        self.play(FadeIn(self.one.bias, shift=0.3 * DOWN), run_time=0.5)
        signs = list(self.one.signs.values())
        self.play(FadeIn(self.one.image), FadeIn(signs[0]), run_time=0.8)
        self.play(FadeIn(signs[1]), FadeIn(self.one.last), *self.new_figure(said.one_figure(self.chain)), run_time=0.8)
        self.settle(self.one)

    def between(self) -> None:
        """An activation between the layers."""
        self.step("activation", said.between(self.chain))
        made = BetweenPicture(self.chain)
        self.play(FadeOut(self.one), *self.new_figure(None), run_time=0.8)
        self.play(FadeIn(made.map), run_time=0.6)
        boxes = [FadeIn(cell.box) for cell in made.active.cells]
        self.play(FadeIn(made.word), *boxes, run_time=0.6)
        self.play(
            LaggedStart(*(FadeIn(c.symbol, scale=0.5) for c in made.active.cells if c.label), lag_ratio=0.3),
            run_time=1.2,
        )
        rings = [focus(made.active.cells[index]) for index in self.chain.changed]
        if rings:
            self.play(*map(Create, rings), run_time=0.6)
        signs = list(made.signs.values())
        self.play(FadeIn(signs[0]), FadeIn(made.filter), run_time=0.8)
        self.play(FadeIn(signs[1]), FadeIn(made.last, scale=0.6), run_time=0.8)
        self.play(*map(FadeOut, rings), *self.new_figure(said.between_figure(self.chain)), run_time=0.8)
        self.settle(made)
        self.after = made

    def field(self) -> None:
        """How the field grows with the layers."""
        self.step("field", said.field())
        made = FieldPicture()
        self.play(FadeOut(self.after), *self.new_figure(None), run_time=0.8)
        self.play(FadeIn(made.grid), run_time=0.8)
        for frame, word in zip(made.frames, made.words, strict=True):
            self.play(Create(frame), FadeIn(word), run_time=1.0)
        self.play(*self.new_figure(said.last_figure()), run_time=0.8)
        self.settle(made)
