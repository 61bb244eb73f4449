"""Real renders through the `manim` command, decoded and looked at."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from screen import Run

from scenes._film import FILM

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:av"),
]
DARK, LIGHT = (16, 19, 26), (250, 250, 247)


def manim(folder: Path, scene: str, *options: str) -> Path:
    """Render a scene as a user does, from the project's folder; only the media go elsewhere."""
    module = next(clip.module for clip in FILM if clip.scene == scene)
    command = [sys.executable, "-m", "manim", "render", *options, "--media_dir", str(folder), "--progress_bar", "none"]
    done = subprocess.run(
        [*command, f"scenes/{module}.py", scene], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file that matches; partial movie files do not count."""
    found = [path for path in folder.rglob(pattern) if "partial_movie_files" not in path.parts]
    assert len(found) == 1, found
    return found[0]


class Clip:
    """A rendered film."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with av.open(str(path)) as film:
            stream = film.streams.video[0]
            self.size, self.rate = (stream.width, stream.height), float(stream.average_rate or 0)
            self.frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(stream)]

    @property
    def seconds(self) -> float:
        return len(self.frames) / self.rate

    @cached_property
    def small(self) -> np.ndarray:
        """All frames in grey, a sixth as wide and high."""
        # Means of blocks, not single pixels: a thin line that passes is on some of these and not on others.
        return np.stack([_blocks(frame.astype(float).mean(2)) for frame in self.frames])


def _blocks(picture: np.ndarray, side: int = 6) -> np.ndarray:
    """The means of squares of a picture."""
    rows, columns = (length // side for length in picture.shape)
    return picture[: rows * side, : columns * side].reshape(rows, side, columns, side).mean((1, 3))


def gaps(small: np.ndarray, by: int) -> np.ndarray:
    """How much each frame differs from the one some frames later, on average over the picture."""
    return np.abs(small[by:] - small[:-by]).mean((1, 2))


def flashes(small: np.ndarray) -> list[int]:
    """Frames, alone or in pairs, that differ from both neighbours while these are alike."""
    found = []
    step = gaps(small, 1)
    for length in (1, 2):
        around = gaps(small, length + 1)
        for i in range(len(around)):
            into, out_of = step[i], step[i + length]
            if min(into, out_of) > 0.7 and min(into, out_of) > 3 * around[i]:
                found.append(i + 1)
    return found


@pytest.fixture(scope="module", params=["TheFilter", "MatrixToNetwork"])
def clip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Clip]:
    folder = manim(tmp_path_factory.mktemp("media"), request.param, "-ql", "--save_sections")
    return request.param, folder, Clip(only(folder, f"{request.param}.mp4"))


def test_resolution_rate_and_duration(clip: tuple[str, Path, Clip], run: Callable[[str, str], Run]) -> None:
    name, _, film = clip
    assert film.size == (854, 480)
    # What a container tells of it is worked out of times in whole ticks of its own.
    assert film.rate == pytest.approx(15, rel=1e-4)
    promised = sum(shot.end - shot.start for shot in run(name, "dark").shots)
    assert film.seconds == pytest.approx(promised, abs=2 / 15)


def test_there_is_always_something_to_see(clip: tuple[str, Path, Clip]) -> None:
    _, _, film = clip
    assert np.median(film.frames[0].reshape(-1, 3), axis=0) == pytest.approx(DARK, abs=4)
    spread = np.ptp(film.small, axis=(1, 2))
    assert spread.min() > 80, "a uniform frame"
    assert len({frame.tobytes() for frame in film.frames}) > 30


def test_nothing_flashes(clip: tuple[str, Path, Clip]) -> None:
    assert flashes(clip[2].small) == []


def test_a_flash_would_be_seen(clip: tuple[str, Path, Clip]) -> None:
    small = clip[2].small.copy()
    small[-9] += 3
    assert flashes(small)
    small = clip[2].small.copy()
    small[-9:-7] -= 3
    assert flashes(small)


def test_sections_are_the_steps(clip: tuple[str, Path, Clip], run: Callable[[str, str], Run]) -> None:
    name, folder, film = clip
    sections = json.loads(only(folder, f"sections/{name}.json").read_text(encoding="utf-8"))
    assert [section["name"] for section in sections] == [shot.slug for shot in run(name, "dark").shots]
    assert sum(float(section["duration"]) for section in sections) == pytest.approx(film.seconds, abs=0.01)


def test_captions_stand_beside_the_film(clip: tuple[str, Path, Clip], run: Callable[[str, str], Run]) -> None:
    name, folder, _ = clip
    text = only(folder, f"{name}.srt").read_text(encoding="utf-8")
    assert all(caption.text in text for caption in run(name, "dark").captions)


def test_the_last_frame_is_the_dry_runs_last_picture(
    clip: tuple[str, Path, Clip], run: Callable[[str, str], Run]
) -> None:
    """What the other tests read off the mobjects is what is filmed."""
    name, _, film = clip
    last = run(name, "dark").last
    assert last is not None
    small = np.asarray(Image.fromarray(film.frames[-1]).resize(last.shape[1::-1], Image.Resampling.BOX))
    assert np.abs(small.astype(float) - last).mean() < 4


def test_a_still(tmp_path: Path) -> None:
    image = Image.open(only(manim(tmp_path, "TheFilter", "-s", "-ql"), "*.png")).convert("RGB")
    assert image.size == (854, 480)
    assert image.getpixel((2, 2)) == DARK


def test_a_light_still(tmp_path: Path) -> None:
    image = Image.open(only(manim(tmp_path, "TheFilter", "-c", "scenes/light.cfg", "-s", "-ql"), "*.png"))
    assert image.convert("RGB").getpixel((2, 2)) == LIGHT
    assert np.ptp(np.asarray(image.convert("L")).astype(int)) > 150


def test_a_transparent_film(tmp_path: Path) -> None:
    path = only(manim(tmp_path, "TheImage", "-t", "-ql"), "TheImage.mov")
    with av.open(str(path)) as film:
        frame = next(film.decode(video=0))
        assert "a" in frame.format.name
        alpha = frame.to_ndarray(format="rgba")[:, :, 3]
    assert alpha[0, 0] == 0
    assert alpha.max() == 255


REFUSED = """
from cnnmath import Convolution
from scenes import FilterSliding

class Mine(FilterSliding):
    convolution = Convolution([[[1, 2]]] * 5, kernel=[[[[1]]] * 5])
"""
BROKEN = """
from scenes import FilterSliding

class Mine(FilterSliding):
    def slide(self):
        raise ValueError("a mistake of the author's")
"""


@pytest.mark.parametrize(
    ("scene", "lines", "says"),
    [(REFUSED, 2, "Mine shows at most 4 channels; got 5"), (BROKEN, 99, "a mistake of the author's")],
    ids=["refused", "broken"],
)
def test_a_refusal_is_one_message_and_a_mistake_has_its_traceback(
    tmp_path: Path, scene: str, lines: int, says: str
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(scene, encoding="utf-8")
    command = [sys.executable, "-m", "manim", "render", "-ql", "--media_dir", str(tmp_path), "--progress_bar", "none"]
    done = subprocess.run([*command, str(file), "Mine"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and "Warning" not in line]
    assert says in "\n".join(said)
    # manim names its version first.
    assert len(said) <= lines, said
    assert ("Traceback" in "\n".join(said)) == (lines > 2)
