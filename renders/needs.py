"""What a clip needs of a machine: memory and minutes by quality and scene, of which a queue wants to know beforehand.

Measured on two busy cores; docs/cluster.md has the figures and how they were found. A queue kills what takes more, and
asking for more than is needed costs little: so these are well above what was seen, and each new attempt gets as much
again.
"""

from __future__ import annotations

from renders.request import QUALITIES, Job

MEMORY = dict(zip(QUALITIES, (1500, 2000, 2500, 3500, 5000), strict=True))
"""MB that a job needs, by quality: manim, and what starts and watches it, which takes some 500 of them."""
MINUTES = dict(zip(QUALITIES, (2, 3, 4, 6, 10), strict=True))
"""Minutes that a clip of half a minute takes, by quality."""
LONG = ("equation_view", "matrix_view", "zero_padding")
"""The modules of the scenes that play for about a minute."""


def memory(quality: str, attempt: int = 1) -> int:
    """Return the MB that a job of a clip needs."""
    return MEMORY[quality] * attempt


def minutes(job: Job, quality: str, attempt: int = 1) -> int:
    """Return the minutes that a clip needs."""
    return MINUTES[quality] * (2 if job.module.rpartition(".")[2] in LONG else 1) * attempt


def most_minutes(quality: str) -> int:
    """Return the minutes that the longest clip needs."""
    return 2 * MINUTES[quality]
