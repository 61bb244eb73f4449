"""The page in a cell of a notebook: an iframe that holds all of it, so that no extension and no file is needed."""

from __future__ import annotations

from html import escape

from cnnmath import Convolution
from renders.explore.page import text
from renders.explore.presets import entry, fits

HEIGHT = 900
"""Of the frame, in CSS pixels."""


class Explored:
    """What `explore` gives: a notebook shows it as the page."""

    def __init__(self, convolution: Convolution, notation: str, height: int) -> None:
        """Keep what is shown."""
        self._convolution, self._notation, self._height = convolution, notation, height

    def _repr_html_(self) -> str:
        page = text(start=entry(self._convolution, self._notation))
        return (
            f'<iframe title="Explore a convolution" srcdoc="{escape(page)}" width="100%" height="{self._height}" '
            'style="border: 0" allow="clipboard-write"></iframe>'
        )

    def __repr__(self) -> str:
        """Say what it is, for whoever has no browser."""
        return f"explore({self._convolution!r})"


def explore(convolution: Convolution, notation: str = "letters", height: int = HEIGHT) -> Explored:
    """Show a convolution as the page to explore it with, in a notebook's cell.

    Raises ValueError if it is too large for the page, and for a notation that is neither "letters" nor "numbers".

    >>> from cnnmath import EXAMPLE
    >>> explore(EXAMPLE)._repr_html_()[:37]
    '<iframe title="Explore a convolution"'
    """
    if too_large := fits(convolution):
        raise ValueError(f"got {too_large}")
    if notation not in ("letters", "numbers"):
        raise ValueError(f'notation must be "letters" or "numbers"; got {notation!r}')
    return Explored(convolution, notation, height)
