"""The libraries that the page is made with, as their packages bring them: name, version, hash, licence."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("vendor")


class Library(NamedTuple):
    """A file of a package of the npm registry: what it is imported as, and what `path` it has in which version."""

    file: str
    imported_as: str
    package: str
    version: str
    path: str
    licence: str
    licence_file: str
    sha256: str

    @property
    def text(self) -> str:
        """What the file says. Raises ValueError if it is not the file that was written down."""
        content = (FOLDER / self.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ValueError(
                f"{self.file} is not {self.path} of {self.package} {self.version}: its hash is another one"
            )
        return content.decode("utf-8")


@cache
def libraries() -> dict[str, Library]:
    """Give all libraries by the name that they are imported as."""
    listed = json.loads((FOLDER / "vendored.json").read_text(encoding="utf-8"))
    return {library.imported_as: library for library in (Library(**each) for each in listed)}


def credits() -> str:
    """Say what the libraries are and under which licence, for a comment in the page."""
    of = {library.package: library for library in libraries().values()}
    return "; ".join(f"{name} {one.version} ({one.licence})" for name, one in of.items())


def licences() -> str:
    """Give the MIT licences in full; the Apache licence may be referred to by its name."""
    files = sorted({library.licence_file for library in libraries().values() if library.licence == "MIT"})
    return "\n\n".join((FOLDER / file).read_text(encoding="utf-8").strip() for file in files)
