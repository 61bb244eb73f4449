"""The shape of the picture, 16:9, 1:1 or 9:16, and the bands of it that every scene keeps to.

Its shorter side is always 8 units, so that what can be read in one shape can be read in all. Ask `frame()` whenever a
picture is laid out: manim's settings change from scene to scene, and from test to test.
"""

from __future__ import annotations

from typing import NamedTuple

from manim import config


class Frame(NamedTuple):
    """A shape of the picture: its size, how far out things may stand, and its bands, all in units of the scene."""

    name: str
    width: float
    height: float
    safe_x: float
    safe_y: float
    title_y: float
    """The middle of the title, and of the key figure below the stage."""
    figure_y: float
    stage_top: float
    """The band between title and key figure: that and the next."""
    stage_bottom: float
    title_size: float
    figure_size: float
    """In em."""
    page_bottom: float
    """Where the stage ends when it has the band of the key figure too."""
    lines: int = 2
    """At most so many of them in a title or key figure."""

    @property
    def wide(self) -> bool:
        """Whether things stand beside each other rather than below each other."""
        return self.width > self.height

    @property
    def square(self) -> bool:
        """Whether there is the same room beside and below things."""
        return self.width == self.height

    @property
    def tall(self) -> bool:
        """Whether there is more room below things than beside them."""
        return self.height > self.width

    def floor(self, figure: bool) -> float:
        """Where a picture ends: above the key figure, or without one below its band, which a wide picture leaves to a
        player's subtitles."""
        return self.stage_bottom if figure or self.wide else self.page_bottom + 0.1

    @property
    def stage_middle(self) -> float:
        """The height of the stage's middle."""
        return (self.stage_top + self.stage_bottom) / 2

    @property
    def stage_height(self) -> float:
        """How high the stage is."""
        return self.stage_top - self.stage_bottom

    @property
    def page_middle(self) -> float:
        """The height of the middle of the stage with the band of the key figure."""
        return (self.stage_top + self.page_bottom) / 2

    @property
    def page_height(self) -> float:
        """How high the two are together."""
        return self.stage_top - self.page_bottom

    @property
    def stage_width(self) -> float:
        """How wide the stage is."""
        return 2 * self.safe_x


WIDE = Frame("wide", 128 / 9, 8, 6.8, 3.7, 3.2, -3.3, 2.6, -2.75, 0.64, 0.5, -3.6, 1)
SQUARE = Frame("square", 8, 8, 3.69, 3.69, 3.1, -3.2, 2.36, -2.6, 0.56, 0.42, -3.6)
TALL = Frame("tall", 8, 128 / 9, 3.69, 6.8, 6.1, -6.05, 5.05, -5.25, 0.64, 0.5, -6.7)
FRAMES = {frame.name: frame for frame in (WIDE, SQUARE, TALL)}

_ROUNDED = 0.01
"""854 × 480 pixels are not quite 16:9."""


def frame() -> Frame:
    """The shape of the picture that manim is told to make: the one that is nearest to its pixels."""
    aspect = config.pixel_width / config.pixel_height
    if aspect > 4 / 3:
        return WIDE
    return SQUARE if aspect >= 3 / 4 else TALL


def fit_camera() -> None:
    """Tell manim how many units its picture shows: those of the shape, and more at two sides if it is another shape.

    `manim -r 1080,1920` sets the pixels alone; a picture would still be as many units wide as one in 16:9.
    """
    shape = frame()
    longer = config.pixel_width / config.pixel_height * shape.height / shape.width
    if abs(longer - 1) < _ROUNDED:
        longer = 1.0
    config.frame_width = shape.width * max(1.0, longer)
    config.frame_height = shape.height / min(1.0, longer)
