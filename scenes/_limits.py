"""How much fits in a picture and can still be read; said before anything is drawn."""

from __future__ import annotations

from scenes._base import Viewpoint


def check_lines(scene: Viewpoint) -> None:
    """Raise ValueError for more results than can be made out beside the image.

    Of more than `_desk.MOST_LINES` results some have a line, and long lines show some of their terms. What else limits
    is that every weight can be read beside the image; `check_picture` says so.
    """
    scene.limit("results", scene.convolution.counts.results, 1024)


def check_network(scene: Viewpoint) -> None:
    """Raise ValueError for layers with more nodes than can be read."""
    scene.limit("pixels", scene.convolution.counts.pixels, 12)
    scene.limit("results", scene.convolution.counts.results, 9)
    scene.limit("weights", scene.convolution.counts.weights, 9)


def check_matrix(scene: Viewpoint) -> None:
    """Raise ValueError for a matrix with more entries than can be read, or a network with more nodes."""
    check_network(scene)
    scene.limit("results", scene.convolution.counts.results, 7)
