"""A photograph, its pixels, their numbers, and what filters make of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import ClassVar

from manim import FadeIn, FadeOut, Mobject, ReplacementTransform, Transform, UpdateFromAlphaFunc, VMobject
from numpy.typing import ArrayLike

from cnnmath import KERNELS, Convolution
from scenes._fast import Texture
from scenes._mobjects.cells import focus
from scenes._mobjects.handing import grid_becomes
from scenes._mobjects.motion import LATE, SECOND_HALF, swap
from scenes._mobjects.photographs import Place, part_of
from scenes._mobjects.sweep import Sweep
from scenes._pictures.photo_stages import Closer, PhotoAlone, PhotoAndMap, Wall
from scenes._pictures.trio import Trio
from scenes._stage.photographed import Photographed
from scenes._words import photographs as said
from scenes._words.subject import Subject

NEAR, _PACES = 32, (1.4, 0.7, 0.5, 0.35)
"""The side of the first closer look, and how long the filter takes to its stops, the first ones slowly."""
_MORE = 2
"""So many more pixels than weights are in a row of the second closer look."""


class RealisticView(Photographed):
    """A photograph is numbers, too: a filter goes over all of them, and what its weights are decides what it finds."""

    filters: ClassVar[Mapping[str, ArrayLike]] = dict(islice(KERNELS.items(), 4))
    most_maps: ClassVar[int] = 8

    def construct(self) -> None:
        """Go closer and closer, filter what is there, and look at it from afar again."""
        self.open()
        self.go_closer()
        self.go_over()
        self.whole()
        if len(self.layers) > 1:
            self.others()

    def check(self) -> None:
        """Find the part that is looked at."""
        super().check()
        self.name, self.layer = next(iter(self.layers.items()))
        self.near, self.nearest = self._places()
        top, left, rows, columns = self.nearest
        self.part = Convolution(self.pixels[top : top + rows, left : left + columns], self.layer.kernel)

    def _places(self) -> tuple[Place, Place]:
        """Around where the first map is furthest from zero: a part for pixels, and one in it for numbers."""
        kernel = self.layer.kernel.shape[2:]
        at = [found + size // 2 for found, size in zip(said.steepest(self.maps[self.name]), kernel, strict=True)]
        inner = max(kernel) + _MORE
        sides = min(NEAR, min(self.pixels.shape) // 2), inner
        corners = [
            [max(0, min(middle - side // 2, whole - side)) for middle, whole in zip(at, self.pixels.shape, strict=True)]
            for side in sides
        ]
        near, nearest = ((*corner, side, side) for corner, side in zip(corners, sides, strict=True))
        return near, nearest

    @property
    def coloured(self) -> Convolution:
        """The filter whose weights are read."""
        return self.part

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        self.alone = PhotoAlone(self.pixels)
        yield self.alone
        self.closer = Closer(self.pixels, self.near, self.nearest)
        yield self.closer
        self.trio = Trio(Subject(self.part, "numbers"))
        yield self.trio
        self.both = PhotoAndMap(self.pixels, self.layer, self.maps[self.name], self.name)
        yield self.both
        self.wall = Wall(self.layers, self.maps)
        yield self.wall

    def open(self) -> None:
        """The photograph."""
        self.show_title("The realistic view")
        self.step("photo", said.photo(self.pixels))
        made = self.alone
        self.play(FadeIn(made.photo), FadeIn(made.rim), run_time=1.2)
        self.play(FadeIn(made.word), *self.new_figure(said.photo_figure(self.pixels)), run_time=0.8)

    def go_closer(self) -> None:
        """A part of it grows until its pixels are seen, and a part of that until they are numbers."""
        made = self.closer
        self.step("pixels", said.closer(self.near[2]))
        becoming = zip(self.alone, (made.photo, made.rims[0], made.words["photo"]), strict=True)
        self.play(*(ReplacementTransform(*pair) for pair in becoming), run_time=1.2)
        self.play(FadeIn(made.frames[0], scale=1.6), run_time=0.8)
        self.grow(made.near, made.closer)
        self.play(FadeIn(made.rims[1]), FadeIn(made.words["closer"]), run_time=0.5)
        self.step("numbers", said.numbers())
        self.play(FadeIn(made.frames[1], scale=1.3), *self.new_figure(None), run_time=0.8)
        goal = part_of(made.closer, self.nearest)
        goal.scale_to_fit_width(made.numbers.width).move_to(made.numbers)
        grown = self.grow(part_of(made.closer, self.nearest), goal)
        self.play(FadeIn(made.numbers), FadeIn(made.words["numbers"]), run_time=0.8)
        self.remove(grown)
        self.settle(made)

    def grow(self, small: Texture, large: Texture) -> Texture:
        """A part comes out of its place."""
        self.play(Transform(small, large), run_time=1.6)
        return small

    def go_over(self) -> None:
        """The filter over the numbers: a few stops, then the rest at once."""
        self.step("part", said.part(self.layer))
        made, trio = self.closer, self.trio
        leaving = [made.photo, made.closer, *made.rims, *made.frames, *made.words.values()]
        self.play(*map(FadeOut, leaving), run_time=0.6)
        self.play(*grid_becomes(made.numbers, trio.image), FadeIn(trio.captions[1], rate_func=LATE), run_time=1.2)
        self.settle(trio.image, trio.captions[1])
        trio.result.blank()
        coming = (trio.filter, trio.result.boxes, trio.captions[0], trio.captions[2])
        self.play(*map(FadeIn, coming), run_time=0.8)
        sweep = Sweep(trio.image, None)
        frame = focus(trio.result.cells[0])
        for stop in range(self.part.positions):
            pace = _PACES[min(stop, len(_PACES) - 1)]
            if stop == 0:
                self.play(*sweep.to(0), run_time=pace)
                self.add(sweep.patch)
            else:
                self.play(*sweep.hop(stop), run_time=pace)
            old, frame = frame, focus(trio.result.cells[stop])
            self.play(*swap(old if stop else None, frame), *sweep.drop(trio.result, stop), run_time=min(pace, 0.8))
        self.play(*sweep.away(), FadeOut(frame), run_time=0.6)
        self.settle(trio)

    def whole(self) -> None:
        """All of the photograph again; its map grows row by row."""
        made = self.both
        self.step("whole", said.whole(self.layer, self.maps[self.name]))
        self.play(FadeOut(self.trio), run_time=0.6)
        self.play(FadeIn(made.photo), *map(FadeIn, made.rims), *map(FadeIn, made.words.values()), run_time=0.8)
        self.play(self.reveal(made.map), run_time=3.0)
        self.play(*self.new_figure(said.whole_figure(self.layer)), run_time=0.8)

    def reveal(self, texture: Texture) -> UpdateFromAlphaFunc:
        """Show a picture row by row, from the top."""
        rows, columns = texture.raster.shape
        whole = texture.copy()

        def show(shown: Mobject, alpha: float) -> None:
            place = (0, 0, max(1, round(alpha * rows)), columns)
            part = part_of(whole, place)
            assert isinstance(shown, Texture)
            shown.become(part)
            shown.window = part.window

        return UpdateFromAlphaFunc(texture, show)

    def others(self) -> None:
        """What the other filters make of it."""
        made = self.wall
        self.step("others", said.others([name for name in self.layers if name != self.name]))
        gone = [FadeOut(part) for part in (*self.both.rims, *self.both.words.values(), self.both.photo)]
        self.play(*gone, *self.new_figure(None), run_time=0.6)
        self.play(
            Transform(self.both.map, made.maps[self.name]),
            FadeIn(made.kernels[self.name], rate_func=SECOND_HALF),
            FadeIn(made.words[self.name], rate_func=SECOND_HALF),
            run_time=1.2,
        )
        for name in (name for name in self.layers if name != self.name):
            self.play(FadeIn(made.item(name)), run_time=0.9)
        self.settle(made)
