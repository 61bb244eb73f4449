"""The rooms of scenes/ stand on floors: a file imports from its own room and from those below, never from above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = (("clips",), ("_stories",), ("_pictures", "_stage"), ("_layout", "_mobjects"), ("_words", "_look", "_fast"))
LISTS = ("scenes/__init__.py", "scenes/_film.py")
"""The package's face and the list of clips: no rooms."""
FILES = [path for path in sorted((ROOT / "scenes").rglob("*.py")) if str(path.relative_to(ROOT)) not in LISTS]


def floor(room: str) -> int:
    """Counted from the top."""
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def imported(source: str) -> Iterator[str]:
    """Every module that a source imports, also inside functions; of `from a import b` both may be one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where an arrow goes"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_of(modules: Iterator[str]) -> set[str]:
    """The rooms of scenes/ that some modules stand in."""
    within = (name.split(".") for name in modules if name.startswith("scenes."))
    clips = {path.stem for path in (ROOT / "scenes").glob("[a-z]*.py")}
    return {"clips" if parts[1] in clips else parts[1] for parts in within} - {"_film"}


def faults(room: str, source: str) -> list[str]:
    """Which rooms a file of `room` must not import from, but does."""
    return [
        other
        for other in sorted(rooms_of(imported(source)))
        if (other != room or room == "clips") and floor(other) <= floor(room)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "scenes")))
def test_arrows_run_down(path: Path) -> None:
    inner = path.relative_to(ROOT / "scenes")
    room = inner.parts[0] if len(inner.parts) > 1 else "clips"
    assert not faults(room, path.read_text(encoding="utf-8")), f"{inner} imports from its own floor or one above"


def test_an_arrow_that_runs_up_is_seen() -> None:
    assert faults("_words", "def late():\n    import scenes._mobjects.text") == ["_mobjects"]
    assert faults("_mobjects", "from scenes import _stage") == ["_stage"]
    assert faults("_layout", "from scenes._mobjects.text import words") == ["_mobjects"]
    assert faults("clips", "from scenes.the_image import TheImage") == ["clips"]
    assert faults("_stage", "from scenes._mobjects.text import words\nfrom scenes._stage import captions") == []


def test_the_words_and_the_core_know_no_manim() -> None:
    for path in [*(ROOT / "scenes/_words").glob("*.py"), *(ROOT / "cnnmath").rglob("*.py"), ROOT / "scenes/_film.py"]:
        assert not [name for name in imported(path.read_text(encoding="utf-8")) if name.split(".")[0] == "manim"], path


def test_the_layout_engine_knows_no_manim() -> None:
    # Rows of the old kind go when the last picture that stands in them is described.
    for path in (ROOT / "scenes/_layout").glob("*.py"):
        rooms = rooms_of(imported(path.read_text(encoding="utf-8")))
        assert rooms <= {"_layout"}, path
        assert not [name for name in imported(path.read_text(encoding="utf-8")) if name.split(".")[0] == "manim"], path
