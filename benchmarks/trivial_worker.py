"""The scenes that others are held against: they show what manim takes for itself."""

from __future__ import annotations

import os

from manim import TAU, Rotate, Scene, Square, linear

LENGTH = "TRIVIAL_SECONDS"
"""The environment variable that says how long the square turns."""


class Trivial(Scene):
    """A square that stands for a second."""

    def construct(self) -> None:
        """Show it."""
        self.add(Square())
        self.wait(1)


class Turning(Scene):
    """A square that turns: a new picture in each frame, and as little to draw as there can be."""

    def construct(self) -> None:
        """Turn it."""
        self.play(Rotate(Square(), TAU / 4, rate_func=linear, run_time=float(os.environ[LENGTH])))
