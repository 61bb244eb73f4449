"""One dry run a scene and a theme, shared by all tests of a process, which typesets in a folder of its own."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

with warnings.catch_warnings():
    # What manim's own dependencies say when they are imported is none of ours.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", "Couldn't find ff", RuntimeWarning)
    import manim

import screen

# The same few convolutions every time, so that CI is quick and steady; "long" is for a search.
BRIEF = (Phase.explicit, Phase.generate)
settings.register_profile("quick", max_examples=6, derandomize=True, deadline=None, database=None, phases=BRIEF)
settings.register_profile("long", max_examples=200, deadline=None, print_blob=True)
settings.load_profile("quick")


@pytest.fixture(scope="session", autouse=True)
def _own_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Processes must not share a `tex_dir`: two at once have been seen to mix formulas up."""
    folder = tmp_path_factory.mktemp("media")
    level = manim.logger.level
    manim.logger.setLevel("WARNING")
    screen.media_dir = folder
    yield folder
    manim.logger.setLevel(level)


@pytest.fixture(scope="session")
def run(_own_media: Path) -> Callable[..., screen.Run]:
    """Give the dry run of one of the film's scenes: `run("TheFilter", "dark")`."""
    return screen.film_run
