"""The front door and what is behind it are true: the table is the film, pictures exist, commands are the Makefile's."""

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
PAGES = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
#: What the commands make, and a fresh clone does not have.
MADE = tuple(f"renders/{made}" for made in ("clips", "explore/index.html", "film/", "media", "page/", "slides/"))
ALL = "\n".join((README, *PAGES.values()))
ROWS = re.findall(r"^\| \[`(\w+)`\]\(scenes/(\w+)\.py\) \| (.+) \| \d+:\d\d \|$", README, re.MULTILINE)


def test_the_table_is_the_film_in_its_words():
    assert [(job.scene, job.module, lesson(job, ROOT)) for job in film_jobs()] == ROWS


def test_the_tables_parts_are_the_films():
    told = re.findall(r"^\| (?:\*\*(.+)\*\*|\[`(\w+)`\].*) \|", README, re.MULTILINE)
    assert [part or scene for part, scene in told] == [
        name for part in PARTS for name in (part.title, *(clip.scene for clip in part.clips))
    ]


def test_every_picture_is_one_that_is_cut_from_the_clips_and_small():
    shown = {f"docs/{path}" for path in re.findall(r"!\[[^]]*\]\((?:docs/)?(pictures/[^)]+)\)", ALL)}
    assert sorted(shown) == sorted(picture.path.as_posix() for picture in (*PICTURES, *SCREENS))
    sizes = [(ROOT / path).stat().st_size for path in shown]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 3_000_000


def test_every_make_command_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)", ALL, re.MULTILINE)) | set(re.findall(r"`make (\w+)", ALL))
    assert {"render", "test", "bench"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_is_named_exists():
    # The one page makes files.
    there = ALL.replace(PAGES[Path("docs", "add-a-view.md")], "")
    for path in re.findall(r"(?<![\w/])((?:scenes|renders|tests|docs|cnnmath|benchmarks)/[\w./-]*)", there):
        if not path.startswith(MADE):
            assert (ROOT / path).exists(), path


def test_every_link_leads_somewhere() -> None:
    for page, text in {Path("README.md"): README, **PAGES}.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (ROOT / page.parent / target).exists(), f"{page}: {target}"


def test_the_front_door_is_two_minutes_long_and_leads_to_every_page() -> None:
    prose = re.sub(
        r"```.*?```|<!--.*?-->|^\|.*?$|^!.*?$", "", README.partition("## Credit")[0], flags=re.DOTALL | re.MULTILINE
    )
    assert len(prose.split()) <= 2 * 250, "as many words as one reads in two minutes; what is detail goes to docs/"
    assert [page for page in PAGES if f"]({page.as_posix()})" not in README] == []


def test_a_span_runs_from_the_first_step_to_the_end_of_the_last():
    steps = [Step("a", 9), Step("b", 19), Step("c", 39)]
    assert span(steps, ("b",)) == (10, 19)
    assert span(steps, ("a", "b")) == (0, 19)
    with pytest.raises(ValueError, match=r"no step 'd'; there are a, b, c"):
        span(steps, ("d",))
