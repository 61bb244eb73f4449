"""What is shown of pip's lines while the packages are installed."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THERE = "Requirement already satisfied: numpy==2.4.0 in /somewhere (from -r requirements.txt (line 3)) (2.4.0)"
LINES = [
    THERE,
    "Ignoring colorama: markers 'sys_platform == \"win32\"' don't match your environment",
    "Processing /kept/attrs-26.1.0-py3-none-any.whl (from -r requirements.txt (line 9))",
    "Collecting av==15.1.0 (from -r requirements.txt (line 7))",
    "  Downloading av-15.1.0.whl (39.4 MB)",
    "Building wheels for collected packages: manimpango",
    "  Building wheel for manimpango (pyproject.toml): started",
    "  Building wheel for manimpango (pyproject.toml): still running...",
    "  Building wheel for manimpango (pyproject.toml): finished with status 'done'",
    "Installing collected packages: av, manimpango",
    "Successfully installed av-15.1.0",
]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script")


def shown(lines: list[str], log: Path) -> list[str]:
    done = subprocess.run(
        ["sh", str(ROOT / "renders" / "pip_progress.sh"), "4", str(log)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert log.read_text(encoding="utf-8").splitlines() == lines, "nothing that pip says is lost"
    return done.stdout.splitlines()


def test_a_first_installation_tells_what_goes_on(tmp_path: Path) -> None:
    assert shown(LINES, tmp_path / "log") == [
        "set-up: 3 of 4: attrs",
        "set-up: compiling manimpango, which takes a while",
        "set-up: unpacking them",
        "set-up: new packages: 2",
    ]


def test_nothing_new_is_nothing_to_tell(tmp_path: Path) -> None:
    assert shown([THERE] * 150, tmp_path / "log") == []


@pytest.mark.parametrize("many", [20, 90])
def test_many_packages_take_few_lines(many: int, tmp_path: Path) -> None:
    lines = [f"Collecting package{number}<2,>=1.0" for number in range(many)]
    assert shown(lines, tmp_path / "log") == [
        f"set-up: {number + 1} of 4: package{number}" for number in range(0, many, 20)
    ], "nothing is new where pip has failed"
