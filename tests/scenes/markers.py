"""Marks of tests, and how far they search."""

import os

import pytest
from hypothesis import Phase, settings

PRINTED = "printed"
"""The property of a test (`record_property`) that is printed when all have run."""
SEARCH = (pytest.mark.slow, pytest.mark.long)
"""Takes so long that only `make test-long` runs it."""


def search(brief: int, long: int) -> settings:
    """How many examples are drawn, and how: the same few every time, and in `make test-long` others and many."""
    if os.environ.get("SEARCH") == "long":
        return settings(max_examples=long, deadline=None, print_blob=True)
    phases = (Phase.explicit, Phase.generate)
    return settings(max_examples=brief, derandomize=True, deadline=None, database=None, phases=phases)
