"""The front door is true: its table is the film, its pictures exist and are small, its commands are the Makefile's."""

import re
from pathlib import Path

import pytest

from renders.lessons import lesson
from renders.pictures import PICTURES, span
from renders.request import film_jobs
from renders.screens import SCREENS
from renders.steps import Step
from scenes._film import PARTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| \[`(\w+)`\]\(scenes/(\w+)\.py\) \| (.+) \| \d+:\d\d \|$", README, re.MULTILINE)


def test_the_table_is_the_film_in_its_words():
    assert [(job.scene, job.module, lesson(job, ROOT)) for job in film_jobs()] == ROWS


def test_the_tables_parts_are_the_films():
    told = re.findall(r"^\| (?:\*\*(.+)\*\*|\[`(\w+)`\].*) \|", README, re.MULTILINE)
    assert [part or scene for part, scene in told] == [
        name for part in PARTS for name in (part.title, *(clip.scene for clip in part.clips))
    ]


def test_every_picture_is_one_that_is_cut_from_the_clips_and_small():
    shown = re.findall(r"!\[[^]]*\]\((docs/[^)]+)\)", README)
    assert sorted(shown) == sorted(picture.path.as_posix() for picture in (*PICTURES, *SCREENS))
    sizes = [(ROOT / path).stat().st_size for path in shown]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 3_000_000


def test_every_make_command_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE)) | set(re.findall(r"`make (\w+)`", README))
    assert {"render", "test", "bench"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_is_named_exists():
    for path in re.findall(r"(?<![\w/])((?:scenes|renders|tests|docs|cnnmath|benchmarks)/[\w./-]*)", README):
        if not path.startswith(("renders/clips", "renders/film/", "renders/media", "renders/page/", "renders/slides/")):
            assert (ROOT / path).exists(), path


def test_a_span_runs_from_the_first_step_to_the_end_of_the_last():
    steps = [Step("a", 9), Step("b", 19), Step("c", 39)]
    assert span(steps, ("b",)) == (10, 19)
    assert span(steps, ("a", "b")) == (0, 19)
    with pytest.raises(ValueError, match=r"no step 'd'; there are a, b, c"):
        span(steps, ("d",))
