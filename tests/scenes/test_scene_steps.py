"""Steps, stills, captions and times."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from books import POST_SCENES, book_of
from manim import FadeIn, Square, tempconfig
from screen import FILM_SCENES, Run, dry, shoot
from storyboard import storyboard

from scenes._film import CARDS, OPENING
from scenes._look.frame import frame
from scenes._stage.viewpoint import Viewpoint

TICK = 1 / 15
BOTH = pytest.mark.parametrize("theme", ["dark", "light"])
ALL = pytest.mark.parametrize("name", FILM_SCENES)
Film = Callable[[str, str], Run]


@ALL
@BOTH
def test_the_steps_are_the_storyboards(name: str, theme: str, run: Film) -> None:
    done = run(name, theme)
    slugs = [shot.slug for shot in done.shots]
    scene = done.scene
    planned = storyboard(name, scene.convolution) if name in POST_SCENES else book_of(name).steps(scene)
    assert slugs == list(planned)
    assert done.sections == slugs
    assert len(set(slugs)) == len(slugs)
    assert all(shot.narration.strip() for shot in done.shots)


@ALL
def test_both_themes_tell_the_same_story(name: str, run: Film) -> None:
    dark, light = run(name, "dark"), run(name, "light")
    assert [(s.slug, s.narration, s.start, s.end) for s in dark.shots] == [
        (s.slug, s.narration, s.start, s.end) for s in light.shots
    ]


@ALL
def test_every_step_ends_in_a_still_of_a_second(name: str, run: Film) -> None:
    shots = run(name, "dark").shots
    assert [s for s in shots if s.hold < 1 - 1e-9] == []
    assert shots[0].start == 0
    for before, after in pairwise(shots):
        assert after.start == pytest.approx(before.end)
    assert shots[-1].end == pytest.approx(run(name, "dark").scene.time)


@ALL
def test_every_step_leaves_something_to_see(name: str, run: Film) -> None:
    assert all(len(shot.visible) > 1 for shot in run(name, "dark").shots)


@ALL
def test_captions_lie_in_their_step_and_can_be_read(name: str, run: Film) -> None:
    done = run(name, "dark")
    left = list(done.captions)
    for shot in done.shots:
        mine = [c for c in left if c.start >= shot.start - 1e-6 and c.end <= shot.end + 1e-5]
        left = [c for c in left if c not in mine]
        assert " ".join(c.text for c in mine) == " ".join(shot.narration.split())
        for caption in mine:
            speed = len(caption.text) / (caption.end - caption.start)
            assert speed <= 17, f"{shot}: {speed:.1f} characters a second: {caption.text}"
    assert left == [], "captions that lie in no step"
    for before, after in pairwise(done.captions):
        assert after.start >= before.end - 1e-5


@ALL
def test_no_caption_ends_with_a_word_that_belongs_to_the_next(name: str, run: Film) -> None:
    leaning = {"a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but"}
    for caption in run(name, "dark").captions:
        assert caption.text.split()[-1].lower() not in leaning, caption.text
        assert len(caption.text) <= 84


@ALL
def test_narration_is_plain_sentences(name: str, run: Film) -> None:
    for shot in run(name, "dark").shots:
        assert shot.narration[0].isupper()
        assert shot.narration[-1] in ".?!"
        assert "\n" not in shot.narration
        assert "  " not in shot.narration


def frames(duration: float, rate: int, static: bool) -> int:
    """How many frames manim writes for one play (it rounds up) or one static wait (it cuts off)."""
    step = 1 / rate
    return int(duration / step) if static else len(np.arange(0, duration, step))


@ALL
def test_run_times_are_whole_ticks(name: str, run: Film) -> None:
    done = run(name, "dark")
    uneven = [d for d, _ in done.durations if abs(d / TICK - round(d / TICK)) > 1e-6]
    assert uneven == []
    for shot in done.shots:
        assert shot.end / TICK == pytest.approx(round(shot.end / TICK), abs=1e-6)


@ALL
@pytest.mark.parametrize("rate", [15, 30, 60])
def test_a_clip_is_equally_long_at_every_frame_rate(name: str, rate: int, run: Film) -> None:
    done = run(name, "dark")
    wrong = [
        (duration, static, frames(duration, rate, static) - round(duration * rate))
        for duration, static in done.durations
        if frames(duration, rate, static) != round(duration * rate)
    ]
    assert math.isclose(sum(d for d, _ in done.durations), done.scene.time, abs_tol=1e-6)
    assert wrong == [], "(duration, static, frames too many)"


def test_the_film_takes_eleven_to_thirteen_minutes(run: Film) -> None:
    clips = [OPENING.scene, *(card.scene for card in CARDS), *FILM_SCENES]
    assert 11 * 60 <= sum(run(name, "dark").scene.time for name in clips) <= 13 * 60


@pytest.mark.parametrize(("beat", "seconds"), [(0.75, 3.0), (2.0, 8.0)])
def test_a_movement_takes_so_many_beats_and_a_still_seconds(beat: float, seconds: float) -> None:
    class Slow(Viewpoint):
        def construct(self) -> None:
            self.play(FadeIn(Square()), run_time=4)
            self.wait(1)

    Slow.beat = beat
    with tempconfig(dry("dark", "wide")):
        scene = Slow(skip_animations=True)
        scene.render()
    assert scene.time == pytest.approx(seconds + 1, abs=1e-6)


@ALL
def test_a_section_says_when_something_stands_where_captions_go(name: str, run: Film) -> None:
    done = run(name, "dark")
    with tempconfig(dry("dark", "wide")):
        edge = frame().stage_bottom
    low = [shot.slug for shot in done.shots if min(part.points[:, 1].min() for part in shot.visible) < edge]
    assert [slug for slug in low if slug not in done.low] == []


def test_where_the_strip_is_empty_captions_stay_there() -> None:
    assert shoot(Bare).low == {"with", "going"}


class Bare(Viewpoint):
    """A square, with a key figure for a while."""

    def construct(self) -> None:
        """Before it, with it, while it goes, after it."""
        self.step("before", "A square is there.")
        self.add(Square())
        self.step("with", "Its key figure comes.")
        self.play(*self.new_figure("one square"))
        self.step("going", "Its key figure goes.")
        self.play(*self.new_figure(None))
        self.step("after", "A square is there.")
        self.wait(1)
