"""Tests that need a program which is missing are skipped, but not in CI."""

import shutil

import pytest
from programs import CHROMIUM, program


def test_a_program_is_found_by_any_of_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", {"google-chrome": "there"}.get)
    assert program(CHROMIUM, "chromium") == "there"


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_missing_is_named_and_missing_in_ci_it_fails(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", {}.get)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=r"chromium is missing; install chromium .*setup\.sh"):
        program(CHROMIUM, "chromium")
