"""The benchmark's own work: medians, ratios, targets, the table and the file. No test here depends on a time."""

import json
import platform
import sys
import types

import pytest

from benchmarks import __main__ as command
from benchmarks.groups import GROUPS, Group, chosen
from benchmarks.machine import facts, words
from benchmarks.measure import Measure, Peer, Target
from benchmarks.table import HEADER, table
from benchmarks.timing import timed

FASTER = Measure("a", "s", [3e-3, 1e-3, 2e-3], Peer("peer 1.0", [4e-3, 9e-3, 4e-3]), Target(1.5))


def test_the_ratio_is_that_of_the_medians():
    assert (FASTER.ours, FASTER.ratio, FASTER.met) == (2e-3, 0.5, True)
    assert Measure("b", "s", [7], Peer("peer", [4]), Target(1.5)).met is False
    assert Measure("c", "frames/s", [14, 16, 90], None, Target(15, "ours", at_least=True)).met is True
    assert Measure("d", "s", [0.2], None, Target(0.1, "ours")).met is False


def test_without_a_peer_to_hold_it_against_no_target_is_met_or_missed():
    skipped = Measure("a", "s", [1], Peer("peer", skipped="not installed"), Target(1.5))
    assert (skipped.ratio, skipped.met) == (None, None)
    assert Measure("a", "s", [1], Peer("peer", [1])).met is None


def test_what_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="got none for 'a'"):
        Measure("a", "s", [])
    with pytest.raises(ValueError, match="says why it was skipped"):
        Peer("peer")
    with pytest.raises(ValueError, match="says why it was skipped"):
        Peer("peer", [1], skipped="not installed")


def test_the_table_has_every_row_in_columns():
    slow = Measure("b, much longer", "MB", [5, 7], Peer("peer 2.0", skipped="not installed"), note="the first one")
    lines = table({"one": [FASTER], "two": [slow]}).splitlines()
    header, rule, one, first, two, second, empty, *notes = lines
    assert header.split() == [word for word in HEADER if word]
    assert set(rule) == {"-"}
    assert (one, two, empty) == ("[one]", "[two]", "")
    columns = [header.index(word) for word in HEADER]
    cells = [
        [line[a:b].strip() for a, b in zip(columns, [*columns[1:-1], None], strict=False)] for line in lines[3:6:2]
    ]
    assert cells[0] == ["a", "2.00 ms (1.00–3.00)", "peer 1.0", "4.00 ms (4.00–9.00)", "0.50", "≤ 1.5   met"]
    assert cells[1] == ["b, much longer 1) 2)", "6.00 MB (5.00–7.00)", "peer 2.0", "skipped", "", ""]
    assert notes == ["1) the first one", "2) peer 2.0: skipped, not installed"]
    assert first.startswith("a ")
    assert second.startswith("b, ")


def test_one_note_of_two_rows_is_written_once():
    rows = [Measure(name, "s", [1], note=note) for name, note in (("a", "same"), ("b", "other"), ("c", "same"))]
    lines = table({"one": rows}).splitlines()
    assert [line.split()[:2] for line in lines[3:6]] == [["a", "1)"], ["b", "2)"], ["c", "1)"]]
    assert lines[7:] == ["1) same", "2) other"]


def test_a_target_of_ours_is_written_in_its_unit():
    missed = Measure("a", "s", [0.2], None, Target(0.1, "ours"))
    assert table({"one": [missed]}).splitlines()[-1].split() == ["a", "200", "ms", "≤", "100", "ms", "MISSED"]


def test_sides_take_turns_after_one_run_that_is_not_counted(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    order: list[str] = []
    seconds = timed({name: lambda name=name: lambda: order.append(name) for name in "ab"}, runs=3, calls=2)
    assert order == ["a", "a", "b", "b", "b", "b", "a", "a"] * 2
    assert {name: len(samples) for name, samples in seconds.items()} == {"a": 3, "b": 3}
    assert all(sample >= 0 for samples in seconds.values() for sample in samples)


def test_what_a_run_needs_is_made_outside_the_time(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: now[0])

    def pass_time(seconds):
        now[0] += seconds

    def make():
        pass_time(100)
        return lambda: pass_time(3)

    assert timed({"a": make}, runs=2, calls=5) == {"a": [3.0, 3.0]}


def test_a_run_prints_the_table_and_writes_every_sample(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(GROUPS, "made up", made_up(monkeypatch, [FASTER]))
    assert command.main(["made up"]) == 0
    assert table({"made up": [FASTER]}) in capsys.readouterr().out
    written = json.loads((tmp_path / command.REPORT).read_text(encoding="utf-8"))
    assert written["machine"]["cores"] >= 1
    (row,) = written["groups"]["made up"]
    assert row["ours"] == {"median": 2e-3, "least": 1e-3, "most": 3e-3, "samples": [3e-3, 1e-3, 2e-3]}
    assert row["peer"]["name"] == "peer 1.0"
    assert (row["ratio"], row["target"], row["met"]) == (0.5, "ratio ≤ 1.5", True)


def test_a_group_that_fails_leaves_the_last_file_as_it_was(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    command.write(command.REPORT, {"before": 1})
    monkeypatch.setitem(GROUPS, "made up", made_up(monkeypatch, [FASTER, None]))
    with pytest.raises(AttributeError):
        command.main(["made up"])
    assert json.loads(command.REPORT.read_text(encoding="utf-8")) == {"before": 1}
    assert [path.name for path in command.REPORT.parent.iterdir()] == ["bench.json"]


def test_an_unknown_group_is_refused_with_those_that_there_are(capsys):
    with pytest.raises(SystemExit):
        command.main(["cores"])
    assert "no group named cores; expected some of: core" in capsys.readouterr().err
    assert list(chosen([])) == [name for name, group in GROUPS.items() if group.usual]
    assert list(chosen(["core", "core"])) == ["core"]


def test_every_group_is_a_module_that_measures():
    for group in GROUPS.values():
        assert callable(__import__(group.module, fromlist=["measures"]).measures)


def test_the_facts_name_no_machine():
    found = facts()
    assert found["numpy"]
    assert found["cores"] >= 1
    assert platform.node() not in words(found).split()


@pytest.mark.parametrize(("load", "warned"), [(0.1, False), (7.5, True)])
def test_a_busy_machine_is_warned_of(monkeypatch, tmp_path, capsys, load, warned):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    monkeypatch.setattr("benchmarks.machine.cores", lambda: 2)
    monkeypatch.setitem(GROUPS, "made up", made_up(monkeypatch, [FASTER]))
    command.main(["made up"])
    printed = capsys.readouterr()
    for text in printed:
        assert ("the load is 7.5, expected below 1: do not quote" in text) == warned


def made_up(monkeypatch, rows) -> Group:
    module = types.ModuleType("made_up_group")
    module.measures = lambda: iter(rows)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return Group(module.__name__, "no time")
