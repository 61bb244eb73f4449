"""A piece of text, and what it stands for."""

from __future__ import annotations

from typing import Any, NamedTuple

Key = tuple[Any, ...]


class Piece(NamedTuple):
    """A piece of a line: what it says, and what it stands for, such as `("weight", 2)`."""

    says: str
    key: Key | None = None
