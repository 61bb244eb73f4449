"""Commands that are killed at a known point: just before or just after a file or folder gets its name.

All that make something move it to its place when it is complete. What else happens changes nothing that anybody sees.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

HOOK = """
import os, signal

plainly = os.replace

def replace(source, target, **given):
    when = os.environ["DIES"] if os.path.abspath(target) == os.environ["DIES_AT"] else ""
    if when == "before":
        os.killpg(0, signal.SIGKILL)
    plainly(source, target, **given)
    if when == "after":
        os.killpg(0, signal.SIGKILL)

os.replace = replace
"""


def killed(
    command: Sequence[str], project: Path, environment: dict[str, str], when: str, target: Path, tmp_path: Path
) -> None:
    """Run a command of a project until something is about to be, or has just been, moved to `target`.

    Then it and all processes that it has started die, as by SIGKILL. `when` is "before" or "after".
    """
    # Python imports a module of this name when it starts.
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), environment["PYTHONPATH"]])
    ended = subprocess.run(
        command,
        cwd=project,
        env={**environment, "PYTHONPATH": path, "DIES": when, "DIES_AT": str(target)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, f"it has never come to {target}"
