"""A peer that cannot run is skipped, and the reason stands in its row."""

import importlib.util
import sys

import pytest

from benchmarks import environment, pytorch
from benchmarks.environment import UnavailableError


def test_what_cannot_be_installed_is_unavailable_and_not_taken_for_ready(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnavailableError, match="nowhere"):
        environment.environment("missing", [f"missing @ {(tmp_path / 'nowhere.whl').as_uri()}"])
    assert not list(tmp_path.rglob("ready"))


def test_a_command_that_fails_is_named_by_its_last_line():
    with pytest.raises(UnavailableError, match=r"^the last line$"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('the first line\\nthe last line\\n')"])
    with pytest.raises(UnavailableError, match=r"longer than 0\.001 minutes"):
        environment.run([sys.executable, "-c", "import time; time.sleep(60)"], minutes=0.001)
    with pytest.raises(UnavailableError, match="no-such-program"):
        environment.run(["no-such-program"])


def test_without_pytorch_ours_is_measured_all_the_same(monkeypatch):
    def missing(name, packages):
        raise UnavailableError("no way to install it")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(pytorch, "environment", missing)
    monkeypatch.setattr(pytorch, "in_turns", lambda sides: {name: [1.0] for name in sides})
    rows = list(pytorch.measures())
    assert [row.peer.skipped for row in rows] == ["no way to install it"] * 4
    assert [row.met for row in rows] == [None] * 4
