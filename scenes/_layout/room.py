"""The rectangle that a picture has, and those of its blocks."""

from __future__ import annotations

from typing import Any, NamedTuple


class Room(NamedTuple):
    """The room for a picture: so wide, so tall, and where its middle is."""

    wide: float
    tall: float
    x: float = 0.0
    y: float = 0.0

    def inset(self, across: float, down: float) -> Room:
        """The same room, smaller by so much at each side, and at the top and the bottom."""
        return self._replace(wide=self.wide - 2 * across, tall=self.tall - 2 * down)


class Box(NamedTuple):
    """Where a block stands: its middle, with y upwards, and how wide and tall it is; `look` is that of the block."""

    x: float
    y: float
    wide: float
    tall: float
    look: Any = None

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.x - self.wide / 2

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.wide / 2

    @property
    def bottom(self) -> float:
        """The height of its lower edge."""
        return self.y - self.tall / 2

    @property
    def top(self) -> float:
        """The height of its upper edge."""
        return self.y + self.tall / 2
