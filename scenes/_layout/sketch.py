"""A picture in characters, for a terminal, a docstring, or whoever writes a description."""

from __future__ import annotations

from scenes._layout.room import Room
from scenes._layout.solving import Layout

_SQUARE = 2
"""A character is about so many times as high as wide."""


def sketch(layout: Layout, room: Room, rows: int = 10) -> str:
    """The boxes of a picture's blocks in their room, with their names, in so many rows of characters."""
    high = rows / room.tall
    columns = round(room.wide * high * _SQUARE)
    page = [[" "] * columns for _ in range(rows)]
    for name, box in layout.boxes.items():
        left, right = (round((x - room.x + room.wide / 2) * high * _SQUARE) for x in (box.left, box.right))
        top, bottom = (round((room.y + room.tall / 2 - y) * high) for y in (box.top, box.bottom))
        lines = ["|" + " " * (right - left - 2) + "|"] * (bottom - top)
        if len(lines) > 1:
            lines[0] = lines[-1] = "+" + "-" * (right - left - 2) + "+"
        for y, line in enumerate(lines if len(lines) > 1 else (), start=top):
            page[y][left:right] = line
        middle = min(rows - 1, (top + bottom) // 2)
        start = max(0, (left + right - len(name)) // 2)
        page[middle][start : start + len(name)] = name
    return "\n".join("".join(line).rstrip() for line in page)
