"""Pooling: the largest number of every window, or their average."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from manim import Create, FadeIn, FadeOut, LaggedStart, Square, VGroup, VMobject
from numpy.typing import ArrayLike

import cnnmath
from cnnmath import Convolution
from scenes._mobjects.cells import Cell
from scenes._mobjects.edges import GrowEdge
from scenes._mobjects.handing import come_out, grid_becomes
from scenes._mobjects.lanes import from_grid_to_grid
from scenes._mobjects.motion import FIRST_HALF, SECOND_HALF, Hop, Moves, fly
from scenes._mobjects.nodes import Node, become_node
from scenes._pictures.pooled import MapAlone, PooledNetwork, PoolingDesk
from scenes._stage.viewpoint import MOST_CELLS, Viewpoint
from scenes._words import pooling as said
from scenes._words.pooling import Pooled

FEW = 9
"""Up to so many windows one follows the other; of more, all but the first two come at once."""


class Pooling(Viewpoint):
    """Pooling keeps the largest number of every window, or their average, and has nothing to learn."""

    convolution = Convolution(
        [[3, 9, 6, 5, 8], [8, 1, 4, 8, 5], [1, 5, 4, 0, 5], [1, 3, 2, 7, 6], [2, 6, 6, 1, 4]],
        kernel=[[2, -3], [4, -2]],
        bias=5,
    )
    """Its result is pooled."""
    image: ClassVar[ArrayLike | None] = None
    """What is pooled in its place, (H, W) or (C, H, W), if there is one. It stands there in numbers in any case."""
    size: ClassVar[int | tuple[int, int]] = 2
    stride: ClassVar[int | tuple[int, int] | None] = None
    """None is the size, so that windows do not overlap."""
    kind: ClassVar[Literal["max", "average"]] = "max"
    """"max" or "average"."""

    def construct(self) -> None:
        """Pool window by window, average the same windows, then look at it as a network."""
        self.open()
        self.first()
        self.others()
        if self.kind == "max":
            self.averages()
        self.network()

    def check(self) -> None:
        """Take the layer, and limit its image as that of a convolution is limited."""
        super().check()
        given = self.convolution.output() if self.image is None else self.image
        self.pooling = cnnmath.Pooling(given, self.size, self.kind, self.stride)
        self.limit("channels", len(self.pooling.image), self.most_channels)
        self.limit("numbers", self.pooling.image.size, MOST_CELLS * len(self.pooling.image))
        if self.pooling.size == (1, 1):
            raise ValueError(f"{type(self).__name__} shows windows of at least two numbers; got size {self.size!r}")

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        return f"{self.kind} pooling of shape {self.pooling.image.shape} in windows of {self.pooling.size}"

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        pooled = Pooled(self.pooling)
        desk = PoolingDesk(pooled, self.kinds)
        yield VGroup(desk, desk.sum_line(0))
        yield PooledNetwork(pooled)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of pooling that are shown: after the largest numbers the averages, too."""
        return ("max", "average") if self.kind == "max" else ("average",)

    @property
    def windows(self) -> range:
        """One for each result."""
        return range(self.pooling.counts.results)

    def open(self) -> None:
        """The map, and the places of the results."""
        self.show_title("Pooling")
        self.step("map", said.the_map(self.pooling, self.image is None))
        self.pooled = Pooled(self.pooling)
        self.desk = PoolingDesk(self.pooled, self.kinds)
        self.alone = MapAlone(self.pooled)
        cells = self.alone.map.cells
        self.play(LaggedStart(*(FadeIn(cell, scale=0.7) for cell in cells), lag_ratio=0.06), run_time=1.8)
        self.settle(self.alone)

    def first(self) -> None:
        """The first window, slowly."""
        self.step("first", said.first(self.pooling))
        kind = self.kinds[0]
        self.play(*grid_becomes(self.alone.map, self.desk.map), run_time=1.2)
        self.settle(self.desk.map)
        self.places(kind)
        self.frame = self.desk.window(0)
        self.rings: dict[int, Square] = {}
        self.play(FadeIn(self.frame, scale=1.15), run_time=0.8)
        self.pool(0, kind, 1.4)

    def places(self, kind: str) -> None:
        """Where the results of a kind will stand."""
        grid = self.desk.results[kind]
        grid.blank()
        self.play(FadeIn(grid.boxes), FadeIn(self.desk.names[kind]), run_time=0.8)

    def others(self) -> None:
        """The other windows, faster."""
        self.step("windows", said.others(self.pooling))
        kind = self.kinds[0]
        self.pool_rest(kind)
        moves = self.new_figure(said.kept_figure(self.pooled)) if kind == "max" else []
        self.play(FadeOut(self.frame), *moves, run_time=0.8)

    def pool_rest(self, kind: str) -> None:
        """Window after window; of many, the later ones all at once."""
        few = self.windows[1:] if len(self.windows) <= FEW else self.windows[1:2]
        for window in few:
            self.play(Hop(self.frame, self.desk.window(window)), run_time=0.4)
            self.pool(window, kind, 0.6)
        if rest := self.windows[len(few) + 1 :]:
            self.run(rest, kind)

    def pool(self, window: int, kind: str, pace: float) -> None:
        """What is in a window becomes one number."""
        if kind == "max":
            self.pick(window, pace)
        else:
            self.average(window, pace)

    def pick(self, window: int, pace: float) -> None:
        """The largest lights up, the others dim, and it moves into its result."""
        winner = self.pooled.winner(window)
        self.play(*self.light(window), run_time=0.7 * pace)
        cell, goal = self.desk.map.cells[winner], self.desk.results["max"].cells[window]
        self.play(*self.land(cell, goal), run_time=pace)

    def light(self, window: int) -> Moves:
        """A frame around the one that wins; the colour of the text says who does not."""
        winner = self.pooled.winner(window)
        moves: Moves = []
        for index, cell in zip(self.pooled.members(window), self.desk.under(window), strict=True):
            if index == winner and index not in self.rings:
                self.rings[index] = self.desk.ring(index)
                moves.append(Create(self.rings[index]))
            if cell.label:
                won = index in self.rings
                moves.append(cell.label.animate.set_fill(self.theme.text if won else self.theme.muted))
        return moves

    def land(self, cell: Cell, goal: Cell) -> Moves:
        """A copy of a number moves into its result, between the rows or columns of the map."""
        grid = self.desk.results["max"]
        if not (cell.label and goal.label):
            return [come_out(cell, goal)] if goal.label else [goal.box.animate.set_fill(grid.shades[id(goal)])]
        path = from_grid_to_grid(cell, self.desk.map, goal, grid)
        return [fly(cell.symbol, goal.symbol, path_func=path)]

    def average(self, window: int, pace: float) -> None:
        """The numbers of a window are added up and divided: the first time term by term."""
        line = self.desk.sum_line(window)
        goal = self.desk.results["average"].cells[window]
        marks = VGroup(*map(self.desk.ring, self.pooled.members(window)))
        *terms, total = line
        if window == 0:
            self.play(FadeIn(marks), run_time=0.4)
            self.play(LaggedStart(*map(FadeIn, terms), lag_ratio=0.2), run_time=1.6)
            self.play(FadeIn(total, scale=0.5), FadeOut(marks), run_time=0.6)
        else:
            self.play(FadeIn(line), run_time=0.5 * pace)
        self.play(*self.drop(total, goal), run_time=0.8 * pace)
        self.play(FadeOut(line), run_time=0.2)

    def drop(self, total: VMobject, goal: Cell) -> Moves:
        """The average goes into its cell."""
        if goal.label:
            return [fly(total, goal.symbol)]
        grid = self.desk.results["average"]
        return [goal.box.animate.set_fill(grid.shades[id(goal)])]

    def run(self, rest: range, kind: str) -> None:
        """Many windows at once."""
        grid = self.desk.results[kind]
        moves: Moves = []
        for window in rest:
            cell = grid.cells[window]
            moves += self.light(window) if kind == "max" else []
            moves.append(
                FadeIn(cell.symbol, scale=0.4) if cell.label else cell.box.animate.set_fill(grid.shades[id(cell)])
            )
        self.play(Hop(self.frame, self.desk.window(rest[-1])), LaggedStart(*moves, lag_ratio=0.5), run_time=3)

    def averages(self) -> None:
        """The same windows, averaged."""
        self.step("averages", said.averages(self.pooling))
        labels = [cell.label for cell in self.desk.map.cells if cell.label]
        self.play(
            *(FadeOut(ring) for ring in self.rings.values()),
            *(label.animate.set_fill(self.theme.text) for label in labels),
            *self.new_figure(None),
            run_time=0.8,
        )
        self.places("average")
        self.frame = self.desk.window(0)
        self.play(FadeIn(self.frame, scale=1.15), run_time=0.6)
        self.pool(0, "average", 1.2)
        self.pool_rest("average")
        self.play(FadeOut(self.frame), run_time=0.6)
        self.settle(self.desk)

    def network(self) -> None:
        """Cells become neurons, and whatever is pooled draws its line."""
        graph = PooledNetwork(self.pooled)
        self.step("network", said.network(self.pooling, graph.whole))
        kind = self.pooling.kind
        leaving = [grid for name, grid in self.desk.results.items() if name != kind]
        self.play(*(FadeOut(part) for part in (*leaving, *self.desk.names.values())), run_time=0.8)
        self.play(
            *self.unroll(self.desk.map.cells, graph.inputs),
            *self.unroll(self.desk.results[kind].cells, graph.outputs),
            *(FadeIn(dots, rate_func=SECOND_HALF) for layer in graph.layers for dots in layer.dots),
            run_time=1.8,
        )
        lines = list(graph.edges.values())
        sources = {pixel for _, pixel in graph.edges}
        losing = [node for pixel, node in graph.inputs.items() if pixel not in sources]
        self.play(
            *(node.label.animate.set_fill(self.theme.muted) for node in losing if node.label),
            *(graph.inputs[pixel].circle.animate.set_stroke(self.theme.accent, 4) for pixel in sources),
            run_time=0.6,
        )
        self.play(LaggedStart(*map(GrowEdge, lines), lag_ratio=0.4), run_time=min(3.0, 1.0 + 0.3 * len(lines)))
        self.play(*self.new_figure(said.learned_figure(self.pooling)), run_time=0.8)
        self.settle(graph)

    def unroll(self, cells: Sequence[Cell], nodes: Mapping[int, Node]) -> Moves:
        """Cells become the neurons of a layer; those that are not shown leave."""
        moves: Moves = []
        for index, cell in enumerate(cells):
            node = nodes.get(index)
            if node is None:
                moves.append(FadeOut(cell, rate_func=FIRST_HALF))
                continue
            moves.append(become_node(cell, node))
        return moves
