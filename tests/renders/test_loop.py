"""Loops, decoded and looked at: of a whole clip and of its steps, in the best size that fits."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import numpy as np
import pytest
from made_clips import STORY, make_story
from made_transparent import BEHIND, ORANGE
from PIL import Image

import renders.loop
from renders.loop import SIZES, clear_parts, clip_parts, loop, loops, whole_clip
from renders.loop_frames import Size, coder, frames
from renders.loop_size import Probe, best_fit, runs

pytestmark = pytest.mark.slow

CLIPS = Path("renders", "clips")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loops")


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


@pytest.fixture(scope="module")
def clip(folder: Path) -> Path:
    """A square that rests, then moves; 45 and 61 frames."""
    return make_story(folder / CLIPS)["TheSquare"]


def test_a_gif_moves_at_the_clips_pace(clip: Path) -> None:
    target = CLIPS / "TheSquare.gif"
    assert loop(whole_clip(clip), target) == SIZES[0]
    with av.open(target) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "gif"
        shown = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(stream)]
        assert float(container.duration) / 1e6 == pytest.approx(106 / 30, abs=0.15)
    with Image.open(target) as picture_:
        assert picture_.info["loop"] == 0, "it repeats for ever"
        assert picture_.size == (800, 450)
    assert target.stat().st_size < 2_000_000
    # The square's last place; its colour and the background's survive the palette.
    assert abs(shown[-1][450 * 140 // 180, 800 * 220 // 320] - ORANGE).max() < 12
    assert abs(shown[-1][20, 20] - BEHIND).max() < 8
    assert abs(shown[0][450 * 140 // 180, 800 * 220 // 320] - BEHIND).max() < 8


def test_a_webp_moves_at_the_clips_pace(clip: Path) -> None:
    target = CLIPS / "TheSquare.webp"
    assert loop(whole_clip(clip), target) == SIZES[0]
    milliseconds = 0
    with Image.open(target) as picture_:
        assert (picture_.format, picture_.size, picture_.info["loop"]) == ("WEBP", (800, 450), 0)
        assert picture_.n_frames > 10
        for number in range(picture_.n_frames):
            picture_.seek(number)
            picture_.load()
            milliseconds += picture_.info["duration"]
        last = np.asarray(picture_.convert("RGB")).astype(int)
    assert milliseconds / 1000 == pytest.approx(106 / 30, abs=0.15)
    assert abs(last[450 * 140 // 180, 800 * 220 // 320] - ORANGE).max() < 12
    assert target.stat().st_size < 2_000_000


@pytest.mark.parametrize("ending", [".gif", ".webp"])
def test_a_loop_takes_the_best_size_that_fits(clip: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    part, target = whole_clip(clip), CLIPS / f"Fitted{ending}"
    sizes = (Size(800, 10), Size(320, 5), Size(240, 5))
    loop(part, target, sizes[1:])
    monkeypatch.setattr(renders.loop, "MOST_BYTES", target.stat().st_size * 1.2)
    target.unlink()
    assert loop(part, target, sizes) == sizes[1]
    assert target.stat().st_size <= renders.loop.MOST_BYTES
    target.unlink()
    monkeypatch.setattr(renders.loop, "MOST_BYTES", 1000)
    with pytest.raises(ValueError, match=r"too long for a \.\w+ loop: 4 s take more than 0\.001 MB even at 240 pixels"):
        loop(part, target, sizes)
    assert not target.exists()


@pytest.mark.parametrize("ending", [".gif", ".webp"])
def test_each_step_is_a_loop_of_its_own(clip: Path, ending: str) -> None:
    target = CLIPS / f"TheSquare-{ending.removeprefix('.')}"
    made = loops(clip, target)
    names = [f"TheSquare-{number:02d}-{slug}{ending}" for number, (slug, *_) in enumerate(STORY["TheSquare"], 1)]
    assert [file.name for file in made] == names == sorted(file.name for file in target.iterdir())
    for file, (_, start, end, count, _) in zip(made, STORY["TheSquare"], strict=True):
        milliseconds, shown = 0, []
        with Image.open(file) as picture_:
            assert (picture_.size, picture_.info["loop"]) == ((800, 450), 0)
            for number in range(picture_.n_frames):
                picture_.seek(number)
                picture_.load()
                milliseconds += picture_.info["duration"]
                shown.append(np.asarray(picture_.convert("RGB")).astype(int))
        assert milliseconds / 1000 == pytest.approx(count / 30, abs=0.15)
        for pixels, (x, y) in ((shown[0], start), (shown[-1], end)):
            middle = pixels[450 * (y + 20) // 180, 800 * (x + 20) // 320]
            assert abs(middle - ORANGE).max() < 14, f"{file.name} begins and ends where its step does"


def test_a_loop_that_is_missing_is_made_again_with_the_others(clip: Path) -> None:
    folder = CLIPS / "TheSquare-gif"
    made = loops(clip, folder)
    clear_parts([folder, CLIPS / "Opening-gif"])
    assert folder.is_dir()
    made[1].unlink()
    clear_parts([folder])
    assert not folder.exists(), "Snakemake makes what is not there"
    assert loops(clip, folder) == made


def test_one_step_that_does_not_fit_leaves_all_loops_as_they_were(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = CLIPS / "TheSquare-webp"
    shutil.rmtree(folder, ignore_errors=True)
    kept = {file.name: file.read_bytes() for file in loops(clip, folder)}
    monkeypatch.setattr(renders.loop, "MOST_BYTES", 500)
    with pytest.raises(ValueError, match=r"is too long for a \.webp loop: 2 s take more than 0\.0005 MB"):
        loops(clip, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == kept


@pytest.mark.parametrize("rate", [5, 10])
def test_a_part_is_decoded_from_its_first_frame_to_its_last(clip: Path, rate: int) -> None:
    whole = [frame.to_ndarray() for frame in frames(whole_clip(clip), Size(320, 30))]
    assert len(whole) == 106
    for part in clip_parts(clip).values():
        shown = [frame.to_ndarray() for frame in frames(part, Size(320, rate))]
        wanted = range(part.first, part.end, 30 // rate)
        assert part.wanted(rate) == list(wanted)
        assert len(shown) == len(wanted)
        assert all(np.array_equal(frame, whole[number]) for frame, number in zip(shown, wanted, strict=True))


@pytest.mark.parametrize("ending", [".gif", ".webp"])
@pytest.mark.parametrize("size", [Size(800, 30), Size(480, 30), Size(400, 15)])
def test_a_probe_guesses_what_a_loop_takes(clip: Path, ending: str, size: Size) -> None:
    """Of a clip with more frames than a probe looks at."""
    part = whole_clip(clip)
    code = coder(part, ending)
    guessed = Probe(part, code, Size(800, 30)).guess(size)
    assert len(code(frames(part, size), size.rate)) == pytest.approx(guessed, rel=0.4)


@pytest.mark.parametrize("count", [1, 2, 59, 60, 61, 700])
def test_a_probe_looks_at_some_of_all(count: int) -> None:
    places = [place for run in runs(count) for place in run]
    assert {*places} <= {*range(count)}
    assert (places[0], places[-1]) == (0, count - 1)
    assert len(places) <= 60


def test_sizes_are_guessed_and_not_tried_from_the_top() -> None:
    tried: list[Size] = []
    takes = {size: 9000 - 1000 * place for place, size in enumerate(SIZES)}

    def make(size: Size) -> bytes:
        tried.append(size)
        return bytes(takes[size])

    def best(most: int, off: float) -> Size | None:
        tried.clear()
        fitted = best_fit(SIZES, most, lambda size: takes[size] * off, make)
        if fitted is None:
            return None
        assert len(fitted[1]) == takes[fitted[0]] <= most
        return fitted[0]

    assert best(5500, 1.0) == SIZES[4]
    assert tried == [SIZES[4]], "a right guess is one try"
    for off in (0.6, 0.8, 1.3, 2.0):
        assert best(5500, off) == SIZES[4], "what a wrong guess missed is found"
        assert len(tried) == 2
    assert best(9700, 1.0) == SIZES[0]
    assert best(5100, 1.0) == SIZES[5], "what would only just fit is not tried"
    assert best(1000, 5.0) is None
    assert best(2000, 5.0) == SIZES[-1], "the smallest is tried before anything is refused"
