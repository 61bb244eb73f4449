"""One photograph under many filters, and the filters that a network has learned."""

from __future__ import annotations

from collections.abc import Iterator

from manim import FadeIn, FadeOut, LaggedStart, ReplacementTransform, VMobject

from scenes._pictures.learned_filters import LearnedTable
from scenes._pictures.photo_stages import PhotoAlone, Wall
from scenes._stage.photographed import Photographed
from scenes._words import filter_walls as said
from scenes._words.filter_walls import LearnedFilters

_FEW = 8
"""Up to so many maps come one after the other, as long as it takes; of more each takes less."""


class ManyFilterView(Photographed):
    """Each filter makes a map of its own, and a network learns the weights that find what it needs."""

    def construct(self) -> None:
        """A wall of maps, then what a network has learned."""
        self.open()
        self.hang()
        self.learn()
        self.answer()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.alone = PhotoAlone(self.pixels)
        yield self.alone
        self.wall = Wall(self.layers, self.maps)
        yield self.wall
        self.learned = LearnedFilters()
        self.table = LearnedTable(self.learned)
        yield self.table

    def open(self) -> None:
        """The photograph."""
        self.show_title("The many-filter view")
        self.step("photo", said.photo())
        self.play(FadeIn(self.alone), run_time=1.2)

    def hang(self) -> None:
        """A filter and its map, again and again."""
        self.step("wall", said.wall(len(self.layers)))
        self.play(FadeOut(self.alone), run_time=0.6)
        items = [self.wall.item(name) for name in self.layers]
        self.play(LaggedStart(*map(FadeIn, items), lag_ratio=0.5), run_time=0.8 * min(_FEW, len(items)))
        self.play(*self.new_figure(said.wall_figure(len(self.layers))), run_time=0.6)
        self.settle(self.wall)

    def learn(self) -> None:
        """The digit network's filters, at first and at last."""
        table, learned = self.table, self.learned
        self.step("before", said.before(learned))
        self.play(FadeOut(self.wall), *self.new_figure(None), run_time=0.6)
        first = [FadeIn(made, scale=0.7) for made in table.rows[0]]
        self.play(*self.new_title("Filters that were learned"), FadeIn(table.words[0]), *first, run_time=1.2)
        self.step("after", said.after(learned))
        moves = [ReplacementTransform(a.copy(), b) for a, b in zip(table.rows[0], table.rows[1], strict=True)]
        self.play(FadeIn(table.words[1]), LaggedStart(*moves, lag_ratio=0.2), run_time=2.4)

    def answer(self) -> None:
        """The digit that each answers to most, and where in it."""
        table = self.table
        self.step("answers", said.answer())
        digits = [FadeIn(made, scale=0.8) for made in table.rows[2]]
        self.play(FadeIn(table.words[2]), LaggedStart(*digits, lag_ratio=0.3), run_time=1.6)
        self.play(*(FadeIn(frame, scale=1.4) for frame in table.frames), run_time=0.8)
        self.play(*self.new_figure(said.labels_figure(self.learned)), run_time=0.6)
        self.settle(table)
