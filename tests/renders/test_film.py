"""The film: its clips joined, with chapters and captions, read back with PyAV."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from dying import killed
from made_clips import RATE, STORY, make_clip, make_story

from renders.captions import Caption, as_vtt, narration, read_captions
from renders.film import Film, Part, chapter_list, film_of, join
from renders.finish import COLOURS, colours, facts, top_atoms
from renders.steps import Step, clip_steps, slug, spoken
from scenes._film import FILM

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {scene: sum(count for _, _, _, count, _ in steps) for scene, steps in STORY.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Path], Path]:
    """The clips, and the film of them."""
    folder = tmp_path_factory.mktemp("film")
    clips = make_story(folder / "renders" / "clips")
    film = folder / "renders" / "film" / "stub.mp4"
    here = Path.cwd()
    os.chdir(folder)
    try:
        join(clips, film, "A stub of a film")
    finally:
        os.chdir(here)
    return clips, film


def pixels(video: Path) -> list[np.ndarray]:
    with av.open(video) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_it_is_the_sum_of_its_clips(made: tuple[dict[str, Path], Path]) -> None:
    clips, film = made
    parts = [facts(clip) for clip in clips.values()]
    total = sum(COUNTS.values())
    assert facts(film) == ("h264", "yuv420p", (320, 180), total, round(total / RATE, 3))
    assert sum(part.frames for part in parts) == total
    assert facts(film).seconds == pytest.approx(sum(part.seconds for part in parts), abs=0.002)
    assert colours(film) == COLOURS
    assert top_atoms(film).index("moov") < top_atoms(film).index("mdat")
    with av.open(film) as container:
        assert container.metadata["title"] == "A stub of a film"
        assert container.streams.video[0].average_rate == RATE


def test_no_frame_is_changed_lost_or_shown_at_another_time(made: tuple[dict[str, Path], Path]) -> None:
    clips, film = made
    shown = pixels(film)
    expected = [frame for clip in clips.values() for frame in pixels(clip)]
    assert len(shown) == len(expected)
    assert all(np.array_equal(one, other) for one, other in zip(shown, expected, strict=True))
    with av.open(film) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert np.allclose(times, np.arange(len(times)) / RATE, atol=1e-6)
    with av.open(film) as container:
        decoded = [packet.dts for packet in container.demux(video=0) if packet.dts is not None]
    assert all(after > before for before, after in pairwise(decoded))


def test_both_sides_of_a_join_are_the_same_picture(made: tuple[dict[str, Path], Path]) -> None:
    _, film = made
    shown = [frame.astype(int) for frame in pixels(film)]
    joins = np.cumsum(list(COUNTS.values()))[:-1]
    for first in joins:
        assert np.abs(shown[first - 1] - shown[first]).mean() < 1
    assert np.abs(shown[0] - shown[joins[0]]).mean() > 3, "other frames do differ"


def test_its_chapters_are_its_scenes(made: tuple[dict[str, Path], Path]) -> None:
    _, film = made
    with av.open(film) as container:
        chapters = container.chapters()
        length = float(container.duration) / av.time_base
    names = [chapter["metadata"]["title"] for chapter in chapters]
    assert names == ["Opening", "The square", "Square to square"]
    starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    ends = [float(chapter["end"] * chapter["time_base"]) for chapter in chapters]
    assert starts == pytest.approx(np.cumsum([0, *COUNTS.values()])[:-1] / RATE, abs=0.001)
    assert ends == pytest.approx([*starts[1:], length], abs=0.001)


def test_a_clip_carries_its_steps_as_chapters(made: tuple[dict[str, Path], Path]) -> None:
    clips, _ = made
    assert clip_steps(clips["TheSquare"]) == [Step("draw-it", 44), Step("move-it", 105)]
    with av.open(clips["TheSquare"]) as container:
        assert [chapter["metadata"]["title"] for chapter in container.chapters()] == ["Draw it", "Move it"]


def said() -> list[tuple[float, float, str]]:
    """What must be said, from start to end in seconds."""
    told = [(count / RATE, words) for steps in STORY.values() for _, _, _, count, words in steps]
    ends = np.cumsum([seconds for seconds, _ in told])
    return [(end - seconds, end, words) for end, (seconds, words) in zip(ends.tolist(), told, strict=True)]


def test_its_caption_track_says_what_the_steps_say_when_they_say_it(made: tuple[dict[str, Path], Path]) -> None:
    _, film = made
    with av.open(film) as container:
        (track,) = container.streams.subtitles
        assert track.codec_context.name == "mov_text"
        assert track.metadata["language"] == "eng"
        base = float(track.time_base)
        packets = [packet for packet in container.demux(track) if packet.dts is not None and packet.size > 2]
        shown = [(p.pts * base, (p.pts + p.duration) * base, bytes(p)[2:].decode()) for p in packets]
    assert [words for _, _, words in shown] == [words for _, _, words in said()]
    for (start, end, _), (step_start, step_end, _) in zip(shown, said(), strict=True):
        assert (start, end) == pytest.approx((step_start, step_end), abs=0.002)
    assert all(after[0] >= before[1] for before, after in pairwise(shown))
    assert all(len(words) < 17 * (end - start) for start, end, words in shown)


def test_the_caption_files_say_the_same(made: tuple[dict[str, Path], Path]) -> None:
    _, film = made
    subtitles = list(srt.parse(film.with_suffix(".srt").read_text(encoding="utf-8")))
    assert [subtitle.content for subtitle in subtitles] == [words for _, _, words in said()]
    assert [subtitle.index for subtitle in subtitles] == list(range(1, len(subtitles) + 1))
    for subtitle, (start, end, _) in zip(subtitles, said(), strict=True):
        assert subtitle.start.total_seconds() == pytest.approx(start, abs=0.002)
        assert subtitle.end.total_seconds() == pytest.approx(end, abs=0.002)
    cues = film.with_suffix(".vtt").read_text(encoding="utf-8")
    assert cues.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nA title, and {more} of it.\n")
    assert "It moves &amp; stays &lt; here." in cues
    assert cues.count("-->") == len(said())


def test_times_past_an_hour_and_narration_of_a_step() -> None:
    late = Caption(3_599_990, 3_601_234, "Late.")
    assert "00:59:59.990 --> 01:00:01.234\nLate." in as_vtt([late])
    captions = [Caption(0, 999, "One"), Caption(999, 1999, "step."), Caption(1999, 3000, "Another.")]
    assert narration(captions, 0, 2) == "One step."
    assert narration(captions, 2, 3) == "Another."


def film_with(*scenes: tuple[str, float]) -> Film:
    parts, start = [], 0
    for name, seconds in scenes:
        parts.append(Part(name, Path(name), round(seconds * RATE), start))
        start += round(seconds * RATE)
    return Film(tuple(parts), RATE)


@pytest.mark.parametrize(
    ("scenes", "lines"),
    [
        ([("One", 30), ("TwoThree", 12.5), ("Last", 20)], "0:00 One\n0:30 Two three\n0:42 Last\n"),
        ([("Opening", 9), ("TheImage", 15), ("Last", 20)], "0:00 The image\n0:24 Last\n"),
        ([("One", 30), ("Short", 9.9)], "0:00 One\n"),
        ([("A", 4), ("B", 3), ("C", 3), ("D", 4), ("E", 10)], "0:00 A\n0:10 E\n"),
        ([("A", 4)], "0:00 A\n"),
        ([("Long", 3700), ("Next", 11)], "0:00 Long\n1:01:40 Next\n"),
    ],
)
def test_the_chapter_list_starts_at_0_and_merges_what_is_short(scenes: list[tuple[str, float]], lines: str) -> None:
    assert chapter_list(film_with(*scenes)) == lines


def test_every_scene_of_the_film_has_a_name_of_words() -> None:
    names = [spoken(clip.scene) for clip in FILM]
    assert names[:2] == ["Neuron", "The image"]
    assert "Matrix to network" in names
    assert len(set(names)) == len(names)
    assert spoken("other-rows") == "Other rows"
    assert spoken("BlurAsANetwork") == "Blur as a network"
    assert slug("Other rows") == "other-rows"


def test_clips_that_cannot_be_joined_are_named(made: tuple[dict[str, Path], Path], tmp_path: Path) -> None:
    clips, _ = made
    faster = make_clip("Faster", STORY["Opening"], tmp_path, rate=60)
    with pytest.raises(ValueError, match=r"Faster.mp4 is coded differently from .*Opening.mp4"):
        film_of({"Opening": clips["Opening"], "Faster": faster})
    with pytest.raises(ValueError, match="got no clip"):
        film_of({})
    broken = tmp_path / "broken.srt"
    broken.write_text("no captions", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.srt:1: got 'no captions'; expected"):
        read_captions(broken)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_killed_at_any_moment_it_leaves_a_whole_film_or_none(
    made: tuple[dict[str, Path], Path], tmp_path: Path
) -> None:
    clips, whole = made
    project = clips["Opening"].parents[2]
    target = Path("renders", "film", "killed.mp4")
    command = [sys.executable, "-m", "renders.film", target.as_posix(), "Killed", *clips]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    kept = (project / target).read_bytes()
    assert len(kept) > whole.stat().st_size / 2
    for when, name in (("before", ".srt"), ("after", ".srt"), ("before", ".mp4"), ("after", ".mp4")):
        for file in (project / "renders" / "film").glob("killed*"):
            file.unlink()
        killed(command, project, environment, when, (project / target).with_suffix(name), tmp_path)
        left = sorted(file.name for file in (project / "renders" / "film").glob("killed*"))
        assert ("killed.mp4" in left) == ((when, name) == ("after", ".mp4"))
        assert "killed.mp4" not in left or ((project / target).read_bytes() == kept and len(left) == 4)
        texts = [project / "renders" / "film" / name for name in left if not name.endswith(".mp4")]
        assert all(file.read_text(encoding="utf-8").endswith("\n") for file in texts)
