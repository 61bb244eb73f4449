"""The page, written once for all tests of a file, and opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driven import Open, Page

from renders.explore.page import write_page


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as `make explore` writes it, in a folder whose name needs quoting."""
    file = tmp_path_factory.mktemp("explore #1") / "index.html"
    write_page(file)
    return file


@pytest.fixture(scope="module")
def shared(browser: Any, file: Path) -> Iterator[Page]:
    """A page that tests share, each of which sets its own state."""
    page = Page(browser, file)
    yield page
    page.close()


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Open]:
    """Open a page of one's own, at a link, in a reader's settings."""
    pages: list[Page] = []

    def open_(link: str = "", **settings: Any) -> Page:
        pages.append(Page(browser, file, link, **settings))
        return pages[-1]

    yield open_
    for page in pages:
        page.close()
