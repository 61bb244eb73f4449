"""The two convolutions of the post, with numbers.

The weights are small whole numbers, all different, none 0 or 1, and no kernel is its own flip or transpose: a
flipped or transposed filter gives other results, on screen and in a test.
"""

from cnnmath.convolution import Convolution

_IMAGE = [[2, 7, 1], [8, 4, 9], [3, 0, 6]]

EXAMPLE = Convolution(_IMAGE, kernel=[[2, -3], [4, -2]], bias=5)
"""The post's 3×3 image with its 2×2 filter: four results."""

PADDED_EXAMPLE = Convolution(_IMAGE, kernel=[[5, 3, 2], [-4, -2, -3], [-1, 4, 6]], bias=-5, padding=1)
"""The same image with a 3×3 filter and a ring of zeros: nine results, the image's own size."""
