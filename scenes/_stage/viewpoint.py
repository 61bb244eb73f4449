"""What every scene shares: parameters, named steps with captions, the three bands of the picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import numpy as np
from manim import UP, Animation, AnimationGroup, CairoRenderer, FadeIn, FadeOut, Mobject, Scene, VGroup, VMobject
from manim.utils.exceptions import EndSceneEarlyException

from cnnmath import EXAMPLE, Convolution, Dense
from scenes import _fast
from scenes._layout import DoesNotFitError
from scenes._look.frame import fit_camera, frame
from scenes._look.theme import Theme, colour, theme
from scenes._mobjects.motion import swap
from scenes._mobjects.text import Glyph, text_block
from scenes._stage.captions import LOW, captions
from scenes._stage.checking import check_picture
from scenes._stage.command import by_command, end
from scenes._words.digits import Number
from scenes._words.subject import Subject
from scenes._words.titles import ROUNDED

TICKS = 15
TICK = 1 / TICKS
"""Run times are multiples of this, so that a clip is equally long at every frame rate."""
HOLD = 1.0
"""Every step ends in a still of at least this many seconds."""
READING_SPEED = 17.0
"""Characters a second that narration is given; captions must stay under 17."""
DIMMED = 0.85
"""How far what does not matter now is faded."""

MOST_PIXELS, MOST_CELLS, MOST_PLANES = 1024, 1296, 4
"""Of the pixels of a channel; of the cells of a padded one, and of the results of a filter; of channels and filters."""
MOST_IN_LAYER, MOST_WEIGHTS = 144, 784
"""Of the weights that a filter has for a channel, and of all."""
FARTHEST = 99
"""A number other than 0 lies between 10 to the power of −99 and of 99: their products can be worked out, too."""
MANY = 60
"""More movements than this are played as one group: to set them up takes manim the square of their number."""


def ticks(seconds: float) -> float:
    """`seconds` rounded up to whole ticks."""
    return math.ceil(round(seconds / TICK, 6)) / TICKS


def figure_words(text: str) -> VGroup:
    """A key figure in words, a little smaller where it would leave the safe area."""
    shape = frame()
    return text_block(text, shape.figure_size, shape.stage_width, shape.lines, ("figure",))


def title_words(text: str) -> VGroup:
    """A title at its place."""
    shape = frame()
    made = text_block(text, shape.title_size, shape.stage_width, shape.lines, ("title",))
    return made.move_to(UP * shape.title_y)


def shows_rounded(mobjects: Iterable[Mobject]) -> bool:
    """Whether any number that can be seen had to be rounded."""
    return any(
        isinstance(part.says, Number) and part.says.rounded and part.get_fill_opacity() > 0
        for mobject in mobjects
        for part in mobject.get_family()
        if isinstance(part, Glyph)
    )


def in_shape() -> str:
    """What a refusal says of the shape of the picture."""
    return "" if frame().wide else f" in a {frame().name} picture"


class Viewpoint(Scene):
    """A scene of the film. A lecturer's own clip is a subclass that sets `convolution` or `notation`."""

    convolution: ClassVar[Convolution] = EXAMPLE
    notation: ClassVar[str] = "letters"
    """What cells show: "letters" or "numbers"."""
    beat: ClassVar[float] = 0.75
    """Run times of movements are in beats of so many seconds: the tempo of the film. Stills are in seconds."""
    most_channels: ClassVar[int] = MOST_PLANES
    most_filters: ClassVar[int] = MOST_PLANES
    """How many channels and filters the scene shows."""
    connects: ClassVar[bool] = False
    """Whether it is about the pixels that the filter meets: if that lies on padding alone there is nothing to say."""

    def __init__(self, renderer: CairoRenderer | None = None, skip_animations: bool = False, **kwargs: Any) -> None:
        """Take the shape of the picture from its size in pixels, and the faster renderer, unless one is given."""
        _fast.settle()
        fit_camera()
        self._opened = False
        super().__init__(renderer or _fast.renderer(skip_animations), skip_animations=skip_animations, **kwargs)

    def render(self, preview: bool = False) -> bool:
        """Render the scene. A refusal from manim's command line is said in one message."""
        try:
            return bool(super().render(preview))
        except ValueError as error:
            if self._opened or not by_command():
                raise
            raise end(error) from error

    def setup(self) -> None:
        """Check the parameters before anything is drawn, and take the theme of the background."""
        if self.notation not in ("letters", "numbers"):
            raise ValueError(f'notation is {self.notation!r}; expected "letters" or "numbers"')
        self.check()
        self.subject = Subject(self.convolution, self.notation)
        self.take_colours()
        self.theme: Theme = theme()
        self._title: Mobject | None = None
        self._heading = ""
        self._noted = False
        try:
            for picture in self.pictures():
                self.check_picture(picture)
        except DoesNotFitError as error:
            raise ValueError(f"{type(self).__name__} cannot show {self.shown()}{in_shape()}: {error}") from error
        self._figure: Mobject | None = None
        self._step: tuple[float, str] | None = None

    def take_colours(self) -> None:
        """Colours are for what the scene shows."""
        colour(self.coloured)

    def check(self) -> None:
        """Raise ValueError when the scene cannot show its convolution; scenes with tighter limits extend it."""
        conv = self.convolution
        self.limit("channels", conv.image.shape[0], self.most_channels)
        self.limit("filters", conv.kernel.shape[0], self.most_filters)
        # So many that no scene can show them. Shapes alone tell: of far more even the taps would not fit in memory.
        filters, channels = conv.kernel.shape[:2]
        self.limit("pixels", conv.image.size, MOST_PIXELS * channels)
        self.limit("cells with padding", math.prod(conv.padded_shape), MOST_CELLS * channels)
        self.limit("weights", conv.kernel.size, min(MOST_IN_LAYER * filters * channels, MOST_WEIGHTS))
        self.limit("results", math.prod(conv.output_shape), MOST_CELLS * filters)
        if self.connects and not conv.counts.taps:
            raise ValueError(
                f"{type(self).__name__} shows what a filter meets; got {self.shown()}, stride {conv.stride} and "
                f"padding {conv.padding}, and it lies on padding alone at all {conv.positions} stops"
            )
        for what in ("image", "kernel", "bias"):
            given = np.abs(getattr(conv, what))
            strange = given[(given != 0) & ((given < 10.0**-FARTHEST) | (given > 10.0**FARTHEST))]
            if strange.size:
                raise ValueError(
                    f"{type(self).__name__} shows numbers from 1e-{FARTHEST} to 1e{FARTHEST} and 0; "
                    f"got {strange[0]:g} in the {what}"
                )

    def pictures(self) -> Iterable[VMobject]:
        """The fullest pictures of the scene, which must fit and be readable; scenes that draw any extend it."""
        return ()

    def check_picture(self, picture: VMobject) -> None:
        """Raise ValueError for a picture that leaves the safe area, or whose texts or cells are too small."""
        shown = f"{type(self).__name__} cannot show {self.shown()}{in_shape()}"
        check_picture(picture, shown, self.notation == "numbers")

    @property
    def coloured(self) -> Convolution | Dense:
        """The layer whose weights have the colours."""
        return self.convolution

    def shown(self) -> str:
        """What a refusal says that the scene was given."""
        conv = self.convolution
        return f"an image of shape {conv.image.shape} with a kernel of shape {conv.kernel.shape} in {self.notation}"

    def limit(self, what: str, got: int, most: int) -> None:
        """Raise ValueError when there are more of `what` than fit in the picture."""
        if got > most:
            given = got if got < 10**15 else "far more"
            raise ValueError(f"{type(self).__name__} shows at most {most} {what}{in_shape()}; got {given}")

    def step(self, slug: str, narration: str) -> None:
        """Open a step: a manim section called `slug`, captioned by `narration`."""
        if self._step is None:
            # What a clip opens with is not noted later than the picture that it takes over.
            self._note_rounding(at_once=True)
        self._close_step()
        self._opened = True
        self.next_section(slug)
        self._step = (self.time, narration)
        self._note_low()

    def tear_down(self) -> None:
        """Close the last step; of a preview of some animations (`manim -n`) it may be over already."""
        try:
            self._close_step()
        except EndSceneEarlyException:
            pass
        except BaseException:
            # manim does so only for what goes wrong before; an encoder that waits for more would wait for ever.
            self.renderer.file_writer.abort_encode_jobs()
            raise

    def _close_step(self) -> None:
        """Hold the step's last still until its narration can have been read, then caption the whole step."""
        if self._step is None:
            return
        start, narration = self._step
        self._step = None
        reading = len(narration) / READING_SPEED
        try:
            self._note_rounding()
            self.still(ticks(max(HOLD, start + reading - self.time)))
            self._note_low()
        finally:
            self._caption(narration, self.time - start)

    def _note_low(self) -> None:
        """Mark the section if something stands where a player would put the captions: they go elsewhere then."""
        sections = self.renderer.file_writer.sections
        edge = frame().stage_bottom
        if sections and any(
            mobject.get_bottom()[1] < edge for mobject in self.mobjects if mobject.family_members_with_points()
        ):
            sections[-1].type_ = LOW

    def _note_rounding(self, at_once: bool = False) -> None:
        """Let the title say whether numbers on screen had to be rounded."""
        if not self._heading or self._noted == (noted := shows_rounded(self.mobjects)):
            return
        self._noted = noted
        old, moves = self._title, self.new_title(self._heading)
        if not at_once:
            self.play(*moves, run_time=0.8)
        elif old is not None and self._title is not None:
            self.remove(old)
            self.add(self._title)

    def _caption(self, narration: str, length: float) -> None:
        """Caption the last `length` seconds, if there are any."""
        if length <= 0:
            return
        said = 0.0
        pieces = captions(narration)
        total = sum(map(len, pieces))
        for piece in pieces:
            share = len(piece) / total * length
            self.add_subcaption(piece, duration=share, offset=said - length)
            said += share

    def begin_animations(self) -> None:
        """Begin the animations of a `play`."""
        super().begin_animations()
        if _fast.measures():
            _fast.keep_families(self.animations or ())

    def get_moving_and_static_mobjects(self, animations: Iterable[Animation]) -> tuple[list[Mobject], list[Mobject]]:
        """Tell what moves; while animations are skipped nothing is drawn, and nobody asks."""
        if _fast.measures() and self.renderer.skip_animations:
            return [], []
        moving, static = super().get_moving_and_static_mobjects(animations)
        return moving, static

    def update_to_time(self, t: float) -> None:
        """Bring all to a moment of a movement; one that nobody sees is brought to its end when it finishes."""
        if not (_fast.measures() and self.renderer.skip_animations):
            super().update_to_time(t)

    def still(self, seconds: float) -> None:
        """Hold the picture that ends a step. Tests read the mobjects here."""
        self.wait(seconds)

    def play(self, *args: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Play, for so many beats, in whole ticks; of a movement in which nothing has to move nothing is played."""
        args = tuple(one for one in args if not isinstance(one, AnimationGroup) or one.animations)
        if not args:
            return
        if run_time is not None:
            # manim rounds the frames of a movement up, so a hair less keeps them from being one more.
            kwargs["run_time"] = ticks(self.beat * run_time) - 1e-9
        if len(args) > MANY:
            args = (AnimationGroup(*args),)
        super().play(*args, **kwargs)

    def wait(
        self,
        duration: float = HOLD,
        stop_condition: Callable[[], bool] | None = None,
        frozen_frame: bool | None = None,
    ) -> None:
        """Wait, in whole ticks."""
        # manim rounds the frames of a still down, so a hair more keeps the last one.
        super().wait(ticks(duration) + 1e-9, stop_condition, frozen_frame)

    def spotlight(
        self, others: Iterable[VMobject], hold: float, pace: float = 1.0, frame: Mobject | None = None
    ) -> None:
        """Dim the others for `hold` seconds, with a frame around what matters if there is one; then undim them."""
        dimmed = VGroup(*others)
        dimmed.save_state()
        self.play(dimmed.animate.fade(DIMMED), *([FadeIn(frame)] if frame else []), run_time=0.7 * pace)
        self.wait(hold)
        self.play(dimmed.animate.restore(), *([FadeOut(frame)] if frame else []), run_time=0.7 * pace)

    def settle(self, *mobjects: Mobject) -> None:
        """Put whole things where their parts have come to stand: the same picture, but nothing left over behind it."""
        self.remove(*self.mobjects)
        self.add(*(part for part in (self._title, self._figure) if part is not None), *mobjects)

    # Title above, key figure below

    def show_title(self, text: str) -> Mobject:
        """Put the title there at once."""
        self._title = self._titled(text)
        self.add(self._title)
        return self._title

    def new_title(self, text: str) -> list[Any]:
        """Animations that replace the title."""
        old = self._title
        self._title = self._titled(text)
        return swap(old, self._title)

    def _titled(self, text: str) -> VGroup:
        self._heading = text
        return title_words(text + ROUNDED if self._noted else text)

    @property
    def has_figure(self) -> bool:
        """Whether a key figure stands there, or is on its way."""
        return self._figure is not None

    def show_figure(self, figure: str | Mobject) -> Mobject:
        """Put the key figure below the stage at once."""
        self._figure = self._placed_figure(figure)
        self.add(self._figure)
        return self._figure

    def new_figure(self, figure: str | Mobject | None) -> list[Any]:
        """Animations that replace the key figure below the stage; None takes it away."""
        old = self._figure
        self._figure = None if figure is None else self._placed_figure(figure)
        return swap(old, self._figure)

    def _placed_figure(self, figure: str | Mobject) -> Mobject:
        made = figure_words(figure) if isinstance(figure, str) else figure
        return made.move_to(UP * frame().figure_y)
