"""What the filters of a layer answer to most: of some images, the one with the largest result, and where it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cnnmath.layers._conv import Conv2D
from cnnmath.values import Floats


class Answer(NamedTuple):
    """A filter's largest result: in which image, at which row and column of its map, and how large."""

    image: int
    row: int
    column: int
    value: float


def strongest_answers(layer: Conv2D, images: Floats) -> tuple[Answer, ...]:
    """Find for each filter where its result is largest in any of the images, (images, C, H, W); of equals the first.

    Raises ValueError without images, and as the layer does for images that it cannot take.

    >>> layer = Conv2D([[1, -1]])
    >>> strongest_answers(layer, np.array([[[[0, 1, 1]]], [[[0, 1, 0]]]]))
    (Answer(image=1, row=0, column=1, value=1.0),)
    """
    if not len(images):
        raise ValueError("expected at least one image; got none")
    maps = np.stack([layer(image).output() for image in images])
    found = []
    for which in range(maps.shape[1]):
        image, row, column = np.unravel_index(int(maps[:, which].argmax()), maps[:, which].shape)
        place = int(image), int(row), int(column)
        found.append(Answer(*place, float(maps[place[0], which, place[1], place[2]])))
    return tuple(found)
