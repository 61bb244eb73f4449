"""Of what manim is asked to film in part, captions and sections are those of the part; any folder will do for it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import av
import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st
from manim import RIGHT, Square, logger, tempconfig
from PIL import Image

from scenes import _fast
from scenes._fast.filmed import FilmedWriter, Span, filmed_captions
from scenes._stage.viewpoint import Viewpoint

LITTLE = {"pixel_width": 128, "pixel_height": 72, "frame_rate": 15, "disable_caching": True, "progress_bar": "none"}
TICK = 0.1


class Story(Viewpoint):
    """Three steps of two animations and a still each: numbers 0 to 8."""

    beat = 1.0

    def construct(self) -> None:
        square = Square()
        for slug in ("one", "two", "three"):
            self.step(slug, slug)
            self.play(square.animate.shift(RIGHT), run_time=1)
            self.play(square.animate.scale(0.9), run_time=1)


@pytest.fixture(params=["fast", "stock"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(_fast.STOCK, "1" if request.param == "stock" else "")
    return str(request.param)


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What manim says that is more than information."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    yield lines
    logger.removeHandler(listener)


def render(folder: Path, **asked: Any) -> Any:
    with tempconfig({**LITTLE, "media_dir": str(folder), **asked}):
        scene = Story()
        scene.render()
        return scene.renderer.file_writer  # type: ignore[union-attr]


def captions(writer: Any) -> list[tuple[str, float, float]]:
    text = Path(writer.output_plan.subcaption_file).read_text(encoding="utf-8")
    return [(each.content, each.start.total_seconds(), each.end.total_seconds()) for each in srt.parse(text)]


def seconds(video: Path) -> float:
    with av.open(video) as container:
        stream = container.streams.video[0]
        return stream.frames / float(stream.average_rate or 0)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (0, -1, [("one", 0, 3), ("two", 3, 6), ("three", 6, 9)]),
        (3, -1, [("two", 0, 3), ("three", 3, 6)]),
        (4, -1, [("two", 0, 2), ("three", 2, 5)]),
        (1, 1, [("one", 0, 1)]),
        (2, 4, [("one", 0, 1), ("two", 1, 3)]),
        (8, 20, [("three", 0, 1)]),
    ],
)
def test_captions_and_sections_are_those_of_what_is_filmed(
    first: int, last: int, told: list[tuple[str, float, float]], kind: str, tmp_path: Path
) -> None:
    asked = {"from_animation_number": first, "upto_animation_number": last, "save_sections": True}
    writer = render(tmp_path, **asked)
    film = writer.output_plan.primary_artifact
    assert seconds(film) == pytest.approx(told[-1][2], abs=0.01)
    assert captions(writer) == told
    index = writer.output_plan.section_index
    sections = json.loads(index.read_text(encoding="utf-8"))
    assert [section["name"] for section in sections] == [slug for slug, _, _ in told]
    for section, (_, start, end) in zip(sections, told, strict=True):
        assert seconds(index.parent / section["video"]) == pytest.approx(end - start, abs=0.01)


def test_what_manim_has_kept_is_in_the_film(kind: str, tmp_path: Path) -> None:
    made = [captions(render(tmp_path, disable_caching=False, from_animation_number=3)) for _ in range(2)]
    assert made == [[("two", 0, 3), ("three", 3, 6)]] * 2


def test_where_nothing_is_filmed_one_line_says_so(kind: str, tmp_path: Path, said: list[str]) -> None:
    whole = render(tmp_path)
    assert captions(whole)
    writer = render(tmp_path, from_animation_number=9, save_sections=True)
    assert said == ["Nothing is filmed: -n 9 begins behind the last of 9 animations, which are counted from 0."]
    assert not writer.output_plan.subcaption_file.exists(), "captions of a film that this is not"
    assert json.loads(writer.output_plan.section_index.read_text(encoding="utf-8")) == []


SPANS = st.lists(st.booleans(), max_size=12).map(
    lambda filmed: [(float(second), second + 1.0) for second, is_filmed in enumerate(filmed) if is_filmed]
)
SAID = st.lists(st.tuples(st.integers(0, 130), st.integers(1, 40)), max_size=5)


@given(SPANS, SAID)
def test_every_moment_of_the_film_has_the_captions_that_it_has_in_the_scene(
    spans: Sequence[Span], said: list[tuple[int, int]]
) -> None:
    def seconds(ticks: int) -> timedelta:
        return timedelta(milliseconds=100 * ticks)

    given_ = [srt.Subtitle(0, seconds(at), seconds(at + long), str(n)) for n, (at, long) in enumerate(said)]
    kept = filmed_captions(given_, spans)
    filmed = [tick for start, end in spans for tick in range(round(start * 10), round(end * 10))]

    def shown(captions: Sequence[srt.Subtitle], tick: float) -> list[str]:
        moment = timedelta(seconds=(tick + 0.5) * TICK)
        return sorted(each.content for each in captions if each.start < moment < each.end)

    for place, tick in enumerate(filmed):
        assert shown(kept, place) == shown(given_, tick)
    assert all(timedelta() <= each.start < each.end <= seconds(len(filmed)) for each in kept)


@pytest.mark.parametrize("name", ["d'été", "{x} {}", "a b", '"quoted"', "🎬", "back\\slash", "100 %", "a#b;c$d"])
def test_any_folder_will_do(name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = tmp_path / name
    checkout.mkdir()
    monkeypatch.chdir(checkout)
    file = checkout / f"{name}.py"
    for media, output in (("./media", ""), (str(checkout), name)):
        writer = render(Path(media), save_sections=True, input_file=str(file), output_file=output)
        film = writer.output_plan.primary_artifact
        assert seconds(film) == pytest.approx(9, abs=0.01)
        assert film.relative_to(checkout / media).parts == ("videos", name, "72p15", f"{output or 'Story'}.mp4")
        assert len(list(writer.output_plan.sections_dir.glob("*.mp4"))) == 3


def test_a_list_of_parts_is_read_back_by_ffmpegs_rules() -> None:
    """Between apostrophes all stands for itself; outside of them a backslash takes the next one as it is."""
    name = "/it's a \\ {folder}/d'été''.mp4"
    listed = FilmedWriter._concat_manifest_bytes([name]).decode()
    (quoted,) = re.fullmatch(r"file (.*)\n", listed).groups()  # type: ignore[union-attr]
    pieces = re.findall(r"'([^']*)'|\\(.)", quoted)
    assert "".join(inside or escaped for inside, escaped in pieces) == f"file:{name}"


# Options that do not fit each other


@pytest.mark.parametrize(("width", "height", "size"), [(127, 72, (128, 72)), (85, 71, (86, 72)), (128, 72, (128, 72))])
def test_a_film_has_even_sides(
    width: int, height: int, size: tuple[int, int], kind: str, tmp_path: Path, said: list[str]
) -> None:
    film = render(tmp_path, pixel_width=width, pixel_height=height).output_plan.primary_artifact
    with av.open(film) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == size
    given_even = (width, height) == size
    assert said == (
        [] if given_even else [f"A film has even sides: {size[0]},{size[1]} is taken instead of {width},{height}."]
    )


@pytest.mark.parametrize("asked", [{"format": "webm"}, {"transparent": True}, {"format": "png"}])
def test_what_takes_odd_sides_keeps_them(asked: dict[str, Any], tmp_path: Path, said: list[str]) -> None:
    made = render(tmp_path, pixel_width=127, pixel_height=71, **asked).output_plan.primary_artifact
    with av.open(made) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (127, 71)
    assert not any("sides" in line for line in said)


@pytest.mark.parametrize("format_", ["png", "png-sequence"])
def test_a_still_has_no_sections(format_: str, kind: str, tmp_path: Path, said: list[str]) -> None:
    made = render(tmp_path, format=format_, save_sections=True).output_plan.primary_artifact
    assert made.exists()
    assert said == ["A still has no sections: --save_sections is left out."]


@pytest.mark.parametrize(("rate", "words"), [(15, 0), (50, 0), (60, 1)])
def test_a_gif_is_shown_at_its_own_pace(rate: int, words: int, kind: str, tmp_path: Path, said: list[str]) -> None:
    """Browsers take a delay of a hundredth of a second for a tenth."""
    writer = render(tmp_path, format="gif", frame_rate=rate, save_sections=True)
    with Image.open(writer.output_plan.primary_artifact) as gif:
        delays = []
        for number in range(gif.n_frames):  # type: ignore[attr-defined]
            gif.seek(number)
            delays.append(gif.info["duration"])
    assert min(delays) >= 20
    assert sum(delays) == pytest.approx(9000, abs=20)
    assert len(said) == words
    assert all("FORMATS=gif" in line for line in said)


def test_a_last_animation_before_the_first_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^manim -n 5,2: expected the number of the first animation,"):
        render(tmp_path, from_animation_number=5, upto_animation_number=2)
    assert list(tmp_path.iterdir()) == []
