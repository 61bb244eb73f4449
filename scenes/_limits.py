"""How much fits in a picture and can still be read; said before anything is drawn."""

from __future__ import annotations

from scenes._base import Viewpoint
from scenes._excerpt import MOST_ROWS, excerpt


def check_lines(scene: Viewpoint) -> None:
    """Raise ValueError for more results than can be made out beside the image.

    Of more than `_desk.MOST_LINES` results some have a line, and long lines show some of their terms. What else limits
    is that every weight can be read beside the image; `check_picture` says so.
    """
    scene.limit("results", scene.convolution.counts.results, 1024)


def check_network(scene: Viewpoint) -> None:
    """Raise ValueError when not even the pixels of the first result can stand below each other and be read."""
    shown = excerpt(scene.convolution).pixels
    if shown.rows > MOST_ROWS:
        raise ValueError(
            f"{type(scene).__name__} shows at most {MOST_ROWS:g} rows of pixels, in which dots for what is left out "
            f"take half a row; the first result takes {shown.rows:g}: take a smaller filter, or fewer channels"
        )


def check_rows(scene: Viewpoint) -> None:
    """Raise ValueError for more rows of the matrix than can be told apart, or a network that cannot be shown."""
    scene.limit("results", scene.convolution.counts.results, 1024)
    check_network(scene)


def check_matrix(scene: Viewpoint) -> None:
    """Raise ValueError for a matrix with more entries than can be read, or a network with more nodes."""
    scene.limit("pixels", scene.convolution.counts.pixels, 12)
    scene.limit("results", scene.convolution.counts.results, 7)
    scene.limit("weights", scene.convolution.counts.weights, 9)
