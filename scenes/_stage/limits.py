"""How much fits in a picture and can still be read; said before anything is drawn."""

from __future__ import annotations

from scenes._mobjects.excerpt import MOST_ROWS, excerpt
from scenes._stage.viewpoint import Viewpoint


def check_network(scene: Viewpoint) -> None:
    """Raise ValueError when not even the pixels of the first result can stand below each other and be read."""
    shown = excerpt(scene.convolution).pixels
    if shown.rows > MOST_ROWS:
        raise ValueError(
            f"{type(scene).__name__} shows at most {MOST_ROWS:g} rows of pixels, in which dots for what is left out "
            f"take half a row; the first result takes {shown.rows:g}: take a smaller filter, or fewer channels"
        )
