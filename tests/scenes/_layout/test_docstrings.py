"""The pictures in the docstrings are what the words in them give: only the core's are run with all tests."""

import doctest
import importlib
from pathlib import Path

import pytest

import scenes._layout

MODULES = [path.stem for path in sorted(Path(scenes._layout.__file__).parent.glob("*.py")) if path.stem != "rows"]


@pytest.mark.parametrize("name", MODULES)
def test_they_say_what_comes_out(name: str) -> None:
    module = importlib.import_module("scenes._layout" if name == "__init__" else f"scenes._layout.{name}")
    assert doctest.testmod(module).failed == 0
    if name == "__init__":
        assert doctest.testmod(module).attempted > 5
