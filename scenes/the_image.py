"""The image: brightness, numbers, letters."""

from __future__ import annotations

from collections.abc import Iterator

from manim import AnimationGroup, FadeIn, LaggedStart, ReplacementTransform, VMobject

from scenes._mobjects.cells import fitted, label_size
from scenes._mobjects.motion import turn_over
from scenes._mobjects.text import symbol
from scenes._pictures.trio import ImageAlone
from scenes._stage.viewpoint import Viewpoint
from scenes._words import grids as said
from scenes._words.figures import image_figure


class TheImage(Viewpoint):
    """An image is a grid of numbers, and a letter can stand for each of them."""

    def construct(self) -> None:
        """Brightness, then numbers, then letters; a large image has room only for the first."""
        self.show_title("The image")
        self.brightness()
        if self.image.shaded:
            self.too_many()
        else:
            self.numbers()
            self.letters()

    def pictures(self) -> Iterator[VMobject]:
        """The stills that must be readable."""
        yield ImageAlone(self.subject)

    def brightness(self) -> None:
        """Pixels appear as shades of grey."""
        self.image = ImageAlone(self.subject).image
        # The clip begins with something to look at: the places of the pixels.
        places = self.image.boxes.copy().set_fill(self.theme.panel)
        self.add(places)
        self.step("brightness", said.brightness(self.convolution))
        shades = self.theme.shades(self.convolution.image.ravel().tolist())
        for cell, shade in zip(self.image.cells, shades, strict=True):
            cell.box.set_fill(shade)
        parts = self.image.rows if self.image.shaded else self.image.boxes
        self.play(LaggedStart(*(FadeIn(part, scale=0.6) for part in parts), lag_ratio=0.15), run_time=2.4)
        self.remove(places)
        self.play(*self.new_figure(image_figure(self.convolution)), run_time=0.8)

    def too_many(self) -> None:
        """No room for numbers or letters: the shades stand for themselves."""
        self.step("too-many", said.too_small(self.convolution))

    def numbers(self) -> None:
        """Each brightness is a number."""
        self.step("numbers", said.numbers(self.convolution))
        names = self.subject.in_numbers
        self.values = []
        for i, cell in enumerate(self.image.cells):
            piece = names.pixel(i)
            ink = self.theme.text_on(cell.box.get_fill_color())
            glyph = fitted(symbol(piece.says, piece.key, label_size(cell.side), ink), cell.side)
            self.values.append(glyph.centre_on(cell.middle))
        self.play(LaggedStart(*(FadeIn(v, scale=1.4) for v in self.values), lag_ratio=0.12), run_time=2)

    def letters(self) -> None:
        """Letters stand for the numbers; the shades go, so that colour is free for the weights."""
        if self.subject.numeric:
            self.step("plain", said.plain())
        else:
            self.step("letters", said.letters(self.convolution))
        end = ImageAlone(self.subject).image
        # What stays the same does not turn over.
        turn = ReplacementTransform if self.subject.numeric else turn_over
        self.play(
            LaggedStart(
                *(
                    AnimationGroup(ReplacementTransform(cell.box, goal.box), turn(value, goal.symbol))
                    for cell, value, goal in zip(self.image.cells, self.values, end.cells, strict=True)
                ),
                lag_ratio=0.15,
            ),
            run_time=2.6,
        )
