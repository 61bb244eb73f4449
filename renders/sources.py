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


class SourceFiles:
    """The source files of the project in the folder `root`, as they are now.

    Each is read once, however many clips it takes part in: of a long film, reading was what the recipe waited for.
    """

    def __init__(self, root: Path) -> None:
        """Read nothing yet."""
        self.root = root
        self._leads_to: dict[Path, list[Path]] = {}

    def of(self, module: str, theme: Theme = DARK) -> list[str]:
        """Return the files, relative to `root`, that the clip of `scenes/<module>.py` is made from in a theme.

        These are the module and all of `scenes` that it imports, directly or not; all of `cnnmath`; the code that
        renders and finishes; manim's configuration and the pinned packages. Raises ValueError if there is no such
        module.
        """
        makers = (*MAKERS, *(["transparent"] if theme.transparent else []))
        files = self.modules(f"{PACKAGE}.{module}")
        files.update((self.root / "cnnmath").rglob("*.py"))
        files.update(self.root / "renders" / f"{name}.py" for name in makers)
        files.update((self.root / theme.config, self.root / "requirements.txt"))
        return sorted(path.relative_to(self.root).as_posix() for path in files)

    def modules(self, name: str) -> set[Path]:
        """Return the files of the dotted module `name` and of all modules of `scenes` that it imports, directly or not.

        Raises ValueError if there is no such module.
        """
        start = self._file_of(name)
        if start is None:
            raise ValueError(f"no such scene file: {name.replace('.', '/')}.py; scenes/_film.py lists it")
        found: set[Path] = set()
        waiting = [start, *self._packages_of(start)]
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += self._imported(path)
        return found

    def _imported(self, path: Path) -> list[Path]:
        """Return the files of `scenes` that importing what a file imports runs."""
        if path not in self._leads_to:
            targets = filter(None, map(self._file_of, dict.fromkeys(_imports(path, self.root))))
            self._leads_to[path] = [file for target in targets for file in (target, *self._packages_of(target))]
        return self._leads_to[path]

    def _file_of(self, name: str) -> Path | None:
        """Return the file of a dotted module of `scenes`, None if it is no module (but a name in one, or foreign)."""
        parts = name.split(".")
        if parts[0] != PACKAGE or len(parts) == 1:
            return None
        path = self.root.joinpath(*parts)
        candidates = (path.with_name(path.name + ".py"), path / "__init__.py")
        return next((candidate for candidate in candidates if candidate.is_file()), None)

    def _packages_of(self, path: Path) -> list[Path]:
        """Return the `__init__.py` of every package around a file below `PACKAGE`: importing the file runs them too."""
        top = self.root / PACKAGE
        around = [folder / "__init__.py" for folder in path.parents if top in folder.parents]
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
