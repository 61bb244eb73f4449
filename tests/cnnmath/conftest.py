"""How long Hypothesis may search in the core's tests, and that a CI run searches the same examples each time."""

import os

from hypothesis import settings

settings.register_profile("core", deadline=None, max_examples=200, derandomize="CI" in os.environ)
settings.load_profile("core")
