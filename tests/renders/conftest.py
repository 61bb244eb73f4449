"""The browser, one for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from programs import CHROMIUM, program


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, or whatever is called so; it asks no host for anything of its own accord."""
    from playwright.sync_api import sync_playwright

    found = program(CHROMIUM, "chromium")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet]
        )
        yield started
        started.close()
