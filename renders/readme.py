"""Write the README's table of clips: order from the film, words from the scenes, lengths from the finished clips.

python -m renders.readme      (after `make render`)
"""

from __future__ import annotations

import sys
from pathlib import Path

from renders.finish import facts
from renders.lessons import lesson
from renders.making import CLIPS
from renders.request import Job, film_jobs
from scenes._film import PARTS

README = Path("README.md")
HEAD, END = "| --- | --- | --- |\n", "<!-- /clips -->"


def row(job: Job, seconds: float, root: Path = Path()) -> str:
    """Return one row of the table."""
    minutes, rest = divmod(round(seconds), 60)
    return f"| [`{job.scene}`]({job.file}) | {lesson(job, root)} | {minutes}:{rest:02d} |\n"


def heading(title: str) -> str:
    """Return the row above the clips of a part."""
    return f"| **{title}** | | |\n"


def main() -> int:
    """Replace the table; raises ValueError when the README has none, OSError when a clip is not rendered yet."""
    text = README.read_text(encoding="utf-8")
    before, table = text.split(HEAD, 1)
    _, after = table.split(END, 1)
    rows = []
    for part in PARTS:
        jobs = film_jobs(part.clips)
        rows += [heading(part.title), *(row(job, facts(CLIPS / f"{job.scene}.mp4").seconds) for job in jobs)]
    README.write_text(before + HEAD + "".join(rows) + END + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
