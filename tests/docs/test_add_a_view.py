"""The page about adding a view: its very files, in a copy of the project, pass what is asked of every clip."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "add-a-view.md").read_text(encoding="utf-8")
FILES = re.findall(
    r"^## \d\. [^\n]*`([\w/]+\.py)`$(?:(?!^## ).)*?^```(?:python|text)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)
FILM = "scenes/_film.py"
BEFORE = '    Clip("ZeroPadding", "zero_padding"),\n'
ASKED = ("steps", "reading", "layout", "shapes", "menu", "plays")


def test_it_takes_four_files_and_a_hundred_and_fifty_lines() -> None:
    assert [name for name, _ in FILES] == [
        FILM,
        "scenes/_words/counting_view.py",
        "scenes/counting_view.py",
        "tests/scenes/books/counting_view.py",
    ]
    assert sum(text.count("\n") for _, text in FILES) <= 150
    assert max(len(line) for _, text in FILES for line in text.splitlines()) <= 120


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the page's files in it."""
    made = tmp_path_factory.mktemp("newcomer")
    left_out = shutil.ignore_patterns("__pycache__", "media", "clips", "film", "page", "slides")
    for name in ("scenes", "cnnmath", "renders", "tests"):
        shutil.copytree(ROOT / name, made / name, ignore=left_out)
    for name in ("pyproject.toml", "manim.cfg"):
        shutil.copy(ROOT / name, made)
    film = (made / FILM).read_text(encoding="utf-8")
    assert BEFORE in film
    for name, text in FILES:
        whole = film.replace(BEFORE, BEFORE + text) if name == FILM else text
        (made / name).write_text(whole, encoding="utf-8")
    return made


def pytest_there(project: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    """Run tests of the copy."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-o",
        "addopts=",
        *asked,
    ]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_a_newcomers_clip_passes_what_is_asked_of_every_clip(project: Path) -> None:
    files = [f"tests/scenes/test_scene_{name}.py" for name in ASKED]
    files += ["tests/scenes/test_books.py", "tests/scenes/test_motion.py"]
    done = pytest_there(project, *files, "-k", "CountingView or counting_view or has_a_book")
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout[-2000:]
    assert int(passed[1]) > 40, "stills in three shapes and two themes, steps, captions, motion"


@pytest.mark.slow
def test_without_its_book_a_sentence_says_what_to_add(project: Path) -> None:
    book = project / "tests/scenes/books/counting_view.py"
    text = book.read_text(encoding="utf-8")
    book.unlink()
    try:
        done = pytest_there(project, "tests/scenes/test_books.py", "-k", "has_a_book")
    finally:
        book.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "add tests/scenes/books/counting_view.py" in done.stdout


@pytest.mark.slow
def test_a_wrong_number_is_seen(project: Path) -> None:
    """Each: in the key figure, in a sentence, below a grid, in the picture."""
    words, scene = project / "scenes/_words/counting_view.py", project / "scenes/counting_view.py"
    for file, right, false in (
        (words, "not {conv.counts.entries}", "not {conv.counts.entries + 1}"),
        (words, "makes {conv.counts.entries}", "makes {conv.counts.entries + 1}"),
        (words, "in_digits(conv.counts.pixels,", "in_digits(conv.counts.pixels + 1,"),
        (scene, "self.filter, self.matrix, *self", "self.filter, *self"),
    ):
        text = file.read_text(encoding="utf-8")
        assert right in text
        file.write_text(text.replace(right, false), encoding="utf-8")
        try:
            done = pytest_there(project, "tests/scenes/test_scene_reading.py", "-k", "CountingView")
        finally:
            file.write_text(text, encoding="utf-8")
        assert done.returncode == 1, f"{false}\n{done.stdout[-2000:]}"
