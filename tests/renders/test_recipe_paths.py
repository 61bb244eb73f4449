"""The recipe in a folder with an awkward name, for a lecture with one, in a terminal that knows ASCII alone.

What is made goes to another disk, where there is one.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from stub_film import Done, clip_files, copied, environment, stub_project

from renders.captions import read_captions
from renders.finish import facts

pytestmark = pytest.mark.slow

SCENE = """
from manim import RIGHT, Scene, Square
from scenes import _fast
class NAME(Scene):
    def __init__(self, **given):
        super().__init__(_fast.renderer(False), **given)
    def construct(self):
        square = Square()
        self.next_section("show")
        self.add_subcaption("A square.", duration=0.4)
        self.add(square)
        self.wait(0.4)
        self.next_section("move-it")
        self.play(square.animate.shift(RIGHT), run_time=0.4)
"""
NAME = 'l\'été {x} "🎬"'
LECTURE = """
- name: Mine
  scene: One
  image: "phö'to {y}.png"
  kernel: [[1, 2]]
"""


@pytest.fixture
def clips(tmp_path: Path) -> Iterator[Path]:
    """Where the clips are to go."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def project(tmp_path: Path, clips: Path) -> Path:
    made = stub_project(tmp_path / "d'été {x} 🎬", SCENE)
    copied(made, "scenes/__init__.py", "scenes/_fast")
    (made / "renders" / "clips").symlink_to(clips)
    return made


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    folder = tmp_path / "höme {z}"
    folder.mkdir()
    Image.new("L", (3, 2), 255).save(folder / "phö'to {y}.png")
    (folder / f"{NAME}.yaml").write_text(LECTURE, encoding="utf-8")
    return folder / f"{NAME}.yaml"


def run(project: Path, *command: str, **settings: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        env={**environment(project), **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_film_slides_and_page_are_made(project: Path, clips: Path, talk: Path) -> None:
    command = ["renders", "film", "--quality", "l", f"--lecture=~/{talk.name}"]
    done = run(project, *command, HOME=str(talk.parent), LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{NAME}.mp4: joined 1 clip\n" in done.stdout
    assert "1 of 2 jobs" in done.stdout
    assert sorted(path.name for path in clips.iterdir()) == clip_files("Mine")
    film = project / "renders" / "film" / f"{NAME}.mp4"
    assert facts(film).frames == facts(clips / "Mine.mp4").frames == 12
    assert [caption.text for caption in read_captions(film.with_suffix(".srt"))] == ["A square."]

    slides = f"renders/slides/{NAME}"
    targets = ["renders/page/index.html", slides, f"{slides}.pptx"]
    recipe = ["snakemake", "--snakefile", "renders/Snakefile", "--cores", "1", "--config", "quality=l"]
    done = run(project, *recipe, f"lecture={quote(str(talk))}", "--", *targets)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rendering" not in done.stdout, "it is the same clip"
    assert all((project / target).exists() for target in targets)
    page = (project / slides / "index.html").read_text(encoding="utf-8")
    assert f"<title>{html.escape(NAME)}</title>" in page.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


NOISE = """
from manim import ImageMobject, Scene
import numpy as np
class NAME(Scene):
    def construct(self):
        noise = np.random.default_rng(0)
        for number in range(15):
            self.add(ImageMobject(noise.integers(0, 256, (480, 854, 3), np.uint8)))
            self.wait(0.2)
"""


@pytest.mark.parametrize("folder", ["media", "clips"])
def test_a_full_disk_is_said_to_be_one(folder: str, tmp_path: Path) -> None:
    """On a real one, which a name space of its own keeps from all others."""
    inside = ["unshare", "--mount", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs Linux that lets a user mount")
    project = stub_project(tmp_path, NOISE, ("One",))
    (project / "renders" / folder).mkdir()
    full = f"mount -t tmpfs -o size=2m tmpfs renders/{folder} && head -c 1000000 /dev/zero >renders/{folder}/zero"
    render = f"exec '{sys.executable}' -m renders --quality l --scenes One"
    done = subprocess.run(
        [*inside, "sh", "-c", f"{full} && {render}"],
        cwd=project,
        env=environment(project),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "One FAILED: the disk is full" in done.stdout
    assert "1 of 1 clip missing: One" in done.stderr
    assert not (project / "renders" / "clips" / "One.mp4").exists()
