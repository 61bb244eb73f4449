"""How large a loop can be so that its file stays below a limit: guessed from a probe, so that one try is mostly enough.

What a loop takes is what moves in it; what stands still is coded once. So the probe codes short runs of frames here and
there, and counts by how many bytes each frame adds to the first of its run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import av

from renders.loop_frames import Coder, Part, Size, frames

RUNS, LENGTH = 20, 3
"""How many runs a probe has, and of how many frames at the highest rate."""
SURE = 0.93
"""What is guessed to take more than this share of what it may take is not tried: a try takes longer than a guess."""


def runs(count: int) -> list[range]:
    """Return which of `count` frames a probe looks at: evenly spread, or all of them if there are not many more."""
    if count <= RUNS * LENGTH:
        return [range(count)]
    starts = [round(place * (count - LENGTH) / (RUNS - 1)) for place in range(RUNS)]
    return [range(start, start + LENGTH) for start in starts]


class Probe:
    """A few frames of a loop in the largest size that it may have, and what they say of its file in other sizes."""

    def __init__(self, part: Part, code: Coder, largest: Size) -> None:
        """Decode the part and keep the frames of the runs."""
        self._code, self._largest = code, largest
        self._count = len(part.wanted(largest.rate))
        places = {place for run in runs(self._count) for place in run}
        kept = {place: frame for place, frame in enumerate(frames(part, largest)) if place in places}
        self._runs = [[kept[place] for place in run if place in kept] for run in runs(self._count)]

    def guess(self, size: Size) -> float:
        """Return how many bytes a loop in this size takes, by and large."""
        every = self._largest.rate // size.rate
        first, added, steps = 0, 0, 0
        for run in self._runs:
            shown = [_scaled(frame, size.width / self._largest.width) for frame in run[::every]]
            alone = len(self._code(shown[:1], size.rate))
            first = first or alone
            added += len(self._code(shown, size.rate)) - alone
            steps += len(shown) - 1
        return first + added / max(1, steps) * (self._count / every - 1)


def _scaled(frame: av.VideoFrame, share: float) -> av.VideoFrame:
    width, height = (round(side * share / 2) * 2 for side in (frame.width, frame.height))
    return frame.reformat(width, height, interpolation="AREA")


def best_fit(
    sizes: Sequence[Size], most: int, guess: Callable[[Size], float], make: Callable[[Size], bytes]
) -> tuple[Size, bytes] | None:
    """Make a file in the first of these sizes in which it has at most `most` bytes; None if it has more in all.

    What a file has turns out when it is made, which takes long; `guess` says about how much. Each file that is made
    tells how far the guesses are off.
    """
    made: dict[Size, bytes] = {}
    off = 1.0

    def fits(size: Size) -> bool:
        return len(made[size]) <= most if size in made else off * guess(size) <= SURE * most

    while True:
        size = next(filter(fits, sizes), sizes[-1])
        if size in made:
            return (size, made[size]) if fits(size) else None
        made[size] = make(size)
        off = len(made[size]) / guess(size)
