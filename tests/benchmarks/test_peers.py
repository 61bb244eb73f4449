"""A peer that cannot run is skipped, and the reason stands in its row."""

import importlib.util
import sys

import pytest

from benchmarks import environment, manimml, networks, pytorch, torch_peer
from benchmarks.environment import UnavailableError


def test_an_environment_is_ready_only_when_all_is_installed(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    commands = []
    broken = True

    def run(command):
        commands.append(command[2])
        if broken and command[2] == "pip":
            raise UnavailableError("no such package")

    monkeypatch.setattr(environment, "run", run)
    (environment.FOLDER / "peer").mkdir(parents=True)
    for _ in range(2):
        with pytest.raises(UnavailableError, match="no such package"):
            environment.environment("peer", ["peer==1"])
    broken = False
    python = environment.environment("peer", ["peer==1"])
    assert python.is_absolute()
    assert commands == ["venv", "pip"] * 3
    assert environment.environment("peer", ["peer==1"]) == python
    assert len(commands) == 6
    environment.environment("peer", ["peer==2"])
    assert len(commands) == 8


def test_a_command_that_fails_is_named_by_its_last_line():
    with pytest.raises(UnavailableError, match=r"^the last line$"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('the first line\\nthe last line\\n')"])
    with pytest.raises(UnavailableError, match=r"longer than 0\.001 minutes"):
        environment.run([sys.executable, "-c", "import time; time.sleep(60)"], minutes=0.001)
    with pytest.raises(UnavailableError, match="no-such-program"):
        environment.run(["no-such-program"])


def test_without_pytorch_ours_is_measured_all_the_same(monkeypatch):
    def missing(name, packages, install):
        raise UnavailableError("no way to install it" if install else "not installed")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(torch_peer, "environment", missing)
    for module in (pytorch, networks):
        monkeypatch.setattr(module, "in_turns", lambda sides, runs=1: {name: [1.0] for name in sides})
    rows = list(pytorch.measures())
    assert [row.peer.skipped for row in rows] == ["no way to install it"] * 6
    assert [row.met for row in rows] == [None] * 6
    assert [row.peer.skipped for row in networks.measures(install=False)] == ["not installed"] * 2


def test_what_is_not_to_be_installed_says_how_it_is(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnavailableError, match=r"^not installed; make bench GROUPS=pytorch installs it$"):
        environment.environment("pytorch", ["torch==1"], install=False)
    assert not list(tmp_path.iterdir())


def test_without_manimml_ours_is_measured_all_the_same(monkeypatch):
    def missing(name, packages, ours_too):
        raise UnavailableError("no way to install it")

    def render(side):
        side.frames = 300
        return 10.0

    monkeypatch.setattr(manimml, "environment", missing)
    monkeypatch.setattr(manimml.Side, "render", render)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    rows = list(manimml.measures())
    assert [row.peer.skipped for row in rows] == ["no way to install it"] * 4
    assert [(row.unit, row.ours) for row in rows] == [("s", 0.4), ("frames/s", 30.0)] * 2
