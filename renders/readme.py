"""Write the README's table of clips: order from the film, words from the scenes, lengths from the finished clips.

python -m renders.readme      (after `make render`)
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from renders.clip import CLIPS
from renders.finish import facts
from scenes._film import FILM, Clip

README = Path("README.md")
HEAD, END = "| --- | --- | --- |\n", "<!-- /clips -->"


def lesson(clip: Clip, root: Path = Path()) -> str:
    """Return the docstring of a clip's scene class, read without importing manim."""
    tree = ast.parse((root / "scenes" / f"{clip.module}.py").read_text(encoding="utf-8"))
    scene = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == clip.scene)
    return ast.get_docstring(scene) or ""


def row(clip: Clip, seconds: float, root: Path = Path()) -> str:
    """Return one row of the table."""
    minutes, rest = divmod(round(seconds), 60)
    return f"| [`{clip.scene}`](scenes/{clip.module}.py) | {lesson(clip, root)} | {minutes}:{rest:02d} |\n"


def main() -> int:
    """Replace the table; raises ValueError when the README has none, OSError when a clip is not rendered yet."""
    text = README.read_text(encoding="utf-8")
    before, table = text.split(HEAD, 1)
    _, after = table.split(END, 1)
    rows = (row(clip, facts(CLIPS / f"{clip.scene}.mp4").seconds) for clip in FILM)
    README.write_text(before + HEAD + "".join(rows) + END + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
