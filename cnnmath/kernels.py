"""Small filters that are known by name: what each of them is for is what makes a photograph of it tell.

The edge filters are Sobel's (Sobel and Feldman, 1968), "outline" is the discrete Laplace operator of four neighbours,
"Gauss" the binomial one; see Gonzalez and Woods, *Digital Image Processing*, chapter 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from cnnmath.values import Floats

_SIXTEENTH = 1 / 16
_ROWS: Mapping[str, tuple[float, list[list[int]]]] = {
    "vertical edges": (1, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "horizontal edges": (1, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "blur": (float(Fraction(1, 25)), [[1] * 5] * 5),
    "sharpen": (1, [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "diagonal edges": (1, [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]]),
    "outline": (1, [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    "Gauss": (_SIXTEENTH, [[1, 2, 1], [2, 4, 2], [1, 2, 1]]),
    "emboss": (1, [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
}


def _made(share: float, rows: list[list[int]]) -> Floats:
    kernel = share * np.array(rows, dtype=float)
    kernel.setflags(write=False)
    return kernel


KERNELS: Mapping[str, Floats] = MappingProxyType({name: _made(*rows) for name, rows in _ROWS.items()})
"""Each (3, 3), the blur (5, 5), read-only, by its name."""


def named_kernel(name: str) -> Floats:
    """Give a filter by its name, (kh, kw), read-only. Raises ValueError for a name that none has.

    >>> named_kernel("sharpen").tolist()
    [[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]
    """
    if name not in KERNELS:
        raise ValueError(f"a filter's name is one of {', '.join(KERNELS)}; got {name!r}")
    return KERNELS[name]
