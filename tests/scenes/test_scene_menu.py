"""The film's order, and what each scene's file offers to manim and to Python."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from manim import Scene
from manim.utils.module_ops import get_module, get_scene_classes_from_module
from screen import FILM_SCENES, scene_class
from storyboard import FILM as ORDER
from storyboard import POST

from scenes._film import CARDS, CLASSICS, FILM, OPENING

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def manim_import(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let manim import a file as its command does, and undo what it does to the process."""
    with monkeypatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(sys, "path", [*sys.path])
        patch.setattr(sys, "modules", {**sys.modules})
        yield


def offered(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[type[Scene]]:
    """What manim's menu would list for a file."""
    with manim_import(monkeypatch):
        return get_scene_classes_from_module(get_module(path))


def test_the_film_has_the_designs_order() -> None:
    made = [clip.scene for clip in FILM]
    assert made == [name for name in ORDER if name in made]
    assert {*POST, "Credits"} <= {*made}
    assert len({clip.module for clip in FILM}) == len(FILM)


@pytest.mark.parametrize("clip", [OPENING, *FILM], ids=lambda clip: clip.scene)
def test_a_file_offers_its_own_scene_only(clip: object, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, module = clip  # type: ignore[misc]
    names = [c.__name__ for c in offered(Path("scenes") / f"{module}.py", monkeypatch)]
    assert names == [scene]


def test_the_shared_modules_offer_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A menu of such a file would list the base classes alone: nobody renders a file in an underscore folder."""
    shared = sorted(path.relative_to(ROOT) for path in (ROOT / "scenes").glob("_*/**/*.py"))
    assert len(shared) > 50
    for path in shared:
        # manim imports a file under its bare path, before the package that it is of: that has to be there.
        import_module(".".join(path.parent.parts))
    listed = {c.__name__ for path in shared for c in offered(path, monkeypatch)}
    assert listed <= {"Viewpoint", "OneStage", "Classic", "TransposedClassic", "PartCard", "Photographed"}


def test_every_scene_file_is_in_the_film() -> None:
    files = {path.stem for path in (ROOT / "scenes").glob("[a-z]*.py")}
    assert files == {clip.module for clip in (OPENING, *CARDS, *FILM, *CLASSICS)}


@pytest.mark.parametrize("name", FILM_SCENES)
def test_a_scene_says_in_one_line_what_is_understood_after_it(name: str) -> None:
    doc = scene_class(name).__dict__.get("__doc__") or ""
    assert doc.strip()
    assert "\n" not in doc.strip()
    assert doc.strip().endswith(".")


def test_scenes_are_imported_lazily() -> None:
    code = (
        "import sys, scenes\n"
        "from scenes import __all__ as names\n"
        "from scenes import load_image\n"
        "assert 'manim' not in sys.modules, 'importing scenes imports manim'\n"
        "from scenes import TheFilter\n"
        "assert TheFilter.__module__ == 'scenes.the_filter'\n"
        "assert 'scenes.the_image' not in sys.modules\n"
        "try:\n"
        "    scenes.Nothing\n"
        "except AttributeError as error:\n"
        "    assert 'TheFilter' in str(error)\n"
        "else:\n"
        "    raise AssertionError\n"
        "print(*names)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [
        OPENING.scene,
        *(clip.scene for clip in CARDS),
        *FILM_SCENES,
        *(clip.scene for clip in CLASSICS),
        "load_image",
    ]
