"""The colours of a decoded frame, as a browser shows them."""

from __future__ import annotations

import numpy as np
from av import VideoFrame
from av.video.reformatter import Interpolation

#: Without these, swscale takes a short cut that is two levels off: a still would not equal its video.
_EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


def rgb(frame: VideoFrame) -> np.ndarray:
    """Return a frame as an array of height, width and three colours."""
    return frame.reformat(format="rgb24", interpolation=_EXACT).to_ndarray()
