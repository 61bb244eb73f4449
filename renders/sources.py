"""Which files decide what a clip looks like, found by reading imports. Nothing is imported to find out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from renders.themes import DARK, Theme

#: The modules of `renders` that make a clip.
MAKERS = ("captions", "clip", "coded", "contact", "finish", "steps", "pixels", "stills")

#: The package whose modules are followed from import to import. Its own `__init__` only lists the film: a new scene
#: in there is no reason to render the others again.
PACKAGE = "scenes"


def sources(module: str, root: Path, theme: Theme = DARK) -> list[str]:
    """Return the files, relative to `root`, that the clip of `scenes/<module>.py` is made from in a theme.

    These are the module and all of `scenes` that it imports, directly or not; all of `cnnmath`; the code that
    renders and finishes; manim's configuration and the pinned packages. Raises ValueError if there is no such module.
    """
    files = scene_modules(f"{PACKAGE}.{module}", root)
    files.update((root / "cnnmath").rglob("*.py"))
    files.update(root / "renders" / f"{name}.py" for name in (*MAKERS, *(["transparent"] if theme.transparent else [])))
    files.update((root / theme.config, root / "requirements.txt"))
    return sorted(path.relative_to(root).as_posix() for path in files)


def scene_modules(name: str, root: Path) -> set[Path]:
    """Return the files of the dotted module `name` and of every module of `scenes` that it imports, directly or not."""
    start = _file_of(name, root)
    if start is None:
        raise ValueError(f"no such scene file: {name.replace('.', '/')}.py; scenes/_film.py lists it")
    found: set[Path] = set()
    waiting = [start, *_packages_of(start, root)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for imported in _imports(path, root):
            target = _file_of(imported, root)
            if target is not None:
                waiting += [target, *_packages_of(target, root)]
    return found


def _file_of(name: str, root: Path) -> Path | None:
    """Return the file of a dotted module of `scenes`, None if it is no module (but a name in one, or foreign)."""
    parts = name.split(".")
    if parts[0] != PACKAGE or len(parts) == 1:
        return None
    path = root.joinpath(*parts)
    candidates = (path.with_name(path.name + ".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _packages_of(path: Path, root: Path) -> list[Path]:
    """Return the `__init__.py` of every package around a file below `PACKAGE`: importing the file runs them too."""
    around = [folder / "__init__.py" for folder in path.parents if root / PACKAGE in folder.parents]
    return [file for file in around if file.is_file()]


def _imports(path: Path, root: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports; of `from a import b` both `a` and `a.b`, for b may be a module."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
