"""Which tests share a process when several run at once: those that would else make the same things again.

`make test` runs pytest with `--dist loadgroup --no-loadscope-reorder`, which gives a group after the other, in this
order, to whoever is free.
"""

from __future__ import annotations

import pytest

from scenes._film import FILM

collect_ignore_glob = ["*conftest.py"]
"""There are no doctests in them, and pytest would take one for that of another folder."""
SCENES = {clip.scene for clip in FILM}
LONGEST = (
    "test_lecture_recipe.py",
    "test_recipe.py",
    "test_recipe_lecture_hall.py",
    "test_formats_recipe.py",
    "test_classics.py",
    "MatrixView",
    "ZeroPadding",
    "MatrixToNetwork",
    "EquationView",
    "DenseNetworkView",
)
"""The groups that take longest come first, so that all processes end at about the same time."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted."""
    for report in terminalreporter.getreports("passed"):
        for name, counted in report.user_properties:
            if name == "printed":
                terminalreporter.write_line(f"{report.nodeid}: {counted}")


def group(item: pytest.Item) -> str:
    """What a test is marked with; or the scene that it is about, since all these need the same dry run; or its file."""
    if mark := item.get_closest_marker("xdist_group"):
        return str(mark.args[0])
    parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    name = str(parameters.get("name"))
    return name if name in SCENES else item.path.name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take what is long for slow, too, and group the tests for pytest-xdist; without it they stay as they are."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.slow)
    if not config.getoption("loadgroup", False):
        return
    groups: dict[str, list[pytest.Item]] = {name: [] for name in LONGEST}
    # These look at pictures that others have kept by then.
    items.sort(key=lambda item: item.path.name in ("test_scene_chain.py", "test_scene_networks.py"))
    for item in items:
        name = group(item)
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(name))
        groups.setdefault(name, []).append(item)
    items[:] = [item for members in groups.values() for item in members]
