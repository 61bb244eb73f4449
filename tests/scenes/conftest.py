"""One dry run a scene and a theme, shared by all tests of a process, which typesets in a folder of its own."""

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    # What manim's own dependencies say when they are imported is none of ours.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", "Couldn't find ff", RuntimeWarning)
    import manim

import screen


@pytest.fixture(scope="session", autouse=True)
def _own_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Processes must not share a `tex_dir`: two at once have been seen to mix formulas up."""
    folder, base = tmp_path_factory.mktemp("media"), tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    screen.ends_dir = shared / "ends"
    screen.ends_dir.mkdir(exist_ok=True)
    level = manim.logger.level
    manim.logger.setLevel("WARNING")
    screen.media_dir = folder
    yield folder
    manim.logger.setLevel(level)


@pytest.fixture(scope="session")
def run(_own_media: Path) -> Callable[..., screen.Run]:
    """Give the dry run of one of the film's scenes: `run("TheFilter", "dark")`."""
    return screen.film_run
