"""Where all this comes from."""

from __future__ import annotations

from collections.abc import Iterator

from manim import DOWN, LEFT, RIGHT, UP, FadeIn, VGroup, VMobject

from scenes._look.frame import frame
from scenes._mobjects.grids import Filter
from scenes._mobjects.text import CAPTION_SIZE, TEXT_SIZE, text_block, too_small
from scenes._pictures.standing import FRAME_ROOM, filter_extent
from scenes._stage.viewpoint import Viewpoint

Source = tuple[str, tuple[str, ...]]

POST: Source = ("CNNs from different viewpoints", ("Matthew Kleinsmith's post, which this film follows",))
COURSE: Source = (
    "Jeremy Howard's deep learning course",
    ("above all its CNN spreadsheet", "and the video about it, 0:00 to 14:00"),
)
BOOK: Source = (
    "Michael Nielsen's deep learning book",
    ("chapter 1: neural networks", "chapter 6: convolutional neural networks"),
)


_BETWEEN = {"wide": 0.5, "square": 0.26, "tall": 0.8}
"""Between two sources."""
_APART = 1.1
"""Between the emblem and the sources beside it."""
_NEAR = {"square": 0.3, "tall": 0.8}
"""Between the emblem and the sources below it."""


class Credits(Viewpoint):
    """The post that the film follows, and the sources that its author learned from."""

    def construct(self) -> None:
        """The post, then its sources."""
        self.show_title("Sources")
        self.build()
        self.post()
        self.learned()

    def pictures(self) -> Iterator[VMobject]:
        """The page, which must be readable."""
        self.build()
        yield VGroup(self.emblem, self.sources)

    def build(self) -> None:
        """Lay the page out: the filter as an emblem, the sources beside it."""
        self.sources = VGroup(*(self.source(*source) for source in (POST, COURSE, BOOK)))
        self.sources.arrange(DOWN, aligned_edge=LEFT, buff=_BETWEEN[frame().name])
        shape = frame()
        if shape.wide:
            wide, tall = Filter.extent(self.convolution)
            side = max(min(1.1, 3.4 / (tall + 0.4), 3.4 / wide), min(0.5, 5.2 / (tall + 0.4)))
            side = min(side, (shape.stage_width - self.sources.width - _APART) / (wide + FRAME_ROOM))
            self.emblem = Filter(self.subject, side)
            self.legible()
            VGroup(self.emblem, self.sources).arrange(RIGHT, buff=_APART).move_to(UP * shape.stage_middle)
            return
        across, down = filter_extent(self.convolution, RIGHT)
        room = shape.page_height - 0.15 - _NEAR[shape.name] - self.sources.height
        side = min(1.2, room / down, 0.8 * shape.stage_width / across)
        self.emblem = Filter(self.subject, side, RIGHT)
        self.legible()
        VGroup(self.emblem, self.sources).arrange(DOWN, buff=_NEAR[shape.name]).move_to(UP * shape.page_middle)

    def legible(self) -> None:
        """Of a large filter the colours are left."""
        if too_small(self.emblem):
            self.emblem.unlabel()

    def source(self, heading: str, lines: tuple[str, ...]) -> VGroup:
        """A heading with muted lines below it."""
        shape = frame()
        size, small = {"wide": (1.1 * TEXT_SIZE, CAPTION_SIZE), "square": (0.46, 0.37), "tall": (0.5, CAPTION_SIZE)}[
            shape.name
        ]
        room, most = shape.stage_width - 0.1, 2 if shape.tall else 1
        rows = text_block(heading, size, room, most, ("source",))
        for line in lines:
            rows.add(*text_block(line, small, room, most, ("source",)).set_fill(self.theme.muted))
        return rows.arrange(DOWN, aligned_edge=LEFT, buff=0.14 if not shape.square else 0.1)

    def post(self) -> None:
        """The post; where the others will stand below it, it has the middle of the page until then."""
        self.first = VGroup(self.emblem, self.sources[0])
        self.drop = 0.0 if frame().wide else float(self.first.get_y()) - frame().page_middle
        self.first.shift(DOWN * self.drop)
        # The clip begins with something to look at.
        self.add(self.emblem)
        self.step("post", "This film follows the post CNNs from different viewpoints by Matthew Kleinsmith.")
        self.play(FadeIn(self.sources[0], shift=0.3 * UP), run_time=1)

    def learned(self) -> None:
        """What its author learned from."""
        self.step("learned", "Its author learned from Jeremy Howard's course and from Michael Nielsen's book.")
        if self.drop:
            self.play(self.first.animate.shift(UP * self.drop), run_time=0.8)
        for source in self.sources[1:]:
            self.play(FadeIn(source, shift=0.3 * UP), run_time=1)
