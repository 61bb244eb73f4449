"""Marks of tests."""

import pytest

SEARCH = (pytest.mark.slow, pytest.mark.long)
"""Takes so long that only `make test-long` runs it."""
