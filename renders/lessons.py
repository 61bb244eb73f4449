"""What a clip teaches: the docstring of its scene, read without importing manim."""

from __future__ import annotations

import ast
from pathlib import Path

from renders.request import Job


def lesson(job: Job, root: Path = Path()) -> str:
    """Return what a viewer understands after a clip, in one line; nothing if its scene does not say.

    A clip of a lecture file teaches what the scene does that it is made from, unless that is not true of its example:
    then it has a sentence of its own (`scenes/_words/lessons.py`).
    """
    own = _class(root / job.file, job.scene)
    if own is None:
        return ""
    said = ast.get_docstring(own)
    if not said and own.bases:
        based = ast.unparse(own.bases[0]).rpartition(".")[2]
        base = _class(root / "scenes" / f"{job.module}.py", based)
        said = ast.get_docstring(base) if base else None
    return (said or "").partition("\n")[0]


def _class(file: Path, name: str) -> ast.ClassDef | None:
    """Return the class of that name in a Python file, if there is one."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name), None)
