"""What no scene can show is refused by its shapes, before anything of its size is made."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from storyboard import POST

from scenes._film import CLASSICS, FILM

ROOT = Path(__file__).parents[2]
MEGABYTES = 300
"""So much more memory than manim takes may be asked for to refuse all of them, one after the other."""
SHOWING = {clip.scene: clip.module for clip in (*FILM, *CLASSICS) if clip.scene in POST or clip in CLASSICS}

ASK = """
import json, resource, sys
from importlib import import_module
from pathlib import Path
import numpy as np
from manim import tempconfig
from cnnmath import Convolution
from scenes._film import CLASSICS, FILM

B, K = [[3, 1, 4], [1, 5, 9], [2, 6, 5]], [[1, 2], [3, 4]]
LARGE = {
    "padding": Convolution(B, K, padding=2000),
    "more padding": Convolution(B, K, padding=6000),
    "most padding": Convolution(B, K, padding=10**400),
    "pixels": Convolution(np.ones((2000, 2000)), K),
    "weights": Convolution(np.ones((32, 32)), np.ones((31, 31))),
    "many weights": Convolution(np.ones((400, 400)), np.ones((200, 200))),
    "filters": Convolution(B, np.ones((100_000, 1, 2, 2))),
    "channels": Convolution(np.ones((100_000, 3, 3)), np.ones((1, 100_000, 2, 2))),
}
SCENES = json.loads(sys.argv[2])
scenes = {name: getattr(import_module(f"scenes.{module}"), name) for name, module in SCENES.items()}
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[1]), used + int(sys.argv[1])))
said = {}
with tempconfig({"dry_run": True}):
    for name, scene in scenes.items():
        for what, convolution in LARGE.items():
            own = {"convolution": convolution, "notation": "numbers"}
            try:
                type("Mine", (scene,), own)().setup()
                said[f"{name} {what}"] = "nothing"
            except ValueError as error:
                said[f"{name} {what}"] = str(error)
json.dump(said, sys.stdout)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each scene says of each."""
    pytest.importorskip("resource")
    if not Path("/proc/self/statm").exists():
        pytest.skip("how much memory is in use can only be asked where there is /proc")
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(MEGABYTES << 20), json.dumps(SHOWING)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, str] = json.loads(done.stdout)
    return read


@pytest.mark.slow
@pytest.mark.parametrize("scene", SHOWING)
def test_it_says_which_limit(said: dict[str, Any], scene: str) -> None:
    own = {name.removeprefix(f"{scene} "): text for name, text in said.items() if name.split()[0] == scene}
    assert len(own) == 8
    for what, text in own.items():
        assert text.startswith("Mine shows at most "), what
        assert len(text) < 120, what
    assert "cells with padding; got 16024009" in own["padding"]
    assert "cells with padding; got far more" in own["most padding"]
    assert "pixels; got 4000000" in own["pixels"]
    assert "weights; got 961" in own["weights"]
    assert "filters; got 100000" in own["filters"]
    assert "channels; got 100000" in own["channels"]
