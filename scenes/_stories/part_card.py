"""The card before a part of the film: which one it is, and its own pictures without their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import UP, FadeIn, LaggedStart, VGroup, VMobject

from scenes._film import part_of
from scenes._layout import Part, Size, between, block, column, first_of, row, solve
from scenes._mobjects.text import CAPTION_SIZE, Glyph, words
from scenes._pictures.standing import card_room, name_word, put, word_block, write
from scenes._stage.viewpoint import Viewpoint
from scenes._words.titles import part_words

_LARGEST, _LEAST = 0.85, 0.45
"""The size of the part's name in em, at most and at least."""


def bare(picture: VMobject) -> VMobject:
    """Take all text out of a picture: here it is an emblem, too small to be read."""
    for part in picture.get_family():
        part.remove(*(text for text in part.submobjects if isinstance(text, Glyph)))
    return picture


class Card(VGroup):
    """A line in small words, the name below it, and the emblems, as large as there is room for."""

    def __init__(self, number: str, name: str, emblems: Sequence[VMobject]) -> None:
        em, high = Size("the name", _LEAST, _LARGEST), Size("emblems", most=3.6)
        blocks: list[Part] = [
            block(f"emblem {i}", float(emblem.width / emblem.height) * high, 1.0 * high)
            for i, emblem in enumerate(emblems)
        ]
        title = block("name", float(words(name, 1.0).width) * em, 1.0 * em)
        over = column(word_block("number", number, CAPTION_SIZE), title, gap=0.3)
        across, down = row(*blocks, gap=between(0.5, 1.2)), column(*blocks, gap=between(0.4, 1.0))
        gap = between(0.5, 1.2)
        layout = solve(
            first_of(column(over, across, gap=gap), tall=[column(over, down, gap=gap)]), card_room().inset(0.3, 0.6)
        )
        for i, emblem in enumerate(emblems):
            emblem.scale(layout[f"emblem {i}"].wide / emblem.width)
        put(layout, **{f"emblem {i}": emblem for i, emblem in enumerate(emblems)})
        self.emblems = emblems
        self.number = write(layout, "number", name_word(number))
        self.name_ = words(name, layout.size(em)).move_to(UP * layout["name"].y)
        super().__init__(self.number, self.name_, *emblems)


class PartCard(Viewpoint):
    """A card with the name of a part; a subclass gives the emblems."""

    most_channels = most_filters = 1

    def emblems(self) -> Sequence[VMobject]:
        """The part's own pictures."""
        raise NotImplementedError

    def pictures(self) -> Iterator[VMobject]:
        """The still that must be readable."""
        number, part = part_of(type(self).__name__)
        self.said = part_words(number, part.title)
        self.card = Card(self.said.number, self.said.name, [bare(emblem) for emblem in self.emblems()])
        yield self.card

    def construct(self) -> None:
        """The name, then the emblems one after the other."""
        self.step("part", self.said.spoken)
        card = self.card
        self.play(FadeIn(card.number), FadeIn(card.name_, shift=0.2 * UP), run_time=0.8)
        self.play(LaggedStart(*(FadeIn(emblem) for emblem in card.emblems), lag_ratio=0.4), run_time=1.2)
