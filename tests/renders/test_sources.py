"""Which files a clip is made from."""

from pathlib import Path

import pytest

from renders.sources import SourceFiles
from scenes._film import FILM, Clip

ROOT = Path(__file__).resolve().parents[2]

FILES = {
    "scenes/__init__.py": "from scenes import _film\n",
    "scenes/_film.py": "",
    "scenes/_base.py": "import manim\nfrom scenes import _theme\n",
    "scenes/_theme.py": "ORANGE = 1\n",
    "scenes/_mobjects/__init__.py": "",
    "scenes/_mobjects/grid.py": "from .._theme import ORANGE\n",
    "scenes/_mobjects/network.py": "from .grid import cell\n",
    "scenes/_mobjects/unused.py": "",
    "scenes/plain.py": "from scenes._base import Base\n",
    "scenes/rich.py": "def late():\n    import scenes._mobjects.network as net\nfrom scenes.plain import Plain\n",
    "scenes/ring.py": "import scenes.ring\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def modules(project: Path, name: str) -> set[str]:
    found = SourceFiles(project).modules(f"scenes.{name}")
    return {path.relative_to(project / "scenes").as_posix() for path in found}


def test_imports_are_followed_from_module_to_module(project: Path) -> None:
    assert modules(project, "plain") == {"plain.py", "_base.py", "_theme.py"}


def test_relative_late_and_package_imports_are_found(project: Path) -> None:
    expected = {"rich.py", "plain.py", "_base.py", "_theme.py"}
    expected |= {"_mobjects/__init__.py", "_mobjects/network.py", "_mobjects/grid.py"}
    assert modules(project, "rich") == expected


def test_an_import_of_itself_ends(project: Path) -> None:
    assert modules(project, "ring") == {"ring.py"}


def test_a_missing_scene_file_is_named(project: Path) -> None:
    with pytest.raises(ValueError, match=r"no such scene file: scenes/absent.py"):
        SourceFiles(project).of("absent")


def test_a_file_is_read_once_for_all_clips(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    text_of = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **how: (read.append(path.name), text_of(path, **how))[1])
    files = SourceFiles(project)
    for name in ("plain", "rich", "plain"):
        files.modules(f"scenes.{name}")
    assert sorted(read) == sorted({*read})
    assert {"plain.py", "rich.py", "_theme.py"} <= {*read}


@pytest.mark.parametrize("clip", FILM, ids=lambda clip: clip.scene)
def test_a_clip_of_the_film_depends_on_core_theme_and_configuration(clip: Clip) -> None:
    found = SourceFiles(ROOT).of(clip.module)
    expected = {f"scenes/{clip.module}.py", "scenes/_look/theme.py", "scenes/_stage/viewpoint.py"}
    expected |= {"cnnmath/convolution.py", "manim.cfg", "requirements.txt", "renders/finish.py"}
    assert expected <= set(found)
    others = {f"scenes/{other.module}.py" for other in FILM} - {f"scenes/{clip.module}.py"}
    assert others - set(found), "a change of one scene must not render them all"
    assert all((ROOT / name).is_file() for name in found)
