"""Stub projects: the recipe as it is, with small scenes in place of the film's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FILM = """
from typing import NamedTuple
class Clip(NamedTuple):
    scene: str
    module: str
class Part(NamedTuple):
    title: str
    clips: tuple
    card: Clip | None = None
PARTS = (Part("All of it", (Clip("One", "one"), Clip("Two", "two"))),)
FILM = PARTS[0].clips
CARDS = ()
CLASSICS = ()
OPENING = Clip("Opening", "opening")
def part_of(card):
    raise ValueError(card)
TITLE = "A stub of a film"
"""

Done = subprocess.CompletedProcess[str]


def clip_files(*scenes: str) -> list[str]:
    """Return the names of all that is made of these scenes when nothing else is asked for, sorted."""
    return sorted(f"{scene}{ending}" for scene in scenes for ending in (".mp4", ".srt", ".vtt", ".png", "-still.png"))


def copied(project: Path, *names: str) -> Path:
    """Copy these folders and files of the project, less what was made in them."""
    made = shutil.ignore_patterns("media", "clips", "film", "page", "slides", "__pycache__")
    for name in names:
        target = project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=made, dirs_exist_ok=True)
        else:
            shutil.copy(ROOT / name, target)
    return project


def stub_project(project: Path, scene: str, names: tuple[str, ...] = ("One", "Two"), **modules: str) -> Path:
    """Lay out a project with scenes of these names, for which NAME stands in their text, and with these modules."""
    copied(project, "renders", "cnnmath", "manim.cfg", "scenes/light.cfg", "requirements.txt")
    # What the page to explore is made of, which stands beside the gallery.
    copied(project, "scenes/_look", "scenes/_words", "lectures/face.png")
    modules = {
        "__init__": "",
        "_film": FILM,
        **{name.lower(): scene.replace("NAME", name) for name in names},
        **modules,
    }
    for name, text in modules.items():
        (project / "scenes" / f"{name}.py").write_text(text, encoding="utf-8")
    return project


def environment(project: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(project)}


def run(project: Path, *command: str, folder: Path | None = None) -> Done:
    """Run a module of the project."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder or project,
        env=environment(project),
        capture_output=True,
        text=True,
        check=False,
    )


def interruptible(*command: str) -> list[str]:
    """A module of the project as a command that Ctrl-C ends, also where a shell runs the tests in the background.

    Such a shell has all that it starts ignore SIGINT.
    """
    listen = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", listen, sys.executable, "-m", *command]


def dry_run(project: Path, *config: str, targets: tuple[str, ...] = ()) -> str:
    """Return what Snakemake says that it would do."""
    command = ["snakemake", "--snakefile", "renders/Snakefile", "--cores", "1", "--dry-run", "--config", "quality=l"]
    done = run(project, *command, *config, *(("--", *targets) if targets else ()))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def planned(project: Path, *config: str) -> list[str]:
    """Return the scenes that Snakemake would render."""
    return sorted(re.findall(r"^ *wildcards: scene=(\w+)", dry_run(project, *config), re.MULTILINE))


def rendered(done: Done) -> list[str]:
    """Return the clips that were rendered."""
    return sorted(re.findall(r"^([\w-]+): rendering", done.stdout, re.MULTILINE))
