"""The whole film through the recipe, two clips at a time, against its own length and against manim as it comes.

Both sides are `make render` in a copy of the project in which nothing is rendered yet: from the start of Snakemake to
the last finished file. "Stock" has our measures switched off (`STOCK_MANIM=1`) and manim's own encoder settings; its
scenes and its recipe are ours, and so is that each text is a slim outline, read only once: manim alone takes longer.
The memory is that of the largest process, twice: no two that run together need more.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import av

from benchmarks.measure import Measure, Peer, Target
from renders.request import QUALITIES
from scenes._fast import STOCK
from scenes._film import FILM

ROOT = Path(__file__).parents[1]
STOCK_CONFIG = ROOT / "benchmarks" / "stock.cfg"
SIZES = {"m": ("720p30", 0.3), "h": ("1080p60", 0.8)}
GIGABYTE = 1e9


def measures() -> Iterator[Measure]:
    """Render the film in each size; in the first also again with nothing changed, and then with one scene changed."""
    for quality, (size, target) in SIZES.items():
        with Project() as project:
            ours, length = project.render(quality), project.length()
            memory = 2 * children() / GIGABYTE
            if quality == "m":
                again = [project.render(quality) for _ in range(3)]
                project.change("familiar_diagram.py")
                one = project.render(quality)
                (changed,) = project.fresh
        with Project() as project:
            stock = project.render(quality, stock=True)
        name = f"the film of {length:.0f} s at {size}"
        peer = Peer("manim as it comes", [stock / length])
        yield Measure(f"{name}, for each second of it", "s", [ours / length], peer, Target(target, "ours"))
        if quality == "m":
            yield Measure(f"{name}, nothing changed", "s", again, target=Target(5, "ours"))
            yield Measure(f"{name}, one scene changed", "s", [one], note=f"made again: {changed}")
        else:
            yield Measure(f"{name}, memory of both jobs", "GB", [memory], target=Target(2, "ours"))


class Project:
    """A copy of what the recipe needs, for as long as it is open."""

    def __enter__(self) -> Project:
        """Copy the sources."""
        self._folder = tempfile.TemporaryDirectory()
        self.root = Path(self._folder.name)
        made = shutil.ignore_patterns("media", "clips", "page", "film", "slides", "__pycache__")
        for name in ("cnnmath", "scenes", "renders", "lectures"):
            shutil.copytree(ROOT / name, self.root / name, ignore=made)
        for name in ("manim.cfg", "pyproject.toml", "requirements.txt"):
            shutil.copy(ROOT / name, self.root)
        return self

    def __exit__(self, *_: object) -> None:
        """Delete it."""
        self._folder.cleanup()

    def render(self, quality: str, stock: bool = False) -> float:
        """Run the recipe, and give the seconds that it took."""
        if stock:
            shutil.copy(STOCK_CONFIG, self.root / "manim.cfg")
        before = self.clips()
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "renders", "clips", "--quality", quality],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), STOCK: "1" if stock else ""},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconds = time.perf_counter() - start
        after = self.clips()
        self.fresh = [path.stem for path, when in after.items() if before.get(path) != when]
        return seconds

    def clips(self) -> dict[Path, int]:
        """Give the clips there are, and when each was made."""
        return {path: path.stat().st_mtime_ns for path in sorted((self.root / "renders" / "clips").glob("*.mp4"))}

    def change(self, scene: str) -> None:
        """Change a source as an edit does."""
        with (self.root / "scenes" / scene).open("a", encoding="utf-8") as source:
            source.write("# An edit.\n")

    def length(self) -> float:
        """Give the seconds of film in the clips."""
        clips = self.clips()
        if len(clips) != len(FILM):
            raise RuntimeError(f"expected {len(FILM)} clips; got {len(clips)}")
        return sum(seconds(path) for path in clips)


def seconds(video: Path) -> float:
    """Give the length of a video."""
    with av.open(str(video)) as container:
        return float(container.duration or 0) / av.time_base


@cache
def unit_of_memory() -> int:
    """Give the bytes in a unit of `ru_maxrss`: macOS counts bytes, others kibibytes."""
    return 1 if sys.platform == "darwin" else 1024


def children() -> float:
    """Give the most memory that a process started from here has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit_of_memory()


def video_of(scene: str, file: str, quality: str, media: Path, config: Path | None = None, stock: bool = False) -> Path:
    """Render a scene as `manim` does, and give its video."""
    command = [sys.executable, "-m", "manim", "render", f"-q{quality}", "--media_dir", str(media), "-v", "WARNING"]
    options = ["--progress_bar", "none", *(["--config_file", str(config)] if config else [])]
    subprocess.run(
        [*command, *options, file, scene],
        cwd=ROOT,
        env={**os.environ, STOCK: "1" if stock else ""},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return media / "videos" / Path(file).stem / QUALITIES[quality] / f"{scene}.mp4"
