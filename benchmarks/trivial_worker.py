"""The scene that others are held against: it shows what manim takes for itself."""

from __future__ import annotations

from manim import Scene, Square


class Trivial(Scene):
    """A square that stands for a second."""

    def construct(self) -> None:
        """Show it."""
        self.add(Square())
        self.wait(1)
